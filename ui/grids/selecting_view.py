"""A view of cells in which one moves and selects as in a spreadsheet, with columns on the left that stay in sight."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.grids.cells_view import CellsView
from ui.grids.clipboard import Block
from ui.grids.fill import text_at
from ui.grids.frozen_columns import FrozenColumns
from ui.grids.grid_model import GridModel, Index, Number, Spot
from ui.grids.jumps import ARROWS, first_column, target
from ui.grids.pending import PendingTexts
from ui.grids.rectangle import Rectangle
from ui.grids.selection import SelectionStatistics, statistics

# Sums over more cells than this would hold up the cursor: a selection of everything shows its count alone.
MOST_SUMMED = 20_000
_Select = QItemSelectionModel.SelectionFlag


class SelectingView(CellsView):
    """A view of a GridModel; `statistics_changed` tells about the selection."""

    statistics_changed = Signal(SelectionStatistics)

    # Qt scrolls before this class is built.
    _built = False
    _making_room = False

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(model, PendingTexts(model), parent)
        self._frozen = FrozenColumns(self, model, self._pending)
        self.selectionModel().selectionChanged.connect(self._tell_statistics)
        # The column where a row of Tabs began holds until anything else moves the cursor.
        self._tabbed_to, self._began = (-1, -1), -1
        self._built = True

    @property
    def frozen(self) -> FrozenColumns:
        """The columns that stay in sight."""
        return self._frozen

    @property
    def covered_below(self) -> int:
        """How many pixels at the lower edge are covered by something else."""
        return 0

    def seen(self, region: QRegion) -> QRegion:
        """Leave out what the frozen columns cover: a quarter of all cells would be painted twice."""
        return region.subtracted(QRegion(0, 0, self._frozen.covered, self.viewport().height()))

    def rect_of(self, spot: Spot) -> QRect:
        """Return where a cell is in sight, in the viewport; empty where it is not."""
        index = self._grid.index(*spot)
        if self._frozen.holds(index):
            return self._frozen.visualRect(index)
        seen = self.viewport().rect().adjusted(self._frozen.covered, 0, 0, 0)
        rect = self.visualRect(index)
        return rect if seen.intersects(rect) else QRect()

    def selected_rows(self) -> tuple[int, ...]:
        """Return the rows with a selected cell, the current one if there is none, from the top."""
        rows = {row for part in self._parts() for row in range(part.top(), part.bottom() + 1)}
        current = self.currentIndex()
        return tuple(sorted(rows)) if rows or not current.isValid() else (current.row(),)

    def selected_rectangle(self) -> Rectangle | None:
        """Return the selection, or the current cell, as a rectangle; None where it is no rectangle."""
        parts = self._parts()
        if not parts:
            current = self.currentIndex()
            spot = current.row(), current.column()
            return Rectangle(*spot, *spot) if current.isValid() else None
        around = Rectangle(
            min(part.top() for part in parts),
            min(part.left() for part in parts),
            max(part.bottom() for part in parts),
            max(part.right() for part in parts),
        )
        cells = sum(part.width() * part.height() for part in parts)
        return around if cells == around.width * around.height else None

    def selected_spots(self) -> list[Spot]:
        """Return the selected cells, or the current one, row by row."""
        spots = [(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()]
        current = self.currentIndex()
        return sorted(spots) if spots or not current.isValid() else [(current.row(), current.column())]

    def selected_block(self) -> Block:
        """Return the texts of the rectangle around the selection; cells in it that are not selected are empty."""
        spots = self.selected_spots()
        if not spots:
            return ()
        chosen = set(spots)
        columns = [column for _, column in spots]
        return tuple(
            tuple(
                text_at(self._grid, (row, c)) if (row, c) in chosen else ""
                for c in range(min(columns), max(columns) + 1)
            )
            for row in range(spots[0][0], spots[-1][0] + 1)
        )

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.size())]

    def select(self, area: Rectangle) -> None:
        """Select the cells of a rectangle, as far as there are rows."""
        bottom = min(area.bottom, self._grid.rowCount() - 1)
        corners = self._grid.index(area.top, area.left), self._grid.index(bottom, area.right)
        self.selectionModel().select(QItemSelection(*corners), _Select.ClearAndSelect)

    def select_rows(self) -> None:
        """Select the whole rows of the selection."""
        self._extend(_Select.Rows)

    def select_columns(self) -> None:
        """Select the whole columns of the selection."""
        self._extend(_Select.Columns)

    def _extend(self, over: QItemSelectionModel.SelectionFlag) -> None:
        chosen = self.selectionModel()
        if not chosen.hasSelection():
            chosen.select(self.currentIndex(), _Select.Select)
        chosen.select(chosen.selection(), _Select.ClearAndSelect | over)

    def step(self, by: QPoint) -> None:
        """Go on by columns and rows; at the end of a row to the next one, and down to where a row of Tabs began."""
        current = self.currentIndex()
        began = self._began if (current.row(), current.column()) == self._tabbed_to else current.column()
        row, column = current.row() + by.y(), began if by.y() > 0 else current.column() + by.x()
        columns, first = self._grid.columnCount(), first_column(self._grid)
        if column >= columns:
            row, column = row + 1, first
        elif column < first <= current.column():
            row, column = row - 1, columns - 1
        if self._grid.index(row, column).isValid():
            self.go_to((row, column))
        self._tabbed_to = row, column
        self._began = began if row == current.row() else column

    def go_to(self, spot: Spot) -> None:
        """Put the cursor on a cell and select it alone, whatever keys are held."""
        self.selectionModel().setCurrentIndex(self._grid.index(*spot), _Select.ClearAndSelect)

    def jump(self, event: QKeyEvent) -> bool:
        """Go where an arrow, Home or End leads; with Shift the selection goes along. False for other keys."""
        current = self.currentIndex()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key = Qt.Key(event.key())
        if not current.isValid() or (key in ARROWS and not control and not shift):
            # Qt's own way for the plain arrows.
            return False
        spot = current.row(), current.column()
        there = target(self._grid, spot, key, control=control)
        if there is None:
            return False
        if shift:
            self._extend_to(there)
        else:
            self.go_to(there)
        return True

    def _extend_to(self, there: Spot) -> None:
        """Select from the cell where the selection began to another, which gets the cursor."""
        spot = self.currentIndex().row(), self.currentIndex().column()
        area = self.selected_rectangle()
        anchor = spot if area is None else area.opposite(spot)
        self.selectionModel().setCurrentIndex(self._grid.index(*there), _Select.NoUpdate)
        self.select(Rectangle.between(anchor, there))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Extend the selection to a cell that is clicked with Shift, from where the keys left it."""
        index = self.indexAt(event.position().toPoint())
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if shift and event.button() == Qt.MouseButton.LeftButton and index.isValid() and self.currentIndex().isValid():
            self._extend_to((index.row(), index.column()))
        else:
            super().mousePressEvent(event)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, beside the frozen columns and above what lies over the lower edge."""
        if not self._built:
            return
        if not self._frozen.holds(index):
            super().scrollTo(index, hint)
            hidden = self._frozen.covered - self.visualRect(index).left()
            if hidden > 0:
                self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)
        beneath = self.visualRect(index).bottom() - (self.viewport().height() - self.covered_below)
        if self.covered_below and beneath > 0:
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + beneath)

    def updateGeometries(self) -> None:
        """Leave room to scroll the last row above what lies over the lower edge."""
        super().updateGeometries()
        # Qt asks again while scroll bars come and go.
        if self._built and self.covered_below and not self._making_room:
            self._making_room = True
            room = self.verticalHeader().length() + self.covered_below - self.viewport().height()
            self.verticalScrollBar().setMaximum(max(self.verticalScrollBar().maximum(), room))
            self._making_room = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen columns over their places."""
        super().resizeEvent(event)
        self._frozen.place()

    def _tell_statistics(self) -> None:
        count = sum(part.width() * part.height() for part in self._parts())
        numbers: list[Number] = []
        if count <= MOST_SUMMED:
            indexes = self.selectionModel().selectedIndexes()
            numbers = self._grid.numbers([(index.row(), index.column()) for index in indexes])
        self.statistics_changed.emit(statistics(count, numbers))
