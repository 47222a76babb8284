"""Texts are found and replaced, with a list of what each cell would become first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.grids.keys import column, focused, place, press, shown_view, text, typing
from ui.grids.find_bar import FindBar
from ui.grids.grid_model import SortKey
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.grids.rectangle import Rectangle
from ui.grids.replacing import Replacement, replacements
from ui.grids.search import Search
from ui.plan_signals import PlanSignals

KEY = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MONTH, QUANTITY, STATUS = 0, 1, 2


@pytest.fixture
def view(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    model = RecordModel(plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 1})
    return shown_view(qtbot, GridView(model))


def bar(view: GridView) -> FindBar:
    found = view.findChild(FindBar)
    assert isinstance(found, FindBar)
    return found


def look_for(view: GridView, wanted: str, new: str | None = None) -> FindBar:
    view.open_find(replace=new is not None)
    found = bar(view)
    found.text.setText(wanted)
    found.new.setText(new or "")
    found.refresh()
    return found


def test_typing_counts_and_enter_goes_from_one_to_the_next(qtbot: QtBot, view: GridView) -> None:
    press(KEY.Key_F, CONTROL)
    assert focused() is bar(view).text
    typing("2025-0")
    qtbot.waitUntil(lambda: bar(view).count.text() == "3 found")
    press(KEY.Key_Return)
    assert (place(view), bar(view).count.text()) == ((0, MONTH), "1 of 3")
    press(KEY.Key_Return)
    press(KEY.Key_Return)
    assert place(view) == (2, MONTH)
    press(KEY.Key_Return)
    assert place(view) == (0, MONTH)
    press(KEY.Key_Return, SHIFT)
    assert (place(view), bar(view).count.text()) == ((2, MONTH), "3 of 3")
    press(KEY.Key_Escape)
    assert not bar(view).isVisible()
    assert focused() is view
    press(KEY.Key_F3)
    assert place(view) == (0, MONTH)
    press(KEY.Key_F3, SHIFT)
    assert place(view) == (2, MONTH)


def test_what_is_not_there_is_told(view: GridView) -> None:
    found = look_for(view, "nickel")
    assert found.count.text() == "Nothing found"
    assert not found.next.isEnabled()
    found.go(1)
    assert place(view) == (0, MONTH)
    look_for(view, "")
    assert found.count.text() == ""


def test_case_whole_cells_and_the_selection_narrow_it_down(view: GridView) -> None:
    found = look_for(view, "PLANNED")
    assert found.count.text() == "1 found"
    found.case.setChecked(True)
    assert found.count.text() == "Nothing found"
    found.case.setChecked(False)
    found.text.setText("4")
    found.refresh()
    assert found.count.text() == "2 found"
    found.whole.setChecked(True)
    assert found.count.text() == "Nothing found"
    found.whole.setChecked(False)
    area = QItemSelection(view.grid.index(1, MONTH), view.grid.index(2, STATUS))
    view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    found.in_selection.setChecked(True)
    assert found.count.text() == "1 found"


def preview(found: FindBar) -> list[tuple[str, ...]]:
    items = (found.preview.topLevelItem(number) for number in range(found.preview.topLevelItemCount()))
    return [tuple(item.text(each) for each in range(4)) for item in items if item is not None]


def test_replacing_is_shown_first_and_done_as_one_edit(plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    press(KEY.Key_H, CONTROL)
    found = look_for(view, "4", "5")
    assert found.replace.text() == "Replace 2 cells"
    assert preview(found) == [
        ("2025-01, Quantity (t)", "400", "500", ""),
        ("2025-02, Quantity (t)", "410", "510", ""),
    ]
    found.replace.click()
    assert column(view.grid, QUANTITY)[:2] == ["500", "510"]
    assert len(plan.history()) == before + 1
    assert found.count.text() == "Nothing found"
    assert not found.replace.isEnabled()
    plan.undo()
    assert column(view.grid, QUANTITY)[:2] == ["400", "410"]


def test_more_than_can_be_tried_at_once_are_replaced_in_parts(view: GridView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.grids.find_bar.MOST_REPLACED", 1)
    found = look_for(view, "4", "5")
    assert found.replace.text() == "Replace the first 1 cell"
    found.replace.click()
    assert column(view.grid, QUANTITY)[:2] == ["500", "410"]
    assert found.replace.text() == "Replace 1 cell"


def test_cells_that_do_not_take_it_are_marked_and_left_out(view: GridView) -> None:
    found = look_for(view, "0", "x")
    reasons = [each[3] for each in preview(found)]
    assert all("⚠" in reason for reason in reasons)
    assert found.replace.text() == "Replace"
    assert not found.replace.isEnabled()
    found = look_for(view, "1", "2")
    assert found.replace.text() == "Replace 3 cells"
    assert ("2025-01, Month", "2025-01", "2025-02", "") in preview(found)


def test_a_number_is_replaced_as_it_is_shown_too(plan: Plan, view: GridView) -> None:
    assert plan.undo_title is not None
    shown = text(view.grid, (2, QUANTITY))
    found = look_for(view, shown, "1300")
    assert [each[2] for each in preview(found)] == ["1300"]
    found.replace.click()
    assert text(view.grid, (2, QUANTITY), Qt.ItemDataRole.EditRole) == "1300"


def test_a_reference_is_replaced_by_one_that_there_is(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "contracts")
    view = shown_view(qtbot, GridView(model))
    spots = [(0, model.column_of("supplier")), (0, model.column_of("buyer"))]
    found = replacements(model, spots, Search("MNG"), "RNO")
    assert [(each.old, each.new, each.reason) for each in found] == [("MNG", "RNO", "")]
    found = replacements(model, spots, Search("R"), "X")
    assert found == [
        Replacement(spots[1], "MNG-CO-2025, Buyer", "RNO", "XNO", "there is no 'XNO' to refer to"),
    ]
    view.close()


def test_a_locked_cell_cannot_be_replaced(plan: Plan, qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    with Plan.open(plan.path, person="Second") as second:
        signals = PlanSignals(second)
        model = RecordModel(second, signals, "organisations")
        found = replacements(model, [(0, 0)], Search("MNG"), "X")
        assert [each.reason for each in found] == ["it cannot be edited"]
        signals.close()


def test_the_list_follows_edits(qtbot: QtBot, view: GridView) -> None:
    found = look_for(view, "410", "5")
    assert len(preview(found)) == 1
    assert view.grid.put({(1, QUANTITY): "7"})
    qtbot.waitUntil(lambda: preview(found) == [])


def test_the_last_row_can_be_scrolled_above_the_bar(view: GridView) -> None:
    view.resize(600, 160)
    look_for(view, "4")
    last = view.grid.rowCount() - 1
    view.setCurrentIndex(view.grid.index(last, MONTH))
    assert view.visualRect(view.grid.index(last, MONTH)).bottom() <= view.viewport().height() - bar(view).height()
    press(KEY.Key_Escape)
    assert view.covered_below == 0


def test_tab_stays_in_the_bar(view: GridView) -> None:
    found = look_for(view, "4", "5")
    seen = []
    for _ in range(8):
        press(KEY.Key_Tab)
        seen.append(focused())
    assert all(found.isAncestorOf(widget) for widget in seen)
    assert found.new in seen
    press(KEY.Key_Backtab)
    assert found.isAncestorOf(focused())
    assert QGuiApplication.focusWindow() is not None


@given(st.text("abAB.*", min_size=1, max_size=3), st.text("abAB.*\\", max_size=12), st.text(max_size=3))
def test_texts_are_replaced_as_python_replaces_them(wanted: str, old: str, new: str) -> None:
    found = Search(wanted, case=True).replaced(old, new)
    assert found == (old.replace(wanted, new) if wanted in old else None)
    loose = Search(wanted).replaced(old, "")
    assert (loose is None) == (wanted.lower() not in old.lower())
    assert Search(wanted, whole=True).replaced(wanted.swapcase(), new) == new


def test_after_a_sort_the_same_records_are_replaced_and_no_selection_is_kept(
    qtbot: QtBot, plan: Plan, signals: PlanSignals
) -> None:
    view = shown_view(qtbot, GridView(RecordModel(plan, signals, "organisations")))
    view.select(Rectangle(0, 0, 0, 1))
    found = look_for(view, "Renault", "Renault Group")
    found.in_selection.setChecked(True)
    view.grid.sort_by((SortKey(1, descending=True),))
    assert not found.in_selection.isChecked()
    found.replace_all()
    names = {row.record.values()["code"]: row.record.values()["name"] for row in plan.rows("organisations")}
    assert names == {"MNG": "Managem", "RNO": "Renault Group"}


def test_a_number_is_replaced_however_it_is_grouped(view: GridView) -> None:
    found = look_for(view, "1 250", "1300")
    assert found.count.text() == "1 found"
    assert found.replace.text() == "Replace 1 cell"
    found.replace.click()
    assert text(view.grid, (2, QUANTITY), Qt.ItemDataRole.EditRole) == "1300"


def test_what_is_found_without_its_case_is_replaced(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    view = shown_view(qtbot, GridView(RecordModel(plan, signals, "organisations")))
    assert view.grid.put({(0, 1): "Lange Straße"})
    found = look_for(view, "strasse", "Gasse")
    assert found.count.text() == "1 found"
    assert [each[2] for each in preview(found)] == ["Lange Gasse"]
