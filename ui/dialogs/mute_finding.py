"""The dialog that puts a finding aside: until which day, and why."""

from calendar import monthrange
from datetime import UTC, date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from planner.checks import Finding
from planner.commands import MuteFinding
from planner.errors import InvalidValueError, PlannerError
from planner.fields import Field
from planner.fields.typed import parse_typed
from planner.model import Mute, table_named
from planner.plan import Plan
from planner.units import Month
from ui.grids.formats import locale_id
from ui.theme import GRID_PX, quiet

WIDTH = 64 * GRID_PX
MONTHS = 3
AFTERWARDS = "It comes back after that day. Show muted lists it until then."


class MuteFindingDialog(QDialog):
    """Puts a finding aside as one edit; `muted` carries what was done, for the status bar."""

    muted = Signal(str)

    def __init__(self, plan: Plan, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Mute a finding")
        self._plan = plan
        self._finding = finding
        self._today = datetime.now(UTC).astimezone().date()
        self.day, self.note = QLineEdit(later(self._today).isoformat()), QLineEdit()
        self.note.setPlaceholderText("Why it may wait")
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self._build()
        self.day.selectAll()
        self.day.setFocus()

    def _build(self) -> None:
        what = QLabel(f"{self._finding.place}: {self._finding.text}.")
        what.setWordWrap(True)
        afterwards = QLabel(AFTERWARDS)
        afterwards.setWordWrap(True)
        quiet(afterwards)
        buttons = QDialogButtonBox()
        self.mute_button = buttons.addButton("Mute", QDialogButtonBox.ButtonRole.AcceptRole)
        self.mute_button.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.mute)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setVerticalSpacing(GRID_PX)
        form.setHorizontalSpacing(2 * GRID_PX)
        form.addRow("Until", self.day)
        form.addRow("Note", self.note)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addWidget(what)
        layout.addLayout(form)
        layout.addWidget(afterwards)
        layout.addWidget(self.trouble)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    def mute(self) -> None:
        """Make the edit and close, or say why that cannot be."""
        try:
            note = parse_typed(_field("note"), self.note.text(), locale_id())
            command = MuteFinding(self._finding.check, self._finding.place, self._until(), str(note or ""))
            self._plan.run(command)
        except InvalidValueError as error:
            self.trouble.setText(f"{error.reason[:1].upper()}{error.reason[1:]}.")
        except PlannerError as error:
            self.trouble.setText(str(error))
        else:
            self.muted.emit(command.title)
            self.accept()

    def _until(self) -> date:
        text = self.day.text().strip()
        day = parse_typed(_field("until"), text, locale_id()) if text else None
        if not isinstance(day, date):
            raise InvalidValueError("until", "write the last day on which it may wait, as 2027-03-15")
        if day < self._today:
            raise InvalidValueError("until", f"{day} is past; write today or a later day")
        return day


def later(day: date) -> date:
    """Return the same day some months later, or the last one of that month where it is shorter."""
    month = Month.of(day.year, day.month).plus(MONTHS)
    return date(month.year, month.month, min(day.day, monthrange(month.year, month.month)[1]))


def _field(name: str) -> Field:
    field = table_named(Mute.table).field(name)
    if field is None:
        raise KeyError(name)
    return field
