"""The grid of an import: rows that can be left out by a tick, refused cells that are mended where they stand."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from planner.fields import Field
from ui.dialogs.import_rows import ImportCell, ImportRow, Kind
from ui.grids.formats import LEFT, alignment, bad, muted, theme_of
from ui.grids.grid_view import ROW_PX
from ui.theme import GRID_PX, tabular

Index = QModelIndex | QPersistentModelIndex
ROOT: Final = QModelIndex()
WORDS: Final[dict[Kind, str]] = {
    "new": "New",
    "changed": "Changed",
    "same": "The same",
    "refused": "Refused",
    "deleted": "Deleted",
}
TICKED: Final = frozenset[Kind]({"new", "changed", "deleted"})
MEND: Final = "Type what a cell should be, and the row is read again; the file itself stays as it is."
WIDEST_PX: Final = 40 * GRID_PX
FIRST_PX: Final = 20 * GRID_PX
REASON_PX: Final = 60 * GRID_PX


class ImportModel(QAbstractTableModel):
    """Rows of an import under what each is, the fields of the file, and why it is refused.

    `ticked` says that rows were left out or taken in again, `mended` what a cell of the file should be: the line and
    column of the file, and the text.
    """

    ticked = Signal()
    mended = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.left_out: set[str] = set()
        self.can_mend = True
        self._fields: Sequence[Field] = ()
        self._rows: Sequence[ImportRow] = ()
        self._more = ""

    def show_rows(self, fields: Sequence[Field], rows: Sequence[ImportRow], more: str = "") -> None:
        """Show these rows; `more` is a sentence below them about those that are not listed."""
        self.beginResetModel()
        self._fields, self._rows, self._more = fields, rows, more
        self.endResetModel()

    @property
    def reason_column(self) -> int:
        """The column that says why a row is refused."""
        return len(self._fields) + 1

    def row_at(self, row: int) -> ImportRow | None:
        """Return a row; None for the sentence below them."""
        return self._rows[row] if row < len(self._rows) else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows, and the sentence below them."""
        return 0 if parent.isValid() else len(self._rows) + bool(self._more)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count what a row is, its fields, and why it is refused."""
        return 0 if parent.isValid() else len(self._fields) + 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation == Qt.Orientation.Vertical:
            return None
        field = self._field(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if field is None else alignment(field)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if field is not None:
            return field.heading
        return "Why it is refused" if section == self.reason_column else "Row"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let rows be ticked, and cells of refused rows be typed into."""
        flags = super().flags(index)
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return flags
        if index.column() == 0 and row.kind in TICKED:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags | Qt.ItemFlag.ItemIsEditable if self._file_column(row, index.column()) is not None else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row = self.row_at(index.row())
        return self._of_more(index.column(), role) if row is None else self._of_row(row, index.column(), role)

    def _of_row(self, row: ImportRow, column: int, role: int) -> object:  # noqa: PLR0911 - one answer for each role
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(row, column)
            case Qt.ItemDataRole.CheckStateRole if column == 0 and row.kind in TICKED:
                return Qt.CheckState.Unchecked if row.label in self.left_out else Qt.CheckState.Checked
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT if (field := self._field(column)) is None else alignment(field)
            case Qt.ItemDataRole.ForegroundRole | Qt.ItemDataRole.BackgroundRole:
                return self._colour(row, column, role)
            case Qt.ItemDataRole.ToolTipRole:
                return self._text(row, column) if self._file_column(row, column) is None else MEND
            case Qt.ItemDataRole.EditRole if (cell := self._cell(row, column)) is not None:
                return cell.text
            case _:
                return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick, or what a refused cell should be."""
        row = self.row_at(index.row())
        if row is None:
            return False
        if role == Qt.ItemDataRole.CheckStateRole:
            self._tick(index, row, left_out=Qt.CheckState(value) == Qt.CheckState.Unchecked)
            return True
        column, cell = self._file_column(row, index.column()), self._cell(row, index.column())
        if role != Qt.ItemDataRole.EditRole or column is None or row.line is None or cell is None:
            return False
        if str(value) != cell.text:
            self.mended.emit(row.line, column, str(value))
        return True

    def _tick(self, index: Index, row: ImportRow, *, left_out: bool) -> None:
        if left_out:
            self.left_out.add(row.label)
        else:
            self.left_out.discard(row.label)
        self.dataChanged.emit(index, self.index(index.row(), self.columnCount() - 1))
        self.ticked.emit()

    def _field(self, column: int) -> Field | None:
        return self._fields[column - 1] if 0 < column <= len(self._fields) else None

    def _cell(self, row: ImportRow, column: int) -> ImportCell | None:
        return row.cells[column - 1] if 0 < column <= len(row.cells) else None

    def _file_column(self, row: ImportRow, column: int) -> int | None:
        """Return the column of the file that a cell stands in; None where it cannot be mended."""
        if not self.can_mend or row.line is None or self._cell(row, column) is None:
            return None
        found = row.file_columns[column - 1]
        return found if found >= 0 else None

    def _text(self, row: ImportRow, column: int) -> str:
        if column == 0:
            return f"Line {row.label}" if row.line is not None else WORDS[row.kind]
        cell = self._cell(row, column)
        if cell is None:
            return row.reason
        return cell.text if cell.before is None else f"{cell.before or 'empty'} → {cell.text or 'empty'}"

    def _colour(self, row: ImportRow, column: int, role: int) -> object:
        cell = self._cell(row, column)
        if role == Qt.ItemDataRole.BackgroundRole:
            if cell is not None and cell.bad:
                return bad()
            changed = cell is not None and cell.before is not None
            return QBrush(QColor(theme_of(QGuiApplication.palette()).covered)) if changed else None
        return muted() if row.label in self.left_out or row.kind == "same" else None

    def _of_more(self, column: int, role: int) -> object:
        if role == Qt.ItemDataRole.ForegroundRole:
            return muted()
        return self._more if column == 0 and role == Qt.ItemDataRole.DisplayRole else None


class ImportView(QTableView):
    """Shows an ImportModel; the reason takes the room that the fields leave."""

    def __init__(self, model: ImportModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setFont(tabular(self.font()))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("What the file would do")
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.horizontalHeader().setFixedHeight(ROW_PX + GRID_PX)
        self.horizontalHeader().setHighlightSections(False)
        self._model = model
        model.modelReset.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the space bar tick the row, whatever cell of it has the cursor."""
        index = self.currentIndex()
        row = self._model.row_at(index.row()) if index.isValid() else None
        if event.key() == Qt.Key.Key_Space and row is not None and row.kind in TICKED:
            first = self._model.index(index.row(), 0)
            was = first.data(Qt.ItemDataRole.CheckStateRole)
            now = Qt.CheckState.Checked if was == Qt.CheckState.Unchecked else Qt.CheckState.Unchecked
            self._model.setData(first, now, Qt.ItemDataRole.CheckStateRole)
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        """Give each column the room that its texts need, and hide the reasons where there are none."""
        reason = self._model.reason_column
        rows = (self._model.row_at(row) for row in range(self._model.rowCount()))
        told = any(row is not None and row.reason for row in rows)
        self.setColumnHidden(reason, not told)
        self.horizontalHeader().setStretchLastSection(told)
        for column in range(reason + 1):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column) + GRID_PX, WIDEST_PX if column else FIRST_PX))
        self.setColumnWidth(reason, max(self.columnWidth(reason), REASON_PX))
        self.clearSpans()
        last = self._model.rowCount() - 1
        if last >= 0 and self._model.row_at(last) is None:
            self.setSpan(last, 0, 1, self._model.columnCount())
