"""The grids of pages keep their layout between sessions, and show which rows findings are about."""

from pathlib import Path

from PySide6.QtCore import Qt

from planner.checks import Finding
from planner.commands import DeleteRecords
from tests.journeys.desk import Desk
from tests.ui.grids.keys import press, typing
from ui.dialogs.new_record import NewRecordDialog
from ui.grids.arrangement import Arrangement
from ui.pages.capacity import CapacityPage
from ui.pages.contracts import ContractsPage
from ui.pages.page_grids import sentences
from ui.pages.tables import TablesPage

NO_KEYS = Qt.KeyboardModifier.NoModifier


def contracts(desk: Desk) -> ContractsPage:
    page = desk.window.go("contracts")
    assert isinstance(page, ContractsPage)
    return page


def test_the_columns_that_somebody_chose_are_there_at_the_next_start(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    view = contracts(desk).list
    usual = contracts(desk).views["lines"].grid.columns
    columns = ("reference", "stage", "title")
    view.arrange(Arrangement(columns, (("title", 333),)))
    view.arrangement_changed.emit()
    desk.quit()
    desk.start(sample)
    again = contracts(desk).list
    assert again.grid.columns == columns
    assert again.columnWidth(2) == 333
    assert contracts(desk).views["lines"].grid.columns == usual


def test_a_width_given_with_the_mouse_stays_when_another_contract_is_chosen(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = contracts(desk)
    lines = page.views["lines"]
    lines.horizontalHeader().resizeSection(1, 222)
    lines.arrangement_changed.emit()
    desk.shortcut(Qt.Key.Key_Down, NO_KEYS)
    assert lines.columnWidth(1) == 222


def test_each_table_has_a_layout_of_its_own(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("tables")
    assert isinstance(page, TablesPage)
    page.show_table("organisations")
    assert page.grid is not None
    usual = page.grid.grid.columns
    page.show_table("plants")
    page.grid.arrange(Arrangement(("code", "country"), ()))
    page.grid.arrangement_changed.emit()
    for table, columns in (("organisations", usual), ("plants", ("code", "country"))):
        page.show_table(table)
        assert page.grid is not None
        assert page.grid.grid.columns == columns


def test_a_row_that_a_finding_is_about_says_so(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("capacity")
    assert isinstance(page, CapacityPage)
    row = next(row for row in range(page.plants.rowCount()) if page.plants.index(row, 0).data() == "GUEMASSA")
    assert page.plants.row_sentence(row) == ""
    capacities = window.plan.rows("plant_capacity", {"plant": "GUEMASSA"})
    window.plan.run(DeleteRecords("plant_capacity", tuple(row.id for row in capacities)))
    desk.wait(lambda: page.plants.row_sentence(row) != "")
    assert "capacity" in page.plants.row_sentence(row)
    window.actions_by_id["undo"].trigger()
    desk.wait(lambda: page.plants.row_sentence(row) == "")


def test_a_grid_that_is_shown_later_is_marked_too(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("tables")
    assert isinstance(page, TablesPage)
    page.show_findings([Finding("warning", "plant VULCAN-LI", "it is closed", "open it", "plants", ("VULCAN-LI",))])
    page.show_table("plants")
    assert page.grid is not None
    told = [page.grid.grid.row_sentence(row) for row in range(page.grid.grid.rowCount() - 1)]
    assert "It is closed: open it." in told


def test_a_reference_to_what_is_not_there_yet_makes_it(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = contracts(desk)
    supplier = page.contracts.index(0, page.contracts.column_of("supplier"))
    page.list.setCurrentIndex(supplier)
    typing("NEWCO")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    dialog = desk.dialog(NewRecordDialog)
    typing("New company")
    dialog.create_button.click()
    desk.wait(lambda: supplier.data() == "NEWCO")
    assert window.plan.find("organisations", ("NEWCO",)) is not None


def test_two_findings_about_one_record_are_both_said() -> None:
    found = [Finding("info", "a", text, "do it", "plants", ("A",)) for text in ("first", "second")]
    assert sentences(found) == {("A",): "First: do it.\nSecond: do it."}
