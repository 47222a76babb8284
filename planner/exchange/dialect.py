"""How a file is written: its encoding, delimiter, decimal mark, order of dates, and the line of its header."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange.date_orders import OrderGuess, detect_order
from planner.exchange.decimals import detect_locale
from planner.exchange.encoding import detect_encoding, read_sample
from planner.exchange.guess import Guess
from planner.exchange.headings import MOST_COLUMNS, fields_of_header, meanings, months_across, plain_meaning
from planner.exchange.periods import DateOrder
from planner.fields import Field
from planner.fields.kinds import DateKind, MonthKind
from planner.model import Table

DELIMITERS: Final = (",", ";", "\t", "|")
_DELIMITER_WORDS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
# How far down a header may stand, below titles and empty lines.
_HEADER_WITHIN: Final = 30
_DIALECT_SAMPLE: Final = 64_000
_HEADER_SAMPLE: Final = 8_192
_SHOWN: Final = 200

Row = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written; `locale` None is the machine's decimal point, `header_line` counts from 1.

    `doubt` is a sentence or two for the person where the file can be read in two ways, else empty. A workbook has a
    `sheet`, and neither encoding nor delimiter. `wide`: the months stand across. `totals`: rows of totals are left out.
    """

    encoding: str
    delimiter: str
    locale: str | None
    header_line: int
    doubt: str = ""
    sheet: str = ""
    date_order: DateOrder = "dmy"
    wide: bool = False
    totals: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows of a file with the line of each, divided at the one that names the most fields of a table.

    `fields` are those that its headings mean, `across` the columns that are months.
    """

    header_line: int
    header: Sequence[str]
    fields: Sequence[Field | None]
    rows: Sequence[Sequence[str]]
    across: Sequence[int]

    @classmethod
    def of(cls, rows: Sequence[Row], table: Table) -> "Layout":
        """Find the header among the first rows; the layout has no fields where none of them is one."""
        if not rows:
            return cls(1, (), (), (), ())
        counts = [_count(row, table) for _, row in rows[:_HEADER_WITHIN]]
        at = counts.index(max(counts))
        line, header = rows[at]
        fields = meanings(header, table)
        across = months_across(header, table) if any(fields) else ()
        return cls(line, header, fields, [row for _, row in rows[at + 1 :]], across)

    @property
    def named(self) -> frozenset[str]:
        """The names of the fields that the header means."""
        return frozenset(field.name for field in self.fields if field)

    @property
    def score(self) -> tuple[int, float]:
        """How many fields the header names, then how many rows are as wide as it."""
        even = sum(len(row) == len(self.header) for row in self.rows)
        return len(self.named) + bool(self.across), even / max(1, len(self.rows))

    def texts(self, kinds: tuple[type, ...]) -> list[list[str]]:
        """Return the cells of each column of some kinds of field."""
        places = [i for i, field in enumerate(self.fields) if field and isinstance(field.kind, kinds)]
        return [[row[i] for row in self.rows if i < len(row)] for i in places]

    def numbers(self) -> Iterable[str]:
        """Return the cells that should be numbers."""
        places = [i for i, field in enumerate(self.fields) if field and field.kind.numeric]
        return (row[i] for row in self.rows for i in (*places, *self.across) if i < len(row))

    def dates(self) -> tuple[OrderGuess, str]:
        """Return the order of day and month, and a sentence where it is open."""
        headings = [[self.header[i] for i in self.across]]
        months = [*self.texts((MonthKind,)), *headings]
        return detect_order(months=months, days=self.texts((DateKind,)))


def detect(path: Path, table: Table) -> Dialect:
    """Tell how a file of text for a table is written from its first 64,000 characters.

    PlannerError when it has no header.
    """
    return _examined(path, table)[0]


def guesses(path: Path, table: Table) -> tuple[Guess, ...]:
    """Return what `detect` guesses, each with how sure it is and why; PlannerError when the file has no header."""
    return _examined(path, table)[1]


def top_of(path: Path) -> str:
    """Return the text with which a file begins, where its header stands; PlannerError when it is no text."""
    sample, whole = read_sample(path)
    return sample.decode(detect_encoding(path, sample, whole=whole).value, errors="replace")[:_HEADER_SAMPLE]


def fields_named(top: str, table: Table) -> tuple[frozenset[str], int]:
    """Return the fields that the header of such a text names, and how many columns it has."""
    best = _best_of(_layouts(top, table))[1]
    return fields_of_header(best.header, table), sum(map(bool, best.header))


def _examined(path: Path, table: Table) -> tuple[Dialect, tuple[Guess, ...]]:
    sample, whole = read_sample(path)
    encoding = detect_encoding(path, sample, whole=whole)
    text = sample.decode(encoding.value, errors="replace").replace("\0", " ")
    if not whole or len(text) > _DIALECT_SAMPLE:
        text = text[:_DIALECT_SAMPLE]
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    layouts = _layouts(text, table)
    delimiter, best = _best_of(layouts)
    if not best.named:
        raise PlannerError(_no_header(path, text, table))
    locale, doubt = detect_locale(best.numbers(), delimiter)
    order, other_doubt = best.dates()
    wide = bool(best.across)
    doubts = " ".join(filter(None, (doubt, other_doubt)))
    dialect = Dialect(
        encoding.value, delimiter, locale.value or None, best.header_line, doubts, date_order=order.value, wide=wide
    )
    told = (encoding, _delimiter(delimiter, layouts), locale, _header(best, table), order, _width(best))
    return dialect, told


def _layouts(text: str, table: Table) -> dict[str, Layout]:
    return {delimiter: Layout.of(list(_rows(text, delimiter)), table) for delimiter in DELIMITERS}


def _best_of(layouts: dict[str, Layout]) -> tuple[str, Layout]:
    return max(layouts.items(), key=lambda each: each[1].score)


def _count(row: Sequence[str], table: Table) -> int:
    """Count the fields that a row names plainly; months across stand for the month, which it then has no name for."""
    named = {field.name for cell in row[:MOST_COLUMNS] if (field := plain_meaning(cell, table))}
    return len(named) + (bool(named) and bool(months_across(row, table)))


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


def _delimiter(chosen: str, layouts: dict[str, Layout]) -> Guess:
    fields, even = layouts[chosen].score
    rivals = [mark for mark, layout in layouts.items() if mark != chosen and layout.score[0] == fields]
    why = f"its header names {fields} {'field' if fields == 1 else 'fields'}, and {even:.0%} of the rows are as wide"
    return Guess("delimiter", chosen, round((0.5 if rivals else 0.9) + 0.1 * even, 2), why)


def _header(layout: Layout, table: Table) -> Guess:
    cells = sum(bool(cell.strip()) for cell in layout.header) - max(0, len(layout.across) - 1)
    share = layout.score[0] / max(1, cells)
    why = f"the row on line {layout.header_line} names {', '.join(sorted(layout.named))} of {table.name}"
    return Guess("header_line", str(layout.header_line), round(0.5 + min(0.5, share / 2), 2), why)


def _width(layout: Layout) -> Guess:
    if not layout.across:
        return Guess("wide", "no", 0.9, "no two of its columns are headed by months")
    first, last = layout.header[layout.across[0]], layout.header[layout.across[-1]]
    why = f"{len(layout.across)} of its columns are headed by months, {first.strip()} to {last.strip()}"
    return Guess("wide", "yes", 0.95, why)


def _no_header(path: Path, text: str, table: Table) -> str:
    names = ", ".join(field.name for field in table.fields)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")[:_SHOWN]
    return (
        f"{path.name} has no header row for {table.name}: write {names} above the data. Its first row reads {first!r}."
    )
