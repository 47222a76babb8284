"""Finding a text in all cells of a table at once: each distinct value is written out once, not each cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from planner.fields import Field, Value
from planner.fields.numbers import format_number
from planner.sheet import Bools, Ints, Sheet
from ui.grids.formats import shown
from ui.grids.grid_model import Spot

_THOUSAND = Decimal(1_000)


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
        if not field.kind.numeric:
            wanted = self._folded(self.text)
            return sheet.find(field.attr, lambda value: self._fits(self._folded(self._shown(field, value)), wanted))
        group = format_number(_THOUSAND, self.locale, grouping=True)[1:-3]
        number = "".join(self.text.split()).replace(group, "")
        if not any(map(str.isdecimal, number)):
            return np.zeros(len(sheet), dtype=np.bool_)
        return sheet.find(field.attr, lambda value: self._fits(field.format(value, self.locale), number))

    def _shown(self, field: Field, value: Value) -> str:
        return shown(field, value, self.locale)

    def _folded(self, text: str) -> str:
        return text if self.case else text.casefold()

    def _fits(self, text: str, wanted: str) -> bool:
        return text == wanted if self.whole else wanted in text
