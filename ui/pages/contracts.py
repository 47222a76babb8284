"""Contracts: all of them above, the lines of the chosen one below, and on tabs all else that belongs to it."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from planner.fields import Value
from planner.model import Contract, Line, PriceTerm, Volume
from ui.grids.grid_view import GridView
from ui.pages.contract_parts import ContractParts
from ui.pages.contract_rows import StartedRows
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill

CHOOSE = "Choose a contract above, or type a new one into the row with the asterisk."
NO_CONTRACT = (
    "There is no contract yet.\n"
    "Type one into the row with the asterisk: its reference, who supplies, who buys, its stage and its term.\n"
    "A supplier or buyer that is not there yet is made on the spot; or import all of them."
)
NO_LINE = "Type its materials into the row with the asterisk, then press Agree volumes."
LINE_COLUMNS = (
    "line",
    "material",
    "plant",
    "flexibility_down_pct",
    "flexibility_up_pct",
    "take_or_pay_pct",
    "volume_basis",
    "contained_fraction",
    "phasing",
    "note",
)
MORE = (
    ("Duplicate…", "duplicate_contract"),
    ("Draft as new…", "draft_contract"),
    ("Call option…", "call_option"),
    ("Close contract…", "close_contract"),
)


class ContractsPage(Page):
    """List and editor of contracts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.contracts = StartedRows(context.plan, context.signals, "contracts", parent=self)
        self.list = self.adopt(GridView(self.contracts), "contracts")
        lines = StartedRows(context.plan, context.signals, "lines", where={"contract": ""}, parent=self)
        lines.show_columns(LINE_COLUMNS)
        line_view = self.adopt(GridView(lines), "contracts.lines")
        self.dossier = ContractParts(context, self.adopt)
        self.parts = {"lines": lines, **self.dossier.models}
        self.views = {"lines": line_view, **self.dossier.views}
        self._lines = Panel("Lines", line_view)
        self.editor = EmptyState(
            Split(Qt.Orientation.Vertical, (self._lines, 2), (self.dossier, 3)),
            CHOOSE,
            self.table_button("Organisations", "organisations"),
            self.button("Import…", "import"),
        )
        self._more = QMenu(self)
        self._head = Panel("Contracts", self.list, buttons=self._head_buttons())
        fill(self, Split(Qt.Orientation.Vertical, (self._head, 4), (self.editor, 6)))
        self.dossier.said.connect(self.said)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_parts())
        self.contracts.dataChanged.connect(lambda *_: self._say_needed())
        lines.dataChanged.connect(lambda *_: self._say_lines())
        self.list.setCurrentIndex(self.contracts.index(0, 0))

    def _head_buttons(self) -> tuple[QPushButton, ...]:
        new = QPushButton("New contract")
        new.setEnabled(self.plan.read_only is None)
        new.clicked.connect(self.start_contract)
        more = QPushButton("More")
        for text, action in MORE:
            self._more.addAction(text, partial(self.action_wanted.emit, action)).setData(action)
        more.setMenu(self._more)
        return (
            new,
            self.button("Agree volumes…", "agree_volumes"),
            self.button("Phase volumes", "phase_volumes"),
            self.button("Filter", "filters"),
            more,
        )

    def start_contract(self) -> None:
        """Begin to type into the row for a new contract."""
        self.list.go_to_blank_row()
        self.list.setCurrentIndex(self.contracts.index(self.contracts.rowCount() - 1, 0))
        self.list.edit(self.list.currentIndex())

    def show_enabled(self, enabled: Collection[str]) -> None:
        """Let the buttons be pressed, and the entries of More be chosen, whose actions can be chosen now."""
        super().show_enabled(enabled)
        for entry in self._more.actions():
            entry.setEnabled(entry.data() in enabled)

    @property
    def offers(self) -> frozenset[str]:
        """What is done with a whole contract is offered when one is chosen."""
        if self.chosen_contract is None:
            return super().offers
        return super().offers | {"agree_volumes", "draft_contract", "call_option", "close_contract"}

    @property
    def chosen_contract(self) -> str | None:
        """The contract whose row the cursor is in."""
        row = self.contracts.row_at(self.list.currentIndex().row())
        return row.record.reference if row is not None and isinstance(row.record, Contract) else None

    @property
    def chosen_line(self) -> tuple[str, int] | None:
        """The line of the volume or price term that the cursor is in, else the line, else the last one above it."""
        for name in dict.fromkeys((self._chosen_part, "lines")):
            model = self.parts[name]
            last = model.rowCount() - (1 if model.blank_row is None else 2)
            found = self._line_at(name, min(max(0, self.views[name].currentIndex().row()), last))
            if found is not None:
                return found
        return None

    @property
    def chosen_lines(self) -> tuple[tuple[str, int], ...]:
        """The lines of the rows that are selected, else the chosen one."""
        name = self._chosen_part
        found = (self._line_at(name, row) for row in self.views[name].selected_rows())
        return tuple(dict.fromkeys(line for line in found if line is not None)) or super().chosen_lines

    @property
    def _chosen_part(self) -> str:
        return next((name for name in ("volumes", "price_terms") if self.grid is self.views[name]), "lines")

    def _line_at(self, part: str, row: int) -> tuple[str, int] | None:
        found = self.parts[part].row_at(row)
        if found is None or not isinstance(found.record, Line | Volume | PriceTerm):
            return None
        return found.record.contract, found.record.line

    def choose(self, reference: str) -> None:
        """Show this contract."""
        found = self.plan.find("contracts", (reference,))
        at = None if found is None else self.contracts.row_of(found.id)
        if at is not None:
            self.list.setCurrentIndex(self.contracts.index(at, 0))

    def show_record(self, table: str, key: tuple[Value, ...]) -> bool:
        """Put the cursor on a record, on the tab where it stands."""
        if table in self.dossier.models:
            self.dossier.show_part(table)
        return super().show_record(table, key)

    def refresh(self) -> None:
        """Show the chosen contract, which an edit may have made, renamed or deleted."""
        self._show_parts()
        self.current_changed.emit()

    def _show_parts(self) -> None:
        row = self.contracts.row_at(self.list.currentIndex().row())
        if row is None or not isinstance(row.record, Contract):
            none = self.contracts.row_at(0) is None
            self.editor.say(NO_CONTRACT if none else CHOOSE, first_step=none)
            return
        self.editor.show_body()
        where = {"contract": row.record.reference}
        if self.parts["lines"].where != where:
            self.parts["lines"].set_where(where)
            self.views["lines"].fit_columns()
        self.dossier.show_contract(row)
        self._say_lines()

    def _say_lines(self) -> None:
        """Say beside the lines whose they are, or what a new one still needs."""
        needed = _needed(self.parts["lines"])
        whose = f"of {self.chosen_contract}" + ("" if self.parts["lines"].row_at(0) else f". {NO_LINE}")
        self._lines.set_title("Lines", needed or whose)

    def _say_needed(self) -> None:
        """Say what a new contract still needs, above the list and in the status bar."""
        sentence = _needed(self.contracts)
        self._head.set_title("Contracts", sentence)
        if sentence:
            self.said.emit(sentence)


def _needed(model: object) -> str:
    titles = model.still_needed if isinstance(model, StartedRows) else ()
    return f"Still needed: {', '.join(titles)}" if titles else ""


PAGE = ContractsPage
