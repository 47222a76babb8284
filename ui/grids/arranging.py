"""The columns of a view: fitted to their texts, dragged, chosen from a list, and put back as they were left."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QTableView

from ui.grids.arrangement import Arrangement
from ui.grids.columns_popup import ColumnsPopup
from ui.grids.grid_model import GridModel, Index
from ui.grids.heading import Heading
from ui.theme import GRID_PX

WIDEST_PX = 36 * GRID_PX
_ROWS_MEASURED = 100


class Columns(QObject):
    """Keeps the widths that a person gave, by name; `changed` tells when the person rearranged something."""

    changed = Signal()

    def __init__(self, view: QTableView, model: GridModel, heading: Heading) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._heading = heading
        self._usual = model.columns
        self._shown = model.column_names
        self._widths: dict[str, int] = {}
        self._fitting = False
        heading.setSectionsMovable(bool(model.all_columns))
        heading.moved.connect(self._take_order)
        heading.sectionResized.connect(self._note_width)
        model.modelReset.connect(self._follow)
        model.dataChanged.connect(self._widen)

    @property
    def arrangement(self) -> Arrangement:
        """The columns in their order, and the widths that the person gave."""
        return Arrangement(self._model.columns, tuple(self._widths.items()))

    def arrange(self, wanted: Arrangement) -> None:
        """Show the columns of an arrangement that there still are, with its widths."""
        known = set(self._model.all_columns)
        names = tuple(name for name in wanted.columns if name in known)
        # A month that has no column now may have one again; a field that there is not never will.
        self._widths = {name: width for name, width in wanted.widths if name in known or not known}
        if names and names != self._model.columns:
            self._model.show_columns(names)
        self.fit()

    def fit(self) -> None:
        """Make each column as wide as its heading and first rows need, within bounds, or as the person made it."""
        self._fitting = True
        self._heading.setResizeContentsPrecision(_ROWS_MEASURED)
        self._view.resizeColumnsToContents()
        for column, name in enumerate(self._model.column_names):
            fitted = min(self._view.columnWidth(column) + GRID_PX, WIDEST_PX)
            self._view.setColumnWidth(column, self._widths.get(name, fitted))
        self._fitting = False

    def _widen(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Make room for a text that was just typed or pasted; a width that the person gave stays."""
        rows = range(first.row(), last.row() + 1)
        if roles or not self._model.all_columns or len(rows) > _ROWS_MEASURED:
            return
        self._fitting, names = True, self._model.column_names
        for column in range(first.column(), last.column() + 1):
            if names[column] not in self._widths:
                hints = (self._view.sizeHintForIndex(self._model.index(row, column)).width() for row in rows)
                wanted = min(max(hints) + GRID_PX, WIDEST_PX)
                self._view.setColumnWidth(column, max(wanted, self._view.columnWidth(column)))
        self._fitting = False

    def _note_width(self, column: int, _old: int, width: int) -> None:
        names = self._model.column_names
        if not self._fitting and width > 0 and column < len(names):
            self._widths[names[column]] = width
            self.changed.emit()

    def _take_order(self) -> None:
        """Give the model the order to which a heading was dragged; key columns stay in front by themselves."""
        names = self._model.columns
        order = tuple(names[self._heading.logicalIndex(place)] for place in range(len(names)))
        self._heading.restore_order()
        if order != names:
            self._model.show_columns(order)

    def _follow(self) -> None:
        shown = self._model.column_names
        if shown != self._shown:
            chosen = self._model.columns != self._shown and bool(self._model.columns)
            self._shown = shown
            self.fit()
            if chosen:
                self.changed.emit()

    def choose(self) -> None:
        """Open the list in which columns are chosen."""
        if self._model.all_columns:
            popup = ColumnsPopup(self._model, self._usual, self._view)
            popup.adjustSize()
            popup.move(self._view.mapToGlobal(QPoint(GRID_PX, self._heading.height())))
            popup.show()
            popup.list.setFocus()
