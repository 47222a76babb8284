"""What belongs to a contract beside its lines, on tabs: volumes, price terms, milestones, shares, stages, evidence."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from planner.model import BuyerShare, Contract, table_named
from planner.plan import Row
from planner.units import PPM
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.pages.contract_links import LinkView
from ui.pages.contract_notes import NotesBox
from ui.pages.contract_rows import LinkRows, StartedRows
from ui.pages.page import Context
from ui.theme import GRID_PX, quiet

NOTES = "notes"
ALL_SHARED = "The shares make 100 %."
NOT_SHARED = "Who takes it within an alliance; without a share here all of it is the buyer's."


@dataclass(frozen=True, slots=True)
class Part:
    """One tab: its id, which is the table that it shows unless it is the notes, its title, and what is said of it."""

    id: str
    title: str
    hint: str


PARTS = (
    Part("volumes", "Agreed volumes", "One for each line and contract year, in the line's basis."),
    Part("price_terms", "Price terms", "Fixed, or index x payable + premium; each holds until the next of its line."),
    Part("milestones", "Milestones", "When it is due by the contract, when it is now expected, and when it was."),
    Part("buyer_shares", "Buyers' shares", NOT_SHARED),
    Part("stage_changes", "Stages", "Each change of stage is written down with its day, and may be corrected here."),
    Part("evidence", "Evidence", "What the supplier is certified or rated for. Ctrl+Enter opens the link."),
    Part("attachments", "Attachments", "Documents by where they lie. Ctrl+Enter or Ctrl+double click opens the link."),
    Part(NOTES, "Notes", "Kept when you leave the box, or with Ctrl+Enter."),
)
_LINKED = frozenset({"evidence", "attachments"})


class ContractParts(QWidget):
    """The tabs of one contract; `said` carries a sentence for the status bar."""

    said = Signal(str)

    def __init__(self, context: Context, adopt: Callable[[GridView, str], GridView]) -> None:
        """`adopt` makes a grid one of the page's, under a name."""
        super().__init__()
        self.models = {part.id: _model(context, part.id) for part in PARTS if part.id != NOTES}
        self.views = {
            name: adopt(self._view(context, model), f"contracts.{name}") for name, model in self.models.items()
        }
        self.notes = NotesBox(context.plan)
        self.notes.refused.connect(self.said)
        self.tabs, self.hint, self._stack = QTabBar(), QLabel(), QStackedWidget()
        for name, model in self.models.items():
            model.setParent(self)
            for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset, model.dataChanged):
                signal.connect(lambda *_, name=name: self._tell(name))
        self._build()

    def _view(self, context: Context, model: RecordModel) -> GridView:
        if not isinstance(model, LinkRows):
            return GridView(model)
        view = LinkView(model, context.plan.path.parent)
        view.said.connect(self.said)
        return view

    def _build(self) -> None:
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        for part in PARTS:
            self.tabs.addTab(part.title)
            self._stack.addWidget(self.notes if part.id == NOTES else self.views[part.id])
        quiet(self.hint)
        self.hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.hint.setContentsMargins(2 * GRID_PX, GRID_PX // 2, 2 * GRID_PX, GRID_PX)
        row = QHBoxLayout()
        row.setContentsMargins(GRID_PX, 0, GRID_PX, 0)
        row.addWidget(self.tabs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.hint)
        layout.addWidget(self._stack, stretch=1)
        self.tabs.currentChanged.connect(self._show)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self._turn(step))
        self._show(0)

    @property
    def shown(self) -> str:
        """The id of the part that is shown."""
        return PARTS[self.tabs.currentIndex()].id

    def show_part(self, part_id: str) -> None:
        """Turn to a part."""
        self.tabs.setCurrentIndex([part.id for part in PARTS].index(part_id))

    def show_contract(self, row: Row) -> None:
        """Show what belongs to a contract."""
        contract = row.record
        if not isinstance(contract, Contract):
            raise TypeError(row)
        for name, model in self.models.items():
            whose = ("organisation", contract.supplier) if name == "evidence" else ("contract", contract.reference)
            where = dict([whose])
            if model.where != where:
                model.set_where(where)
                self.views[name].fit_columns()
        self.notes.show_contract(row)
        self._show(self.tabs.currentIndex())

    def _show(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.hint.setText(self._said_of(PARTS[at]))

    def _turn(self, step: int) -> None:
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(PARTS))
        shown = self._stack.currentWidget()
        if shown is not None:
            shown.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _tell(self, name: str) -> None:
        """Say on a tab how much it holds."""
        at, part = next((at, part) for at, part in enumerate(PARTS) if part.id == name)
        model = self.models[name]
        count = model.rowCount() - (model.blank_row is not None)
        text = f"{_percent(self.shared_ppm)}" if name == "buyer_shares" else str(count)
        self.tabs.setTabText(at, f"{part.title}  {text}" if count else part.title)
        if at == self.tabs.currentIndex():
            self.hint.setText(self._said_of(part))

    def _said_of(self, part: Part) -> str:
        if part.id == "buyer_shares" and self._shares():
            return _sentence(self.shared_ppm)
        if isinstance(model := self.models.get(part.id), StartedRows) and model.still_needed:
            return f"Still needed: {', '.join(model.still_needed)}."
        return part.hint

    def _shares(self) -> list[BuyerShare]:
        model = self.models["buyer_shares"]
        found = (model.row_at(row) for row in range(model.rowCount()))
        return [row.record for row in found if row is not None and isinstance(row.record, BuyerShare)]

    @property
    def shared_ppm(self) -> int:
        """What the shares of the buyers make together."""
        return sum(share.share_ppm for share in self._shares())


def _model(context: Context, table: str) -> RecordModel:
    kind = LinkRows if table in _LINKED else StartedRows
    owner = "organisation" if table == "evidence" else "contract"
    return kind(context.plan, context.signals, table, where={owner: ""})


def _percent(ppm: int) -> str:
    field = table_named(BuyerShare.table).field("share_pct")
    return "" if field is None else f"{field.format(ppm)} %"


def _sentence(ppm: int) -> str:
    if ppm == PPM:
        return ALL_SHARED
    if ppm < PPM:
        return f"The shares make {_percent(ppm)}; {_percent(PPM - ppm)} are nobody's yet."
    return f"The shares make {_percent(ppm)}, {_percent(ppm - PPM)} too much."
