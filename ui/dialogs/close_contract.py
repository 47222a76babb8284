"""The dialog that closes a contract: its last month, and what goes with that, counted while it is typed."""

from datetime import UTC, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from planner.commands import CloseContract, Closing, closing_of
from planner.errors import InvalidValueError, PlannerError
from planner.fields import Field
from planner.fields.typed import parse_typed
from planner.model import TABLES, Contract
from planner.plan import Plan
from planner.units import Month
from ui.grids.formats import locale_id, shown
from ui.theme import GRID_PX, quiet

WIDTH = 60 * GRID_PX
KEPT = "Received deliveries and the history stay, and one Undo brings all of it back."


class CloseContractDialog(QDialog):
    """Closes a contract as one edit; `closed` carries what was done, for the status bar."""

    closed = Signal(str)

    def __init__(self, plan: Plan, contract: str, parent: QWidget | None = None) -> None:
        """PlannerError when there is no such contract."""
        row = plan.find("contracts", (contract,))
        if row is None or not isinstance(row.record, Contract):
            raise PlannerError(f"There is no contract {contract!r}; the page Contracts lists them.")
        super().__init__(parent)
        self.setWindowTitle(f"Close {contract}")
        self._plan = plan
        self._contract = row.record
        self._field = _end_field()
        self.month = QLineEdit(self._field.format(_suggested(row.record)))
        self.month.selectAll()
        self.outcome = QLabel()
        self.outcome.setWordWrap(True)
        kept = QLabel(KEPT)
        kept.setWordWrap(True)
        quiet(kept)
        buttons = QDialogButtonBox()
        self.close_button = buttons.addButton("Close contract", QDialogButtonBox.ButtonRole.AcceptRole)
        self.close_button.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.close_contract)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID_PX)
        form.addRow("Last month", self.month)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addLayout(form)
        layout.addWidget(self.outcome)
        layout.addWidget(kept)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)
        self.month.textChanged.connect(lambda _: self._refresh())
        self._refresh()

    def _last_month(self) -> Month:
        value = parse_typed(self._field, self.month.text(), locale_id())
        if not isinstance(value, Month):
            raise InvalidValueError(self._field.name, "write a month, as 2027-03")
        return value

    def _refresh(self) -> None:
        try:
            last_month = self._last_month()
            sentence = _sentence(
                self._contract, last_month, closing_of(self._plan, self._contract.reference, last_month)
            )
        except InvalidValueError as error:
            self._show(f"{error.reason[:1].upper()}{error.reason[1:]}.", possible=False)
        except PlannerError as error:
            self._show(str(error), possible=False)
        else:
            self._show(sentence, possible=True)

    def _show(self, sentence: str, *, possible: bool) -> None:
        self.outcome.setText(sentence)
        self.close_button.setEnabled(possible)

    def close_contract(self) -> None:
        """Make the edit and close, or say why that cannot be."""
        if not self.close_button.isEnabled():
            return
        try:
            command = CloseContract(self._contract.reference, self._last_month())
            done = self._plan.run(command)
        except PlannerError as error:
            self._show(str(error), possible=False)
            return
        self.closed.emit(command.title if done is not None else f"{command.title}: nothing to change.")
        self.accept()


def _end_field() -> Field:
    field = TABLES[Contract.table].field("end_month")
    if field is None:
        raise TypeError(Contract)
    return field


def _suggested(contract: Contract) -> Month:
    """Return this month, or the end of the term that lies nearer."""
    now = datetime.now(UTC).astimezone()
    return max(contract.start_month, min(contract.end_month, Month.of(now.year, now.month)))


def _sentence(contract: Contract, last_month: Month, closing: Closing) -> str:
    stage = TABLES[Contract.table].field("stage")
    word = "" if stage is None else shown(stage, closing.stage, locale_id()).lower()
    gone = [
        f"{len(rows)} {TABLES[table].singular if len(rows) == 1 else TABLES[table].title.lower()}"
        for table, rows in closing.gone.items()
        if rows
    ]
    becomes = f"stays {word}: there are deliveries still to come" if closing.stage == contract.stage else f"is {word}"
    first = f"{contract.reference} ends with {last_month} and {becomes}."
    cut = " The agreed volume of its last contract year is cut to the months that are left." if closing.cut else ""
    if not gone:
        return f"{first} Nothing is planned after it.{cut}"
    return f"{first} What is planned after it goes: {' and '.join(gone)}.{cut}"
