"""Reading records from a plan: all, some, one by its key, and what refers to one."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from planner.analysis.terms.timeline import Span
from planner.fields import Stored, Value
from planner.model import TABLES, Record, table_named
from planner.store.columns import Key, columns_of, key_columns, load_record, selection_of
from planner.units import Month


@dataclass(frozen=True, slots=True)
class Row:
    """A record and the id that it has in this plan; people never see the id."""

    id: int
    record: Record


class HasConnection(Protocol):
    """What a reader reads from."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of the calling thread."""


class Reader:
    """Records of one plan file, as values."""

    def __init__(self, source: HasConnection) -> None:
        """Nothing is read before it is asked for."""
        self._source = source

    def rows(self, table: str, where: Mapping[str, Value] | None = None) -> list[Row]:
        """Return the records whose fields (by attribute) have these values, in the order of their key."""
        selection = selection_of(table_named(table).name)
        conditions, stored = conditions_of(table, where or {})
        return self._rows(table, selection.sql(conditions, key_order(table)), stored)

    def rows_by_ids(self, table: str, ids: Sequence[int]) -> list[Row]:
        """Return the records with these ids, in their order; those that are gone are left out."""
        # One text of numbers: SQLite takes so many parameters and no more.
        sql = selection_of(table_named(table).name).sql("t.id IN (SELECT value FROM json_each(?))")
        # Ids may come out of an array, whose numbers are none of Python's.
        wanted = list(map(int, ids))
        found = {row.id: row for row in self._rows(table, sql, (json.dumps(wanted),))}
        return [found[row_id] for row_id in wanted if row_id in found]

    def _rows(self, table: str, sql: str, parameters: Sequence[Stored]) -> list[Row]:
        return [_row(table, values) for values in self._source.connection.execute(sql, parameters)]

    def values(self, table: str) -> Iterator[tuple[Stored, ...]]:
        """Read the fields of all records as they are stored, in the order of their key, without building records."""
        selection = selection_of(table_named(table).name)
        for values in self._source.connection.execute(selection.sql(order=key_order(table))):
            yield values[1:]

    def values_holding(self, table: str, attr: str, digits: str, width: int) -> Iterator[tuple[Stored, ...]]:
        """Read, as `values` does, the records whose number has these digits in a row, written at least that wide."""
        selection = selection_of(table_named(table).name)
        condition = f"instr(printf('%0{width}d', {selection.expressions[attr]}), ?)"
        for values in self._source.connection.execute(selection.sql(condition), (digits,)):
            yield values[1:]

    def values_of(self, table: str, owner: str, row_ids: Collection[int]) -> Iterator[tuple[Stored, ...]]:
        """Read, as `values` does, the records that refer to these rows of another table."""
        selection = selection_of(table_named(table).name)
        column = next(column.name for column in columns_of(table) if column.target == owner)
        # One text of numbers, as in `rows_by_ids`.
        sql = selection.sql(f"t.{column} IN (SELECT value FROM json_each(?))", key_order(table))  # noqa: S608 - names come from the declared fields
        for values in self._source.connection.execute(sql, (json.dumps(list(row_ids)),)):
            yield values[1:]

    def get(self, table: str, row_id: int) -> Row | None:
        """Return the record with an id."""
        found = self._source.connection.execute(selection_of(table).sql("t.id = ?"), (int(row_id),)).fetchone()
        return None if found is None else _row(table, found)

    def find(self, table: str, key: Key) -> Row | None:
        """Return the record that a key names."""
        row_id = self.find_id(table_named(table).name, key)
        return None if row_id is None else self.get(table, row_id)

    def find_id(self, table: str, key: Key) -> int | None:
        """Return the id of the record that a key names."""
        values: list[Stored] = []
        given = dict(zip((field.attr for field in TABLES[table].key), key, strict=True))
        for column in columns_of(table):
            if column.name not in key_columns(table):
                continue
            parts = tuple(given[field.attr] for field in column.fields)
            stored = self.find_id(column.target, parts) if column.target else column.fields[0].kind.store(parts[0])
            if stored is None:
                return None
            values.append(stored)
        conditions = " AND ".join(f"{name} = ?" for name in key_columns(table))
        sql = f"SELECT id FROM {table} WHERE {conditions}"  # noqa: S608 - names come from the declared fields
        found = self._source.connection.execute(sql, values).fetchone()
        return None if found is None else int(found[0])

    def ids(self, table: str) -> dict[Key, Stored]:
        """Return the id of every record of a table by its key as stored: for tables that others refer to."""
        selection = selection_of(table_named(table).name)
        columns = ", ".join(selection.expressions[field.attr] for field in TABLES[table].key)
        found = self._source.connection.execute(f"SELECT t.id, {columns} FROM {selection.source}")  # noqa: S608 - names come from the declared fields
        return {values[1:]: values[0] for values in found}

    def count(self, table: str) -> int:
        """Return how many records a table has."""
        sql = f"SELECT count(*) FROM {table_named(table).name}"  # noqa: S608 - a known table
        return int(self._source.connection.execute(sql).fetchone()[0])

    def delivery_spans(self) -> list[Span]:
        """Return the span of the deliveries of each line that has any, by contract and number."""
        # The ends stand in the index, and the first that is to come is found soon: a million rows are not read.
        found = self._source.connection.execute(
            "SELECT c.reference, l.line,"
            " (SELECT min(month) FROM deliveries WHERE line_id = l.id) AS low,"
            " (SELECT max(month) FROM deliveries WHERE line_id = l.id),"
            " (SELECT month FROM deliveries WHERE line_id = l.id AND quantity_kg > 0 AND status <> 'received'"
            " ORDER BY month LIMIT 1)"
            " FROM lines AS l JOIN contracts AS c ON c.id = l.contract_id WHERE low IS NOT NULL"
            " ORDER BY c.reference, l.line"
        )
        return [
            Span(reference, line, Month(low), Month(high), None if to_come is None else Month(to_come))
            for reference, line, low, high, to_come in found
        ]

    def first_fixed(self, contracts: Iterable[str]) -> dict[str, Month]:
        """Return the first month with a confirmed or received delivery of those contracts that have any."""
        # Joined in this order: the deliveries of these contracts are looked at, and no others.
        found = self._source.connection.execute(
            "SELECT c.reference, min(d.month) FROM json_each(?) AS j CROSS JOIN contracts AS c ON c.reference = j.value"
            " CROSS JOIN lines AS l ON l.contract_id = c.id CROSS JOIN deliveries AS d ON d.line_id = l.id"
            " WHERE d.status <> 'planned' GROUP BY c.reference",
            (json.dumps(list(contracts)),),
        )
        return {reference: Month(month) for reference, month in found}

    def dependents(self, table: str, row_ids: tuple[int, ...]) -> dict[str, tuple[int, ...]]:
        """Return the rows that refer to these rows directly, by table."""
        result: dict[str, set[int]] = {}
        for other in TABLES.values():
            for column in columns_of(other.name):
                if column.target == table:
                    result.setdefault(other.name, set()).update(self._referring(other.name, column.name, row_ids))
        return {name: tuple(sorted(rows)) for name, rows in result.items() if rows}

    def _referring(self, table: str, column: str, row_ids: tuple[int, ...]) -> Iterator[int]:
        sql = f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608 - names come from the declared fields
        for row_id in row_ids:
            yield from (found[0] for found in self._source.connection.execute(sql, (row_id,)))


def conditions_of(table: str, where: Mapping[str, Value]) -> tuple[str, list[Stored]]:
    """Return the SQL condition for fields (by attribute) that have these values, and its parameters."""
    expressions = selection_of(table).expressions
    kinds = {field.attr: field.kind for field in TABLES[table].fields}
    # Not IS for all: SQLite starts from the index of a referenced table only where the reference cannot be empty.
    signs = {attr: "IS" if value is None else "=" for attr, value in where.items()}
    conditions = " AND ".join(f"{expressions[attr]} {sign} ?" for attr, sign in signs.items())
    return conditions, [kinds[attr].store(value) for attr, value in where.items()]


def key_order(table: str) -> str:
    """Return the SQL that orders records by their key."""
    return ", ".join(selection_of(table).expressions[field.attr] for field in TABLES[table].key)


def _row(table: str, values: tuple[Stored, ...]) -> Row:
    return Row(int(values[0] or 0), load_record(TABLES[table], values[1:]))
