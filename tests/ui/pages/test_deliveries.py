"""The page of deliveries explains its cells, phases the chosen lines, and begins with this year."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel

from planner.commands import SpreadYears, YearTotal
from planner.units import Month
from tests.journeys.desk import Desk, button, column_of, contents, row_of
from ui.pages.deliveries import HINT, DeliveriesPage
from ui.pages.demand import DemandPage
from ui.pages.page_grids import FILTERED
from ui.theme import DARK, LIGHT

LINE = ("MNG-CO-2025", 1)


def page_of(desk: Desk, plan: Path) -> DeliveriesPage:
    desk.start(plan)
    return desk.deliveries()


def sum_column(page: DeliveriesPage, year: int) -> int:
    return column_of(page, Month.of(year, 12)) + 1


def go(page: DeliveriesPage, column: int) -> None:
    page.view.setCurrentIndex(page.deliveries.index(row_of(page, *LINE), column))


def test_what_is_said_about_a_year_stands_under_the_grid(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    page.plan.run(SpreadYears((YearTotal(*LINE, 2028, 9_000_000),)))
    assert page.legend.sentence == ""
    assert "above what the contract allows" in page.legend.text()
    go(page, sum_column(page, 2028))
    assert page.legend.text() == (
        "Contract year 2028 (2028-01 to 2028-12): 9,000 t planned, at most 5,500 t (agreed 5,000 t + 10 %)"
    )
    page.plan.undo()
    desk.wait(lambda: "5,000 t planned, agreed 5,000 t" in page.legend.sentence)
    go(page, column_of(page, Month.of(2028, 3)))
    assert page.legend.sentence == ""


def test_the_marks_are_explained_in_the_colours_of_the_theme(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    for theme in (DARK, LIGHT):
        page.set_theme(theme)
        assert theme.over_capacity in page.legend.text()
        assert theme.capacity in page.legend.text()
    demand = desk.window.go("demand")
    assert isinstance(demand, DemandPage)
    demand.set_theme(DARK)
    assert demand.demand.rowCount() > 0


def test_the_chosen_lines_are_phased_as_one_edit(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    years = tuple(YearTotal("MNG-CO-2025", 1, year, 9_000_000) for year in (2027, 2028))
    page.plan.run(SpreadYears((*years, YearTotal("TER-NI-2025", 1, 2028, 1_000_000))))
    before = contents(page.plan, "deliveries")
    rows = [row_of(page, "MNG-CO-2025", 1), row_of(page, "TER-NI-2025", 1)]
    for row in rows:
        page.view.selectionModel().select(
            page.deliveries.index(row, sum_column(page, 2028)), QItemSelectionModel.SelectionFlag.Select
        )
    page.view.selectionModel().setCurrentIndex(
        page.deliveries.index(rows[0], sum_column(page, 2028)), QItemSelectionModel.SelectionFlag.NoUpdate
    )
    assert page.chosen_lines == (("MNG-CO-2025", 1), ("TER-NI-2025", 1))
    desk.window.actions_by_id["phase_volumes"].trigger()
    assert page.plan.undo_title == "Phase 2 lines"
    assert page.deliveries.data(page.deliveries.index(rows[0], sum_column(page, 2028))) == "5,000"
    page.plan.undo()
    assert contents(page.plan, "deliveries") == before


def test_the_page_begins_with_this_year(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    shown = page.deliveries.column_of(Month.of(datetime.now(UTC).year, 1))
    assert shown is not None
    assert page.view.columnViewportPosition(shown) == page.view.frozen.covered
    page.show_period("2028")
    assert page.view.columnViewportPosition(column_of(page, Month.of(2028, 1))) == page.view.frozen.covered


def test_a_filter_that_fits_nothing_keeps_the_grid(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    page.deliveries.set_filter(0, "nobody")
    page.refresh()
    assert page.deliveries.rowCount() == 0
    assert not page.empty.is_empty
    assert page.chosen_lines == ()


def test_a_delivery_is_gone_to_by_its_key(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    month = Month.of(2028, 5)
    assert page.show_record("deliveries", (*LINE, month))
    assert page.view.currentIndex() == page.deliveries.index(row_of(page, *LINE), column_of(page, month))
    assert page.show_record("lines", ("TER-NI-2025", 1))
    assert page.chosen_line == ("TER-NI-2025", 1)


def test_some_lines_are_shown_alone_until_all_are_wanted(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    total = page.deliveries.rowCount()
    assert page.all_lines.isHidden()
    page.show_lines((LINE, ("TER-NI-2025", 1)), "2028-Q2")
    assert [page.deliveries.key_at(row) for row in range(page.deliveries.rowCount())] == [LINE, ("TER-NI-2025", 1)]
    assert page.view.columnViewportPosition(column_of(page, Month.of(2028, 4))) == page.view.frozen.covered
    assert page.view.currentIndex() == page.deliveries.index(0, column_of(page, Month.of(2028, 4)))
    assert page.panel.hint == f"Showing 2 of {total} lines"
    page.plan.run(SpreadYears((YearTotal(*LINE, 2028, 4_000_000),)))
    desk.wait(lambda: not page.stale)
    assert page.deliveries.rowCount() == 2
    button(page, "Show all lines").click()
    assert page.deliveries.rowCount() == total
    assert page.panel.hint == HINT
    assert page.all_lines.isHidden()


def test_lines_that_went_leave_a_way_back(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    page.show_lines((("NOBODY", 1),))
    page.refresh()
    assert page.deliveries.rowCount() == 0
    assert not page.empty.is_empty
    assert not page.all_lines.isHidden()
    page.show_period("2028")
    assert page.deliveries.rowCount() > 2


def test_a_line_out_of_sight_is_shown_when_it_is_gone_to(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    page.show_lines((LINE,))
    assert page.show_record("deliveries", (*LINE, Month.of(2028, 5)))
    assert page.deliveries.rowCount() == 1
    assert page.show_record("lines", ("TER-NI-2025", 1))
    assert page.chosen_line == ("TER-NI-2025", 1)
    assert page.deliveries.only is None


def test_lines_that_a_filter_hides_are_said_to_be_hidden(desk: Desk, sample: Path) -> None:
    page = page_of(desk, sample)
    page.deliveries.set_filter(0, "TER-NI-2025")
    page.show_lines((LINE, ("TER-NI-2025", 1)))
    assert page.deliveries.rowCount() == 1
    assert desk.window.statusBar().currentMessage() == FILTERED
