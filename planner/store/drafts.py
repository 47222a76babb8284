"""Drafts on their way into the plan: narrowed, taken in, or tried and taken back."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from planner.changes import Edit
from planner.errors import PlannerError
from planner.store import log
from planner.store.rebase import rebase
from planner.store.stages import note_stages

# Names an edit from its counts of new, changed and deleted records.
Title = Callable[[int, int, int], str]


def narrow(connection: sqlite3.Connection, edit: int, rows: Collection[int], title: Title | None = None) -> None:
    """Leave these rows out of a draft and count it again; PlannerError when nothing is left of it."""
    connection.execute(
        "DELETE FROM change WHERE edit = ? AND row IN (SELECT value FROM json_each(?))", (edit, json.dumps(list(rows)))
    )
    connection.execute("DELETE FROM touch WHERE edit = ?", (edit,))
    log.summarise(connection, edit)
    touched = log.touched(connection, edit).values()
    if not touched:
        raise PlannerError("Every row is left out, and nothing would change. Tick a row first.")
    if title is not None:
        counts = (sum(getattr(touch, kind) for touch in touched) for kind in ("created", "changed", "deleted"))
        connection.execute("UPDATE edit SET title = ? WHERE id = ?", (title(*counts), edit))


def take(connection: sqlite3.Connection, edit: Edit, person: str) -> int:
    """Write the tables as a draft says, brought up to what the plan is now; returns the id of the edit.

    ConflictError when the plan has moved on in the same cells.
    """
    number = edit.id
    base = connection.execute("SELECT base FROM edit WHERE id = ?", (number,)).fetchone()[0]
    if base != log.moves(connection):
        fresh = log.draft(connection, edit.title, person, edit.source)
        rebase(connection, edit, fresh, new="after")
        connection.execute("DELETE FROM edit WHERE id = ?", (number,))
        number = fresh
    note_stages(connection, number)
    log.apply(connection, number)
    return number


@contextmanager
def taken_back(connection: sqlite3.Connection) -> Iterator[None]:
    """Take back whatever is written inside, at its end."""
    connection.execute("SAVEPOINT tried")
    try:
        yield
    finally:
        # SQLite has rolled back already where the disk is full.
        if connection.in_transaction:
            connection.execute("ROLLBACK TO tried")
