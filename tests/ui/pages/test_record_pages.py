"""The pages of contracts, capacity, demand, stock and tables show what belongs to what is chosen."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.model import TABLES, Organisation, Plant, Programme, StockCount
from planner.units import Month
from tests.journeys.desk import Desk, click_cell
from ui.grids.record_model import RecordModel
from ui.pages import capacity, contracts, stock
from ui.pages.capacity import CapacityPage
from ui.pages.contracts import ContractsPage
from ui.pages.deliveries import DeliveriesPage
from ui.pages.demand import DemandPage
from ui.pages.panel import Panel
from ui.pages.stock import StockPage
from ui.pages.tables import SHOWN, TablesPage
from ui.preferences import Preferences


def titles(page: QWidget) -> set[str]:
    return {panel.title for panel in page.findChildren(Panel) if panel.isVisible()}


def contracts_page(desk: Desk, plan: Path) -> ContractsPage:
    page = desk.start(plan).go("contracts")
    assert isinstance(page, ContractsPage)
    return page


def test_the_parts_of_the_chosen_contract_are_shown(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    assert page.chosen_contract == "EXC-CO-2025"
    page.choose("MNG-CO-2025")
    assert [page.parts[name].rowCount() for name in ("lines", "volumes", "milestones")] == [4, 18, 6]
    assert page.chosen_line == ("MNG-CO-2025", 1)
    click_cell(page.views["volumes"], 16, 0)
    assert page.chosen_line == ("MNG-CO-2025", 3)
    page.choose("NOBODY")
    assert page.chosen_contract == "MNG-CO-2025"


def test_a_renamed_contract_keeps_its_parts_in_sight(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    page.choose("MNG-CO-2025")
    row = page.plan.find("contracts", ("MNG-CO-2025",))
    assert row is not None
    page.plan.run(SetCells((Cell("contracts", row.id, "reference", "MNG-1"),)))
    desk.wait(lambda: page.parts["lines"].where == {"contract": "MNG-1"})
    assert page.parts["lines"].rowCount() == 4
    assert page.chosen_contract == "MNG-1"


def test_a_plan_without_contracts_says_what_comes_first(desk: Desk, empty: Path) -> None:
    page = contracts_page(desk, empty)
    assert page.editor.is_empty
    assert page.editor.sentence == contracts.NO_CONTRACT
    assert page.chosen_line is None


def test_the_blank_row_asks_for_a_choice(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    page.list.go_to_blank_row()
    assert page.editor.sentence == contracts.CHOOSE
    assert page.editor.is_empty


def test_deliveries_appear_with_the_first_line(desk: Desk, empty: Path, sample: Path) -> None:
    desk.start(empty)
    page = desk.deliveries()
    assert page.empty.is_empty
    assert page.chosen_line is None
    assert page.chosen_contract is None
    desk.application.show_plan(sample)
    page = desk.deliveries()
    assert isinstance(page, DeliveriesPage)
    assert not page.empty.is_empty
    click_cell(page.view, 3, 6)
    assert (page.chosen_contract, page.chosen_line) == ("MNG-CO-2025", ("MNG-CO-2025", 1))


def test_the_capacity_of_the_chosen_plant_is_edited_beside_its_chart(desk: Desk, sample: Path) -> None:
    page = desk.start(sample).go("capacity")
    assert isinstance(page, CapacityPage)
    assert page.capacities.where == {"plant": "GUEMASSA"}
    page.list.setCurrentIndex(page.plants.index(5, 0))
    desk.wait(lambda: page.capacities.where == {"plant": "TERRAFAME-NI"})
    table = page.cover_chart.table
    assert table is not None
    assert table.subject.code == "NiSO4.6H2O"
    page.plan.run(CreateRecords((Plant(code="ZZ", name="A plant of nothing", organisation="MANAGEM", country="MA"),)))
    page.list.setCurrentIndex(page.plants.index(7, 0))
    desk.wait(lambda: page.chart_empty.is_empty)
    assert page.chart_empty.sentence == capacity.NO_MATERIAL
    assert not page.curve_empty.is_empty


def test_a_mine_is_listed_after_which_the_first_plant_with_a_capacity_is_chosen(desk: Desk, sample: Path) -> None:
    page = desk.start(sample).go("capacity")
    assert isinstance(page, CapacityPage)
    assert [page.plants.index(row, 0).data() for row in range(5)] == [
        "BOU-AZZER",
        "EXC-MINE",
        "EXC-REFINERY",
        "EXR-LOOP",
        "GUEMASSA",
    ]
    assert page.list.currentIndex().row() == 4
    page.list.setCurrentIndex(page.plants.index(0, 0))
    desk.wait(lambda: page.chart_empty.is_empty)
    assert page.chart_empty.sentence == capacity.UPSTREAM


def test_where_nothing_is_limited_the_first_plant_is_chosen(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.plan.run(DeleteRecords("plant_capacity", tuple(row.id for row in window.plan.rows("plant_capacity"))))
    page = window.go("capacity")
    assert isinstance(page, CapacityPage)
    assert page.capacities.where == {"plant": "BOU-AZZER"}


def test_a_plan_without_plants_says_what_belongs_there(desk: Desk, empty: Path) -> None:
    page = desk.start(empty).go("capacity")
    assert isinstance(page, CapacityPage)
    assert (page.chart_empty.sentence, page.curve_empty.sentence) == (capacity.NO_PLANT, capacity.NO_CURVE)
    assert page.chart_empty.is_empty
    assert page.curve_empty.is_empty
    page.plan.run(CreateRecords((Organisation(code="M", name="Maker"),)))
    page.plan.run(CreateRecords((Plant(code="P", name="Plant", organisation="M", material="Cu"),)))
    desk.wait(lambda: page.chart_empty.sentence == capacity.CHOOSE)


def test_the_metal_that_demand_asks_for_is_that_of_the_plan(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("demand")
    assert isinstance(page, DemandPage)
    figures = page.metal.figures
    names = [str(figures.headerData(row, Qt.Orientation.Vertical)) for row in range(figures.rowCount())]
    assert names == ["Co (t)", "Mn (t)", "Cu (t)", "Ni (t)", "Li (t)"]
    assert figures.index(0, 0).data() == "101.9"
    assert page.table == "demand"
    click_cell(page.mix, 0, 0)
    assert page.table == "mix"


def test_demand_appears_with_the_first_programme(desk: Desk, empty: Path) -> None:
    page = desk.start(empty).go("demand")
    assert isinstance(page, DemandPage)
    assert page.empty.is_empty
    page.plan.run(CreateRecords((Programme(code="R5", name="Small car"),)))
    desk.wait(lambda: not page.empty.is_empty)


def test_the_stock_chart_is_of_the_element_under_the_cursor(desk: Desk, sample: Path) -> None:
    page = desk.start(sample).go("stock")
    assert isinstance(page, StockPage)
    assert page.element == "Co"
    click_cell(page.count_view, 1, 0)
    desk.wait(lambda: page.element == "Li")
    click_cell(page.safety_view, 11, 0)
    desk.wait(lambda: page.element == "Ni")
    assert page.cover_chart.table is not None
    assert page.cover_chart.table.subject.code == "Ni"


def test_a_plan_without_stock_says_what_belongs_there(desk: Desk, empty: Path) -> None:
    page = desk.start(empty).go("stock")
    assert isinstance(page, StockPage)
    assert page.chart_empty.is_empty
    assert page.chart_empty.sentence == stock.NO_STOCK
    page.plan.run(CreateRecords((StockCount(material="Cu", month=Month.of(2025, 1), quantity_kg=5),)))
    page.count_view.setCurrentIndex(page.counts.index(0, 0))
    desk.wait(lambda: not page.chart_empty.is_empty)
    page.plan.run(DeleteRecords("stock", tuple(row.id for row in page.plan.rows("stock"))))
    desk.wait(lambda: page.chart_empty.is_empty)


def test_every_table_is_a_grid(desk: Desk, sample: Path) -> None:
    page = desk.start(sample).go("tables")
    assert isinstance(page, TablesPage)
    for table in SHOWN:
        page.show_table(table)
        assert page.table == table
        assert page.grid is not None
        model = page.grid.grid
        assert isinstance(model, RecordModel)
        assert (model.table, model.rowCount()) == (table, page.plan.count(table) + 1)
    assert tuple(TABLES) == SHOWN


def test_going_through_the_tables_leaves_no_grid_behind(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("tables")
    assert isinstance(page, TablesPage)
    for table in SHOWN:
        page.show_table(table)
    desk.wait(lambda: len(page.findChildren(RecordModel)) == 1)
    assert isinstance(window.preferences, Preferences)
    assert titles(page) == {"Muted findings"}
