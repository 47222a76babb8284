"""The time axis of the timeline: days to pixels and back, zoom, and what is named at which density."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from planner.units import FIRST_YEAR, LAST_YEAR, MONTHS_PER_YEAR, Month
from ui.charts.words import MONTHS

LEAST_DAYS = 62.0
MONTHS_PER_QUARTER = 3
# What a name needs beside it before the next one is named too.
MONTH_PX, QUARTER_PX, YEAR_PX = 40.0, 34.0, 46.0
DAYS_PER_YEAR = 365.2425
DAYS_PER_MONTH = DAYS_PER_YEAR / MONTHS_PER_YEAR
EARLIEST, LATEST = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)


@dataclass(frozen=True, slots=True)
class Tick:
    """A name over the days from `low` up to `high` (ordinals), ruled off at `low`."""

    low: int
    high: int
    name: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """The days from `low` to `high` (ordinals, with fractions) over `width` pixels, never beyond the limits."""

    low: float
    high: float
    width: float
    first: float
    last: float

    @property
    def px_per_day(self) -> float:
        """How many pixels one day takes."""
        return self.width / (self.high - self.low)

    def x_of(self, day: date | float) -> float:
        """Return where a day begins, in pixels from the left end."""
        ordinal = day.toordinal() if isinstance(day, date) else day
        return (ordinal - self.low) * self.px_per_day

    def at(self, x: float) -> float:
        """Return the ordinal, with its fraction, at a pixel."""
        return self.low + x / self.px_per_day

    def day_at(self, x: float) -> date:
        """Return the day at a pixel; the nearest that a plan can hold."""
        return date.fromordinal(int(min(max(self.at(x), EARLIEST.toordinal()), LATEST.toordinal())))

    def edge_at(self, x: float) -> Month:
        """Return the month whose first day is nearest to a pixel; the nearest that a plan can hold."""
        day = self.day_at(x + DAYS_PER_MONTH / 2 * self.px_per_day)
        return Month.of(day.year, day.month)

    def sized(self, width: float) -> Self:
        """Return the same days over another width."""
        return replace(self, width=max(1.0, width))

    def within(self, first: float, last: float) -> Self:
        """Return the scale with other limits."""
        return replace(self, first=first, last=last).showing(self.low, self.high)

    def showing(self, low: float, high: float) -> Self:
        """Return the scale over other days, moved and cut so that it stays inside the limits."""
        room = max(LEAST_DAYS, self.last - self.first)
        span = min(max(LEAST_DAYS, high - low), room)
        middle = (low + high) / 2
        start = min(max(self.first, middle - span / 2), self.first + room - span)
        return replace(self, low=start, high=start + span)

    def zoomed(self, factor: float, x: float) -> Self:
        """Return the scale with `factor` times as many days, the one at a pixel staying there."""
        span = min(max(LEAST_DAYS, (self.high - self.low) * factor), max(LEAST_DAYS, self.last - self.first))
        part = x / self.width
        low = self.at(x) - span * part
        return self.showing(low, low + span)

    def panned(self, px: float) -> Self:
        """Return the scale moved by so many pixels to later days."""
        days = px / self.px_per_day
        return self.showing(self.low + days, self.high + days)

    def years(self) -> list[Tick]:
        """Return the years in view; where they are narrow, every second, fifth, tenth is named."""
        px = DAYS_PER_YEAR * self.px_per_day
        every = next((step for step in (1, 2, 5, 10, 20) if step * px >= YEAR_PX), 50)
        first, last = self._months(MONTHS_PER_YEAR)
        return [
            Tick(_ordinal(month), _ordinal(month + MONTHS_PER_YEAR), str(year) if year % every == 0 else "")
            for month in range(first, last, MONTHS_PER_YEAR)
            for year in (month // MONTHS_PER_YEAR,)
        ]

    def parts(self) -> list[Tick]:
        """Return the months in view where their names fit, else the quarters, else nothing."""
        if DAYS_PER_MONTH * self.px_per_day >= MONTH_PX:
            return list(self._named(1))
        if MONTHS_PER_QUARTER * DAYS_PER_MONTH * self.px_per_day >= QUARTER_PX:
            return list(self._named(MONTHS_PER_QUARTER))
        return []

    def _named(self, step: int) -> Iterator[Tick]:
        first, last = self._months(step)
        for month in range(first, last, step):
            position = month % MONTHS_PER_YEAR
            name = MONTHS[position][:3] if step == 1 else f"Q{position // MONTHS_PER_QUARTER + 1}"
            yield Tick(_ordinal(month), _ordinal(month + step), name)

    def _months(self, step: int) -> tuple[int, int]:
        """Return the number of the first month in view, down to a multiple of `step`, and that after the last."""
        low, high = date.fromordinal(int(self.low)), date.fromordinal(int(self.high))
        first = low.year * MONTHS_PER_YEAR + low.month - 1
        return first - first % step, high.year * MONTHS_PER_YEAR + high.month


def _ordinal(month: int) -> int:
    return date(month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1).toordinal()
