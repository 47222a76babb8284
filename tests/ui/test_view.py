"""What the bar chooses is told once, and every page obeys it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from planner.analysis import Period, Stages, Subject
from planner.plan import Plan
from planner.units import Basis, Month
from tests.journeys.desk import COBALT, Desk
from ui.pages.capacity import CapacityPage
from ui.pages.deliveries import DeliveriesPage
from ui.pages.demand import DemandPage
from ui.pages.overview import OverviewPage
from ui.pages.stock import StockPage
from ui.view import View, ViewState
from ui.view_bar import ViewBar


@pytest.fixture
def view(sample: Path) -> Iterator[View]:
    with Plan.open(sample, person="Tester") as plan:
        yield View(plan)


@pytest.fixture
def bar(view: View, qtbot: QtBot) -> ViewBar:
    made = ViewBar(view)
    qtbot.addWidget(made)
    return made


def choose(combo: QComboBox, text: str) -> None:
    """Choose a word as a person does: the combo box tells what was activated."""
    at = combo.findText(text)
    assert at >= 0, [combo.itemText(each) for each in range(combo.count())]
    combo.setCurrentIndex(at)
    combo.activated.emit(at)


def test_the_whole_plan_is_shown_at_first(view: View, bar: ViewBar) -> None:
    assert view.state == ViewState()
    assert view.years == (2025, 2031)
    assert view.horizon == (Month.of(2025, 1), Month.of(2031, 12))
    assert (bar.first.currentText(), bar.last.currentText()) == ("2025 (plan)", "2031 (plan)")


def test_an_empty_plan_shows_this_year_and_the_next_ones(empty: Path) -> None:
    with Plan.open(empty, person="Tester") as plan:
        first, last = View(plan).years
        assert last - first == 4


def test_choices_are_told_once_and_only_when_they_are_others(view: View, bar: ViewBar) -> None:
    seen: list[ViewState] = []
    view.changed.connect(seen.append)
    choose(bar.basis, "GWh of cells")
    choose(bar.basis, "GWh of cells")
    choose(bar.by, "Years")
    choose(bar.stages, "Signed and later")
    assert seen[-1] == ViewState(Basis.GWH, Period.YEAR, Stages.FIRM)
    assert len(seen) == 3


def test_a_horizon_is_whole_years_and_never_ends_before_it_starts(view: View, bar: ViewBar) -> None:
    choose(bar.first, "2028")
    choose(bar.last, "2029")
    assert view.horizon == (Month.of(2028, 1), Month.of(2029, 12))
    choose(bar.last, "2026")
    assert view.horizon == (Month.of(2026, 1), Month.of(2026, 12))
    assert (bar.first.currentText(), bar.last.currentText()) == ("2026", "2026")
    choose(bar.first, "2030")
    assert (bar.first.currentText(), bar.last.currentText()) == ("2030", "2030")
    choose(bar.first, "2025 (plan)")
    choose(bar.last, "2031 (plan)")
    assert view.state == ViewState()


def test_every_chart_and_figure_obeys_the_bar(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.view.choose(basis=Basis.PRODUCT, by=Period.YEAR, stages=Stages.PROBABLE, first_year=2027, last_year=2029)
    overview, capacity, stock = (window.go(page) for page in ("overview", "capacity", "stock"))
    assert isinstance(overview, OverviewPage)
    assert isinstance(capacity, CapacityPage)
    assert isinstance(stock, StockPage)
    desk.wait(lambda: overview.cover_chart.table is not None and overview.cover_chart.table.by is Period.YEAR)
    for chart, subject in (
        (overview.cover_chart, COBALT),
        (capacity.cover_chart, Subject("material", "CoSO4.7H2O")),
        (stock.cover_chart, COBALT),
    ):
        assert chart.table == window.plan.cover(
            subject,
            by=Period.YEAR,
            basis=Basis.PRODUCT,
            stages=Stages.PROBABLE,
            start=Month.of(2027, 1),
            end=Month.of(2029, 12),
        )
    table = overview.supported_chart.table
    assert table is not None
    assert [row.period for row in table.rows] == ["2027", "2028", "2029"]
    assert table.stages is Stages.PROBABLE


def test_every_grid_of_months_obeys_the_horizon(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    deliveries, demand = window.go("deliveries"), window.go("demand")
    assert isinstance(deliveries, DeliveriesPage)
    assert isinstance(demand, DemandPage)
    window.view.choose(first_year=2027, last_year=2027)
    window.go("deliveries")
    desk.wait(lambda: deliveries.deliveries.columnCount() == deliveries.deliveries.frozen_columns + 13)
    desk.wait(lambda: demand.isHidden() or demand.demand.columnCount() == demand.demand.frozen_columns + 13)
    window.go("demand")
    assert demand.demand.columnCount() == demand.demand.frozen_columns + 13
    across = Qt.Orientation.Horizontal
    figures = demand.metal.figures
    assert [figures.headerData(at, across) for at in range(figures.columnCount())] == [
        "2027-Q1",
        "2027-Q2",
        "2027-Q3",
        "2027-Q4",
    ]


def test_the_bar_offers_the_years_that_an_edit_adds(desk: Desk, sample: Path, tmp_path: Path) -> None:
    window = desk.start(sample)
    later = tmp_path / "deliveries.csv"
    later.write_text("contract,line,month,quantity_t\nMNG-CO-2025,1,2033-02,5\n", encoding="utf-8")
    desk.preview(later).apply()
    desk.wait(lambda: window.bar.last.currentText() == "2033 (plan)")
    assert window.bar.last.findText("2032") >= 0
