"""Findings: facts about a plan that somebody should look at; they never raise and never block."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from planner.analysis import CoverTable, Period, Subject, SupportedTable
from planner.errors import PlannerError
from planner.fields import Value
from planner.fields.kinds import Percent
from planner.model import Contract, Line, Material, MixShare, Plant, PlantCapacity, Record, Volume
from planner.units import PPM, Month

Severity = Literal["error", "warning", "info"]
ORDER: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact: how grave it is, where, what, and what to do about it."""

    severity: Severity
    place: str
    text: str
    remedy: str


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


def findings(view: View) -> list[Finding]:
    """Return all findings, the most severe first."""
    checks = (_cover, _unplanned, _plants, _mixes, _terms, _volumes)
    found = [finding for check in checks for finding in check(view)]
    return sorted(found, key=lambda finding: ORDER[finding.severity])


def _cover(view: View) -> Iterator[Finding]:
    elements = dict.fromkeys(r.record.element for r in view.rows("materials") if isinstance(r.record, Material))
    for element in elements:
        try:
            table = view.cover(Subject("element", element), by=Period.YEAR)
        except PlannerError:
            continue
        if not any(row.supply for row in table.rows):
            continue
        for row in table.rows:
            if row.stock_end < 0 and row.net_requirement:
                text = f"{row.net_requirement:,.1f} t of {element} must still be bought in {row.period}"
                yield Finding("error", f"{element} {row.period}", text, "contract more, or exercise an option")
            if row.over_capacity:
                text = f"{row.over_capacity:,.1f} t of {element} are contracted above the plants' open capacity"
                yield Finding("warning", f"{element} {row.period}", text, "move deliveries, or correct the capacity")


def _unplanned(view: View) -> Iterator[Finding]:
    for element in view.supported(by=Period.YEAR).unplanned:
        text = f"programmes need {element}, and nothing is contracted or in stock"
        yield Finding("info", element, text, "add a contract, or leave it out of the chemistries")


def _plants(view: View) -> Iterator[Finding]:
    capacities = {r.record.plant for r in view.rows("plant_capacity") if isinstance(r.record, PlantCapacity)}
    for row in view.rows("plants"):
        if isinstance(row.record, Plant) and row.record.code not in capacities:
            text = "it has no capacity rows, so that nothing limits what is contracted there"
            yield Finding("warning", f"plant {row.record.code}", text, "add its capacity by month")


def _mixes(view: View) -> Iterator[Finding]:
    shares: dict[tuple[str, Month], int] = defaultdict(int)
    for row in view.rows("mix"):
        if isinstance(row.record, MixShare):
            shares[row.record.programme, row.record.month] += row.record.share_ppm
    for (programme, month), share in shares.items():
        if share != PPM:
            text = (
                f"the shares of its chemistries from {month} on add up to {Percent().format(share, None)} %, not 100 %"
            )
            yield Finding("error", f"programme {programme}", text, "correct the mix")


def _terms(view: View) -> Iterator[Finding]:
    contracts = _contracts(view)
    for reference, line, first, last in view.delivery_spans():
        contract = contracts[reference]
        if first < contract.start_month or last > contract.end_month:
            text = f"deliveries from {first} to {last} leave the term, {contract.start_month} to {contract.end_month}"
            yield Finding("warning", f"{reference} {line}", text, "move the deliveries, or extend the term")


def _volumes(view: View) -> Iterator[Finding]:
    contracts = _contracts(view)
    phased = {(reference, line) for reference, line, _, _ in view.delivery_spans()}
    agreed = set()
    for row in view.rows("volumes"):
        if not isinstance(row.record, Volume):
            continue
        volume = row.record
        place = f"{volume.contract} {volume.line} {volume.year}"
        if not contracts[volume.contract].year_months(volume.year):
            yield Finding("warning", place, "this contract year lies outside the term", "extend the term, or delete it")
        if volume.agreed_kg:
            agreed.add((volume.contract, volume.line))
    for row in view.rows("lines"):
        if isinstance(row.record, Line):
            key = (row.record.contract, row.record.line)
            if key in agreed and key not in phased:
                text = "a volume is agreed, and no month has a delivery"
                yield Finding("warning", f"{key[0]} {key[1]}", text, "phase the volumes into months")


def _contracts(view: View) -> dict[str, Contract]:
    return {r.record.reference: r.record for r in view.rows("contracts") if isinstance(r.record, Contract)}
