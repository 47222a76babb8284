"""The table of targets: in each cell a mark, the plan's figure, and below it what is asked for."""

from typing import Literal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from planner.analysis.aims.targets import TargetYear
from ui.charts.words import number
from ui.grids.formats import theme_of
from ui.grids.grid_view import ROW_PX, SLIM_PX
from ui.pages.targets_model import DECIMALS_ROLE, YEAR_ROLE, TargetsModel
from ui.theme import GRID_PX, tabular

Mark = Literal["met", "missed", "open", "none"]
MARK_PX = 10
COLUMN_PX = 12 * GRID_PX
NAME_PX = (24 * GRID_PX, 24 * GRID_PX)
LINES_PX = 2 * ROW_PX - GRID_PX


class TargetDelegate(QStyledItemDelegate):
    """Paints a year: a tick where it is met, a cross where it is missed, a ring where it is open."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the ground as any cell has it, then mark, plan and path."""
        year = index.data(YEAR_ROLE)
        if not isinstance(year, TargetYear):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        _paint_year(painter, option, year, int(index.data(DECIMALS_ROLE)))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room for two lines."""
        return QSize(super().sizeHint(option, index).width(), LINES_PX)


class TargetsTable(QTableView):
    """Shows a TargetsModel."""

    def __init__(self, model: TargetsModel) -> None:
        super().__init__()
        self.targets = model
        self.setModel(model)
        self.setItemDelegate(TargetDelegate(self))
        self.setFont(tabular(self.font()))
        self.setAccessibleName("Targets")
        self.setWordWrap(True)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setFixedWidth(SLIM_PX)
        rows.setStyleSheet("QHeaderView::section { border: none; }")
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(LINES_PX)
        columns.setDefaultSectionSize(COLUMN_PX)
        columns.setFixedHeight(ROW_PX + GRID_PX)
        columns.setHighlightSections(False)
        model.modelReset.connect(self._fit_names)

    def _fit_names(self) -> None:
        for column, width in enumerate(NAME_PX):
            if column < self.model().columnCount():
                self.setColumnWidth(column, width)


def mark_of(year: TargetYear) -> Mark:
    """Return the mark of a year; none where nothing is asked for."""
    if year.path is None:
        return "none"
    return "open" if year.met is None else "met" if year.met else "missed"


def _paint_year(painter: QPainter, option: QStyleOptionViewItem, year: TargetYear, decimals: int) -> None:
    theme, selected = theme_of(option.palette), bool(option.state & QStyle.StateFlag.State_Selected)
    ink = option.palette.color(QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text)
    quiet = ink if selected else QColor(theme.muted)
    missed = ink if selected else QColor(theme.shortage)
    mark = mark_of(year)
    room = QRectF(option.rect).adjusted(GRID_PX, GRID_PX / 2, -GRID_PX, -GRID_PX / 2)
    upper, lower = QRectF(room), QRectF(room)
    upper.setBottom(room.center().y())
    lower.setTop(room.center().y())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(
        painter, QPointF(room.left() + MARK_PX / 2, upper.center().y()), mark, missed if mark == "missed" else quiet
    )
    bold = QFont(option.font)
    bold.setWeight(QFont.Weight.DemiBold)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(bold if mark == "missed" else option.font)
    painter.setPen(missed if mark == "missed" else ink)
    painter.drawText(upper, right, number(year.plan, decimals))
    if year.path is not None:
        painter.setFont(option.font)
        painter.setPen(quiet)
        painter.drawText(lower, right, f"of {number(year.path, decimals)}")


def draw_mark(painter: QPainter, centre: QPointF, mark: Mark, colour: QColor) -> None:
    """Draw a tick, a cross or a ring; nothing for `none`."""
    pen = QPen(colour, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = MARK_PX / 2 - 1
    match mark:
        case "met":
            painter.drawPolyline(
                [
                    centre + QPointF(-half, 0),
                    centre + QPointF(-half / 4, half * 0.8),
                    centre + QPointF(half, -half * 0.8),
                ]
            )
        case "missed":
            painter.drawLine(centre + QPointF(-half, -half) * 0.85, centre + QPointF(half, half) * 0.85)
            painter.drawLine(centre + QPointF(-half, half) * 0.85, centre + QPointF(half, -half) * 0.85)
        case "open":
            painter.drawEllipse(centre, half * 0.85, half * 0.85)
        case _:
            pass
