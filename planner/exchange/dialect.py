"""How a CSV file is written: its encoding, delimiter, decimal mark, and the line of its header."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange.decimals import detect_locale
from planner.exchange.encoding import detect_encoding, read_sample
from planner.exchange.mapping import names_of
from planner.fields import Field, folded
from planner.model import Table

DELIMITERS: Final = (",", ";", "\t")
# How far down a header may stand, below titles and empty lines.
_HEADER_WITHIN: Final = 30
_DIALECT_SAMPLE: Final = 64_000
_HEADER_SAMPLE: Final = 8_192
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written; `locale` None is the machine's decimal point, `header_line` counts from 1.

    `doubt` is a sentence for the person where the numbers can be read in two ways, else empty.
    """

    encoding: str
    delimiter: str
    locale: str | None
    header_line: int
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The sample as one delimiter divides it."""

    delimiter: str
    header_line: int
    header: list[str]
    fields: list[Field | None]
    rows: list[list[str]]

    @property
    def score(self) -> tuple[int, float]:
        """How many fields the header names, then how many rows are as wide as it."""
        even = sum(len(row) == len(self.header) for row in self.rows)
        return len({field.name for field in self.fields if field}), even / max(1, len(self.rows))


def detect(path: Path, table: Table) -> Dialect:
    """Tell how a file for a table is written from its first 64,000 characters; PlannerError when it has no header."""
    sample, whole = read_sample(path)
    encoding = detect_encoding(path, sample, whole=whole)
    text = sample.decode(encoding, errors="replace").replace("\0", " ")
    if not whole or len(text) > _DIALECT_SAMPLE:
        text = text[:_DIALECT_SAMPLE]
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    best = max((_read(text, delimiter, table) for delimiter in DELIMITERS), key=lambda each: each.score)
    if not any(best.fields):
        raise PlannerError(_no_header(path, text, table))
    locale, doubt = detect_locale(_numbers(best), best.delimiter)
    return Dialect(encoding, best.delimiter, locale, best.header_line, doubt)


def top_of(path: Path) -> str:
    """Return the text with which a file begins, where its header stands; PlannerError when it is no text."""
    sample, whole = read_sample(path)
    return sample.decode(detect_encoding(path, sample, whole=whole), errors="replace")[:_HEADER_SAMPLE]


def fields_named(top: str, table: Table) -> tuple[frozenset[str], int]:
    """Return the fields that the header of such a text names, and how many columns it has."""
    best = max((_read(top, delimiter, table) for delimiter in DELIMITERS), key=lambda each: each.score)
    return frozenset(field.name for field in best.fields if field), sum(map(bool, best.header))


def _read(text: str, delimiter: str, table: Table) -> _Reading:
    rows = list(_rows(text, delimiter))
    names = names_of(table)
    matched = [[names.get(folded(cell)) for cell in row] for _, row in rows[:_HEADER_WITHIN]]
    counts = [len({field.name for field in fields if field}) for fields in matched]
    if not counts:
        return _Reading(delimiter, 1, [], [], [])
    at = counts.index(max(counts))
    return _Reading(delimiter, rows[at][0], rows[at][1], matched[at], [row for _, row in rows[at + 1 :]])


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Read rows with the line on which each begins, until one that cannot be read; empty lines left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    line = 1
    try:
        for row in reader:
            if any(row):
                yield line, row
            line = reader.line_num + 1
    except csv.Error:
        # The import itself names the line and the remedy.
        return


def _numbers(reading: _Reading) -> Iterable[str]:
    places = [i for i, field in enumerate(reading.fields) if field and field.kind.numeric]
    return (row[i] for row in reading.rows for i in places if i < len(row))


def _no_header(path: Path, text: str, table: Table) -> str:
    names = ", ".join(field.name for field in table.fields)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")[:_SHOWN]
    return (
        f"{path.name} has no header row for {table.name}: write {names} above the data. Its first row reads {first!r}."
    )
