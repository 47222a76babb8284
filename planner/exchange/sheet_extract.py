"""Records that go out by way of a sheet: a million of them as arrays, each distinct value looked at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from planner.exchange.extract import Extract, OutColumn
from planner.fields import Field, Kind, Stored
from planner.fields.kinds import DateKind
from planner.model import Table, table_named
from planner.plan import Plan
from planner.sheet import EMPTY, Column, Ints

# Up to so many records are read by their ids; of more, the whole table is.
_FEW: Final = 20_000


def whole_table(plan: Plan, table: str) -> Extract:
    """Return all records of a table by their key; PlannerError when there is none of that name."""
    known = table_named(table)

    def arrays() -> tuple[Column, ...]:
        sheet = plan.sheet(known.name)
        return tuple(sheet.columns[field.attr].taken(sheet.by_key) for field in known.fields)

    columns = tuple(map(OutColumn.of, known.fields))
    count = plan.count(known.name)
    return Extract(known.name, known.title, columns, lambda: plan.values(known.name), count, arrays)


def some_records(plan: Plan, table: Table, fields: Sequence[Field], ids: Ints) -> Extract:
    """Return records by their ids, in that order, with some of their fields; those that are gone are left out."""

    def arrays() -> tuple[Column, ...]:
        sheet = plan.sheet(table.name, ids=ids.tolist()) if ids.size <= _FEW else plan.sheet(table.name)
        places = sheet.positions(ids)
        there = places[places >= 0]
        return tuple(sheet.columns[field.attr].taken(there) for field in fields)

    def rows() -> Iterator[tuple[Stored, ...]]:
        found = zip(arrays(), fields, strict=True)
        return zip(*(stored_values(column, field.kind) for column, field in found), strict=True)

    return Extract(table.name, table.title, tuple(map(OutColumn.of, fields)), rows, ids.size, arrays)


def stored_values(column: Column, kind: Kind) -> list[Stored]:
    """Return the values of a column as a plan keeps them."""
    values = column.values.tolist()
    if column.texts is not None:
        texts = (*column.texts, "")
        return [texts[value] for value in values]
    return [stored_number(value, kind) for value in values]


def stored_number(number: int, kind: Kind) -> Stored:
    """Return what a plan keeps of a number of a sheet: nothing of an empty one, a day as it is written."""
    if number == EMPTY:
        return None
    return date.fromordinal(number).isoformat() if isinstance(kind, DateKind) else number
