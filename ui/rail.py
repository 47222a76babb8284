"""The navigation rail: the pages by icon and word."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.icons import icon
from ui.pages import PAGES
from ui.theme import GRID_PX

RAIL_PX = 17 * GRID_PX


def beside(rail: QWidget, *column: QWidget) -> QWidget:
    """Return the rail with a column of widgets beside it, of which the last has all the room."""
    body, whole = QWidget(), QWidget()
    down, across = QVBoxLayout(body), QHBoxLayout(whole)
    for layout in (down, across):
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
    for each in column[:-1]:
        down.addWidget(each)
    down.addWidget(column[-1], stretch=1)
    across.addWidget(rail)
    across.addWidget(body, stretch=1)
    return whole


class Rail(QListWidget):
    """A list of pages in their order; its current row is the page that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName("Pages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFixedWidth(RAIL_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(20, 20))
        for spec in PAGES:
            item = QListWidgetItem(spec.title, self)
            item.setSizeHint(QSize(0, 5 * GRID_PX))
        self.dress(self.palette())

    def dress(self, palette: QPalette) -> None:
        """Draw the icons in the colours of a palette."""
        for at, spec in enumerate(PAGES):
            self.item(at).setIcon(icon(spec.icon, palette))
