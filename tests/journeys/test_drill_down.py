"""From a figure on the Overview down to the rows that it is made of, by clicks."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.analysis.gaps.stack import StackBy
from planner.units import Month
from tests.journeys.desk import COBALT, Desk, button, column_of, row_of
from ui.charts.cover_chart import CoverChart
from ui.pages.deliveries import DeliveriesPage
from ui.pages.overview import OverviewPage


def click(chart: CoverChart, period: str, key: str) -> None:
    """Click into the middle of the bar of a series in a period, once everything has found its place."""
    QApplication.processEvents()
    index, bars = chart.periods.index(period), chart.bars[key]
    middle = QPointF(index, bars.bottoms[index] + bars.heights[index] / 2)
    place = QPoint(chart.view.mapFromScene(chart.plots[0].box.mapViewToScene(middle)))
    QTest.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def charted(desk: Desk, sample: Path, by: StackBy) -> OverviewPage:
    """Show the chart of cobalt, stacked by something."""
    desk.start(sample)
    page = desk.overview()
    page.choose(COBALT)
    page.stack_choice.choose(by)
    desk.wait(lambda: page.cover_chart.stack is not None and page.cover_chart.stack.by is by)
    desk.wait(lambda: page.cover_chart.plots[0].area().height() > 0)
    return page


def lines_shown(page: DeliveriesPage) -> list[object]:
    return [page.deliveries.key_at(row) for row in range(page.deliveries.rowCount())]


def test_a_bar_leads_to_its_deliveries_and_back_to_all(desk: Desk, sample: Path) -> None:
    overview = charted(desk, sample, StackBy.SUPPLIER)
    click(overview.cover_chart, "2026-Q2", "supplier:supply:EXAMPLE-CO")
    desk.wait(lambda: isinstance(desk.window.page, DeliveriesPage))
    page = desk.window.page
    assert isinstance(page, DeliveriesPage)
    assert lines_shown(page) == [("EXC-CO-2025", 1)]
    assert page.view.columnViewportPosition(column_of(page, Month.of(2026, 4))) == page.view.frozen.covered
    assert page.panel.hint.startswith("Showing 1 of ")
    row, column = row_of(page, "EXC-CO-2025", 1), column_of(page, Month.of(2026, 4))
    months = [page.deliveries.index(row, column + month).data(Qt.ItemDataRole.EditRole) for month in range(3)]
    bar = overview.cover_chart.bars["supplier:supply:EXAMPLE-CO"].heights[overview.cover_chart.periods.index("2026-Q2")]
    assert sum(map(float, months)) == bar
    button(page, "Show all lines").click()
    assert len(lines_shown(page)) == page.deliveries.total_rows


def test_a_bar_by_firmness_leads_to_those_that_are_firm(desk: Desk, sample: Path) -> None:
    overview = charted(desk, sample, StackBy.FIRMNESS)
    click(overview.cover_chart, "2028-Q2", "probable")
    desk.wait(lambda: isinstance(desk.window.page, DeliveriesPage))
    page = desk.window.page
    assert isinstance(page, DeliveriesPage)
    assert lines_shown(page) == [("MNG-CO-2025", 1)]
