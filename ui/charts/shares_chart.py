"""Shares of supply by period, stacked to 100 %: who brings how much, the limit of the largest, and the HHI."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import QWidget

from planner.analysis.origins.concentration import ConcentrationRow
from planner.analysis.traits import LineKeys
from ui.charts.header import Entry
from ui.charts.items import BarsItem, Look, StepItem, block_look, line_look
from ui.charts.period_chart import PeriodChart
from ui.charts.plot import PeriodPlot
from ui.charts.words import number
from ui.theme import GRID_PX, Theme, series_colour

# More than these a person does not tell apart.
MOST: Final = 8
LIMIT: Final = "limit"
OTHERS: Final = "others"
NO_SUPPLY: Final = "Nothing is supplied in these periods."


@dataclass(frozen=True, slots=True)
class SharesTable:
    """The rows of one subject, and the words about them; `names` are what people call the keys."""

    title: str
    subtitle: str
    rows: tuple[ConcentrationRow, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Series:
    """A part of the stack: its place among all of the plan, its shares in %, and the lines behind each."""

    title: str
    place: int
    values: tuple[float, ...]
    lines: tuple[LineKeys, ...]


class SharesChart(PeriodChart):
    """Stacked shares, the largest of the whole horizon at the bottom; its limit is a dashed line.

    A click on a part emits `rows_clicked` with its lines and the period, one beside it the same with all lines.
    """

    rows_clicked = Signal(tuple, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start empty."""
        self.table: SharesTable | None = None
        self.bars: dict[str, BarsItem] = {}
        self.limit = StepItem()
        self._series: dict[str, _Series] = {}
        super().__init__(theme, ({LIMIT: self.limit},), self._entries(), (1,), readout=readout, parent=parent)
        self.setMinimumSize(50 * GRID_PX, 30 * GRID_PX)
        self.plots[0].say(NO_SUPPLY)
        self.plots[0].set_unit("Share, %")

    def _entries(self) -> tuple[Entry, ...]:
        return (
            *(Entry(key, self._series[key].title, item) for key, item in self.bars.items()),
            Entry(LIMIT, "Limit of the largest", self.limit),
            Entry("supply", "Supply", None),
            Entry("hhi", "HHI", None),
        )

    def show_table(self, table: SharesTable) -> None:
        """Show the shares of one subject."""
        if table == self.table:
            return
        self.table = table
        self.set_periods(tuple(row.period for row in table.rows))
        self.header.set_title(table.title, table.subtitle)
        self._series = _series_of(table)
        self.bars = {key: self.bars.get(key) or BarsItem() for key in self._series}
        self.plots[0].set_items({**self.bars, LIMIT: self.limit})
        self.set_entries(self._entries())
        self._restack()
        self.limit.set_values(tuple(row.limit_pct for row in table.rows))
        self.plots[0].say("" if any(row.shares for row in table.rows) else NO_SUPPLY)
        self._refresh()

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each part: the colour that its supplier, plant or country has everywhere."""
        looks = {key: block_look(series_colour(theme, each.place), theme.base) for key, each in self._series.items()}
        return looks | {LIMIT: line_look(theme.capacity, 2.0, Qt.PenStyle.DashLine, edge=theme.base)}

    def readings(self, index: int) -> dict[str, str]:
        """Return the shares of a period in %, its HHI, and its supply."""
        if self.table is None:
            return {}
        row = self.table.rows[index]
        found = {key: f"{number(each.values[index], 1)} %" for key, each in self._series.items()}
        limit = number(row.limit_pct, 0)
        return found | {
            LIMIT: limit if row.limit_pct is None else f"{limit} %",
            "hhi": number(row.hhi, 0),
            "supply": f"{number(row.supply_t, 1)} t",
        }

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
        """Return a row a period: supply, HHI, limit and the shares, as they are computed."""
        rows = () if self.table is None else self.table.rows
        titles = [f"{each.title} (%)" for each in self._series.values()]
        body = [
            [
                row.period,
                str(row.supply_t),
                "" if row.hhi is None else str(row.hhi),
                "" if row.limit_pct is None else str(row.limit_pct),
                *(str(each.values[at]) for each in self._series.values()),
            ]
            for at, row in enumerate(rows)
        ]
        return [["period", "supply (t metal)", "hhi", "limit (%)", *titles], *body]

    def _restack(self) -> None:
        bottoms = tuple(0.0 for _ in self.periods)
        for key, bars in self.bars.items():
            heights = self._series[key].values
            bars.set_bars(bottoms, heights)
            if key not in self.hidden:
                bottoms = tuple(low + height for low, height in zip(bottoms, heights, strict=True))


def _series_of(table: SharesTable) -> dict[str, _Series]:
    """Return the parts by key, the largest first; those that are too many together as others."""
    totals: dict[str, float] = {}
    places: dict[str, int] = {}
    for row in table.rows:
        for share in row.shares:
            totals[share.key] = totals.get(share.key, 0.0) + share.t
            places[share.key] = share.place
    ordered = sorted(totals, key=lambda key: (-totals[key], key))
    kept = ordered[:MOST]
    found = {f"part:{key}": _part(table, table.names[key], places[key], {key}) for key in kept}
    if len(ordered) > len(kept):
        found[OTHERS] = _part(table, "Others", -1, set(ordered) - set(kept))
    return found


def _part(table: SharesTable, title: str, place: int, keys: set[str]) -> _Series:
    own = [[share for share in row.shares if share.key in keys] for row in table.rows]
    return _Series(
        title,
        place,
        tuple(sum(share.pct for share in shares) for shares in own),
        tuple(tuple(line for share in shares for line in share.lines) for shares in own),
    )
