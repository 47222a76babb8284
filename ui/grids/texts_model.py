"""Rows of texts under headings, to read and copy."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.grids.formats import LEFT, RIGHT, muted
from ui.grids.grid_view import ROW_PX, SLIM_PX, WIDEST_PX
from ui.theme import GRID_PX, tabular

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
ROWS_MEASURED = 200


class TextsModel(QAbstractTableModel):
    """Rows of texts under headings."""

    def __init__(
        self, headings: Sequence[str], right: frozenset[int] = frozenset(), parent: QObject | None = None
    ) -> None:
        """`right` are the columns of numbers."""
        super().__init__(parent)
        self._headings = tuple(headings)
        self._right = right
        self._rows: list[tuple[str, ...]] = []
        self._faded: frozenset[int] = frozenset()

    def show_rows(self, rows: Sequence[tuple[str, ...]], faded: frozenset[int] = frozenset()) -> None:
        """Show these rows; those in `faded` in a quieter ink."""
        self.beginResetModel()
        self._rows, self._faded = list(rows), faded
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the headings."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section in self._right else LEFT
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a text."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._rows[index.row()][index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if index.column() in self._right else LEFT
            case Qt.ItemDataRole.ForegroundRole if index.row() in self._faded:
                return muted()
            case _:
                return None


class ReadingView(QTableView):
    """Shows whole rows of texts; each column is as wide as its texts, within a bound, and one takes what is left."""

    def __init__(self, model: TextsModel, wide: int, *, widest: int = WIDEST_PX) -> None:
        """`wide` is the column that takes the room that the others leave; none of these is wider than `widest`."""
        super().__init__()
        self._wide = wide
        self._widest = widest
        self.setModel(model)
        self.setFont(tabular(self.font()))
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        # Empty, and as slim as that of the grids: what is read begins below what is edited.
        self.verticalHeader().setFixedWidth(SLIM_PX)
        self.verticalHeader().setStyleSheet("QHeaderView::section { border: none; }")
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.horizontalHeader().setFixedHeight(ROW_PX + GRID_PX)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(ROWS_MEASURED)
        model.modelReset.connect(self.fit_columns)
        self.fit_columns()

    def show_columns(self, columns: Collection[int], wide: int) -> None:
        """Show these columns alone."""
        self._wide = wide
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column not in columns)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Give each column the room that its texts need."""
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column), self._widest))
        header.setSectionResizeMode(self._wide, QHeaderView.ResizeMode.Stretch)
