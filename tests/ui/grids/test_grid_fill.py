"""Cells are cut, filled, counted on and pasted over as a spreadsheet does it."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import clip, column, press, select, shown_view, text, typing
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import MatrixModel, delivery_model
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

NARROW = "\N{NARROW NO-BREAK SPACE}"
MONTH, QUANTITY = 0, 1
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def contracts(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    return shown_view(qtbot, GridView(RecordModel(plan, signals, "contracts")))


def test_cells_that_are_cut_are_copied_and_emptied_as_one_edit(plan: Plan, contracts: GridView) -> None:
    model = contracts.grid
    assert isinstance(model, RecordModel)
    number = model.column_of("probability_pct")
    assert model.put({(0, number): "50"})
    before = len(plan.history())
    select(contracts, 0, number, 0, number)
    press(Qt.Key.Key_X, CONTROL)
    assert clip() == "50\n"
    assert text(model, (0, number)) == ""
    assert len(plan.history()) == before + 1


def test_nothing_is_cut_where_something_must_stand(qtbot: QtBot, view: GridView) -> None:
    select(view, 1, QUANTITY, 1, QUANTITY)
    with qtbot.waitSignal(view.refused):
        assert not view.cut()
    assert clip() == "410\n"
    assert text(view.grid, (1, QUANTITY)) == "410"


@pytest.fixture
def months(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    return shown_view(qtbot, GridView(delivery_model(plan, signals, start=JAN, end=DEC)))


def year(view: GridView, row: int) -> list[str]:
    """Return what stands in the first six months of 2026."""
    return [text(view.grid, (row, number)) for number in across(view)]


def across(view: GridView) -> list[int]:
    model = view.grid
    assert isinstance(model, MatrixModel)
    found = [model.column_of(Month.of(2026, number)) for number in range(1, 7)]
    return [number for number in found if number is not None]


def test_fill_right_copies_the_first_column_or_the_one_before(plan: Plan, months: GridView) -> None:
    first, *rest = across(months)
    assert months.grid.put({(0, first): "7"})
    before = len(plan.history())
    select(months, 0, first, 1, rest[1])
    press(Qt.Key.Key_R, CONTROL)
    assert year(months, 0) == ["7", "7", "7", "", "", ""]
    assert len(plan.history()) == before + 1
    select(months, 0, rest[2], 0, rest[2])
    assert months.fill_right()
    assert year(months, 0) == ["7", "7", "7", "7", "", ""]


def test_a_fill_over_the_turn_of_the_year_leaves_the_sum_out(months: GridView) -> None:
    first, second, *_ = across(months)
    december = first - 2
    assert months.grid.put({(1, december): "4", (1, first): "6"})
    select(months, 1, december, 1, second)
    assert months.fill_series()
    assert year(months, 1)[:3] == ["6", "8", ""]
    assert text(months.grid, (1, first - 1)) == "4"
    select(months, 1, first, 1, first)
    assert months.fill_right()
    assert year(months, 1)[:2] == ["4", "8"]


@pytest.mark.parametrize(
    ("given", "after"),
    [({0: "10"}, ["10", "11", "12", "13"]), ({0: "10", 1: "20"}, ["10", "20", "30", "40"])],
)
def test_a_series_goes_on_from_the_first_one_or_two(months: GridView, given: dict[int, str], after: list[str]) -> None:
    columns = across(months)
    assert months.grid.put({(0, columns[place]): value for place, value in given.items()})
    select(months, 0, columns[0], 0, columns[3])
    press(Qt.Key.Key_F, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert year(months, 0)[:4] == after


def test_a_series_runs_down_where_there_are_rows(plan: Plan, view: GridView) -> None:
    before = len(plan.history())
    select(view, 0, QUANTITY, 2, QUANTITY)
    assert view.fill_series()
    assert column(view.grid, QUANTITY)[:3] == ["400", "410", "420"]
    assert len(plan.history()) == before + 1


def test_a_fill_needs_one_rectangle(qtbot: QtBot, view: GridView) -> None:
    select(view, 0, MONTH, 0, MONTH)
    flags = QItemSelectionModel.SelectionFlag.Select
    view.selectionModel().select(view.grid.index(2, QUANTITY), flags)
    with qtbot.waitSignal(view.refused) as heard:
        assert not view.fill_down()
    assert heard.args == ["Select one rectangle of cells to fill."]


def test_a_block_fills_a_selection_that_it_fits_into_several_times(plan: Plan, months: GridView) -> None:
    columns = across(months)
    clip("1\t2\n")
    before = len(plan.history())
    select(months, 0, columns[0], 1, columns[3])
    assert months.paste()
    assert [year(months, row)[:5] for row in (0, 1)] == [["1", "2", "1", "2", ""]] * 2
    assert len(plan.history()) == before + 1
    clip("8\t9\n")
    select(months, 0, columns[0], 1, columns[2])
    assert months.paste()
    assert [year(months, row)[:4] for row in (0, 1)] == [["8", "9", "1", "2"], ["1", "2", "1", "2"]]


def test_a_table_of_a_page_is_pasted(months: GridView) -> None:
    columns = across(months)
    data = QMimeData()
    data.setHtml("<table><tr><td>1,5</td><td>2</td></tr></table>")
    QGuiApplication.clipboard().setMimeData(data)
    select(months, 0, columns[0], 0, columns[0])
    assert months.paste()
    assert year(months, 0)[:2] == ["1,5", "2"]


def test_what_people_type_is_understood(months: GridView) -> None:
    columns = across(months)
    months.setCurrentIndex(months.grid.index(0, columns[0]))
    for written in ("=1250*1,05", "5k"):
        typing(written)
        press(Qt.Key.Key_Tab)
    assert year(months, 0)[:2] == [f"1{NARROW}312,5", f"5{NARROW}000"]


def test_a_cell_that_takes_nothing_says_why_when_somebody_types_into_it(qtbot: QtBot, months: GridView) -> None:
    model = months.grid
    assert isinstance(model, MatrixModel)
    january = model.column_of(JAN)
    assert january is not None
    months.go_to((0, january))
    with qtbot.waitSignal(months.refused) as refused:
        typing("5")
    assert refused.args == ["Received: it stays as it is."]
    assert not months.is_editing
