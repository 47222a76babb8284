"""The list in which the columns of a grid are chosen and put in order."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ui.grids.grid_model import GridModel
from ui.theme import GRID_PX, quiet

_NAME = Qt.ItemDataRole.UserRole
_MOST_SHOWN = 16


class ColumnsPopup(QWidget):
    """All columns, those that are shown checked and first; what is changed shows at once."""

    def __init__(self, model: GridModel, usual: tuple[str, ...], parent: QWidget) -> None:
        """`usual` are the columns that Reset shows."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model = model
        self._usual = usual
        self.list = QListWidget()
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setAccessibleName("Columns")
        self.reset = QPushButton("Reset")
        self.reset.setToolTip("Show the usual columns in their usual order")
        self.reset.clicked.connect(lambda: self._show(self._usual))
        hint = QLabel("Drag to put in order")
        quiet(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(GRID_PX, GRID_PX, GRID_PX, GRID_PX)
        for widget in (hint, self.list, self.reset):
            layout.addWidget(widget)
        self._fill()
        # A list must not be filled anew while it tells of a change, and it drops before it removes what was dragged.
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._take)
        self.list.itemChanged.connect(lambda _: self._soon.start())
        self.list.model().rowsMoved.connect(lambda *_: self._soon.start())
        self.list.model().rowsRemoved.connect(lambda *_: self._soon.start())

    def _fill(self) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        shown, keys = self._model.columns, self._model.columns[: self._model.frozen_columns]
        for name in (*shown, *(each for each in self._model.all_columns if each not in shown)):
            item = QListWidgetItem(self._model.column_title(name), self.list)
            item.setData(_NAME, name)
            item.setSizeHint(QSize(0, 3 * GRID_PX))
            item.setCheckState(Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
            if name in keys:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip("It says which row it is, and stays")
        self.list.blockSignals(False)
        rows = min(self.list.count(), _MOST_SHOWN)
        self.list.setFixedHeight(rows * 3 * GRID_PX + 2)
        self.list.setMinimumWidth(self.list.sizeHintForColumn(0) + 4 * GRID_PX)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the checked columns, in the order of the list."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(item.data(_NAME)) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _take(self) -> None:
        self._show(self.chosen)

    def _show(self, names: tuple[str, ...]) -> None:
        self._soon.stop()
        if names != self._model.columns:
            self._model.show_columns(names)
        self._fill()
