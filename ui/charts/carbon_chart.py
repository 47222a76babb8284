"""Kg CO2e that a kWh of the mix carries, stacked by what it comes from, under the target path."""

from collections.abc import Mapping
from typing import Self

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from planner.analysis.footprint.carbon import CarbonBy, CarbonSeries, CarbonTable
from ui.charts.countries import country_name
from ui.charts.header import Entry
from ui.charts.items import BarsItem, Look, SeriesItem, StepItem, block_look, line_look
from ui.charts.period_chart import PeriodChart
from ui.charts.plot import PeriodPlot
from ui.charts.words import number
from ui.theme import GRID_PX, Theme, series_colour

UNIT = "kg CO2e per kWh"
PATH = "path"
DECIMALS = 2
EMPTY = (
    "There is nothing to tell yet: a kWh needs a programme with its chemistry mix, supply, and carbon factors of what"
    " is supplied."
)


class CarbonChart(PeriodChart):
    """Bars by period, stacked; a click on one emits `rows_clicked` with the lines behind it and the period."""

    rows_clicked = Signal(tuple, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start empty."""
        self.table: CarbonTable | None = None
        self.path = StepItem()
        self.bars: dict[str, BarsItem] = {}
        self.series: dict[str, CarbonSeries] = {}
        super().__init__(theme, (self._items,), self._entries(), (1,), readout=readout, parent=parent)
        self.setMinimumSize(60 * GRID_PX, 30 * GRID_PX)
        self.plots[0].say(EMPTY)

    @property
    def _items(self) -> dict[str, SeriesItem]:
        return {**self.bars, PATH: self.path}

    def _entries(self) -> tuple[Entry, ...]:
        bars = (Entry(key, self._title(key), self.bars[key]) for key in self.series)
        return (
            *bars,
            Entry(PATH, "Target path", self.path),
            Entry("total", "A kWh", None),
            Entry("known", "Known", None),
        )

    def _title(self, key: str) -> str:
        """Return the name of a series; a country goes by its name rather than its code."""
        title = self.series[key].title
        return country_name(title) if key.startswith(f"{CarbonBy.COUNTRY}:") else title

    def show_table(self, table: CarbonTable) -> None:
        """Show a table; only the series whose numbers changed are set."""
        if table == self.table:
            return
        self.table = table
        self.set_periods(tuple(row.period for row in table.rows))
        self.header.set_title("Carbon of a kWh", subtitle_of(table))
        self.plots[0].set_unit(UNIT)
        self.series = {f"{table.split}:{each.key}": each for each in table.series}
        self.bars = {key: self.bars.get(key) or BarsItem() for key in self.series}
        self.plots[0].set_items(self._items)
        self.set_entries(self._entries())
        self.path.set_values(tuple(row.path_kg_per_kwh for row in table.rows))
        self._restack()
        self.plots[0].say("" if any(row.kg_per_kwh is not None for row in table.rows) else EMPTY)
        self._refresh()

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series: elements, contracts, suppliers and countries keep their colours."""
        bars = {key: block_look(series_colour(theme, each.place), theme.base) for key, each in self.series.items()}
        return {**bars, PATH: line_look(theme.demand, 2.5, Qt.PenStyle.DashLine, edge=theme.base)}

    def readings(self, index: int) -> dict[str, str]:
        """Return the parts and their sum in kg CO2e per kWh, the path, and of how much of the metal it is known."""
        if self.table is None:
            return {}
        row = self.table.rows[index]
        parts = {key: number(each.kg_per_kwh[index], DECIMALS) for key, each in self.series.items()}
        known = number(row.known_pct, 0)
        return {
            **parts,
            PATH: number(row.path_kg_per_kwh, DECIMALS),
            "total": number(row.kg_per_kwh, DECIMALS),
            "known": known if row.known_pct is None else f"{known} %",
        }

    def click_in(self, plot: PeriodPlot, index: int, place: QPointF) -> None:
        """Lead to the lines of a bar, or to those of the whole period."""
        del plot
        if self.table is None:
            return
        row = self.table.rows[index]
        for key, each in self.series.items():
            if key not in self.hidden and self.bars[key].holds(place):
                self.rows_clicked.emit(tuple(line for line in each.lines if line in row.lines), row.period)
                return
        self.rows_clicked.emit(row.lines, row.period)

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same table, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, readout=False)
        if self.table is not None:
            copy.show_table(self.table)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return the rows as text, exactly as computed; empty where there is no number."""
        head = ["period", f"total ({UNIT})", f"path ({UNIT})", "known (%)", "not known"]
        if self.table is None:
            return [head]
        series = self.series.values()
        return [
            [*head, *(f"{self._title(key)} ({UNIT})" for key in self.series)],
            *(
                [
                    row.period,
                    *map(_text, (row.kg_per_kwh, row.path_kg_per_kwh, row.known_pct)),
                    " ".join(row.unknown),
                    *(_text(each.kg_per_kwh[at]) for each in series),
                ]
                for at, row in enumerate(self.table.rows)
            ),
        ]

    def _restack(self) -> None:
        bottoms = tuple(0.0 for _ in self.periods)
        for key, each in self.series.items():
            heights = tuple(value or 0.0 for value in each.kg_per_kwh)
            self.bars[key].set_bars(bottoms, heights)
            if key not in self.hidden:
                bottoms = tuple(low + height for low, height in zip(bottoms, heights, strict=True))


def subtitle_of(table: CarbonTable) -> str:
    """Return what the numbers are, what 100 % of the path is, and of which elements nothing is known."""
    base = "" if table.base is None else f"; 100 % is {number(table.base.kg_per_kwh, 1)} kg in {table.base.month.year}"
    missing = list(dict.fromkeys(element for row in table.rows for element in row.unknown))
    unknown = f"; not known: {', '.join(missing)}" if missing else ""
    return f"{UNIT} by {table.by}{base}{unknown}"


def _text(value: float | None) -> str:
    return "" if value is None else str(value)
