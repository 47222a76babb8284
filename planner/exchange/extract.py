"""What goes out of a plan: rows of stored values under columns that know how their values are written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Self

from planner.fields import Field, Kind, Stored
from planner.sheet import Column

# Takes how much is written, 0 to 1; what it raises ends the writing, and nothing is kept.
Report = Callable[[float], object]
Rows = Callable[[], Iterator[tuple[Stored, ...]]]

_ROWS_AT_ONCE: Final = 1_000


def silent(_done: float) -> None:
    """Report to nobody."""


def share_of(report: Report, before: float, share: float) -> Report:
    """Return what reports a part of the work as a share of all of it, after what was done before."""
    return lambda done: report(before + share * done)


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column: its name for machines, its heading with the unit for people, and how its values are written."""

    name: str
    heading: str
    kind: Kind

    @classmethod
    def of(cls, field: Field) -> Self:
        """Return the column of a field."""
        return cls(field.name, field.heading, field.kind)


@dataclass(frozen=True, slots=True)
class Extract:
    """Some rows of a plan, read when they are written: `rows` begins anew each time; `count` is how many there are.

    `name` is for files, `title` is what people call it. `arrays`, where there are any, give the same rows column by
    column.
    """

    name: str
    title: str
    columns: tuple[OutColumn, ...]
    rows: Rows
    count: int
    arrays: Callable[[], tuple[Column, ...]] | None = None

    def chunks(self, report: Report = silent) -> Iterator[list[tuple[Stored, ...]]]:
        """Read the rows in handy numbers, and say after each how much is done."""
        values, done = self.rows(), 0
        while rows := list(islice(values, _ROWS_AT_ONCE)):
            yield rows
            done += len(rows)
            report(min(1.0, done / max(1, self.count)))
