"""The prices of all lines in all months as arrays, by the rules of `unit_price`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from planner.analysis.inputs import Bools, Floats
from planner.analysis.market import Market
from planner.analysis.pricing import KG_PER, OFFSETS, PRICE_DECIMALS, PRICE_SCALE, PricedLine
from planner.errors import PlannerError
from planner.model import PriceIndex, PriceTerm
from planner.units import KG_PER_T, PPM, Month

# The months before and after the horizon that a quotational period may reach.
REACH: Final = max(abs(offset) for offsets in OFFSETS.values() for offset in offsets)


@dataclass(frozen=True, slots=True, eq=False)
class LinePrices:
    """Prices of each line and month [L, T], in `currency` per t of metal; NaN where a line has none.

    `floating` tells where an index sets the price, `assumed` where a price or a rate of its month is not known and the
    last one stands in.
    """

    currency: str
    per_metal_t: Floats
    floating: Bools
    assumed: Bools


class _Quote(NamedTuple):
    """What the market says by month [T]: an amount, NaN where nothing is known, and where an older one stands in."""

    amount: Floats
    assumed: Bools


class _Term(NamedTuple):
    """A price term at work: its line, the months [first, end) that it holds in, and what it says."""

    line: int
    first: int
    end: int
    term: PriceTerm
    currency: str
    contained_ppm: int


def line_prices(  # noqa: PLR0913 - an axis has a start and a length, prices a market and a currency
    lines: Sequence[PricedLine], market: Market, first: Month, months: int, currency: str, *, shift: float = 0.0
) -> LinePrices:
    """Price these lines (L) over `months` months from `first` (T), in one currency.

    A line without a term in a month, without a currency, or whose index or rate is not known, has no price there.
    `shift` moves every index by that share (0.1: 10 % up). Rounded to 4 decimals of the term's unit, as unit prices
    are, before they are converted.
    """
    shape = len(lines), months
    result = LinePrices(currency, np.full(shape, np.nan), np.zeros(shape, np.bool_), np.zeros(shape, np.bool_))
    terms = _terms(lines, first, months)
    if not terms:
        return result
    amount, assumed = _in_currency(terms, _Quotes(market, first, months), currency, shift)
    for at, row, stands_in in zip(terms, amount, assumed, strict=True):
        held = slice(at.first, at.end)
        result.per_metal_t[at.line, held] = row[held]
        result.floating[at.line, held] = at.term.index is not None
        result.assumed[at.line, held] = stands_in[held]
    return result


def _terms(lines: Sequence[PricedLine], first: Month, months: int) -> list[_Term]:
    """Return the terms that hold within the months, each with the months that are left to it."""
    found = []
    for place, line in enumerate(lines):
        starts = [*(term.month - first for term in line.terms), months]
        for term, (start, end) in zip(line.terms, pairwise(starts), strict=True):
            low, high = max(0, start), min(months, end)
            currency = term.currency or line.currency
            if low < high and currency:
                found.append(_Term(place, low, high, term, currency, line.contained_ppm))
    return found


def _in_currency(terms: Sequence[_Term], quotes: "_Quotes", currency: str, shift: float) -> tuple[Floats, Bools]:
    """Return the price of each term (N) by month [N, T] per t of metal, and where something stands in for it."""
    own, own_assumed = _in_own_unit(terms, quotes, shift)
    rates = [quotes.rate(at.currency, currency) for at in terms]
    to_metal_t = _column([_per_metal_t(at.term.unit, at.contained_ppm) for at in terms])
    amount = own * to_metal_t * np.stack([rate.amount for rate in rates])
    return amount, own_assumed | np.stack([rate.assumed for rate in rates])


def _in_own_unit(terms: Sequence[_Term], quotes: "_Quotes", shift: float) -> tuple[Floats, Bools]:
    """Return the price of each term [N, T] in its own currency and unit, fixed ones as they stand."""
    found = [quotes.quote(at.term, at.currency) for at in terms]
    factor = _column([quotes.factor(at) for at in terms]) * (1 + shift)
    payable = _column([at.term.payable_ppm / PPM for at in terms])
    premium = _column([at.term.premium_e4 / PRICE_SCALE for at in terms])
    floor = _column([-np.inf if at.term.floor_e4 is None else at.term.floor_e4 / PRICE_SCALE for at in terms])
    cap = _column([np.inf if at.term.cap_e4 is None else at.term.cap_e4 / PRICE_SCALE for at in terms])
    by_index = np.stack([quote.amount for quote in found]) * factor * payable + premium
    fixed = _column([(at.term.fixed_e4 or 0) / PRICE_SCALE for at in terms])
    is_fixed = np.array([at.term.index is None for at in terms])[:, None]
    bounded = np.round(np.minimum(np.maximum(by_index, floor), cap), PRICE_DECIMALS)
    return np.where(is_fixed, fixed, bounded), np.stack([quote.assumed for quote in found]) & ~is_fixed


class _Quotes:
    """Indices over quotational periods and rates between currencies, each worked out once."""

    def __init__(self, market: Market, first: Month, months: int) -> None:
        self._market = market
        self._first = first
        self._months = months
        self._nothing = _Quote(np.full(months, np.nan), np.zeros(months, np.bool_))
        self.quote_of = cache(self._quote)
        self.rate = cache(self._rate)

    def quote(self, term: PriceTerm, currency: str) -> _Quote:
        """Return the index of a term over its quotational period, without tax, in a currency and the index's unit."""
        return self._nothing if term.index is None else self.quote_of(term.index, term.period, currency)

    def factor(self, at: _Term) -> float:
        """Return what an amount per unit of the index is multiplied by for one per unit of the price."""
        if at.term.index is None:
            return 1.0
        unit = self._market.indices[at.term.index].unit
        return _per_metal_t(unit, at.contained_ppm) / _per_metal_t(at.term.unit, at.contained_ppm)

    def _quote(self, code: str, period: str, currency: str) -> _Quote:
        index = self._market.indices[code]
        quoted = [self._month(index, self._first + at, currency) for at in range(-REACH, self._months + REACH)]
        amount = np.array([value for value, _ in quoted]) / (1 + index.tax_ppm / PPM)
        assumed = np.array([stands_in for _, stands_in in quoted])
        spans = [slice(REACH + offset, REACH + offset + self._months) for offset in OFFSETS[period]]
        return _Quote(
            np.mean([amount[span] for span in spans], axis=0), np.any([assumed[span] for span in spans], axis=0)
        )

    def _month(self, index: PriceIndex, number: int, currency: str) -> tuple[float, bool]:
        try:
            month = Month(number)
            known = self._market.price(index.code, month)
            exchange = self._market.exchange(index.currency, currency, month)
        except (PlannerError, ValueError):
            # Not known, or beyond the years of a plan.
            return np.nan, False
        stands_in = known.month != month or bool(exchange.carried(month))
        return known.price_e4 / PRICE_SCALE * float(exchange.factor), stands_in

    def _rate(self, source: str, target: str) -> _Quote:
        amount, assumed = self._nothing.amount.copy(), self._nothing.assumed.copy()
        for at in range(self._months):
            month = self._first.plus(at)
            try:
                exchange = self._market.exchange(source, target, month)
            except PlannerError:
                continue
            amount[at], assumed[at] = float(exchange.factor), bool(exchange.carried(month))
        return _Quote(amount, assumed)


def _per_metal_t(unit: str, contained_ppm: int) -> float:
    """Return how many units (`kg product`) make a t of metal."""
    mass, basis = unit.split()
    units = float(KG_PER_T / KG_PER[mass])
    return units if basis == "metal" else units * PPM / contained_ppm


def _column(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64)[:, None]
