"""Typing as a person does: into whatever has the focus."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.grids.grid_model import GridModel, Spot
from ui.grids.grid_view import GridView

DISPLAY, EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
NO_KEYS = Qt.KeyboardModifier.NoModifier


def shown_view(qtbot: QtBot, view: GridView) -> GridView:
    """Show a view with the focus in its first cell."""
    qtbot.addWidget(view)
    view.resize(900, 400)
    with qtbot.waitActive(view):
        view.show()
    view.setFocus()
    view.setCurrentIndex(view.grid.index(0, view.grid.frozen_columns))
    return view


def focused() -> QWidget:
    """Return the widget that gets the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def typing(text: str) -> None:
    for letter in text:
        QTest.keyClicks(focused(), letter)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
    QTest.keyClick(focused(), key, modifiers)


def double_click(view: GridView, spot: Spot) -> None:
    place = QPoint(view.visualRect(view.grid.index(*spot)).center())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, NO_KEYS, place)


def place(view: GridView) -> Spot:
    """Return where the cursor is."""
    return view.currentIndex().row(), view.currentIndex().column()


def text(model: GridModel, spot: Spot, role: int = DISPLAY) -> str:
    return str(model.data(model.index(*spot), role) or "")


def column(model: GridModel, number: int) -> list[str]:
    return [text(model, (row, number)) for row in range(model.rowCount())]
