"""What a finding is, and what the checks read of a plan."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Final, Literal, Protocol, TypeVar, cast

from planner.analysis import CoverRow, CoverTable, Period, Subject, SupportedTable, UnitPrice
from planner.analysis.terms.limits import YearLimits, year_limits
from planner.analysis.terms.line_months import LineMonths
from planner.analysis.terms.timeline import Span
from planner.changes import Edit
from planner.errors import PlannerError
from planner.fields import Value
from planner.model import Contract, Line, Record, Volume
from planner.model.contracts import FIRM, PROBABLE
from planner.units import Month

Severity = Literal["error", "warning", "info"]
ORDER: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact: how grave it is, where, what, and what to do about it.

    `table` and `key` name the record that it is about; empty where it is about no single one. `check` is the id of the
    check that found it. `mend` is what its fix is made of, empty where no fix is obvious. `muted_until` is the last
    day on which somebody has put it aside.
    """

    severity: Severity
    place: str
    text: str
    remedy: str
    table: str = ""
    key: tuple[Value, ...] = ()
    check: str = ""
    mend: tuple[Value, ...] = ()
    muted_until: date | None = None


class HasRecord(Protocol):
    """A row of a plan."""

    @property
    def record(self) -> Record:
        """Its record."""


class View(Protocol):
    """What the checks read of a plan."""

    def rows(self, table: str) -> Sequence[HasRecord]:
        """Return the records of a table."""

    def cover(self, subject: Subject, *, by: Period) -> CoverTable:
        """Return supply against demand."""

    def supported(self, *, by: Period) -> SupportedTable:
        """Return the supported GWh."""

    def delivery_spans(self) -> Sequence[Span]:
        """Return the span of the deliveries of each line that has any."""

    def first_fixed(self, contracts: Iterable[str]) -> Mapping[str, Month]:
        """Return the first month with a confirmed or received delivery of those contracts that have any."""

    def line_months(self) -> LineMonths:
        """Return the kg of each line by month."""

    def price(self, contract: str, line: int, month: Month) -> UnitPrice:
        """Return the price of a line delivered in a month; PlannerError names what is missing."""

    def history(self, limit: int) -> Sequence[Edit]:
        """Return the edits, newest first."""


class Remembered:
    """A plan as the checks see it on a day: each table, span and figure is read once, however many ask for it."""

    def __init__(self, view: View, today: date) -> None:
        """Nothing is read before it is asked for."""
        self.today = today
        self.now = Month.of(today.year, today.month)
        self.price = view.price
        self._view = view
        self._tables: dict[str, tuple[Record, ...]] = {}
        self.cover_rows: Callable[[str, Period], tuple[CoverRow, ...]] = cache(self._cover_rows)
        self.delivered: Callable[[str, int], Mapping[Month, int]] = cache(self._delivered)

    def records(self, kind: type[R]) -> tuple[R, ...]:
        """Return the records of one kind, by key."""
        if kind.table not in self._tables:
            self._tables[kind.table] = tuple(row.record for row in self._view.rows(kind.table))
        return cast("tuple[R, ...]", self._tables[kind.table])

    @cached_property
    def contracts(self) -> Mapping[str, Contract]:
        """All contracts, by reference."""
        return {contract.reference: contract for contract in self.records(Contract)}

    @cached_property
    def alive(self) -> Mapping[str, Contract]:
        """The contracts that are neither expired nor cancelled, by reference."""
        return {name: each for name, each in self.contracts.items() if each.stage in FIRM | PROBABLE}

    @cached_property
    def spans(self) -> Sequence[Span]:
        """The span of the deliveries of each line that has any, by contract and number."""
        return self._view.delivery_spans()

    @cached_property
    def line_months(self) -> LineMonths:
        """The kg of each line by month."""
        return self._view.line_months()

    @cached_property
    def open_years(self) -> tuple[tuple[Line, YearLimits], ...]:
        """The contract years of contracts that are not closed, from the one under way on, each with its line."""
        months = self.line_months
        volumes = [each for each in self.records(Volume) if each.contract in self.alive]
        lines = {(line.contract, line.line): line for line in self.records(Line)} if volumes else {}
        found = []
        for volume in volumes:
            line = lines[volume.contract, volume.line]
            delivered = self.delivered(volume.contract, volume.line)
            limits = year_limits(self.alive[volume.contract], line, volume, delivered)
            # What lies beyond the figures' last month is not known to them.
            if limits.months and self.now <= limits.months[-1] <= months.last:
                found.append((line, limits))
        return tuple(found)

    @cached_property
    def unplanned(self) -> tuple[str, ...]:
        """The elements that the mix needs and nobody has contracted."""
        return self._view.supported(by=Period.YEAR).unplanned

    @cached_property
    def last_edit(self) -> Edit | None:
        """The last edit, undone or not; None where nothing was ever changed."""
        return next(iter(self._view.history(1)), None)

    def first_fixed(self, contracts: Iterable[str]) -> Mapping[str, Month]:
        """Return the first month with a confirmed or received delivery of those contracts that have any."""
        return self._view.first_fixed(contracts)

    def _delivered(self, contract: str, line: int) -> Mapping[Month, int]:
        """Return the kg of the months in which a line delivers anything, received or still to come."""
        return self.line_months.by_month(contract, line)

    def _cover_rows(self, element: str, by: Period) -> tuple[CoverRow, ...]:
        """Return what an element has against its demand, in t of metal; nothing where that cannot be told."""
        try:
            return self._view.cover(Subject("element", element), by=by).rows
        except PlannerError:
            return ()
