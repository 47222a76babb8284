"""The navigation rail: the pages by icon and word."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui.icons import icon
from ui.pages import PAGES
from ui.theme import GRID_PX

RAIL_PX = 17 * GRID_PX
ROW_PX, LEAST_ROW_PX = 5 * GRID_PX, 3 * GRID_PX
# What a window has above and below the pages.
AROUND_PX = 8 * GRID_PX
# What is worked out from the plan stands apart from its records, and these from what is about all of them.
BEGIN_A_PART = frozenset({"contracts", "spend", "tables"})


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
    """A list of pages in their order, with rules between its parts; its current row is the page that is shown.

    In a low window its rows are lower, so that every page is in sight; a dock that comes and goes moves none.
    """

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
            item.setSizeHint(QSize(0, ROW_PX))
        self.dress(self.palette())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give each row its share of the height of the window, within bounds."""
        super().resizeEvent(event)
        height = max(LEAST_ROW_PX, min(ROW_PX, (self.window().height() - AROUND_PX) // self.count()))
        for at in range(self.count()):
            self.item(at).setSizeHint(QSize(0, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and a rule above each part."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        for at, spec in enumerate(PAGES):
            if spec.id in BEGIN_A_PART:
                row = self.visualItemRect(self.item(at))
                painter.drawLine(row.left() + 2 * GRID_PX, row.top(), row.right() - 2 * GRID_PX, row.top())
        painter.end()

    def dress(self, palette: QPalette) -> None:
        """Draw the icons in the colours of a palette."""
        for at, spec in enumerate(PAGES):
            self.item(at).setIcon(icon(spec.icon, palette))
