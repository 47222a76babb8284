"""Finding a text in the labels and months of a grid, without writing out every number of it."""

from collections.abc import Callable, Collection, Iterator

from planner.fields import Field
from planner.fields.numbers import decimal_mark
from planner.fields.quantities import Fixed
from planner.units import Month
from ui.grids.grid_model import Spot
from ui.grids.matrix_columns import Columns
from ui.grids.matrix_rows import MatrixRows
from ui.grids.matrix_source import Key
from ui.grids.search import Search

Values = Iterator[tuple[Key, Month, int]]
# The values that have some digits in a row, written at least so wide: those that are worth a closer look.
Holding = Callable[[str, int], Values]


class Wanted:
    """A text to find; in numbers, spaces and other grouping do not matter.

    `digits` are those of a number that holds the text, `width` how many a number is written with at least.
    """

    def __init__(self, text: str, field: Field, locale: str, *, case: bool, whole: bool) -> None:
        self._search = Search(text, case=case, whole=whole)
        self._in_numbers = self._search.in_numbers(locale)
        kind = field.kind
        self._decimals = kind.decimals if isinstance(kind, Fixed) else 0
        # A number below one is written with its zero.
        self.width = self._decimals + 1
        self._mark = decimal_mark(locale)
        self.digits = self._in_numbers.text.replace(self._mark, "")

    def is_in(self, label: str) -> bool:
        """Tell whether a label holds the text, or is it."""
        return self._search.fits(label)

    def is_number(self) -> bool:
        """Tell whether any number can hold it."""
        return self.digits.isdecimal() or self._in_numbers.text == self._mark

    def is_in_number(self, value: int) -> bool:
        """Tell whether a value, as it is shown, holds the text, or is it."""
        digits = str(value).zfill(self.width)
        rest = digits[len(digits) - self._decimals :].rstrip("0")
        return self._in_numbers.fits(digits[: len(digits) - self._decimals] + (self._mark + rest if rest else ""))


def found(
    wanted: Wanted,
    rows: MatrixRows,
    columns: Columns,
    holding: Holding,
    spots: Collection[Spot] | None,
) -> list[Spot]:
    """Return the labels and months that hold the text, from the top left; of `spots` alone, where they are given."""
    labels = [
        (at, place)
        for at, row in enumerate(rows.shown)
        for place, label in enumerate(row.labels)
        if wanted.is_in(label)
    ]
    values = holding(wanted.digits, wanted.width) if wanted.is_number() else iter(())
    months = _months(wanted, rows, columns, values)
    everywhere = sorted([*labels, *months])
    if spots is None:
        return everywhere
    within = frozenset(spots)
    return [spot for spot in everywhere if spot in within]


def _months(wanted: Wanted, rows: MatrixRows, columns: Columns, values: Values) -> Iterator[Spot]:
    for key, month, value in values:
        if wanted.is_in_number(value):
            row, column = rows.places.get(key), columns.place(month)
            if row is not None and column is not None:
                yield row, column
