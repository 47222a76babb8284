"""Indices over quotational periods, and exchange rates, month by month over a horizon: each worked out once."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, NamedTuple

import numpy as np

from planner.analysis.inputs import Bools, Floats
from planner.analysis.money.market import Market
from planner.analysis.money.pricing import KG_PER, OFFSETS, PRICE_SCALE
from planner.errors import PlannerError
from planner.model import PriceIndex, PriceTerm
from planner.units import KG_PER_T, PPM, Month

# Few lines have an assay of their own.
_UNITS_KEPT: Final = 1_024
# The months before and after the horizon that a quotational period may reach.
REACH: Final = max(abs(offset) for offsets in OFFSETS.values() for offset in offsets)


class Quote(NamedTuple):
    """What the market says by month [T]: an amount, NaN where nothing is known; an older one, or a forecast."""

    amount: Floats
    assumed: Bools
    forecast: Bools


class AgreedTerm(NamedTuple):
    """A price term at work: its line, the months [first, end) that it holds in, and what it says."""

    line: int
    first: int
    end: int
    term: PriceTerm
    currency: str
    contained_ppm: int


class Quotes:
    """Indices over quotational periods and rates between currencies by month (T), each worked out once."""

    def __init__(self, market: Market, first: Month, months: int) -> None:
        """`months` months from `first` on."""
        self._market = market
        self.first = first
        self.months = months
        nowhere = np.zeros(months, np.bool_)
        self._nothing = Quote(np.full(months, np.nan), nowhere, nowhere)
        self.quote_of = cache(self._quote)
        self.exact_quote = cache(self._exact_quote)
        self.rate = cache(self._rate)

    def quote(self, term: PriceTerm, currency: str) -> Quote:
        """Return the index of a term over its quotational period, without tax, in a currency and the index's unit."""
        return self._nothing if term.index is None else self.quote_of(term.index, term.period, currency)

    def factor(self, at: AgreedTerm) -> float:
        """Return what an amount per unit of the index is multiplied by for one per unit of the price."""
        if at.term.index is None:
            return 1.0
        unit = self._market.indices[at.term.index].unit
        return per_metal_t(unit, at.contained_ppm) / per_metal_t(at.term.unit, at.contained_ppm)

    def exact(self, at: AgreedTerm, months: Sequence[int], shift: float) -> list[float]:
        """Return the price of a term by an index in months that are priced, worked out in whole numbers."""
        term, code = at.term, at.term.index or ""
        unit = self._market.indices[code].unit
        factor = _exact_per_metal_t(unit, at.contained_ppm) / _exact_per_metal_t(term.unit, at.contained_ppm)
        # A share such as 0.1 is meant as it is written.
        factor *= PRICE_SCALE * (1 + Fraction(str(shift))) * Fraction(term.payable_ppm, PPM)
        above_one, below_one = factor.as_integer_ratio()
        result = []
        for month in months:
            above, below = self.exact_quote(code, term.period, at.currency, month)
            above, below = above * above_one, below * below_one
            above += term.premium_e4 * below
            if term.floor_e4 is not None:
                above = max(above, term.floor_e4 * below)
            if term.cap_e4 is not None:
                above = min(above, term.cap_e4 * below)
            result.append(_half_to_even(above, below) / PRICE_SCALE)
        return result

    def _exact_quote(self, code: str, period: str, currency: str, month: int) -> tuple[int, int]:
        index, offsets = self._market.indices[code], OFFSETS[period]
        amounts = (self._quoted(index, self.first.plus(month + offset), currency)[0] for offset in offsets)
        average = sum(amounts, Fraction(0)) / len(offsets)
        return (average / (1 + Fraction(index.tax_ppm, PPM))).as_integer_ratio()

    def _quote(self, code: str, period: str, currency: str) -> Quote:
        index = self._market.indices[code]
        quoted = [self._month(index, self.first + at, currency) for at in range(-REACH, self.months + REACH)]
        amount = np.array([value for value, _, _ in quoted]) / (1 + index.tax_ppm / PPM)
        flags = np.array([flags for _, *flags in quoted], dtype=np.bool_).T
        spans = [slice(REACH + offset, REACH + offset + self.months) for offset in OFFSETS[period]]
        assumed, forecast = (np.any([flag[span] for span in spans], axis=0) for flag in flags)
        return Quote(np.mean([amount[span] for span in spans], axis=0), assumed, forecast)

    def _month(self, index: PriceIndex, number: int, currency: str) -> tuple[float, bool, bool]:
        try:
            amount, stands_in, forecast = self._quoted(index, Month(number), currency)
        except (PlannerError, ValueError):
            # Not known, or beyond the years of a plan.
            return np.nan, False, False
        return float(amount), stands_in, forecast

    def _quoted(self, index: PriceIndex, month: Month, currency: str) -> tuple[Fraction, bool, bool]:
        """Return an index in a month and a currency, with tax; whether an older one stands in, or a forecast."""
        known = self._market.price(index.code, month)
        exchange = self._market.exchange(index.currency, currency, month)
        stands_in = known.month != month or bool(exchange.carried(month))
        return Fraction(known.price_e4, PRICE_SCALE) * exchange.factor, stands_in, known.standing == "forecast"

    def _rate(self, source: str, target: str) -> Quote:
        amount, assumed = self._nothing.amount.copy(), self._nothing.assumed.copy()
        for at in range(self.months):
            month = self.first.plus(at)
            try:
                exchange = self._market.exchange(source, target, month)
            except PlannerError:
                continue
            amount[at], assumed[at] = float(exchange.factor), bool(exchange.carried(month))
        return Quote(amount, assumed, self._nothing.forecast)


def _half_to_even(above: int, below: int) -> int:
    """Round a fraction to a whole number."""
    whole, rest = divmod(above, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2))


@lru_cache(maxsize=_UNITS_KEPT)
def per_metal_t(unit: str, contained_ppm: int) -> float:
    """Return how many units (`kg product`) make a t of metal."""
    return float(_exact_per_metal_t(unit, contained_ppm))


@lru_cache(maxsize=_UNITS_KEPT)
def _exact_per_metal_t(unit: str, contained_ppm: int) -> Fraction:
    mass, basis = unit.split()
    units = KG_PER_T / KG_PER[mass]
    return units if basis == "metal" else units * Fraction(PPM, contained_ppm)
