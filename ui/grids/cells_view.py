"""What the two views of a grid have in common: how cells and headings are dressed, and what is painted over them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui.grids.delegates import CellDelegate
from ui.grids.grid_model import GridModel
from ui.grids.heading import ROW_PX, Heading
from ui.grids.marks import paint_marks
from ui.grids.pending import PendingTexts
from ui.theme import GRID_PX, tabular

SLIM_PX = 2 * GRID_PX


class CellsView(QTableView):
    """A table of the cells of a GridModel, with editors."""

    def __init__(self, model: GridModel, pending: PendingTexts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = model
        self._pending = pending
        self.heading = Heading(self)
        self.setHorizontalHeader(self.heading)
        self.delegate = CellDelegate(pending, self)
        self.setItemDelegate(self.delegate)
        self._dress()
        # Before the view hears of it too, which closes the editor.
        model.rowsAboutToBeRemoved.connect(self.delegate.tell_lost)
        self.setModel(model)

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

    @property
    def grid(self) -> GridModel:
        """The model that it shows."""
        return self._grid

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cells, and over them what they are marked with."""
        seen = self.seen(event.region())
        super().paintEvent(QPaintEvent(seen))
        paint_marks(self, self._grid, self._pending, seen.boundingRect())

    def seen(self, region: QRegion) -> QRegion:
        """Return what of a region of the viewport is not covered by another view, in which it would be lost."""
        return region
