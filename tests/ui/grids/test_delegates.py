"""Typing into the cells of a grid, with the keys of a spreadsheet."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from planner.commands import DeleteRecords
from planner.plan import Plan
from tests.ui.grids.keys import at, column, column_of, double_click, editor, place, press, shown_view, text, typing
from ui.grids.delegates import text_in
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

NARROW = "\N{NARROW NO-BREAK SPACE}"
MONTH, QUANTITY, STATUS = 0, 1, 2
KEY = Qt.Key


@pytest.fixture
def contracts(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    return shown_view(qtbot, GridView(RecordModel(plan, signals, "contracts")))


def test_typing_replaces_the_value_and_enter_goes_down(plan: Plan, view: GridView) -> None:
    at(view, 1, QUANTITY)
    typing("1 300,5")
    assert isinstance(editor(view), QLineEdit)
    press(KEY.Key_Return)
    assert editor(view) is None
    assert column(view.grid, QUANTITY) == ["400", f"1{NARROW}300,5", f"1{NARROW}250", ""]
    assert place(view) == (2, QUANTITY)
    assert plan.undo_title == "Set quantity of a delivery"


@pytest.mark.parametrize(
    ("key", "modifiers", "there"),
    [
        (KEY.Key_Return, Qt.KeyboardModifier.NoModifier, (2, QUANTITY)),
        (KEY.Key_Enter, Qt.KeyboardModifier.KeypadModifier, (2, QUANTITY)),
        (KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier, (0, QUANTITY)),
        (KEY.Key_Tab, Qt.KeyboardModifier.NoModifier, (1, STATUS)),
        (KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier, (1, MONTH)),
    ],
)
@pytest.mark.parametrize("edited", [True, False])
def test_keys_go_where_they_go_in_a_spreadsheet(
    view: GridView, key: Qt.Key, modifiers: Qt.KeyboardModifier, there: tuple[int, int], *, edited: bool
) -> None:
    at(view, 1, QUANTITY)
    if edited:
        typing("7")
    press(key, modifiers)
    assert place(view) == there
    assert text(view.grid, (1, QUANTITY)) == ("7" if edited else "410")
    typing("8")
    assert editor(view) is not None


def test_tab_at_the_end_of_a_row_goes_on_in_the_next(view: GridView) -> None:
    at(view, 1, STATUS)
    press(KEY.Key_Tab)
    assert place(view) == (2, MONTH)
    press(KEY.Key_Backtab)
    assert place(view) == (1, STATUS)


def test_the_cursor_stops_at_the_edges(view: GridView) -> None:
    at(view, 3, STATUS)
    press(KEY.Key_Tab)
    assert place(view) == (3, STATUS)
    press(KEY.Key_Return)
    assert place(view) == (3, STATUS)
    at(view, 0, MONTH)
    press(KEY.Key_Backtab)
    assert place(view) == (0, MONTH)


def test_escape_keeps_the_old_value(plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    at(view, 1, QUANTITY)
    typing("9")
    press(KEY.Key_Escape)
    assert editor(view) is None
    assert text(view.grid, (1, QUANTITY)) == "410"
    assert place(view) == (1, QUANTITY)
    assert len(plan.history()) == before


def test_f2_edits_what_stands_there(view: GridView) -> None:
    at(view, 2, QUANTITY)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "1250"
    press(KEY.Key_End)
    typing(",5")
    press(KEY.Key_Return)
    assert text(view.grid, (2, QUANTITY)) == f"1{NARROW}250,5"


def test_a_double_click_edits(view: GridView) -> None:
    double_click(view, (2, QUANTITY))
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.selectedText() == "1250"
    assert line.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Tab])
def test_a_refused_text_keeps_its_editor_open_and_says_why(
    qtbot: QtBot, plan: Plan, view: GridView, told: list[str], key: Qt.Key
) -> None:
    before = len(plan.history())
    at(view, 1, QUANTITY)
    typing("lots")
    with qtbot.waitSignal(view.refused) as heard:
        press(key)
    assert "not a number" in str(heard.args)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "lots"
    assert told == [line.toolTip()]
    assert "not a number" in line.toolTip()
    assert place(view) == (1, QUANTITY)
    assert len(plan.history()) == before
    line.selectAll()
    typing("7")
    press(KEY.Key_Return)
    assert editor(view) is None
    assert text(view.grid, (1, QUANTITY)) == "7"
    assert view.grid.reason((1, QUANTITY)) is None


def test_escape_after_a_refusal_keeps_the_old_value(view: GridView) -> None:
    at(view, 1, QUANTITY)
    typing("lots")
    press(KEY.Key_Return)
    press(KEY.Key_Escape)
    assert editor(view) is None
    assert text(view.grid, (1, QUANTITY)) == "410"


def test_leaving_an_editor_writes_what_it_holds(view: GridView) -> None:
    at(view, 1, QUANTITY)
    typing("7")
    at(view, 2, QUANTITY)
    assert text(view.grid, (1, QUANTITY)) == "7"


def test_a_word_is_chosen_from_its_list(view: GridView) -> None:
    at(view, 2, STATUS)
    press(KEY.Key_F2)
    box = editor(view)
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Planned"
    press(KEY.Key_C)
    assert text_in(box) == "Confirmed"
    press(KEY.Key_Return)
    assert text(view.grid, (2, STATUS)) == "Confirmed"
    assert place(view) == (3, STATUS)


def test_a_word_that_may_be_empty_can_be_emptied(contracts: GridView) -> None:
    number = column_of(contracts, "incoterm")
    at(contracts, 0, number)
    press(KEY.Key_F2)
    box = editor(contracts)
    assert isinstance(box, QComboBox)
    assert box.itemText(0) == ""
    assert box.currentIndex() == 0
    press(KEY.Key_Escape)


def refuse_by_leaving(view: GridView) -> None:
    at(view, 1, QUANTITY)
    typing("lots")
    at(view, 2, MONTH)


def test_a_refused_text_stays_at_its_cell_when_the_focus_goes(qtbot: QtBot, plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    with qtbot.waitSignal(view.refused) as heard:
        refuse_by_leaving(view)
    assert "not a number" in str(heard.args)
    assert editor(view) is None
    assert view.grid.reason((1, QUANTITY)) is not None
    assert len(plan.history()) == before
    at(view, 1, QUANTITY)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "lots"
    line.selectAll()
    typing("7")
    press(KEY.Key_Return)
    assert text(view.grid, (1, QUANTITY)) == "7"
    at(view, 1, QUANTITY)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "7"


def test_a_refused_text_outlives_other_edits_and_goes_with_esc(view: GridView) -> None:
    refuse_by_leaving(view)
    at(view, 2, QUANTITY)
    typing("9")
    press(KEY.Key_Return)
    at(view, 1, QUANTITY)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "lots"
    press(KEY.Key_Escape)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "410"


def test_a_refused_text_gives_way_to_another_edit_of_its_cell(plan: Plan, view: GridView) -> None:
    refuse_by_leaving(view)
    assert view.grid.put({(1, QUANTITY): "8"})
    at(view, 1, QUANTITY)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "8"
    press(KEY.Key_Escape)
    plan.undo()
    assert text(view.grid, (1, QUANTITY)) == "410"


def test_what_is_being_typed_is_kept_when_all_is_read_anew(view: GridView) -> None:
    at(view, 1, QUANTITY)
    typing("77")
    model = view.grid
    assert isinstance(model, RecordModel)
    model.reload()
    at(view, 1, QUANTITY)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.text() == "77"
    press(KEY.Key_Return)
    assert text(view.grid, (1, QUANTITY)) == "77"


def test_ctrl_enter_writes_into_all_selected_cells(plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    at(view, 1, QUANTITY)
    area = QItemSelection(view.grid.index(1, QUANTITY), view.grid.index(2, QUANTITY))
    view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    typing("5")
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert column(view.grid, QUANTITY)[:3] == ["400", "5", "5"]
    assert len(plan.history()) == before + 1
    assert editor(view) is None
    typing("x")
    press(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert "not a number" in line.toolTip()
    press(KEY.Key_Escape)
    at(view, 1, QUANTITY)
    area = QItemSelection(view.grid.index(0, QUANTITY), view.grid.index(1, QUANTITY))
    view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert view.set_all()
    assert column(view.grid, QUANTITY)[:3] == ["5", "5", "5"]


def test_a_field_shows_how_it_is_written(view: GridView) -> None:
    at(view, 3, MONTH)
    press(KEY.Key_F2)
    line = editor(view)
    assert isinstance(line, QLineEdit)
    assert line.placeholderText() == "2025-03"


def test_a_row_is_typed_from_left_to_right(plan: Plan, view: GridView) -> None:
    at(view, 3, MONTH)
    for written, key in (("2025-04", KEY.Key_Tab), ("12", KEY.Key_Return)):
        typing(written)
        press(key)
    assert column(view.grid, MONTH) == ["2025-01", "2025-02", "2025-03", "2025-04", ""]
    assert plan.undo_title == "Add delivery MNG-CO-2025 1 2025-04"
    assert place(view) == (4, MONTH)
    assert QApplication.focusWidget() is view


def test_what_was_being_typed_is_told_when_its_row_goes(plan: Plan, view: GridView) -> None:
    said: list[str] = []
    view.refused.connect(said.append)
    doomed = [row.id for row in plan.rows("deliveries")]
    at(view, 1, QUANTITY)
    typing("77")
    plan.run(DeleteRecords("deliveries", (doomed[0],)))
    assert said == []
    plan.run(DeleteRecords("deliveries", (doomed[1],)))
    assert said == ["The row was removed while you typed in it; '77' was not taken."]
    assert editor(view) is None


def test_escape_after_a_refusal_unmarks_the_cell_alone(view: GridView) -> None:
    assert not view.grid.put({(0, QUANTITY): "few", (1, QUANTITY): "lots"})
    at(view, 1, QUANTITY)
    press(KEY.Key_F2)
    press(KEY.Key_Escape)
    assert view.grid.reason((1, QUANTITY)) is None
    assert view.grid.reason((0, QUANTITY)) is not None
