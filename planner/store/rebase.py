"""Taking an edit to a plan that has moved on since: allowed where nothing later touched the same cells."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NoReturn

from planner.changes import Edit
from planner.errors import ConflictError, InvalidValueError
from planner.model import TABLES
from planner.store import log
from planner.store.columns import Layout, column_names, columns_of, json_of, key_columns
from planner.store.log import Side

_ROWS = 'change AS c WHERE c.edit = :target AND c."table" = :table'


def rebase(connection: sqlite3.Connection, edit: Edit, target: int, *, new: Side) -> None:
    """Log into the draft `target` what brings the cells of an edit to their `new` side.

    Raises ConflictError, naming the later edit, when a cell, a key or a reference is no longer as the edit left it.
    """
    old: Side = "before" if new == "after" else "after"
    sides = [_Side(name, touch.layout, old, new) for name, touch in log.touched(connection, edit.id).items()]
    for side in sides:
        _check_rows(connection, edit, side)
        _log_merged(connection, edit, side, target)
    log.summarise(connection, target)
    # What the rows become is looked at whole: cells that the edit left alone may have moved on.
    for table, merged in log.touched(connection, target).items():
        _check_keys(connection, edit, table, target)
        if merged.changed:
            _check_twins(connection, edit, table, target)
        _check_parents(connection, edit, table, target)
        _check_children(connection, edit, table, target)
        if merged.changed and TABLES[table].has_rules:
            _check_rules(connection, edit, table, target)


@dataclass(frozen=True, slots=True)
class _Side:
    """The rows of one table that an edit touches, read from its `old` side to its `new` one."""

    table: str
    layout: Layout
    old: Side
    new: Side

    def was(self, name: str) -> str:
        """Return the SQL of a column on the old side."""
        return self.layout.value(f"c.{self.old}", name)

    def becomes(self, name: str) -> str:
        """Return the SQL of a column on the new side."""
        return self.layout.value(f"c.{self.new}", name)


def _check_rows(connection: sqlite3.Connection, edit: Edit, side: _Side) -> None:
    names = side.layout.known
    moved = " OR ".join(f"t.{name} IS NOT {side.was(name)}" for name in names)
    touched = " OR ".join(
        f"({side.was(name)} IS NOT {side.becomes(name)} AND t.{name} IS NOT {side.was(name)})" for name in names
    )
    found = connection.execute(
        f"SELECT c.row, c.{side.old}, c.{side.new} FROM {_joined(side.table)} AND CASE"  # noqa: S608 - names come from the declared fields
        f" WHEN c.{side.old} IS NULL THEN t.id IS NOT NULL"
        " WHEN t.id IS NULL THEN 1"
        f" WHEN c.{side.new} IS NULL THEN {moved}"
        f" ELSE {touched} END LIMIT 1",
        {"edit": edit.id, "table": side.table},
    ).fetchone()
    if found is not None:
        row, *texts = found
        was, becomes = ({} if text is None else side.layout.row(text) for text in texts)
        cells = {name for name in names if was.get(name) != becomes.get(name)}
        _refuse(connection, edit, [_Cells(side.table, row, cells)], "changed the same cells")


@dataclass(frozen=True, slots=True)
class _Cells:
    """Columns of a row that a later edit has moved."""

    table: str
    row: int
    names: Collection[str]


def _check_keys(connection: sqlite3.Connection, edit: Edit, table: str, target: int) -> None:
    names = key_columns(table)
    same = " AND ".join(f"t.{name} = {_after(table, name)}" for name in names)
    found = connection.execute(
        f"SELECT t.id, c.row FROM change AS c JOIN {table} AS t ON {same} AND t.id <> c.row"  # noqa: S608 - names come from the declared fields
        ' WHERE c.edit = :target AND c."table" = :table AND c.after IS NOT NULL'
        " AND NOT EXISTS (SELECT 1 FROM change AS o WHERE o.edit = :target"
        ' AND o."table" = :table AND o.row = t.id) LIMIT 1',
        {"target": target, "table": table},
    ).fetchone()
    if found is not None:
        _refuse(connection, edit, [_Cells(table, row, names) for row in found], "made a record with the same key")


def _check_twins(connection: sqlite3.Connection, edit: Edit, table: str, target: int) -> None:
    names = key_columns(table)
    keys = ", ".join(_after(table, name) for name in names)
    found = connection.execute(
        f"SELECT json_group_array(c.row) FROM {_ROWS} AND c.after IS NOT NULL GROUP BY {keys} HAVING count(*) > 1",  # noqa: S608 - names come from the declared fields
        {"target": target, "table": table},
    ).fetchone()
    if found is not None:
        cells = [_Cells(table, row, names) for row in json.loads(found[0])]
        _refuse(connection, edit, cells, "made a record with the same key")


def _check_parents(connection: sqlite3.Connection, edit: Edit, table: str, target: int) -> None:
    for column in columns_of(table):
        if not column.target:
            continue
        parent = _after(table, column.name)
        found = connection.execute(
            f"SELECT c.row, {parent} FROM {_ROWS} AND {parent} IS NOT NULL AND NOT CASE"  # noqa: S608 - names come from the declared fields
            " WHEN EXISTS (SELECT 1 FROM change AS o WHERE o.edit = :target"
            f" AND o.\"table\" = '{column.target}' AND o.row = {parent})"
            " THEN EXISTS (SELECT 1 FROM change AS o WHERE o.edit = :target"
            f" AND o.\"table\" = '{column.target}' AND o.row = {parent} AND o.after IS NOT NULL)"
            f" ELSE EXISTS (SELECT 1 FROM {column.target} AS p WHERE p.id = {parent}) END LIMIT 1",
            {"target": target, "table": table},
        ).fetchone()
        if found is not None:
            cells = [
                _Cells(column.target, found[1], column_names(column.target)),
                _Cells(table, found[0], [column.name]),
            ]
            _refuse(connection, edit, cells, f"deleted the {TABLES[column.target].singular} it needs")


def _check_children(connection: sqlite3.Connection, edit: Edit, table: str, target: int) -> None:
    for other in TABLES.values():
        for column in columns_of(other.name):
            if column.target != table:
                continue
            found = connection.execute(
                f"SELECT k.id FROM {other.name} AS k WHERE k.{column.name} IN"  # noqa: S608 - names come from the declared fields
                f" (SELECT c.row FROM {_ROWS} AND c.after IS NULL)"
                " AND NOT EXISTS (SELECT 1 FROM change AS o WHERE o.edit = :target"
                f" AND o.\"table\" = '{other.name}' AND o.row = k.id) LIMIT 1",
                {"target": target, "table": table},
            ).fetchone()
            if found is not None:
                cells = [_Cells(other.name, found[0], [column.name])]
                _refuse(connection, edit, cells, f"added {other.one} that needs it")


def _check_rules(connection: sqlite3.Connection, edit: Edit, table: str, target: int) -> None:
    layout = Layout(column_names(table))
    found = connection.execute(
        f"SELECT c.row, c.after FROM {_ROWS} AND c.before IS NOT NULL AND c.after IS NOT NULL",  # noqa: S608 - a fixed text
        {"target": target, "table": table},
    ).fetchall()
    for row, after in found:
        try:
            log.Keys(connection).record(table, layout.row(after))
        except InvalidValueError as error:
            cells = [_Cells(table, row, layout.names)]
            _refuse(connection, edit, cells, f"changed the same {TABLES[table].singular}, and {error.reason}")


def _after(table: str, name: str) -> str:
    return Layout(column_names(table)).value("c.after", name)


def _log_merged(connection: sqlite3.Connection, edit: Edit, side: _Side, target: int) -> None:
    table = side.table
    merged = {
        name: f"iif({side.was(name)} IS NOT {side.becomes(name)}, {side.becomes(name)}, t.{name})"
        for name in side.layout.known
    }
    fresh = {name: side.becomes(name) for name in side.layout.known}
    defaults = {c.name: f":{c.name}" for c in columns_of(table) if c.name not in fresh}
    connection.execute(
        f'INSERT INTO change (edit, "table", row, before, after) SELECT :target, c."table", c.row,'  # noqa: S608 - names come from the declared fields
        f" iif(t.id IS NULL, NULL, {json_of(table, 't')}),"
        f" CASE WHEN c.{side.new} IS NULL THEN NULL WHEN t.id IS NULL THEN {json_of(table, 't', fresh | defaults)}"
        f" ELSE {json_of(table, 't', merged)} END"
        f" FROM {_joined(table)}",
        {"edit": edit.id, "table": table, "target": target}
        | {c.name: c.default for c in columns_of(table) if c.name in defaults},
    )


def _joined(table: str) -> str:
    return f'change AS c LEFT JOIN {table} AS t ON t.id = c.row WHERE c.edit = :edit AND c."table" = :table'


def _refuse(connection: sqlite3.Connection, edit: Edit, cells: Iterable[_Cells], did: str) -> NoReturn:
    later = next((found for each in cells if (found := _later(connection, edit, each))), None)
    what = f"Edit {edit.number} ({edit.title})" if edit.number is not None else f"The draft {edit.title!r}"
    if later is None:
        raise ConflictError(f"{what} no longer fits the plan: something later {did}. Make it anew.")
    number, title = later
    raise ConflictError(f"{what} cannot be taken alone: edit {number} ({title}) {did}. Undo edit {number} first.")


def _later(connection: sqlite3.Connection, edit: Edit, cells: _Cells) -> tuple[int, str] | None:
    """Return the number and title of the last edit since that holds and moved one of the cells."""
    found = connection.execute(
        "SELECT e.number, e.title, c.before, c.after, k.columns FROM edit AS e"
        ' JOIN change AS c ON c.edit = e.id JOIN touch AS k ON k.edit = e.id AND k."table" = c."table"'
        " WHERE e.state = 'applied' AND e.id <> :edit AND e.base >= (SELECT base FROM edit WHERE id = :edit)"
        ' AND c."table" = :table AND c.row = :row ORDER BY e.number DESC',
        {"edit": edit.id, "table": cells.table, "row": cells.row},
    )
    for number, title, *texts, columns in found:
        layout = Layout.read(cells.table, columns)
        before, after = ({} if text is None else layout.row(text) for text in texts)
        if any(before.get(name) != after.get(name) for name in cells.names):
            return number, title
    return None
