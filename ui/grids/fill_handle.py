"""The small square at the lower right corner of a selection: dragging it down or to the right fills the cells there."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QRubberBand, QTableView, QWidget

from ui.grids.grid_model import Spot
from ui.grids.rectangle import Rectangle

HANDLE_PX = 8

RectOf = Callable[[Spot], QRect]


class FillHandle(QWidget):
    """The square; `dragged` carries the selection, how far it was dragged, and whether Ctrl was held."""

    dragged = Signal(Rectangle, Rectangle, bool)

    def __init__(self, view: QTableView, rect_of: RectOf) -> None:
        """`rect_of` returns where a cell is in sight, in the viewport of the view."""
        super().__init__(view)
        self._view = view
        self._rect_of = rect_of
        self._from: Rectangle | None = None
        self._to: Rectangle | None = None
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, view.viewport())
        self.setFixedSize(HANDLE_PX, HANDLE_PX)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setToolTip("Drag to copy or continue; with Ctrl the other of the two")
        self.hide()

    def stand_at(self, selected: Rectangle | None) -> None:
        """Stand at the corner of a selection; away for None, or where that corner is out of sight."""
        self._from = selected
        corner = QRect() if selected is None else self._rect_of((selected.bottom, selected.right))
        viewport = self._view.viewport()
        place = QPoint(corner.right(), corner.bottom())
        if corner.isEmpty() or not viewport.rect().adjusted(0, 0, HANDLE_PX, HANDLE_PX).contains(place):
            self.hide()
            return
        half = HANDLE_PX // 2
        self.move(viewport.pos() + place - QPoint(half, half))
        self.show()
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        if event.button() == Qt.MouseButton.LeftButton and self._from is not None:
            self._to = self._from
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be filled, and scroll at the edge."""
        if self._from is None or self._to is None:
            return
        place = self._view.viewport().mapFromGlobal(event.globalPosition().toPoint())
        self._to = self._reached(self._from, place)
        self._view.scrollTo(self._view.model().index(self._to.bottom, self._to.right))
        first = self._rect_of((self._from.top, self._from.left))
        last = self._rect_of((self._to.bottom, self._to.right))
        self._band.setGeometry(first.united(last))
        self._band.show()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fill what was dragged over."""
        self._band.hide()
        start, end, self._to = self._from, self._to, None
        if start is not None and end is not None and end != start:
            self.dragged.emit(start, end, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def _reached(self, start: Rectangle, place: QPoint) -> Rectangle:
        """Return the selection, longer in the direction in which the mouse went farther."""
        model = self._view.model()
        row, column = self._view.rowAt(max(0, place.y())), self._view.columnAt(max(0, place.x()))
        row = model.rowCount() - 1 if row < 0 else row
        column = model.columnCount() - 1 if column < 0 else column
        corner = self._rect_of((start.bottom, start.right))
        down, right = place.y() - corner.bottom(), place.x() - corner.right()
        if down >= right:
            return Rectangle(start.top, start.left, max(start.bottom, row), start.right)
        return Rectangle(start.top, start.left, start.bottom, max(start.right, column))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - the square is small
        """Paint the square, with a rim that parts it from the cells."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Base))
        painter.fillRect(self.rect().adjusted(1, 1, -1, -1), QColor(self.palette().color(QPalette.ColorRole.Highlight)))
        painter.end()
