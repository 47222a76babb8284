"""What every page is: it shows one plan, obeys one view, and follows edits while it is in sight."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from planner.analysis import Subject
from planner.changes import ChangeSet
from planner.checks import Finding
from planner.errors import PlannerError
from planner.fields import Value, target_of
from planner.model import table_named
from planner.plan import Plan
from ui.charts.period_chart import PeriodChart
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.grids.selection import SelectionStatistics
from ui.pages.chart_files import ChartFiles
from ui.pages.page_grids import PageGrids
from ui.plan_signals import PlanSignals
from ui.preferences import Preferences
from ui.theme import LiveTheme, Theme
from ui.view import View


@dataclass(frozen=True)
class Context:
    """What a page is given."""

    plan: Plan
    signals: PlanSignals
    view: View
    theme: LiveTheme
    preferences: Preferences


class Page(QWidget):
    """The base of pages; grids follow edits by themselves, `refresh` is for what is computed.

    `said` carries a sentence for the status bar, `statistics_changed` what is selected, `current_changed` that other
    actions make sense now, `action_wanted` the id of an action of the window, `period_wanted` the label of a period
    whose deliveries shall be shown, `table_wanted` the name of a table to go to, `findings_wanted` that it marks the
    rows that findings are about, `record_wanted` the table and the code of a record that a grid has to refer to,
    `place_wanted` a table and the key of a record in it to go to, `explain_wanted` a subject and the label of a period
    whose gap shall be explained, `looked_at` those that somebody came to, `contract_wanted` the reference of a contract
    to go to, `rows_wanted` lines, each by contract and number, whose deliveries shall be shown alone, and the label of
    a period, empty for none. `stale` tells whether something happened that it does not show yet; `first` is what has
    the keyboard when the page is gone to.
    """

    said = Signal(str)
    statistics_changed = Signal(SelectionStatistics)
    current_changed = Signal()
    action_wanted = Signal(str)
    period_wanted = Signal(str)
    table_wanted = Signal(str)
    findings_wanted = Signal()
    record_wanted = Signal(str, str, GridView)
    contract_wanted = Signal(str)
    rows_wanted = Signal(tuple, str)
    place_wanted = Signal(str, tuple)
    explain_wanted = Signal(Subject, str)
    looked_at = Signal(Subject, str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.plan = context.plan
        self.charts: tuple[PeriodChart, ...] = ()
        self.grids = PageGrids(context.plan, context.preferences, self)
        self.grids.said.connect(self.said)
        self.grids.current_changed.connect(self.current_changed)
        self._buttons: list[tuple[QPushButton, str]] = []
        self.stale = True
        # Not as Qt's focus proxy, with which Tab would leave out what stands before it.
        self.first: QWidget | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh_now)
        context.signals.changed.connect(self.follow)
        context.signals.changed.connect(self._want_findings)
        context.view.changed.connect(self.go_stale)
        context.theme.changed.connect(self.set_theme)
        for key, step in (("F6", 1), ("Shift+F6", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.grids.step(step))

    def take_keyboard(self) -> None:
        """Give the keyboard to what is used first on the page."""
        (self.first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Bring what the page computes up to date."""

    def follow(self, changes: ChangeSet) -> None:  # noqa: ARG002 - for those that look closer
        """Take an edit in."""
        self.go_stale()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours; widgets follow the palette by themselves."""
        for chart in self.charts:
            chart.set_theme(theme)

    def own_charts(self, *charts: PeriodChart) -> None:
        """Make charts the page's, the chief one first: their menus work."""
        self.charts = charts
        for chart in charts:
            ChartFiles(chart, self.said.emit)
            # A graphics view takes every drag for its scene: a file dropped on a chart belongs to the window.
            for part in (chart.view, chart.view.viewport()):
                part.setAcceptDrops(False)

    def lead_to_deliveries(self, *charts: PeriodChart) -> None:
        """Let a click on a period of these charts lead to its deliveries."""
        for chart in charts:
            chart.period_clicked.connect(self.period_wanted)

    def button(self, text: str, action: str) -> QPushButton:
        """Return a button that asks for an action of the window, and can be pressed when the action can be chosen."""
        button = QPushButton(text)
        button.clicked.connect(lambda: self.action_wanted.emit(action))
        self._buttons.append((button, action))
        return button

    def table_button(self, text: str, table: str) -> QPushButton:
        """Return a button that leads to a table."""
        button = QPushButton(text)
        button.clicked.connect(lambda: self.table_wanted.emit(table))
        return button

    def show_enabled(self, enabled: Collection[str]) -> None:
        """Let the buttons be pressed whose actions can be chosen now."""
        for button, action in self._buttons:
            button.setEnabled(action in enabled)

    @property
    def offers(self) -> frozenset[str]:
        """The ids of the actions that make sense with what is chosen here, if the plan may be written."""
        shown = None if self.grid is None else self.grid.grid
        found = {"copy"}
        if shown is not None:
            found |= {"cut", "paste", "fill_down", "fill_right", "fill_series", "set_all", "find", "replace"}
            found |= {"filters"} if shown.filterable else set()
            found |= {"columns"} if shown.all_columns else set()
            found |= {"add_row"} if isinstance(shown, RecordModel) else set()
            found |= {"delete_rows"} if shown.deletes_rows else set()
        found |= {"save_chart", "copy_chart"} if self.charts else set()
        found |= {"duplicate_contract"} if self.chosen_contract is not None else set()
        return frozenset(found | ({"phase_volumes"} if self.chosen_line is not None else set()))

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        if self.grid is not None:
            self.grid.copy()

    def adopt(self, grid: GridView, name: str = "") -> GridView:
        """Make a grid one of the page's: its sentences and sums go to the status bar.

        Under a name the order and the widths of its columns are remembered on this machine.
        """
        grid.refused.connect(self.said)
        grid.statistics_changed.connect(self.statistics_changed)
        grid.selectionModel().currentChanged.connect(lambda *_: self.current_changed.emit())
        grid.new_record_wanted.connect(lambda table, code: self.record_wanted.emit(table, code, grid))
        if self.grid is None and self.first is None:
            self.first = grid
        self.grids.add(grid, name)
        return grid

    @property
    def grid(self) -> GridView | None:
        """The grid that has the keyboard or had it last, else the first of the page."""
        return self.grids.current

    @property
    def chosen_contract(self) -> str | None:
        """The reference of the contract that is chosen here."""
        return None

    @property
    def chosen_line(self) -> tuple[str, int] | None:
        """The contract and number of the line that is chosen here."""
        return None

    @property
    def chosen_lines(self) -> tuple[tuple[str, int], ...]:
        """The contract and number of each line that is chosen here."""
        return () if self.chosen_line is None else (self.chosen_line,)

    @property
    def table(self) -> str:
        """The table that an import or an export from here is likely about."""
        shown = None if self.grid is None else self.grid.grid
        return shown.table if isinstance(shown, RecordModel) else "deliveries"

    def mark(self, status: str) -> None:  # noqa: ARG002 - for the page that can
        """Give the selected deliveries a status; PlannerError where there are none."""
        raise PlannerError("Select deliveries on the page Deliveries first.")

    def show_period(self, period: str) -> None:
        """Bring the months of a period into sight, where there are months."""

    def show_lines(self, lines: Sequence[tuple[str, int]], period: str) -> None:
        """Show some lines alone, where lines can be shown."""

    def show_table(self, table: str) -> None:
        """Show a table, where tables can be chosen."""

    def show_subject(self, subject: Subject) -> None:
        """Show an element or a material, where they can be chosen."""

    def show_record(self, table: str, key: tuple[Value, ...]) -> bool:
        """Put the cursor on a record, or else on the one that it belongs to; False where neither is shown."""
        owner_shown = self.show_owner(table, key)
        if owner_shown and self.stale:
            self._refresh_now()
        return self.grids.go_to(table, key) or owner_shown

    def show_owner(self, table: str, key: tuple[Value, ...]) -> bool:
        """Put the cursor on the record that another one belongs to; False where that is not shown."""
        first = table_named(table).key[0]
        target = target_of(first.kind)
        if target is None or target[0] == table:
            return False
        return self.show_record(target[0], key[: len(table_named(target[0]).key)])

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Mark the rows that findings are about."""
        self.grids.mark(found)

    def _want_findings(self) -> None:
        if self.isVisible() and self.grids.hold_records:
            self.findings_wanted.emit()

    def save_chart(self) -> None:
        """Ask where to write the chief chart; PlannerError where there is none."""
        self.chief_chart.save_requested.emit(".png")

    def copy_chart(self) -> None:
        """Put the chief chart on the clipboard; PlannerError where there is none."""
        self.chief_chart.copy_picture_requested.emit()

    @property
    def chief_chart(self) -> PeriodChart:
        """The chart that is saved and copied; PlannerError where there is none."""
        if not self.charts:
            raise PlannerError("There is no chart on this page; the Overview has one.")
        return self.charts[0]

    def go_stale(self) -> None:
        """Refresh soon, once for many edits; or when the page is next shown."""
        self.stale = True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date before the first painting."""
        super().showEvent(event)
        if self.stale:
            self._refresh_now()
        self._want_findings()

    def _refresh_now(self) -> None:
        self.stale = False
        self.refresh()
