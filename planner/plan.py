"""A plan, the one door: open it, read it, run commands on it, undo, import, and ask whether we are covered."""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from planner.analysis import (
    Basis,
    Book,
    CoverTable,
    Cube,
    Period,
    PricedLine,
    Stages,
    Subject,
    SupportedTable,
    UnitPrice,
    Write,
    english,
    priced,
    unit_price,
)
from planner.analysis.gaps.effect import CoverEffect, covers_of, effects
from planner.analysis.terms.line_months import LineMonths
from planner.analysis.terms.timeline import Span
from planner.changes import ChangeSet, Edit
from planner.checks import Finding, Found
from planner.commands import Command
from planner.errors import PlannerError
from planner.fields import Field, Stored, Value
from planner.model import table_named
from planner.sheet import Ints, Sheet
from planner.store import SUFFIX, Figures, Mode, Preview, Problem, Row, RowState, Staging, Staying, Store, Title
from planner.store.prices import read_line, read_lines, read_market
from planner.units import Month

__all__ = ["SUFFIX", "Mode", "Plan", "Preview", "Problem", "Row", "RowState", "Staging", "Staying"]

Listener = Callable[[ChangeSet], None]
P = ParamSpec("P")
A = TypeVar("A")


class Plan:
    """One open plan; every write is an edit that is on the disk when the method returns."""

    def __init__(self, store: Store) -> None:
        """Use `create` or `open`."""
        self._store = store
        self._figures = Figures(store.file)
        self._found = Found()
        self._listeners: list[Listener] = []
        # The cube answers one thread at a time: an import may run beside the window.
        self._counting = threading.RLock()

    @classmethod
    def create(cls, path: Path, *, person: str) -> Self:
        """Make a new, empty plan; PlannerError when the file exists or cannot be made."""
        return cls(Store.create(path, person))

    @classmethod
    def open(cls, path: Path, *, person: str) -> Self:
        """Open a plan, for reading alone where it is open already; PlannerError when it is none."""
        return cls(Store.open(path, person))

    def close(self) -> None:
        """Close the file; others may write to it then."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The plan file."""
        return self._store.file.path

    @property
    def read_only(self) -> str | None:
        """Why nothing may be written, a sentence; None when it may."""
        return self._store.file.read_only

    def rows(self, table: str, where: Mapping[str, Value] | None = None) -> list[Row]:
        """Return the records of a table, all or those whose fields (by attribute) have these values, by key."""
        return self._store.reader.rows(table, where)

    def values(self, table: str) -> Iterator[tuple[Stored, ...]]:
        """Read the fields of all records as stored, by key, without building records: for a million of them."""
        return self._store.reader.values(table)

    def values_holding(self, table: str, attr: str, digits: str, width: int) -> Iterator[tuple[Stored, ...]]:
        """Read, as `values` does, the records whose number has these digits in a row, written at least that wide."""
        return self._store.reader.values_holding(table, attr, digits, width)

    def values_of(self, table: str, owner: str, row_ids: Collection[int]) -> Iterator[tuple[Stored, ...]]:
        """Read, as `values` does, the records that refer to these rows of another table (deliveries of some lines)."""
        return self._store.reader.values_of(table, owner, row_ids)

    def row_ids(self, table: str, where: Mapping[str, Value] | None = None) -> Ints:
        """Return the ids of the records that `rows` returns, in the same order."""
        with self._store.file.snapshot():
            return self._store.sheets.ids(table, where)

    def rows_by_ids(self, table: str, ids: Sequence[int]) -> list[Row]:
        """Return the records with these ids, in their order; those that are gone are left out."""
        return self._store.reader.rows_by_ids(table, ids)

    def sheet(self, table: str, where: Mapping[str, Value] | None = None, ids: Sequence[int] | None = None) -> Sheet:
        """Return a table as arrays: all of it, what has these values (by attribute), or the records with these ids."""
        with self._store.file.snapshot():
            return self._store.sheets.read(table, where, ids)

    def last_import(self, table: str) -> Edit | None:
        """Return the last import that the plan holds and that touched a table; None when there was none."""
        return self._store.sheets.last_import(table)

    def row_states(self, table: str) -> dict[int, RowState]:
        """Return which records, by id, are new or changed since the last import of their table; empty without one."""
        return self._store.sheets.row_states(table)

    def get(self, table: str, row_id: int) -> Row | None:
        """Return the record with an id."""
        return self._store.reader.get(table, row_id)

    def find(self, table: str, key: tuple[Value, ...]) -> Row | None:
        """Return the record that a key names."""
        return self._store.reader.find(table, key)

    def delivery_spans(self) -> list[Span]:
        """Return the span of the deliveries of each line that has any, by contract and number."""
        return self._store.reader.delivery_spans()

    def first_fixed(self, contracts: Iterable[str]) -> dict[str, Month]:
        """Return the first month with a confirmed or received delivery of those contracts that have any."""
        return self._store.reader.first_fixed(contracts)

    def line_months(self) -> LineMonths:
        """Return the kg of each line by month; do not write to its arrays."""
        with self._counting:
            return self._figures.line_months()

    def count(self, table: str) -> int:
        """Return how many records a table has."""
        return self._store.reader.count(table)

    def run(self, command: Command) -> ChangeSet | None:
        """Do what a command says as one edit; None when it changes nothing. PlannerError: nothing was written."""
        return self._announced(self._store.write(command.title, command.apply))

    def undo(self) -> ChangeSet | None:
        """Take back the last edit; None at the beginning of the plan."""
        return self._announced(self._store.undo())

    def redo(self) -> ChangeSet | None:
        """Bring back what was undone last; None when there is nothing."""
        return self._announced(self._store.redo())

    def undo_edit(self, number: int) -> ChangeSet:
        """Take back one edit of the history; ConflictError names the later edit that stands in the way."""
        changes = self._store.undo_edit(number)
        self._announced(changes)
        return changes

    @property
    def undo_title(self) -> str | None:
        """What undo would take back."""
        edit = self._store.history.next_undo()
        return None if edit is None else edit.title

    @property
    def redo_title(self) -> str | None:
        """What redo would bring back."""
        edit = self._store.history.next_redo()
        return None if edit is None else edit.title

    def history(self, limit: int = 1_000) -> list[Edit]:
        """Return the edits, newest first, undone ones among them."""
        return self._store.history.edits(limit)

    def changes(self, number: int) -> ChangeSet:
        """Return what an edit of the history changed; PlannerError when there is no such edit."""
        return self._store.history.change_set(self._store.history.numbered(number).id)

    @contextmanager
    def stage(
        self,
        table: str,
        fields: tuple[Field, ...],
        mode: Mode,
        *,
        delete_missing: bool = False,
        lookups: Mapping[str, str] | None = None,
    ) -> Iterator[Staging]:
        """Take in rows of a file for a table; `Staging.finish` gives the preview, whose draft can be applied later.

        With `delete_missing` the draft deletes the records that the rows do not name. `lookups` are the codes that
        texts of the file stand for where they are neither code nor name.
        """
        target = table_named(table)
        staging = Staging(target, fields, mode, delete_missing=delete_missing, lookups=lookups or {})
        with self._store.stage(staging) as opened:
            yield opened

    def draft(self, command: Command) -> ChangeSet | None:
        """Return what a command would do, as a draft to apply or discard; None and PlannerError as for `run`."""
        return self._store.draft(command.title, command.apply)

    def apply_draft(self, draft: int, without: Collection[int] = (), title: Title | None = None) -> ChangeSet:
        """Make a draft part of the plan; ConflictError when the plan has moved on in the same cells.

        `without` are rows, by their ids in the changes of the draft, that are left out; `title` names it anew then.
        """
        changes = self._store.apply_draft(draft, without, title)
        self._announced(changes)
        return changes

    def narrow_draft(self, draft: int, rows: Collection[int], title: Title | None = None) -> ChangeSet:
        """Leave rows out of a draft for good; PlannerError when nothing would be left, and it is as it was then."""
        return self._store.narrow_draft(draft, rows, title)

    def effect(self, draft: int, without: Collection[int] = ()) -> tuple[CoverEffect, ...]:
        """Return how a draft, without some of its rows, would move cover by element and year; nothing is written.

        It works in the calling thread and holds up other writes while it does. ConflictError as for `apply_draft`.
        """
        with self._counting:
            before = covers_of(self._figures.cube)
        with self._store.under(draft, without):
            after = covers_of(Figures(self._store.file).cube)
        return effects(before, after)

    def discard_draft(self, draft: int) -> None:
        """Forget a draft."""
        self._store.discard_draft(draft)

    def save_copy(self, target: Path) -> None:
        """Write a copy of the plan with its history; PlannerError when the file exists or cannot be written."""
        self._store.save_copy(target)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call a listener after each change, in the thread that made it; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def cover(  # noqa: PLR0913 - a table is chosen by that many switches
        self,
        subject: Subject,
        *,
        by: Period = Period.MONTH,
        basis: Basis | None = None,
        stages: Stages = Stages.ALL,
        start: Month | None = None,
        end: Month | None = None,
    ) -> CoverTable:
        """Return supply against demand of an element or a material; PlannerError when the plan does not know it."""
        with self._counting:
            return self._figures.cube.cover(subject, by=by, basis=basis, stages=stages, start=start, end=end)

    def supported(
        self,
        *,
        by: Period = Period.MONTH,
        stages: Stages = Stages.ALL,
        start: Month | None = None,
        end: Month | None = None,
    ) -> SupportedTable:
        """Return the GWh that the supply allows and the element that limits them."""
        with self._counting:
            return self._figures.cube.supported(by=by, stages=stages, start=start, end=end)

    def price(self, contract: str, line: int, month: Month, *, write: Write = english) -> UnitPrice:
        """Return the price of a line delivered in a month, explained; PlannerError names what is missing."""
        found = read_line(self._store.reader, contract, line)
        return unit_price(found, month, read_market(self._store.reader, found), write)

    def line_prices(
        self, contract: str, line: int, start: Month, end: Month, *, write: Write = english
    ) -> list[tuple[Month, UnitPrice | PlannerError]]:
        """Return the price of a line in each month from start to end, or what is missing there."""
        found = read_line(self._store.reader, contract, line)
        market = read_market(self._store.reader, found)
        months = [start.plus(months) for months in range(end - start + 1)]
        return [(month, priced(found, month, market, write)) for month in months]

    def prices(self, month: Month, *, write: Write = english) -> list[tuple[PricedLine, UnitPrice | PlannerError]]:
        """Return every line with its price in a month, or what is missing, by contract and number."""
        market = read_market(self._store.reader)
        return [(line, priced(line, month, market, write)) for line in read_lines(self._store.reader)]

    def ask(self, question: Callable[Concatenate[Book, P], A], *args: P.args, **kwargs: P.kwargs) -> A:
        """Put a question of `planner.analysis` to the plan: `plan.ask(spend, Scope(), "EUR")`.

        PlannerError as the question says.
        """
        with self._counting:
            return question(self._figures.book, *args, **kwargs)

    @property
    def cube(self) -> Cube:
        """The arrays behind the tables, for a notebook; do not write to them."""
        return self._figures.cube

    @property
    def horizon(self) -> tuple[Month, Month] | None:
        """The first and the last month that the plan has data for; None when it is empty."""
        with self._counting:
            return self._figures.cube.horizon

    def findings(self, *, muted: bool = False, today: date | None = None) -> list[Finding]:
        """Return what somebody should look at, the most severe first; with `muted` what is put aside, too."""
        with self.reading():
            return self._found.findings(self, today or date.today(), muted=muted)  # noqa: DTZ011 - the day of the person's own calendar

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read the plan as it is now, whatever others write meanwhile: all that this thread asks inside."""
        with self._store.file.snapshot():
            yield

    def integrity(self) -> list[str]:
        """Return what is wrong with the file itself, a sentence each; empty when it is sound."""
        return self._store.integrity()

    def _announced(self, changes: ChangeSet | None) -> ChangeSet | None:
        if changes is not None:
            with self._counting:
                self._figures.follow(changes)
            self._found.touch(changes.tables)
            for listener in tuple(self._listeners):
                listener(changes)
        return changes
