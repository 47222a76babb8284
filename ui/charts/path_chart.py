"""Where the plan stands by year against what is asked for: one plot for each thing that is measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from planner.analysis.traits import LineKeys
from ui.charts.header import Entry
from ui.charts.items import BarsItem, Look, SeriesItem, StepItem, Values, fill_look, hatch_look, line_look
from ui.charts.period_chart import PeriodChart
from ui.charts.plot import PeriodPlot
from ui.charts.words import number
from ui.theme import GRID_PX, Theme, series_colour

PLAN, PATH, GAP = "plan", "path", "gap"


@dataclass(frozen=True, slots=True)
class PathSeries:
    """What is asked for and where the plan stands by period, None where there is nothing; `unit` is for the axis.

    `at_least` tells on which side of the path the plan should be; `lines` are behind each period.
    """

    name: str
    unit: str
    decimals: int
    at_least: bool
    plan: Values
    path: Values
    lines: tuple[LineKeys, ...]


@dataclass(frozen=True, slots=True)
class PathTable:
    """Series over the same periods, under a title; `words` are the names of plan, path and what lies between."""

    title: str
    subtitle: str
    words: tuple[str, str, str]
    periods: tuple[str, ...]
    series: tuple[PathSeries, ...]


class PathDrawing:
    """The graphics of one series."""

    def __init__(self) -> None:
        self.plan = BarsItem()
        self.gap = BarsItem()
        self.path = StepItem()

    @property
    def items(self) -> dict[str, SeriesItem]:
        """All of them, the first at the back."""
        return {PLAN: self.plan, GAP: self.gap, PATH: self.path}

    def show(self, series: PathSeries) -> None:
        """Show a series; what is missing lies above the bar, what is too much within it."""
        plan = tuple(value or 0.0 for value in series.plan)
        self.plan.set_bars(tuple(0.0 for _ in plan), plan)
        self.path.set_values(series.path)
        ends = [_gap(series, at) for at in range(len(plan))]
        self.gap.set_bars(tuple(low for low, _ in ends), tuple(high - low for low, high in ends))


class PathChart(PeriodChart):
    """Bars of the plan, a step line of the path, hatched what misses it; a click emits `rows_clicked`."""

    rows_clicked = Signal(tuple, str)

    def __init__(self, theme: Theme, empty: str = "", parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start with one empty plot, which says `empty`."""
        self.table: PathTable | None = None
        self._empty = empty
        self.drawings = [PathDrawing()]
        self._words = ("Plan", "Target", "Missed by")
        super().__init__(theme, (self.drawings[0].items,), self._entries(), (1,), readout=readout, parent=parent)
        self._made = list(self.plots)
        self.setMinimumSize(40 * GRID_PX, 24 * GRID_PX)
        self.plots[0].say(empty)

    def _entries(self) -> tuple[Entry, ...]:
        first, series = self.drawings[0], () if self.table is None else self.table.series
        plan, path, gap = self._words
        asides = (Entry(f"of:{at}", each.name, None) for at, each in enumerate(series))
        return (Entry(PLAN, plan, first.plan), Entry(PATH, path, first.path), Entry(GAP, gap, first.gap), *asides)

    def show_table(self, table: PathTable) -> None:
        """Show a table, each series in a plot of its own."""
        if table == self.table:
            return
        named = None if self.table is None else [each.name for each in self.table.series]
        self.table, self._words = table, table.words
        self._have_plots(max(1, len(table.series)))
        self.set_periods(table.periods)
        self.header.set_title(table.title, table.subtitle)
        for plot, drawing, series in zip(self.plots, self.drawings, table.series, strict=False):
            drawing.show(series)
            # Beside one plot alone a long unit has no room, and the title names it.
            plot.set_unit(*((f"{series.name}, {series.unit}", series.name) if len(table.series) > 1 else ("",)))
        if named != [each.name for each in table.series]:
            self.set_entries(self._entries())
        self.plots[0].say("" if table.series else self._empty)
        self._refresh()

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series; what misses the path is hatched."""
        return {
            PLAN: fill_look(series_colour(theme, -1)),
            GAP: hatch_look(theme.shortage, theme.base, Qt.BrushStyle.BDiagPattern),
            PATH: line_look(theme.demand, 2.5, edge=theme.base),
        }

    def readings(self, index: int) -> dict[str, str]:
        """Return the plan and the path of each series, `4.6 of 6.0 %`; the legend's own where there is one alone."""
        if self.table is None:
            return {}
        found = {f"of:{at}": _reading(each, index) for at, each in enumerate(self.table.series)}
        if len(self.table.series) == 1:
            only = self.table.series[0]
            low, high = _gap(only, index)
            found[PLAN], found[PATH] = (number(each[index], only.decimals) for each in (only.plan, only.path))
            found[GAP] = number(high - low, only.decimals)
        return found

    def click_in(self, plot: PeriodPlot, index: int, place: QPointF) -> None:
        """Lead to the lines behind the period of a series."""
        del place
        at = self.plots.index(plot)
        if self.table is not None and at < len(self.table.series):
            self.rows_clicked.emit(self.table.series[at].lines[index], self.periods[index])

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same table, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, self._empty, readout=False)
        if self.table is not None:
            copy.show_table(self.table)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return a row for each series and period as text, exactly as computed; empty where there is no number."""
        head = ["what", "period", "unit", "plan", "path"]
        if self.table is None:
            return [head]
        return [
            head,
            *(
                [each.name, period, each.unit, _text(plan), _text(path)]
                for each in self.table.series
                for period, plan, path in zip(self.table.periods, each.plan, each.path, strict=True)
            ),
        ]

    def _have_plots(self, count: int) -> None:
        """Have so many plots below each other; one that was made once is kept."""
        if count == len(self.plots):
            return
        for plot in self.plots:
            self.view.removeItem(plot.plot)
        while len(self._made) < count:
            self.drawings.append(PathDrawing())
            self._made.append(self.make_plot(self.drawings[-1].items))
        self.plots = tuple(self._made[:count])
        for plot in self.plots:
            plot.time.show()
        self.arrange((1,) * count)
        self._set_axes()
        self.set_theme(self.theme)


def _gap(series: PathSeries, at: int) -> tuple[float, float]:
    """Return where what misses the path begins and ends; both the same where nothing does."""
    plan, path = series.plan[at], series.path[at]
    if plan is None or path is None or (plan >= path if series.at_least else plan <= path):
        return 0.0, 0.0
    return min(plan, path), max(plan, path)


def _reading(series: PathSeries, at: int) -> str:
    plan, path = number(series.plan[at], series.decimals), series.path[at]
    return f"{plan} {series.unit}" if path is None else f"{plan} of {number(path, series.decimals)} {series.unit}"


def _text(value: float | None) -> str:
    return "" if value is None else str(value)
