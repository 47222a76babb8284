"""The title bar that every dock of the window has."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QCheckBox, QDockWidget, QHBoxLayout, QLabel, QStyle, QToolButton, QWidget

from ui.theme import GRID_PX


class DockTitle(QWidget):
    """The bar over a dock: its title, what can be done with what is chosen in it, and the way to close it."""

    def __init__(self, dock: QDockWidget, close_tip: str, actions: Sequence[QAction] = ()) -> None:
        super().__init__(dock)
        title = QLabel(dock.windowTitle())
        font = title.font()
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        dock.windowTitleChanged.connect(title.setText)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID_PX, GRID_PX // 2, GRID_PX, GRID_PX // 2)
        row.setSpacing(GRID_PX)
        row.addWidget(title)
        row.addStretch(1)
        for action in actions:
            row.addWidget(_box(action) if action.isCheckable() else _button(action))
        close = QToolButton(autoRaise=True)
        close.setIcon(dock.style().standardIcon(QStyle.StandardPixmap.SP_TitleBarCloseButton))
        close.setToolTip(close_tip)
        close.setAccessibleName(close_tip.partition(" (")[0])
        close.clicked.connect(dock.close)
        row.addWidget(close)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setDefaultAction(action)
    # Qt leaves out the dots that say that it asks first.
    action.setIconText(action.text())
    action.changed.connect(lambda: action.setIconText(action.text()))
    return button


def _box(action: QAction) -> QCheckBox:
    """Return a box that is ticked while the action is: a pressed button is hard to tell in the dark."""
    box = QCheckBox(action.text())

    def follow() -> None:
        box.setText(action.text())
        box.setEnabled(action.isEnabled())
        box.setChecked(action.isChecked())

    action.changed.connect(follow)
    box.toggled.connect(action.setChecked)
    return box
