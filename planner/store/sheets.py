"""Reading the rows of a table as a sheet, and which of them changed since their last import."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Final, Literal

import numpy as np

from planner.changes import Edit
from planner.fields import Choice, Field, Stored, Value
from planner.fields.kinds import DateKind, Phasing, Text
from planner.model import TABLES, table_named
from planner.sheet import EMPTY, Ints, Sheet
from planner.sheet import Column as SheetColumn
from planner.sheet.column import NO_TEXT
from planner.store.columns import Column, columns_of, key_columns, selection_of
from planner.store.log import History
from planner.store.numbers import Numbers, in_blocks, whole_numbers
from planner.store.reader import HasConnection, conditions_of, key_order

RowState = Literal["new", "changed"]
# The Julian day number, at midnight, of the day before the first one that Python counts.
_JULIAN: Final = 1_721_424.5
_LAST_IMPORT: Final = """
SELECT e.id, e.number FROM edit AS e JOIN touch AS t ON t.edit = e.id
WHERE e.state = 'applied' AND e.source <> '' AND t."table" = ? ORDER BY e.number DESC LIMIT 1
"""
_LATER: Final = """
SELECT c.row, c.before, c.after FROM edit AS e JOIN touch AS t ON t.edit = e.id
JOIN change AS c ON c.edit = e.id AND c."table" = t."table"
WHERE e.state = 'applied' AND e.number > ? AND t."table" = ? ORDER BY e.number
"""


class Sheets:
    """The sheets of one plan file."""

    def __init__(self, source: HasConnection, history: History) -> None:
        """Nothing is read before it is asked for."""
        self._source = source
        self._history = history

    def read(self, table: str, where: Mapping[str, Value] | None = None, ids: Sequence[int] | None = None) -> Sheet:
        """Return all rows, those whose fields (by attribute) have these values, or those with these ids."""
        name = table_named(table).name
        if where or ids is not None:
            return self._of_some(name, where or {}, ids)
        return self._of_all(name, [field.attr for field in TABLES[name].fields])

    def ids(self, table: str, where: Mapping[str, Value] | None = None) -> Ints:
        """Return the ids of all rows, or of those whose fields (by attribute) have these values, by their key."""
        name = table_named(table).name
        owner = None if where else _owner(name)
        if owner is not None:
            return self._by_owner(name, owner)
        conditions, stored = conditions_of(name, where or {})
        sql = f"SELECT t.id FROM {selection_of(name).source}{conditions and f' WHERE {conditions}'}"  # noqa: S608 - names come from the declared fields
        found = self._source.connection.execute(f"{sql} ORDER BY {key_order(name)}", stored)
        return np.fromiter((row_id for (row_id,) in found), dtype=np.int64)

    def _by_owner(self, table: str, owner: Column) -> Ints:
        """Read ids as they lie in the index of the key, by the ids of the owners, and put the owners in order."""
        connection, by_key = self._source.connection, ", ".join(key_columns(table))
        (ids,) = whole_numbers(connection, ["id"], f"SELECT id FROM {table} ORDER BY {by_key}")  # noqa: S608 - names come from the declared fields
        counts = f"SELECT {owner.name} AS owner, count(*) AS size FROM {table} GROUP BY 1 ORDER BY 1"  # noqa: S608 - the same
        owners, sizes = whole_numbers(connection, ["owner", "size"], counts)
        ordered = self.ids(owner.target)
        rising = np.argsort(ordered)
        places = rising[np.searchsorted(ordered, owners, sorter=rising)]
        return np.asarray(ids[_regrouped(sizes, np.argsort(places))])

    def last_import(self, table: str) -> Edit | None:
        """Return the last import that the plan holds and that touched a table."""
        found = self._source.connection.execute(_LAST_IMPORT, (table_named(table).name,)).fetchone()
        return None if found is None else self._history.edit(found[0])

    def row_states(self, table: str) -> dict[int, RowState]:
        """Return the rows that were made or changed since the last import of a table; empty when there was none."""
        last = self.last_import(table)
        if last is None:
            return {}
        first: dict[int, str | None] = {}
        now: dict[int, str | None] = {}
        for row, before, after in self._source.connection.execute(_LATER, (last.number, table)):
            first.setdefault(row, before)
            now[row] = after
        states: dict[int, RowState] = {}
        for row, after in now.items():
            # A row that came back to what it was, or is gone, is neither.
            if after is not None and after != first[row]:
                states[row] = "new" if first[row] is None else "changed"
        return states

    def _of_some(self, table: str, where: Mapping[str, Value], ids: Sequence[int] | None) -> Sheet:
        """Read values as records have them: for few rows, where joins cost less than reading what is referred to."""
        conditions, stored = conditions_of(table, where)
        if ids is not None:
            conditions = " AND ".join(filter(None, (conditions, "t.id IN (SELECT value FROM json_each(?))")))
            stored.append(json.dumps(list(ids)))
        found = self._source.connection.execute(selection_of(table).sql(conditions, "t.id"), stored).fetchall()
        fields = TABLES[table].fields
        columns = {field.attr: _encoded(field, (row[at] for row in found)) for at, field in enumerate(fields, 1)}
        return Sheet(TABLES[table], np.fromiter(map(itemgetter(0), found), dtype=np.int64), columns)

    def _of_all(self, table: str, attrs: Sequence[str]) -> Sheet:
        """Read a whole table, references as ids, which stand for what the rows they lead to show."""
        columns = [each for each in columns_of(table) if any(field.attr in attrs for field in each.fields)]
        codes = {at: {"": NO_TEXT} for at, column in enumerate(columns, 1) if _has_texts(column)}
        flat = self._with_texts(table, columns, codes) if codes else self._of_numbers(table, columns)
        result: dict[str, SheetColumn] = {}
        for at, column in enumerate(columns, 1):
            if column.target:
                result |= self._referred(column, flat[at])
            else:
                result[column.fields[0].attr] = _numbered(column.fields[0], flat[at], codes.get(at))
        ordered = {field.attr: result[field.attr] for field in TABLES[table].fields if field.attr in result}
        return Sheet(TABLES[table], flat[0], ordered)

    def _of_numbers(self, table: str, columns: Sequence[Column]) -> Numbers:
        return in_blocks(self._source.connection, [_whole(column) for column in columns], table)

    def _with_texts(self, table: str, columns: Sequence[Column], codes: Mapping[int, dict[str, int]]) -> Numbers:
        sql = f"SELECT t.id, {', '.join(map(_whole, columns))} FROM {table} AS t ORDER BY t.id"  # noqa: S608 - names come from the declared fields
        found = _coded(self._source.connection.execute(sql), codes)
        flat = np.fromiter(chain.from_iterable(found), dtype=np.int64).reshape(-1, 1 + len(columns))
        return np.ascontiguousarray(flat.T)

    def _referred(self, column: Column, ids: Ints) -> dict[str, SheetColumn]:
        key = TABLES[column.target].key
        keys = self._of_all(column.target, [field.attr for field in key])
        rows = keys.positions(ids)
        pairs = zip(column.fields, key, strict=True)
        return {field.attr: keys.columns[part.attr].taken(rows) for field, part in pairs}


def _owner(table: str) -> Column | None:
    """Return the reference with which the key of a table begins, where it is the only one and never empty."""
    first, *others = (column for column in columns_of(table) if any(field.key for field in column.fields))
    plain = not any(column.target for column in others)
    return first if first.target and first.fields[0].required and plain else None


def _regrouped(sizes: Numbers, order: Ints) -> Ints:
    """Return the places of rows that lie in groups of these sizes, with the groups put in another order."""
    starts, moved = np.cumsum(sizes) - sizes, sizes[order]
    return np.asarray(np.arange(sizes.sum()) + np.repeat(starts[order] - (np.cumsum(moved) - moved), moved))


def _has_texts(column: Column) -> bool:
    return not column.target and _is_text(column.fields[0])


def _is_text(field: Field) -> bool:
    return isinstance(field.kind, Text | Phasing)


def _whole(column: Column) -> str:
    """Return the SQL of a column as a whole number; texts, which are counted as they come, stay what they are."""
    value, field = f"t.{column.name}", column.fields[0]
    if column.target:
        return value if field.required else f"coalesce({value}, 0)"
    match field.kind:
        case Choice(words=words):
            cases = " ".join(f"WHEN {_quoted(word)} THEN {at}" for at, (word, _) in enumerate(words))
            return f"CASE {value} {cases} ELSE {NO_TEXT} END"
        case Text() | Phasing():
            return value
        case DateKind():
            return f"CAST(coalesce(julianday({value}) - {_JULIAN}, {EMPTY}) AS INTEGER)"
        case _:
            return value if field.required else f"coalesce({value}, {EMPTY})"


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _coded(found: Iterable[Sequence[Stored]], codes: Mapping[int, dict[str, int]]) -> Iterator[list[int]]:
    """Put into the place of each text its number, which it gets when it first comes."""
    for values in found:
        row: list[int] = list(values)  # type: ignore[arg-type] # all but the texts, which are replaced, are numbers
        for at, known in codes.items():
            row[at] = known.setdefault(str(values[at] or ""), len(known) - 1)
        yield row


def _numbered(field: Field, numbers: Ints, codes: Mapping[str, int] | None) -> SheetColumn:
    if isinstance(field.kind, Choice):
        return SheetColumn(numbers.astype(np.int32), tuple(word for word, _ in field.kind.words))
    return SheetColumn(numbers) if codes is None else SheetColumn(numbers.astype(np.int32), tuple(codes)[1:])


def _encoded(field: Field, values: Iterable[Stored]) -> SheetColumn:
    """Return the column of values as stored."""
    if isinstance(field.kind, Choice):
        words = {word: at for at, (word, _) in enumerate(field.kind.words)}
        return SheetColumn(np.array([words.get(str(v), NO_TEXT) for v in values], dtype=np.int32), tuple(words))
    if _is_text(field):
        codes = {"": NO_TEXT}
        numbers = [codes.setdefault(str(value or ""), len(codes) - 1) for value in values]
        return SheetColumn(np.array(numbers, dtype=np.int32), tuple(codes)[1:])
    number = _ordinal if isinstance(field.kind, DateKind) else _integer
    return SheetColumn(np.array([EMPTY if value is None else number(value) for value in values], dtype=np.int64))


def _ordinal(value: str | int) -> int:
    return date.fromisoformat(str(value)).toordinal()


def _integer(value: str | int) -> int:
    return int(value)
