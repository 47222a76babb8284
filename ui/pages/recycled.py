"""Recycled content: its share by year against the legal minimum, and what closed loops give back."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from planner.analysis import Period, Scope
from planner.analysis.footprint.recycled import Loop, RecycledRow, RecycledTable, loops, recycled
from ui.charts.loop_chart import LoopChart
from ui.charts.path_chart import PathChart, PathSeries, PathTable
from ui.charts.words import long_name, number
from ui.pages.figures_model import Figures, FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill, lead
from ui.theme import GRID_PX

NO_LINE = (
    "Nothing is supplied yet, and nothing of it is recycled.\n"
    "Add a contract with its lines: each says how much of what it brings is recycled."
)
NO_ELEMENT = "No element has a legal minimum or recycled supply in the years shown."
NO_MINIMUM = "No legal minimum is among the targets: add Recycled content for an element, with the month and the share."
NO_LOOP = (
    "There is no closed loop yet.\n"
    "A line whose origin is Closed loop brings back what a recycler recovers of our scrap and old batteries."
)
WORDS = ("Recycled", "Legal minimum", "Below the minimum")
# More plots below each other are not read any more.
MOST_PLOTS = 6


class RecycledPage(Page):
    """Chart and figures of the recycled share on the left, the closed loop on the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._loops: tuple[Loop, ...] = ()
        self._behind: list[tuple[tuple[tuple[str, int], ...], ...]] = []
        self._years: tuple[str, ...] = ()
        self.share_chart = PathChart(context.theme.theme, NO_ELEMENT)
        self.loop_chart = LoopChart(context.theme.theme)
        self.own_charts(self.share_chart, self.loop_chart)
        for chart in (self.share_chart, self.loop_chart):
            chart.rows_clicked.connect(self.rows_wanted)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        self.loop_choice = QComboBox()
        self.loop_choice.setAccessibleName("Closed loop")
        self.loop_choice.activated.connect(lambda _: self._show_loop())
        self.shares_table = FiguresTable(FiguresModel(self), "Recycled content")
        self.shares_table.activated.connect(self._follow_share)
        self.loop_table = FiguresTable(FiguresModel(self), "Closed loop")
        self.loop_table.activated.connect(self._follow_loop)
        for table in (self.shares_table, self.loop_table):
            lead(table, "a figure", "the deliveries behind it")
        self.first = self.shares_table
        self._lay_out()

    def _lay_out(self) -> None:
        left = Split(
            Qt.Orientation.Vertical,
            (_column(self.told, self.share_chart), 11),
            (Panel("Recycled content", self.shares_table, hint="by calendar year, of the metal supplied"), 9),
        )
        self._loop_panel = Panel("Figures", self.loop_table, hint="t of metal")
        self._loop_label = QLabel("Closed loop")
        self._loop_label.setBuddy(self.loop_choice)
        choice = QWidget()
        across = QHBoxLayout(choice)
        across.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        across.setSpacing(GRID_PX)
        across.addWidget(self._loop_label)
        across.addWidget(self.loop_choice, stretch=1)
        self._choice = choice
        right = Split(Qt.Orientation.Vertical, (_column(choice, self.loop_chart), 11), (self._loop_panel, 9))
        self.loop_empty = EmptyState(right, NO_LOOP, self.table_button("Lines", "lines"))
        self.empty = EmptyState(
            Split(Qt.Orientation.Horizontal, (left, 4), (self.loop_empty, 3)),
            NO_LINE,
            self.button("New contract", "go_contracts"),
            self.button("Import…", "import"),
        )
        fill(self, self.empty)

    @property
    def table(self) -> str:
        """The table that an import or an export from here is likely about."""
        return "returns"

    def refresh(self) -> None:
        """Bring both sides up to date: the shares always by year, the loop by the period of the bar."""
        if not self.plan.count("lines"):
            self.empty.say(NO_LINE)
            return
        self.empty.show_body()
        state, (start, end) = self.context.view.state, self.context.view.horizon
        yearly = Scope(by=Period.YEAR, stages=state.stages, start=start, end=end)
        self._show_shares(self.plan.ask(recycled, yearly))
        self._loops = self.plan.ask(loops, Scope(by=state.by, stages=state.stages, start=start, end=end))
        self._list_loops()

    def copy(self) -> None:
        """Copy the table that has the keyboard, or the shares."""
        (self.loop_table if self.loop_table.hasFocus() else self.shares_table).copy()

    @property
    def loop(self) -> Loop | None:
        """The closed loop that is chosen."""
        at = self.loop_choice.currentIndex()
        return self._loops[at] if 0 <= at < len(self._loops) else None

    def _show_shares(self, table: RecycledTable) -> None:
        self._years = table.periods
        shown = [rows for element in table.elements if _matters(rows := table.of(element))]
        self.share_chart.show_table(
            PathTable(
                "Recycled content against the legal minimum",
                "% of the metal supplied, by year",
                WORDS,
                table.periods,
                tuple(map(_series, shown[:MOST_PLOTS])),
            )
        )
        figures: list[Figures] = []
        self._behind = []
        for element in table.elements:
            rows = table.of(element)
            figures += _figures(element, rows)
            self._behind += [tuple(row.lines for row in rows)] * 3
        self.shares_table.figures.show_figures(table.periods, figures)
        self.told.setText(told(table))

    def _list_loops(self) -> None:
        names = [f"{loop.contract} {loop.line}: {loop.title}" for loop in self._loops]
        if names != [self.loop_choice.itemText(at) for at in range(self.loop_choice.count())]:
            with QSignalBlocker(self.loop_choice):
                before = max(0, self.loop_choice.currentIndex())
                self.loop_choice.clear()
                self.loop_choice.addItems(names)
                self.loop_choice.setCurrentIndex(min(before, len(names) - 1))
        if not self._loops:
            self.loop_empty.say()
            return
        self.loop_empty.show_body()
        self._show_loop()

    def _show_loop(self) -> None:
        loop = self.loop
        if loop is None:
            return
        self.loop_chart.show_loop(loop)
        self._loop_panel.set_title("Figures", loop_sentence(loop))
        rows = loop.rows
        short = frozenset(at for at, row in enumerate(rows) if row.short)
        self.loop_table.figures.show_figures(
            [row.period for row in rows],
            [
                Figures("Returned as scrap (t)", tuple(row.scrap_t for row in rows)),
                Figures("Returned at end of life (t)", tuple(row.end_of_life_t for row in rows)),
                Figures("Recoverable (t)", tuple(row.recoverable_t for row in rows), strong=True),
                Figures("Delivered back (t)", tuple(row.delivered_t for row in rows), strong=True),
                Figures("Balance (t)", tuple(row.balance_t for row in rows), strong=True, short=short),
            ],
        )

    def _follow_share(self, index: QModelIndex) -> None:
        self.rows_wanted.emit(self._behind[index.row()][index.column()], self._years[index.column()])

    def _follow_loop(self, index: QModelIndex) -> None:
        loop = self.loop
        if loop is not None:
            self.rows_wanted.emit(loop.lines, loop.rows[index.column()].period)


