"""Reading whole numbers of a million rows: SQLite writes each column out as one text, which numpy takes apart."""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from planner.fields import Stored

# A third of the time that rows take one by one, and other threads run meanwhile.
Numbers = NDArray[np.int64]
# No text grows beyond a few megabytes, and each is taken apart within some milliseconds.
ROWS_READ: Final = 2**16


def whole_numbers(
    connection: sqlite3.Connection, columns: Sequence[str], rows: str, parameters: Sequence[Stored] = ()
) -> Numbers:
    """Return columns of the rows that a statement selects, in its order: one array a column; no value may be null."""
    lists = ", ".join(f"group_concat({column})" for column in columns)
    found = connection.execute(f"SELECT {lists} FROM ({rows})", parameters).fetchone()  # noqa: S608 - names come from the declared fields
    return np.array([_apart(text) for text in found], dtype=np.int64)


def in_blocks(connection: sqlite3.Connection, columns: Sequence[str], table: str) -> Numbers:
    """Return the ids of a table, rising, and columns of it, given as expressions of its row `t`: one array each."""
    names = ["id", *(f"c{at}" for at in range(len(columns)))]
    selected = ", ".join(f"{column} AS {name}" for column, name in zip(columns, names[1:], strict=True))
    rows = f"SELECT t.id, {selected} FROM {table} AS t WHERE t.id > ? ORDER BY t.id LIMIT {ROWS_READ}"  # noqa: S608 - names come from the declared fields
    return np.concatenate(list(_blocks(connection, names, rows)), axis=1)


def _blocks(connection: sqlite3.Connection, names: Sequence[str], rows: str) -> Iterator[Numbers]:
    last, size = 0, ROWS_READ
    while size == ROWS_READ:
        block = whole_numbers(connection, names, rows, (last,))
        size = block.shape[1]
        last = int(block[0, -1]) if size else last
        yield block


def _apart(text: str | int | None) -> Numbers:
    return np.zeros(0, dtype=np.int64) if text is None else np.fromstring(str(text), dtype=np.int64, sep=",")
