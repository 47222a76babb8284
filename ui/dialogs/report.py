"""The report dialog: about what, in which currency, as which kind of file, and where to."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from planner.analysis import Subject
from planner.analysis.money.cost import currencies
from planner.plan import Plan
from ui.theme import GRID_PX, quiet

KINDS = {".pdf": "One page to print (PDF)", ".xlsx": "Workbook (Excel)", ".html": "Web page (HTML)"}
EVERYTHING = "Everything"


@dataclass(frozen=True, slots=True)
class ReportWish:
    """What was chosen: where to, about what (None: everything), in which currency."""

    target: Path
    subject: Subject | None
    currency: str


class ReportDialog(QDialog):
    """Asks for a report; `wanted` carries a ReportWish when a file was named."""

    wanted = Signal(ReportWish)

    def __init__(self, plan: Plan, horizon: str, folder: Path, parent: QWidget | None = None) -> None:
        """`horizon` says what the bar of the window chooses."""
        super().__init__(parent)
        self.setWindowTitle("Report")
        self._plan = plan
        self._folder = folder
        self.about, self.currency, self.kind = QComboBox(), QComboBox(), QComboBox()
        self.about.addItem(EVERYTHING, None)
        for element in plan.cube.inputs.elements:
            self.about.addItem(element, Subject("element", element))
        for code in plan.ask(currencies):
            self.currency.addItem(code, code)
        for suffix, text in KINDS.items():
            self.kind.addItem(text, suffix)
        shown = QLabel(horizon)
        quiet(shown)
        buttons = QDialogButtonBox()
        self.write_button = buttons.addButton("Write report…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.write_button.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._ask)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setVerticalSpacing(GRID_PX)
        form.setHorizontalSpacing(2 * GRID_PX)
        form.addRow("About", self.about)
        form.addRow("Horizon", shown)
        form.addRow("Currency", self.currency)
        form.addRow("As", self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _ask(self) -> None:
        suffix = str(self.kind.currentData())
        suggested = self._folder / f"{self._plan.path.stem} report{suffix}"
        name, _ = QFileDialog.getSaveFileName(self, "Write report", str(suggested), f"{KINDS[suffix]} (*{suffix})")
        if name:
            self.choose(Path(name) if Path(name).suffix.lower() == suffix else Path(f"{name}{suffix}"))

    def choose(self, target: Path) -> None:
        """Ask for the report in this file, and close."""
        self.wanted.emit(ReportWish(target, self.about.currentData(), str(self.currency.currentData())))
        self.accept()
