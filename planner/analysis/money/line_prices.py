"""The prices of all lines in all months as arrays, by the rules of `unit_price`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from planner.analysis.inputs import Bools, Floats, Ints
from planner.analysis.money.pricing import PRICE_DECIMALS, PRICE_SCALE, PricedLine
from planner.analysis.money.quotes import AgreedTerm, Quote, Quotes, per_metal_t
from planner.units import PPM, Month

# By how many units in the last place a price may be off; so near to where rounding turns it is worked out exactly.
_DOUBT_ULP: Final = 64
_NO_TERM: Final = -1
S = TypeVar("S", bound=np.generic)


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
    @classmethod
    def empty(cls, lines: int, months: int, currency: str) -> Self:
        """Return prices of which none is known."""
        shape = lines, months
        floating, assumed, forecast = (np.zeros(shape, np.bool_) for _ in range(3))
        nobody = np.full(shape, _NO_TERM, np.int64)
        return cls(currency, np.full(shape, np.nan), floating, assumed, forecast, (), nobody)


def line_prices(lines: Sequence[PricedLine], quotes: Quotes, currency: str, *, shift: float = 0.0) -> LinePrices:
    """Price these lines (L) over the months of the quotes (T), in one currency; as `PricedTerms.prices`."""
    return PricedTerms.of(lines, quotes).prices(currency, shift)


@dataclass(frozen=True, slots=True, eq=False)
class PricedTerms:
    """The price terms (N) of some lines at work, and what the market says for each by month [N, T].

    `holds` [L, T] is the term that a line has in a month, -1 for none.
    """

    quotes: Quotes
    terms: tuple[AgreedTerm, ...]
    quoted: Quote
    currencies: tuple[str, ...]
    paid_in: Ints
    by_index: Bools
    holds: Ints

    @classmethod
    def of(cls, lines: Sequence[PricedLine], quotes: Quotes) -> Self:
        """Take the terms of lines (L) that hold within the months of the quotes (T)."""
        terms = _terms(lines, quotes.first, quotes.months)
        currencies = tuple(dict.fromkeys(at.currency for at in terms))
        holds = np.full((len(lines), quotes.months), _NO_TERM, dtype=np.int64)
        for place, at in enumerate(terms):
            holds[at.line, at.first : at.end] = place
        return cls(
            quotes=quotes,
            terms=tuple(terms),
            quoted=_each([quotes.quote(at.term, at.currency) for at in terms], quotes.months),
            currencies=currencies,
            paid_in=np.array([currencies.index(at.currency) for at in terms], dtype=np.int64),
            by_index=np.array([at.term.index is not None for at in terms], dtype=np.bool_),
            holds=holds,
        )

    def prices(self, currency: str, shift: float = 0.0) -> LinePrices:
        """Price the lines [L, T] in one currency.

        A line without a term in a month, without a currency, or whose index or rate is not known, has no price there.
        `shift` moves every index by that share (0.1: 10 % up). Rounded to 4 decimals of the term's unit, as unit
        prices are, before they are converted.
        """
        if not self.terms:
            lines, months = self.holds.shape
            return LinePrices.empty(lines, months, currency)
        assumed = (self.quoted.assumed & self.by_index[:, None]) | self._rates(currency).assumed
        holds = self.holds != _NO_TERM
        return LinePrices(
            currency=currency,
            per_metal_t=self.amounts(currency, shift),
            floating=self.by_index[self.holds] & holds,
            assumed=self._spread(assumed) & holds,
            forecast=self._spread(self.quoted.forecast & self.by_index[:, None]) & holds,
            currencies=self.currencies,
            paid_in=np.where(holds, self.paid_in[self.holds], _NO_TERM),
        )

    def amounts(self, currency: str, shift: float = 0.0) -> Floats:
        """Return the prices alone, as `prices` has them [L, T]."""
        if not self.terms:
            return np.full(self.holds.shape, np.nan)
        to_metal_t = _column([per_metal_t(at.term.unit, at.contained_ppm) for at in self.terms])
        amount = self._in_own_unit(shift) * to_metal_t
        amount *= self._rates(currency).amount
        return np.where(self.holds != _NO_TERM, self._spread(amount), np.nan)

    def _rates(self, currency: str) -> Quote:
        return _each([self.quotes.rate(at.currency, currency) for at in self.terms], self.quotes.months)

    def _spread(self, values: NDArray[S]) -> NDArray[S]:
        """Return for each line and month [L, T] the value [N, T] of the term that holds; of any where none does."""
        return np.take_along_axis(values, self.holds, axis=0)

    def _in_own_unit(self, shift: float) -> Floats:
        """Return the price of each term [N, T] in its own currency and unit, fixed ones as they stand."""
        terms = [at.term for at in self.terms]
        factor = _column([self.quotes.factor(at) for at in self.terms]) * (1 + shift)
        payable = _column([term.payable_ppm / PPM for term in terms])
        premium = _column([term.premium_e4 / PRICE_SCALE for term in terms])
        floor = _column([-np.inf if term.floor_e4 is None else term.floor_e4 / PRICE_SCALE for term in terms])
        cap = _column([np.inf if term.cap_e4 is None else term.cap_e4 / PRICE_SCALE for term in terms])
        payment = self.quoted.amount * factor * payable
        bounded = np.minimum(np.maximum(payment + premium, floor), cap)
        amount = np.round(bounded, PRICE_DECIMALS)
        doubtful = _doubtful(bounded, np.abs(payment) + np.abs(premium))
        for place in np.flatnonzero(doubtful.any(axis=1)).tolist():
            months = np.flatnonzero(doubtful[place])
            amount[place, months] = self.quotes.exact(self.terms[place], months.tolist(), shift)
        fixed = _column([(term.fixed_e4 or 0) / PRICE_SCALE for term in terms])
        return np.where(self.by_index[:, None], amount, fixed)


def _terms(lines: Sequence[PricedLine], first: Month, months: int) -> list[AgreedTerm]:
    """Return the terms that hold within the months, each with the months that are left to it."""
    found = []
    for place, line in enumerate(lines):
        starts = [*(term.month - first for term in line.terms), months]
        for term, (start, end) in zip(line.terms, pairwise(starts), strict=True):
            low, high = max(0, start), min(months, end)
            currency = term.currency or line.currency
            if low < high and currency:
                found.append(AgreedTerm(place, low, high, term, currency, line.contained_ppm))
    return found


def _each(found: Sequence[Quote], months: int) -> Quote:
    """Put quotes by month [T] below one another [N, T]; few are different, and only those are stacked."""
    if not found:
        nowhere = np.zeros((0, months), np.bool_)
        return Quote(np.zeros((0, months)), nowhere, nowhere)
    different = {id(quote): quote for quote in found}
    places = {key: place for place, key in enumerate(different)}
    which = np.array([places[id(quote)] for quote in found], dtype=np.int64)
    amounts, assumed, forecasts = zip(*different.values(), strict=True)
    return Quote(np.stack(amounts)[which], np.stack(assumed)[which], np.stack(forecasts)[which])


def _doubtful(amount: Floats, magnitude: Floats) -> Bools:
    """Tell where binary fractions cannot say to which side a price is rounded; `magnitude` is of what was added."""
    scaled = amount * PRICE_SCALE
    doubt = np.spacing(magnitude * PRICE_SCALE) * _DOUBT_ULP
    doubtful: Bools = np.abs(np.abs(scaled - np.floor(scaled)) - 0.5) <= doubt
    return doubtful


def _column(values: Sequence[float]) -> Floats:
    return np.array(values, dtype=np.float64)[:, None]
