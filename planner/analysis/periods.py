"""Calendar periods over a run of months."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from planner.analysis.inputs import Floats, Ints
from planner.analysis.values import Period
from planner.errors import PlannerError
from planner.units import Month

_LABEL = re.compile(r"(\d{4})(?:-Q([1-4])|-(\d{2}))?", re.ASCII)
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
    labels = tuple(label_of(first.plus(position), by) for position in firsts.tolist())
    return Periods(labels, firsts, lasts, high)


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """The length, the first and the last month of a period that has a label."""

    by: Period
    first: Month
    last: Month


def span_of(label: str) -> NamedPeriod:
    """Return the period of a label, `2025-03`, `2025-Q1` or `2025`; PlannerError for any other text."""
    found = _LABEL.fullmatch(label)
    year, quarter, month = ("", None, None) if found is None else found.groups()
    by = Period.QUARTER if quarter else Period.MONTH if month else Period.YEAR
    try:
        first = Month.of(int(year), 3 * int(quarter) - 2 if quarter else int(month or 1))
    except ValueError as error:
        raise PlannerError(f"{label!r} is no period; write 2028-03, 2028-Q1 or 2028.") from error
    return NamedPeriod(by, first, first.plus(_LENGTH[by] - 1))


def first_month(label: str) -> Month:
    """Return the month with which the period of a label begins: `2025-03`, `2025-Q1` or `2025`."""
    return span_of(label).first


def label_of(month: Month, by: Period) -> str:
    """Return the label of the period that begins with a month."""
    if by is Period.MONTH:
        return str(month)
    if by is Period.QUARTER:
        return f"{month.year:04d}-Q{(month.month + 2) // 3}"
    return f"{month.year:04d}"
