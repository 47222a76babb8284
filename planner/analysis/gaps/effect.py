"""How cover moves from one state of a plan to another: by element and year, where it moves enough to matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from planner.analysis.cube import Cube
from planner.analysis.values import Period, Subject

# Less than that is the same cover to a person who reads whole percentages.
MOVED_PCT: Final = 0.5

Covers = Mapping[tuple[str, str], float | None]


@dataclass(frozen=True, slots=True)
class CoverEffect:
    """Cover of an element in a year before and after, in %; None where there is no demand, or no such year."""

    element: str
    year: str
    before_pct: float | None
    after_pct: float | None


def covers_of(cube: Cube) -> Covers:
    """Return the cover in % by element and year."""
    return {
        (element, row.period): row.cover_pct
        for element in cube.inputs.elements
        for row in cube.cover(Subject("element", element), by=Period.YEAR).rows
    }


def effects(before: Covers, after: Covers) -> tuple[CoverEffect, ...]:
    """Return what differs by half a point or more, by element and year."""
    moved = (CoverEffect(*key, before.get(key), after.get(key)) for key in sorted({**before, **after}))
    return tuple(each for each in moved if _matters(each))


def _matters(effect: CoverEffect) -> bool:
    before, after = effect.before_pct, effect.after_pct
    if before is None or after is None:
        return before is not after
    return abs(after - before) >= MOVED_PCT
