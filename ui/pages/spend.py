"""Spend: what the supply costs by period, against budgets and the target for local sourcing."""

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from planner.analysis import Scope, Subject
from planner.analysis.money.cost import currencies, spend
from planner.analysis.money.cost_values import EURO, LocalSpend, SpendBy, SpendTable, Unpriced
from planner.analysis.money.sourcing import local_spend
from planner.errors import PlannerError
from ui.charts.countries import country_name
from ui.charts.money import MoneyUnit
from ui.charts.spend_chart import SpendChart
from ui.charts.words import number
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.copied import copy_table
from ui.pages.figures_model import FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill, lead
from ui.pages.spend_figures import SpendFigures, spend_figures
from ui.theme import GRID_PX

NO_LINE = "Nothing is bought yet.\nAdd a contract with its lines and deliveries, or import them."
NO_PRICE = (
    "Nothing that comes has a price yet.\n"
    "Add price terms: a fixed price, or an index with its quotational period, for each line from a month on."
)
NO_SUPPLY = "Nothing comes in the years shown.\nChoose other years in the bar above, or count more stages."
NO_TARGET = (
    "There is no target for local sourcing yet.\nAdd one with a country as its scope, in millions of EUR a year."
)
SPLITS = {
    SpendBy.SUPPLIER: "Supplier",
    SpendBy.MATERIAL: "Material",
    SpendBy.ELEMENT: "Element",
    SpendBy.CONTRACT: "Contract",
    SpendBy.CURRENCY: "Currency",
    SpendBy.COUNTRY: "Country",
}
EVERYTHING = ""
# So many lines without a price are told of below the figures.
MOST_TOLD = 2
LOCAL_PX = 42 * GRID_PX


