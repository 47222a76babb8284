"""What rows come from, whatever the format of the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of cells as read, the line on which each begins, and how much of the file is read (0 to 1)."""

    lines: Sequence[int]
    rows: Sequence[Sequence[str]]
    done: float


class Source(Protocol):
    """A file with a header and rows of text; another format implements this and nothing else changes."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def header(self) -> tuple[str, ...]:
        """The cells of the header row."""

    @property
    def locale(self) -> str | None:
        """How its numbers are written."""

    def batches(self) -> Iterator[Batch]:
        """Read the rows below the header in order, each time from the first; PlannerError where it is broken."""
