"""Ramp-up of a yearly volume: from the first contract year to the full volume, by a shape."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from planner.errors import InvalidValueError
from planner.fields.quantities import Percent
from planner.model import Contract
from planner.units import MONTHS_PER_YEAR, PPM

Shape = Literal["flat", "linear", "s-curve", "percent"]

_FIELD: Final = "percents"
_SHARE: Final = Percent()


def ramp(
    shape: Shape, full_kg: int, months: Sequence[int], ramp_years: int, percents: Sequence[int] = ()
) -> tuple[int, ...]:
    """Return the kg of contract years that have so many months within the term; none is above the full volume.

    Year i of n ramp years has i/n of the full volume when linear, 3x² - 2x³ of it at x = i/n on an s-curve (the cubic
    Hermite interpolation from 0 to 1 with flat ends), and all of it from year n on. `percents` are shares in ppm, of
    which the last one holds. A year of fewer than twelve months has the share of its months. Halves of a kg are
    rounded up. ValueError for shares outside 0 to 1,000,000 ppm.
    """
    if any(not 0 <= share <= PPM for share in percents):
        raise ValueError(f"{percents} are not shares in ppm")
    shares = (_share(shape, year, ramp_years, percents or (PPM,)) for year in range(len(months)))
    pairs = zip(shares, months, strict=True)
    return tuple(share_of(full_kg, share * count, whole * MONTHS_PER_YEAR) for (share, whole), count in pairs)


def contract_years(contract: Contract) -> Mapping[int, int]:
    """Return the contract years of a term, by the calendar year each starts in, and how many months each has."""
    counts = ((year, len(contract.year_months(year))) for year in _calendar_years(contract))
    return {year: count for year, count in counts if count}


def share_of(kg: int, share: int, whole: int) -> int:
    """Return share / whole of some kg; halves of a kg are rounded up."""
    return (2 * kg * share + whole) // (2 * whole)


def parse_percents(text: str, locale: str | None = None) -> tuple[int, ...]:
    """Read shares of the full volume, as `20/50/80/100`, in ppm; InvalidValueError for what is none."""
    parts = [part for part in re.split(r"[/;\s]+", text.replace("%", " ")) if part]
    if not parts:
        raise InvalidValueError(_FIELD, "it is empty; write the share of each year, as 20/50/80/100")
    try:
        return tuple(_SHARE.parse(part, locale) for part in parts)
    except ValueError as reason:
        raise InvalidValueError(_FIELD, f"{reason}; write the share of each year, as 20/50/80/100") from None


def format_percents(percents: Sequence[int], locale: str | None = None) -> str:
    """Write shares so that `parse_percents` reads them back."""
    return "/".join(_SHARE.format(share, locale) for share in percents)


def _calendar_years(contract: Contract) -> range:
    return range(contract.start_month.year, contract.end_month.year + 1)


def _share(shape: Shape, year: int, ramp_years: int, percents: Sequence[int]) -> tuple[int, int]:
    """Return the share of the full volume in a year, counted from 0, and what a whole is."""
    if shape == "percent":
        return percents[min(year, len(percents) - 1)], PPM
    steps = max(1, ramp_years) if shape != "flat" else 1
    step = min(year + 1, steps)
    return (step * step * (3 * steps - 2 * step), steps**3) if shape == "s-curve" else (step, steps)
