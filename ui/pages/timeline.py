"""The Timeline: the terms of all contracts by stage, their milestones, and the ends of both to drag."""

from datetime import UTC, date, datetime
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from planner.analysis.terms.timeline import Records, TimelineRow, day_after, first_day, timeline
from planner.commands import Command, SetForecast, SetTerm
from planner.errors import PlannerError
from planner.model import Contract, Milestone, Organisation, Record, StageChange, Volume
from planner.units import MONTHS_PER_YEAR, Month
from ui.charts.timeline_chart import HELP, ZOOM, TimelineChart
from ui.charts.timeline_drag import MarkMove, TermMove
from ui.charts.timeline_legend import TimelineLegend
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, fill
from ui.theme import GRID_PX, Theme

NO_CONTRACT = (
    "There is no contract yet.\n"
    "Each contract is a bar over its term here, with its stages and milestones; the page Contracts makes one."
)

R = TypeVar("R", bound=Record)


class TimelinePage(Page):
    """All contracts over time; a drag is one edit."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme.theme
        self.chart = TimelineChart(theme)
        self.chart.editable = context.plan.read_only is None
        self.legend = TimelineLegend(theme)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Contract or supplier contains…")
        self.filter.setAccessibleName("Contract or supplier contains")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFixedWidth(30 * GRID_PX)
        self.rows: tuple[TimelineRow, ...] = ()
        self._horizon: tuple[Month, Month] | None = None
        body = Panel("Contracts over time", self._body(), hint=self._hint(), buttons=self._zoom_buttons())
        self.empty = EmptyState(body, NO_CONTRACT, self.button("New contract", "go_contracts"))
        fill(self, self.empty)
        self.first = self.chart
        self.filter.textChanged.connect(self._show_rows)
        self.chart.contract_wanted.connect(self.contract_wanted)
        self.chart.current_changed.connect(self.current_changed)
        self.chart.term_moved.connect(self._move_term)
        self.chart.mark_moved.connect(self._move_mark)

    @property
    def chosen_contract(self) -> str | None:
        """The contract of the current row."""
        return None if self.chart.current_row is None else self.chart.current_row.contract

    @property
    def table(self) -> str:
        """The table that an import or an export from here is likely about."""
        return "contracts"

    def refresh(self) -> None:
        """Read the contracts, and show the horizon of the bar when it has become another."""
        plan = self.plan
        records = Records(
            contracts=self._records(Contract),
            organisations=self._records(Organisation),
            changes=self._records(StageChange),
            milestones=self._records(Milestone),
            volumes=self._records(Volume),
            spans=plan.delivery_spans(),
        )
        self.rows = timeline(records, _today())
        self._show_rows()
        horizon = self.context.view.horizon
        if horizon != self._horizon:
            self._horizon = horizon
            self.chart.show_range(first_day(horizon[0]), day_after(horizon[1]))
        if self.rows:
            self.empty.show_body()
        else:
            self.empty.say()
        self.current_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        super().set_theme(theme)
        self.chart.set_theme(theme)
        self.legend.set_theme(theme)

    def _records(self, kind: type[R]) -> list[R]:
        return [row.record for row in self.plan.rows(kind.table) if isinstance(row.record, kind)]

    def _show_rows(self) -> None:
        """Show the rows that the filter lets through."""
        wanted = self.filter.text().strip().casefold()
        rows = tuple(r for r in self.rows if wanted in f"{r.contract}\n{r.supplier}\n{r.title}".casefold())
        self.chart.say("" if rows else f"No contract and no supplier contains “{self.filter.text().strip()}”.")
        self.chart.show_rows(rows, _today())

    def _move_term(self, move: TermMove) -> None:
        self._run(SetTerm(move.contract, move.start, move.end))

    def _move_mark(self, move: MarkMove) -> None:
        self._run(SetForecast(move.contract, move.name, move.day))

    def _run(self, command: Command) -> None:
        try:
            self.plan.run(command)
        except PlannerError as error:
            self.said.emit(str(error))
        else:
            self.said.emit(command.title)

    def _body(self) -> QWidget:
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID_PX, 0, 2 * GRID_PX, GRID_PX)
        head.setSpacing(3 * GRID_PX)
        head.addWidget(self.filter, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.legend, stretch=1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.chart, stretch=1)
        return body

    def _hint(self) -> str:
        if self.plan.read_only is not None:
            return "Enter opens a contract."
        return "Drag an end of a bar to move the term, or a milestone to move its forecast."

    def _zoom_buttons(self) -> tuple[QPushButton, ...]:
        made = []
        for text, tip, act in (
            ("−", "Show more time (−)", lambda: self.chart.zoom(1 / ZOOM)),
            ("+", "Show less time (+)", lambda: self.chart.zoom(ZOOM)),
            ("Whole", "Show all contracts from the first day to the last", self.chart.show_all),
            ("This year", "Show the months of this year", self._show_this_year),
        ):
            button = QPushButton(text)
            button.setToolTip(f"{tip}\n{HELP}" if text == "Whole" else tip)
            button.setAccessibleName(tip)
            button.clicked.connect(act)
            if len(text) == 1:
                button.setFixedWidth(4 * GRID_PX)
            made.append(button)
        return tuple(made)

    def _show_this_year(self) -> None:
        year = _today().year
        low, high = first_day(Month.of(year, 1)), day_after(Month.of(year, MONTHS_PER_YEAR))
        self.chart.set_scale(self.chart.scale.showing(low.toordinal(), high.toordinal()))


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


PAGE = TimelinePage
