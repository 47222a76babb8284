"""A plan file on the disk: made, recognised, locked, opened once for writing, and written in transactions."""

import json
import os
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from filelock import FileLock, Timeout

from planner.errors import PlannerError, ReadOnlyError
from planner.store import schema

SUFFIX: Final = ".offtake"
_MAGIC: Final = b"SQLite format 3\x00"
_HEADER_BYTES: Final = 100
_VERSION_AT: Final = slice(60, 64)
_APPLICATION_AT: Final = slice(68, 72)
_BUSY_MS: Final = 5_000


class PlanFile:
    """An open plan file; each thread has its own connection to it.

    `read_only` is the reason, a sentence, why nothing may be written, or None.
    """

    def __init__(self, path: Path, lock: FileLock | None, read_only: str | None) -> None:
        """Use `create` or `open`."""
        self.path = path
        self.read_only = read_only
        self._lock = lock
        # By the number of the thread, which another gets when the first is gone: a worker's connection is used again.
        self._connections: dict[int, sqlite3.Connection] = {}

    @classmethod
    def create(cls, path: Path, person: str) -> Self:
        """Make a new, empty plan; PlannerError when the file exists or the folder cannot be written."""
        if path.exists():
            raise PlannerError(f"{path} exists already; choose another name, or open it.")
        if not path.parent.is_dir():
            raise PlannerError(f"There is no folder {path.parent}; make it first.")
        try:
            path.touch(exist_ok=False)
        except OSError as error:
            raise PlannerError(f"{path} cannot be made: {error.strerror}. Choose another folder.") from error
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as connection:
                # Large pages: a million rows are written in half the time, and an edit costs the same.
                connection.execute("PRAGMA page_size = 16384")
                connection.execute("PRAGMA journal_mode = WAL")
                schema.migrate(connection)
                _name_replica(connection)
        except BaseException:
            _remove(path)
            raise
        return cls.open(path, person)

    @classmethod
    def open(cls, path: Path, person: str) -> Self:
        """Open a plan, for reading alone where it is open already or may not be written.

        Raises PlannerError, with the file untouched, when it is no plan or comes from a newer version.
        """
        _recognise(path)
        lock, reason = _acquire(path)
        plan = cls(path, lock, reason)
        try:
            _check_version(plan.connection.execute("PRAGMA user_version").fetchone()[0], path)
            _check_schema(plan.connection, path)
            if reason is None:
                plan._prepare(person)
            else:
                plan._refuse_older(reason)
                plan.read_only = reason if lock is not None else f"{reason} {plan._holder()}".strip()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            plan.close()
            raise PlannerError(f"{path} is damaged ({error}). Restore a copy of it.") from error
        except BaseException:
            plan.close()
            raise
        return plan

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        thread = threading.get_ident()
        connection = self._connections.get(thread)
        if connection is None:
            connection = self._connections[thread] = self._connect()
        return connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write all of it or nothing; ReadOnlyError where nothing may be written."""
        if self.read_only is not None:
            raise ReadOnlyError(f"{self.path.name} is open for reading only. {self.read_only}")
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            # A foreign key is checked at the commit, so that the order of writes inside an edit does not matter.
            connection.execute("PRAGMA defer_foreign_keys = ON")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise _explained(error, self.path) from error
        finally:
            # SQLite has rolled back already where the disk is full.
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read the plan as it is now, whatever others write meanwhile; within a transaction, as that one sees it."""
        with snapshot(self.connection):
            yield

    def close(self) -> None:
        """Close every connection and let others write."""
        if self.read_only is None and self._connections:
            with suppress(sqlite3.Error):
                self.connection.execute("DELETE FROM about WHERE name = 'open by'")
        for connection in self._connections.values():
            connection.close()
        self._connections.clear()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _connect(self) -> sqlite3.Connection:
        if self.read_only is None:
            connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        else:
            connection = _connect_reading(self.path)
        # A plan may come from a stranger: its schema may call nothing, its cells are checked as they are read.
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -131072")
        # 128 MB: the preview of a large import is not copied into the file before its end is known.
        connection.execute("PRAGMA wal_autocheckpoint = 8192")
        return connection

    def _is_older(self) -> bool:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0]) < schema.VERSION

    def _refuse_older(self, reason: str) -> None:
        """Raise PlannerError where the tables are not those that this version reads, and may not be migrated."""
        if self._is_older():
            raise PlannerError(
                f"{self.path} was written by an older version of Offtake and must be brought up to date, but it may not"
                f" be written now. {reason} Or copy it to where it may be written, and open the copy."
            )

    def _prepare(self, person: str) -> None:
        connection = self.connection
        if self._is_older():
            schema.migrate(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        holder = json.dumps({"person": person, "host": socket.gethostname(), "since": _now()})
        connection.execute("INSERT OR REPLACE INTO about VALUES ('open by', ?)", (holder,))

    def _holder(self) -> str:
        found = self.connection.execute("SELECT value FROM about WHERE name = 'open by'").fetchone()
        if found is None:
            return ""
        holder = json.loads(found[0])
        return f"It is open by {holder['person']} on {holder['host']} since {holder['since']} UTC."


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Read as the plan is now through a connection; within a transaction, as that one sees it."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _recognise(path: Path) -> None:
    """Raise PlannerError unless the first bytes are those of a plan that this version can read."""
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as error:
        raise PlannerError(f"{path} cannot be opened: {error.strerror}.") from error
    known = header[: len(_MAGIC)] == _MAGIC and len(header) == _HEADER_BYTES
    if not known or int.from_bytes(header[_APPLICATION_AT], "big") != schema.APPLICATION_ID:
        raise PlannerError(f"{path} is not an Offtake plan; open a file that Offtake made (*{SUFFIX}).")
    _check_version(int.from_bytes(header[_VERSION_AT], "big"), path)


def _check_version(version: int, path: Path) -> None:
    if version > schema.VERSION:
        raise PlannerError(
            f"{path} was written by a newer version of Offtake (format {version}, this one knows {schema.VERSION}); "
            "install the newer version. The file was left as it is."
        )


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what a plan never holds: triggers and views run when a table is merely read or written."""
    found = connection.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'view')").fetchone()
    if found is not None:
        raise PlannerError(f"{path} holds the {found[0]} {found[1]!r}, which no plan has; it was not made by Offtake.")


def _acquire(path: Path) -> tuple[FileLock | None, str | None]:
    lock = FileLock(f"{path}-lock", timeout=0)
    try:
        if not _writable(path):
            return None, "The file may not be written."
        lock.acquire()
    except Timeout:
        return None, "Close it there to write here."
    except OSError as error:
        return None, f"Its folder may not be written ({error.strerror})."
    return lock, None


def _writable(path: Path) -> bool:
    try:
        with path.open("r+b"):
            return True
    except OSError:
        return False


def _connect_reading(path: Path) -> sqlite3.Connection:
    uri = path.resolve().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        # On a medium that cannot be written SQLite cannot keep its index of the log: the file stands still there.
        connection.close()
        connection = sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None, check_same_thread=False)
    return connection


def _name_replica(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO about VALUES ('replica', ?), ('last n', '0'), ('moves', '0')",
        (str(_random_replica()),),
    )


def _random_replica() -> int:
    """Return 31 random bits."""
    return int.from_bytes(os.urandom(4), "big") >> 1


def _explained(error: sqlite3.Error, path: Path) -> Exception:
    """Return what the person can do about it, or the error itself where it is our bug."""
    match getattr(error, "sqlite_errorname", ""):
        case "SQLITE_FULL":
            return PlannerError(f"The disk is full: nothing was written to {path.name}. Free some space and try again.")
        case "SQLITE_BUSY" | "SQLITE_LOCKED":
            return PlannerError(f"Another program is writing to {path.name}; close it there and try again.")
        case name if name.startswith("SQLITE_IOERR"):
            return PlannerError(f"{path.name} could not be written ({name}): check the disk. Nothing was changed.")
        case "SQLITE_CORRUPT" | "SQLITE_NOTADB":
            return PlannerError(f"{path.name} is damaged ({error}). Restore a copy of it.")
        case _:
            return error


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M}"


def save_copy(source: PlanFile, target: Path) -> None:
    """Write a copy of the plan, history and all, as a replica of its own; PlannerError when the file exists."""
    if target.exists():
        raise PlannerError(f"{target} exists already; choose another name.")
    try:
        with closing(sqlite3.connect(target, isolation_level=None)) as copy:
            source.connection.backup(copy)
            copy.execute("DELETE FROM about WHERE name = 'open by'")
            copy.execute("UPDATE about SET value = ? WHERE name = 'replica'", (str(_random_replica()),))
    except (sqlite3.Error, OSError) as error:
        _remove(target)
        raise PlannerError(f"{target} cannot be written: {error}. Choose another folder.") from error
