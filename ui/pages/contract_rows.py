"""Rows of the page of contracts: a new one that says what it still needs, and links that show where they lead."""

from PySide6.QtCore import Qt

from ui.grids.grid_model import Index
from ui.grids.record_model import RecordModel

REQUIRED = "required"
_DISPLAY = Qt.ItemDataRole.DisplayRole


class StartedRows(RecordModel):
    """Records whose new row, once something is typed there, shows which cells must still be filled in."""

    @property
    def still_needed(self) -> tuple[str, ...]:
        """The titles of the cells that the new row still needs; none before anything is typed there."""
        row = self.blank_row
        columns = range(self.columnCount())
        if row is None or all(self.value((row, column)) is None for column in columns):
            return ()
        return tuple(self.field(column).title for column in columns if self._lacks(row, column))

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return a cell; `required` in the place of what the new row lacks."""
        found = super().data(index, role)
        if role == _DISPLAY and not found and index.row() == self.blank_row:
            return REQUIRED if self.field(index.column()).title in self.still_needed else found
        return found

    def _lacks(self, row: int, column: int) -> bool:
        return self.field(column).required and not super().data(self.index(row, column), _DISPLAY)


class LinkRows(RecordModel):
    """Records with a link, whose whole address stands in the tooltip."""

    def link_at(self, row: int) -> str:
        """Return the link of a row; the empty text where there is none."""
        found = self.row_at(row)
        return "" if found is None else str(found.record.values()["link"])

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return a cell."""
        found = super().data(index, role)
        if role == Qt.ItemDataRole.ToolTipRole and found is None and index.isValid():
            return self.link_at(index.row()) or None
        return found
