"""Targets: each with its path by year, where the plan stands, and whether that is met."""

from collections import Counter

from PySide6.QtCore import QModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from planner.analysis import Period, Scope
from planner.analysis.aims.targets import TargetRow, TargetYear, targets
from ui.charts.path_chart import PathChart, PathSeries, PathTable
from ui.charts.words import number
from ui.pages.copied import copy_table
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill
from ui.pages.targets_model import TargetsModel, decimals_of, in_words, note_of, standing_of, title_of
from ui.pages.targets_table import MARK_PX, Mark, TargetsTable, draw_mark
from ui.theme import GRID_PX, quiet

NO_TARGET = (
    "There is no target yet.\n"
    "Add one: a carbon path, recycled content, cover, the largest share of a supplier or a country, local sourcing."
)
NO_YEAR = "Choose years in the bar above that the plan has data for."
WORDS = ("Plan", "Target", "Missed by")
MARKS: tuple[tuple[Mark, str], ...] = (
    ("met", "met"),
    ("missed", "missed"),
    ("open", "open: what is not known of the plan could still turn it"),
)


class MarkLabel(QWidget):
    """One of the marks of the table."""

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self._mark = mark
        self.setFixedSize(QSize(MARK_PX + 2, 2 * GRID_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the ink of words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        draw_mark(painter, centre, self._mark, self.palette().color(QPalette.ColorRole.WindowText))
        painter.end()


class TargetsPage(Page):
    """The table above; below it the chart of the target that is chosen, and what its figures are of."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.model = TargetsModel(self)
        self.view = TargetsTable(self.model)
        self.view.setStatusTip(
            "Double-click a year, or press Enter, for the deliveries behind it; a name for its points"
        )
        self.first = self.view
        self.path_chart = PathChart(context.theme.theme)
        self.own_charts(self.path_chart)
        self.path_chart.rows_clicked.connect(self.rows_wanted)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        self.view.activated.connect(self._follow)
        self.view.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        self._lay_out()

    def _lay_out(self) -> None:
        self._panel = Panel(
            "Targets",
            self.view,
            hint="by calendar year",
            buttons=(self.table_button("Edit targets", "targets"),),
            foot=_key(),
        )
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.told)
        column.addWidget(self.path_chart, stretch=1)
        self.empty = EmptyState(
            Split(Qt.Orientation.Vertical, (self._panel, 13), (below, 8)),
            NO_TARGET,
            self.table_button("Targets", "targets"),
            self.button("Import…", "import"),
        )
        fill(self, self.empty)

    @property
    def target(self) -> TargetRow | None:
        """The target whose row the cursor is in."""
        row = self.view.currentIndex().row()
        return self.model.targets[row] if 0 <= row < len(self.model.targets) else None

    @property
    def table(self) -> str:
        """The table that an import or an export from here is likely about."""
        return "targets"

    def refresh(self) -> None:
        """Bring the table up to date, and the chart of what is chosen in it."""
        state, (start, end) = self.context.view.state, self.context.view.horizon
        rows = self.plan.ask(targets, Scope(by=Period.YEAR, stages=state.stages, start=start, end=end))
        before = self.view.currentIndex()
        place = max(0, before.row()), max(0, before.column())
        self.model.show_targets(rows)
        if not rows or not rows[0].years:
            self.empty.say(NO_YEAR if rows else NO_TARGET, first_step=not rows)
            return
        self.empty.show_body()
        self._panel.set_title("Targets", _summary(rows))
        if not self.view.currentIndex().isValid():
            row, column = min(place[0], len(rows) - 1), min(place[1], self.model.columnCount() - 1)
            self.view.setCurrentIndex(self.model.index(row, column))
        self._show_chosen()

    def copy(self) -> None:
        """Copy the table."""
        copy_table(self.view)

    def _show_chosen(self) -> None:
        target = self.target
        if target is None:
            return
        self.path_chart.show_table(_path_table(target))
        self.told.setText(told(target, self.model.year_at(self.view.currentIndex())))

    def _follow(self, index: QModelIndex) -> None:
        year, target = self.model.year_at(index), self.model.targets[index.row()]
        if year is None:
            self.place_wanted.emit("targets", target.keys[0])
        elif year.lines:
            self.rows_wanted.emit(year.lines, year.year)


def told(target: TargetRow, year: TargetYear | None) -> str:
    """Say what the figure of a year is of; of a whole target, in which year it is missed first."""
    if year is None:
        missed = next((each for each in target.years if each.met is False), None)
        if missed is not None:
            return f"{title_of(target)} is missed first in {missed.year}: {in_words(missed, decimals_of(target))}."
        asked = [each for each in target.years if each.path is not None]
        if not asked:
            return f"{title_of(target)} asks for nothing in the years shown."
        unsure = sum(each.met is None for each in asked)
        tail = f"; in {unsure} of {len(asked)} it is open" if unsure else ""
        return f"{title_of(target)} is missed in no year shown{tail}."
    name, note = title_of(target), note_of(target, year)
    note = f" ({note})" if note else ""
    if year.plan is None:
        return f"{name}, {year.year}: where the plan stands is not known{note}."
    plan = f"{number(year.plan, decimals_of(target))} {target.unit}"
    if year.path is None:
        return f"{name}, {year.year}: the plan stands at {plan}{note}; nothing is asked for yet."
    aim = f"{target.direction.removesuffix(' path')} {number(year.path, decimals_of(target))}"
    return f"{name}, {year.year}: the plan stands at {plan}{note}; {aim} is asked for: {standing_of(year)}."


def _summary(rows: tuple[TargetRow, ...]) -> str:
    """Return how many targets are missed in some year of those shown."""
    counts = Counter(any(year.met is False for year in row.years) for row in rows)
    return f"by calendar year; {counts[True]} of {len(rows)} missed in some year"


def _path_table(target: TargetRow) -> PathTable:
    series = PathSeries(
        name=title_of(target),
        unit=target.unit,
        decimals=decimals_of(target),
        at_least=target.direction == "at least",
        plan=tuple(year.plan for year in target.years),
        path=tuple(year.path for year in target.years),
        lines=tuple(year.lines for year in target.years),
    )
    periods = tuple(year.year for year in target.years)
    return PathTable(title_of(target), f"{target.unit}, by year", WORDS, periods, (series,))


def _key() -> QWidget:
    """Return what the marks mean, in one line."""
    key = QWidget()
    across = QHBoxLayout(key)
    across.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
    across.setSpacing(GRID_PX)
    for mark, words in MARKS:
        label = QLabel(words)
        quiet(label)
        label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        across.addWidget(MarkLabel(mark))
        across.addWidget(label)
        across.addSpacing(GRID_PX)
    across.addStretch(1)
    return key


PAGE = TargetsPage
