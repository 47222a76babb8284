"""What is agreed for a line over its contract years: a ramp-up to a full volume, and years given by hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

from planner.analysis.terms.ramp import Shape, ramp
from planner.units import MONTHS_PER_YEAR, PPM

# What a ramp-up is until somebody says otherwise.
RAMP_YEARS: Final = 3
PERCENTS: Final = (200_000, 500_000, 800_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """The kg of each contract year: what was typed for it, else what the ramp-up gives, else what was found there.

    `full_kg` is the volume of a full year of twelve months; without it there is no ramp-up. `percents` are in ppm.
    """

    full_kg: int | None = None
    shape: Shape = "flat"
    ramp_years: int = RAMP_YEARS
    percents: tuple[int, ...] = PERCENTS
    found: Mapping[int, int] = field(default_factory=dict)
    typed: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of_volumes(cls, found: Mapping[int, int], months: Mapping[int, int]) -> Self:
        """Return the ramp-up that gives the volumes found by contract year; without one they stand as they are.

        `months` says how many months each contract year has.
        """
        if months.keys() <= found.keys():
            full_kg = _full(found, months)
            for shape, ramp_years, percents in _candidates(found, months, full_kg):
                line = cls(full_kg, shape, ramp_years, percents)
                if line.years(months) == {year: found[year] for year in months}:
                    return line
        return cls(found=dict(found))

    def years(self, months: Mapping[int, int]) -> dict[int, int | None]:
        """Return the kg of each contract year; None where nothing is agreed. `months` as in `of_volumes`."""
        computed: Mapping[int, int] = self.found
        if self.full_kg is not None:
            given = ramp(self.shape, self.full_kg, tuple(months.values()), self.ramp_years, self.percents)
            computed = dict(zip(months, given, strict=True))
        return {year: self.typed.get(year, computed.get(year)) for year in months}


def _full(found: Mapping[int, int], months: Mapping[int, int]) -> int:
    whole = [found[year] for year, count in months.items() if count == MONTHS_PER_YEAR]
    return max(whole) if whole else max(found[year] * MONTHS_PER_YEAR // months[year] for year in months)


def _candidates(
    found: Mapping[int, int], months: Mapping[int, int], full_kg: int
) -> list[tuple[Shape, int, tuple[int, ...]]]:
    """Return the shapes to try, the plainest first."""
    shapes: list[tuple[Shape, int, tuple[int, ...]]] = [("flat", RAMP_YEARS, PERCENTS)]
    for steps in range(2, len(months) + 1):
        shapes += [("linear", steps, PERCENTS), ("s-curve", steps, PERCENTS)]
    shares = [found[year] * PPM * MONTHS_PER_YEAR // (full_kg * months[year]) for year in months] if full_kg else []
    while len(shares) > 1 and shares[-1] == shares[-2]:
        shares.pop()
    if all(share <= PPM for share in shares):
        shapes.append(("percent", RAMP_YEARS, tuple(shares)))
    return shapes
