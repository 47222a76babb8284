"""Concentration: on how few suppliers, plants or countries each element hangs, and what the loss of one would mean."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from planner.analysis import Scope, Subject
from planner.analysis.origins.concentration import (
    ConcentrationBy,
    ConcentrationRow,
    Loss,
    concentration,
    losses,
    month_of_loss,
)
from planner.errors import PlannerError
from planner.units import Month
from ui.charts.countries import country_name
from ui.charts.shares_chart import SharesChart, SharesTable
from ui.charts.words import long_name, number
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.copied import copy_table
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill, lead
from ui.theme import GRID_PX

NO_LINE = (
    "Nothing is supplied yet, so that it hangs on nobody.\n"
    "Add a contract with its lines and deliveries, or import them."
)
NO_SUPPLY = "Nothing is supplied in the years shown.\nChoose other years in the bar above, or count more stages."
WORDS = {
    ConcentrationBy.SUPPLIER: ("Suppliers", "supplier"),
    ConcentrationBy.PLANT: ("Plants", "plant"),
    ConcentrationBy.COUNTRY: ("Countries", "country"),
}
DASH = "–"
ABOVE = "▲"


class ConcentrationPage(Page):
    """The elements, the shares of the chosen one by period, and what is lost with each that supplies it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._rows: dict[str, tuple[ConcentrationRow, ...]] = {}
        self._losses: dict[str, tuple[Loss, ...]] = {}
        self._listed: tuple[str, ...] = ()
        self.among_choice = QComboBox()
        self.among_choice.setAccessibleName("Among what supply is shared out")
        for by, (title, _) in WORDS.items():
            self.among_choice.addItem(title, by)
        self.among_choice.activated.connect(lambda _: self.go_stale())
        self.elements = TextsModel(("Element", "Highest HHI", "In"), frozenset({1}), self)
        self.list = ReadingView(self.elements, 0)
        self.list.setAccessibleName("Elements")
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_element())
        self.first = self.list
        self.chart = SharesChart(context.theme.theme)
        self.own_charts(self.chart)
        self.chart.rows_clicked.connect(self.rows_wanted)
        self.periods = TextsModel(
            ("Period", "Supply, t", "HHI", "Largest", "Share, %", "Limit, %"), frozenset({1, 2, 4, 5}), self
        )
        self.period_list = ReadingView(self.periods, 3)
        self.period_list.setAccessibleName("Concentration by period")
        self.period_list.activated.connect(self._lead_to_period)
        lead(self.period_list, "a period", "the deliveries behind it")
        self.lost = TextsModel(
            ("Lost", "Share, %", "Months left", "Short from", "Missing, t", "Short anyway"),
            frozenset({1, 2, 4}),
            self,
        )
        self.lost_list = ReadingView(self.lost, 0)
        self.lost_list.setAccessibleName("If one is lost")
        self.lost_list.activated.connect(self._lead_to_lost)
        lead(self.lost_list, "one", "the deliveries that would be lost")
        self._lay_out()

    def _lay_out(self) -> None:
        self._period_panel = Panel("By period", self.period_list)
        self._lost_panel = Panel("If one is lost", self.lost_list)
        below = Split(Qt.Orientation.Horizontal, (self._period_panel, 5), (self._lost_panel, 6))
        figures = Split(Qt.Orientation.Vertical, (self.chart, 11), (below, 9))
        self.empty = EmptyState(
            Split(Qt.Orientation.Horizontal, (self._chooser(), 0), (figures, 1)),
            NO_LINE,
            self.button("New contract", "go_contracts"),
            self.button("Import…", "import"),
        )
        fill(self, self.empty)

    def _chooser(self) -> QWidget:
        chooser, label = QWidget(), QLabel("Among")
        label.setBuddy(self.among_choice)
        chooser.setMinimumWidth(28 * GRID_PX)
        across = QHBoxLayout()
        across.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        across.setSpacing(GRID_PX)
        across.addWidget(label)
        across.addWidget(self.among_choice, stretch=1)
        down = QVBoxLayout(chooser)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addLayout(across)
        down.addWidget(self.list, stretch=1)
        return chooser

    @property
    def among(self) -> ConcentrationBy:
        """Among what supply is shared out."""
        return ConcentrationBy(self.among_choice.currentData())

    @property
    def element(self) -> str | None:
        """The element that is chosen."""
        row = self.list.currentIndex().row()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def choose(self, element: str, among: ConcentrationBy | None = None) -> None:
        """Show an element, among suppliers, plants or countries."""
        if among is not None and among is not self.among:
            self.among_choice.setCurrentIndex(list(WORDS).index(among))
            self.refresh()
        if element in self._listed:
            self.list.setCurrentIndex(self.elements.index(self._listed.index(element), 0))

    def show_subject(self, subject: Subject) -> None:
        """Show an element, as the list does."""
        if subject.kind == "element":
            if self.stale:
                self.refresh()
            self.choose(subject.code)

    @property
    def table(self) -> str:
        """The table that an import or an export from here is likely about."""
        return "lines"

    def refresh(self) -> None:
        """Bring all of it up to date."""
        state, (start, end) = self.context.view.state, self.context.view.horizon
        scope = Scope(by=state.by, stages=state.stages, start=start, end=end)
        rows = self.plan.ask(concentration, scope, self.among)
        first = self.plan.ask(month_of_loss, scope, date.today())  # noqa: DTZ011 - the day of the person's own calendar
        try:
            lost = self.plan.ask(losses, scope, self.among, first)
        except PlannerError:
            # The years shown begin after the last month of the plan.
            lost = ()
        self._rows = _by_element(rows)
        self._losses = {code: tuple(loss for loss in lost if loss.subject.code == code) for code in self._rows}
        self._period_panel.set_title("By period", f"t of metal, by {state.by}; {ABOVE} above the limit")
        self._lost_panel.set_title("If one is lost", f"from {long_name(str(first))} on, in the first twelve months")
        self._list_elements(none=not rows)

    def copy(self) -> None:
        """Put what is lost, if that has the keyboard, or the table by period on the clipboard with its headings."""
        copy_table(self.lost_list if self.lost_list.hasFocus() else self.period_list)

    def _list_elements(self, *, none: bool) -> None:
        before = self.element
        supplied = {code: rows for code, rows in self._rows.items() if any(row.shares for row in rows)}
        self._listed = tuple(supplied)
        self.elements.show_rows([_element_row(code, rows) for code, rows in supplied.items()])
        if not supplied:
            self.empty.say(NO_LINE if none else NO_SUPPLY, first_step=none)
            return
        self.empty.show_body()
        at = self._listed.index(before) if before in self._listed else 0
        self.list.setCurrentIndex(self.elements.index(at, 0))
        self._show_element()

    def _show_element(self) -> None:
        element = self.element
        if element is None:
            return
        rows, lost = self._rows[element], self._losses[element]
        plural, one = WORDS[self.among]
        names = {share.key: self._name(share.key, share.title) for row in rows for share in row.shares}
        state = self.context.view.state
        self.chart.show_table(SharesTable(f"{element}: supply by {one}", f"% of t metal, by {state.by}", rows, names))
        self.periods.show_rows([_period_row(row, names) for row in rows])
        self.lost.show_rows([_lost_row(loss, self._name(loss.key, loss.title)) for loss in lost])
        self.list.setToolTip(f"HHI: 10,000 where one supplies everything; less, the more {plural.lower()} share it")

    def _name(self, key: str, title: str) -> str:
        return country_name(key) if key and self.among is ConcentrationBy.COUNTRY else title

    def _lead_to_period(self, index: QModelIndex) -> None:
        if self.element is not None:
            row = self._rows[self.element][index.row()]
            if row.lines:
                self.rows_wanted.emit(row.lines, row.period)

    def _lead_to_lost(self, index: QModelIndex) -> None:
        if self.element is not None:
            loss = self._losses[self.element][index.row()]
            self.rows_wanted.emit(loss.lines, str(loss.first))


