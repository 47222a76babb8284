"""The view in which a table is edited like a spreadsheet: keys, clipboard, fill, deletion, sums of the selection."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QMessageBox, QTableView, QWidget

from planner.errors import DependentsError
from ui.grids.clipboard import Block, block_of, mime_of
from ui.grids.delegates import CellDelegate
from ui.grids.grid_model import GridModel, Number, Spot
from ui.grids.selection import SelectionStatistics, statistics
from ui.theme import GRID_PX, tabular

ROW_PX = 3 * GRID_PX
SLIM_PX = 2 * GRID_PX
NARROWEST_PX = 7 * GRID_PX
WIDEST_PX = 36 * GRID_PX
# Sums over more cells than this would hold up the cursor: a selection of everything shows its count alone.
MOST_SUMMED = 20_000
_ROWS_MEASURED = 100

Confirm = Callable[[QWidget, str], bool]


def ask_take_along(parent: QWidget, sentence: str) -> bool:
    """Ask whether dependents may be deleted as well; the sentence says what they are."""
    box = QMessageBox(QMessageBox.Icon.Question, "Delete", sentence, QMessageBox.StandardButton.Cancel, parent)
    along = box.addButton("Take them along", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(along)
    box.exec()
    return box.clickedButton() is along


class GridView(QTableView):
    """A table of a GridModel that a spreadsheet person can use at once.

    `statistics_changed` tells about the selection; `refused` carries a sentence when an edit was not made.
    """

    statistics_changed = Signal(SelectionStatistics)
    refused = Signal(str)

    def __init__(self, model: GridModel, *, confirm: Confirm = ask_take_along, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self._confirm = confirm
        self._dress()
        delegate = CellDelegate(self)
        delegate.stepped.connect(self._step)
        self.setItemDelegate(delegate)
        self.setModel(model)
        if model.sortable:
            self._make_sortable()
        model.refused.connect(self.refused)
        self.selectionModel().selectionChanged.connect(self._tell_statistics)
        self.fit_columns()

    @property
    def grid(self) -> GridModel:
        """The model that it shows."""
        return self._grid

    def _dress(self) -> None:
        self.setFont(tabular(self.font()))
        self.setAlternatingRowColors(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_PX)
        rows.setMinimumSectionSize(ROW_PX)
        rows.setFixedWidth(SLIM_PX)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        # The padding of headings leaves no room for a mark in so slim a column.
        rows.setStyleSheet("QHeaderView::section { padding: 0; }")
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setMinimumSectionSize(NARROWEST_PX)
        columns.setFixedHeight(ROW_PX + GRID_PX)

    def _make_sortable(self) -> None:
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def fit_columns(self) -> None:
        """Make each column as wide as its heading and first rows need, within bounds."""
        header = self.horizontalHeader()
        header.setResizeContentsPrecision(_ROWS_MEASURED)
        self.resizeColumnsToContents()
        for column in range(self._grid.columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column) + GRID_PX, WIDEST_PX))

    def selected_rows(self) -> tuple[int, ...]:
        """Return the rows with a selected cell, the current one if there is none, from the top."""
        rows = {row for part in self._parts() for row in range(part.top(), part.bottom() + 1)}
        current = self.currentIndex()
        return tuple(sorted(rows)) if rows or not current.isValid() else (current.row(),)

    def _parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(number) for number in range(selection.size())]

    def _spots(self) -> list[Spot]:
        """Return the selected cells, or the current one."""
        spots = [(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()]
        current = self.currentIndex()
        return sorted(spots) if spots or not current.isValid() else [(current.row(), current.column())]

    def _text(self, spot: Spot) -> str:
        return str(self._grid.data(self._grid.index(*spot), Qt.ItemDataRole.EditRole) or "")

    def selected_block(self) -> Block:
        """Return the texts of the rectangle around the selection; cells in it that are not selected are empty."""
        spots = self._spots()
        if not spots:
            return ()
        chosen = set(spots)
        columns = [column for _, column in spots]
        return tuple(
            tuple(self._text((row, c)) if (row, c) in chosen else "" for c in range(min(columns), max(columns) + 1))
            for row in range(spots[0][0], spots[-1][0] + 1)
        )

    def copy(self) -> None:
        """Put the selection on the clipboard as a spreadsheet reads it."""
        block = self.selected_block()
        if block:
            QGuiApplication.clipboard().setMimeData(mime_of(block))

    def paste(self) -> bool:
        """Write the clipboard's block from the top left of the selection on, as one edit; one cell fills them all."""
        spots = self._spots()
        block = block_of(QGuiApplication.clipboard().text())
        if not spots or not block:
            return False
        if len(block) == 1 and len(block[0]) == 1:
            return self._grid.put(dict.fromkeys(spots, block[0][0]))
        top, left = spots[0][0], min(column for _, column in spots)
        if not self._grid.paste(top, left, block):
            return False
        self._select(top, left, len(block), max(map(len, block)))
        return True

    def _select(self, top: int, left: int, height: int, width: int) -> None:
        bottom = min(top + height, self._grid.rowCount()) - 1
        area = QItemSelection(self._grid.index(top, left), self._grid.index(bottom, left + width - 1))
        self.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def clear_cells(self) -> bool:
        """Empty the selected cells as one edit; refused whole when one of them must be filled in."""
        return self._grid.put(dict.fromkeys(self._spots(), ""))

    def fill_down(self) -> bool:
        """Copy the top row of the selection to its other rows; of a single row, the one above it."""
        spots = self._spots()
        if not spots:
            return False
        top = spots[0][0] if spots[-1][0] > spots[0][0] else spots[0][0] - 1
        if top < 0:
            return False
        return self._grid.put({spot: self._text((top, spot[1])) for spot in spots if spot[0] != top})

    def delete_rows(self) -> bool:
        """Delete the rows of the selection, with what depends on them if the person agrees."""
        rows = self.selected_rows()
        if not rows or not self._grid.deletes_rows:
            return False
        try:
            return self._grid.delete_rows(rows)
        except DependentsError as error:
            return self._confirm(self, str(error)) and self._grid.delete_rows(rows, cascade=True)

    def go_to_blank_row(self) -> None:
        """Put the cursor into the last row, where a new record is typed."""
        self.setCurrentIndex(self._grid.index(self._grid.rowCount() - 1, self._first_column()))
        self.setFocus()

    def _first_column(self) -> int:
        return self._grid.frozen_columns

    def _step(self, by: QPoint) -> None:
        current = self.currentIndex()
        row, column = current.row() + by.y(), current.column() + by.x()
        columns, first = self._grid.columnCount(), self._first_column()
        if column >= columns:
            row, column = row + 1, first
        elif column < first <= current.column():
            row, column = row - 1, columns - 1
        target = self._grid.index(row, column)
        if target.isValid():
            self.setCurrentIndex(target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a spreadsheet does for a key, and leave the rest to Qt."""
        if self.state() == QAbstractItemView.State.EditingState or not self._do_key(event):
            super().keyPressEvent(event)
        else:
            event.accept()

    def _do_key(self, event: QKeyEvent) -> bool:
        done: Callable[[], object] | None = None
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            done = self.copy
        elif event.matches(QKeySequence.StandardKey.Paste):
            done = self.paste
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            done = self.fill_down
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            done = self.clear_cells
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._step(QPoint(0, -1 if shift else 1))
            return True
        elif event.key() == Qt.Key.Key_Tab:
            self._step(QPoint(1, 0))
            return True
        elif event.key() == Qt.Key.Key_Backtab:
            self._step(QPoint(-1, 0))
            return True
        if done is not None:
            done()
        return done is not None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection."""
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def context_menu(self) -> QMenu:
        """Return the menu of the selection; its shortcuts are written, not bound: the window binds them."""
        menu = QMenu(self)
        can_edit = bool(self._grid.flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)
        menu.addAction("Copy\tCtrl+C", self.copy)
        for text, callback in (
            ("Paste\tCtrl+V", self.paste),
            ("Fill down\tCtrl+D", self.fill_down),
            ("Clear\tDel", self.clear_cells),
        ):
            menu.addAction(text, callback).setEnabled(can_edit)
        if self._grid.deletes_rows:
            menu.addSeparator()
            menu.addAction("Delete rows", self.delete_rows)
        return menu

    def _tell_statistics(self) -> None:
        count = sum(part.width() * part.height() for part in self._parts())
        numbers: list[Number] = []
        if count <= MOST_SUMMED:
            indexes = self.selectionModel().selectedIndexes()
            numbers = self._grid.numbers([(index.row(), index.column()) for index in indexes])
        self.statistics_changed.emit(statistics(count, numbers))
