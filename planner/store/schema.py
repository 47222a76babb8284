"""The migrations that bring an older plan file, or an empty one, up to date."""

import sqlite3
from typing import TYPE_CHECKING, Final

from planner.store.formats.first import FIRST
from planner.store.formats.second import SECOND
from planner.store.formats.third import THIRD

if TYPE_CHECKING:
    from sqlite_utils.db import Database
    from sqlite_utils.migrations import Migrations

# "OffT" in ASCII; the first bytes of a plan file carry it.
APPLICATION_ID: Final = 0x4F666654

# The number of migrations; a file says in `user_version` how many it has been through.
VERSION: Final = 3


def migrations() -> "Migrations":
    """Return all migrations in order; each runs in a transaction of its own."""
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415 - half a second, spent on old files alone

    steps = Migrations("offtake")

    @steps()
    def first(database: "Database") -> None:
        _run(database.conn, FIRST, 1)

    @steps()
    def second(database: "Database") -> None:
        _run(database.conn, SECOND, 2)

    @steps()
    def third(database: "Database") -> None:
        _run(database.conn, THIRD, 3)

    return steps


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older or empty file up to date."""
    from sqlite_utils import Database  # noqa: PLC0415 - half a second, spent on old files alone

    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    migrations().apply(Database(connection))


def _run(connection: sqlite3.Connection, script: str, version: int) -> None:
    # Not executescript, which would commit the migration's transaction first.
    for statement in script.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {version}")
