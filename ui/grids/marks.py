"""What is painted over cells: marks in their upper right corner, and the outline of what was refused."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen, QPolygon
from PySide6.QtWidgets import QTableView

from planner.fields import Field
from ui.grids.formats import alignment, bad, theme_of
from ui.grids.grid_model import GridModel, Mark, Spot
from ui.grids.pending import PendingTexts
from ui.theme import Theme

MARK_PX = 6
_PADDING_PX = 3


def paint_marks(view: QTableView, model: GridModel, pending: PendingTexts, area: QRect) -> None:
    """Paint over the cells of a view in an area of its viewport, after the cells themselves."""
    rows, columns = _visible(view, model, area)
    if not rows or not columns:
        return
    painter = QPainter(view.viewport())
    if pending or model.has_refusals:
        for spot in ((row, column) for row in rows for column in columns):
            _paint_refused(painter, view, model, pending, spot)
    theme = theme_of(view.palette())
    for spot, mark in model.marks_in(rows, columns):
        paint_mark(painter, _cell(view, spot), mark, theme)
    painter.end()


def _paint_refused(painter: QPainter, view: QTableView, model: GridModel, pending: PendingTexts, spot: Spot) -> None:
    """Paint what was typed and refused, and an outline around a cell whose last edit was refused."""
    waiting = pending.at(spot)
    if waiting is not None:
        _paint_pending(painter, view, waiting.text, spot, model.field(spot[1]))
    if waiting is not None or model.reason(spot) is not None:
        _outline(painter, _cell(view, spot), view.palette())


def paint_mark(painter: QPainter, cell: QRect, mark: Mark, theme: Theme) -> None:
    """Paint a triangle or a dot into the upper right corner of a cell."""
    box = QRect(cell.right() - MARK_PX - 1, cell.top() + 2, MARK_PX, MARK_PX)
    colour = {Mark.OVER: theme.over_capacity, Mark.UNDER: theme.capacity, Mark.NOTE: theme.accent}[mark]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    middle = QPoint(box.left() + MARK_PX // 2, box.top() if mark is Mark.OVER else box.top() + MARK_PX)
    base = box.top() + MARK_PX if mark is Mark.OVER else box.top()
    if mark is Mark.NOTE:
        painter.drawEllipse(box.adjusted(1, 0, 0, -1))
    else:
        painter.drawPolygon(QPolygon([middle, QPoint(box.left(), base), QPoint(box.left() + MARK_PX, base)]))
    painter.restore()


def _visible(view: QTableView, model: GridModel, area: QRect) -> tuple[range, list[int]]:
    """Return the rows and the columns that an area shows."""
    top, bottom = view.rowAt(area.top()), view.rowAt(area.bottom())
    rows = range(0) if top < 0 else range(top, (model.rowCount() - 1 if bottom < 0 else bottom) + 1)
    left, right = area.left(), area.right()
    header = view.horizontalHeader()
    places = ((column, header.sectionViewportPosition(column)) for column in range(model.columnCount()))
    return rows, [c for c, place in places if place <= right and place + header.sectionSize(c) > left]


def _cell(view: QTableView, spot: Spot) -> QRect:
    return view.visualRect(view.model().index(*spot))


def _outline(painter: QPainter, cell: QRect, palette: QPalette) -> None:
    painter.save()
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DashLine))
    painter.drawRect(cell.adjusted(0, 0, -2, -2))
    painter.restore()


def _paint_pending(painter: QPainter, view: QTableView, text: str, spot: Spot, field: Field | None) -> None:
    """Paint the refused text in place of the value that stands there."""
    cell = _cell(view, spot)
    inside = cell.adjusted(0, 0, -1, -1)
    room = cell.adjusted(_PADDING_PX, 0, -_PADDING_PX - 1, 0)
    painter.save()
    painter.fillRect(inside, view.palette().color(QPalette.ColorRole.Base))
    painter.fillRect(inside, bad())
    painter.setPen(view.palette().color(QPalette.ColorRole.Text))
    painter.setFont(view.font())
    elided = view.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter if field is None else alignment(field), elided)
    painter.restore()
