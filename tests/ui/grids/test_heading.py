"""Clicks on headings order the rows by one column or by several, and drags put the columns in order."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import column, place, shown_view, text
from ui.grids.grid_model import SortKey
from ui.grids.grid_view import GridView
from ui.grids.heading import Heading, next_sorting
from ui.grids.matrix_model import delivery_model
from ui.grids.months_view import MonthsView
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

MONTH, QUANTITY, STATUS = 0, 1, 2
NARROW = "\N{NARROW NO-BREAK SPACE}"
LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def view(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> GridView:
    model = RecordModel(plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 1})
    return shown_view(qtbot, GridView(model))


def middle(heading: Heading, number: int) -> QPoint:
    return QPoint(heading.sectionViewportPosition(number) + heading.sectionSize(number) // 2, heading.height() // 2)


def click(heading: Heading, number: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(heading.viewport(), LEFT, modifiers, middle(heading, number))


def test_clicks_order_up_down_and_not_at_all(view: GridView) -> None:
    click(view.heading, QUANTITY)
    assert column(view.grid, QUANTITY)[:3] == ["400", "410", f"1{NARROW}250"]
    click(view.heading, QUANTITY)
    assert column(view.grid, QUANTITY)[:3] == [f"1{NARROW}250", "410", "400"]
    click(view.heading, QUANTITY)
    assert list(view.grid.sorting) == []
    assert column(view.grid, MONTH)[:3] == ["2025-01", "2025-02", "2025-03"]


@pytest.mark.parametrize("modifiers", [SHIFT, CONTROL])
def test_a_click_with_a_key_adds_an_order(view: GridView, modifiers: Qt.KeyboardModifier) -> None:
    click(view.heading, STATUS)
    click(view.heading, QUANTITY, modifiers)
    assert list(view.grid.sorting) == [SortKey(STATUS), SortKey(QUANTITY)]
    click(view.heading, STATUS, modifiers)
    assert list(view.grid.sorting) == [SortKey(STATUS, descending=True), SortKey(QUANTITY)]
    click(view.heading, STATUS, modifiers)
    assert list(view.grid.sorting) == [SortKey(QUANTITY)]


@pytest.mark.parametrize(
    ("keys", "add", "after"),
    [
        ((), False, (SortKey(1),)),
        ((SortKey(1),), False, (SortKey(1, descending=True),)),
        ((SortKey(1, descending=True),), False, ()),
        ((SortKey(0), SortKey(1)), False, (SortKey(1),)),
        ((SortKey(0),), False, (SortKey(1),)),
        ((SortKey(0),), True, (SortKey(0), SortKey(1))),
        ((SortKey(1), SortKey(0)), True, (SortKey(1, descending=True), SortKey(0))),
        ((SortKey(1, descending=True), SortKey(0)), True, (SortKey(0),)),
    ],
)
def test_what_a_click_makes_of_an_order(keys: tuple[SortKey, ...], after: tuple[SortKey, ...], *, add: bool) -> None:
    assert next_sorting(keys, 1, add=add) == after


def test_the_line_between_two_headings_orders_nothing(view: GridView) -> None:
    edge = view.heading.sectionViewportPosition(1) - 1
    QTest.mouseClick(view.heading.viewport(), LEFT, NONE, QPoint(edge, 10))
    QTest.mouseClick(view.heading.viewport(), LEFT, NONE, QPoint(edge + 2, 10))
    assert list(view.grid.sorting) == []


def test_the_cursor_stays_where_it_was(view: GridView) -> None:
    view.setCurrentIndex(view.grid.index(1, QUANTITY))
    click(view.heading, QUANTITY)
    assert place(view)[1] == QUANTITY


def test_the_order_is_drawn_over_the_headings(view: GridView) -> None:
    plain = view.heading.grab().toImage()
    view.sort((SortKey(MONTH),))
    one = view.heading.grab().toImage()
    view.sort((SortKey(MONTH), SortKey(QUANTITY)))
    two = view.heading.grab().toImage()
    assert len({plain.cacheKey(), one.cacheKey(), two.cacheKey()}) == 3
    assert plain != one
    assert one != two


def drag(heading: Heading, number: int, by: int) -> None:
    start = middle(heading, number)
    QTest.mousePress(heading.viewport(), LEFT, NONE, start)
    for step in (by // 3, by // 2, by):
        there = start + QPoint(step, 0)
        # QTest moves without a button.
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(there), QPointF(heading.viewport().mapToGlobal(there)), LEFT, LEFT, NONE
        )
        QApplication.sendEvent(heading.viewport(), event)
    QTest.mouseRelease(heading.viewport(), LEFT, NONE, start + QPoint(by, 0))


def test_a_dragged_heading_takes_its_column_along(qtbot: QtBot, view: GridView) -> None:
    assert view.grid.columns == ("month", "quantity_t", "status")
    with qtbot.waitSignal(view.arrangement_changed):
        drag(view.heading, QUANTITY, (view.columnWidth(QUANTITY) + view.columnWidth(STATUS)) // 2 + 20)
    assert view.grid.columns[:3] == ("month", "status", "quantity_t")
    assert [view.heading.visualIndex(number) for number in range(3)] == [0, 1, 2]
    assert list(view.grid.sorting) == []
    assert text(view.grid, (0, 2)) == "400"


def test_the_menu_of_a_heading_orders_and_fits(view: GridView, monkeypatch: pytest.MonkeyPatch) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _where: menus.append(menu))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle(view.heading, QUANTITY), QPoint(9, 9))
    QApplication.sendEvent(view.heading.viewport(), event)
    actions = {action.text().split("\t")[0]: action for action in menus[0].actions()}
    assert list(actions) == ["Sort ascending", "Sort descending", "Do not sort", "", "Fit width", "Filters", "Columns…"]
    actions["Sort descending"].trigger()
    assert column(view.grid, QUANTITY)[0] == f"1{NARROW}250"
    view.setColumnWidth(QUANTITY, 300)
    actions["Fit width"].trigger()
    assert view.columnWidth(QUANTITY) < 300
    menus[0].deleteLater()


def test_months_are_selected_and_labels_order(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    view = MonthsView(delivery_model(plan, signals, start=JAN, end=DEC))
    shown_view(qtbot, view)
    month = view.grid.frozen_columns + 1
    click(view.heading, month)
    assert {index.column() for index in view.selectionModel().selectedIndexes()} == {month}
    assert list(view.grid.sorting) == []
    click(view.frozen.heading, 1)
    click(view.frozen.heading, 1)
    assert list(view.grid.sorting) == [SortKey(1, descending=True)]
    assert column(view.grid, 1) == ["2", "1"]
