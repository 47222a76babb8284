"""Texts under the headings keep only the rows in sight that fit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import column, focused, place, press, shown_view, typing
from tests.ui.grids.small_model import SmallModel
from ui.grids.filter_row import FilterRow, examples
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import delivery_model
from ui.grids.months_view import MonthsView
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

KEY = Qt.Key
MONTH, QUANTITY, STATUS = 0, 1, 2
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def view(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    model = RecordModel(plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 1})
    made = shown_view(qtbot, GridView(model))
    made.toggle_filters()
    return made


def row(view: GridView) -> FilterRow:
    found = view.findChild(FilterRow)
    assert isinstance(found, FilterRow)
    return found


def line(view: GridView, number: int) -> QLineEdit:
    return row(view).lines[number]


def months(view: GridView) -> list[str]:
    return [month for month in column(view.grid, MONTH) if month]


def test_the_lines_stand_under_their_headings(view: GridView) -> None:
    assert view.heading.height() == 32 + row(view).height()
    for number, each in row(view).lines.items():
        left = view.columnViewportPosition(number)
        assert left <= each.x() <= each.x() + each.width() <= left + view.columnWidth(number)
    assert row(view).y() + row(view).height() <= view.viewport().y()
    view.setColumnWidth(QUANTITY, 222)
    assert line(view, QUANTITY).width() == 220
    assert line(view, MONTH).placeholderText() == "filter…"
    assert line(view, QUANTITY).placeholderText() == ""


def test_enter_applies_a_filter_and_esc_clears_it(view: GridView) -> None:
    row(view).take_focus(QUANTITY)
    typing(">405")
    press(KEY.Key_Return)
    assert months(view) == ["2025-02", "2025-03"]
    assert view.grid.is_filtered
    press(KEY.Key_Return)
    assert focused() is line(view, QUANTITY)
    press(KEY.Key_Escape)
    assert months(view) == ["2025-01", "2025-02", "2025-03"]
    assert focused() is line(view, QUANTITY)
    press(KEY.Key_Escape)
    assert focused() is view
    assert place(view) == (0, MONTH)


def test_a_pause_applies_a_filter_too(qtbot: QtBot, view: GridView) -> None:
    row(view).take_focus(QUANTITY)
    typing("410")
    qtbot.waitUntil(lambda: months(view) == ["2025-02"])
    assert focused() is line(view, QUANTITY)
    assert line(view, QUANTITY).text() == "410"


def test_a_text_that_is_no_filter_is_told_and_changes_nothing(qtbot: QtBot, view: GridView) -> None:
    usual = line(view, QUANTITY).styleSheet()
    row(view).take_focus(QUANTITY)
    typing(">x")
    with qtbot.waitSignal(view.refused) as heard:
        press(KEY.Key_Return)
    assert line(view, QUANTITY).toolTip() in str(heard.args)
    assert len(months(view)) == 3
    assert line(view, QUANTITY).text() == ">x"
    assert line(view, QUANTITY).styleSheet() != usual
    press(KEY.Key_Escape)
    assert line(view, QUANTITY).styleSheet() == usual


def test_tab_goes_from_line_to_line(view: GridView) -> None:
    row(view).take_focus(MONTH)
    press(KEY.Key_Tab)
    assert focused() is line(view, QUANTITY)
    press(KEY.Key_Backtab)
    press(KEY.Key_Backtab)
    assert focused() is line(view, max(row(view).lines))


def test_putting_the_row_away_shows_everything_again(view: GridView) -> None:
    line(view, QUANTITY).setText(">405")
    row(view).apply()
    assert line(view, QUANTITY).styleSheet() != line(view, MONTH).styleSheet()
    view.setFocus()
    press(KEY.Key_L, BOTH)
    assert not row(view).isVisible()
    assert len(months(view)) == 3
    assert view.heading.height() == 32
    press(KEY.Key_L, BOTH)
    assert row(view).isVisible()


def test_lines_follow_the_columns(view: GridView) -> None:
    view.grid.show_columns(("month", "status"))
    assert list(row(view).lines) == [0, 1]
    assert [each.accessibleName() for each in row(view).lines.values()] == ["Filter of Month", "Filter of Status"]


def test_labels_of_months_are_filtered_and_stay_in_front(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    view = MonthsView(delivery_model(plan, signals, start=JAN, end=DEC))
    shown_view(qtbot, view)
    view.toggle_filters()
    assert list(row(view).lines) == [0, 1, 2, 3]
    before = line(view, 2).x()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert line(view, 2).x() == before
    line(view, 1).setText("2")
    row(view).apply()
    assert column(view.grid, 1) == ["2"]


def test_a_grid_that_filters_nothing_says_so(qtbot: QtBot, view: GridView) -> None:
    model = SmallModel([view.grid.field(MONTH)], [["2025-01"]])  # type: ignore[list-item]  # a record grid has fields
    other = GridView(model)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.refused) as heard:
        other.toggle_filters()
    assert heard.args == ["The rows of this grid cannot be filtered."]


def test_every_line_gives_examples(view: GridView) -> None:
    assert ">500" in examples(view.grid.field(QUANTITY))
    assert "2025..2027" in examples(view.grid.field(MONTH))
    assert '"exact"' in examples(view.grid.field(STATUS))
    assert '"exact"' in examples(None)
    assert line(view, QUANTITY).toolTip() == examples(view.grid.field(QUANTITY))


def test_a_refused_text_stays_with_its_field_when_columns_move(view: GridView) -> None:
    usual = line(view, STATUS).styleSheet()
    row(view).take_focus(QUANTITY)
    typing(">x")
    press(KEY.Key_Return)
    assert line(view, QUANTITY).styleSheet() != usual
    view.grid.show_columns(("month", "status", "quantity_t"))
    assert [each.text() for each in row(view).lines.values()] == ["", "", ">x"]
    assert line(view, 1).styleSheet() == usual
    assert line(view, 2).styleSheet() != usual
    assert line(view, 2).accessibleName() == "Filter of Quantity (t)"
    line(view, 1).setText("planned")
    row(view).apply()
    assert months(view) == ["2025-03"]
    view.grid.show_columns(("month", "status"))
    view.grid.show_columns(("month", "status", "quantity_t"))
    assert line(view, 2).text() == ""
