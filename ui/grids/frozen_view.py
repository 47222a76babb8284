"""A grid view whose left columns stay in sight: a second view of the same model and selection lies over them."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from planner.units import Month
from ui.grids.grid_model import GridModel
from ui.grids.grid_view import ROW_PX, Confirm, GridView, ask_take_along
from ui.grids.matrix_model import MatrixModel
from ui.theme import GRID_PX


class FrozenTableView(GridView):
    """A GridView whose model says how many columns on the left never scroll away."""

    def __init__(self, model: GridModel, *, confirm: Confirm = ask_take_along, parent: QWidget | None = None) -> None:
        super().__init__(model, confirm=confirm, parent=parent)
        self._frozen = QTableView(self)
        self._dress_frozen()
        self._follow_sizes()
        model.modelReset.connect(self._arrange)
        self._arrange()

    def _dress_frozen(self) -> None:
        frozen = self._frozen
        frozen.setModel(self.grid)
        frozen.setSelectionModel(self.selectionModel())
        frozen.setFocusProxy(self)
        frozen.setFont(self.font())
        frozen.setFrameShape(QFrame.Shape.NoFrame)
        # A rule that is seen where a month disappears under it.
        frozen.setStyleSheet("QTableView { border-right: 2px solid palette(mid); }")
        frozen.setWordWrap(False)
        frozen.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        frozen.setVerticalScrollMode(self.verticalScrollMode())
        frozen.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        frozen.verticalHeader().hide()
        frozen.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        frozen.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = frozen.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(self.horizontalHeader().minimumSectionSize())
        header.setFixedHeight(ROW_PX + GRID_PX)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        frozen.show()
        frozen.raise_()

    def _follow_sizes(self) -> None:
        self.horizontalHeader().sectionResized.connect(self._resized)
        self.horizontalHeader().geometriesChanged.connect(self._place)
        ours, theirs = self.verticalScrollBar(), self._frozen.verticalScrollBar()
        ours.valueChanged.connect(theirs.setValue)
        theirs.valueChanged.connect(ours.setValue)

    def _arrange(self) -> None:
        columns = self.grid.frozen_columns
        for column in range(self.grid.columnCount()):
            self._frozen.setColumnHidden(column, column >= columns)
            if column < columns:
                self._frozen.setColumnWidth(column, self.columnWidth(column))
        self._place()

    def _resized(self, column: int, _old: int, width: int) -> None:
        if column < self.grid.frozen_columns:
            self._frozen.setColumnWidth(column, width)
            self._place()

    def _frozen_width(self) -> int:
        return sum(self.columnWidth(column) for column in range(self.grid.frozen_columns))

    def _place(self) -> None:
        height = self.viewport().height() + self.horizontalHeader().height()
        left = self.verticalHeader().width() + self.frameWidth()
        self._frozen.setGeometry(left, self.frameWidth(), self._frozen_width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the frozen columns over their places."""
        super().resizeEvent(event)
        self._place()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, beside the frozen columns and not under them."""
        if index.column() < self.grid.frozen_columns:
            return
        super().scrollTo(index, hint)
        hidden = self._frozen_width() - self.visualRect(index).left()
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def show_month(self, month: Month) -> None:
        """Scroll so that a month stands first beside the frozen columns."""
        model: QAbstractItemModel = self.grid
        column = model.column_of(month) if isinstance(model, MatrixModel) else None
        if column is not None:
            at = self.columnViewportPosition(column) + self.horizontalScrollBar().value()
            self.horizontalScrollBar().setValue(at - self._frozen_width())
