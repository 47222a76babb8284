"""The export dialog: which table, for whom, and where to."""

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from planner.errors import PlannerError
from planner.exchange.csv_export import export
from planner.model import TABLES
from planner.plan import Plan
from ui.grids.formats import locale_id
from ui.theme import GRID_PX

PEOPLE = "For a spreadsheet: titles with units, and this computer's decimal mark"
MACHINES = "For a program: names, commas and decimal points"


class ExportDialog(QDialog):
    """Writes a table as CSV; `said` holds what was done, for the status bar."""

    def __init__(self, plan: Plan, table: str, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export a table")
        self._plan = plan
        self._folder = folder
        self.said = ""
        self.table = QComboBox()
        for name, each in TABLES.items():
            self.table.addItem(each.title, name)
        self.table.setCurrentIndex(max(0, self.table.findData(table)))
        self.people, self.machines = QRadioButton(PEOPLE), QRadioButton(MACHINES)
        self.people.setChecked(True)
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        buttons = QDialogButtonBox()
        self.export_button = buttons.addButton("Export…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.export_button.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._ask)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setVerticalSpacing(GRID_PX)
        form.setHorizontalSpacing(2 * GRID_PX)
        form.addRow("Table", self.table)
        form.addRow("Written", self.people)
        form.addRow("", self.machines)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addLayout(form)
        layout.addWidget(self.trouble)
        layout.addWidget(buttons)

    def _ask(self) -> None:
        suggested = self._folder / f"{self.table.currentData()}.csv"
        name, _ = QFileDialog.getSaveFileName(self, "Export", str(suggested), "CSV (*.csv)")
        if name:
            self.write(Path(name) if Path(name).suffix else Path(f"{name}.csv"))

    def write(self, path: Path) -> None:
        """Write the chosen table and close, or say why that cannot be."""
        table, people = str(self.table.currentData()), self.people.isChecked()
        try:
            rows = export(self._plan, table, path, locale=locale_id() if people else None, people=people)
        except PlannerError as error:
            self.trouble.setText(str(error))
            self.trouble.show()
            return
        self.said = f"Wrote {rows:,} rows to {path}"
        self.accept()
