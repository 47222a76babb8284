"""Rows of a plan as CSV, for machines or for people."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TextIO

import numpy as np
from babel.core import UnknownLocaleError
from numpy.typing import NDArray

from planner.errors import PlannerError
from planner.exchange.atomic import written
from planner.exchange.extract import Extract, Report, silent
from planner.exchange.guard import guarded
from planner.exchange.sheet_extract import stored_number, whole_table
from planner.fields import Choice, Kind, Stored
from planner.fields.kinds import Text
from planner.fields.numbers import decimal_mark
from planner.plan import Plan
from planner.sheet import Column

# What an import tells apart.
_MARKS: Final = frozenset(".,")
# Beyond that many a column repeats little, and remembering it would take the memory of the whole file.
_REMEMBERED: Final = 100_000
_ROWS_AT_ONCE: Final = 10_000


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV file is written.

    For machines: names, commas, decimal points, UTF-8. For people: a title row, titles with units, the locale's
    decimal mark (semicolons where that is a comma), and a byte-order mark for spreadsheets.
    """

    locale: str | None = None
    people: bool = False

    @property
    def encoding(self) -> str:
        """The encoding of the file."""
        return "utf-8-sig" if self.people else "utf-8"

    @property
    def delimiter(self) -> str:
        """What cells end at."""
        return ";" if decimal_mark(self.locale) == "," else ","

    def check(self) -> None:
        """Raise PlannerError when the locale is unknown, or no import could read its numbers."""
        examples = "name one such as en, fr, de or de_CH"
        try:
            mark = decimal_mark(self.locale)
        except (UnknownLocaleError, ValueError):
            raise PlannerError(f"There is no locale {self.locale!r}; {examples}.") from None
        if mark not in _MARKS:
            raise PlannerError(f"The decimal mark of {self.locale}, {mark}, is none that an import reads; {examples}.")


MACHINES: Final = CsvStyle()


def export(plan: Plan, table: str, target: Path | BinaryIO, *, locale: str | None = None, people: bool = False) -> int:
    """Write a table and return its number of rows; importing the file again changes nothing.

    PlannerError when the file cannot be written or the locale is unknown.
    """
    return write_csv(whole_table(plan, table), target, CsvStyle(locale, people), plan.path.name)


def write_csv(
    extract: Extract, target: Path | BinaryIO, style: CsvStyle = MACHINES, of: str = "", report: Report = silent
) -> int:
    """Write rows and return their number; `of` is the plan that the title row names. PlannerError as for `export`."""
    style.check()
    if isinstance(target, Path):
        with written(target, encoding=style.encoding) as file:
            return _write(extract, file, style, of, report)
    text = io.TextIOWrapper(target, encoding=style.encoding, newline="", write_through=True)
    try:
        return _write(extract, text, style, of, report)
    finally:
        text.detach()


def _write(extract: Extract, file: TextIO, style: CsvStyle, of: str, report: Report) -> int:
    # Each distinct text is quoted once; then joining cells takes a quarter of the time of the writer of the csv module.
    end = "\r\n" if style.people else "\n"
    quoted = _Quoted(style.delimiter, alone=len(extract.columns) == 1)
    heads = [column.heading if style.people else column.name for column in extract.columns]
    if style.people:
        file.write(quoted(f"{extract.title} of {of}" if of else extract.title) + end)
    file.write(style.delimiter.join(map(quoted, heads)) + end)
    texts = [_Texts(column.kind, style, quoted) for column in extract.columns]
    count = 0
    for columns in _cells_in_arrays(extract, texts, report) if extract.arrays else _cells(extract, texts, report):
        rows = list(map(style.delimiter.join, zip(*columns, strict=True)))
        file.write(end.join(rows) + end)
        count += len(rows)
    return count


def _cells(extract: Extract, texts: "list[_Texts]", report: Report) -> Iterator[Iterable[Iterable[str]]]:
    """Return the cells of some rows at a time, column by column."""
    for rows in extract.chunks(report):
        yield [map(text.__getitem__, column) for text, column in zip(texts, zip(*rows, strict=True), strict=True)]


def _cells_in_arrays(extract: Extract, texts: "list[_Texts]", report: Report) -> Iterator[Iterable[Iterable[str]]]:
    """Return the same out of arrays, in less than half of the time."""
    found = extract.arrays() if extract.arrays else ()
    columns = [_taken(column, text) for column, text in zip(found, texts, strict=True)]
    size = columns[0].size if columns else 0
    for first in range(0, size, _ROWS_AT_ONCE):
        yield [column[first : first + _ROWS_AT_ONCE].tolist() for column in columns]
        report(min(1.0, (first + _ROWS_AT_ONCE) / size))


def _taken(column: Column, texts: "_Texts") -> NDArray[np.object_]:
    """Return the cell of each row of a column: each distinct value is written once."""
    if column.texts is not None:
        # The last stands for the empty text, whose place is -1.
        return np.array([*map(texts.__getitem__, column.texts), texts[""]], dtype=np.object_)[column.values]
    numbers, places = np.unique(column.values, return_inverse=True)
    cells = [texts[stored_number(number, texts.kind)] for number in numbers.tolist()]
    return np.array(cells, dtype=np.object_)[places]


class _Quoted:
    """Puts a text in quotation marks where it could be misread without."""

    def __init__(self, delimiter: str, *, alone: bool) -> None:
        """`alone`: the only cell of its row, which must not be empty."""
        self._special = re.compile(f'[{re.escape(delimiter)}"\r\n]')
        self._alone = alone

    def __call__(self, text: str) -> str:
        if self._special.search(text) or (self._alone and not text):
            return '"' + text.replace('"', '""') + '"'
        return text


class _Texts(dict[Stored, str]):
    """The cell of each stored value of one column."""

    def __init__(self, kind: Kind, style: CsvStyle, quoted: _Quoted) -> None:
        self.kind = kind
        self._style = style
        self._quoted = quoted

    def __missing__(self, stored: Stored) -> str:
        kind = self.kind
        if self._style.people and isinstance(kind, Choice) and isinstance(stored, str) and stored:
            text = kind.title(stored)
        else:
            text = kind.format(kind.load(stored), self._style.locale)
        if isinstance(kind, Text):
            text = guarded(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[stored] = cell = self._quoted(text)
        return cell
