"""Several materials side by side: small charts on one time axis under one legend, on one scale where it is wanted."""

import math
from collections.abc import Mapping, Sequence
from typing import Self

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsGridLayout,
    QGraphicsLinearLayout,
    QGraphicsSceneMouseEvent,
    QMenu,
    QStyleOptionGraphicsItem,
    QWidget,
)

from planner.analysis import Subject
from planner.analysis.gaps.stack import StackTable
from ui.charts.cover_chart import cover_cells, cover_head, subtitle_of
from ui.charts.items import Look
from ui.charts.period_chart import MARGIN_PX, PeriodChart
from ui.charts.plot import PeriodPlot
from ui.charts.stack_drawing import StackDrawing, entries_of, looks_of, title_of
from ui.charts.words import decimals_of, long_name, number
from ui.theme import GRID_PX, Theme

LEAST_CELL_PX = 36 * GRID_PX
# A chart is a little wider than high, as far as the room allows.
CELL_RATIO = 1.6
MARK_PX = 3
NOTHING = "Choose materials to set side by side."
NO_ROWS = "Nothing in this horizon"


class CellHeading(pg.GraphicsWidget):  # type: ignore[misc] # pyqtgraph has no types
    """The name of a small chart and, in a quieter ink, a sentence about it; the chosen one has a mark."""

    clicked = Signal()

    def __init__(self, theme: Theme, font: QFont) -> None:
        """Start without a name."""
        super().__init__()
        self.theme = theme
        self.name = self.note = ""
        self.alert = self.chosen = False
        self._font, self._bold = QFont(font), QFont(font)
        self._bold.setBold(True)
        self.setFixedHeight(QFontMetricsF(self._bold).height() + GRID_PX)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)

    def say(self, name: str, note: str, *, alert: bool) -> None:
        """Show a name and a sentence, which is about a shortage where it alerts."""
        if (name, note, alert) != (self.name, self.note, self.alert):
            self.name, self.note, self.alert = name, note, alert
            self.update()

    def choose(self, *, chosen: bool) -> None:
        """Mark it, or take the mark away."""
        self.chosen = chosen
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the mark, the name, and as much of the sentence as fits."""
        del option, widget
        width, bold, metrics = self.size().width(), QFontMetricsF(self._bold), QFontMetricsF(self._font)
        if self.chosen:
            painter.fillRect(QRectF(0, 0, MARK_PX, bold.height()), QColor(self.theme.accent))
        left, base = float(GRID_PX), bold.ascent()
        name = bold.elidedText(self.name, Qt.TextElideMode.ElideRight, width - left)
        painter.setFont(self._bold)
        painter.setPen(QColor(self.theme.accent if self.chosen else self.theme.text))
        painter.drawText(QPointF(left, base), name)
        left += bold.horizontalAdvance(name) + GRID_PX
        note = metrics.elidedText(self.note, Qt.TextElideMode.ElideRight, max(0.0, width - left))
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.shortage if self.alert else self.theme.muted))
        painter.drawText(QPointF(left, base), note)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Tell that it was clicked."""
        event.accept()
        self.clicked.emit()


