"""Spend by period, stacked by what it is split by, with the budget as a line."""

from collections.abc import Mapping
from typing import Final, Self

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QWidget

from planner.analysis.money.cost import gathered
from planner.analysis.money.cost_values import SpendBy, SpendSeries, SpendTable
from ui.charts.countries import country_name
from ui.charts.header import Entry
from ui.charts.items import BarsItem, Look, StepItem, block_look, line_look
from ui.charts.money import MoneyUnit
from ui.charts.period_chart import PeriodChart
from ui.charts.plot import PeriodPlot
from ui.charts.words import number
from ui.theme import GRID_PX, Theme, series_colour

# More than these a person does not tell apart.
MOST: Final = 8
BUDGET: Final = "budget"
EMPTY: Final = "Nothing that comes in these periods has a price."
STAGES: Final = {"all": "all stages in full", "probable": "probable weighted", "firm": "firm only"}


class SpendChart(PeriodChart):
    """Stacked spend, the largest of the whole horizon at the bottom, under the step line of the budget.

    A click on a part emits `rows_clicked` with its lines and the period, one beside it the same with all lines.
    """

    rows_clicked = Signal(tuple, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start empty."""
        self.table: SpendTable | None = None
        self.unit = MoneyUnit.of(0.0, "EUR")
        self.bars: dict[str, BarsItem] = {}
        self.budget = StepItem()
        self._series: dict[str, SpendSeries] = {}
        super().__init__(theme, ({BUDGET: self.budget},), self._entries(), (1,), readout=readout, parent=parent)
        self.setMinimumSize(50 * GRID_PX, 30 * GRID_PX)
        self.plots[0].say(EMPTY)

    def _entries(self) -> tuple[Entry, ...]:
        split = SpendBy.SUPPLIER if self.table is None else self.table.split
        return (
            *(Entry(key, title_of(split, self._series[key]), item) for key, item in self.bars.items()),
            Entry(BUDGET, "Budget", self.budget),
            Entry("spend", "Spend", None),
            Entry("difference", "Above budget", None),
        )

    def show_table(self, table: SpendTable) -> None:
        """Show a table; of its series the largest, and the others together."""
        if table == self.table:
            return
        self.table = table
        shown = gathered(table, MOST)
        largest = max((max(row.spend, row.budget or 0.0) for row in table.rows), default=0.0)
        self.unit = MoneyUnit.of(largest, table.currency)
        self.set_periods(tuple(row.period for row in table.rows))
        self._set_title(table)
        self._series = {f"{table.split}:{each.key}": each for each in shown.series}
        self.bars = {key: self.bars.get(key) or BarsItem() for key in self._series}
        self.plots[0].set_items({**self.bars, BUDGET: self.budget})
        self.set_entries(self._entries())
        self._restack()
        self.budget.set_values(tuple(self.unit.told(row.budget) for row in table.rows))
        self.plots[0].say("" if any(row.spend or row.budget for row in table.rows) else EMPTY)
        self._refresh()

    def _set_title(self, table: SpendTable) -> None:
        subject = "" if table.scope.subject is None else f" on {table.scope.subject.code}"
        stages = STAGES[table.scope.stages]
        self.header.set_title(f"Spend{subject} by {table.split}", f"{self.unit.name} by {table.scope.by}, {stages}")
        self.plots[0].set_unit(self.unit.name)

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each part: the colour that its supplier, contract or country has everywhere."""
        looks = {key: block_look(series_colour(theme, each.place), theme.base) for key, each in self._series.items()}
        return looks | {BUDGET: line_look(theme.demand, 2.5, edge=theme.base)}

    def readings(self, index: int) -> dict[str, str]:
        """Return the numbers of a period in the unit of the chart; a dash where no price is known."""
        if self.table is None:
            return {}
        row = self.table.rows[index]
        found = {key: self._number(each.spend[index]) for key, each in self._series.items()}
        return found | {name: self._number(getattr(row, name)) for name in (BUDGET, "spend", "difference")}

    def _number(self, amount: float | None) -> str:
        return number(self.unit.told(amount), self.unit.decimals)

    def click_in(self, plot: PeriodPlot, index: int, place: QPointF) -> None:
        """Lead to the lines of a part, or of the whole period."""
        del plot
        if self.table is None:
            return
        hit = next((key for key, bars in self.bars.items() if key not in self.hidden and bars.holds(place)), None)
        lines = self.table.rows[index].lines if hit is None else self._series[hit].lines[index]
        if lines:
            self.rows_clicked.emit(lines, self.periods[index])

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same table, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, readout=False)
        if self.table is not None:
            copy.show_table(self.table)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return a row a period, amounts in whole currency units, exactly as computed; every series, none gathered."""
        if self.table is None:
            return [["period"]]
        table, currency = self.table, self.table.currency
        names = ["spend", BUDGET, "difference", *(title_of(table.split, each) for each in table.series)]
        body = [
            [row.period, *(_text(amount) for amount in (row.spend, row.budget, row.difference, *own))]
            for row, *own in zip(table.rows, *(each.spend for each in table.series), strict=True)
        ]
        return [["period", *(f"{name} ({currency})" for name in names)], *body]

    def _restack(self) -> None:
        bottoms = tuple(0.0 for _ in self.periods)
        for key, bars in self.bars.items():
            heights = tuple(self.unit.told(amount) or 0.0 for amount in self._series[key].spend)
            bars.set_bars(bottoms, heights)
            if key not in self.hidden:
                bottoms = tuple(low + height for low, height in zip(bottoms, heights, strict=True))


def title_of(split: SpendBy, series: SpendSeries) -> str:
    """Return the name of a series; a country goes by its name rather than its code."""
    return country_name(series.key) if split is SpendBy.COUNTRY and series.key == series.title else series.title


def _text(amount: float | None) -> str:
    return "" if amount is None else str(amount)
