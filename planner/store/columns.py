"""How records lie in the plan file: columns, joins and the text of a stored row, from the declared fields."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from planner.errors import InvalidValueError, PlannerError
from planner.fields import Field, Stored, Value, target_of
from planner.model import TABLES, Record, Table

StoredRow = dict[str, Stored]
Key = tuple[Value, ...]
# The id of the record of a table that a key names, or None.
FindId = Callable[[str, Key], int | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; a reference of several fields is one column."""

    name: str
    fields: tuple[Field, ...]
    target: str = ""

    @property
    def default(self) -> Stored:
        """What is kept where nothing is given."""
        return None if self.target else self.fields[0].kind.store(self.fields[0].default)

    def store(self, record: Record, find: FindId) -> Stored:
        """Return what is kept of a record; InvalidValueError when it refers to nothing."""
        values = tuple(getattr(record, field.attr) for field in self.fields)
        if not self.target:
            return self.fields[0].kind.store(values[0])
        if values[0] is None:
            return None
        found = find(self.target, values)
        if found is None:
            raise InvalidValueError(self.fields[-1].name, missing_reference(self.target, values))
        return found


def missing_reference(target: str, key: Key) -> str:
    """Return the sentence for a reference to a record that does not exist."""
    table = TABLES[target]
    return f"there is no {table.singular} {table.key_label(key)!r}; add it to {table.name} first"


@cache
def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns of a table beside its id, in the order of its fields."""
    columns: dict[str, list[Field]] = {}
    targets: dict[str, str] = {}
    for field in TABLES[name].fields:
        target = target_of(field.kind)
        if target is None:
            columns[field.attr] = [field]
            continue
        table, part = target
        column = f"{TABLES[table].singular if part else field.attr}_id"
        columns.setdefault(column, []).append(field)
        targets[column] = table
    return tuple(Column(name, tuple(fields), targets.get(name, "")) for name, fields in columns.items())


@cache
def column_names(name: str) -> tuple[str, ...]:
    """Return the names of the columns of a table beside its id."""
    return tuple(column.name for column in columns_of(name))


@cache
def key_columns(name: str) -> tuple[str, ...]:
    """Return the columns that tell one row of a table from another."""
    return tuple(column.name for column in columns_of(name) if any(field.key for field in column.fields))


def store_row(table: str, record: Record, find: FindId) -> StoredRow:
    """Return a record as the plan file keeps it; InvalidValueError when it refers to nothing."""
    return {column.name: column.store(record, find) for column in columns_of(table)}


def row_text(table: str, row: StoredRow) -> str:
    """Return a stored row as the log keeps it: its values in the order of the table's columns."""
    return json.dumps([row[name] for name in column_names(table)], ensure_ascii=False, separators=(",", ":"))


def json_of(table: str, alias: str, replaced: Mapping[str, str] | None = None) -> str:
    """Return the SQL expression of a row's text in the log; `replaced` gives other expressions for columns."""
    given = replaced or {}
    return f"json_array({', '.join(given.get(name, f'{alias}.{name}') for name in column_names(table))})"


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column each value of a row's text in the log stands for: those of the table when the edit was made.

    An edit made before a column was added lacks it; the table's own default stands in for it.
    """

    names: tuple[str, ...]

    @classmethod
    def read(cls, table: str, text: str) -> "Layout":
        """Read the columns that an edit kept; those that the table does not have stand for nothing."""
        known = set(column_names(table))
        return cls(tuple(name if name in known else "" for name in json.loads(text)))

    @property
    def known(self) -> tuple[str, ...]:
        """The columns of the table that the edit kept."""
        return tuple(name for name in self.names if name)

    def value(self, text: str, name: str) -> str:
        """Return the SQL expression of a column's value in a row's text."""
        return f"{text} ->> {self.names.index(name)}"

    def row(self, text: str) -> StoredRow:
        """Return the row that a text stands for."""
        return {name: value for name, value in zip(self.names, json.loads(text), strict=True) if name}


def layout_text(table: str) -> str:
    """Return the columns of a table as an edit keeps them."""
    return json.dumps(column_names(table))


@dataclass(frozen=True, slots=True)
class Selection:
    """The SQL that reads records: what to select, from which joined tables, and the expression of each field."""

    expressions: Mapping[str, str]
    source: str

    def sql(self, where: str = "", order: str = "") -> str:
        """Return the statement; the id comes first, then the fields in their order."""
        columns = ", ".join(("t.id", *self.expressions.values()))
        return f"SELECT {columns} FROM {self.source}{where and f' WHERE {where}'}{order and f' ORDER BY {order}'}"  # noqa: S608 - names come from the declared fields


@cache
def selection_of(name: str) -> Selection:
    """Return how the records of a table are read, references as codes."""
    joins: list[str] = []
    expressions = dict(_expressions(TABLES[name], "t", joins))
    return Selection(expressions, " ".join((f"{name} AS t", *joins)))


def _expressions(table: Table, alias: str, joins: list[str], *, key_only: bool = False) -> Iterator[tuple[str, str]]:
    for column in columns_of(table.name):
        if key_only and column.name not in key_columns(table.name):
            continue
        if not column.target:
            yield column.fields[0].attr, f"{alias}.{column.name}"
            continue
        other = f"{alias}_{column.name.removesuffix('_id')}"
        joins.append(f"LEFT JOIN {column.target} AS {other} ON {other}.id = {alias}.{column.name}")
        target = TABLES[column.target]
        keys = dict(_expressions(target, other, joins, key_only=True))
        for field, key in zip(column.fields, target.key, strict=True):
            yield field.attr, keys[key.attr]


def load_record(table: Table, values: tuple[Stored, ...]) -> Record:
    """Build a record from the fields that a selection read; PlannerError where the file holds what cannot be."""
    fields = table.fields
    try:
        return table.record.of({f.attr: f.kind.load(value) for f, value in zip(fields, values, strict=True)})
    except ValueError as error:
        raise PlannerError(
            f"The plan file holds {table.one} that cannot be ({error}): it is damaged. Restore a copy of it."
        ) from error
