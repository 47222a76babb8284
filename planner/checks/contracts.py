"""Findings about contracts: terms, volumes without months, buyers' shares, options about to lapse, stages."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from planner.analysis import english
from planner.analysis.terms.timeline import Span
from planner.checks.finding import Finding, Remembered
from planner.fields import Value
from planner.fields.quantities import Percent
from planner.model import BuyerShare, Contract, StageChange, Volume
from planner.model.contracts import PROBABLE, STAGE
from planner.units import KG_PER_T, PPM

# An option is worth a look so long before its last day.
OPTION_NOTICE: Final = timedelta(days=90)


def outside_term(facts: Remembered) -> Iterator[Finding]:
    """Find deliveries outside the term."""
    for span in facts.spans:
        contract = facts.contracts[span.contract]
        if span.first < contract.start_month or span.last > contract.end_month:
            term = f"{contract.start_month} to {contract.end_month}"
            text = f"deliveries from {span.first} to {span.last} leave the term, {term}"
            remedy, key = "move the deliveries, or extend the term", (span.contract, span.line)
            mend = _extension(contract, span)
            yield Finding("warning", f"{span.contract} {span.line}", text, remedy, "lines", key, mend=mend)


def _extension(contract: Contract, span: Span) -> tuple[Value, ...]:
    """Return a contract and its later end; another start would make other contract years of what is agreed."""
    return () if span.first < contract.start_month else (span.contract, span.last)


def years_outside_term(facts: Remembered) -> Iterator[Finding]:
    """Find contract years that have no month within the term."""
    for volume in facts.records(Volume):
        if not facts.contracts[volume.contract].year_months(volume.year):
            text, remedy = "this contract year lies outside the term", "extend the term, or delete it"
            key = (volume.contract, volume.line, volume.year)
            yield Finding("warning", " ".join(map(str, key)), text, remedy, "volumes", key)


def unphased(facts: Remembered) -> Iterator[Finding]:
    """Find lines, and contract years that are not past, whose agreed volumes no month delivers."""
    phased = {(span.contract, span.line) for span in facts.spans}
    told: set[tuple[str, int]] = set()
    for volume in facts.records(Volume):
        line = (volume.contract, volume.line)
        if not volume.agreed_kg or line in told or volume.contract not in facts.alive:
            continue
        if line not in phased:
            told.add(line)
            text, remedy = "a volume is agreed, and no month has a delivery", "phase the volumes into months"
            yield Finding("warning", f"{line[0]} {line[1]}", text, remedy, "lines", line, mend=line)
        elif _is_missing(facts, volume):
            key = (*line, volume.year)
            agreed = english(Decimal(volume.agreed_kg) / KG_PER_T)
            text = f"{agreed} t are agreed for contract year {volume.year}, and no month of it has a delivery"
            remedy = "phase the volume into months"
            yield Finding("warning", " ".join(map(str, key)), text, remedy, "volumes", key, mend=key)


def _is_missing(facts: Remembered, volume: Volume) -> bool:
    """Tell whether a contract year is still to come or under way, and nothing of it is delivered."""
    months = facts.contracts[volume.contract].year_months(volume.year)
    if not months or not facts.now <= months[-1] <= facts.line_months.last:
        return False
    return facts.delivered(volume.contract, volume.line).keys().isdisjoint(months)


def not_agreed(facts: Remembered) -> Iterator[Finding]:
    """Find contract years with deliveries and without a volume, as when the start of the term has moved."""
    agreed: dict[tuple[str, int], set[int]] = defaultdict(set)
    for volume in facts.records(Volume):
        if volume.agreed_kg:
            agreed[volume.contract, volume.line].add(volume.year)
    for span in facts.spans:
        key = (span.contract, span.line)
        missing = _not_agreed(facts.contracts[span.contract], span, agreed[key]) if key in agreed else []
        if missing:
            text = f"there are deliveries, and nothing is agreed for contract {_years(missing)}"
            remedy = "agree a volume for it, or move the deliveries"
            yield Finding("info", f"{key[0]} {key[1]}", text, remedy, "lines", key)


def _years(years: list[int]) -> str:
    """Return years as words: `year 2025`, `years 2025, 2026 and 2027`."""
    *early, last = map(str, years)
    return f"years {', '.join(early)} and {last}" if early else f"year {last}"


def _not_agreed(contract: Contract, span: Span, agreed: Collection[int]) -> list[int]:
    if span.first < contract.start_month or span.last > contract.end_month:
        # They lie outside the term, which is a finding already.
        return []
    years = range(contract.year_of(span.first), contract.year_of(span.last) + 1)
    return [year for year in years if year not in agreed]


def buyer_shares(facts: Remembered) -> Iterator[Finding]:
    """Find contracts whose buyers' shares do not make 100 %."""
    sums: dict[str, int] = defaultdict(int)
    for share in facts.records(BuyerShare):
        sums[share.contract] += share.share_ppm
    for reference, total in sums.items():
        if total != PPM:
            text = f"the shares of its buyers add up to {Percent().format(total, None)} %, not 100 %"
            yield Finding("error", reference, text, "correct the shares", "contracts", (reference,))


def options(facts: Remembered) -> Iterator[Finding]:
    """Find options of contracts that are not closed whose last day is near or past."""
    for volume in facts.records(Volume):
        until = volume.option_until
        if volume.contract not in facts.alive or not volume.option_kg:
            continue
        if until is None or until > facts.today + OPTION_NOTICE:
            continue
        key = (volume.contract, volume.line, volume.year)
        past = until < facts.today
        text = f"the option {'could' if past else 'can'} be called until {until}"
        remedy = "take the option out, or agree a later day" if past else "call it, or let it go"
        mend = (*key, volume.option_kg)
        yield Finding("warning", " ".join(map(str, key)), text, remedy, "volumes", key, mend=() if past else mend)


def stages(facts: Remembered) -> Iterator[Finding]:
    """Find contracts whose stage is not the one that was written down last."""
    last: dict[str, StageChange] = {}
    for change in facts.records(StageChange):
        if change.day > facts.today:
            continue
        if change.contract not in last or change.day > last[change.contract].day:
            last[change.contract] = change
    for reference, noted in last.items():
        stage = facts.contracts[reference].stage
        if noted.stage != stage:
            text = f"it is {_word(stage)}, and on {noted.day} {_word(noted.stage)} was written down"
            remedy = "correct the stage, or what was written"
            yield Finding("info", reference, text, remedy, "contracts", (reference,))


def memoranda_as_firm(facts: Remembered) -> Iterator[Finding]:
    """Find memoranda and letters of intent that count in full, or of which something is confirmed or received."""
    probable = {name: each for name, each in facts.alive.items() if each.stage in PROBABLE}
    fixed = facts.first_fixed(probable) if probable else {}
    for reference, contract in probable.items():
        if contract.effective_probability_ppm == PPM:
            why, remedy = "it counts in full: its probability is 100 %", "lower the probability, or sign it"
        elif reference in fixed:
            why = f"deliveries are confirmed or received from {fixed[reference]} on"
            remedy = "correct its stage, or mark the deliveries as planned"
        else:
            continue
        text = f"it is no more than a {_word(contract.stage)}, and {why}"
        yield Finding("warning", reference, text, remedy, "contracts", (reference,))


def _word(stage: str) -> str:
    return STAGE.title(stage).lower()
