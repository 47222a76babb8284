"""What a grid of months shows, as rows to write: its columns, and the rows that its filters let through in order."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from planner.exchange.extract import Extract, OutColumn
from planner.fields import LineNumber, Stored
from planner.fields.kinds import Text
from planner.units import MONTHS_PER_YEAR, Month
from ui.grids.matrix_columns import Columns, Head, Label, Total, YearSum
from ui.grids.matrix_source import MatrixLine, MatrixRow, MatrixSource

_LINES_AT_ONCE: Final = 500
# Up to so many figures a label is a number; what is longer is a reference that happens to have figures alone.
_LONGEST_NUMBER: Final = 4


def months_shown(source: MatrixSource, columns: Columns, rows: Sequence[MatrixRow], title: str) -> Extract:
    """Return rows of months as they are shown: labels, totals, months and the sums of years."""
    out = tuple(_column(source, columns, rows, at) for at in range(len(columns)))
    number = [isinstance(column.kind, LineNumber) for column in out]

    def cell(row: MatrixRow, line: MatrixLine, sums: dict[int, int], at: int) -> Stored:
        match columns.heads[at]:
            case Label(place):
                return int(row.labels[place]) if number[at] else row.labels[place]
            case Total(place):
                return line.totals[place]
            case YearSum(year):
                return sums.get(year)
            case month:
                return line.values.get(month)

    def cells() -> Iterator[tuple[Stored, ...]]:
        left = iter(rows)
        while part := list(islice(left, _LINES_AT_ONCE)):
            lines = source.lines(part)
            for row in part:
                line = lines[row.key]
                sums = _sums(line)
                yield tuple(cell(row, line, sums, at) for at in range(len(out)))

    return Extract(title.lower(), title, out, cells, len(rows))


def _column(source: MatrixSource, columns: Columns, rows: Sequence[MatrixRow], at: int) -> OutColumn:
    head: Head = columns.heads[at]
    match head:
        case Label(place):
            numbers = rows and all(_is_number(row.labels[place]) for row in rows)
            return OutColumn(columns.heading(at), columns.heading(at), LineNumber() if numbers else Text())
        case Month():
            # Written out, so that it is read again whatever the language.
            return OutColumn(str(head), str(head), source.field.kind)
        case _:
            return OutColumn(columns.heading(at), columns.heading(at), source.field.kind)


def _is_number(label: str) -> bool:
    return label.isascii() and label.isdecimal() and len(label) <= _LONGEST_NUMBER and label == str(int(label))


def _sums(line: MatrixLine) -> dict[int, int]:
    sums: dict[int, int] = {}
    for month, value in line.values.items():
        year = month // MONTHS_PER_YEAR
        sums[year] = sums.get(year, 0) + value
    return sums
