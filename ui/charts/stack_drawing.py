"""A stack of supply as it is drawn: its series, what lies above capacity, what is missing, demand and capacity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

from planner.analysis import CoverRow
from planner.analysis.gaps.stack import StackBy, StackSeries, StackTable
from planner.analysis.traits import LineKeys
from ui.charts.countries import country_name
from ui.charts.header import Entry
from ui.charts.items import BarsItem, Look, SeriesItem, StepItem, block_look, fill_look, hatch_look, line_look
from ui.charts.words import number
from ui.theme import Theme, hatch_colour, series_colour, stage_colour

OVER, GAP, DEMAND, CAPACITY = "over_capacity", "net_requirement", "demand", "capacity"
FIRMNESS = ("firm", "probable", "option")


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies at a place: a bar with the lines behind it, or a gap."""

    lines: LineKeys = ()
    gap: bool = False


class StackDrawing:
    """The series of one stack by key, set in place while the keys stay the same."""

    def __init__(self) -> None:
        """Start with firm, probable and option, of which nothing is known yet."""
        self.table: StackTable | None = None
        self.series: dict[str, StackSeries] = {}
        self.shortage = BarsItem(width=1.0)
        self.over = BarsItem()
        self.demand = StepItem()
        self.capacity = StepItem()
        self.bars: dict[str, BarsItem] = {key: BarsItem() for key in FIRMNESS}

    @property
    def items(self) -> dict[str, SeriesItem]:
        """All of them, the first at the back."""
        return {GAP: self.shortage, **self.bars, OVER: self.over, CAPACITY: self.capacity, DEMAND: self.demand}

    def show(self, table: StackTable, hidden: frozenset[str]) -> bool:
        """Show a table; returns whether its series are other ones than before, or have other names."""
        before = self._names()
        self.table = table
        self.series = {key_of(table.by, each): each for each in table.series}
        if list(self.series) != list(self.bars):
            self.bars = {key: self.bars.get(key) or BarsItem() for key in self.series}
        self.demand.set_values(tuple(row.demand for row in table.cover.rows))
        self.capacity.set_values(tuple(row.capacity for row in table.cover.rows))
        self.restack(hidden)
        return self._names() != before

    def _names(self) -> list[tuple[str, str, int]]:
        return [(key, each.title, each.place) for key, each in self.series.items()]

    def restack(self, hidden: frozenset[str]) -> None:
        """Pile the bars up, without those that are hidden."""
        rows: tuple[CoverRow, ...] = () if self.table is None else self.table.cover.rows
        heights = {key: each.values for key, each in self.series.items()}
        heights[OVER] = tuple(row.over_capacity for row in rows)
        bottoms = tuple(0.0 for _ in rows)
        for key, bars in {**self.bars, OVER: self.over}.items():
            own = heights.get(key, bottoms)
            bars.set_bars(bottoms, own)
            if key not in hidden:
                bottoms = tuple(low + height for low, height in zip(bottoms, own, strict=True))
        self.shortage.set_bars(tuple(row.supply or 0.0 for row in rows), tuple(map(_gap, rows)))

    def hit(self, place: QPointF, hidden: frozenset[str]) -> Hit | None:
        """Return what lies at a place, in periods and units; None where nothing is drawn."""
        lines = {key: each.lines for key, each in self.series.items()}
        lines[OVER] = () if self.table is None else self.table.over_lines
        for key, bars in {**self.bars, OVER: self.over}.items():
            if key not in hidden and bars.holds(place):
                return Hit(lines.get(key, ()))
        return Hit(gap=True) if GAP not in hidden and self.shortage.holds(place) else None

    def readings(self, index: int, decimals: int) -> dict[str, str]:
        """Return the numbers of a period by key."""
        if self.table is None:
            return {}
        row = self.table.cover.rows[index]
        found = {key: number(each.values[index], decimals) for key, each in self.series.items()}
        return found | {key: number(getattr(row, key), decimals) for key in (OVER, GAP, DEMAND, CAPACITY)}

    @property
    def is_empty(self) -> bool:
        """Whether there is neither demand nor supply to draw."""
        rows: tuple[CoverRow, ...] = () if self.table is None else self.table.cover.rows
        return not any(row.demand or row.supply or row.option or row.over_capacity for row in rows)


def key_of(by: StackBy, series: StackSeries) -> str:
    """Return the key of a series in a chart, apart from those of all other series there are."""
    return series.key if by is StackBy.FIRMNESS else f"{by}:{series.kind}:{series.key}"


def entries_of(drawings: Iterable[StackDrawing]) -> tuple[Entry, ...]:
    """Return the legend of stacks that are drawn beside each other, each series once."""
    drawn = list(drawings)
    bars: dict[str, Entry] = {}
    for drawing in drawn:
        by, series = StackBy.FIRMNESS if drawing.table is None else drawing.table.by, drawing.series
        for key, item in drawing.bars.items():
            title = title_of(by, series[key]) if key in series else key.capitalize()
            bars.setdefault(key, Entry(key, title, item))
    first = drawn[0]
    ordered = sorted(bars.values(), key=lambda entry: _is_option(entry.key))
    return (
        *ordered,
        Entry(OVER, "Over capacity", first.over),
        Entry(DEMAND, "Demand", first.demand),
        Entry(CAPACITY, "Open capacity", first.capacity),
        Entry(GAP, "Net requirement", first.shortage, alert=True),
    )


def looks_of(drawings: Iterable[StackDrawing], theme: Theme) -> dict[str, Look]:
    """Return the look of each series of some stacks; an option is hatched in the colour of its key."""
    looks: dict[str, Look] = {
        "firm": fill_look(theme.firm),
        "probable": fill_look(theme.probable),
        "option": hatch_look(theme.option, theme.base, Qt.BrushStyle.BDiagPattern),
        OVER: hatch_look(theme.over_capacity, theme.base, Qt.BrushStyle.DiagCrossPattern),
        GAP: fill_look(theme.shortage, 110 if theme.dark else 90),
        DEMAND: line_look(theme.demand, 2.5, edge=theme.base),
        CAPACITY: line_look(theme.capacity, 2.0, Qt.PenStyle.DashLine, edge=theme.base),
    }
    for drawing in drawings:
        if drawing.table is not None and drawing.table.by is not StackBy.FIRMNESS:
            looks |= _looks_by_key(drawing.table.by, drawing.series, theme)
    return looks


def _looks_by_key(by: StackBy, series: Mapping[str, StackSeries], theme: Theme) -> dict[str, Look]:
    looks = {}
    for key, each in series.items():
        colour = stage_colour(theme, each.key) if by is StackBy.STAGE else series_colour(theme, each.place)
        if each.kind == "option":
            looks[key] = hatch_look(hatch_colour(theme, colour), theme.base, Qt.BrushStyle.BDiagPattern)
        else:
            looks[key] = block_look(colour, theme.base)
    return looks


def title_of(by: StackBy, series: StackSeries) -> str:
    """Return the name of a series; a country goes by its name rather than its code."""
    name = country_name(series.title) if by is StackBy.COUNTRY else series.title
    return name if series.kind == "supply" or by is StackBy.FIRMNESS else f"Option {name}"


def _is_option(key: str) -> bool:
    return key == "option" or ":option:" in key


def _gap(row: CoverRow) -> float:
    """Return how far demand stands above supply in a period with a net requirement: the height of the shading."""
    return max(0.0, (row.demand or 0.0) - (row.supply or 0.0)) if row.net_requirement else 0.0
