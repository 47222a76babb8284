"""Findings about contract years: more or less planned than may be called, and less than is paid for anyway."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from planner.analysis import UnitPrice, english
from planner.analysis.money.pricing import KG_PER
from planner.analysis.terms.limits import Verdict, YearLimits
from planner.checks.finding import Finding, Remembered
from planner.errors import PlannerError
from planner.model import Line, Material
from planner.model.contracts import FIRM
from planner.units import KG_PER_T, PPM, Month


def flexibility(facts: Remembered) -> Iterator[Finding]:
    """Find contract years, not past, that are planned above or below what may be called."""
    for line, limits in facts.open_years:
        # A year without any delivery is missing rather than low, which is a finding of its own.
        if limits.verdict is Verdict.OVER or (limits.verdict is Verdict.BELOW and limits.planned_kg):
            yield _finding(line, limits, _sentence(limits), "phase the agreed volume, or agree another")


def take_or_pay(facts: Remembered) -> Iterator[Finding]:
    """Find years of signed contracts that are planned below take-or-pay: until when it can be met, and the money."""
    for line, limits in facts.open_years:
        if limits.verdict is Verdict.BELOW_TAKE_OR_PAY and facts.contracts[line.contract].stage in FIRM:
            last = limits.months[-1]
            money = _at_stake(facts, line, limits.take_or_pay_kg - limits.planned_kg, last)
            text = f"{_below(limits)}; {money}; it can still be met until {last}"
            yield _finding(line, limits, text, "phase the agreed volume, or agree a lower one")


def _finding(line: Line, limits: YearLimits, text: str, remedy: str) -> Finding:
    key = (line.contract, line.line, limits.year)
    return Finding("warning", " ".join(map(str, key)), text, remedy, "volumes", key, mend=key)


def _sentence(limits: YearLimits) -> str:
    """Return what the limits say, begun as a part of a sentence."""
    sentence = limits.sentence(english)
    return sentence[:1].lower() + sentence[1:]


def _below(limits: YearLimits) -> str:
    kgs = limits.planned_kg, limits.take_or_pay_kg - limits.planned_kg, limits.take_or_pay_kg
    planned, missing, least = (english(Decimal(kg) / KG_PER_T) for kg in kgs)
    return f"{planned} t are planned, {missing} t below the take-or-pay of {least} t"


def _at_stake(facts: Remembered, line: Line, missing_kg: int, month: Month) -> str:
    """Return what kg of a line cost in a month, in the currency of its price."""
    try:
        price = facts.price(line.contract, line.line, month)
    except PlannerError:
        return "price unknown"
    about = "about " if price.assumed else ""
    # A discount may be larger than the index: nobody pays for what is not taken then.
    cost = max(0, round(_cost(facts, line, missing_kg, price)))
    return f"{about}{cost:,} {price.currency} at stake"


def _cost(facts: Remembered, line: Line, kg: int, price: UnitPrice) -> Fraction:
    """Return what kg of a line, in its volume basis, cost at a price, exactly."""
    mass, basis = price.unit.split()
    priced_kg = Fraction(kg)
    if basis != line.volume_basis:
        material = next(each for each in facts.records(Material) if each.code == line.material)
        share = Fraction(line.contained_fraction_ppm or material.contained_fraction_ppm, PPM)
        priced_kg = priced_kg * share if basis == "metal" else priced_kg / share
    return priced_kg / KG_PER[mass] * Fraction(price.amount)
