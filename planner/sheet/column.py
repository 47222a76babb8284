"""One column of a sheet: whole numbers, or the numbers of distinct texts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer]
Bools = NDArray[np.bool_]
# What a text is ordered by.
Rank = tuple[int, str]

# What stands for an empty number; it can be negated, and lies beyond all that a field holds.
EMPTY: Final = -(2**62)
# What stands for an empty text.
NO_TEXT: Final = -1
# Numbers that lie closer together than this are looked up in a table, others in the sorted list of them.
_TABLE_SPAN: Final = 2**22


@dataclass(frozen=True, eq=False)
class Column:
    """The values of a field, one a row.

    Numbers are int64, `EMPTY` where there is none. Where `texts` are given the values are int32 places in them, and
    `NO_TEXT` stands for the empty text and for none.
    """

    values: Ints
    texts: tuple[str, ...] | None = None

    @cached_property
    def empty(self) -> Bools:
        """Whether a row has no value, one a row."""
        return np.asarray(self.values == (EMPTY if self.texts is None else NO_TEXT))

    @cached_property
    def distinct(self) -> Ints:
        """The numbers that occur, in order, without the empty one; of a column of texts, all places."""
        if self.texts is not None:
            return np.arange(len(self.texts), dtype=np.int32)
        found: Ints = np.unique(self.values)
        return np.asarray(found[found != EMPTY])

    def rows_with(self, wanted: Bools) -> Bools:
        """Return which rows hold one of the `distinct` values that are wanted; empty ones never."""
        if self.texts is not None:
            return np.asarray(np.append(wanted, np.False_)[self.values])
        if not self.distinct.size:
            return np.zeros(self.values.size, dtype=np.bool_)
        least, most = int(self.distinct[0]), int(self.distinct[-1])
        if most - least < _TABLE_SPAN:
            table = np.zeros(most - least + 2, dtype=np.bool_)
            table[self.distinct - least] = wanted
            # The last entry, for empty ones, is never wanted.
            return np.asarray(table[np.where(self.empty, most - least + 1, self.values - least)])
        places = np.minimum(np.searchsorted(self.distinct, self.values), self.distinct.size - 1)
        return np.asarray(wanted[places] & ~self.empty)

    def rows_where(self, holds: Callable[[str], bool]) -> Bools:
        """Return which rows of a column of texts hold one that a test says yes to; each text is tested once."""
        return self.rows_with(np.fromiter(map(holds, self.texts or ()), dtype=np.bool_))

    def ranks(self, key: Callable[[str], Rank]) -> Ints:
        """Return what rows are ordered by: numbers as they are, texts by a key; `EMPTY` where there is nothing."""
        if self.texts is None:
            return self.values
        keys = [key(text) for text in self.texts]
        places = {each: place for place, each in enumerate(sorted(set(keys)))}
        of_texts = np.fromiter((*(places[each] for each in keys), EMPTY), dtype=np.int64)
        return np.asarray(of_texts[self.values])

    def taken(self, rows: Ints) -> Self:
        """Return the values of some rows, in that order; -1 stands for an empty one."""
        empty = EMPTY if self.texts is None else NO_TEXT
        return type(self)(np.append(self.values, np.array(empty, self.values.dtype))[rows], self.texts)

    def without(self, rows: Ints) -> Self:
        """Return the column without the values of some rows."""
        return type(self)(np.delete(self.values, rows), self.texts)

    def with_rows(self, before: Ints, fresh: "Column") -> Self:
        """Return the column with values put in before the rows at these places."""
        if self.texts is None or fresh.texts is None:
            return type(self)(np.insert(self.values, before, fresh.values))
        known = {text: place for place, text in enumerate(self.texts)}
        places = [known.setdefault(text, len(known)) for text in fresh.texts]
        renumbered = np.array([*places, NO_TEXT], dtype=np.int32)[fresh.values]
        return type(self)(np.insert(self.values, before, renumbered), tuple(known))
