"""Findings about what is needed, contracted and made: shortage, over capacity, plants without limits, mixes."""

from collections import defaultdict
from collections.abc import Iterator

from planner.analysis import Period, Subject
from planner.checks.finding import Finding, View, records
from planner.errors import PlannerError
from planner.fields.quantities import Percent
from planner.model import Material, MixShare, Plant, PlantCapacity
from planner.units import PPM, Month


def cover(view: View) -> Iterator[Finding]:
    """Find years that are short, and what is contracted above capacity."""
    for element in dict.fromkeys(material.element for material in records(view, Material)):
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


def unplanned(view: View) -> Iterator[Finding]:
    """Find elements that are needed and nowhere to come from."""
    for element in view.supported(by=Period.YEAR).unplanned:
        text = f"programmes need {element}, and nothing is contracted or in stock"
        yield Finding("info", element, text, "add a contract, or leave it out of the chemistries")


def plants(view: View) -> Iterator[Finding]:
    """Find plants that nothing limits."""
    limited = {row.plant for row in records(view, PlantCapacity)}
    for plant in records(view, Plant):
        if plant.code not in limited:
            text = "it has no capacity rows, so that nothing limits what is contracted there"
            remedy = "add its capacity by month"
            yield Finding("warning", f"plant {plant.code}", text, remedy, "plants", (plant.code,))


def mixes(view: View) -> Iterator[Finding]:
    """Find mixes that do not make 100 %."""
    shares: dict[tuple[str, Month], int] = defaultdict(int)
    for row in records(view, MixShare):
        shares[row.programme, row.month] += row.share_ppm
    for (programme, month), share in shares.items():
        if share != PPM:
            sum_pct = Percent().format(share, None)
            text = f"the shares of its chemistries from {month} on add up to {sum_pct} %, not 100 %"
            yield Finding("error", f"programme {programme}", text, "correct the mix", "programmes", (programme,))
