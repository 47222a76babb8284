"""The rows of the heat map: elements with their materials folded under them, a cell for each period."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.analysis import CoverRow, CoverTable, Subject
from planner.analysis.gaps.heat import DEFAULT, CoverGroup, CoverState, Thresholds, must_buy, state_of
from ui.charts.words import long_name
from ui.grids.formats import LEFT, RIGHT
from ui.pages.heat_words import cover_text, explained, spoken

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class HeatCell:
    """What is painted of one period: its number, its state, and whether more must be bought though it is covered."""

    text: str
    state: CoverState
    must_buy: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row; `parts` are the materials of an element, none for a material itself."""

    table: CoverTable
    name: str = ""
    parts: tuple["HeatRow", ...] = ()

    @property
    def subject(self) -> Subject:
        """What the row is about."""
        return self.table.subject

    @property
    def is_element(self) -> bool:
        """Whether the row is an element, whose materials lie under it."""
        return self.table.subject.kind == "element"


class HeatModel(QAbstractTableModel):
    """Elements and the materials of those that are open; the same rows and periods again change cells alone."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.thresholds = DEFAULT
        self.periods: tuple[str, ...] = ()
        self._elements: tuple[HeatRow, ...] = ()
        self._rows: list[HeatRow] = []
        self._open: frozenset[str] = frozenset()
        # Made when they are first seen: most materials never are.
        self._cells: dict[Subject, tuple[HeatCell, ...]] = {}

    # What it is told.

    def show_groups(self, groups: Sequence[CoverGroup]) -> None:
        """Show these tables, all over the same periods; what is open stays open."""
        elements = tuple(map(_row_of, groups))
        periods = tuple(row.period for row in groups[0].element.rows) if groups else ()
        same = periods == self.periods and _subjects(elements) == _subjects(self._elements)
        if same:
            self._put(elements)
            return
        self.beginResetModel()
        self.periods, self._elements = periods, elements
        self._rows = self._unfolded()
        self._cells.clear()
        self.endResetModel()

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """Tell states by other thresholds."""
        if thresholds == self.thresholds:
            return
        before = [self._cells_of(row) for row in self._rows]
        self.thresholds = thresholds
        self._cells.clear()
        for at, (row, cells) in enumerate(zip(self._rows, before, strict=True)):
            self._tell_changed(at, cells, self._cells_of(row))

    def fold(self, row: int, *, away: bool) -> None:
        """Fold the materials of an element away, or open them; rows without materials have nothing to fold."""
        element = self._rows[row]
        if not element.parts or self.is_open(row) != away:
            return
        code, first, last = element.subject.code, row + 1, row + len(element.parts)
        if away:
            self.beginRemoveRows(ROOT, first, last)
            self._open -= {code}
            del self._rows[first : last + 1]
            self.endRemoveRows()
        else:
            self.beginInsertRows(ROOT, first, last)
            self._open |= {code}
            self._rows[first:first] = element.parts
            self.endInsertRows()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)

    # What it is asked.

    def row_at(self, row: int) -> HeatRow | None:
        """Return a row; None outside."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, subject: Subject) -> int | None:
        """Return where a subject stands, its element opened for it; None where it is not known."""
        for at, row in enumerate(self._rows):
            if row.subject == subject:
                return at
        for at, row in enumerate(self._rows):
            if row.is_element and any(part.subject == subject for part in row.parts):
                self.fold(at, away=False)
                return self.row_of(subject)
        return None

    def is_open(self, row: int) -> bool:
        """Tell whether the materials of an element are shown."""
        return self._rows[row].is_element and self._rows[row].subject.code in self._open

    def element_row(self, row: int) -> int:
        """Return the row of the element that a row is or belongs to."""
        return next(at for at in range(row, -1, -1) if self._rows[at].is_element)

    def cell(self, row: int, column: int) -> HeatCell:
        """Return what is painted."""
        return self._cells_of(self._rows[row])[column]

    def cover(self, row: int, column: int) -> CoverRow:
        """Return the figures behind a cell."""
        return self._rows[row].table.rows[column]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows that are not folded away."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the periods."""
        return 0 if parent.isValid() else len(self.periods)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the periods, and the rows by their code; what people call a material is told when it is pointed at."""
        across = orientation == Qt.Orientation.Horizontal
        if not 0 <= section < (len(self.periods) if across else len(self._rows)):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.periods[section] if across else self._rows[section].subject.code
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if across else LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return long_name(self.periods[section]) if across else self._row_tip(section)
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the cover in %, and in words what the figures behind it are."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell(index.row(), index.column()).text
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT
            case Qt.ItemDataRole.ToolTipRole:
                row = self._rows[index.row()]
                return explained(row.table, row.table.rows[index.column()])
            case Qt.ItemDataRole.AccessibleTextRole:
                row, column = self._rows[index.row()], index.column()
                return spoken(row.table, row.table.rows[column], self.cell(index.row(), column).state)
            case _:
                return None

    # How it is made.

    def _cells_of(self, row: HeatRow) -> tuple[HeatCell, ...]:
        if row.subject not in self._cells:
            cells = (self._cell_of(each, is_element=row.is_element) for each in row.table.rows)
            self._cells[row.subject] = tuple(cells)
        return self._cells[row.subject]

    def _cell_of(self, row: CoverRow, *, is_element: bool) -> HeatCell:
        state = state_of(row, self.thresholds)
        # One material of several need not cover its element alone: that it does not is no shortage.
        if not is_element and state is CoverState.SHORT:
            state = CoverState.NONE
        # A shortage says by itself that more must be bought.
        marked = is_element and must_buy(row) and state is not CoverState.SHORT
        return HeatCell(cover_text(row), state, marked)

    def _unfolded(self) -> list[HeatRow]:
        rows: list[HeatRow] = []
        for element in self._elements:
            rows += (element, *(element.parts if element.subject.code in self._open else ()))
        return rows

    def _put(self, elements: tuple[HeatRow, ...]) -> None:
        """Show other figures in the same rows, and tell of those cells that differ."""
        before, self._elements = self._rows, elements
        self._rows = self._unfolded()
        self._cells.clear()
        for at, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            self._tell_changed(at, old.table.rows, new.table.rows)

    def _tell_changed(self, row: int, before: Sequence[object], after: Sequence[object]) -> None:
        changed = [column for column, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(row, first), self.index(row, last))

    def _row_tip(self, row: int) -> str:
        found = self._rows[row]
        if found.is_element:
            return f"{found.subject.code}: all its materials together"
        return f"{found.name}, set against all the demand for {self._rows[self.element_row(row)].subject.code}"


def _row_of(group: CoverGroup) -> HeatRow:
    pairs = zip(group.materials, group.names, strict=True)
    return HeatRow(group.element, "", tuple(HeatRow(table, name) for table, name in pairs))


def _subjects(elements: Sequence[HeatRow]) -> list[tuple[Subject, tuple[Subject, ...]]]:
    return [(row.subject, tuple(part.subject for part in row.parts)) for row in elements]


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
