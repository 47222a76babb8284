"""Contracts: all of them above, the lines, agreed volumes and milestones of the chosen one below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from planner.model import Contract, Line, Volume
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill

PARTS = {"lines": "Lines", "volumes": "Agreed volumes by contract year", "milestones": "Milestones"}
CHOOSE = "Choose a contract above, or type a new one into the row with the asterisk."
NO_CONTRACT = (
    "There is no contract yet.\n"
    "Type one into the row with the asterisk: its reference, who supplies, who buys, its stage and its term.\n"
    "Supplier and buyer are organisations, which come first; or import all of them."
)


class ContractsPage(Page):
    """List and editor of contracts."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.contracts = RecordModel(context.plan, context.signals, "contracts")
        self.list = self.adopt(GridView(self.contracts))
        self.parts = {
            name: RecordModel(context.plan, context.signals, name, where={"contract": ""}, parent=self)
            for name in PARTS
        }
        self.views = {name: self.adopt(GridView(model)) for name, model in self.parts.items()}
        self._panels = {name: Panel(title, self.views[name]) for name, title in PARTS.items()}
        small = Split(Qt.Orientation.Horizontal, (self._panels["volumes"], 1), (self._panels["milestones"], 1))
        self.editor = EmptyState(
            Split(Qt.Orientation.Vertical, (self._panels["lines"], 1), (small, 1)),
            CHOOSE,
            self.table_button("Organisations", "organisations"),
            self.button("Import…", "import"),
        )
        new = QPushButton("New contract")
        new.setEnabled(context.plan.read_only is None)
        new.clicked.connect(self.list.go_to_blank_row)
        buttons = (
            new,
            self.button("Duplicate…", "duplicate_contract"),
            self.button("Phase volumes", "phase_volumes"),
        )
        head = Panel("Contracts", self.list, buttons=buttons)
        fill(self, Split(Qt.Orientation.Vertical, (head, 4), (self.editor, 6)))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_parts())
        self.list.setCurrentIndex(self.contracts.index(0, 0))

    @property
    def chosen_contract(self) -> str | None:
        """The contract whose row the cursor is in."""
        row = self.contracts.row_at(self.list.currentIndex().row())
        return row.record.reference if row is not None and isinstance(row.record, Contract) else None

    @property
    def chosen_line(self) -> tuple[str, int] | None:
        """The line of the agreed volume that the cursor is in, else the line, else the last one above the cursor."""
        part = "volumes" if self.grid is self.views["volumes"] else "lines"
        for name in dict.fromkeys((part, "lines")):
            model = self.parts[name]
            last = model.rowCount() - (1 if model.blank_row is None else 2)
            row = model.row_at(min(max(0, self.views[name].currentIndex().row()), last))
            if row is not None and isinstance(row.record, Line | Volume):
                return row.record.contract, row.record.line
        return None

    def choose(self, reference: str) -> None:
        """Show this contract."""
        found = self.plan.find("contracts", (reference,))
        at = None if found is None else self.contracts.row_of(found.id)
        if at is not None:
            self.list.setCurrentIndex(self.contracts.index(at, 0))

    def refresh(self) -> None:
        """Show the chosen contract, which an edit may have made, renamed or deleted."""
        self._show_parts()
        self.current_changed.emit()

    def _show_parts(self) -> None:
        reference = self.chosen_contract
        if reference is None:
            none = self.contracts.row_at(0) is None
            self.editor.say(NO_CONTRACT if none else CHOOSE, first_step=none)
            return
        self.editor.show_body()
        for name, model in self.parts.items():
            if model.where != {"contract": reference}:
                model.set_where({"contract": reference})
                self.views[name].fit_columns()
                self._panels[name].set_title(PARTS[name], f"of {reference}")


PAGE = ContractsPage