class SpendPage(Page):
    """Choices and the chart above; below it the figures, and beside them local sourcing."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: list[SpendFigures] = []
        self._local: tuple[LocalSpend, ...] = ()
        self.spend_chart = SpendChart(context.theme.theme)
        self.own_charts(self.spend_chart)
        self.spend_chart.rows_clicked.connect(self.rows_wanted)
        self.currency_choice = self._choice(
            "Currency", "What every amount is told in, by the exchange rates of the plan"
        )
        self.split_choice = self._choice("Stack by", "What spend is stacked by")
        self.subject_choice = self._choice("Of", "What is bought: everything, or one element")
        _offer(self.split_choice, {split.value: name for split, name in SPLITS.items()})
        self.figures_table = FiguresTable(FiguresModel(self))
        lead(self.figures_table, "a figure", "the deliveries behind it")
        self.figures_table.activated.connect(self._follow_figure)
        self.first = self.figures_table
        self.local = TextsModel(("Country", "Year", "Spend", "Target", "Reached, %"), frozenset({1, 2, 3, 4}), self)
        self.local_list = ReadingView(self.local, 0)
        self.local_list.setAccessibleName("Local sourcing")
        self.local_list.setMinimumWidth(LOCAL_PX)
        self.local_list.activated.connect(self._follow_local)
        lead(self.local_list, "a year", "the deliveries behind it")
        self.foot = QLabel()
        self.foot.setContentsMargins(2 * GRID_PX, GRID_PX // 2, 2 * GRID_PX, GRID_PX // 2)
        self.foot.setWordWrap(True)
        self.foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out()

    def _choice(self, name: str, tip: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(name)
        combo.setToolTip(tip)
        combo.activated.connect(lambda _: self.refresh())
        return combo

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        head.setSpacing(GRID_PX)
        # Where every page that stacks something has the choice.
        head.addStretch(1)
        for combo in (self.subject_choice, self.currency_choice, self.split_choice):
            head.addSpacing(GRID_PX)
            label = QLabel(combo.accessibleName())
            label.setBuddy(combo)
            head.addWidget(label)
            head.addWidget(combo)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.spend_chart, stretch=1)
        self._figures_panel = Panel("Figures", self.figures_table, foot=self.foot)
        self.local_empty = EmptyState(self.local_list, NO_TARGET, self.button("Targets", "go_targets"))
        local = Panel("Local sourcing", self.local_empty, hint="all materials, million EUR a year")
        below = Split(Qt.Orientation.Horizontal, (self._figures_panel, 7), (local, 3))
        self.empty = EmptyState(
            Split(Qt.Orientation.Vertical, (above, 10), (below, 10)),
            NO_LINE,
            self.button("New contract", "go_contracts"),
            self.table_button("Price terms", "price_terms"),
            self.button("Import…", "import"),
        )
        fill(self, self.empty)

    @property
    def split(self) -> SpendBy:
        """What spend is split by."""
        return SpendBy(self.split_choice.currentData())

    @property
    def currency(self) -> str:
        """The currency that amounts are told in."""
        return self.currency_choice.currentData() or EURO

    @property
    def subject(self) -> Subject | None:
        """The element that is chosen; None for everything."""
        code = self.subject_choice.currentData()
        return Subject("element", code) if code else None

    def choose(self, *, split: SpendBy | None = None, currency: str | None = None, element: str | None = None) -> None:
        """Choose as a person does; an empty element stands for everything, what is not offered is not chosen."""
        for combo, wanted in (
            (self.split_choice, split),
            (self.currency_choice, currency),
            (self.subject_choice, element),
        ):
            if wanted is not None and combo.findData(str(wanted)) >= 0:
                combo.setCurrentIndex(combo.findData(str(wanted)))
        self.refresh()

    def show_subject(self, subject: Subject) -> None:
        """Show an element."""
        if subject.kind == "element":
            if self.stale:
                self.refresh()
            self.choose(element=subject.code)

    @property
    def table(self) -> str:
        """The table that an import or an export from here is likely about."""
        return "price_terms"

    def refresh(self) -> None:
        """Bring all of it up to date."""
        offered = self.plan.ask(currencies)
        _offer(self.currency_choice, {code: code for code in offered or (EURO,)})
        elements = self.plan.ask(lambda book: book.traits.element.names)
        _offer(self.subject_choice, {EVERYTHING: "Everything"} | {code: code for code in elements})
        scope = self._scope
        try:
            table = self.plan.ask(spend, scope, self.currency, self.split)
            self._local = self.plan.ask(local_spend, Scope(stages=scope.stages, start=scope.start, end=scope.end))
        except PlannerError as error:
            self.empty.say(str(error), first_step=False)
            return
        missing = self._missing(table, elements)
        if missing:
            self.empty.say(missing, first_step=missing != NO_SUPPLY)
            return
        self.empty.show_body()
        self.spend_chart.show_table(table)
        self._show_figures(table, self.spend_chart.unit)
        self._show_local()

    @property
    def _scope(self) -> Scope:
        state, (start, end) = self.context.view.state, self.context.view.horizon
        return Scope(state.by, state.stages, start, end, self.subject)

    def _missing(self, table: SpendTable, elements: tuple[str, ...]) -> str:
        """Return why there is nothing to show; an empty text where there is something."""
        if any(row.spend or row.budget for row in table.rows):
            return ""
        if any(row.lines for row in table.rows):
            return NO_PRICE
        return NO_SUPPLY if elements else NO_LINE

    def copy(self) -> None:
        """Copy local sourcing where that has the keyboard, else the figures."""
        if self.local_list.hasFocus():
            copy_table(self.local_list)
        else:
            self.figures_table.copy()

    def _show_figures(self, table: SpendTable, unit: MoneyUnit) -> None:
        self._rows = spend_figures(table, unit)
        periods = [row.period for row in table.rows]
        self.figures_table.figures.show_figures(periods, [row.figures for row in self._rows])
        self._figures_panel.set_title("Figures", f"{unit.name}, by {table.scope.by}")
        notes = (*_unpriced(table.unpriced), *table.notes)
        self.foot.setText("\n".join(notes))
        self.foot.setVisible(bool(notes))

    def _show_local(self) -> None:
        """List the countries that have a target, year by year."""
        self._local = tuple(each for each in self._local if each.target is not None)
        if not self._local:
            self.local_empty.say()
            return
        self.local_empty.show_body()
        self.local.show_rows([_local_row(each) for each in self._local])

    def _follow_figure(self, index: QModelIndex) -> None:
        """Lead to the deliveries that a figure is made of, or to the table of budgets."""
        row, period = self._rows[index.row()], self.spend_chart.periods[index.column()]
        lines = row.behind[index.column()]
        if row.table:
            self.table_wanted.emit(row.table)
        elif lines:
            self.rows_wanted.emit(lines, period)
        else:
            self.said.emit(f"No delivery stands behind this figure of {period}.")

    def _follow_local(self, index: QModelIndex) -> None:
        each = self._local[index.row()]
        if each.lines:
            self.rows_wanted.emit(each.lines, str(each.year))
        else:
            self.said.emit(f"Nothing is bought in {country_name(each.country)} in {each.year}.")


def _unpriced(lines: tuple[Unpriced, ...]) -> tuple[str, ...]:
    """Return what has no price and why: a sentence for each of the first lines, and how many more there are."""
    told = [f"No price: {number(each.tonnes, 1)} t from {each.month} on. {each.reason}" for each in lines[:MOST_TOLD]]
    rest = len(lines) - len(told)
    return (
        (*told, f"{rest} more {'line has' if rest == 1 else 'lines have'} no price in some month.")
        if rest
        else tuple(told)
    )


def _local_row(each: LocalSpend) -> tuple[str, ...]:
    million = MoneyUnit(1_000_000, "million EUR", 2)
    return (
        country_name(each.country),
        str(each.year),
        number(million.told(each.spend), 2),
        number(million.told(each.target), 0),
        number(each.share_pct, 1),
    )


def _offer(combo: QComboBox, words: dict[str, str]) -> None:
    """Let these be chosen, by key; what was chosen stays so where it can."""
    if [combo.itemData(at) for at in range(combo.count())] == list(words):
        return
    before = combo.currentData()
    with QSignalBlocker(combo):
        combo.clear()
        for key, text in words.items():
            combo.addItem(text, key)
        combo.setCurrentIndex(max(0, combo.findData(before)))


PAGE = SpendPage
