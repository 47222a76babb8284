"""Tables whose months, quarters or years stand across, turned into a row for each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange.batch import Batch, Source
from planner.exchange.dialect import Dialect
from planner.exchange.heading_units import main_quantity
from planner.exchange.headings import MOST_COLUMNS, months_across, plain_meaning
from planner.exchange.periods import heading_period
from planner.fields import Field, Fixed, folded
from planner.fields.kinds import MonthKind, Year
from planner.model import Table
from planner.units import FIRST_YEAR, LAST_YEAR, Month

# A line of a batch is the row of the file times this, plus the column: each cell has a line of its own.
_PLACES: Final = 1_024
_LEAST_ACROSS: Final = 3
_NAMED: Final = 5
_TOTALS: Final = ("total", "totaux", "sum", "somme", "summe", "gesamt", "cumul", "ytd", "average", "moyenne")
_YEAR_LENGTH: Final = 4
_FISCAL: Final = ("fy", "cy", "year", "annee", "jahr", "exercice")


@dataclass(frozen=True, slots=True)
class Across:
    """What the columns of a wide header are: those that stay, those that are periods, and sums that are left out."""

    period: Field
    quantity: Field
    kept: tuple[int, ...]
    periods: tuple[int, ...]
    sums: tuple[int, ...]

    @classmethod
    def of(cls, header: Sequence[str], table: Table) -> "Across | None":
        """Return the layout of a header; None where no two of its columns are periods of the table."""
        period = next((field for field in table.key if isinstance(field.kind, MonthKind | Year)), None)
        quantity = main_quantity(table) or next((field for field in table.fields if _is_quantity(field)), None)
        if period is None or quantity is None:
            return None
        periods = months_across(header, table) if isinstance(period.kind, MonthKind) else _years_across(header, period)
        if not periods:
            return None
        taken = set(periods)
        sums = tuple(at for at, text in enumerate(header) if at not in taken and _is_sum(text))
        meant = {at for at, text in enumerate(header) if plain_meaning(text, table) in {period, quantity}}
        kept = tuple(at for at in range(len(header)) if at not in taken.union(sums, meant))
        return cls(period, quantity, kept, periods, tuple(sorted(meant.difference(taken).union(sums))))

    def turned(self, header: Sequence[str]) -> tuple[str, ...]:
        """Return the header of the table with a row for each period."""
        return (*(header[at] for at in self.kept), self.period.name, self.quantity.name)


def detect_wide(header: Sequence[str], table: Table) -> bool:
    """Tell whether the months (or years) of a table stand across: three columns of them or more, and none for them."""
    across = Across.of(header, table)
    return across is not None and len(across.periods) >= _LEAST_ACROSS


class WideSource:
    """Another source with a row for each cell under a month; empty cells have none, for empty is not zero."""

    def __init__(self, source: Source, table: Table) -> None:
        """Lay out the header; PlannerError when no column of it is a month."""
        across = Across.of(source.header, table)
        if across is None:
            raise PlannerError(
                f"{source.path.name} has no columns headed by months (2027-01, Jan 2027, T1 2027); choose its header"
                " row, or read it as a table with a row for each month."
            )
        self._source = source
        self._across = across
        self.header = across.turned(source.header)
        self._periods = [_written(source.header[at], across.period) for at in across.periods]

    @property
    def path(self) -> Path:
        """The file."""
        return self._source.path

    @property
    def dialect(self) -> Dialect:
        """How it is understood."""
        return self._source.dialect

    @property
    def locale(self) -> str | None:
        """How its numbers are written."""
        return self._source.locale

    @property
    def original(self) -> Source:
        """The table as it stands in the file."""
        return self._source

    @property
    def notes(self) -> tuple[str, ...]:
        """What was turned and left out, a sentence each; counts are whole once all batches are read."""
        count, what = len(self._periods), self._across.period.title.lower().removeprefix("from ")
        header = self._source.header
        first, last = (header[self._across.periods[at]].strip() for at in (0, -1))
        turned = f"{count} columns, {first} to {last}, were turned into a row for each {what} that is filled."
        left = [repr(header[at].strip()) for at in self._across.sums]
        if not left:
            return (*self._source.notes, turned)
        named = ", ".join(left[:_NAMED]) + (f" and {len(left) - _NAMED} more" if len(left) > _NAMED else "")
        return (*self._source.notes, turned, f"Sums beside the {what}s were left out: {named}.")

    def place(self, line: int) -> tuple[int, str]:
        """Return the row of the file and the heading of the column of a cell."""
        row, column = divmod(line, _PLACES)
        return self._source.place(row)[0], self._source.header[column].strip()

    def batches(self) -> Iterator[Batch]:
        """Read the rows, each turned into as many as it has cells under periods."""
        for batch in self._source.batches():
            turned = self._turned(batch)
            if turned.lines:
                yield turned

    def _turned(self, batch: Batch) -> Batch:
        width, count = len(batch.columns), len(batch.lines)
        empty = [""] * count
        columns = [batch.columns[at] if at < width else empty for at in self._across.periods]
        # Cell by cell, row after row: what is not filled has no row.
        cells = list(chain.from_iterable(zip(*columns, strict=True)))
        filled = [bool(cell and not cell.isspace()) for cell in cells]
        across = len(columns)
        places = [at for at, full in enumerate(filled) if full]
        rows = [at // across for at in places]
        periods = self._periods
        numbers = self._across.periods
        lines = [batch.lines[row] * _PLACES + numbers[at % across] for row, at in zip(rows, places, strict=True)]
        kept = [batch.columns[at] if at < width else empty for at in self._across.kept]
        turned: list[Sequence[str]] = [[column[row] for row in rows] for column in kept]
        turned.append([periods[at % across] for at in places])
        turned.append([cells[at] for at in places])
        return Batch(lines, turned, batch.done)


def _years_across(header: Sequence[str], period: Field) -> tuple[int, ...]:
    names = period.names()
    if any(folded(text) in names for text in header[:MOST_COLUMNS]):
        return ()
    found = tuple(at for at, text in enumerate(header[:MOST_COLUMNS]) if _year(text))
    return found if len({_year(header[at]) for at in found}) > 1 else ()


def _written(heading: str, period: Field) -> str:
    """Return the cell that stands for a heading: `2027-03`, `2027`; a quarter stays as it is."""
    if isinstance(period.kind, Year):
        return _year(heading)
    found = heading_period(heading)
    return str(found) if isinstance(found, Month) else heading.strip()


def _year(text: str) -> str:
    """Return the year that a heading names, `2027` or `FY 2027`; else nothing."""
    word = folded(text)
    for prefix in _FISCAL:
        word = word.removeprefix(prefix)
    plain = len(word) == _YEAR_LENGTH and word.isascii() and word.isdigit()
    return word if plain and FIRST_YEAR <= int(word) <= LAST_YEAR else ""


def _is_sum(text: str) -> bool:
    """Tell whether a column beside the periods repeats what they hold: `Total`, `Total 2027`, `2027`."""
    return folded(text).startswith(_TOTALS) or bool(_year(text))


def _is_quantity(field: Field) -> bool:
    return isinstance(field.kind, Fixed) and field.required and not field.key
