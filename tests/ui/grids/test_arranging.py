"""Columns are chosen, put in order and sized, and come back as they were left."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.grids.keys import shown_view
from ui.grids.arrangement import Arrangement
from ui.grids.columns_popup import ColumnsPopup
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

NAMES = st.text(max_size=8)
ALL = ("code", "name", "role", "country", "note")


@pytest.fixture
def view(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    return shown_view(qtbot, GridView(RecordModel(plan, signals, "organisations")))


@given(st.lists(NAMES, max_size=5), st.dictionaries(NAMES, st.integers(1, 4_000), max_size=5))
def test_an_arrangement_is_read_as_it_was_written(columns: list[str], widths: dict[str, int]) -> None:
    arrangement = Arrangement(tuple(columns), tuple(widths.items()))
    assert Arrangement.of_text(arrangement.to_text()) == arrangement


@given(
    st.text()
    | st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(NAMES, x)).map(
        json.dumps
    )
)
@example("[" * 100_000)
@example('{"columns": [1], "widths": {}}')
@example('{"columns": [], "widths": {"a": true}}')
@example('{"columns": [], "widths": {"a": -5}}')
@example('{"columns": [], "widths": {"a": 1e99}}')
def test_whatever_stands_in_the_settings_is_read(text: str) -> None:
    found = Arrangement.of_text(text)
    assert Arrangement.of_text(found.to_text()) == found


def test_a_grid_says_how_it_was_arranged_and_takes_it_back(
    qtbot: QtBot, plan: Plan, signals: PlanSignals, view: GridView
) -> None:
    shown = view.grid.columns
    assert view.arrangement == Arrangement(shown)
    view.grid.show_columns(("code", "country", "name"))
    with qtbot.waitSignal(view.arrangement_changed):
        view.setColumnWidth(1, 123)
    kept = view.arrangement
    assert kept == Arrangement(("code", "country", "name"), (("country", 123),))
    other = shown_view(qtbot, GridView(RecordModel(plan, signals, "organisations")))
    other.arrange(kept)
    assert other.grid.columns == ("code", "country", "name")
    assert other.columnWidth(1) == 123
    assert other.arrangement == kept
    other.fit_columns()
    assert other.columnWidth(1) == 123


def test_columns_that_are_gone_are_left_out(view: GridView) -> None:
    view.arrange(Arrangement(("code", "moon", "name"), (("moon", 50), ("name", 99))))
    assert view.grid.columns == ("code", "name")
    assert view.columnWidth(1) == 99
    assert view.arrangement.widths == (("name", 99),)
    view.arrange(Arrangement(("moon",)))
    assert view.grid.columns == ("code", "name")


def test_a_width_stays_with_its_column(view: GridView) -> None:
    view.setColumnWidth(1, 222)
    names = view.grid.columns
    view.grid.show_columns((names[0], names[2], names[1]))
    assert view.columnWidth(2) == 222


def test_fitting_is_no_arrangement_of_a_person(view: GridView) -> None:
    heard: list[bool] = []
    view.arrangement_changed.connect(lambda: heard.append(True))
    view.fit_columns()
    view.resize(300, 200)
    view.resize(900, 400)
    assert heard == []
    assert view.arrangement.widths == ()


@pytest.fixture(autouse=True)
def _no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a display there is no keyboard that a list could take."""
    monkeypatch.setattr(ColumnsPopup, "show", lambda _popup: None)


def popup(view: GridView) -> ColumnsPopup:
    view.choose_columns()
    found = view.findChild(ColumnsPopup)
    assert isinstance(found, ColumnsPopup)
    return found


def test_columns_are_chosen_from_a_list(qtbot: QtBot, view: GridView) -> None:
    shown = popup(view)
    usual = view.grid.columns
    assert shown.chosen == usual
    key = shown.list.item(0)
    assert not key.flags() & Qt.ItemFlag.ItemIsEnabled
    shown.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: view.grid.columns == (usual[0], *usual[2:]))
    last = shown.list.item(shown.list.count() - 1)
    assert last.checkState() == Qt.CheckState.Unchecked
    last.setCheckState(Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: view.grid.columns == (usual[0], *usual[2:], usual[1]))
    shown.reset.click()
    assert view.grid.columns == usual
    shown.close()


def test_columns_are_put_in_order_in_the_list(qtbot: QtBot, view: GridView) -> None:
    shown = popup(view)
    usual = view.grid.columns
    moved = shown.list.takeItem(2)
    shown.list.insertItem(1, moved)
    qtbot.waitUntil(lambda: view.grid.columns == (usual[0], usual[2], usual[1], *usual[3:]))
    shown.close()


def test_a_column_makes_room_for_what_is_typed_unless_the_person_sized_it(view: GridView) -> None:
    long = "A name that is much longer than all others"
    name, country = 1, 3
    before = view.columnWidth(name)
    view.setColumnWidth(country, 60)
    assert view.grid.put({(0, name): long, (0, country): long})
    assert view.columnWidth(name) > before
    assert view.columnWidth(country) == 60
    assert view.arrangement.widths == (("country", 60),)
    after = view.columnWidth(name)
    assert view.grid.put({(0, name): "short"})
    assert view.columnWidth(name) == after
