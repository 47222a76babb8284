"""The log of edits: each is written here first, and every table is written from here alone."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final, Literal

from planner.changes import Change, ChangeSet, Edit, EditState, Touch
from planner.errors import PlannerError
from planner.fields import Stored, Value
from planner.model import TABLES, Record
from planner.store.columns import Key, Layout, StoredRow, columns_of, layout_text, load_record, row_text, selection_of
from planner.store.reader import HasConnection

Side = Literal["before", "after"]
ROWS_LISTED: Final = 10_000
# The base of an edit that was taken back before another was made: it cannot be brought back any more.
_LEFT_BEHIND: Final = -1
_LAST_APPLIED: Final = "SELECT number FROM edit WHERE state = 'applied' ORDER BY number DESC LIMIT 1"
_EDIT: Final = "SELECT id, number, time, person, title, state, source FROM edit"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as it was and as it becomes, in stored form."""

    table: str
    row: int
    before: StoredRow | None
    after: StoredRow | None


def allocate(connection: sqlite3.Connection, count: int) -> int:
    """Return the first of `count` fresh ids: replica << 32 | n, so that copies of a plan never give the same."""
    about = dict(connection.execute("SELECT name, value FROM about WHERE name IN ('replica', 'last n')"))
    last = int(about["last n"])
    connection.execute("UPDATE about SET value = ? WHERE name = 'last n'", (str(last + count),))
    return (int(about["replica"]) << 32) + last + 1


def draft(connection: sqlite3.Connection, title: str, person: str, source: str = "") -> int:
    """Begin an edit that the plan does not hold yet; returns its id. `source` is the name of an imported file."""
    edit = allocate(connection, 1)
    connection.execute(
        "INSERT INTO edit (id, number, time, person, title, state, base, source)"
        " VALUES (?, NULL, ?, ?, ?, 'draft', ?, ?)",
        (edit, datetime.now(UTC).isoformat(timespec="seconds"), person, title, moves(connection), source),
    )
    return edit


def moves(connection: sqlite3.Connection) -> int:
    """Return how often the plan has changed so far, undo and redo included."""
    return int(connection.execute("SELECT value FROM about WHERE name = 'moves'").fetchone()[0])


def log(connection: sqlite3.Connection, edit: int, entries: Iterable[Entry]) -> None:
    """Write changes into a draft."""
    connection.executemany(
        'INSERT INTO change (edit, "table", row, before, after) VALUES (?, ?, ?, ?, ?)',
        ((edit, e.table, e.row, _text(e.table, e.before), _text(e.table, e.after)) for e in entries),
    )


def summarise(connection: sqlite3.Connection, edit: int) -> None:
    """Count what a draft makes, changes and deletes, as far as it is logged, and keep which columns it knew."""
    connection.create_function("layout_of", 1, layout_text, deterministic=True)
    connection.execute(
        'INSERT OR REPLACE INTO touch SELECT edit, "table", count(*) - count(before),'
        ' count(before) + count(after) - count(*), count(*) - count(after), layout_of("table")'
        ' FROM change WHERE edit = ? GROUP BY "table"',
        (edit,),
    )


@dataclass(frozen=True, slots=True)
class Touched:
    """How many rows of a table an edit makes, changes and deletes, and the columns that it knew."""

    created: int
    changed: int
    deleted: int
    layout: Layout


def touched(connection: sqlite3.Connection, edit: int) -> dict[str, Touched]:
    """Return what an edit touches, by table, in the order of the tables."""
    found = connection.execute('SELECT "table", created, changed, deleted, columns FROM touch WHERE edit = ?', (edit,))
    # The log of a stranger's plan may name anything: only known tables reach the SQL.
    by_table = {
        name: Touched(created, changed, deleted, Layout.read(name, columns))
        for name, created, changed, deleted, columns in found
        if name in TABLES
    }
    return {name: by_table[name] for name in TABLES if name in by_table}


def _text(table: str, row: StoredRow | None) -> str | None:
    return None if row is None else row_text(table, row)


def apply(connection: sqlite3.Connection, edit: int) -> None:
    """Make a draft part of the plan; sqlite3.IntegrityError when a key or a reference does not hold."""
    write_side(connection, edit, "after")
    connection.execute(f"UPDATE edit SET base = ? WHERE number > coalesce(({_LAST_APPLIED}), 0)", (_LEFT_BEHIND,))  # noqa: S608 - a fixed text
    connection.execute(
        "UPDATE edit SET state = 'applied', number = (SELECT coalesce(max(number), 0) + 1 FROM edit) WHERE id = ?",
        (edit,),
    )


def write_side(connection: sqlite3.Connection, edit: int, side: Side) -> None:
    """Bring every row that an edit touches to one of its sides: the one road by which tables are written."""
    other = "before" if side == "after" else "after"
    tables = touched(connection, edit)
    for table, touch in tables.items():
        if touch.changed + (touch.deleted if side == "after" else touch.created):
            connection.execute(
                f'DELETE FROM {table} WHERE id IN (SELECT row FROM change WHERE edit = ? AND "table" = ?'  # noqa: S608 - known tables and sides
                f" AND {other} IS NOT NULL)",
                (edit, table),
            )
    for table, touch in tables.items():
        names = touch.layout.known
        values = ", ".join(touch.layout.value(side, name) for name in names)
        connection.execute(
            f"INSERT INTO {table} (id, {', '.join(names)}) SELECT row, {values} FROM change"  # noqa: S608 - known tables and sides
            f' WHERE edit = ? AND "table" = ? AND {side} IS NOT NULL',
            (edit, table),
        )
    connection.execute("UPDATE about SET value = value + 1 WHERE name = 'moves'")


