"""Workbooks of Excel up to 2003, read in a process of their own: a broken one may take the process down with it."""

import multiprocessing
import os
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Final

from planner.errors import PlannerError
from planner.exchange.archive import broken_workbook, protected_workbook
from planner.exchange.calamine import Book, Cells, Merged
from planner.exchange.cell_text import Cell

# All that such a sheet can hold, of texts of the usual length.
_MOST_MEMORY: Final = 3 * 2**30
_MOST_SECONDS: Final = 120
_PROTECTED: Final = "protected"
_BROKEN: Final = "broken"


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet with all its rows; `first_column` counts from 0, `merged` are (row, column) of first and last cells."""

    name: str
    hidden: bool
    rows: list[list[Cell]]
    first_column: int
    merged: tuple[Merged, ...]


def read_old_excel(name: str, content: bytes) -> list[OldSheet]:
    """Return all sheets; PlannerError when the workbook is protected or broken."""
    # Where the window runs there are threads, which a copy of the process would not have.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, content), daemon=True)
    process.start()
    theirs.close()
    try:
        found = ours.recv() if ours.poll(_MOST_SECONDS) else _BROKEN
    except (EOFError, OSError) as error:
        raise broken_workbook(name) from error
    finally:
        process.kill()
        process.join()
        ours.close()
    if found == _PROTECTED:
        raise protected_workbook(name)
    if found == _BROKEN:
        raise broken_workbook(name)
    return list(found)


def _work(answer: Connection, content: bytes) -> None:
    """Read the sheets and send them; what goes wrong is sent as a word, or the process ends without an answer."""
    _confine()
    answer.send(_read(content))


def _confine() -> None:
    """Bound the memory where the system can, and keep what a crash prints to the process."""
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 2)
    try:
        import resource  # noqa: PLC0415 - Windows has none; there the system refuses what is too much
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _read(content: bytes) -> list[OldSheet] | str:
    try:
        book = Book("", content)
        return [_sheet(name, hidden, book.cells(name)) for name, hidden in book.sheets]
    except PlannerError as error:
        return _PROTECTED if "password" in str(error) else _BROKEN


def _sheet(name: str, hidden: bool, cells: Cells) -> OldSheet:  # noqa: FBT001 - what the sheet is
    return OldSheet(name, hidden, list(cells.rows()), cells.first_column, cells.merged)
