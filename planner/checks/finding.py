"""What a finding is, and what the checks read of a plan."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar

from planner.analysis import CoverTable, Period, Subject, SupportedTable
from planner.fields import Value
from planner.model import Record
from planner.units import Month

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

    def rows(self, table: str, where: Mapping[str, Value] | None = None) -> Sequence[HasRecord]:
        """Return the records of a table."""

    def cover(self, subject: Subject, *, by: Period) -> CoverTable:
        """Return supply against demand."""

    def supported(self, *, by: Period) -> SupportedTable:
        """Return the supported GWh."""

    def delivery_spans(self) -> Sequence[tuple[str, int, Month, Month]]:
        """Return (contract, line, first month, last month) of the deliveries of each line."""


def records(view: View, kind: type[R]) -> Iterator[R]:
    """Return the records of one kind."""
    return (row.record for row in view.rows(kind.table) if isinstance(row.record, kind))
