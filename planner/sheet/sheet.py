"""A sheet: the rows of a table as one array for each field, which can be ordered and filtered at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import prod
from typing import Final, Self

import numpy as np

from planner.fields import Choice, Field, Value
from planner.fields.kinds import DateKind, MonthKind
from planner.model import Table
from planner.sheet.column import EMPTY, Bools, Column, Ints, Rank
from planner.sheet.filters import Filter
from planner.units import Month

# What the combined keys of a row may not reach, so that they fit a signed integer of 64 bits.
_COMBINED: Final = 2**62


@dataclass(frozen=True, slots=True)
class SortBy:
    """Order by the values of a field (by attribute); empty ones come last in both directions."""

    attr: str
    descending: bool = False


@dataclass(frozen=True, eq=False)
class Sheet:
    """The rows of a table: their ids, rising, and a column for each field by attribute.

    Months are their numbers, days their ordinals. A row's position is its place among the ids.
    """

    table: Table
    ids: Ints
    columns: Mapping[str, Column]

    def __len__(self) -> int:
        return self.ids.size

    @cached_property
    def by_key(self) -> Ints:
        """The positions in the order of the table's key, which is that of `Plan.rows`."""
        ranks = [self.columns[field.attr].ranks(_as_it_is) for field in self.table.key]
        return _order([_from_zero(each, descending=False) for each in ranks], len(self))

    def order(self, keys: Sequence[SortBy] = ()) -> Ints:
        """Return all positions ordered by fields, the first counts most; equal rows stand in the order of the key.

        Texts are ordered without regard to case, choices as their words are listed.
        """
        if not keys:
            return self.by_key
        ranks = [_from_zero(self._ranks(key.attr), descending=key.descending) for key in keys]
        within = _order([(rank[self.by_key], most) for rank, most in ranks], len(self))
        return np.asarray(self.by_key[within])

    def _ranks(self, attr: str) -> Ints:
        return self.columns[attr].ranks(_text_key(self._field(attr)))

    def _field(self, attr: str) -> Field:
        return next(field for field in self.table.fields if field.attr == attr)

    def holds(self, filters: Iterable[Filter]) -> Bools:
        """Return for each position whether it passes all filters."""
        passing = np.ones(len(self), dtype=np.bool_)
        for each in filters:
            passing &= each.holds(self.columns[each.field.attr])
        return passing

    def where(self, filters: Iterable[Filter]) -> Ints:
        """Return the positions that pass all filters, rising."""
        return np.flatnonzero(self.holds(filters))

    def rows(self, keys: Sequence[SortBy] = (), filters: Sequence[Filter] = ()) -> Ints:
        """Return the ids of the rows that pass all filters, ordered as `order` does."""
        positions = self.order(keys)
        return np.asarray(self.ids[positions[self.holds(filters)[positions]] if filters else positions])

    def positions(self, ids: Ints) -> Ints:
        """Return where ids stand; -1 for those that are not here."""
        if not len(self):
            return np.full(ids.size, -1)
        places = np.minimum(np.searchsorted(self.ids, ids), len(self) - 1)
        return np.where(self.ids[places] == ids, places, -1)

    def distinct(self, attr: str) -> list[Value]:
        """Return the values that occur in a field, without the empty one, as `Column.distinct` lists them."""
        column = self.columns[attr]
        if column.texts is not None:
            return list(column.texts)
        numbers = column.distinct.tolist()
        match self._field(attr).kind:
            case MonthKind():
                return [Month(number) for number in numbers]
            case DateKind():
                return [date.fromordinal(number) for number in numbers]
            case _:
                return list(numbers)

    def find(self, attr: str, wanted: Callable[[Value], bool]) -> Bools:
        """Return for each position whether a field holds a value that is wanted; each distinct one is asked once."""
        return self.columns[attr].rows_with(np.fromiter(map(wanted, self.distinct(attr)), dtype=np.bool_))

    def updated(self, ids: Ints, fresh: Self) -> Self:
        """Return the sheet after rows with these ids became those of `fresh`, which lacks the ones that are gone."""
        at = self.positions(ids)
        old = at[at >= 0]
        left = np.delete(self.ids, old)
        before = np.searchsorted(left, fresh.ids)
        columns = {
            attr: column.without(old).with_rows(before, fresh.columns[attr]) for attr, column in self.columns.items()
        }
        return type(self)(self.table, np.insert(left, before, fresh.ids), columns)


def _as_it_is(text: str) -> Rank:
    return 0, text


def _text_key(field: Field) -> Callable[[str], Rank]:
    if isinstance(field.kind, Choice):
        places = {word: place for place, (word, _) in enumerate(field.kind.words)}
        return lambda text: (places[text], "")
    return lambda text: (0, text.casefold())


def _from_zero(ranks: Ints, *, descending: bool) -> tuple[Ints, int]:
    """Return ranks from 0 up, turned round where asked, empty ones above all others, and the largest possible."""
    empty = ranks == EMPTY
    if empty.all():
        return np.zeros(ranks.size, dtype=np.int64), 0
    filled = ranks[~empty] if empty.any() else ranks
    least, most = int(filled.min()), int(filled.max())
    moved = most - ranks if descending else ranks - least
    return np.where(empty, most - least + 1, moved), most - least + 1


def _order(ranks: list[tuple[Ints, int]], count: int) -> Ints:
    """Return the stable order by several ranks, each with its largest value."""
    if prod(most + 1 for _, most in ranks) >= _COMBINED:
        return np.lexsort([rank for rank, _ in reversed(ranks)]) if len(ranks) > 1 else _sorted(ranks[0][0])
    combined = np.zeros(count, dtype=np.int64)
    for rank, most in ranks:
        combined = combined * (most + 1) + rank
    return _sorted(combined)


def _sorted(keys: Ints) -> Ints:
    # Small numbers are sorted by their digits, several times as fast.
    small = keys.size and keys.max() <= np.iinfo(np.uint16).max
    return np.argsort(keys.astype(np.uint16) if small else keys, kind="stable")
