"""The prices of all lines in all months as arrays, by the rules of `unit_price`."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple, Self

import numpy as np

from planner.analysis.inputs import Bools, Floats, Ints
from planner.analysis.money.market import Market
from planner.analysis.money.pricing import KG_PER, OFFSETS, PRICE_DECIMALS, PRICE_SCALE, PricedLine
from planner.errors import PlannerError
from planner.model import PriceIndex, PriceTerm
from planner.units import KG_PER_T, PPM, Month

# Few lines have an assay of their own.
_UNITS_KEPT: Final = 1_024
# The months before and after the horizon that a quotational period may reach.
REACH: Final = max(abs(offset) for offsets in OFFSETS.values() for offset in offsets)
# By how many units in the last place a price may be off; so near to where rounding turns it is worked out exactly.
_DOUBT_ULP: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class LinePrices:
    """Prices of each line and month [L, T], in `currency` per t of metal; NaN where a line has none.

    `floating` tells where an index sets the price, `assumed` where a price or a rate of its month is not known and the
    last one stands in, `forecast` where a price of an index is our forecast. `paid_in` [L, T] is the position in
    `currencies` of the one that is agreed, -1 where none is.
    """

    currency: str
    per_metal_t: Floats
    floating: Bools
    assumed: Bools
    forecast: Bools
    currencies: tuple[str, ...]
    paid_in: Ints

    @classmethod
    def empty(cls, lines: int, months: int, currency: str, currencies: tuple[str, ...] = ()) -> Self:
        """Return prices of which none is known yet."""
        shape = lines, months
        floating, assumed, forecast = (np.zeros(shape, np.bool_) for _ in range(3))
        return cls(
            currency, np.full(shape, np.nan), floating, assumed, forecast, currencies, np.full(shape, -1, np.int64)
        )


class _Quote(NamedTuple):
    """What the market says by month [T]: an amount, NaN where nothing is known; an older one, or a forecast."""

    amount: Floats
    assumed: Bools
    forecast: Bools


class _Term(NamedTuple):
    """A price term at work: its line, the months [first, end) that it holds in, and what it says."""

    line: int
    first: int
    end: int
    term: PriceTerm
    currency: str
    contained_ppm: int


def line_prices(lines: Sequence[PricedLine], quotes: "Quotes", currency: str, *, shift: float = 0.0) -> LinePrices:
    """Price these lines (L) over the months of the quotes (T), in one currency.

    A line without a term in a month, without a currency, or whose index or rate is not known, has no price there.
    `shift` moves every index by that share (0.1: 10 % up). Rounded to 4 decimals of the term's unit, as unit prices
    are, before they are converted.
    """
    first, months = quotes.first, quotes.months
    terms = _terms(lines, first, months)
    currencies = tuple(dict.fromkeys(at.currency for at in terms))
    result = LinePrices.empty(len(lines), months, currency, currencies)
    if not terms:
        return result
    priced = _in_currency(terms, quotes, currency, shift)
    for at, amount, assumed, forecast in zip(terms, *priced, strict=True):
        held = slice(at.first, at.end)
        result.per_metal_t[at.line, held] = amount[held]
        result.floating[at.line, held] = at.term.index is not None
        result.assumed[at.line, held] = assumed[held]
        result.forecast[at.line, held] = forecast[held]
        result.paid_in[at.line, held] = currencies.index(at.currency)
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


def _in_currency(terms: Sequence[_Term], quotes: "Quotes", currency: str, shift: float) -> _Quote:
    """Return the price of each term (N) by month [N, T] per t of metal, and what it rests on."""
    own = _in_own_unit(terms, quotes, shift)
    rates = [quotes.rate(at.currency, currency) for at in terms]
    to_metal_t = _column([_per_metal_t(at.term.unit, at.contained_ppm) for at in terms])
    amount = own.amount * to_metal_t * np.stack([rate.amount for rate in rates])
    return _Quote(amount, own.assumed | np.stack([rate.assumed for rate in rates]), own.forecast)


def _in_own_unit(terms: Sequence[_Term], quotes: "Quotes", shift: float) -> _Quote:
    """Return the price of each term [N, T] in its own currency and unit, fixed ones as they stand."""
    found = [quotes.quote(at.term, at.currency) for at in terms]
    factor = _column([quotes.factor(at) for at in terms]) * (1 + shift)
    payable = _column([at.term.payable_ppm / PPM for at in terms])
    premium = _column([at.term.premium_e4 / PRICE_SCALE for at in terms])
    floor = _column([-np.inf if at.term.floor_e4 is None else at.term.floor_e4 / PRICE_SCALE for at in terms])
    cap = _column([np.inf if at.term.cap_e4 is None else at.term.cap_e4 / PRICE_SCALE for at in terms])
    payment = np.stack([quote.amount for quote in found]) * factor * payable
    bounded = np.minimum(np.maximum(payment + premium, floor), cap)
    amount = np.round(bounded, PRICE_DECIMALS)
    doubtful = _doubtful(bounded, np.abs(payment) + np.abs(premium))
    for place in np.flatnonzero(doubtful.any(axis=1)).tolist():
        months = np.flatnonzero(doubtful[place])
        amount[place, months] = quotes.exact(terms[place], months.tolist(), shift)
    fixed = _column([(at.term.fixed_e4 or 0) / PRICE_SCALE for at in terms])
    is_fixed = np.array([at.term.index is None for at in terms])[:, None]
    assumed, forecast = (np.stack([quote[part] for quote in found]) & ~is_fixed for part in (1, 2))
    return _Quote(np.where(is_fixed, fixed, amount), assumed, forecast)


def _doubtful(amount: Floats, magnitude: Floats) -> Bools:
    """Tell where binary fractions cannot say to which side a price is rounded; `magnitude` is of what was added."""
    scaled = amount * PRICE_SCALE
    doubt = np.spacing(magnitude * PRICE_SCALE) * _DOUBT_ULP
    doubtful: Bools = np.abs(np.abs(scaled - np.floor(scaled)) - 0.5) <= doubt
    return doubtful


class Quotes:
    """Indices over quotational periods and rates between currencies by month (T), each worked out once."""

    def __init__(self, market: Market, first: Month, months: int) -> None:
        """`months` months from `first` on."""
        self._market = market
        self.first = first
        self.months = months
        nowhere = np.zeros(months, np.bool_)
        self._nothing = _Quote(np.full(months, np.nan), nowhere, nowhere)
        self.quote_of = cache(self._quote)
        self.exact_quote = cache(self._exact_quote)
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

    def exact(self, at: _Term, months: Sequence[int], shift: float) -> list[float]:
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

    def _quote(self, code: str, period: str, currency: str) -> _Quote:
        index = self._market.indices[code]
        quoted = [self._month(index, self.first + at, currency) for at in range(-REACH, self.months + REACH)]
        amount = np.array([value for value, _, _ in quoted]) / (1 + index.tax_ppm / PPM)
        flags = np.array([flags for _, *flags in quoted], dtype=np.bool_).T
        spans = [slice(REACH + offset, REACH + offset + self.months) for offset in OFFSETS[period]]
        assumed, forecast = (np.any([flag[span] for span in spans], axis=0) for flag in flags)
        return _Quote(np.mean([amount[span] for span in spans], axis=0), assumed, forecast)

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

    def _rate(self, source: str, target: str) -> _Quote:
        amount, assumed = self._nothing.amount.copy(), self._nothing.assumed.copy()
        for at in range(self.months):
            month = self.first.plus(at)
            try:
                exchange = self._market.exchange(source, target, month)
            except PlannerError:
                continue
            amount[at], assumed[at] = float(exchange.factor), bool(exchange.carried(month))
        return _Quote(amount, assumed, self._nothing.forecast)


def _half_to_even(above: int, below: int) -> int:
    """Round a fraction to a whole number."""
    whole, rest = divmod(above, below)
    return whole + (2 * rest > below or (2 * rest == below and whole % 2))


@lru_cache(maxsize=_UNITS_KEPT)
def _per_metal_t(unit: str, contained_ppm: int) -> float:
    """Return how many units (`kg product`) make a t of metal."""
    return float(_exact_per_metal_t(unit, contained_ppm))


def _exact_per_metal_t(unit: str, contained_ppm: int) -> Fraction:
    mass, basis = unit.split()
    units = KG_PER_T / KG_PER[mass]
    return units if basis == "metal" else units * Fraction(PPM, contained_ppm)


def _column(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64)[:, None]
