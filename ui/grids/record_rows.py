"""Which records a grid shows and in which order, by their ids; records are read as they come in sight."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from PySide6.QtCore import QObject

from planner.fields import Value
from planner.model import Table
from planner.plan import Plan, Row
from planner.sheet import Filter, Ints, Sheet, SortBy
from ui.grids.record_sheet import RecordSheet

# Records are read this many at a time, and so many are kept: several screens, and little of a million.
BLOCK = 128
KEPT = 4_096
# The sheet of a larger table is read before it is asked for: nobody waits for it then.
LARGE = 20_000


class RecordRows:
    """The rows of a table that have the values of `where`, that pass the filters, in the order of the sorting.

    `ids` is what is in sight, which edits change row by row: filters and sorting hold when they are set.
    """

    def __init__(self, plan: Plan, table: Table, where: Mapping[str, Value]) -> None:
        self._plan = plan
        self._table = table
        self._where = dict(where)
        self._kept: dict[int, Row] = {}
        self._sheet = RecordSheet(plan, table.name, where)
        self._owner: QObject | None = None
        self.sorting: tuple[SortBy, ...] = ()
        self.filters: tuple[Filter, ...] = ()
        self.ids: Ints = self._arranged()

    def __len__(self) -> int:
        return self.ids.size

    @property
    def where(self) -> dict[str, Value]:
        """The values, by attribute, that all its records have."""
        return dict(self._where)

    def set_where(self, where: Mapping[str, Value]) -> None:
        """Show the records with other values; read anew."""
        self._where = dict(where)
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self._kept.clear()
        self._sheet = RecordSheet(self._plan, self._table.name, self._where)
        self.arrange()
        if self._owner is not None:
            self.read_ahead(self._owner)

    def read_ahead(self, owner: QObject) -> None:
        """Read what orders, filters and searches a large table beside the window, now and after each `reload`."""
        self._owner = owner
        if len(self) > LARGE and not self._sheet.is_read:
            self._sheet.read_ahead(owner)

    def arrange(self) -> None:
        """Take in sight what passes the filters now, in order."""
        self.ids = self._arranged()

    def sort(self, keys: tuple[SortBy, ...]) -> None:
        """Order what is in sight, no more and no less."""
        self.sorting = keys
        ordered = self._ordered()
        seen = ordered if ordered.size == self.ids.size else ordered[np.isin(ordered, self.ids)]
        # What is gone although nobody has said so yet stays, last, until somebody does.
        lost = self.ids[~np.isin(self.ids, seen)]
        self.ids = np.append(seen, lost) if lost.size else seen

    def _arranged(self) -> Ints:
        return self.sheet.rows(self.sorting, self.filters) if self.filters else self._ordered()

    def _ordered(self) -> Ints:
        if self.sorting or self._sheet.is_read:
            return self.sheet.rows(self.sorting)
        return self._plan.row_ids(self._table.name, self._where)

    @property
    def sheet(self) -> Sheet:
        """The table as arrays, as it is now."""
        return self._sheet.now()

    def id_at(self, at: int) -> int:
        """Return the id of a record in sight."""
        return int(self.ids[at])

    def row(self, at: int) -> Row | None:
        """Return a record in sight; None for one that is gone although nobody has said so yet."""
        row_id = int(self.ids[at])
        return self._kept.get(row_id) or self._read_block(at).get(row_id)

    def _read_block(self, at: int) -> dict[int, Row]:
        first = at - at % BLOCK
        missing = [row_id for row_id in self.ids[first : first + BLOCK].tolist() if row_id not in self._kept]
        self.keep(self._plan.rows_by_ids(self._table.name, missing))
        return self._kept

    def keep(self, rows: Iterable[Row]) -> None:
        """Keep records that were read; those that were read longest ago are forgotten."""
        for row in rows:
            self._kept.pop(row.id, None)
            self._kept[row.id] = row
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]

    def kept(self, row_id: int) -> Row | None:
        """Return a record if it was read and not forgotten."""
        return self._kept.get(row_id)

    def places(self, ids: Collection[int]) -> dict[int, int]:
        """Return where records stand, those in sight, by id."""
        at = np.flatnonzero(np.isin(self.ids, np.fromiter(ids, dtype=np.int64, count=len(ids))))
        return dict(zip(self.ids[at].tolist(), at.tolist(), strict=True))

    def read(self, ids: Collection[int]) -> dict[int, Row]:
        """Read what an edit touched: the records that belong here, by id."""
        self._sheet.touch(ids)
        rows = self._plan.rows_by_ids(self._table.name, sorted(ids))
        return {row.id: row for row in rows if all(getattr(row.record, a) == v for a, v in self._where.items())}

    def passing(self, rows: Collection[Row]) -> list[Row]:
        """Return the records that pass the filters."""
        if not self.filters or not rows:
            return list(rows)
        sheet = self._plan.sheet(self._table.name, self._where, [row.id for row in rows])
        found = set(sheet.ids[sheet.where(self.filters)].tolist())
        return [row for row in rows if row.id in found]

    def insert(self, at: int, rows: Sequence[Row]) -> None:
        """Bring records in sight."""
        self.ids = np.insert(self.ids, at, [row.id for row in rows])
        self.keep(rows)

    def remove(self, first: int, last: int) -> None:
        """Take the records of these rows out of sight."""
        for row_id in self.ids[first : last + 1].tolist():
            self._kept.pop(row_id, None)
        self.ids = np.delete(self.ids, slice(first, last + 1))

    def place_for(self, row: Row) -> int:
        """Return where a new record comes in: by its key, or last where another order was asked for."""
        if self.sorting:
            return len(self)
        return bisect_left(range(len(self)), self._table.key_of(row.record), key=self._key_at)

    def _key_at(self, at: int) -> tuple[Value, ...]:
        row = self.row(at)
        return () if row is None else self._table.key_of(row.record)
