"""Tables of figures to read and copy: names down, periods across, numbers in the locale."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication

from ui.charts.words import number
from ui.grids.formats import LEFT, RIGHT, theme_of

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Figures:
    """One row: its name with the unit, its numbers, their decimals; `short` marks the numbers that tell a shortage."""

    name: str
    values: tuple[float | None, ...]
    decimals: int = 1
    strong: bool = False
    short: frozenset[int] = frozenset()


class FiguresModel(QAbstractTableModel):
    """Rows of figures by period; setting the same periods changes cells and nothing else."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._periods: tuple[str, ...] = ()
        self._rows: tuple[Figures, ...] = ()

    def show_figures(self, periods: Sequence[str], rows: Sequence[Figures]) -> None:
        """Show these rows."""
        same = tuple(periods) == self._periods and [r.name for r in rows] == [r.name for r in self._rows]
        if not same:
            self.beginResetModel()
        before, self._periods, self._rows = self._rows, tuple(periods), tuple(rows)
        if not same:
            self.endResetModel()
            return
        for at, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new and self._periods:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._periods) - 1))

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the periods."""
        return 0 if parent.isValid() else len(self._periods)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the rows and the periods."""
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (len(self._periods) if across else len(self._rows)):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if across else LEFT
        if role == Qt.ItemDataRole.DisplayRole or (role == Qt.ItemDataRole.ToolTipRole and not across):
            return self._periods[section] if across else self._rows[section].name
        return _bold() if role == Qt.ItemDataRole.FontRole and not across and self._rows[section].strong else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a number in the locale; a dash where there is none."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return number(row.values[index.column()], row.decimals)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT
            case Qt.ItemDataRole.FontRole if row.strong or index.column() in row.short:
                return _bold()
            case Qt.ItemDataRole.ForegroundRole if index.column() in row.short:
                return QColor(theme_of(QGuiApplication.palette()).shortage)
            case _:
                return None


def _bold() -> QFont:
    font = QGuiApplication.font()
    font.setWeight(QFont.Weight.DemiBold)
    return font