def _by_element(rows: tuple[ConcentrationRow, ...]) -> dict[str, tuple[ConcentrationRow, ...]]:
    codes = dict.fromkeys(row.subject.code for row in rows)
    return {code: tuple(row for row in rows if row.subject.code == code) for code in codes}


def _element_row(code: str, rows: tuple[ConcentrationRow, ...]) -> tuple[str, ...]:
    """Return the highest HHI of an element, and the first period that has it."""
    highest = max(row.hhi for row in rows if row.hhi is not None)
    return code, number(highest, 0), next(row.period for row in rows if row.hhi == highest)


def _period_row(row: ConcentrationRow, names: dict[str, str]) -> tuple[str, ...]:
    largest = row.largest
    return (
        row.period,
        number(row.supply_t, 1),
        number(row.hhi, 0),
        DASH if largest is None else names[largest.key],
        DASH if largest is None else f"{f'{ABOVE} ' if row.is_above_limit else ''}{number(largest.pct, 1)}",
        number(row.limit_pct, 0),
    )


def _lost_row(loss: Loss, name: str) -> tuple[str, ...]:
    return (
        name,
        number(loss.share_pct, 1),
        DASH if loss.months_left is None else str(loss.months_left),
        _month(loss.short),
        number(loss.missing_t, 1),
        _month(loss.short_anyway),
    )


def _month(month: Month | None) -> str:
    return "never" if month is None else str(month)


PAGE = ConcentrationPage
