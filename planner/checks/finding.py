"""What a finding is, and what the checks read of a plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, Protocol, TypeVar

from planner.analysis import CoverTable, Period, Subject, SupportedTable
from planner.analysis.timeline import Span
from planner.fields import Value
from planner.model import Contract, Record
from planner.model.contracts import FIRM, PROBABLE

Severity = Literal["error", "warning", "info"]
ORDER: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact: how grave it is, where, what, and what to do about it.

    `table` and `key` name the record that it is about; empty where it is about no single one.
    """

    severity: Severity
    place: str
    text: str
    remedy: str
    table: str = ""
    key: tuple[Value, ...] = ()


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


class Remembered:
    """A view that reads each table and the spans once, however many checks ask for them."""

    def __init__(self, view: View) -> None:
        """Nothing is read before it is asked for."""
        self.cover = view.cover
        self.supported = view.supported
        self.rows = cache(view.rows)
        self.delivery_spans = cache(view.delivery_spans)


def records(view: View, kind: type[R]) -> Iterator[R]:
    """Return the records of one kind."""
    return (row.record for row in view.rows(kind.table) if isinstance(row.record, kind))


def open_contracts(view: View) -> frozenset[str]:
    """Return the references of the contracts that are neither expired nor cancelled."""
    return frozenset(each.reference for each in records(view, Contract) if each.stage in FIRM | PROBABLE)
