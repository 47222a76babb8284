"""The columns on the left that stay in sight: a second view of the same cells lies over the first one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFrame, QTableView
from shiboken6 import isValid

from ui.grids.cells_view import CellsView
from ui.grids.grid_model import GridModel
from ui.grids.pending import PendingTexts

Index = QModelIndex | QPersistentModelIndex

# Wider than this share of the view they would leave no room for the columns that scroll.
_WIDEST_SHARE = 0.7


class FrozenColumns(CellsView):
    """The view that lies over another; it is shown while the columns of that one do not all fit."""

    def __init__(self, under: QTableView, model: GridModel, pending: PendingTexts) -> None:
        self._under = under
        super().__init__(model, pending, under)
        self.setSelectionModel(under.selectionModel())
        self.setFocusProxy(under)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # A rule that is seen where a column disappears under it.
        self.setStyleSheet("QTableView { border-right: 2px solid palette(mid); }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.verticalHeader().hide()
        self._follow()
        self.arrange()

    def _follow(self) -> None:
        theirs = self._under.horizontalHeader()
        theirs.sectionResized.connect(self._take_width)
        theirs.geometriesChanged.connect(self.place)
        self.heading.sectionResized.connect(self._give_width)
        self.grid.modelReset.connect(self.arrange)
        ours, under = self.verticalScrollBar(), self._under.verticalScrollBar()
        under.rangeChanged.connect(ours.setRange)
        under.valueChanged.connect(ours.setValue)
        ours.valueChanged.connect(under.setValue)

    @property
    def count(self) -> int:
        """How many columns are frozen now; 0 while all fit."""
        return 0 if self.isHidden() else self.grid.frozen_columns

    @property
    def covered(self) -> int:
        """How many pixels of the view below it covers."""
        return self._wanted() if self.count else 0

    def holds(self, index: Index) -> bool:
        """Tell whether a cell is shown here and not in the view below."""
        return index.isValid() and index.column() < self.count

    @property
    def _is_alone(self) -> bool:
        """Whether the view below is deleted: it goes first, and its headings still tell of themselves then."""
        return not isValid(self._under)

    def updateGeometries(self) -> None:
        """Scroll as far as the view below, whatever room that one leaves at its end."""
        super().updateGeometries()
        if self._is_alone:
            return
        bar = self._under.verticalScrollBar()
        self.verticalScrollBar().setRange(bar.minimum(), bar.maximum())

    def arrange(self) -> None:
        """Show the columns that the model freezes, as wide as they are below."""
        columns = self.grid.frozen_columns
        for column in range(self.grid.columnCount()):
            self.setColumnHidden(column, column >= columns)
            if column < columns:
                self.setColumnWidth(column, self._under.columnWidth(column))
        self.place()

    def _take_width(self, column: int, _old: int, width: int) -> None:
        if self._is_alone:
            return
        if column < self.grid.frozen_columns and self.columnWidth(column) != width:
            self.setColumnWidth(column, width)
        self.place()

    def _give_width(self, column: int, _old: int, width: int) -> None:
        if column < self.grid.frozen_columns and self._under.columnWidth(column) != width:
            self._under.setColumnWidth(column, width)

    def _wanted(self) -> int:
        return sum(self._under.columnWidth(column) for column in range(self.grid.frozen_columns))

    def place(self) -> None:
        """Lie over the same columns of the view below, or away where nothing scrolls."""
        if self._is_alone:
            return
        room, header = self._under.viewport().width(), self._under.horizontalHeader()
        wanted = self._wanted()
        height = self._under.viewport().height() + header.height()
        left = self._under.verticalHeader().width() + self._under.frameWidth()
        self.setGeometry(left, self._under.frameWidth(), wanted, height)
        self.setVisible(0 < wanted <= room * _WIDEST_SHARE and header.length() > room)