def mark(connection: sqlite3.Connection, edit: int, state: EditState) -> None:
    """Say whether the plan holds an applied edit or it was taken back."""
    connection.execute("UPDATE edit SET state = ? WHERE id = ?", (state, edit))


class History:
    """The edits of a plan and what each changed, as values."""

    def __init__(self, source: HasConnection) -> None:
        """Nothing is read before it is asked for."""
        self._source = source

    def edits(self, limit: int) -> list[Edit]:
        """Return the numbered edits, newest first."""
        found = self._source.connection.execute(
            f"{_EDIT} WHERE number IS NOT NULL ORDER BY number DESC LIMIT ?", (limit,)
        )
        return [_edit(values) for values in found]

    def edit(self, edit_id: int) -> Edit:
        """Return an edit by its id; KeyError when there is none."""
        found = self._source.connection.execute(f"{_EDIT} WHERE id = ?", (edit_id,)).fetchone()
        if found is None:
            raise KeyError(edit_id)
        return _edit(found)

    def numbered(self, number: int) -> Edit:
        """Return an edit by the number that people see; PlannerError when there is none."""
        found = self._source.connection.execute(f"{_EDIT} WHERE number = ?", (number,)).fetchone()
        if found is None:
            raise PlannerError(f"There is no edit {number}; the history lists them.")
        return _edit(found)

    def next_undo(self) -> Edit | None:
        """Return the edit that undo takes back."""
        return self._first("WHERE state = 'applied' ORDER BY number DESC LIMIT 1")

    def next_redo(self) -> Edit | None:
        """Return the edit that redo brings back: the first one undone since the last new edit."""
        return self._first(
            f"WHERE number > coalesce(({_LAST_APPLIED}), 0) AND base <> {_LEFT_BEHIND} ORDER BY number LIMIT 1"
        )

    def _first(self, clause: str) -> Edit | None:
        found = self._source.connection.execute(f"{_EDIT} {clause}").fetchone()
        return None if found is None else _edit(found)

    def change_set(self, edit_id: int, *, reverse: bool = False, moved: int = 0) -> ChangeSet:
        """Return the handle on what an edit changed; `moved` as in ChangeSet."""
        touches = []
        for table, found in touched(self._source.connection, edit_id).items():
            count = found.created + found.changed + found.deleted
            rows = self._rows(edit_id, table, count)
            touches.append(Touch(table, found.created, found.changed, found.deleted, rows))
        read = partial(self._changes, edit_id)
        return ChangeSet(self.edit(edit_id), tuple(touches), read, reverse=reverse, moved=moved)

    def _rows(self, edit_id: int, table: str, count: int) -> frozenset[int] | None:
        if count > ROWS_LISTED:
            return None
        found = self._source.connection.execute(
            'SELECT row FROM change WHERE edit = ? AND "table" = ?', (edit_id, table)
        )
        return frozenset(row for (row,) in found)

    def _changes(self, edit_id: int) -> Iterator[Change]:
        keys = Keys(self._source.connection)
        found = self._source.connection.execute(
            'SELECT "table", row, before, after FROM change WHERE edit = ? ORDER BY "table", row', (edit_id,)
        )
        layouts = {table: each.layout for table, each in touched(self._source.connection, edit_id).items()}
        for table, row, before, after in found:
            old, new = (None if text is None else layouts[table].row(text) for text in (before, after))
            yield Change(table, row, keys.record(table, old), keys.record(table, new))


def _edit(values: tuple[int, int | None, str, str, str, str, str]) -> Edit:
    edit_id, number, time, person, title, state, source = values
    return Edit(edit_id, number, datetime.fromisoformat(time), person, title, EditState(state), source)


class Keys:
    """The keys of rows by id, also of rows that are gone: those the log remembers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Each key is looked up once."""
        self._connection = connection
        self._known: dict[tuple[str, int], Key] = {}

    def record(self, table: str, row: StoredRow | None) -> Record | None:
        """Return the record of a stored row."""
        return None if row is None else load_record(TABLES[table], self._fields(table, row))

    def _fields(self, table: str, stored: StoredRow) -> tuple[Stored, ...]:
        values: dict[str, Value] = {}
        for column in columns_of(table):
            value = stored.get(column.name, column.default)
            if not column.target:
                values[column.fields[0].attr] = value
                continue
            key = (None,) * len(column.fields) if value is None else self._key(column.target, int(value))
            values.update(zip((field.attr for field in column.fields), key, strict=True))
        return tuple(f.kind.store(values[f.attr]) for f in TABLES[table].fields)

    def _key(self, table: str, row: int) -> Key:
        if (table, row) not in self._known:
            self._known[table, row] = self._read_key(table, row)
        return self._known[table, row]

    def _read_key(self, table: str, row: int) -> Key:
        found = self._connection.execute(selection_of(table).sql("t.id = ?"), (row,)).fetchone()
        if found is None:
            last = self._connection.execute(
                "SELECT coalesce(c.after, c.before), k.columns FROM change AS c JOIN edit AS e ON e.id = c.edit"
                ' JOIN touch AS k ON k.edit = c.edit AND k."table" = c."table"'
                ' WHERE c."table" = ? AND c.row = ? ORDER BY e.number DESC LIMIT 1',
                (table, row),
            ).fetchone()
            if last is None:
                raise PlannerError(f"The history names a {TABLES[table].singular} that never was: the file is damaged.")
            fields = self._fields(table, Layout.read(table, last[1]).row(last[0]))
        else:
            fields = found[1:]
        attrs = dict(zip((field.attr for field in TABLES[table].fields), fields, strict=True))
        return tuple(attrs[field.attr] for field in TABLES[table].key)
