"""Findings about what is needed, contracted and made: shortage, over capacity, plants without limits, mixes."""

from collections import defaultdict
from collections.abc import Iterator
from math import ceil
from typing import Final

from planner.analysis import CoverRow, Period
from planner.checks.finding import Finding, Remembered
from planner.fields import Value
from planner.fields.quantities import Percent
from planner.model import Line, Material, MixShare, Plant, PlantCapacity, Volume
from planner.units import KG_PER_T, PPM, Month

# What sums of fractions leave over, in t.
_NOISE_T: Final = 1e-6


def shortage(facts: Remembered) -> Iterator[Finding]:
    """Find years in which the projected stock of an element runs out."""
    for element, year, months in _open_years(facts):
        out = _first_out(months)
        if out is None:
            continue
        missing = sum(row.net_requirement for row in months)
        text = f"{missing:,.1f} t of {element} must still be bought in {year}; the stock is used up in {out}"
        option = _option(facts, element, int(year), months)
        called = f"exercise the option of {' '.join(map(str, option[:3]))}, or " if option else ""
        remedy = f"{called}contract more"
        yield Finding("error", f"{element} {year}", text, remedy, mend=option)


def below_safety_stock(facts: Remembered) -> Iterator[Finding]:
    """Find years in which the projected stock of an element falls below its safety stock, and does not run out."""
    for element, year, months in _open_years(facts):
        if _first_out(months) is None:
            low = next(row for row in months if row.net_requirement)
            missing = sum(row.net_requirement for row in months)
            text = (
                f"the projected stock of {element} falls below its safety stock of {low.safety_stock:,.1f} t in"
                f" {low.period}; {missing:,.1f} t are missing in {year}"
            )
            remedy = "contract more, or move deliveries forward"
            yield Finding("warning", f"{element} {year}", text, remedy)


def over_capacity(facts: Remembered) -> Iterator[Finding]:
    """Find years in which more is contracted than the plants can make for us."""
    for element in _elements(facts):
        for row in facts.cover_rows(element, Period.YEAR):
            if row.over_capacity > _NOISE_T:
                lie = ", options included, lie" if _has_option(facts, element, int(row.period)) else " are contracted"
                text = f"{row.over_capacity:,.1f} t of {element}{lie} above the plants' open capacity"
                remedy = "move deliveries, or correct the capacity"
                yield Finding("warning", f"{element} {row.period}", text, remedy)


def unplanned(facts: Remembered) -> Iterator[Finding]:
    """Find elements that are needed and nowhere to come from."""
    for element in facts.unplanned:
        text = f"programmes need {element}, and nothing is contracted or in stock"
        yield Finding("info", element, text, "add a contract, or leave it out of the chemistries")


def no_capacity(facts: Remembered) -> Iterator[Finding]:
    """Find plants, and recyclers that a line comes from, that nothing limits."""
    limited = {row.plant for row in facts.records(PlantCapacity)}
    for plant in facts.records(Plant):
        if plant.code not in limited and _is_source(facts, plant):
            text = "it has no capacity rows, so that nothing limits what is contracted there"
            remedy = "add its capacity by month"
            yield Finding("warning", f"plant {plant.code}", text, remedy, "plants", (plant.code,))


def mixes(facts: Remembered) -> Iterator[Finding]:
    """Find mixes that do not make 100 %."""
    shares: dict[tuple[str, Month], int] = defaultdict(int)
    for row in facts.records(MixShare):
        shares[row.programme, row.month] += row.share_ppm
    for (programme, month), share in shares.items():
        if share != PPM:
            sum_pct = Percent().format(share, None)
            text = f"the shares of its chemistries from {month} on add up to {sum_pct} %, not 100 %"
            place = f"programme {programme} {month}"
            yield Finding("error", place, text, "correct the mix", "programmes", (programme,))


def _elements(facts: Remembered) -> dict[str, None]:
    return dict.fromkeys(material.element for material in facts.records(Material))


def _open_years(facts: Remembered) -> Iterator[tuple[str, str, list[CoverRow]]]:
    """Yield element, year and its months, where an element that somebody plans for must still be bought."""
    for element in _elements(facts):
        years: dict[str, list[CoverRow]] = defaultdict(list)
        rows = facts.cover_rows(element, Period.MONTH)
        for row in rows:
            years[row.period[:4]].append(row)
        if element not in facts.unplanned:
            for year, months in years.items():
                if any(row.net_requirement for row in months):
                    yield element, year, months


def _first_out(months: list[CoverRow]) -> str | None:
    """Return the first month that ends without any stock and in which more must be bought."""
    return next((row.period for row in months if row.net_requirement and row.stock_end < 0), None)


def _is_source(facts: Remembered, plant: Plant) -> bool:
    if plant.site == "recycler":
        return any(line.plant == plant.code for line in facts.records(Line))
    return plant.site == "plant"


def _option(facts: Remembered, element: str, year: int, months: list[CoverRow]) -> tuple[Value, ...]:
    """Return contract, line, contract year and kg to call of the largest option that helps in a calendar year.

    `months` are those of the year. None helps months that are past, or that come before it, or where the plants can
    make nothing of it.
    """
    short = [Month.parse(row.period) for row in months if row.net_requirement]
    coming = [row for row in months if facts.now <= Month.parse(row.period) <= short[-1]]
    missing_t = sum(row.net_requirement for row in coming)
    if not any(row.option for row in coming):
        return ()
    options = [volume for volume in facts.records(Volume) if _can_help(facts, volume, year, short[-1])]
    if not options:
        return ()
    fractions = _fractions(facts, element)
    ours = [volume for volume in options if (volume.contract, volume.line) in fractions]
    best = max(ours, key=lambda each: each.option_kg * fractions[each.contract, each.line], default=None)
    if best is None:
        return ()
    wanted_kg = ceil(missing_t * KG_PER_T * PPM / fractions[best.contract, best.line])
    return best.contract, best.line, best.year, min(best.option_kg, wanted_kg)


def _can_help(facts: Remembered, volume: Volume, year: int, last: Month) -> bool:
    """Tell whether an option can be called today for months of a calendar year that are not past, up to the last."""
    contract = facts.alive.get(volume.contract)
    if contract is None or not volume.option_kg:
        return False
    in_time = volume.option_until is None or volume.option_until >= facts.today
    months = contract.year_months(volume.year)
    return in_time and any(month.year == year and facts.now <= month <= last for month in months)


def _has_option(facts: Remembered, element: str, year: int) -> bool:
    """Tell whether there is an option of an element in months of a calendar year."""
    ours = _fractions(facts, element)
    return any(
        volume.option_kg
        and (volume.contract, volume.line) in ours
        and volume.contract in facts.alive
        and any(month.year == year for month in facts.alive[volume.contract].year_months(volume.year))
        for volume in facts.records(Volume)
    )


def _fractions(facts: Remembered, element: str) -> dict[tuple[str, int], int]:
    """Return what a kg of each line holds of an element that it delivers, in ppm, by contract and number."""
    materials = {each.code: each.contained_fraction_ppm for each in facts.records(Material) if each.element == element}
    return {
        (line.contract, line.line): PPM
        if line.volume_basis == "metal"
        else line.contained_fraction_ppm or materials[line.material]
        for line in facts.records(Line)
        if line.material in materials
    }
