"""The first rows of a file as they stand in it, under their headings."""

from collections.abc import Sequence

from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui.grids.grid_view import ROW_PX
from ui.grids.texts_model import TextsModel
from ui.theme import GRID_PX, tabular

WIDEST_PX = 30 * GRID_PX


class FileView(QTableView):
    """Shows texts to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setFont(tabular(self.font()))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("The first rows of the file")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.horizontalHeader().setFixedHeight(ROW_PX + GRID_PX)
        self.horizontalHeader().setHighlightSections(False)

    def show_texts(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show rows, each as wide as it is."""
        width = max(map(len, (header, *rows)))
        headings = [text.strip() or f"Column {at + 1}" for at, text in enumerate([*header, *[""] * width][:width])]
        old, model = self.model(), TextsModel(headings, parent=self)
        model.show_rows([(*row, *[""] * (width - len(row))) for row in rows])
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        for column in range(width):
            self.resizeColumnToContents(column)
            self.setColumnWidth(column, min(self.columnWidth(column) + GRID_PX, WIDEST_PX))
