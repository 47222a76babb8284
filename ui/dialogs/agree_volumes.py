"""The dialog in which the volumes of a whole contract are agreed: type a full volume, choose a ramp-up, done."""

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from planner.analysis.terms.agreed import AgreedLine
from planner.analysis.terms.ramp import contract_years
from planner.commands import AgreeVolumes, LineVolumes
from planner.errors import PlannerError
from planner.model import Contract, Delivery, Line, Volume
from planner.plan import Plan
from ui.dialogs.agree_grid import SHARES, AgreedModel
from ui.grids.grid_view import ROW_PX, GridView
from ui.theme import GRID_PX, quiet

HINT = (
    "Type a full volume and choose a ramp-up, or paste the years from a spreadsheet."
    " A year that you type stays as typed, in bold; Del gives it back to the ramp-up."
)
MOST_ROWS = 12
WIDTH, WIDEST = 100 * GRID_PX, 170 * GRID_PX
YEAR_PX, SHARES_PX = 10 * GRID_PX, 14 * GRID_PX


class AgreeVolumesDialog(QDialog):
    """Agrees the volumes of a contract as one edit; `agreed` carries what was done, for the status bar."""

    agreed = Signal(str)

    def __init__(self, plan: Plan, contract: str, parent: QWidget | None = None) -> None:
        """PlannerError when there is no such contract, or when it has no line yet."""
        found, known = _contract(plan, contract), _lines(plan, contract)
        super().__init__(parent)
        self.setWindowTitle(f"Agree volumes of {contract}")
        self._plan = plan
        self._contract = found
        self._found = _volumes(plan, contract)
        self._watched: QWidget | None = None
        months = contract_years(self._contract)
        lines = {line: AgreedLine.of_volumes(self._found.get(line.line, {}), months) for line in known}
        self.model = AgreedModel(lines, months, {year: _title(self._contract, year) for year in months}, self)
        self.grid = GridView(self.model, parent=self)
        self.hint, self.trouble = QLabel(HINT), QLabel()
        self.phase = QCheckBox("Phase into months: spread what changes over the months of its contract year")
        self.phase.setChecked(True)
        self._build()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)
        self.grid.itemDelegate().closeEditor.connect(lambda *_: self.model.stop_trying())
        self.grid.refused.connect(self.trouble.setText)
        self.model.dataChanged.connect(lambda *_: self._refresh())
        self._refresh()
        # Whatever keys opened the dialog are still held: they select nothing more.
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.grid.selectionModel().setCurrentIndex(self.model.index(0, 1), only)
        self.grid.setFocus()

    def _build(self) -> None:
        self.hint.setWordWrap(True)
        quiet(self.hint)
        self.trouble.setWordWrap(True)
        buttons = QDialogButtonBox()
        self.agree_button = buttons.addButton("Agree volumes", QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree_button.setDefault(True)
        # The keys that opened the dialog: Enter, with Ctrl or without, belongs to the cells.
        keys = QKeySequence("Ctrl+Shift+A")
        QShortcut(keys, self).activated.connect(self.agree)
        self.agree_button.setToolTip(keys.toString(QKeySequence.SequenceFormat.NativeText))
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.agree)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(GRID_PX)
        layout.addWidget(self.hint)
        layout.addWidget(self.grid, stretch=1)
        layout.addWidget(self.trouble)
        layout.addWidget(self.phase)
        layout.addSpacing(GRID_PX)
        layout.addWidget(buttons)
        self._give_room()

    def _give_room(self) -> None:
        # The numbers are yet to come: the columns have the room for them from the start.
        columns = range(self.model.columnCount())
        for column in columns[1:]:
            wanted = SHARES_PX if self.model.field(column) is SHARES else YEAR_PX
            self.grid.setColumnWidth(column, max(wanted, self.grid.columnWidth(column)))
        self.grid.setMinimumHeight((min(MOST_ROWS, self.model.rowCount()) + 2) * ROW_PX)
        width = sum(self.grid.columnWidth(column) for column in columns)
        self.resize(min(WIDEST, max(WIDTH, width + 8 * GRID_PX)), 0)

    def _watch(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Follow what is typed into an editor of the grid, which has just been opened."""
        if now is None or now is self._watched or not self.grid.viewport().isAncestorOf(now):
            return
        self._watched = now
        if isinstance(now, QComboBox):
            now.currentTextChanged.connect(self._try)
        elif isinstance(now, QLineEdit):
            now.textEdited.connect(self._try)

    def _try(self, text: str) -> None:
        current = self.grid.currentIndex()
        self.model.try_text((current.row(), current.column()), text)

    def _refresh(self) -> None:
        if not self.model.has_refusals:
            self.trouble.clear()
        self.agree_button.setEnabled(any(self.model.agreed.values()))

    def agree(self) -> None:
        """Make the edit and close, or say why that cannot be."""
        # An open editor gives its text to the grid when it loses the focus.
        self.agree_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.model.has_refusals or not self.agree_button.isEnabled():
            return
        command = AgreeVolumes(self._contract.reference, self._changed(), self.phase.isChecked())
        try:
            done = self._plan.run(command)
        except PlannerError as error:
            self.trouble.setText(str(error))
            return
        self.agreed.emit(command.title if done is not None else f"{command.title}: nothing to change.")
        self.accept()

    def _changed(self) -> tuple[LineVolumes, ...]:
        """Return the years that change; those without a delivery too, if they are to be phased.

        What was planned by hand in other years stays.
        """
        planned = _planned_years(self._plan, self._contract) if self.phase.isChecked() else None
        return tuple(
            LineVolumes(line, pairs)
            for line, years in self.model.agreed.items()
            if (pairs := tuple((y, kg) for y, kg in years.items() if self._differs(line, y, kg, planned)))
        )

    def _differs(self, line: int, year: int, kg: int, planned: set[tuple[int, int]] | None) -> bool:
        changed = self._found.get(line, {}).get(year) != kg
        return changed or (planned is not None and (line, year) not in planned)


def _contract(plan: Plan, reference: str) -> Contract:
    row = plan.find("contracts", (reference,))
    if row is None or not isinstance(row.record, Contract):
        raise PlannerError(f"There is no contract {reference!r}; the page Contracts lists them.")
    return row.record


def _title(contract: Contract, year: int) -> str:
    """Return `2027`, or `2027/28` for a contract year that begins within the calendar year."""
    return str(year) if contract.start_month.month == 1 else f"{year}/{(year + 1) % 100:02d}"


def _lines(plan: Plan, contract: str) -> list[Line]:
    found = [row.record for row in plan.rows("lines", {"contract": contract}) if isinstance(row.record, Line)]
    if not found:
        raise PlannerError(f"{contract} has no line yet; add its materials first.")
    return found


def _volumes(plan: Plan, contract: str) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for row in plan.rows("volumes", {"contract": contract}):
        if isinstance(row.record, Volume):
            found.setdefault(row.record.line, {})[row.record.year] = row.record.agreed_kg
    return found


def _planned_years(plan: Plan, contract: Contract) -> set[tuple[int, int]]:
    """Return line and contract year of every delivery."""
    records = (row.record for row in plan.rows("deliveries", {"contract": contract.reference}))
    early = contract.start_month.month
    return {(each.line, each.month.year - (each.month.month < early)) for each in records if isinstance(each, Delivery)}
