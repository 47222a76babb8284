"""Finding a text in all cells of a table at once: each distinct value is written out once, not each cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.fields import Field
from planner.sheet import Bools, Ints, Sheet
from ui.grids.formats import shown
from ui.grids.grid_model import Spot
from ui.grids.search import Search


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text that cells shall contain, or be; in numbers the marks between thousands do not matter."""

    text: str
    locale: str
    case: bool = False
    whole: bool = False

    def cells(self, sheet: Sheet, ids: Ints, fields: Sequence[Field]) -> list[Spot]:
        """Return the cells of rows, by id, and columns that hold the text, from the top and from left to right."""
        positions = sheet.positions(ids)
        there = np.flatnonzero(positions >= 0)
        numbers = [
            there[self._rows(sheet, field)[positions[there]]] * len(fields) + column
            for column, field in enumerate(fields)
        ]
        found = np.sort(np.concatenate(numbers)) if numbers else np.zeros(0, dtype=np.int64)
        rows, columns = np.divmod(found, max(1, len(fields)))
        return list(zip(rows.tolist(), columns.tolist(), strict=True))

    def _rows(self, sheet: Sheet, field: Field) -> Bools:
        search = Search(self.text, case=self.case, whole=self.whole)
        if not field.kind.numeric:
            return sheet.find(field.attr, lambda value: search.fits(shown(field, value, self.locale)))
        number = search.in_numbers(self.locale)
        if not any(map(str.isdecimal, number.text)):
            return np.zeros(len(sheet), dtype=np.bool_)
        return sheet.find(field.attr, lambda value: number.fits(field.format(value, self.locale)))
