"""How the heat map is painted: cells told apart by ground and by mark, headings with years above their parts."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from planner.analysis.gaps.heat import CoverState
from ui.charts.words import month_of, year_of
from ui.grids.grid_view import ROW_PX
from ui.pages.heat_model import HeatCell, HeatModel
from ui.theme import GRID_PX, Theme, short_ground

Index = QModelIndex | QPersistentModelIndex

MARK_PX = 7
CORNER_PX = 6
PAD_PX = 6
NAME_PX = 15 * GRID_PX
ARROW_PX = 3 * GRID_PX
LEAST_PX = 5 * GRID_PX + 2
_RING_PX = 2


def ground_of(state: CoverState, theme: Theme) -> QColor:
    """Return the ground of a state.

    All are opaque: under a selected cell the style has painted its own.
    """
    match state:
        case CoverState.SHORT:
            return QColor(short_ground(theme))
        case CoverState.TIGHT:
            return QColor(theme.tight)
        case CoverState.COVERED:
            return QColor(theme.covered)
        case CoverState.EXCESS:
            return QColor(theme.excess)
        case CoverState.NONE:
            return QColor(theme.base)


def draw_mark(painter: QPainter, state: CoverState, place: QRectF, theme: Theme) -> None:
    """Draw the sign of a state: a triangle down, a dot, a triangle up; the others have none."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.shortage if state is CoverState.SHORT else theme.muted))
    left, right, top, bottom = place.left(), place.right(), place.top(), place.bottom()
    match state:
        case CoverState.SHORT:
            corners = ((left, top), (right, top), (place.center().x(), bottom))
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
        case CoverState.TIGHT:
            painter.drawEllipse(place.center(), MARK_PX / 3, MARK_PX / 3)
        case CoverState.EXCESS:
            corners = ((left, bottom), (right, bottom), (place.center().x(), top))
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def draw_corner(painter: QPainter, cell: QRectF, theme: Theme) -> None:
    """Draw the sign that more must be bought: the upper right corner is turned down."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.shortage))
    right, top = cell.right(), cell.top()
    corners = ((right - CORNER_PX, top), (right, top), (right, top + CORNER_PX))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class HeatDelegate(QStyledItemDelegate):
    """Paints cells; nothing is asked of the model but the cell itself, so that a screenful takes no frame."""

    def __init__(self, model: HeatModel, theme: Theme, font: QFont, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._plain, self._strong = QFont(font), QFont(font)
        self._strong.setWeight(QFont.Weight.Bold)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self.theme = theme
        self._grounds = {state: QBrush(ground_of(state, theme)) for state in CoverState}
        self._text, self._muted = QColor(theme.text), QColor(theme.muted)
        self._rule, self._base, self._accent = QColor(theme.rule), QColor(theme.base), QColor(theme.accent)
        self._veil = QColor(theme.accent)
        self._veil.setAlpha(50)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint ground, mark, number and, over them, whether it is selected."""
        row, column = index.row(), index.column()
        cell = self._model.cell(row, column)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        tile = rect.adjusted(0, 0, -1, -1)
        if state & QStyle.StateFlag.State_Selected:
            # The style has painted a ground of its own, which would be seen between the cells.
            painter.fillRect(rect, self._base)
        painter.fillRect(tile, self._grounds[cell.state])
        if self._ends_year(column):
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), self._rule)
        self._draw_number(painter, cell, tile)
        if cell.must_buy:
            draw_corner(painter, QRectF(tile), self.theme)
        self._draw_choice(painter, tile, state)

    def _ends_year(self, column: int) -> bool:
        periods = self._model.periods
        return column + 1 < len(periods) and year_of(periods[column]) != year_of(periods[column + 1])

    def _draw_number(self, painter: QPainter, cell: HeatCell, tile: QRect) -> None:
        # The widest number leaves no room for the mark, and its own sign says that it is too much.
        if cell.state not in {CoverState.NONE, CoverState.COVERED} and not cell.text.startswith(">"):
            top = tile.center().y() - MARK_PX / 2 + 0.5
            draw_mark(painter, cell.state, QRectF(tile.left() + 3, top, MARK_PX, MARK_PX), self.theme)
        painter.setFont(self._strong if cell.state is CoverState.SHORT else self._plain)
        painter.setPen(self._muted if cell.state is CoverState.NONE else self._text)
        place = tile.adjusted(0, 0, -PAD_PX, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, cell.text)

    def _draw_choice(self, painter: QPainter, tile: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(tile, self._veil)
        if state & QStyle.StateFlag.State_HasFocus:
            for side in (
                QRect(tile.left(), tile.top(), tile.width(), _RING_PX),
                QRect(tile.left(), tile.bottom() - _RING_PX + 1, tile.width(), _RING_PX),
                QRect(tile.left(), tile.top(), _RING_PX, tile.height()),
                QRect(tile.right() - _RING_PX + 1, tile.top(), _RING_PX, tile.height()),
            ):
                painter.fillRect(side, self._accent)


class PeriodHeading(QHeaderView):
    """Names the year once above its first quarter or month, and each of these below."""

    def __init__(self, model: HeatModel, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._heat = model
        self.theme = theme
        self.setMinimumSectionSize(LEAST_PX)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(ROW_PX + 2 * GRID_PX)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one heading."""
        periods = self._heat.periods
        period = periods[section]
        part = _part_of(period)
        starts = section == 0 or year_of(periods[section - 1]) != year_of(period)
        painter.fillRect(rect, QColor(self.theme.window))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(self.theme.rule))
        if section + 1 < len(periods) and year_of(periods[section + 1]) != year_of(period):
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(self.theme.rule))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        lower = rect.adjusted(0, rect.height() // 2 - 2 if part else 0, -PAD_PX - 1, 0)
        painter.setFont(self.font())
        painter.setPen(QColor(self.theme.muted if part else self.theme.text))
        painter.drawText(lower, right, part or period)
        if part and starts:
            upper = QRect(rect.left(), rect.top(), rect.width() + GRID_PX, rect.height() // 2 + 2)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(upper.adjusted(5, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, year_of(period))


class NameHeading(QHeaderView):
    """Names elements, strong, and their materials under them; `fold_wanted` carries a row whose arrow was clicked."""

    fold_wanted = Signal(int)

    def __init__(self, model: HeatModel, theme: Theme, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._heat = model
        self.theme = theme
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(ROW_PX)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedWidth(NAME_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold where the arrow is; select the row elsewhere."""
        row = self.logicalIndexAt(event.position().toPoint())
        found = self._heat.row_at(row)
        if found is not None and found.parts and event.position().x() < ARROW_PX:
            event.accept()
            self.fold_wanted.emit(row)
        else:
            super().mousePressEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw arrow and name; the row of the cursor has the mark of what is chosen."""
        row = self._heat.row_at(section)
        if row is None:
            return
        table = self.parent()
        is_current = isinstance(table, QTableView) and table.currentIndex().row() == section
        painter.fillRect(rect, QColor(self.theme.base if is_current else self.theme.window))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), QColor(self.theme.rule))
        if is_current:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), QColor(self.theme.accent))
        if row.parts:
            self._draw_arrow(painter, QRectF(rect), is_open=self._heat.is_open(section))
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if row.is_element else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(self.theme.text))
        place = rect.adjusted(ARROW_PX + (0 if row.is_element else GRID_PX), 0, -GRID_PX, -1)
        text = QFontMetrics(font).elidedText(row.subject.code, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_arrow(self, painter: QPainter, rect: QRectF, *, is_open: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.muted))
        x, y, half = rect.left() + ARROW_PX / 2, rect.center().y(), 3.5
        right = ((x - half / 2, y - half), (x + half, y), (x - half / 2, y + half))
        down = ((x - half, y - half / 2), (x + half, y - half / 2), (x, y + half))
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in (down if is_open else right)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _part_of(period: str) -> str:
    """Return `Q1` or `Mar`; empty for a year."""
    return month_of(period)[:3] or period[5:]
