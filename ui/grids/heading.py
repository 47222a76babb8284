"""The headings of a grid: clicks with their keys, the order of the rows, and room below for a row of filters."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPolygon
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QWidget

from ui.grids.formats import theme_of
from ui.grids.grid_model import SortKey
from ui.theme import GRID_PX

ROW_PX = 3 * GRID_PX
HEADING_PX = ROW_PX + GRID_PX
NARROWEST_PX = 7 * GRID_PX
_ARROW_PX = 7
_ARROW_TOP_PX = 2
_NUMBER_PX = 8


class Heading(QHeaderView):
    """The headings.

    `chosen` carries a column that was clicked and whether it shall come in addition, `menu_wanted` a column and a place
    on the screen, and `moved` tells that a heading was dragged.
    """

    chosen = Signal(int, bool)
    menu_wanted = Signal(int, QPoint)
    moved = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sorting: tuple[SortKey, ...] = ()
        self._pressed = -1
        self._press_place = QPoint()
        self._was_moved = False
        self.setHighlightSections(False)
        self.setMinimumSectionSize(NARROWEST_PX)
        self.setFixedHeight(HEADING_PX)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.sectionMoved.connect(self._note_move)

    def show_sorting(self, keys: tuple[SortKey, ...]) -> None:
        """Draw by what the rows are ordered."""
        self._sorting = keys
        self.viewport().update()

    def make_room(self, below_px: int) -> None:
        """Leave room below the headings, as high as given; 0 for none."""
        self.setViewportMargins(0, 0, 0, below_px)
        self.setFixedHeight(HEADING_PX + below_px)

    def restore_order(self) -> None:
        """Put the headings back where the columns of the model stand."""
        for column in range(self.count()):
            self.moveSection(self.visualIndex(column), column)
        self._was_moved = False

    def _note_move(self) -> None:
        self._was_moved = True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember which heading was pressed, if not the line between two."""
        self._press(event)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take two quick clicks as two."""
        self._press(event)
        super().mouseDoubleClickEvent(event)

    def _press(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.logicalIndexAt(place) if left and not self._on_line(place.x()) else -1
        self._press_place = place

    def _on_line(self, x: int) -> bool:
        grip = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)
        column = self.logicalIndexAt(x)
        if column < 0:
            return False
        left = self.sectionViewportPosition(column)
        return left + self.sectionSize(column) - x <= grip or (self.visualIndex(column) > 0 and x - left < grip)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell about a click, or that a heading was dragged to another place."""
        super().mouseReleaseEvent(event)
        column, self._pressed = self._pressed, -1
        place = event.position().toPoint()
        if self._was_moved:
            self._was_moved = False
            self.moved.emit()
        elif column >= 0 and (place - self._press_place).manhattanLength() < QApplication.startDragDistance():
            keys = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
            self.chosen.emit(column, bool(event.modifiers() & keys))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a column."""
        self.menu_wanted.emit(self.logicalIndexAt(event.pos()), event.globalPos())

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Paint a heading, with an arrow over its text where the column orders the rows."""
        painter.save()
        super().paintSection(painter, rect, column)
        painter.restore()
        at = next((place for place, key in enumerate(self._sorting) if key.column == column), None)
        if at is not None:
            self._paint_arrow(painter, rect, at)

    def _paint_arrow(self, painter: QPainter, rect: QRect, at: int) -> None:
        left, top = rect.center().x() - _ARROW_PX // 2, rect.top() + _ARROW_TOP_PX
        tip, base = (top + 4, top) if self._sorting[at].descending else (top, top + 4)
        corners = [QPoint(left, base), QPoint(left + _ARROW_PX, base), QPoint(left + _ARROW_PX // 2 + 1, tip)]
        accent = QColor(theme_of(self.palette()).accent)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawPolygon(QPolygon(corners))
        if len(self._sorting) > 1:
            font = self.font()
            font.setPixelSize(_NUMBER_PX)
            painter.setFont(font)
            painter.setPen(accent)
            painter.drawText(QPoint(left + _ARROW_PX + 2, top + 6), str(at + 1))
        painter.restore()


def next_sorting(keys: tuple[SortKey, ...], column: int, *, add: bool) -> tuple[SortKey, ...]:
    """Return the order after a click: ascending, descending, none; in addition to the others or in their place."""
    found = next((key for key in keys if key.column == column), None)
    others = tuple(key for key in keys if key is not found)
    if not add:
        # A column that ordered with others orders alone at first.
        found = None if others else found
        return (SortKey(column),) if found is None else _turned(found)
    if found is None:
        return (*keys, SortKey(column))
    at = keys.index(found)
    return (*keys[:at], *_turned(found), *keys[at + 1 :])


def _turned(key: SortKey) -> tuple[SortKey, ...]:
    return () if key.descending else (SortKey(key.column, descending=True),)
