"""Budgets by month in one currency: a year's budget counts evenly over the months of it that the plan has."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from planner.analysis.inputs import Floats, Inputs
from planner.analysis.money.market import Market
from planner.errors import PlannerError
from planner.model import Budget
from planner.units import MONTHS_PER_YEAR, Month

CENTS: Final = 100


@dataclass(frozen=True, slots=True)
class YearRate:
    """What an amount of a year is multiplied by; `carried` where the last rate before the year stands in."""

    factor: Fraction
    carried: bool


def year_rate(market: Market, source: str, target: str, year: int) -> YearRate | None:
    """Return the average rate of a year over its months with a rate, else the last known before; None without any."""
    months = [Month.of(year, month) for month in range(1, MONTHS_PER_YEAR + 1)]
    try:
        last = market.exchange(source, target, months[-1])
    except PlannerError:
        return None
    own = []
    for month in months:
        try:
            exchange = market.exchange(source, target, month)
        except PlannerError:
            continue
        if not exchange.carried(month):
            own.append(exchange.factor)
    return YearRate(sum(own, Fraction(0)) / len(own), carried=False) if own else YearRate(last.factor, carried=True)


def budget_by_month(
    budgets: Iterable[Budget], market: Market, inputs: Inputs, currency: str
) -> tuple[Floats, tuple[str, ...]]:
    """Return the budget of each material and month [M, T] in a currency, NaN where there is none, and notes about it.

    Budgets of years that the plan has no month of are left out.
    """
    amounts = np.full((len(inputs.materials), inputs.months), np.nan)
    years = np.array([inputs.first.plus(at).year for at in range(inputs.months)])
    conversions: list[tuple[Budget, YearRate | None]] = []
    for budget in budgets:
        inside = years == budget.year
        if not inside.any():
            continue
        rate = year_rate(market, budget.currency, currency, budget.year)
        if budget.currency != currency:
            conversions.append((budget, rate))
        if rate is not None:
            amount = float(Fraction(budget.amount_cents, CENTS) * rate.factor)
            amounts[inputs.materials.index(budget.material), inside] = amount / int(inside.sum())
    return amounts, tuple(_notes(conversions, currency))


def _notes(conversions: Sequence[tuple[Budget, YearRate | None]], currency: str) -> Iterator[str]:
    """Yield how budgets were converted, a sentence for each currency and way, and which could not be."""
    for source in dict.fromkeys(budget.currency for budget, _ in conversions):
        own = [(budget, rate) for budget, rate in conversions if budget.currency == source]
        average, carried = (
            _years(budget for budget, rate in own if rate is not None and rate.carried is way) for way in (False, True)
        )
        if average:
            yield f"Budgets of {average} are converted from {source} to {currency} at the average rate of their year."
        if carried:
            yield f"Budgets of {carried} are converted from {source} to {currency} at the last rate known before."
        for budget, rate in own:
            if rate is None:
                yield (
                    f"The budget of {budget.year} for {budget.material} is left out: no exchange rate from {source} to"
                    f" {currency} is known by then; add one."
                )


def _years(budgets: Iterable[Budget]) -> str:
    """Return the years as words: `2025`, `2025 and 2026`, `2025, 2026 and 2027`."""
    *early, last = [str(year) for year in sorted({budget.year for budget in budgets})] or [""]
    return f"{', '.join(early)} and {last}" if early else last
