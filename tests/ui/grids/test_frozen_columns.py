"""The columns that say which row it is stay in sight."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import column, focused, place, press, shown_view, text, typing
from ui.grids.frozen_columns import FrozenColumns
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import MatrixModel, delivery_model
from ui.grids.months_view import MonthsView
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

# Four labels, agreed and left; then two years with their sums.
FROZEN, FIRST, LAST = 6, 6, 31


@pytest.fixture
def view(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> MonthsView:
    made = MonthsView(delivery_model(plan, signals, start=JAN, end=DEC))
    shown_view(qtbot, made)
    return made


def frozen(view: GridView) -> FrozenColumns:
    return view.frozen


def hidden(view: GridView) -> list[bool]:
    return [view.frozen.isColumnHidden(number) for number in range(view.grid.columnCount())]


def covered(view: GridView) -> int:
    return sum(view.columnWidth(number) for number in range(FROZEN))


def test_the_key_columns_alone_are_frozen_with_the_same_widths(view: MonthsView) -> None:
    over = frozen(view)
    assert over.isVisible()
    assert hidden(view) == [False] * FROZEN + [True] * 26
    for number in range(FROZEN):
        assert over.columnWidth(number) == view.columnWidth(number)
    assert over.width() == covered(view)
    assert over.rowHeight(0) == view.rowHeight(0)
    assert over.horizontalHeader().height() == view.horizontalHeader().height()


def test_they_stay_while_the_months_scroll(view: MonthsView) -> None:
    before = frozen(view).geometry()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    assert view.horizontalScrollBar().value() > 0
    assert frozen(view).geometry() == before
    assert frozen(view).columnViewportPosition(0) == 0


def test_they_follow_a_resized_column_and_a_resized_window(view: MonthsView) -> None:
    view.setColumnWidth(0, 200)
    assert frozen(view).columnWidth(0) == 200
    width = frozen(view).width()
    view.setColumnWidth(8, 123)
    assert frozen(view).width() == width
    view.resize(700, 300)
    assert frozen(view).height() == view.viewport().height() + view.horizontalHeader().height()


def test_they_share_model_and_selection(view: MonthsView) -> None:
    assert frozen(view).model() is view.model()
    assert frozen(view).selectionModel() is view.selectionModel()


@pytest.mark.parametrize("number", [LAST, FIRST, 10])
def test_the_cursor_is_never_under_them(view: MonthsView, number: int) -> None:
    view.setCurrentIndex(view.grid.index(0, LAST))
    view.setCurrentIndex(view.grid.index(0, number))
    rect = view.visualRect(view.grid.index(0, number))
    assert rect.left() >= covered(view)
    assert rect.right() <= view.viewport().width()


def test_a_month_is_shown_first_beside_them(view: MonthsView) -> None:
    view.show_month(Month.of(2025, 7))
    model = view.grid
    assert isinstance(model, MatrixModel)
    number = model.column_of(Month.of(2025, 7))
    assert number is not None
    assert view.columnViewportPosition(number) == frozen(view).width()
    before = view.horizontalScrollBar().value()
    view.show_month(Month.of(2040, 1))
    assert view.horizontalScrollBar().value() == before


def test_tab_from_the_last_column_goes_to_the_first_month_below(view: MonthsView) -> None:
    view.setCurrentIndex(view.grid.index(0, LAST))
    press(Qt.Key.Key_Tab)
    assert place(view) == (1, FIRST)
    press(Qt.Key.Key_Backtab)
    assert place(view) == (0, LAST)


def test_typing_goes_into_the_months(view: MonthsView) -> None:
    view.setCurrentIndex(view.grid.index(0, FIRST + 1))
    typing("5")
    press(Qt.Key.Key_Return)
    assert text(view.grid, (0, FIRST + 1)) == "5"
    assert place(view) == (1, FIRST + 1)


def test_they_are_arranged_anew_with_the_model(view: MonthsView) -> None:
    model = view.grid
    assert isinstance(model, MatrixModel)
    model.set_horizon(JAN, JAN.plus(1))
    assert hidden(view) == [False] * FROZEN + [True] * 3


def test_a_grid_whose_columns_fit_freezes_none(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    view = MonthsView(RecordModel(plan, signals, "organisations"))
    shown_view(qtbot, view)
    wanted = view.horizontalHeader().length()
    view.resize(wanted + 100, 400)
    assert not frozen(view).isVisible()
    assert frozen(view).covered == 0
    view.resize(wanted - 100, 400)
    assert frozen(view).isVisible()
    assert frozen(view).count == view.grid.frozen_columns > 0
    before = view.horizontalScrollBar().value()
    view.show_month(JAN)
    assert view.horizontalScrollBar().value() == before


def test_keys_are_edited_where_they_stay_in_sight(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    view = shown_view(qtbot, GridView(RecordModel(plan, signals, "organisations")))
    view.resize(view.horizontalHeader().length() - 100, 400)
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    view.setCurrentIndex(view.grid.index(0, 0))
    typing("MNG2")
    assert view.frozen.viewport().isAncestorOf(focused())
    press(Qt.Key.Key_Return)
    assert focused() is view
    assert column(view.grid, 0)[:2] == ["MNG2", "RNO"]
    assert place(view) == (1, 0)
    typing("R")
    press(Qt.Key.Key_Escape)
    assert text(view.grid, (1, 0)) == "RNO"
    assert QApplication.focusWidget() is view


def test_they_are_as_wide_as_the_person_drags_them(view: MonthsView) -> None:
    frozen(view).heading.resizeSection(1, 111)
    assert view.columnWidth(1) == 111
    assert frozen(view).width() == covered(view)


def test_what_they_cover_is_not_painted_below_them(view: MonthsView) -> None:
    everything = QRegion(view.viewport().rect())
    assert view.seen(everything).boundingRect().left() == covered(view)
    assert frozen(view).seen(everything) == everything
    view.resize(4_000, 400)
    assert view.seen(everything) == everything


def test_a_view_that_is_deleted_while_it_is_shown_goes_quietly(
    plan: Plan, signals: PlanSignals, capfd: pytest.CaptureFixture[str]
) -> None:
    view = MonthsView(delivery_model(plan, signals, start=JAN, end=DEC))
    view.resize(1_200, 300)
    view.show()
    QApplication.processEvents()
    assert view.frozen.isVisible()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(view, QEvent.Type.DeferredDelete.value)
    assert not isValid(view)
    assert "Error" not in capfd.readouterr().err
