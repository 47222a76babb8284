"""Records, elements and findings are found on the page where they are seen among what belongs to them."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.analysis import Subject
from planner.checks import Finding
from planner.fields import Value
from planner.model import TABLES
from planner.units import Month
from tests.journeys.desk import Desk
from tests.ui.grids.keys import focused, press
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.navigation import page_of
from ui.pages import PAGES
from ui.pages.capacity import CapacityPage
from ui.pages.contracts import ContractsPage
from ui.pages.deliveries import DeliveriesPage
from ui.pages.demand import DemandPage
from ui.pages.overview import OverviewPage
from ui.pages.page_grids import FILTERED


def at_cursor(grid: GridView | None) -> tuple[str, tuple[Value, ...]]:
    """Return the table and the key of the record that the cursor is on."""
    assert grid is not None
    model = grid.grid
    assert isinstance(model, RecordModel)
    row = model.row_at(grid.currentIndex().row())
    assert row is not None
    return model.table, TABLES[model.table].key_of(row.record)


def test_every_table_has_a_page() -> None:
    assert {page_of(table) for table in TABLES} <= {spec.id for spec in PAGES}
    assert page_of("milestones") == "contracts"
    assert page_of("plant_capacity") == "capacity"
    assert page_of("chemistries") == "tables"


@pytest.mark.parametrize(
    "table",
    ["contracts", "lines", "volumes", "milestones", "plants", "plant_capacity", "programmes", "mix", "materials"],
)
def test_the_last_record_of_a_table_is_gone_to(desk: Desk, sample: Path, table: str) -> None:
    window = desk.start(sample)
    key = TABLES[table].key_of(window.plan.rows(table)[-1].record)
    window.navigation.go_to_record(table, key)
    assert window.rail.currentRow() == [spec.id for spec in PAGES].index(page_of(table))
    assert at_cursor(window.page.grid) == (table, key)
    assert window.page.grid is not None
    assert window.page.grid.hasFocus()


def test_the_month_of_a_delivery_is_gone_to(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    month = Month.of(2027, 3)
    window.navigation.go_to_record("deliveries", ("EXC-CO-2025", 1, month))
    page = window.page
    assert isinstance(page, DeliveriesPage)
    assert page.chosen_line == ("EXC-CO-2025", 1)
    assert page.deliveries.month_at(page.view.currentIndex().column()) == month


def test_the_month_of_a_demand_is_gone_to(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    key = TABLES["demand"].key_of(window.plan.rows("demand")[7].record)
    window.navigation.go_to_record("demand", key)
    page = window.page
    assert isinstance(page, DemandPage)
    assert page.demand.key_at(page.view.currentIndex().row()) == key[:1]
    assert page.demand.month_at(page.view.currentIndex().column()) == key[1]


def test_what_is_gone_leads_to_what_it_belonged_to(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.navigation.go_to_record("milestones", ("MNG-CO-2025", "no such milestone"))
    page = window.page
    assert isinstance(page, ContractsPage)
    assert page.chosen_contract == "MNG-CO-2025"
    window.navigation.go_to_record("deliveries", ("NOBODY", 1, Month.of(2027, 1)))
    assert isinstance(window.page, DeliveriesPage)


def test_a_finding_leads_to_its_record_or_to_its_element(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.navigation.lead_to(Finding("warning", "plant VULCAN-LI", "text", "remedy", "plants", ("VULCAN-LI",)))
    page = window.page
    assert isinstance(page, CapacityPage)
    assert page.plant is not None
    assert page.plant.code == "VULCAN-LI"
    window.navigation.lead_to(Finding("error", "Ni 2028", "text", "remedy"))
    overview = window.page
    assert isinstance(overview, OverviewPage)
    assert overview.subject == Subject("element", "Ni")
    window.navigation.lead_to(Finding("info", "nowhere", "text", "remedy"))
    assert overview.subject == Subject("element", "Ni")


def test_a_whole_table_is_gone_to(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    for table in ("deliveries", "organisations"):
        window.navigation.go_to_table(table)
        assert window.page.table == table


def test_lines_are_gone_to_from_any_page(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.go("stock").rows_wanted.emit((("EXC-CO-2025", 1),), "2027")
    page = window.page
    assert isinstance(page, DeliveriesPage)
    assert [page.deliveries.key_at(row) for row in range(page.deliveries.rowCount())] == [("EXC-CO-2025", 1)]
    assert page.hasFocus() or page.isAncestorOf(window.focusWidget())
    stock = window.go("stock")
    stock.show_lines((("EXC-CO-2025", 1),), "2027")
    assert window.page is stock


def test_a_page_is_made_once(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    made: list[str] = []
    window.navigation.made.connect(lambda page: made.append(type(page).__name__))
    stock = window.go("stock")
    window.go("overview")
    desk.go(Qt.Key.Key_7)
    assert window.page is stock
    assert made == ["StockPage"]


def test_a_record_that_a_filter_hides_is_said_to_be_hidden(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("contracts")
    assert isinstance(page, ContractsPage)
    page.contracts.set_filter(page.contracts.column_of("reference"), "EXC-CO-2025")
    window.navigation.go_to_record("contracts", ("MNG-CO-2025",))
    assert window.statusBar().currentMessage() == FILTERED
    deliveries = desk.deliveries()
    deliveries.deliveries.set_filter(0, "EXC-CO-2025")
    window.say("")
    window.navigation.go_to_record("deliveries", ("MNG-CO-2025", 1, Month.of(2027, 1)))
    assert window.statusBar().currentMessage() == FILTERED


def test_back_leads_through_the_pages_that_were_shown(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    back = window.actions_by_id["back"]
    assert not back.isEnabled()
    overview = window.page
    assert isinstance(overview, OverviewPage)
    overview.choose(Subject("element", "Ni"))
    window.navigation.go_to_lines([("EXC-CO-2025", 1)], "2026-Q2")
    window.go("deliveries")
    window.go("stock")
    assert back.isEnabled()
    back.trigger()
    assert isinstance(window.page, DeliveriesPage)
    assert window.page.view.hasFocus()
    assert window.rail.currentRow() == [spec.id for spec in PAGES].index("deliveries")
    # As it was left: the lines that were asked for, and the element that was chosen.
    assert window.page.deliveries.rowCount() == 1
    back.trigger()
    assert window.navigation.page is overview
    assert overview.subject == Subject("element", "Ni")
    assert not back.isEnabled()
    window.navigation.back()
    assert window.navigation.page is overview


@pytest.mark.parametrize(
    ("page", "choice"),
    [("spend", "Stack by"), ("carbon", "Stack by"), ("concentration", "Among what supply is shared out")],
)
def test_tab_reaches_what_stands_before_the_table_that_begins(desk: Desk, sample: Path, page: str, choice: str) -> None:
    window = desk.start(sample)
    shown = window.go(page)
    assert shown.first is not None
    assert shown.first.hasFocus()
    reached = []
    press(Qt.Key.Key_Tab)
    while focused() is not shown.first:
        reached.append(focused().accessibleName())
        press(Qt.Key.Key_Tab)
    assert choice in reached
    assert all(reached)


def test_the_way_back_is_offered_beside_lines_that_were_asked_for(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("deliveries")
    assert isinstance(page, DeliveriesPage)
    assert page.back.isHidden()
    window.go("carbon")
    window.navigation.go_to_lines([("EXC-CO-2025", 1)], "")
    assert not page.back.isHidden()
    assert page.back.isEnabled()
    page.back.click()
    assert window.rail.currentRow() == [spec.id for spec in PAGES].index("carbon")


def test_a_grid_is_left_by_keys_for_what_stands_around_it(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("lots")
    grid = page.first
    assert isinstance(grid, GridView)
    press(Qt.Key.Key_Tab)
    assert grid.hasFocus()
    QTest.keyClick(grid, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    reached = [focused().accessibleName()]
    while not grid.hasFocus() and len(reached) < 40:
        press(Qt.Key.Key_Tab)
        reached.append(focused().accessibleName())
    assert {"Programme", "Element", "Month", "Totals by element", "Lots behind it"} <= set(reached)
    QTest.keyClick(grid, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert not grid.hasFocus()
