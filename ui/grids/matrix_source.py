"""What stands behind a grid with months across: rows, the months of a row, and what is written back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from planner.changes import ChangeSet
from planner.fields import Field, Value
from planner.model import TABLES
from planner.units import Month
from ui.grids.grid_model import Mark

Key = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row: what identifies it, the texts of its frozen columns, and the id of its record.

    `unit` is that of its numbers where rows have several, which are never added up; else the field has it.
    """

    key: Key
    labels: tuple[str, ...]
    id: int
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MatrixNote:
    """What there is to say about a sum, worded when it is asked for, and how it is marked."""

    say: Callable[[], str]
    mark: Mark | None = None


def no_note(year: int) -> None:
    """Say nothing about any year."""
    del year


@dataclass(frozen=True, slots=True)
class MatrixLine:
    """All that a row shows beside its labels: `values` by month; `locked` and `strong` months, and why they are.

    A locked month stays as it is, a strong one is shown bold. `totals` stand in the frozen columns after the labels,
    `total_note` is about the last of them; `note` tells, when asked, what there is to say about the sum of a calendar
    year. Months outside `term` are shaded, and `term_tip` says why.
    """

    values: Mapping[Month, int]
    locked: Mapping[Month, str] = field(default_factory=dict)
    strong: Mapping[Month, str] = field(default_factory=dict)
    totals: tuple[int | None, ...] = ()
    total_note: MatrixNote | None = None
    note: Callable[[int], MatrixNote | None] = no_note
    term: tuple[Month, Month] | None = None
    term_tip: str = ""

    def is_outside(self, month: Month) -> bool:
        """Tell whether a month lies outside the term."""
        return self.term is not None and not self.term[0] <= month <= self.term[1]


@dataclass(frozen=True, slots=True)
class MatrixEdit:
    """The value that a row shall have in a month; None for nothing."""

    key: Key
    month: Month
    value: int | None


@dataclass(frozen=True, slots=True)
class YearEdit:
    """What the months of a calendar year of a row shall add up to; None for nothing."""

    key: Key
    year: int
    value: int | None


class MatrixSource(Protocol):
    """Rows of months; what a row shows is read when it comes into sight."""

    @property
    def title(self) -> str:
        """What people call the whole: `Deliveries by month`."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The titles of the labels, the first frozen columns."""

    @property
    def total_headings(self) -> tuple[tuple[str, str], ...]:
        """Title and explanation of each total, the last frozen columns."""

    @property
    def field(self) -> Field:
        """How the value of a month is read and written."""

    @property
    def typed_years(self) -> str:
        """What becomes of a sum that is typed in, for its heading: `Type one to ...`."""

    @property
    def read_only(self) -> str | None:
        """The sentence that says why nothing may be written; None where it may."""

    def rows(self) -> list[MatrixRow]:
        """Return all rows, without what they show beside their labels."""

    def lines(self, rows: Sequence[MatrixRow]) -> dict[Key, MatrixLine]:
        """Read what rows show, at once."""

    def values_holding(self, digits: str, width: int) -> Iterator[tuple[Key, Month, int]]:
        """Read, at once, the values of all rows that have these digits in a row, written at least that wide."""

    def moves_rows(self, changes: ChangeSet) -> bool:
        """Tell whether an edit may have changed which rows there are, or their labels."""

    def touched(self, changes: ChangeSet) -> frozenset[Key] | None:
        """Return the keys of the rows whose lines an edit changed; None when they are too many to tell."""

    def write(self, edits: Sequence[MatrixEdit], years: Sequence[YearEdit] = ()) -> None:
        """Write months and sums of years as one edit; PlannerError when that cannot be."""


def field_of(table: str, attr: str) -> Field:
    """Return a field of a table by its attribute."""
    return next(field for field in TABLES[table].fields if field.attr == attr)


def touched_keys(changes: ChangeSet, tables: Mapping[str, tuple[str, ...]]) -> frozenset[Key] | None:
    """Return the keys of rows that an edit touched; `tables` gives the attributes that hold them. None for too many."""
    touches = [touch for touch in changes.touches if touch.table in tables]
    if not touches:
        return frozenset()
    if any(touch.rows is None for touch in touches):
        return None
    return frozenset(
        tuple(getattr(record, attr) for attr in tables[change.table])
        for change in changes
        if change.table in tables
        for record in (change.before, change.after)
        if record is not None
    )
