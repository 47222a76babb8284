"""Are we covered? From the worst cell of the heat map to its causes, a fix, and the deliveries behind a figure."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTextBrowser, QWidget

from planner.analysis import Subject
from planner.analysis.periods import span_of
from planner.checks import Finding
from planner.model import Programme
from tests.journeys.desk import COBALT, Desk, button, click, column_of, cover, row_of
from tests.ui.grids.keys import focused, press
from ui.dialogs.look_at_fix import LookAtFixDialog
from ui.findings import FindingsDock
from ui.grids.record_model import RecordModel
from ui.pages.capacity import CapacityPage
from ui.pages.cover_figures import COVER, ROWS
from ui.pages.deliveries import DeliveriesPage
from ui.pages.demand import DemandPage
from ui.pages.heat_map import HeatMap
from ui.pages.overview import OverviewPage
from ui.pages.stock import StockPage

NO_KEYS = Qt.KeyboardModifier.NoModifier
LITHIUM = Subject("element", "Li")
FIGURES = [attr for _, attr in (*ROWS, COVER)]


def worst(heat_map: HeatMap) -> tuple[int, int]:
    """Return row and column of the lowest cover, the first of equals as they are read."""
    heat = heat_map.heat
    spots = [(row, column) for row in range(heat.rowCount()) for column in range(heat.columnCount())]
    covers = {spot: heat.cover(*spot).cover_pct for spot in spots}
    return min((spot for spot in spots if covers[spot] is not None), key=lambda spot: covers[spot] or 0.0)


def click_at(heat_map: HeatMap, row: int, column: int) -> None:
    """Click on a cell, scrolled into sight."""
    index = heat_map.heat.index(row, column)
    heat_map.scrollTo(index)
    click(heat_map.viewport(), heat_map.visualRect(index).center())


def click_link(text: QTextBrowser, number: int) -> None:
    """Click on the link to a cause, by its place in the list."""
    cursor = QTextCursor(text.document())
    while cursor.charFormat().anchorHref() != f"cause:{number}":
        assert not cursor.atEnd()
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    click(text.viewport(), QPoint(text.cursorRect(cursor).center()))


def to_figures(desk: Desk, page: OverviewPage, subject: Subject, period: str, figure: str) -> None:
    """Go by keys from a cell of the heat map to a figure of its period, and press Enter on it."""
    page.heat_map.choose(subject, period)
    page.heat_map.setFocus()
    press(Qt.Key.Key_Return)
    desk.wait(page.figures_table.hasFocus)
    while page.figures_table.currentIndex().row() > FIGURES.index(figure):
        press(Qt.Key.Key_Up)
    while page.figures_table.currentIndex().row() < FIGURES.index(figure):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)


def back(desk: Desk) -> OverviewPage:
    """Go back to the Overview with the key for it."""
    desk.shortcut(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    page = desk.window.page
    assert isinstance(page, OverviewPage)
    return page


def choose(dock: FindingsDock, check: str, element: str) -> Finding:
    """Click on the first finding of a check about an element."""
    found = [dock.model.finding_at(row) for row in range(dock.model.rowCount())]
    row = next(at for at, each in enumerate(found) if each and each.check == check and each.place.startswith(element))
    index = dock.model.index(row, 2)
    dock.view.scrollTo(index)
    click(dock.view.viewport(), dock.view.visualRect(index).center())
    assert dock.current is not None
    return dock.current


def findings_of(desk: Desk) -> list[tuple[str, str]]:
    model = desk.window.findings.model
    return [(each.check, each.place) for row in range(model.rowCount()) if (each := model.finding_at(row)) is not None]


def test_the_worst_cell_is_explained_down_to_a_record_and_back(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    row, column = worst(page.heat_map)
    period = page.heat_map.heat.periods[column]
    click_at(page.heat_map, row, column)
    subject = page.subject
    assert subject is not None
    assert page.cover_chart.table is not None
    assert page.cover_chart.table.subject == subject
    assert page.cover_chart.header.readout_text.startswith("Q1 2025; ")

    to_figures(desk, page, subject, period, "cover_pct")
    desk.wait(window.why.isVisible)
    found = window.why.found
    assert found is not None
    assert (found.subject, found.period) == (subject, period)
    assert sum(cause.kg for cause in found.causes) == found.gap_kg
    weights = [cause.kg for cause in found.causes]
    assert weights == sorted(weights, key=abs, reverse=True)

    linked = next(at for at, cause in enumerate(found.causes) if cause.table == "programmes")
    desk.wait(lambda: window.why.text.viewport().height() > 0)
    click_link(window.why.text, linked)
    desk.wait(lambda: isinstance(window.page, DemandPage))
    grid = window.page.grid
    assert grid is not None
    assert isinstance(grid.grid, RecordModel)
    at = grid.grid.row_at(grid.currentIndex().row())
    assert at is not None
    assert isinstance(at.record, Programme)
    assert (at.record.code,) == found.causes[linked].key

    assert back(desk) is page
    assert (page.subject, page.heat_map.period) == (subject, period)


def test_a_fix_is_looked_at_applied_and_taken_back(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    before = cover(window.plan, LITHIUM)
    page.choose(LITHIUM)
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: ("shortage", "Li 2030") in findings_of(desk))
    listed = findings_of(desk)
    finding = choose(window.findings, "shortage", "Li")
    assert finding.place == "Li 2030"

    click(button(window.findings, "Fix…"), button(window.findings, "Fix…").rect().center())
    dialog = desk.dialog(LookAtFixDialog)
    shown = [str(dialog.rows.index(row, 1).data()) for row in range(dialog.rows.rowCount())]
    assert any(row.startswith("VUL-LI-2026 1 2030") for row in shown)
    assert cover(window.plan, LITHIUM) == before
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    desk.wait(lambda: page.cover_chart.table != before)
    assert page.cover_chart.table == cover(window.plan, LITHIUM)
    net = sum(row.net_requirement for row in cover(window.plan, LITHIUM).rows)
    assert net < sum(row.net_requirement for row in before.rows)
    desk.wait(lambda: findings_of(desk) != listed)

    desk.shortcut(Qt.Key.Key_Z)
    desk.wait(lambda: page.cover_chart.table == before)
    desk.wait(lambda: findings_of(desk) == listed)
    assert desk.drafts() == []


def test_a_figure_is_followed_down_to_its_deliveries_and_back(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    period = "2026-Q2"
    to_figures(desk, page, COBALT, period, "firm")
    desk.wait(lambda: isinstance(window.page, DeliveriesPage))
    rows = window.page
    assert isinstance(rows, DeliveriesPage)
    assert [rows.deliveries.key_at(row) for row in range(rows.deliveries.rowCount())] == [("EXC-CO-2025", 1)]

    # Its months are selected, and they add up to the figure, to the tonne of metal that the line is agreed in.
    spots = {(index.row(), index.column()) for index in rows.view.selectionModel().selectedIndexes()}
    months = span_of(period)
    row = row_of(rows, "EXC-CO-2025", 1)
    assert spots == {(row, column_of(rows, month)) for month in (months.first, months.first.plus(1), months.last)}
    figure = next(each.firm for each in cover(window.plan).rows if each.period == period)
    added = sum(float(str(rows.deliveries.index(*spot).data(Qt.ItemDataRole.EditRole))) for spot in spots)
    assert round(added, 6) == round(figure, 6)
    desk.wait(lambda: f"Sum {figure:,.0f}" in window.sums.text())

    click(button(rows, "Back"), button(rows, "Back").rect().center())
    desk.wait(lambda: window.page is page)
    assert (page.subject, page.heat_map.period) == (COBALT, period)


@pytest.mark.parametrize(
    ("figure", "kind", "table"),
    [
        ("demand", DemandPage, "demand"),
        ("capacity", CapacityPage, "plant_capacity"),
        ("stock_end", StockPage, "stock"),
        ("safety_stock", StockPage, "safety_stock"),
    ],
)
def test_a_figure_that_is_no_sum_of_lines_leads_to_its_record(
    desk: Desk, sample: Path, figure: str, kind: type[QWidget], table: str
) -> None:
    window = desk.start(sample)
    page = desk.overview()
    to_figures(desk, page, COBALT, "2026-Q4", figure)
    desk.wait(lambda: isinstance(window.page, kind))
    grid = window.page.grid
    assert grid is not None
    if table == "demand":
        assert isinstance(window.page, DemandPage)
        month = window.page.demand.month_at(grid.currentIndex().column())
        assert month is not None
        assert span_of("2026-Q4").first <= month <= span_of("2026-Q4").last
    else:
        assert isinstance(grid.grid, RecordModel)
        assert grid.grid.table == table
        assert grid.grid.row_at(grid.currentIndex().row()) is not None
    assert back(desk) is page
