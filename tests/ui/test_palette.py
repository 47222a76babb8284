"""Ctrl+K finds actions, pages and records, and what is chosen is run with the keyboard back where it was."""

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from planner.analysis import Subject
from planner.model import TABLES
from tests.journeys.desk import Desk, click, click_cell
from tests.ui.grids.keys import press, typing
from ui.entries import Entry, ranked
from ui.pages import PAGES
from ui.pages.contracts import ContractsPage
from ui.pages.overview import OverviewPage
from ui.palette import NOTHING, CommandPalette


def opened(desk: Desk) -> CommandPalette:
    desk.shortcut(Qt.Key.Key_K)
    (palette,) = (each for each in desk.window.findChildren(CommandPalette) if each.isVisible())
    assert palette.line.hasFocus()
    return palette


def texts(palette: CommandPalette) -> list[str]:
    return [palette.model.found_at(row).entry.text for row in range(palette.model.rowCount())]


def gone(desk: Desk) -> bool:
    return not any(each.isVisible() for each in desk.window.findChildren(CommandPalette))


def an_entry(name: str, *, enabled: bool = True) -> Entry:
    return Entry(name, name, "Edit", None, lambda: None, enabled=enabled)


def test_what_is_chosen_lately_comes_first_while_nothing_is_typed() -> None:
    found = ranked([an_entry("a"), an_entry("b"), an_entry("c", enabled=False), an_entry("d")], " ", ["d", "c", "gone"])
    assert [each.entry.id for each in found] == ["d", "a", "b"]


def test_what_cannot_be_chosen_now_comes_last() -> None:
    found = ranked([an_entry("copy", enabled=False), an_entry("copy chart"), an_entry("paste")], "copy")
    assert [each.entry.id for each in found] == ["copy chart", "copy"]
    assert found[0].places == (0, 1, 2, 3)


def test_everything_can_be_found(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    palette = opened(desk)
    QAbstractItemModelTester(palette.model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    references = [str(row.record.values()["reference"]) for row in window.plan.rows("contracts")]
    for wanted in (
        *(spec.title for spec in PAGES),
        *(action.text() for action in window.actions_by_id.values() if action.objectName() != "search_everything"),
        *references,
        *(table.title for table in TABLES.values()),
        "Co – Cobalt metal",
        "Li",
    ):
        palette.line.setText(wanted)
        assert any(each.startswith(wanted) for each in texts(palette)), wanted
    palette.line.setText("no such thing")
    assert texts(palette) == []
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == NOTHING
    palette.give_up()


def test_a_contract_is_gone_to_by_a_part_of_its_title(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    opened(desk)
    typing("bridging")
    press(Qt.Key.Key_Return)
    assert gone(desk)
    assert isinstance(window.page, ContractsPage)
    assert window.page.chosen_contract == "EXC-CO-2025"
    assert window.page.list.hasFocus()


@pytest.mark.parametrize(
    ("wanted", "subject"), [("ni", Subject("element", "Ni")), ("heptahydrate", Subject("material", "CoSO4.7H2O"))]
)
def test_an_element_or_a_material_is_gone_to(desk: Desk, sample: Path, wanted: str, subject: Subject) -> None:
    window = desk.start(sample)
    window.go("history")
    opened(desk)
    typing(wanted)
    press(Qt.Key.Key_Return)
    assert isinstance(window.page, OverviewPage)
    assert window.page.subject == subject


def test_tables_are_gone_to(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    for name in ("intensities", "deliveries"):
        palette = opened(desk)
        palette.line.setText(TABLES[name].title)
        rows = [row for row in range(palette.model.rowCount()) if palette.model.found_at(row).entry.kind == "Table"]
        palette.list.clicked.emit(palette.model.index(rows[0]))
        assert window.page.table == name


def test_the_keyboard_comes_back_to_the_cell_and_the_action_is_about_it(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("contracts")
    assert isinstance(page, ContractsPage)
    click_cell(page.views["volumes"], 1, 1)
    opened(desk)
    typing("delete ro")
    press(Qt.Key.Key_Return)
    assert page.views["volumes"].hasFocus()
    assert window.plan.undo_title == "Delete 1 agreed volume"
    assert window.preferences.recent_choices == ("action:delete_rows",)
    assert texts(opened(desk))[0] == "Delete rows"


def test_what_makes_no_sense_here_is_said_and_not_done(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    before = window.plan.undo_title
    palette = opened(desk)
    typing("phase volumes")
    said = palette.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Phase volumes, Plan, not now"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    click(palette.list.viewport(), palette.list.visualRect(palette.model.index(0)).center())
    assert palette.isVisible()
    assert window.plan.undo_title == before


def test_up_and_down_go_round_the_ends(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    palette = opened(desk)
    last = palette.model.rowCount() - 1
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        press(key)
        rows.append(palette.list.currentIndex().row())
    assert rows == [1, 0, last, 0, 12]


def test_it_goes_away_with_esc_with_its_own_key_and_when_something_else_is_clicked(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    before = QApplication.focusWidget()
    opened(desk)
    press(Qt.Key.Key_Escape)
    assert gone(desk)
    assert QApplication.focusWidget() is before
    opened(desk)
    desk.shortcut(Qt.Key.Key_K)
    assert gone(desk)
    opened(desk)
    window.rail.setFocus(Qt.FocusReason.MouseFocusReason)
    assert gone(desk)
    assert window.rail.hasFocus()


def test_a_recent_plan_is_opened(desk: Desk, sample: Path, empty: Path) -> None:
    desk.start(empty)
    desk.application.show_plan(sample)
    desk.activate()
    opened(desk)
    typing("empty")
    press(Qt.Key.Key_Return)
    desk.wait(lambda: desk.window.plan.path == empty)


def test_rows_say_what_they_are_to_those_who_listen(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    model: QAbstractItemModel = opened(desk).model
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Overview, Page, Ctrl+1"


def test_from_an_open_editor_the_keyboard_comes_back_to_its_grid(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("contracts")
    assert isinstance(page, ContractsPage)
    click_cell(page.list, 0, page.contracts.column_of("title"))
    press(Qt.Key.Key_F2)
    opened(desk)
    desk.wait(lambda: not page.list.is_editing)
    press(Qt.Key.Key_Escape)
    assert gone(desk)
    assert page.list.hasFocus()
