"""Findings about dates that do not fit: deliveries before their plant, before the first is due, after evidence ends."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import starmap

from planner.analysis.terms.timeline import EarlyDelivery, early_deliveries, late_first_deliveries
from planner.checks.finding import Finding, Remembered
from planner.model import Evidence, Line, Milestone, Plant, PlantCapacity
from planner.units import Month


def before_the_plant(facts: Remembered) -> Iterator[Finding]:
    """Find lines that shall deliver before their plant's forecast start."""
    capacities = facts.records(PlantCapacity)
    # Most lines of a large plan come from nowhere in particular: they are not read for nothing.
    lines = (line for line in facts.records(Line) if line.contract in facts.alive) if capacities else ()
    return map(_early, early_deliveries(lines, capacities, facts.spans))


def before_the_milestone(facts: Remembered) -> Iterator[Finding]:
    """Find contracts that plan deliveries before their milestone of the first one is expected."""
    milestones = (milestone for milestone in facts.records(Milestone) if milestone.contract in facts.alive)
    return starmap(_late, late_first_deliveries(milestones, facts.spans))


def expired_evidence(facts: Remembered) -> Iterator[Finding]:
    """Find evidence of a supplier or a plant that holds no longer when deliveries of theirs are still to come."""
    for evidence in _last_of_each(facts):
        if evidence.expires is None:
            continue
        # A month is covered when the evidence holds on its last day.
        after = evidence.expires + timedelta(days=1)
        start = max(facts.now, Month.of(after.year, after.month))
        bare = sorted(
            (first, line.contract, line.line)
            for line in _lines_about(facts, evidence)
            if (first := facts.line_months.first_to_come(line.contract, line.line, start)) is not None
        )
        if bare:
            first, contract, line = bare[0]
            others = _others(len(bare) - 1)
            verb = "expires" if evidence.expires >= facts.today else "expired"
            text = f"{evidence.scheme} of {evidence.plant or evidence.organisation} {verb} on {evidence.expires};"
            text += f" deliveries of {contract} {line}{others} are not covered from {first} on"
            remedy = "ask for what follows it, and add that"
            yield Finding("warning", f"evidence {evidence.code}", text, remedy, "evidence", (evidence.code,))


def _others(count: int) -> str:
    return f" and {count:,} more {'line' if count == 1 else 'lines'}" if count else ""


def _last_of_each(facts: Remembered) -> list[Evidence]:
    """Return, for each scheme and what it is about, the evidence that holds longest: it follows the others."""
    last: dict[tuple[str, str | None, str], Evidence] = {}
    for each in facts.records(Evidence):
        about = (each.organisation, each.plant, each.scheme)
        if about not in last or _end(last[about]) < _end(each):
            last[about] = each
    return list(last.values())


def _end(evidence: Evidence) -> date:
    return evidence.expires or date.max


def _lines_about(facts: Remembered, evidence: Evidence) -> Iterator[Line]:
    """Yield the lines, of contracts that are not closed, that come from the plant, or from any of the organisation."""
    runs: dict[str, set[str]] = defaultdict(set)
    for plant in facts.records(Plant):
        runs[plant.organisation].add(plant.code)
    for line in facts.records(Line):
        contract = facts.alive.get(line.contract)
        if contract is None:
            continue
        if evidence.plant is not None:
            concerned = line.plant == evidence.plant
        else:
            concerned = contract.supplier == evidence.organisation or line.plant in runs[evidence.organisation]
        if concerned:
            yield line


def _early(early: EarlyDelivery) -> Finding:
    can = "can make nothing" if early.start is None else f"can deliver from {early.start} on"
    text = f"deliveries start in {early.first}, and plant {early.plant} {can}"
    remedy = "move the deliveries, or correct the plant's capacity"
    return Finding("warning", f"{early.contract} {early.line}", text, remedy, "lines", (early.contract, early.line))


def _late(milestone: Milestone, first: Month) -> Finding:
    text = f"the first delivery is expected on {milestone.expected}, and deliveries are planned from {first} on"
    place, key = f"{milestone.contract} {milestone.name}", (milestone.contract, milestone.name)
    return Finding("warning", place, text, "move the deliveries, or correct the forecast", "milestones", key)
