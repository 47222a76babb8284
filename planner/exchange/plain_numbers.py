"""Columns of plain decimal numbers read all at once, several times as fast as one by one and to the same values."""

import re
from collections.abc import Sequence

import numpy as np

from planner.fields import Field, Fixed
from planner.fields.numbers import decimal_mark

# Up to 15 digits a binary fraction, scaled and rounded, gives the very whole number that was meant.
_MOST_WHOLE_DIGITS = 9
_MOST_DECIMALS = 6


class PlainNumbers:
    """Reads the cells of one field where all of them are plain: digits, and a decimal mark with few more digits."""

    def __init__(self, field: Field, locale: str | None) -> None:
        """Prepare for a field; one of another kind is left to its own way of reading."""
        self._mark = decimal_mark(locale)
        kind = field.kind
        self._kind = kind if isinstance(kind, Fixed) and 0 < kind.decimals <= _MOST_DECIMALS else None
        if self._kind is not None:
            one = rf"[0-9]{{1,{_MOST_WHOLE_DIGITS}}}(?:{re.escape(self._mark)}[0-9]{{1,{self._kind.decimals}}})?"
            self._column = re.compile(rf"(?:{one}\n)*+{one}")

    def parse(self, column: Sequence[str]) -> list[int] | None:
        """Return what `Field.parse` returns for each cell; None where a cell is not plain or out of bounds."""
        if self._kind is None:
            return None
        text = "\n".join(column)
        if self._column.fullmatch(text) is None:
            return None
        numbers = np.fromstring(text.replace(self._mark, "."), dtype=np.float64, sep="\n")
        values = np.rint(numbers * 10.0**self._kind.decimals)
        within = self._kind.lowest <= values.min() and values.max() <= self._kind.highest
        return values.astype(np.int64).tolist() if within and len(values) == len(column) else None
