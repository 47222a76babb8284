"""What a filter asks of a column, answered for all rows at once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from planner.sheet.column import EMPTY, Bools, Column

LEAST: Final = EMPTY + 1
MOST: Final = -EMPTY


class Condition(Protocol):
    """What a filter asks of a column."""

    def holds(self, column: Column) -> Bools:
        """Return the answer for each row."""


@dataclass(frozen=True, slots=True)
class Within:
    """Numbers from `low` to `high`, in the small unit; empty ones never."""

    low: int
    high: int

    def holds(self, column: Column) -> Bools:
        """Return which rows lie within."""
        low, high = max(self.low, LEAST), min(self.high, MOST)
        return np.asarray((column.values >= low) & (column.values <= high))


@dataclass(frozen=True, slots=True)
class OneText:
    """Texts that a predicate holds for; empty ones never."""

    wanted: Callable[[str], bool]

    def holds(self, column: Column) -> Bools:
        """Return which rows hold such a text."""
        return column.rows_where(self.wanted)


@dataclass(frozen=True, slots=True)
class Empty:
    """Rows without a value."""

    def holds(self, column: Column) -> Bools:
        """Return which rows are empty."""
        return column.empty


@dataclass(frozen=True, slots=True)
class Not:
    """All rows that a condition does not hold for, empty ones among them."""

    condition: Condition

    def holds(self, column: Column) -> Bools:
        """Return the opposite."""
        return ~self.condition.holds(column)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Rows that one of several conditions holds for."""

    conditions: tuple[Condition, ...]

    def holds(self, column: Column) -> Bools:
        """Return which rows pass one of them."""
        return np.asarray(np.logical_or.reduce([each.holds(column) for each in self.conditions]))
