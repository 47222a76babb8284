"""A view of figures that can be read and copied, not edited."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from ui.grids.clipboard import mime_of
from ui.grids.grid_view import ROW_PX
from ui.pages.figures_model import FiguresModel
from ui.theme import GRID_PX, tabular

COLUMN_PX = 11 * GRID_PX
# A long name is shortened rather than push the figures out of sight.
MOST_NAME_PX = 34 * GRID_PX


class FiguresTable(QTableView):
    """Shows a FiguresModel; copying takes the headings along."""

    def __init__(self, model: FiguresModel, name: str = "Figures") -> None:
        """`name` is what a screen reader calls it."""
        super().__init__()
        self.setAccessibleName(name)
        self.figures = model
        self.setModel(model)
        self.setFont(tabular(self.font()))
        self.setWordWrap(False)
        # Nothing is typed here: Tab goes on to what comes next.
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.setDefaultSectionSize(ROW_PX)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.setMaximumWidth(MOST_NAME_PX)
        rows.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        columns.setDefaultSectionSize(COLUMN_PX)
        columns.setFixedHeight(ROW_PX + GRID_PX)
        for header in (rows, columns):
            header.setHighlightSections(False)

    def copy(self) -> None:
        """Put the selected figures, or all of them, on the clipboard with their headings."""
        model = self.figures
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        rows = sorted({row for row, _ in chosen}) or range(model.rowCount())
        columns = sorted({column for _, column in chosen}) or range(model.columnCount())
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        head = ["", *(str(model.headerData(column, across)) for column in columns)]
        body = [
            [str(model.headerData(row, down)), *(str(model.index(row, column).data()) for column in columns)]
            for row in rows
        ]
        QGuiApplication.clipboard().setMimeData(mime_of([head, *body]))
