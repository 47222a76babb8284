"""Typing, selecting and copying as a person does: into whatever has the focus."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ui.grids.grid_model import GridModel, Spot
from ui.grids.grid_view import GridView
from ui.grids.jumps import first_column
from ui.grids.record_model import RecordModel

DISPLAY, EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
NO_KEYS = Qt.KeyboardModifier.NoModifier


def shown_view(qtbot: QtBot, view: GridView) -> GridView:
    """Show a view with the focus in its first cell."""
    qtbot.addWidget(view)
    view.resize(900, 400)
    with qtbot.waitActive(view):
        view.show()
    view.setFocus()
    view.go_to((0, first_column(view.grid)))
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


def select(view: GridView, top: int, left: int, bottom: int, right: int) -> None:
    model = view.grid
    view.setCurrentIndex(model.index(top, left))
    area = QItemSelection(model.index(top, left), model.index(bottom, right))
    view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def selected(view: GridView) -> list[tuple[int, int]]:
    return sorted((index.row(), index.column()) for index in view.selectionModel().selectedIndexes())


def clip(text: str | None = None) -> str:
    """Put a text on the clipboard if given; return what is there."""
    if text is not None:
        QGuiApplication.clipboard().setText(text)
    return QGuiApplication.clipboard().text()


def marked(model: GridModel) -> set[tuple[int, int]]:
    spots = [(row, number) for row in range(model.rowCount()) for number in range(model.columnCount())]
    return {spot for spot in spots if model.reason(spot)}


def at(view: GridView, row: int, number: int) -> None:
    view.setCurrentIndex(view.grid.index(row, number))


def column_of(view: GridView, name: str) -> int:
    model = view.grid
    assert isinstance(model, RecordModel)
    return model.column_of(name)


def editor(view: GridView) -> QWidget | None:
    """Return the open editor of the grid."""
    found = view.viewport().findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return next((each for each in found if isinstance(each, QLineEdit | QComboBox) and each.isVisible()), None)
