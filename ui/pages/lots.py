"""Lots: what was delivered with its chain, what stands behind a programme or a month, and mass balances of plants."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from planner.analysis import Book, Scope, Subject
from planner.analysis.origins.mass_balance import SiteMonth
from planner.analysis.origins.passport import passport
from planner.analysis.origins.trace import Trace, TracedLot, mass_balance, trace, traced_lots
from planner.exchange.trace_files import write_csv, write_json
from planner.fields import Value
from planner.model import Lot, Plant, Programme
from planner.units import KG_PER_T
from ui.charts.words import number
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.behind import BehindPanel, ask_to_save
from ui.pages.chain_strip import ChainStrip
from ui.pages.copied import copy_table
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill
from ui.theme import GRID_PX, Theme, quiet

BEHIND, BALANCE = 0, 1
NO_LOT = (
    "No lot is traced yet.\n"
    "Type one into the row with the asterisk above: its number, the line that it was delivered by, its month and its"
    " tonnes; or import lots."
)
CHOOSE = "Choose a lot above to see its chain, from the mine to the programme."
NO_BALANCE = (
    "Nothing went in or out yet.\n"
    "Type what a plant took in into the row with the asterisk, or import intakes; its lots go out."
)


class LotsPage(Page):
    """The grid of lots, the chain of the chosen one, and below what stands behind, and mass balances."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        plan, signals = context.plan, context.signals
        self.lots = RecordModel(plan, signals, "lots", parent=self)
        self.view = self.adopt(GridView(self.lots), "lots.lots")
        self.intakes = RecordModel(plan, signals, "intakes", parent=self)
        self.intake_view = self.adopt(GridView(self.intakes), "lots.intakes")
        self._traced: dict[str, TracedLot] = {}
        self._programmes: dict[str, str] = {}
        self._months: tuple[SiteMonth, ...] = ()
        self._trace: Trace | None = None
        self.strip = ChainStrip(context.theme.theme)
        self.strip_empty = EmptyState(self.strip, CHOOSE)
        self.strip_empty.setFixedHeight(self.strip.height())
        self.behind = BehindPanel()
        self.behind.chosen.connect(self._show_behind)
        self.behind.lot_wanted.connect(lambda code: self.show_record("lots", (code,)))
        self.behind.rows_wanted.connect(self.rows_wanted)
        self.behind.save_wanted.connect(self._ask_to_save)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("Parts of the page")
        self.empty = EmptyState(self.behind, NO_LOT, self.button("Import…", "import"))
        self.tabs.addTab(self.empty, "What stands behind")
        self.tabs.addTab(self._balance_tab(), "Mass balance")
        fill(self, Split(Qt.Orientation.Vertical, (self._above(), 1), (self.tabs, 1)))
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_chain())
        self.view.setCurrentIndex(self.lots.index(0, 0))

    def _above(self) -> QWidget:
        above = QWidget()
        down = QVBoxLayout(above)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(Panel("Lots", self.view, hint="t in the basis of their line"), stretch=1)
        down.addWidget(self.strip_empty)
        return above

    def _balance_tab(self) -> QWidget:
        self.site = QComboBox()
        self.site.setAccessibleName("Plant")
        self.site.activated.connect(lambda _: self._show_balance())
        self.balance = TextsModel(
            ("Month", "Opening", "Taken in", "In lots", "Passed on", "Closing", "Not explained"),
            frozenset(range(1, 7)),
            self,
        )
        self.balance_list = ReadingView(self.balance, 0)
        self.balance_list.setAccessibleName("Mass balance by month")
        label = QLabel("Plant")
        label.setBuddy(self.site)
        self.balance_note = QLabel()
        quiet(self.balance_note)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        head.setSpacing(GRID_PX)
        head.addWidget(label)
        head.addWidget(self.site)
        head.addWidget(self.balance_note, stretch=1)
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(head)
        down.addWidget(self.balance_list, stretch=1)
        self.balance_empty = EmptyState(right, NO_BALANCE)
        intakes = Panel("Intakes", self.intake_view, hint="t of metal that a plant took in")
        return Split(Qt.Orientation.Horizontal, (intakes, 1), (self.balance_empty, 1))

    @property
    def lot(self) -> TracedLot | None:
        """The lot whose row the cursor is in, with its chain."""
        row = self.lots.row_at(self.view.currentIndex().row())
        return self._traced.get(row.record.code) if row is not None and isinstance(row.record, Lot) else None

    @property
    def chosen_contract(self) -> str | None:
        """The contract of that lot."""
        return None if self.lot is None else self.lot.line[0]

    @property
    def chosen_line(self) -> tuple[str, int] | None:
        """The line of that lot."""
        return None if self.lot is None else self.lot.line

    def refresh(self) -> None:
        """Trace every lot anew and show what is chosen."""
        self._traced = {lot.code: lot for lot in self.plan.ask(traced_lots)}
        self._programmes = {each.code: each.name for each in self.plan.ask(_programmes)}
        self._months = self.plan.ask(mass_balance)
        start, end = self.context.view.horizon
        shown = [lot for lot in self._traced.values() if start <= lot.month <= end]
        self.behind.offer(
            self._programmes,
            tuple(sorted({lot.element for lot in self._traced.values()})),
            tuple(sorted({lot.month for lot in shown})),
        )
        self._show_chain()
        self._show_behind()
        self._offer_sites()
        if self._traced:
            self.empty.show_body()
        else:
            self.empty.say()

    def show_owner(self, table: str, key: tuple[Value, ...]) -> bool:
        """Turn to the tab of a table."""
        if table == "intakes":
            self.tabs.setCurrentIndex(BALANCE)
            self.choose_site(str(key[0]))
        return False

    def choose_site(self, code: str) -> None:
        """Show the mass balance of a plant, where it has one."""
        if self.stale:
            self.refresh()
        self.site.setCurrentIndex(max(0, self.site.findData(code)))
        self._show_balance()

    def copy(self) -> None:
        """Put the table that has the keyboard on the clipboard with its headings, else the cells that are selected."""
        tables = (self.behind.totals_list, self.behind.lots_list, self.balance_list)
        reading = next((table for table in tables if table.hasFocus()), None)
        if reading is None:
            super().copy()
        else:
            copy_table(reading)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        super().set_theme(theme)
        self.strip.set_theme(theme)

    def save(self, path: Path) -> str:
        """Write the lots that are shown, as CSV or JSON by the ending, and return what was done; PlannerError."""
        if self._trace is None:
            return ""
        if path.suffix.lower() == ".csv":
            write_csv(self._trace, path)
        else:
            write_json(self.plan.ask(passport, self._trace), path)
        count = len(self._trace.lots)
        return f"Wrote {count:,} {'lot' if count == 1 else 'lots'} to {path}"

    def _ask_to_save(self, suffix: str) -> None:
        said = ask_to_save(self, self.context.preferences.last_folder, suffix, self.save)
        if said:
            self.said.emit(said)

    def _show_chain(self) -> None:
        lot = self.lot
        if lot is None:
            self.strip_empty.say(first_step=False)
            return
        self.strip.show_lot(lot, self._programmes.get(lot.programme, ""))
        self.strip_empty.show_body()

    def _show_behind(self) -> None:
        choice, (start, end) = self.behind.choice, self.context.view.horizon
        scope = Scope(
            start=choice.month or start,
            end=choice.month or end,
            subject=None if choice.element is None else Subject("element", choice.element),
        )
        self._trace = self.plan.ask(trace, scope, programme=choice.programme)
        self.behind.show_trace(self._trace)

    def _offer_sites(self) -> None:
        before = self.site.currentData()
        names = {each.code: each.name for each in self.plan.ask(_plants)}
        self.site.clear()
        for code in dict.fromkeys(row.site for row in self._months):
            self.site.addItem(names[code], code)
        self.site.setCurrentIndex(max(0, self.site.findData(before)))
        self._show_balance()

    def _show_balance(self) -> None:
        rows = [row for row in self._months if row.site == self.site.currentData()]
        self.balance.show_rows([_balance_row(row) for row in rows])
        if not rows:
            self.balance_empty.say(first_step=False)
            return
        self.balance_empty.show_body()
        self.balance_note.setText(_balance_note(rows))


def _balance_row(row: SiteMonth) -> tuple[str, ...]:
    kilograms = (row.opening_kg, row.taken_in_kg, row.made_kg, row.passed_on_kg, row.closing_kg)
    unexplained = number(row.unexplained_kg / KG_PER_T, 1) if row.unexplained_kg else ""
    return (str(row.month), *(number(kg / KG_PER_T, 1) for kg in kilograms), unexplained)


def _balance_note(rows: list[SiteMonth]) -> str:
    """Return what a mass balance comes to, in a sentence."""
    if rows[0].keeps_no_books:
        return "t of metal; nothing says what went in"
    bad = sum(1 for row in rows if row.unexplained_kg)
    if bad:
        return f"t of metal; in {bad} {'month' if bad == 1 else 'months'} more went out than was there"
    return f"t of metal; {number(rows[-1].closing_kg / KG_PER_T, 1)} t are left, carried forward"


def _programmes(book: Book) -> tuple[Programme, ...]:
    return book.records(Programme)


def _plants(book: Book) -> tuple[Plant, ...]:
    return book.records(Plant)


PAGE = LotsPage
