"""The cube of a plan, built when first asked for and kept current by the changes of each edit."""

from collections.abc import Iterator, Mapping
from operator import attrgetter

import numpy as np

from planner.analysis import Book, Cube
from planner.analysis.terms.line_months import LineMonths
from planner.changes import Change, ChangeSet
from planner.model import Delivery, Record
from planner.store.file import snapshot
from planner.store.inputs import PIECES, Axes, Piece, assemble, read_inputs
from planner.store.log import moves
from planner.store.reader import HasConnection, Reader


class Figures:
    """Follows a plan: `cube` always answers for what the plan holds now."""

    def __init__(self, source: HasConnection) -> None:
        """Nothing is read before the cube is asked for."""
        self._source = source
        self._reader = Reader(source)
        self._cube: Cube | None = None
        self._axes: Axes | None = None
        self._pieces: dict[str, Piece] = {}
        self._lines: Mapping[tuple[str, int], int] = {}
        self._book: Book | None = None
        # How far the plan had moved when the cube and the book were read, and by the last edit that was heard of.
        self._cube_as_of = self._book_as_of = self._heard = 0

    @property
    def book(self) -> Book:
        """All that an analysis reads of the plan as it is."""
        cube = self.cube
        if self._book is None or self._book_as_of < self._heard:
            self._book_as_of = moves(self._source.connection)
            self._book = Book(cube, self._read)
        return self._book

    def _read(self, kind: type[Record]) -> Iterator[Record]:
        """Read the records of a kind by their ids, the order of the axes."""
        return (row.record for row in sorted(self._reader.rows(kind.table), key=attrgetter("id")))

    @property
    def cube(self) -> Cube:
        """The cube of the plan as it is.

        One that was read in an older snapshot of another thread, while this one wrote, is read anew.
        """
        if self._cube is None or self._cube_as_of < self._heard:
            with snapshot(self._source.connection):
                self._cube = self._build()
            self._book = None
        return self._cube

    def line_months(self) -> LineMonths:
        """Return the kg of each line by month, in the arrays of the cube."""
        inputs = self.cube.inputs
        return LineMonths(inputs.first, self._lines, inputs.received, inputs.planned)

    def follow(self, changes: ChangeSet) -> None:
        """Take in an edit: deliveries by their difference, other tables by reading anew what depends on them."""
        before, self._heard = self._heard, max(self._heard, changes.moved)
        if changes.tables == {"deliveries"} and self._book_as_of == before:
            self._book_as_of = self._heard
        if self._cube is None or self._axes is None or changes.moved <= self._cube_as_of:
            return
        if changes.moved > self._cube_as_of + 1:
            # An edit of another thread lies between, and is still to be heard of.
            self._cube = None
            return
        self._cube_as_of = changes.moved
        if changes.tables == {"deliveries"}:
            self._add_deliveries(changes, self._cube, self._axes)
        elif any(changes.tables & tables for _, tables in PIECES.values()):
            self._refresh(changes, self._cube, self._axes)

    def _build(self) -> Cube:
        connection = self._source.connection
        self._cube_as_of = moves(connection)
        self._axes = Axes.read(connection)
        self._pieces = read_inputs(connection, self._axes)
        self._lines = self._line_places(self._axes)
        return Cube(assemble(self._axes, self._pieces))

    def _line_places(self, axes: Axes) -> Mapping[tuple[str, int], int]:
        places = {row: place for place, row in enumerate(axes.lines)}
        found = self._source.connection.execute(
            "SELECT l.id, c.reference, l.line FROM lines AS l JOIN contracts AS c ON c.id = l.contract_id"
        )
        return {(reference, line): places[row] for row, reference, line in found}

    def _refresh(self, changes: ChangeSet, cube: Cube, axes: Axes) -> None:
        connection = self._source.connection
        if changes.touches_table("deliveries") or Axes.read(connection) != axes:
            self._cube = None
            return
        for name, (read, tables) in PIECES.items():
            if changes.tables & tables:
                self._pieces[name] = read(connection, axes)
        if changes.touches_table("contracts", "lines"):
            self._lines = self._line_places(axes)
        self._pieces["deliveries"] = {"received": cube.inputs.received, "planned": cube.inputs.planned}
        cube.replace(assemble(axes, self._pieces))

    def _add_deliveries(self, changes: ChangeSet, cube: Cube, axes: Axes) -> None:
        if any(touch.rows is None for touch in changes.touches):
            self._cube = None
            return
        deltas = [delta for change in changes for delta in self._deltas(change)]
        months = {month for _, month, _, _ in deltas}
        # At its edge a delivery may stretch or shorten the horizon.
        at_edge = min(months) <= axes.first or max(months) >= axes.last
        if at_edge and Axes.read(self._source.connection) != axes:
            self._cube = None
            return
        # A plan longer than the cube covers has deliveries after its last month.
        covered = [delta for delta in deltas if delta[1] <= axes.last]
        line, month, received, planned = np.array(covered, dtype=np.int64).reshape(-1, 4).T
        cube.add_deliveries(line, month - int(axes.first), received, planned)

    def _deltas(self, change: Change) -> list[tuple[int, int, int, int]]:
        """Return (line, month, received kg, planned kg) of a change: what goes, then what comes."""
        signed: list[tuple[Record | None, int]] = [(change.before, -1), (change.after, 1)]
        result = []
        for record, sign in signed:
            if isinstance(record, Delivery):
                kg = sign * record.quantity_kg
                received = kg if record.status == "received" else 0
                place = self._lines[record.contract, record.line]
                result.append((place, int(record.month), received, kg - received))
        return result


def rebuilt(source: HasConnection) -> Cube:
    """Return the cube as it is when everything is read anew."""
    return Figures(source).cube
