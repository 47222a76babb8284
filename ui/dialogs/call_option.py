"""The dialog that calls an option: which year's, how many tonnes, on which day."""

from datetime import UTC, date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from planner.commands import CallOption
from planner.errors import InvalidValueError, PlannerError
from planner.fields import Field
from planner.fields.typed import parse_typed
from planner.model import Line, Volume, table_named
from planner.plan import Plan
from ui.grids.formats import locale_id, shown, typed
from ui.grids.grid_view import ROW_PX
from ui.grids.texts_model import ReadingView, TextsModel
from ui.theme import GRID_PX, quiet

HEADINGS = ("Line", "Material", "Contract year", "Option (t)", "Last day")
MATERIAL_COLUMN = 1
AFTERWARDS = "What is called is added to the agreed volume of its year; Phase volumes spreads that over the months."
WIDTH = 72 * GRID_PX
MOST_ROWS = 10


class CallOptionDialog(QDialog):
    """Calls volume of an option as one edit; `called` carries what was done, for the status bar."""

    called = Signal(str)

    def __init__(self, plan: Plan, contract: str, parent: QWidget | None = None) -> None:
        """PlannerError when nothing of the contract is an option."""
        options = _options(plan, contract)
        if not options:
            raise PlannerError(f"{contract} has no option left to call; give one to a contract year first.")
        super().__init__(parent)
        self.setWindowTitle(f"Call an option of {contract}")
        self._plan = plan
        self._options = options
        self.rows = TextsModel(HEADINGS, frozenset({0, 2, 3}), self)
        self.rows.show_rows([_row(plan, option) for option in self._options])
        self.list = ReadingView(self.rows, MATERIAL_COLUMN)
        self.list.setMinimumHeight((min(MOST_ROWS, len(self._options)) + 2) * ROW_PX)
        self.quantity, self.day = QLineEdit(), QLineEdit(datetime.now(UTC).astimezone().date().isoformat())
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self._build()
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self.list.setCurrentIndex(self.rows.index(0, 0))
        self.list.setFocus()

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        self.call_button = buttons.addButton("Call option", QDialogButtonBox.ButtonRole.AcceptRole)
        self.call_button.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.call_option)
        buttons.rejected.connect(self.reject)
        afterwards = QLabel(AFTERWARDS)
        afterwards.setWordWrap(True)
        quiet(afterwards)
        form = QFormLayout()
        form.setVerticalSpacing(GRID_PX)
        form.setHorizontalSpacing(2 * GRID_PX)
        form.addRow("Tonnes to call", self.quantity)
        form.addRow("Called on", self.day)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addWidget(self.list, stretch=1)
        layout.addLayout(form)
        layout.addWidget(afterwards)
        layout.addWidget(self.trouble)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    @property
    def chosen(self) -> Volume:
        """The contract year whose option is chosen."""
        return self._options[max(0, self.list.currentIndex().row())]

    def _offer(self) -> None:
        """Offer all of the option that is chosen."""
        self.quantity.setText(typed(_field("option_t"), self.chosen.option_kg, locale_id()))
        self.trouble.clear()

    def call_option(self) -> None:
        """Make the edit and close, or say why that cannot be."""
        option = self.chosen
        try:
            quantity_kg, day = _read_mass(self.quantity.text()), _read_day(self.day.text())
            command = CallOption(option.contract, option.line, option.year, quantity_kg, day)
            self._plan.run(command)
        except InvalidValueError as error:
            self.trouble.setText(f"{error.reason[:1].upper()}{error.reason[1:]}.")
        except PlannerError as error:
            self.trouble.setText(str(error))
        else:
            self.called.emit(command.title)
            self.accept()


def _options(plan: Plan, contract: str) -> list[Volume]:
    records = (row.record for row in plan.rows("volumes", {"contract": contract}))
    return [each for each in records if isinstance(each, Volume) and each.option_kg > 0]


def _row(plan: Plan, option: Volume) -> tuple[str, ...]:
    line = plan.find("lines", (option.contract, option.line))
    material = line.record.material if line is not None and isinstance(line.record, Line) else ""
    fields = (_field(name) for name in ("line", "year", "option_t", "option_until"))
    number, year, tonnes, until = (shown(field, getattr(option, field.attr), locale_id()) for field in fields)
    return number, material, year, tonnes, until or "none"


def _field(name: str) -> Field:
    field = table_named(Volume.table).field(name)
    if field is None:
        raise KeyError(name)
    return field


def _read_mass(text: str) -> int:
    value = parse_typed(_field("option_t"), text, locale_id())
    return value if isinstance(value, int) else 0


def _read_day(text: str) -> date:
    value = parse_typed(_field("option_called"), text, locale_id())
    if not isinstance(value, date):
        raise InvalidValueError("option_called", "write the day on which it was called, as 2027-03-15")
    return value
