"""Findings about closed loops: more delivered back than can be recovered from what was returned."""

from collections import Counter
from collections.abc import Iterator

from planner.checks.finding import Finding, Remembered
from planner.fields.quantities import Mass
from planner.model import Line, Material, Return
from planner.units import PPM, Month


def closed_loop(facts: Remembered) -> Iterator[Finding]:
    """Find closed-loop lines that deliver more back, up to some month, than was recoverable until then."""
    lines = [line for line in facts.records(Line) if line.origin == "closed_loop" and line.contract in facts.alive]
    if not lines:
        return
    materials = {material.code: material for material in facts.records(Material)}
    returned: dict[tuple[str, int], Counter[Month]] = {}
    for each in facts.records(Return):
        returned.setdefault((each.contract, each.line), Counter())[each.month] += each.quantity_kg
    for line in lines:
        key = line.contract, line.line
        material = materials[line.material]
        fraction = line.contained_fraction_ppm or material.contained_fraction_ppm
        back = facts.line_months.by_month(*key)
        metal = {month: kg * (PPM if line.volume_basis == "metal" else fraction) for month, kg in back.items()}
        recoverable = {month: kg * (line.recovery_ppm or 0) for month, kg in returned.get(key, Counter()).items()}
        short = first_short(metal, recoverable)
        if short is not None:
            yield _finding(line, material.element, *short)


def first_short(back: dict[Month, int], recoverable: dict[Month, int]) -> tuple[Month, int, int] | None:
    """Return the first month up to which more came back than was recoverable, and both until then, in kg.

    Both are given by month in kg x ppm; less than a kg is no difference. None where it never happens.
    """
    came = gave = 0
    for month in sorted(back.keys() | recoverable.keys()):
        came += back.get(month, 0)
        gave += recoverable.get(month, 0)
        if came - gave >= PPM:
            return month, came // PPM, gave // PPM
    return None


def _finding(line: Line, element: str, month: Month, came_kg: int, gave_kg: int) -> Finding:
    tonnes = Mass()
    came, gave = (tonnes.format(kg, None, grouping=True) for kg in (came_kg, gave_kg))
    text = f"by {month} it delivers {came} t of {element} back, and {gave} t could be recovered from what was returned"
    remedy = "return more, or move its deliveries to later months"
    if not line.recovery_ppm:
        remedy = "say how much its recycler recovers"
    return Finding("warning", f"{line.contract} {line.line}", text, remedy, "lines", (line.contract, line.line))