class Cell(pg.GraphicsWidget):  # type: ignore[misc] # pyqtgraph has no types
    """A small chart under its heading."""

    def __init__(self, drawing: StackDrawing, plot: PeriodPlot, heading: CellHeading) -> None:
        """Put the heading above the plot."""
        super().__init__()
        self.drawing, self.plot, self.heading = drawing, plot, heading
        layout = QGraphicsLinearLayout(Qt.Orientation.Vertical, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addItem(heading)
        layout.addItem(plot.plot)

    def read_out(self, name: str, index: int | None) -> None:
        """Say what there is in a period, or when it is short first."""
        table = self.drawing.table
        if table is None or not table.cover.rows:
            self.heading.say(name, NO_ROWS, alert=False)
        elif index is None:
            short = next((row.period for row in table.cover.rows if row.net_requirement), None)
            self.heading.say(name, f"short from {long_name(short)}" if short else "covered", alert=short is not None)
        else:
            row, decimals = table.cover.rows[index], decimals_of(table.cover.unit)
            note = f"{number(row.supply, decimals)} of {number(row.demand, decimals)}"
            cover = "" if row.cover_pct is None else f", {number(row.cover_pct, 0)} %"
            self.heading.say(name, f"{note}{cover}", alert=row.net_requirement > 0)


class SmallMultiples(PeriodChart):
    """As many small charts as there are tables, in rows; a click on one emits `chosen` with its subject.

    They share the time axis, the legend and what is hidden; `same_scale` makes their heights comparable too.
    """

    chosen = Signal(Subject)
    widest = "000,000"
    numbers_below = False

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start with one chart that asks for a choice."""
        self.tables: tuple[StackTable, ...] = ()
        self.names: tuple[str, ...] = ()
        self.same_scale = False
        self.subject: Subject | None = None
        self.cells: tuple[Cell, ...] = ()
        self._made: list[Cell] = []
        self._first = StackDrawing()
        super().__init__(theme, (self._first.items,), entries_of([self._first]), (1,), readout=readout, parent=parent)
        self.plots[0].say(NOTHING)

    def arrange(self, shares: tuple[int, ...]) -> None:
        """Make room for the cells, the first of which is there from the beginning."""
        del shares
        room = pg.GraphicsWidget()
        self._grid = QGraphicsGridLayout(room)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * GRID_PX)
        self._grid.setVerticalSpacing(GRID_PX)
        self.view.addItem(room, 1, 0)
        self._add_cell(self._first, self.plots[0])
        self.cells = tuple(self._made)
        self._lay_out()

    def show_tables(self, tables: Sequence[StackTable], names: Sequence[str]) -> None:
        """Show these tables, all of the same periods, under the names that people call their subjects."""
        if (tuple(tables), tuple(names)) == (self.tables, self.names):
            return
        self.tables, self.names = tuple(tables), tuple(names)
        other = self._have_cells(max(1, len(tables)))
        for cell, table in zip(self.cells, self.tables, strict=False):
            if cell.drawing.show(table, self.hidden):
                cell.plot.set_items(cell.drawing.items)
                other = True
            cell.plot.say(NO_ROWS if cell.drawing.is_empty else "")
        self.set_periods(tuple(row.period for row in tables[0].cover.rows) if tables else ())
        if tables:
            self.header.set_title("Supply against demand", subtitle_of(tables[0], product=False))
        else:
            self.header.set_title("", "")
            self.plots[0].say(NOTHING)
        if other:
            self.set_entries(entries_of(self._drawings()))
        self._read_out(None)
        self._refresh()

    def choose(self, subject: Subject | None) -> None:
        """Mark the chart of a subject."""
        self.subject = subject
        for cell, table in zip(self.cells, self.tables, strict=False):
            cell.heading.choose(chosen=table.cover.subject == subject)

    def set_same_scale(self, same: bool) -> None:  # noqa: FBT001 - the slot of a check box
        """Draw all on the scale of the largest, or each on its own."""
        self.same_scale = same
        self._fit_heights()

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series of all charts."""
        return looks_of(self._drawings(), theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        super().set_theme(theme)
        for cell in self.cells:
            cell.heading.theme = theme
            cell.heading.update()

    def readings(self, index: int) -> dict[str, str]:
        """Return nothing for the legend: each chart reads its own numbers out."""
        del index
        return {}

    def point_at(self, index: int | None) -> None:
        """Read one period out in each chart."""
        super().point_at(index)
        self._read_out(index)

    def click_in(self, plot: PeriodPlot, index: int, place: QPointF) -> None:
        """Choose the chart."""
        del index, place
        self._choose_cell(next(at for at, cell in enumerate(self.cells) if cell.plot is plot))

    def menu(self) -> QMenu:
        """Return the context menu, with the choice of the scale."""
        menu = super().menu()
        same = menu.addAction("Same scale for all", lambda: self.set_same_scale(not self.same_scale))
        same.setCheckable(True)
        same.setChecked(self.same_scale)
        return menu

    def picture_copy(self) -> Self:
        """Return unshown charts of the same tables, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, readout=False)
        copy.show_tables(self.tables, self.names)
        copy.set_hidden(self.hidden)
        copy.set_same_scale(self.same_scale)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return the rows of all tables as text, the subject first, and each series that any of them has."""
        if not self.tables:
            return [["subject", *cover_head("")]]
        unit = self.tables[0].cover.unit
        stacks = [{title_of(table.by, each): each.values for each in table.series} for table in self.tables]
        titles = dict.fromkeys(title for stack in stacks for title in stack)
        rows = [
            [name, *cover_cells(row), *(str(stack[title][at]) if title in stack else "" for title in titles)]
            for name, table, stack in zip(self.names, self.tables, stacks, strict=True)
            for at, row in enumerate(table.cover.rows)
        ]
        return [["subject", *cover_head(unit), *(f"{title} ({unit})" for title in titles)], *rows]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put as many beside each other as there is room for."""
        super().resizeEvent(event)
        self._lay_out()

    def _drawings(self) -> list[StackDrawing]:
        return [cell.drawing for cell in self.cells] or [self._first]

    def _add_cell(self, drawing: StackDrawing, plot: PeriodPlot) -> None:
        cell = Cell(drawing, plot, CellHeading(self.theme, self.font()))
        at = len(self._made)
        cell.heading.clicked.connect(lambda: self._choose_cell(at))
        self._made.append(cell)

    def _have_cells(self, count: int) -> bool:
        """Have so many charts; returns whether it were others before."""
        if count == len(self.cells):
            return False
        while len(self._made) < count:
            drawing = StackDrawing()
            self._add_cell(drawing, self.make_plot(drawing.items))
        self.cells = tuple(self._made[:count])
        self.plots = tuple(cell.plot for cell in self.cells)
        self._set_axes()
        self._lay_out()
        self.set_theme(self.theme)
        return True

    def _lay_out(self) -> None:
        while self._grid.count():
            self._grid.removeAt(0)
        columns = self._columns()
        for at, cell in enumerate(self._made):
            cell.setVisible(at < len(self.cells))
            if at < len(self.cells):
                self._grid.addItem(cell, at // columns, at % columns)
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretchFactor(row, 1)

    def _columns(self) -> int:
        """Return how many stand beside each other: those that are a little wider than high, if they are wide enough."""
        width, height = self.width() - 2 * MARGIN_PX, max(1, self.height())
        most = max(1, int(width // LEAST_CELL_PX))
        shaped = math.ceil(math.sqrt(len(self.cells) * width / height / CELL_RATIO))
        return max(1, min(most, shaped, len(self.cells)))

    def _fit_heights(self) -> None:
        if not self.same_scale:
            super()._fit_heights()
            return
        first, last = self.visible_periods()
        pairs = [plot.heights(first, last, self.hidden) for plot in self.plots]
        for plot in self.plots:
            plot.set_heights(min(low for low, _ in pairs), max(high for _, high in pairs))

    def _restack(self) -> None:
        for cell in self.cells:
            cell.drawing.restack(self.hidden)

    def _read_out(self, index: int | None) -> None:
        for cell, name in zip(self.cells, self.names, strict=False):
            cell.read_out(name, index)

    def _choose_cell(self, at: int) -> None:
        if at < len(self.tables):
            self.choose(self.tables[at].cover.subject)
            self.chosen.emit(self.tables[at].cover.subject)
