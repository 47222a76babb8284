"""The square at the corner of the selection fills what it is dragged over."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import press, shown_view, text, typing
from ui.grids.fill_handle import FillHandle
from ui.grids.grid_model import Spot
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import MatrixModel, delivery_model
from ui.grids.months_view import MonthsView
from ui.grids.record_model import RecordModel
from ui.grids.rectangle import Rectangle
from ui.plan_signals import PlanSignals

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> MonthsView:
    made = MonthsView(delivery_model(plan, signals, start=JAN, end=DEC))
    shown_view(qtbot, made)
    return made


def model_of(view: GridView) -> MatrixModel:
    model = view.grid
    assert isinstance(model, MatrixModel)
    return model


def month(view: GridView, number: int) -> int:
    found = model_of(view).column_of(Month.of(2026, number))
    assert found is not None
    return found


def handle(view: GridView) -> FillHandle:
    found = view.findChild(FillHandle)
    assert isinstance(found, FillHandle)
    return found


def drag_to(view: GridView, spot: Spot, modifiers: Qt.KeyboardModifier = NONE) -> None:
    square = handle(view)
    QTest.mousePress(square, LEFT, modifiers, QPoint(4, 4))
    there = square.mapFromGlobal(view.viewport().mapToGlobal(view.visualRect(view.grid.index(*spot)).center()))
    QTest.mouseMove(square, there)
    QTest.mouseRelease(square, LEFT, modifiers, square.mapFromGlobal(view.viewport().mapToGlobal(QPoint(0, 0))))


def test_it_stands_at_the_corner_of_what_can_be_edited(view: MonthsView) -> None:
    view.show_month(Month.of(2026, 1))
    view.select(Rectangle(0, month(view, 1), 1, month(view, 2)))
    corner = view.visualRect(view.grid.index(1, month(view, 2))).bottomRight()
    assert handle(view).isVisible()
    assert handle(view).geometry().center() == view.viewport().pos() + corner - QPoint(1, 1)
    view.select(Rectangle(0, 0, 1, 1))
    assert not handle(view).isVisible()
    view.select(Rectangle(0, month(view, 1), 0, month(view, 1)))
    view.horizontalScrollBar().setValue(0)
    assert not handle(view).isVisible()


def test_it_goes_while_a_cell_is_edited(view: MonthsView) -> None:
    view.show_month(Month.of(2026, 1))
    view.go_to((0, month(view, 1)))
    assert handle(view).isVisible()
    typing("5")
    assert not handle(view).isVisible()
    press(Qt.Key.Key_Escape)
    assert handle(view).isVisible()


def test_two_cells_go_on_and_one_is_copied(plan: Plan, view: MonthsView) -> None:
    view.show_month(Month.of(2026, 1))
    first, second, third, fourth = (month(view, number) for number in (1, 2, 3, 4))
    assert view.grid.put({(0, first): "10", (0, second): "20", (1, first): "7"})
    before = len(plan.history())
    view.select(Rectangle(0, first, 0, second))
    drag_to(view, (0, fourth))
    assert [text(view.grid, (0, each)) for each in (first, second, third, fourth)] == ["10", "20", "30", "40"]
    assert len(plan.history()) == before + 1
    assert view.selected_rectangle() == Rectangle(0, first, 0, fourth)
    view.select(Rectangle(1, first, 1, first))
    drag_to(view, (1, third))
    assert [text(view.grid, (1, each)) for each in (first, second, third)] == ["7", "7", "7"]


def test_ctrl_swaps_copy_and_series(view: MonthsView) -> None:
    view.show_month(Month.of(2026, 1))
    first, second, third = (month(view, number) for number in (1, 2, 3))
    assert view.grid.put({(0, first): "10"})
    view.select(Rectangle(0, first, 0, first))
    drag_to(view, (0, third), CONTROL)
    assert [text(view.grid, (0, each)) for each in (first, second, third)] == ["10", "11", "12"]


def test_sums_of_years_are_left_out(view: MonthsView) -> None:
    view.show_month(Month.of(2025, 10))
    model = model_of(view)
    december = model.column_of(Month.of(2025, 12))
    assert december is not None
    assert view.grid.put({(1, december): "3"})
    view.select(Rectangle(1, december, 1, december))
    drag_to(view, (1, month(view, 1)))
    assert text(view.grid, (1, month(view, 1))) == "3"
    assert text(view.grid, (1, december + 1)) == "3"


def test_months_count_up_when_dragged_down(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 2})
    view = shown_view(qtbot, GridView(model))
    assert view.grid.put({(0, 0): "2025-01", (0, 1): "5"})
    area = QItemSelection(model.index(0, 0), model.index(0, 1))
    view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    drag_to(view, (1, 0))
    assert [text(model, (1, number)) for number in (0, 1)] == ["2025-02", "5"]
