"""What a target asks for in a month: carbon runs straight from point to point, any other value holds until the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from planner.model import Target
from planner.units import Month

E4: Final = 10_000


@dataclass(frozen=True, slots=True)
class TargetPath:
    """The points of one target in order, as (month, value); nothing is asked for before the first."""

    points: tuple[tuple[Month, float], ...]

    def straight(self, month: Month) -> float | None:
        """Return the value on the straight line between two points; that of the last point after it."""
        for (start, before), (end, after) in pairwise(self.points):
            if start <= month < end:
                return before + (after - before) * (month - start) / (end - start)
        return self.held(month)

    def held(self, month: Month) -> float | None:
        """Return the value of the last point up to a month."""
        return next((value for start, value in reversed(self.points) if start <= month), None)


def path_of(targets: Iterable[Target], measure: str, scope: str) -> TargetPath:
    """Return the path of a measure of a scope; one without points where there is no such target."""
    found = sorted((each for each in targets if (each.measure, each.scope) == (measure, scope)), key=lambda t: t.month)
    return TargetPath(tuple((each.month, each.value_e4 / E4) for each in found))
