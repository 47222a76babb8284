"""The records of any table as a grid to edit: blocks of texts become edits, and edits of others are taken over."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from PySide6.QtCore import Qt

from planner.changes import ChangeSet, Touch
from planner.commands import Cell, CreateRecords, DeleteRecords, PutRecords, SetCells
from planner.fields import Value
from planner.model import Record
from planner.plan import Row
from ui.grids.grid_model import ROOT, RefusedError, Spot
from ui.grids.record_cells import RecordCells
from ui.grids.record_edit import Form, Numbering, filled
from ui.grids.references import renamed

# Beyond so many rows that come or go at once all is read anew: views take them in one by one.
_MOST_FOLLOWED = 200


class RecordModel(RecordCells):
    """The cells of a table's records with what edits them, and what follows the edits of others."""

    # Whether what comes in was typed or pasted here.
    _adding = False

    @property
    def _form(self) -> Form:
        return Form(self._table, self._fields, self.where, self.locale)

    def write(self, texts: Mapping[Spot, str]) -> None:
        """Make one edit: cells of records that are there, and new records from the blank row on."""
        end = len(self._rows)
        values = self._form.read(texts, end)
        given = {row: each for row, each in values.items() if row < end}
        fresh = {row: each for row, each in values.items() if row >= end}
        if fresh and not self._growable:
            raise RefusedError("The block has more rows than the table, and no rows can be added here.", {})
        changed = self._form.changed(given, self._record)
        created = self._created(fresh, alone=not given)
        if created:
            self._create(changed, created)
        elif given:
            cells = (
                Cell(self.table, self._id(row), self._fields[self._columns[attr]].name, value)
                for row, each in given.items()
                for attr, value in each.items()
            )
            self._plan.run(SetCells(tuple(cells)))

    def _record(self, row: int) -> Record:
        found = self._rows.row(row)
        if found is None:
            raise RefusedError(f"That {self._table.singular} is no longer there; somebody deleted it.", {})
        return found.record

    def _created(self, fresh: dict[int, dict[str, Value]], *, alone: bool) -> tuple[Record, ...]:
        """Return the records that new rows make; a single row that is not complete yet is kept and makes none."""
        end = len(self._rows)
        numbering = Numbering(self._plan, self._table)
        if end in fresh:
            fresh[end] = {**self._blank.typed, **fresh[end]}
        if alone and fresh.keys() == {end}:
            values = filled(fresh[end])
            self._collect(values)
            if not values or self._form.missing({**values, **numbering.next({**self.where, **values})}):
                return ()
        return self._form.created(fresh, numbering)

    def _collect(self, values: Mapping[str, Value]) -> None:
        self._blank.type(values)
        self._changed(len(self._rows), len(self._rows))

    def _create(self, changed: Mapping[int, Record], created: tuple[Record, ...]) -> None:
        replaced = tuple((self._id(row), record) for row, record in changed.items())
        self._adding = True
        try:
            self._plan.run(PutRecords(self.table, replaced, created) if replaced else CreateRecords(created))
        finally:
            self._adding = False

    def delete(self, rows: tuple[int, ...], *, cascade: bool) -> None:
        """Delete the records of rows as one edit; what was typed into the blank row is forgotten."""
        if self.blank_row in rows and self._blank.typed:
            self._collect({})
        doomed = tuple(self._id(row) for row in rows if row < len(self._rows))
        if doomed:
            self._plan.run(DeleteRecords(self.table, doomed, cascade))

    def follow(self, changes: ChangeSet) -> None:
        """Take over what an edit did to these rows, and nothing more."""
        if renamed(changes, self._table):
            self.reload()
            return
        for touch in changes.touches:
            if touch.table == self.table:
                self._follow(touch)

    def _follow(self, touch: Touch) -> None:
        if touch.rows is None:
            self.reload()
            return
        self._marks.forget()
        here = self._rows.read(touch.rows)
        places = self._rows.places(touch.rows)
        gone = sorted(at for row_id, at in places.items() if row_id not in here)
        fresh = [row for row_id, row in sorted(here.items()) if row_id not in places]
        # What is typed here stays in sight even where the filter would hide it.
        fresh = fresh if self._adding else self._rows.passing(fresh)
        if len(gone) > _MOST_FOLLOWED or (len(fresh) > _MOST_FOLLOWED and not self._adding):
            self.reload()
            return
        self._replace([row for row_id, row in here.items() if row_id in places], places)
        for first, last in reversed(list(_runs(gone))):
            self.beginRemoveRows(ROOT, first, last)
            self._rows.remove(first, last)
            self._texts.clear()
            self.endRemoveRows()
        self._take_in(fresh)
        # Not before: while rows come and go no other row may change.
        if self._growable and self._blank.offers_anew(self._rows.where):
            self._changed(len(self._rows), len(self._rows))

    def _replace(self, rows: Sequence[Row], places: Mapping[int, int]) -> None:
        changed = [row for row in rows if row != self._rows.kept(row.id)]
        self._rows.keep(changed)
        for first, last in _runs(sorted(places[row.id] for row in changed)):
            self._changed(first, last)

    def _take_in(self, fresh: Sequence[Row]) -> None:
        if fresh and self._adding:
            # The first takes the place of the blank row, so that the cursor stays in what was typed: it says so before
            # the others come in, for an insertion changes no row that was there.
            end = len(self._rows)
            self._collect(fresh[0].record.values())
            self.beginInsertRows(ROOT, end + 1, end + len(fresh))
            self._insert(end, fresh)
            self._blank.type({})
            self.endInsertRows()
            self._changed(end, end + len(fresh) - 1)
            return
        for row in fresh:
            at = self._rows.place_for(row)
            self.beginInsertRows(ROOT, at, at)
            self._insert(at, (row,))
            self.endInsertRows()

    def _insert(self, at: int, rows: Sequence[Row]) -> None:
        self._rows.insert(at, rows)
        self._texts.clear()

    def _changed(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._texts.pop(row, None)
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._fields) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return first and last of each run of rows that follow one another."""
    for _, run in groupby(enumerate(rows), key=lambda numbered: numbered[1] - numbered[0]):
        found = [row for _, row in run]
        yield found[0], found[-1]
