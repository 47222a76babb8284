"""Tables: every table of the plan as a grid; materials, chemistries and organisations are edited here."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from planner.fields import Value
from planner.model import TABLES
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.pages.page import Context, Page
from ui.pages.panel import Panel, Split, fill
from ui.theme import GRID_PX

SHOWN = tuple(TABLES)


class TablesPage(Page):
    """A list of tables and the grid of the chosen one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setMinimumWidth(24 * GRID_PX)
        self.list.setObjectName("tables")
        self.list.setAccessibleName("Tables")
        for name in SHOWN:
            item = QListWidgetItem(TABLES[name].title, self.list)
            item.setSizeHint(QSize(0, 4 * GRID_PX))
        self.first = self.list
        self._place = QWidget()
        self._layout = QVBoxLayout(self._place)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._panel: Panel | None = None
        self._shown = ""
        body = Split(Qt.Orientation.Horizontal, (self.list, 0), (self._place, 1))
        fill(self, body)
        self.list.currentItemChanged.connect(lambda *_: self.go_stale())
        self.list.setCurrentRow(0)

    @property
    def table(self) -> str:
        """The name of the table that is chosen."""
        return SHOWN[max(0, self.list.currentRow())]

    def show_table(self, table: str) -> None:
        """Choose this table."""
        self.list.setCurrentRow(SHOWN.index(table))
        self.refresh()

    def show_record(self, table: str, key: tuple[Value, ...]) -> bool:
        """Choose the table, and put the cursor on the record."""
        self.show_table(table)
        return super().show_record(table, key)

    def show_owner(self, table: str, key: tuple[Value, ...]) -> bool:  # noqa: ARG002 - one table is shown at a time
        """Stay at the table."""
        return False

    def refresh(self) -> None:
        """Show the grid of the chosen table."""
        if self._shown == self.table:
            return
        self._shown = self.table
        if self._panel is not None and self.grid is not None:
            self._layout.removeWidget(self._panel)
            self.grids.remove(self.grid)
            # Deleted later, and out of sight at once.
            self._panel.hide()
            self._panel.deleteLater()
        view = GridView(RecordModel(self.plan, self.context.signals, self.table))
        view.grid.setParent(view)
        keys = ", ".join(field.title.lower() for field in TABLES[self.table].key)
        self._panel = Panel(
            TABLES[self.table].title, self.adopt(view, f"tables.{self.table}"), hint=f"one for each {keys}"
        )
        self._layout.addWidget(self._panel)
        self.current_changed.emit()


PAGE = TablesPage
