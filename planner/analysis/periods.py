"""Calendar periods over a run of months."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from planner.analysis.inputs import Floats, Ints
from planner.analysis.values import Period
from planner.errors import PlannerError
from planner.units import Month

_LENGTH = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Periods by label; `firsts` and `lasts` are the positions of their first and last month inside.

    `end` is the position after the last month; there may be no period at all.
    """

    labels: tuple[str, ...]
    firsts: Ints
    lasts: Ints
    end: int

    def sums(self, values: Floats) -> Floats:
        """Sum `values` [..., T] over the months of each period."""
        if not self.labels:
            return values[..., :0]
        return np.add.reduceat(values[..., : self.end], self.firsts, axis=-1)


@lru_cache(maxsize=64)
def periods_of(first: Month, months: int, by: Period, start: Month | None, end: Month | None) -> Periods:
    """Divide the part from `start` to `end` (both included) of `months` months from `first`.

    A period that is cut holds only the months inside. PlannerError when `start` is after `end`.
    """
    if start is not None and end is not None and start > end:
        raise PlannerError(f"The horizon ends in {end}, before it starts in {start}: choose a later end.")
    low = 0 if start is None else max(0, int(start) - int(first))
    high = months if end is None else min(months, int(end) - int(first) + 1)
    if low >= high:
        nowhere = np.zeros(0, dtype=np.int64)
        return Periods((), nowhere, nowhere, 0)
    numbers = (int(first) + np.arange(low, high)) // _LENGTH[by]
    firsts = low + np.flatnonzero(np.diff(numbers, prepend=-1))
    lasts = np.append(firsts[1:], high) - 1
    labels = tuple(_label(first.plus(position), by) for position in firsts.tolist())
    return Periods(labels, firsts, lasts, high)


def first_month(label: str) -> Month:
    """Return the month with which the period of a label begins: `2025-03`, `2025-Q1` or `2025`."""
    year, _, part = label.partition("-")
    if part.startswith("Q"):
        return Month.of(int(year), 3 * int(part[1:]) - 2)
    return Month.of(int(year), int(part) if part else 1)


def _label(month: Month, by: Period) -> str:
    if by is Period.MONTH:
        return str(month)
    if by is Period.QUARTER:
        return f"{month.year:04d}-Q{(month.month + 2) // 3}"
    return f"{month.year:04d}"
