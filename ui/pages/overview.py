"""The Overview: how well everything is covered, one material against its demand, supported GWh and what is due."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from planner.analysis import Scope, Subject
from planner.analysis.gaps.behind import OF_LINES, lines_behind
from planner.analysis.gaps.heat import Thresholds, cover_groups
from planner.analysis.gaps.stack import StackTable, stacked
from planner.analysis.terms.dates import next_dates
from planner.changes import ChangeSet
from planner.checks import Finding
from planner.errors import PlannerError
from ui.charts.cover_chart import CoverChart
from ui.charts.multiples import SmallMultiples
from ui.charts.period_chart import PeriodChart
from ui.charts.small import SupportedChart
from ui.charts.stack_choice import StackChoice
from ui.dialogs.thresholds import ThresholdsDialog
from ui.grids.grid_view import ROW_PX
from ui.pages.cover_figures import EXPLAINED, SOURCES, attribute_at, figures_of, record_behind
from ui.pages.figures_model import FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.heat_legend import HeatFoot
from ui.pages.heat_map import HeatMap
from ui.pages.next_dates import NextDates
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill, lead
from ui.theme import Theme

NOTHING = (
    "There is no demand and no supply yet.\n"
    "Import demand, or add a contract, and this page tells whether you are covered."
)
DATES = frozenset({"milestones", "volumes", "evidence", "contracts"})
# The heat map may lag behind an edit by so much: the chart goes first.
HEAT_AFTER_MS = 60
# The heat map takes so much of the page, and never less than so many rows.
HEAT_SHARE = 0.36
LEAST_ROWS = 5


class OverviewPage(Page):
    """Heat map above; the chart of what is chosen there with its figures; supported GWh and next dates beside."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme, thresholds = context.theme.theme, context.preferences.thresholds
        self.heat_map, self.foot = HeatMap(theme), HeatFoot(thresholds, theme)
        self.heat_map.set_thresholds(thresholds)
        self.cover_chart = CoverChart(theme)
        self.supported_chart = SupportedChart(theme)
        self.multiples = SmallMultiples(theme)
        self.stack_choice = StackChoice()
        self.cover_chart.offer_stacks(self.stack_choice)
        self.own_charts(self.cover_chart, self.supported_chart, self.multiples)
        self.lead_to_deliveries(self.cover_chart)
        self.first = self.heat_map
        self.figures_table = FiguresTable(FiguresModel(self))
        lead(self.figures_table, "a figure", "what it is made of")
        self.dates = NextDates()
        self._names: dict[str, str] = {}
        self._dates_stale = True
        self._heat_soon = QTimer(self, singleShot=True, interval=HEAT_AFTER_MS)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self._heat_soon.timeout.connect(self._refresh_heat_map)
        self.heat_map.subject_changed.connect(lambda _: self._refresh_chart())
        self.heat_map.subjects_changed.connect(lambda _: self._refresh_multiples())
        self.heat_map.chosen.connect(self._show_period)
        self.heat_map.selectionModel().currentChanged.connect(lambda *_: self._tell_what_is_looked_at())
        self.heat_map.entered.connect(self.figures_table.setFocus)
        self.heat_map.rows_changed.connect(self._fit_heat_map)
        self.foot.thresholds_wanted.connect(self.choose_thresholds)
        self.foot.findings_wanted.connect(lambda: self.action_wanted.emit("show_findings"))
        self.stack_choice.chosen.connect(lambda _: self._refresh_charts())
        self.cover_chart.rows_clicked.connect(self.rows_wanted)
        self.cover_chart.gap_clicked.connect(self._explain)
        self.supported_chart.period_clicked.connect(self._show_bottleneck)
        self.multiples.chosen.connect(self.heat_map.choose)
        self.figures_table.activated.connect(self._follow_figure)
        self.dates.place_wanted.connect(self.place_wanted)

    def _lay_out(self) -> None:
        self._table_panel = Panel("Figures", self.figures_table)
        dates = Panel("Next dates", self.dates, hint="in six months, and what is overdue")
        self._charts = QStackedWidget()
        self._charts.addWidget(self.cover_chart)
        self._charts.addWidget(self.multiples)
        self.foot.add(self.stack_choice)
        left = Split(Qt.Orientation.Vertical, (self._charts, 12), (self._table_panel, 8))
        right = Split(Qt.Orientation.Vertical, (self.supported_chart, 12), (dates, 8))
        self.chart_empty = EmptyState(left, "")
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heat_map)
        column.addWidget(self.foot)
        column.addWidget(Split(Qt.Orientation.Horizontal, (self.chart_empty, 5), (right, 3)), stretch=1)
        self.empty = EmptyState(
            body,
            NOTHING,
            self.button("Import…", "import"),
            self.button("New contract", "go_contracts"),
        )
        fill(self, self.empty)

    # What it is told.

    def refresh(self) -> None:
        """Bring the charts up to date at once, the heat map a moment later."""
        if self.subject is None:
            self._refresh_heat_map()
        else:
            self._heat_soon.start()
        self._refresh_charts()
        scope = self._scope
        self.supported_chart.show_table(
            self.plan.supported(by=scope.by, stages=scope.stages, start=scope.start, end=scope.end)
        )
        self._refresh_dates()
        self.findings_wanted.emit()

    def follow(self, changes: ChangeSet) -> None:
        """Take an edit in; the dates only where it touches what has any."""
        self._dates_stale |= not DATES.isdisjoint(changes.tables)
        super().follow(changes)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        super().set_theme(theme)
        self.heat_map.set_theme(theme)
        self.foot.key.set_theme(theme)

    def choose(self, subject: Subject) -> None:
        """Show this element or material."""
        if self.stale or self._heat_soon.isActive():
            self._refresh_heat_map()
        self.heat_map.choose(subject)

    def show_subject(self, subject: Subject) -> None:
        """Show this element or material, as the heat map does."""
        self.choose(subject)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Say how many there are."""
        super().show_findings(found)
        counts = [sum(each.severity == severity for each in found) for severity in ("error", "warning")]
        self.foot.show_findings(*counts)

    def choose_thresholds(self) -> None:
        """Ask from which cover on a period is short, tight, or holds too much."""
        dialog = ThresholdsDialog(self.context.preferences.thresholds, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.changed.connect(self.set_thresholds)
        dialog.open()

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """Colour by other thresholds from now on."""
        self.context.preferences.thresholds = thresholds
        self.heat_map.set_thresholds(thresholds)
        self.foot.key.set_thresholds(thresholds)

    def copy(self) -> None:
        """Copy what is selected of the heat map where that has the keyboard, else the table of figures."""
        if self.heat_map.hasFocus():
            self.heat_map.copy()
        else:
            self.figures_table.copy()

    # What it is asked.

    @property
    def subject(self) -> Subject | None:
        """The element or material that is chosen."""
        return self.heat_map.subject

    @property
    def chief_chart(self) -> PeriodChart:
        """The charts side by side where several are shown, else the one."""
        return self.multiples if self._charts.currentWidget() is self.multiples else self.cover_chart

    @property
    def _scope(self) -> Scope:
        state, (start, end) = self.context.view.state, self.context.view.horizon
        return Scope(state.by, state.stages, start, end)

    def _stacked(self, subject: Subject) -> StackTable:
        scope, basis = replace(self._scope, subject=subject), self.context.view.state.basis
        return self.plan.ask(stacked, scope, self.stack_choice.by, basis)

    # How it is drawn.

    def _refresh_heat_map(self) -> None:
        self._heat_soon.stop()
        basis = self.context.view.state.basis
        groups = () if self.plan.horizon is None else self.plan.ask(cover_groups, self._scope, basis)
        self._names = {
            table.subject.code: name
            for group in groups
            for table, name in zip(group.materials, group.names, strict=True)
        }
        self.heat_map.show_groups(groups)
        self._fit_heat_map()
        if all(group.is_idle for group in groups):
            self.empty.say(NOTHING)
        else:
            self.empty.show_body()

    def _refresh_charts(self) -> None:
        self._refresh_chart()
        self._refresh_multiples()

    def _refresh_chart(self) -> None:
        """Show what the cursor of the heat map is on: its chart and its figures."""
        subject = self.heat_map.subject
        if subject is None:
            return
        try:
            table = self._stacked(subject)
        except PlannerError as error:
            self.chart_empty.say(str(error), first_step=False)
            return
        self.chart_empty.show_body()
        self.cover_chart.show_stack(table, self._name(subject))
        periods = [row.period for row in table.cover.rows]
        self.figures_table.figures.show_figures(periods, figures_of(table.cover))
        self._table_panel.set_title(self._name(subject), f"{table.cover.unit}, by {table.cover.by}")

    def _refresh_multiples(self) -> None:
        """Set several subjects side by side where cells of several are selected."""
        subjects = self.heat_map.subjects
        side_by_side = len(subjects) > 1
        self._charts.setCurrentWidget(self.multiples if side_by_side else self.cover_chart)
        if side_by_side:
            tables = [table for table in map(self._stacked_or_none, subjects) if table is not None]
            self.multiples.show_tables(tables, [self._name(table.cover.subject) for table in tables])
            self.multiples.choose(self.subject)

    def _stacked_or_none(self, subject: Subject) -> StackTable | None:
        try:
            return self._stacked(subject)
        except PlannerError:
            return None

    def _name(self, subject: Subject) -> str:
        """Return what people call a subject; an element and a material may have the same code."""
        return self._names.get(subject.code, subject.code) if subject.kind == "material" else subject.code

    def _refresh_dates(self) -> None:
        if self._dates_stale:
            self._dates_stale = False
            self.dates.show_dates(self.plan.ask(next_dates, datetime.now(UTC).astimezone().date()))

    def _fit_heat_map(self) -> None:
        """Give the heat map the room that its rows need, as far as the page has it."""
        rows = max(LEAST_ROWS, int(self.height() * HEAT_SHARE) // ROW_PX - 2)
        self.heat_map.setFixedHeight(self.heat_map.height_of(rows))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the heat map to the page."""
        super().resizeEvent(event)
        self._fit_heat_map()

    # Where its figures lead.

    def _tell_what_is_looked_at(self) -> None:
        if self.subject is not None and self.heat_map.period:
            self.looked_at.emit(self.subject, self.heat_map.period)

    def _show_period(self, _subject: Subject, period: str) -> None:
        """Point at a period in the chart and in the table of figures."""
        if period not in self.cover_chart.periods:
            return
        at = self.cover_chart.periods.index(period)
        first, last = self.cover_chart.visible_periods()
        if not first <= at <= last:
            self.cover_chart.reset_view()
        self.cover_chart.point_at(at)
        row = max(0, self.figures_table.currentIndex().row())
        index = self.figures_table.figures.index(row, at)
        self.figures_table.setCurrentIndex(index)
        self.figures_table.scrollTo(index, FiguresTable.ScrollHint.PositionAtCenter)

    def _show_bottleneck(self, period: str) -> None:
        """Lead to the element that limits the cells of a period: the GWh are what it allows."""
        rows = () if self.supported_chart.table is None else self.supported_chart.table.rows
        least = next((row.bottleneck for row in rows if row.period == period), None)
        if least is not None:
            subject = Subject("element", least)
            self.heat_map.choose(subject, period)
            self._show_period(subject, period)

    def _follow_figure(self, index: QModelIndex) -> None:
        """Lead to what a figure is made of."""
        table = self.cover_chart.table
        if table is None or not index.isValid():
            return
        attr = attribute_at(index.row())
        period = table.rows[index.column()].period
        if attr in EXPLAINED:
            self._explain(period)
        elif attr in OF_LINES:
            self._show_lines(table.subject, attr, period)
        elif (key := record_behind(self.plan, attr, table.subject, period)) is not None:
            self.place_wanted.emit(SOURCES[attr], key)
        else:
            self.table_wanted.emit(SOURCES[attr])

    def _explain(self, period: str) -> None:
        if self.cover_chart.table is not None:
            self.explain_wanted.emit(self.cover_chart.table.subject, period)

    def _show_lines(self, subject: Subject, attr: str, period: str) -> None:
        lines = self.plan.ask(lines_behind, self._scope, subject, attr, period)
        if lines:
            self.rows_wanted.emit(lines, period)
        else:
            self.said.emit(f"Nothing stands behind this figure: no line of {subject.code} in {period}.")


PAGE = OverviewPage
