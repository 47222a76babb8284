"""Findings about dates that do not fit: deliveries before their plant can make anything, or before the first is due."""

from collections.abc import Iterator
from itertools import starmap

from planner.analysis.timeline import EarlyDelivery, early_deliveries, late_first_deliveries
from planner.checks.finding import Finding, View, open_contracts, records
from planner.model import Line, Milestone, PlantCapacity
from planner.units import Month


def before_the_plant(view: View) -> Iterator[Finding]:
    """Find lines that shall deliver before their plant's forecast start."""
    alive = open_contracts(view)
    lines = (line for line in records(view, Line) if line.contract in alive)
    return map(_early, early_deliveries(lines, records(view, PlantCapacity), view.delivery_spans()))


def before_the_milestone(view: View) -> Iterator[Finding]:
    """Find contracts that plan deliveries before their milestone of the first one is expected."""
    alive = open_contracts(view)
    milestones = (milestone for milestone in records(view, Milestone) if milestone.contract in alive)
    return starmap(_late, late_first_deliveries(milestones, view.delivery_spans()))


def _early(early: EarlyDelivery) -> Finding:
    can = "can make nothing" if early.start is None else f"can deliver from {early.start} on"
    text = f"deliveries start in {early.first}, and plant {early.plant} {can}"
    remedy = "move the deliveries, or correct the plant's capacity"
    return Finding("warning", f"{early.contract} {early.line}", text, remedy, "lines", (early.contract, early.line))


def _late(milestone: Milestone, first: Month) -> Finding:
    text = f"the first delivery is expected on {milestone.expected}, and deliveries are planned from {first} on"
    place, key = f"{milestone.contract} {milestone.name}", (milestone.contract, milestone.name)
    return Finding("warning", place, text, "move the deliveries, or correct the forecast", "milestones", key)
