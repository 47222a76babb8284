"""What the market says of a month: prices of indices and exchange rates, the last known where none is known yet."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter
from typing import Final, Self

from planner.errors import PlannerError
from planner.model.prices import ExchangeRate, IndexPrice, PriceIndex
from planner.units import Month

RATE_SCALE: Final = 1_000_000

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Leg:
    """A rate and whether amounts are divided by it: it is quoted the other way round then."""

    rate: ExchangeRate
    divides: bool

    @property
    def factor(self) -> Fraction:
        """What an amount is multiplied by."""
        rate = Fraction(self.rate.rate_e6, RATE_SCALE)
        return 1 / rate if self.divides else rate


@dataclass(frozen=True, slots=True)
class Exchange:
    """The way from one currency into another: no leg for the same one, two through a third."""

    legs: tuple[Leg, ...] = ()

    @property
    def factor(self) -> Fraction:
        """What an amount in the first currency is multiplied by, exactly."""
        result = Fraction(1)
        for leg in self.legs:
            result *= leg.factor
        return result

    def carried(self, month: Month) -> tuple[Month, ...]:
        """Return the earlier months whose rates stand in for this one, each once."""
        return tuple(dict.fromkeys(leg.rate.month for leg in self.legs if leg.rate.month != month))


@dataclass(frozen=True, slots=True)
class Market:
    """Indices by code, their prices, and exchange rates by (base, quote), each by month."""

    indices: Mapping[str, PriceIndex]
    prices: Mapping[str, Sequence[IndexPrice]]
    rates: Mapping[Pair, Sequence[ExchangeRate]]

    @classmethod
    def of(cls, indices: Iterable[PriceIndex], prices: Iterable[IndexPrice], rates: Iterable[ExchangeRate]) -> Self:
        """Arrange records, which may come in any order."""
        by_index: dict[str, list[IndexPrice]] = defaultdict(list)
        for price in sorted(prices, key=attrgetter("month")):
            by_index[price.index].append(price)
        by_pair: dict[Pair, list[ExchangeRate]] = defaultdict(list)
        for rate in sorted(rates, key=attrgetter("month")):
            by_pair[rate.base, rate.quote].append(rate)
        return cls({index.code: index for index in indices}, dict(by_index), dict(by_pair))

    def price(self, code: str, month: Month) -> IndexPrice:
        """Return the price of an index in a month, or the last known before it; PlannerError when there is none."""
        known = self.prices.get(code, ())
        at = bisect_right(known, month, key=attrgetter("month"))
        if not at:
            raise PlannerError(f"No price of {code} is known for {month} or before; add one to its index prices.")
        return known[at - 1]

    def exchange(self, source: str, target: str, month: Month) -> Exchange:
        """Return the way from one currency into another in a month; PlannerError when none is known.

        Either way round or through one third currency: the way whose oldest rate is the latest, the shorter of equals.
        """
        if source == target:
            return Exchange()
        ways = self._ways(source, target, month)
        found = max(ways, key=lambda way: (min(leg.rate.month for leg in way.legs), -len(way.legs)), default=None)
        if found is None:
            raise PlannerError(
                f"No exchange rate between {source} and {target} is known for {month} or before; add one."
            )
        return found

    def _ways(self, source: str, target: str, month: Month) -> Iterator[Exchange]:
        yield from (Exchange((leg,)) for leg in self._legs(source, target, month))
        for third in sorted({currency for pair in self.rates for currency in pair} - {source, target}):
            for first in self._legs(source, third, month):
                yield from (Exchange((first, second)) for second in self._legs(third, target, month))

    def _legs(self, source: str, target: str, month: Month) -> Iterator[Leg]:
        for pair, divides in (((source, target), False), ((target, source), True)):
            known = self.rates.get(pair, ())
            at = bisect_right(known, month, key=attrgetter("month"))
            if at:
                yield Leg(known[at - 1], divides)
