"""What one edit does to a plan: a value that can be shown, reversed and compared, however large."""

import getpass
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from planner.fields import Field
from planner.model import TABLES, Record, Table


class EditState(StrEnum):
    """Whether the plan holds what an edit did."""

    APPLIED = "applied"
    UNDONE = "undone"
    DRAFT = "draft"
    INCOMING = "incoming"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that a person did; `number` counts applied edits and is None for a draft. `time` is in UTC.

    `source` is the name of the file that an import read; empty for what was done by hand.
    """

    id: int
    number: int | None
    time: datetime
    person: str
    title: str
    state: EditState
    source: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after an edit; None means that it did not exist."""

    table: str
    row: int
    before: Record | None
    after: Record | None

    def reversed(self) -> Self:
        """Return the change that takes this one back."""
        return type(self)(table=self.table, row=self.row, before=self.after, after=self.before)

    @property
    def label(self) -> str:
        """What people call the record."""
        record = self.after or self.before
        return "" if record is None else TABLES[self.table].label(record)

    def differing(self) -> tuple[Field, ...]:
        """Return the fields that differ; all of them for a new or deleted record."""
        fields = TABLES[self.table].fields
        if self.before is None or self.after is None:
            return fields
        return tuple(f for f in fields if getattr(self.before, f.attr) != getattr(self.after, f.attr))


@dataclass(frozen=True, slots=True)
class Touch:
    """How many records of a table an edit made, changed and deleted; `rows` is None when they are too many to list."""

    table: str
    created: int
    changed: int
    deleted: int
    rows: frozenset[int] | None

    @property
    def count(self) -> int:
        """How many records of the table it touches."""
        return self.created + self.changed + self.deleted


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A handle on the changes of one edit: a small summary now, the changes themselves one by one when asked for.

    `reverse` is true when the edit was taken back: its changes then read from after to before. `moved` counts the
    changes of the plan up to this one, undo and redo included; 0 where it is only looked at.
    """

    edit: Edit
    touches: tuple[Touch, ...]
    read: Callable[[], Iterator[Change]]
    reverse: bool = False
    moved: int = 0

    def __iter__(self) -> Iterator[Change]:
        """Read the changes in the direction in which they happened."""
        return (change.reversed() for change in self.read()) if self.reverse else self.read()

    @property
    def count(self) -> int:
        """How many records it touches."""
        return sum(touch.count for touch in self.touches)

    @property
    def tables(self) -> frozenset[str]:
        """The tables it touches."""
        return frozenset(touch.table for touch in self.touches)

    def touches_table(self, *tables: Table | str) -> bool:
        """Tell whether any of the tables is touched."""
        return any((table if isinstance(table, str) else table.name) in self.tables for table in tables)


def login_name() -> str:
    """Return the name of the person at this machine, for the history, where nobody chose another."""
    # A machine without a login name (a container) raises OSError or, before Python 3.13, KeyError.
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
