"""References are chosen from a list that is searched, and what they lead to can be made on the spot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from planner.commands import CreateRecords
from planner.model import Organisation
from planner.plan import Plan
from tests.ui.grids.keys import NO_KEYS, at, column_of, editor, press, shown_view, text, typing
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.grids.searching_edit import SearchingEdit, matching
from ui.plan_signals import PlanSignals

KEY = Qt.Key


@pytest.fixture
def contracts(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    return shown_view(qtbot, GridView(RecordModel(plan, signals, "contracts")))


def searching(view: GridView) -> SearchingEdit:
    """Return the open editor of a reference."""
    found = editor(view)
    assert isinstance(found, SearchingEdit)
    return found


def test_a_code_is_found_by_a_part_of_its_name(plan: Plan, contracts: GridView) -> None:
    number = column_of(contracts, "buyer")
    at(contracts, 0, number)
    press(KEY.Key_F2)
    line = searching(contracts)
    assert line.text() == "RNO"
    assert list(line.listed) == ["MNG  Managem", "RNO  Renault"]
    typing("ana")
    assert list(line.listed) == ["MNG  Managem"]
    press(KEY.Key_Escape)
    assert text(contracts.grid, (0, number)) == "RNO"
    typing("ana")
    press(KEY.Key_Return)
    assert text(contracts.grid, (0, number)) == "MNG"
    assert plan.undo_title == "Set buyer of a contract"


def test_a_code_is_chosen_with_the_arrows_or_the_mouse(contracts: GridView) -> None:
    number = column_of(contracts, "buyer")
    at(contracts, 0, number)
    press(KEY.Key_F2)
    press(KEY.Key_Down)
    press(KEY.Key_Return)
    assert text(contracts.grid, (0, number)) == "MNG"
    at(contracts, 0, number)
    press(KEY.Key_F2)
    shown = contracts.findChild(QListWidget)
    assert isinstance(shown, QListWidget)
    place_of = shown.visualItemRect(shown.item(1)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place_of)
    assert text(contracts.grid, (0, number)) == "RNO"
    assert editor(contracts) is None


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Tab])
def test_an_unknown_code_asks_for_its_record_and_keeps_its_editor_open(
    qtbot: QtBot, contracts: GridView, key: Qt.Key
) -> None:
    number = column_of(contracts, "buyer")
    at(contracts, 0, number)
    typing("x")
    with qtbot.waitSignal(contracts.new_record_wanted) as wanted:
        press(key)
    assert wanted.args == ["organisations", "x"]
    assert searching(contracts).text() == "x"
    press(KEY.Key_Escape)
    assert text(contracts.grid, (0, number)) == "RNO"


def test_the_first_record_of_an_empty_table_can_be_made_on_the_spot(
    qtbot: QtBot, plan: Plan, signals: PlanSignals
) -> None:
    assert plan.count("plants") == 0
    plants = shown_view(qtbot, GridView(RecordModel(plan, signals, "lines")))
    at(plants, 0, column_of(plants, "plant"))
    typing("GUE")
    with qtbot.waitSignal(plants.new_record_wanted) as wanted:
        press(KEY.Key_Return)
    assert wanted.args == ["plants", "GUE"]
    press(KEY.Key_Escape)


def test_a_record_that_is_not_there_is_made_on_the_spot(qtbot: QtBot, plan: Plan, contracts: GridView) -> None:
    number = column_of(contracts, "buyer")
    at(contracts, 0, number)
    typing("PSA")
    assert searching(contracts).listed == ("New organisation “PSA”…",)
    press(KEY.Key_Down)
    with qtbot.waitSignal(contracts.new_record_wanted) as heard:
        press(KEY.Key_Return)
    assert heard.args == ["organisations", "PSA"]
    line = searching(contracts)
    QApplication.sendEvent(line, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason))
    assert editor(contracts) is line
    plan.run(CreateRecords((Organisation(code="PSA", name="Peugeot"),)))
    assert searching(contracts) is line
    contracts.fill_reference("PSA")
    assert editor(contracts) is None
    assert text(contracts.grid, (0, number)) == "PSA"


def test_a_record_that_is_not_made_after_all_leaves_the_editor_as_it_was(qtbot: QtBot, contracts: GridView) -> None:
    number = column_of(contracts, "buyer")
    at(contracts, 0, number)
    typing("PSA")
    line = searching(contracts)
    shown = contracts.findChild(QListWidget)
    assert isinstance(shown, QListWidget)
    entry = shown.visualItemRect(shown.item(0)).center()
    with qtbot.waitSignal(contracts.new_record_wanted) as heard:
        QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, entry)
    assert heard.args == ["organisations", "PSA"]
    waited = [line.waiting]
    QApplication.sendEvent(line, QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.ActiveWindowFocusReason))
    assert [*waited, line.waiting] == [True, False]
    assert line.text() == "PSA"
    at(contracts, 0, column_of(contracts, "stage"))
    assert editor(contracts) is None
    assert text(contracts.grid, (0, number)) == "RNO"


def test_an_offered_word_is_completed_and_any_other_may_be_written(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    line = SearchingEdit(parent, (("Signed", ""), ("Draft", "")), free=True)
    parent.show()
    QTest.keyClicks(line, "s")
    assert list(line.listed) == ["Signed"]
    assert line.value == "s"
    QTest.keyClick(line, KEY.Key_Down)
    assert line.value == "Signed"
    QTest.keyClicks(line, "o")
    assert (list(line.listed), line.value, line.asks_for_new) == ([], "so", False)


@given(st.lists(st.tuples(st.text(min_size=1, max_size=6), st.text(max_size=8)), max_size=20), st.text(max_size=3))
def test_choices_contain_what_is_looked_for(choices: list[tuple[str, str]], wanted: str) -> None:
    found = matching(choices, wanted)
    bare = wanted.strip().casefold()
    assert sorted(found) == sorted(c for c in choices if bare in f"{c[0]}  {c[1]}".casefold())
    exact = [choice for choice in choices if choice[0].casefold() == bare]
    assert found[: len(exact)] == exact
