"""What a status bar says about the selected cells."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from planner.fields.numbers import format_number
from ui.grids.grid_model import Number

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SelectionStatistics:
    """How many cells are selected, how many of them hold numbers, and their sum in one unit.

    `total` is None when there are no numbers or they are of several units.
    """

    cells: int
    numbers: int
    total: Decimal | None
    unit: str

    @property
    def mean(self) -> Decimal | None:
        """The arithmetic mean of the numbers, in the unit of the sum."""
        return None if self.total is None else self.total / self.numbers

    def sentence(self, locale: str) -> str:
        """Return `Sum 1,250.5 t · Mean 104.21 t · 12 numbers`; empty for fewer than two cells."""
        if self.cells <= 1:
            return ""
        if self.total is None or self.mean is None:
            return f"{self.cells} cells"
        figures = (("Sum", self.total), ("Mean", self.mean.quantize(_CENT)))
        written = (
            f"{word} {format_number(value, locale, grouping=True)} {self.unit}".rstrip() for word, value in figures
        )
        return " · ".join((*written, f"{self.numbers} numbers"))


def statistics(cells: int, numbers: Iterable[Number]) -> SelectionStatistics:
    """Sum exactly what is of one unit."""
    found = list(numbers)
    units = {number.unit for number in found}
    if len(units) != 1:
        return SelectionStatistics(cells, len(found), None, "")
    total = sum((number.value for number in found), Decimal())
    return SelectionStatistics(cells, len(found), total, units.pop())
