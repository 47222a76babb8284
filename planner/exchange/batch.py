"""Rows of text in batches, and what gives them: a source, whatever the format of its file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from planner.exchange.dialect import Dialect


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of cells as read, the line on which each begins, and how much of the file is read (0 to 1).

    `columns` hold a cell for each row, empty where the row ends before; `widths` tell how many cells each row has,
    None where all have as many as there are columns.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[str]]
    done: float
    widths: Sequence[int] | None = None

    @classmethod
    def of_rows(cls, lines: Sequence[int], rows: Sequence[Sequence[str]], done: float) -> Self:
        """Return a batch of rows that may end early."""
        widths = list(map(len, rows))
        return cls(lines, list(zip_longest(*rows, fillvalue="")), done, widths if len(set(widths)) > 1 else None)

    @property
    def rows(self) -> list[list[str]]:
        """The cells of each row."""
        whole = map(list, zip(*self.columns, strict=True))
        if self.widths is None:
            return list(whole)
        return [row[:width] for row, width in zip(whole, self.widths, strict=True)]


class Source(Protocol):
    """A file with a header and rows of text; another format implements this and nothing else changes."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def dialect(self) -> "Dialect":
        """How it is understood."""

    @property
    def header(self) -> tuple[str, ...]:
        """The cells of the header row."""

    @property
    def locale(self) -> str | None:
        """How its numbers are written."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out or turned, a sentence each; counts are whole once all batches are read."""

    def place(self, line: int) -> tuple[int, str]:
        """Return the row of the file that a line of a batch stands for, and the heading of its column if it has one."""

    def batches(self) -> Iterator[Batch]:
        """Read the rows below the header in order, each time from the first; PlannerError where it is broken."""
