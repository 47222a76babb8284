"""A grid of texts in memory, without a plan."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Qt

from planner.fields import Field
from ui.grids.grid_model import ROOT, GridModel, Index, Mark, Spot


class SmallModel(GridModel):
    """Rows of texts under fields; everything can be edited."""

    def __init__(self, fields: Sequence[Field], rows: Sequence[Sequence[str]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self.rows = [list(row) for row in rows]
        self.marks: dict[Spot, Mark] = {}

    def field(self, column: int) -> Field:
        """Return the field of a column."""
        return self.fields[column]

    def spot_key(self, spot: Spot) -> Spot:
        """Rows do not move."""
        return spot

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Count the fields."""
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a text."""
        spot = index.row(), index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.rows[spot[0]][spot[1]]
        return self.refusal_data(spot, role)

    def marks_in(self, rows: range, columns: Collection[int]) -> Iterator[tuple[Spot, Mark]]:
        """Return the marks that a test set."""
        return ((spot, mark) for spot, mark in self.marks.items() if spot[0] in rows and spot[1] in columns)

    def write(self, texts: Mapping[Spot, str]) -> None:
        """Take any text."""
        for (row, column), text in texts.items():
            self.rows[row][column] = text
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.fields) - 1))
