"""The columns of a grid with months across: labels, totals, then months with the sum of each calendar year."""

from dataclasses import dataclass

from planner.units import Month
from ui.grids.formats import month_heading
from ui.grids.matrix_source import MatrixSource


@dataclass(frozen=True, slots=True)
class YearSum:
    """The column with the sum of a calendar year; months of it that are not shown count too."""

    year: int

    def __str__(self) -> str:
        return str(self.year)


@dataclass(frozen=True, slots=True)
class Label:
    """A column with one of the texts that say which row it is."""

    place: int


@dataclass(frozen=True, slots=True)
class Total:
    """A column with one of the totals of a row."""

    place: int


Head = Label | Total | Month | YearSum


class Columns:
    """Which columns there are, what heads them, where a month stands; `noted` are those that may be marked."""

    def __init__(self, source: MatrixSource, start: Month, end: Month) -> None:
        self._source = source
        labels, totals = len(source.headings), len(source.total_headings)
        self.frozen = labels + totals
        frozen: list[Head] = [*map(Label, range(labels)), *map(Total, range(totals))]
        self.heads: tuple[Head, ...] = (*frozen, *_across(start, end))
        self.noted = frozenset(at for at, head in enumerate(self.heads) if isinstance(head, Total | YearSum))
        self._headings = [self._titled(head) for head in self.heads]
        self._places = {head: at for at, head in enumerate(self.heads) if isinstance(head, Month)}

    def __len__(self) -> int:
        return len(self.heads)

    def place(self, month: Month) -> int | None:
        """Return the column of a month; None when it is not shown."""
        return self._places.get(month)

    def heading(self, column: int) -> str:
        """Return what stands over a column."""
        return self._headings[column]

    def _titled(self, head: Head) -> str:
        match head:
            case Label(place):
                return self._source.headings[place]
            case Total(place):
                return self._source.total_headings[place][0]
            case YearSum(year):
                return f"{year} ({self._source.field.unit})"
            case month:
                return month_heading(month)

    def explanation(self, column: int) -> str | None:
        """Return what the tip of a heading says."""
        unit = self._source.field.unit
        match self.heads[column]:
            case Label():
                return None
            case Total(place):
                return self._source.total_headings[place][1]
            case YearSum(year):
                return f"All months of {year}, {unit}. {self._source.typed_years}"
            case month:
                return f"{month}, {unit}"


def _across(start: Month, end: Month) -> list[Head]:
    columns: list[Head] = []
    for month in (start.plus(offset) for offset in range(end - start + 1)):
        columns.append(month)
        if month == end or month.plus(1).year != month.year:
            columns.append(YearSum(month.year))
    return columns
