"""Home, End and Ctrl with an arrow lead where they lead in a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from planner.fields import declare
from planner.fields.kinds import Text
from planner.plan import Plan
from tests.ui.grids.small_model import SmallModel
from ui.grids.grid_model import Spot
from ui.grids.jumps import ARROWS, edge, entry_column, first_column, is_empty, last_filled_row, target
from ui.grids.record_model import RecordModel
from ui.grids.rectangle import Rectangle
from ui.plan_signals import PlanSignals

KEY = Qt.Key
FIELD = declare("a", "A", Text(), "Help.")
#        0 1 2 3 4
ROWS = ("xx.x.", "x....", ".....", "x...x", ".....")


def model_of(rows: tuple[str, ...]) -> SmallModel:
    return SmallModel([FIELD] * len(rows[0]), [["" if cell == "." else cell for cell in row] for row in rows])


@pytest.mark.parametrize(
    ("spot", "key", "there"),
    [
        ((0, 0), KEY.Key_Right, (0, 1)),
        ((0, 1), KEY.Key_Right, (0, 3)),
        ((0, 3), KEY.Key_Right, (0, 4)),
        ((0, 4), KEY.Key_Left, (0, 3)),
        ((0, 4), KEY.Key_Right, (0, 4)),
        ((0, 0), KEY.Key_Down, (1, 0)),
        ((1, 0), KEY.Key_Down, (3, 0)),
        ((3, 0), KEY.Key_Down, (4, 0)),
        ((4, 4), KEY.Key_Up, (3, 4)),
        ((3, 4), KEY.Key_Up, (0, 4)),
        ((2, 2), KEY.Key_Home, (0, 0)),
        ((2, 2), KEY.Key_End, (3, 4)),
    ],
)
def test_ctrl_leads_to_the_edge_of_what_is_filled(spot: Spot, key: Qt.Key, there: Spot) -> None:
    assert target(model_of(ROWS), spot, key, control=True) == there


@pytest.mark.parametrize(
    ("key", "there"),
    [(KEY.Key_Home, (2, 0)), (KEY.Key_End, (2, 4)), (KEY.Key_Up, (1, 2)), (KEY.Key_Right, (2, 3)), (KEY.Key_A, None)],
)
def test_without_ctrl_the_row_stays(key: Qt.Key, there: Spot | None) -> None:
    assert target(model_of(ROWS), (2, 2), key, control=False) == there


def test_an_empty_grid_leads_nowhere() -> None:
    model = SmallModel([FIELD], [])
    assert target(model, (0, 0), KEY.Key_Home, control=True) is None
    assert first_column(model) == 0
    assert last_filled_row(model_of(("x",))) == 0


@given(st.lists(st.text("x.", min_size=3, max_size=3), min_size=1, max_size=6), st.data())
def test_a_jump_stays_in_its_line_and_ends_at_a_filled_cell_or_the_border(rows: list[str], data: st.DataObject) -> None:
    model = model_of(tuple(rows))
    spot = data.draw(st.tuples(st.integers(0, len(rows) - 1), st.integers(0, 2)))
    step = data.draw(st.sampled_from(sorted(ARROWS.values())))
    row, column = edge(model, spot, step)
    assert (row == spot[0]) or (column == spot[1])
    border = {0: row in {0, len(rows) - 1}, 1: column in {0, 2}}[0 if step[0] else 1]
    assert border or model.rows[row][column]


@given(st.tuples(*[st.integers(0, 9)] * 4))
def test_a_rectangle_is_the_same_from_any_two_corners(four: tuple[int, int, int, int]) -> None:
    one, other = four[:2], four[2:]
    area = Rectangle.between(one, other)
    assert area == Rectangle.between(other, one)
    assert Rectangle.between(one, area.opposite(one)) == area
    assert len(list(area.spots())) == area.height * area.width
    assert {one, other} <= set(area.spots())


def test_typing_begins_where_nothing_is_proposed(plan: Plan, signals: PlanSignals) -> None:
    lines = RecordModel(plan, signals, "lines", where={"contract": "MNG-CO-2025"})
    blank = lines.blank_row
    assert blank is not None
    assert (entry_column(lines, blank), entry_column(lines, 0)) == (lines.column_of("material"), 0)
    assert (is_empty(lines, blank), is_empty(lines, 0)) == (True, False)