def told(table: RecycledTable) -> str:
    """Say of each element with a minimum in which year it fails first, or that it does not."""
    sentences = []
    for element in table.elements:
        rows = [row for row in table.of(element) if row.minimum_pct is not None and row.recycled_pct is not None]
        failure = table.first_failure(element)
        if failure is not None:
            sentences.append(
                f"{element} fails first in {failure.period}: {number(failure.recycled_pct, 1)} % of its supply is"
                f" recycled, {number(failure.minimum_pct, 1)} % must be."
            )
        elif rows:
            sentences.append(f"{element} keeps its minimum in all years shown.")
    return " ".join(sentences) or NO_MINIMUM


def loop_sentence(loop: Loop) -> str:
    """Say in which period more comes back than was recoverable, or that it never does."""
    short = loop.first_short
    if short is None:
        return "never more comes back than can be recovered"
    return f"more comes back than can be recovered, first in {long_name(short.period)}"


def _matters(rows: Sequence[RecycledRow]) -> bool:
    return any(row.minimum_pct is not None or row.recycled_t for row in rows)


def _series(rows: Sequence[RecycledRow]) -> PathSeries:
    return PathSeries(
        name=rows[0].element,
        unit="%",
        decimals=1,
        at_least=True,
        plan=tuple(row.recycled_pct for row in rows),
        path=tuple(row.minimum_pct for row in rows),
        lines=tuple(row.lines for row in rows),
    )


def _figures(element: str, rows: Sequence[RecycledRow]) -> list[Figures]:
    failed = frozenset(at for at, row in enumerate(rows) if row.met is False)
    return [
        Figures(f"{element}, recycled (%)", tuple(row.recycled_pct for row in rows), 1, strong=True, short=failed),
        Figures(f"{element}, legal minimum (%)", tuple(row.minimum_pct for row in rows), 1),
        Figures(f"{element}, recycled (t)", tuple(row.recycled_t for row in rows), 1),
    ]


def _column(head: QWidget, body: QWidget) -> QWidget:
    """Return a widget with all the room below another one."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(head)
    column.addWidget(body, stretch=1)
    return whole


PAGE = RecycledPage
