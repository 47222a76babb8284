"""Findings about contracts: terms, volumes without months, buyers' shares, options about to lapse, stages."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Final

from planner.analysis.timeline import Span
from planner.checks.finding import Finding, View, records
from planner.fields.quantities import Percent
from planner.model import BuyerShare, Contract, Line, StageChange, Volume
from planner.model.contracts import STAGE
from planner.units import PPM

# An option is worth a look so long before its last day.
OPTION_NOTICE: Final = timedelta(days=90)


def terms(view: View) -> Iterator[Finding]:
    """Find deliveries outside the term."""
    contracts = _contracts(view)
    for reference, line, first, last, _ in view.delivery_spans():
        contract = contracts[reference]
        if first < contract.start_month or last > contract.end_month:
            text = f"deliveries from {first} to {last} leave the term, {contract.start_month} to {contract.end_month}"
            remedy = "move the deliveries, or extend the term"
            yield Finding("warning", f"{reference} {line}", text, remedy, "lines", (reference, line))


def volumes(view: View) -> Iterator[Finding]:
    """Find contract years outside the term, agreed volumes that no month delivers, and deliveries that none agrees."""
    contracts = _contracts(view)
    phased = {(span.contract, span.line): span for span in view.delivery_spans()}
    agreed: dict[tuple[str, int], set[int]] = defaultdict(set)
    for volume in records(view, Volume):
        if not contracts[volume.contract].year_months(volume.year):
            text, remedy = "this contract year lies outside the term", "extend the term, or delete it"
            key = (volume.contract, volume.line, volume.year)
            yield Finding("warning", " ".join(map(str, key)), text, remedy, "volumes", key)
        if volume.agreed_kg:
            agreed[volume.contract, volume.line].add(volume.year)
    for line in records(view, Line):
        place = (line.contract, line.line)
        if place in agreed and place not in phased:
            text = "a volume is agreed, and no month has a delivery"
            yield Finding("warning", f"{place[0]} {place[1]}", text, "phase the volumes into months", "lines", place)
        elif place in agreed:
            yield from _not_agreed(contracts[line.contract], phased[place], agreed[place])


def _not_agreed(contract: Contract, span: Span, agreed: Collection[int]) -> Iterator[Finding]:
    """Find contract years with deliveries and without a volume, as when the start of the term has moved."""
    if span.first < contract.start_month or span.last > contract.end_month:
        # They lie outside the term, which is a finding already.
        return
    years = range(contract.year_of(span.first), contract.year_of(span.last) + 1)
    missing = [str(year) for year in years if year not in agreed]
    if missing:
        text = f"there are deliveries, and nothing is agreed for contract year {', '.join(missing)}"
        key = (span.contract, span.line)
        yield Finding("info", f"{key[0]} {key[1]}", text, "agree a volume for it, or move the deliveries", "lines", key)


def shares(view: View) -> Iterator[Finding]:
    """Find contracts whose buyers' shares do not make 100 %."""
    sums: dict[str, int] = defaultdict(int)
    for share in records(view, BuyerShare):
        sums[share.contract] += share.share_ppm
    for reference, total in sums.items():
        if total != PPM:
            text = f"the shares of its buyers add up to {Percent().format(total, None)} %, not 100 %"
            yield Finding("error", reference, text, "correct the shares", "contracts", (reference,))


def options(view: View) -> Iterator[Finding]:
    """Find options whose last day is near or past."""
    today = date.today()  # noqa: DTZ011 - the day of the person's own calendar
    for volume in records(view, Volume):
        if not volume.option_kg or volume.option_until is None or volume.option_until > today + OPTION_NOTICE:
            continue
        key = (volume.contract, volume.line, volume.year)
        past = volume.option_until < today
        text = f"the option {'could' if past else 'can'} be called until {volume.option_until}"
        remedy = "take the option out, or agree a later day" if past else "call it, or let it go"
        yield Finding("warning", " ".join(map(str, key)), text, remedy, "volumes", key)


def stages(view: View) -> Iterator[Finding]:
    """Find contracts whose stage is not the one that was written down last."""
    today = date.today()  # noqa: DTZ011 - the day of the person's own calendar
    last: dict[str, StageChange] = {}
    for change in records(view, StageChange):
        if change.day > today:
            continue
        if change.contract not in last or change.day > last[change.contract].day:
            last[change.contract] = change
    for contract in records(view, Contract):
        noted = last.get(contract.reference)
        if noted is not None and noted.stage != contract.stage:
            text = (
                f"it is {STAGE.title(contract.stage).lower()}, and on {noted.day}"
                f" {STAGE.title(noted.stage).lower()} was written down"
            )
            key = (contract.reference,)
            yield Finding("info", contract.reference, text, "correct the stage, or what was written", "contracts", key)


def _contracts(view: View) -> dict[str, Contract]:
    return {contract.reference: contract for contract in records(view, Contract)}
