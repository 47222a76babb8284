"""A table that is read, put on the clipboard with its headings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from ui.grids.clipboard import mime_of


def copy_table(view: QTableView) -> None:
    """Put all columns of a view that are shown on the clipboard."""
    model = view.model()
    columns = [column for column in range(model.columnCount()) if not view.isColumnHidden(column)]
    head = [str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns]
    rows = [[str(model.index(row, column).data() or "") for column in columns] for row in range(model.rowCount())]
    QGuiApplication.clipboard().setMimeData(mime_of([head, *rows]))
