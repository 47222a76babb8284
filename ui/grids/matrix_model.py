"""A grid with months across and sums of calendar years: filtered, ordered, searched, edited, and following edits."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from planner.changes import ChangeSet
from planner.errors import InvalidValueError, PlannerError
from planner.plan import Plan
from planner.units import Month
from ui.grids.grid_model import RefusedError, SortKey, Spot
from ui.grids.matrix_cells import MatrixCells
from ui.grids.matrix_columns import Columns, Label
from ui.grids.matrix_deliveries import DeliverySource
from ui.grids.matrix_demand import DemandSource
from ui.grids.matrix_edits import Block, Ground, edits_of, refuse
from ui.grids.matrix_find import Wanted, found
from ui.grids.matrix_rows import filter_of
from ui.grids.matrix_source import Key, MatrixRow, MatrixSource
from ui.plan_signals import PlanSignals

_OUTSIDE = "{month} is {where}; it is kept. Change the term if it belongs there."


class MatrixModel(MatrixCells):
    """The cells of a source, filtered and ordered by its labels, whose months and sums can be edited.

    `noted` carries a sentence about an edit that was made and that somebody should look at.
    """

    noted = Signal(str)

    def __init__(
        self,
        source: MatrixSource,
        signals: PlanSignals,
        *,
        start: Month,
        end: Month,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(source, start=start, end=end, parent=parent)
        signals.changed.connect(self.follow)

    def orders(self, column: int) -> bool:
        """Labels order the rows."""
        return isinstance(self._columns.heads[column], Label)

    def filters(self, column: int) -> bool:
        """Labels can be filtered by a text that they contain, or are when it is in quotation marks."""
        return isinstance(self._columns.heads[column], Label)

    def filter_text(self, column: int) -> str:
        """Return the filter on a label; empty where there is none."""
        head = self._columns.heads[column]
        return self._rows.filter_text(head.place) if isinstance(head, Label) else ""

    def set_filter(self, column: int, text: str) -> None:
        """Show the rows whose label fits; InvalidValueError for what is no filter, and for other columns."""
        head = self._columns.heads[column]
        if not isinstance(head, Label):
            raise InvalidValueError("filter", f"rows are filtered by {', '.join(self._source.headings)} here")
        bare = filter_of(text)
        with self._resetting():
            self._rows.set_filter(head.place, bare)

    @property
    def only(self) -> frozenset[Key] | None:
        """The keys of the only rows that are shown, filters apart; None for all."""
        return self._rows.only

    def show_only(self, keys: Collection[Key] | None) -> None:
        """Show just the rows of these keys, or all again."""
        only = None if keys is None else frozenset(keys)
        if only != self._rows.only:
            with self._resetting():
                self._rows.let_through(only)

    @property
    def total_rows(self) -> int:
        """How many rows there are, shown or not."""
        return self._rows.total

    @property
    def sorting(self) -> tuple[SortKey, ...]:
        """The labels that order the rows."""
        return self._rows.sorting

    def sort_by(self, keys: tuple[SortKey, ...]) -> None:
        """Order the rows by labels, other columns left out; () for the order of the plan."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = [(self.key_at(index.row()), index.column()) for index in before]
        self._rows.sort_by(tuple(key for key in keys if self.orders(key.column)))
        self._shown.clear()
        after = [self.index(self._rows.places[key], column) for key, column in places if key is not None]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def find(
        self, text: str, *, case: bool = False, whole: bool = False, spots: Collection[Spot] | None = None
    ) -> list[Spot]:
        """Return the labels and months whose text contains or is this one, from the top left."""
        if not text.strip():
            return []
        wanted = Wanted(text, self._field, self.locale, case=case, whole=whole)
        return found(wanted, self._rows, self._columns, self._source.values_holding, spots)

    def set_horizon(self, start: Month, end: Month) -> None:
        """Show other months."""
        with self._resetting():
            self._columns = Columns(self._source, start, end)

    def reload(self) -> None:
        """Read everything anew."""
        self._replace_rows(self._source.rows())

    def _replace_rows(self, rows: list[MatrixRow]) -> None:
        with self._resetting():
            self._rows.replace(rows)
            self._lines.clear()

    @contextmanager
    def _resetting(self) -> Iterator[None]:
        self.beginResetModel()
        yield
        self._shown.clear()
        self._reasons = {}
        self.endResetModel()

    def write(self, texts: Mapping[Spot, str]) -> None:
        """Set months and spread the sums of years as one edit; RefusedError when any cell is not right."""
        rows = self._rows.shown
        ground = Ground(self._columns, rows, lambda row: self._at(row).line, self._field, self.locale)
        block = edits_of(texts, ground)
        outside = self._outside(block)
        try:
            if block.months or block.years:
                self._source.write(block.months, block.years)
        except InvalidValueError as error:
            refuse(self.blamed(texts, error))
            raise RefusedError(f"Nothing was changed: {error.reason}.", {}) from error
        if outside:
            self.noted.emit(outside)

    def _outside(self, block: Block) -> str:
        """Return what to say about months outside the term."""
        for edit in block.months:
            line = self._lines.line(self._rows.shown, self._rows.places[edit.key])
            if edit.value and line.is_outside(edit.month):
                return _OUTSIDE.format(month=edit.month, where=line.term_tip[:1].lower() + line.term_tip[1:])
        return ""

    def blamed(self, texts: Mapping[Spot, str], error: PlannerError) -> dict[Spot, str]:
        """Return the cell that an error names (`2025 of C1 1`), or the only one."""
        reason = error.reason if isinstance(error, InvalidValueError) else str(error)
        if len(texts) == 1:
            return dict.fromkeys(texts, reason)
        return {spot: reason for spot in texts if reason.startswith(f"{self._name(spot)} ")}

    def _name(self, spot: Spot) -> str:
        key = " ".join(str(part) for part in self.key_at(spot[0]) or ())
        return f"{self._columns.heads[spot[1]]} of {key}"

    def follow(self, changes: ChangeSet) -> None:
        """Read anew the rows that an edit touched, when they are next shown."""
        if self._source.moves_rows(changes):
            rows = self._source.rows()
            if not self._rows.stay_with(rows):
                self._replace_rows(rows)
                return
            self._relabel(rows)
        keys = self._source.touched(changes)
        if keys is None:
            self._lines.clear()
            self._shown.clear()
            self._changed(0, len(self._rows) - 1)
            return
        for key in keys:
            self._lines.forget(key)
            if (at := self._rows.places.get(key)) is not None:
                self._changed(at, at)

    def _relabel(self, rows: list[MatrixRow]) -> None:
        before = self._rows.shown
        self._rows.replace(rows)
        for at, (old, new) in enumerate(zip(before, self._rows.shown, strict=True)):
            if old != new:
                self._changed(at, at)

    def _changed(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._shown.pop(row, None)
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))


def delivery_model(
    plan: Plan, signals: PlanSignals, *, start: Month, end: Month, parent: QObject | None = None
) -> MatrixModel:
    """Return the grid of deliveries: lines down, months across, t in each line's basis."""
    return MatrixModel(DeliverySource(plan), signals, start=start, end=end, parent=parent)


def demand_model(
    plan: Plan, signals: PlanSignals, *, start: Month, end: Month, parent: QObject | None = None
) -> MatrixModel:
    """Return the grid of demand: programmes down, months across, GWh."""
    return MatrixModel(DemandSource(plan), signals, start=start, end=end, parent=parent)
