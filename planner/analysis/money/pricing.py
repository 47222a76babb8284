"""The price of a line in a month of delivery, exact, with each step of the way there in words."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Final

from planner.analysis.money.market import RATE_SCALE, Exchange, Market
from planner.analysis.values import Write
from planner.errors import PlannerError
from planner.model import Contract, Line, Material
from planner.model.prices import PRICE_UNIT, PriceIndex, PriceTerm
from planner.units import PPM, Month

PRICE_SCALE: Final = 10_000
PRICE_DECIMALS: Final = 4
KG_PER: Final = {"t": Fraction(1_000), "kg": Fraction(1), "lb": Fraction("0.45359237")}
# Months from the month of delivery on.
OFFSETS: Final = {"m-1": (-1,), "m": (0,), "m+1": (1,), "average": (-1, 0, 1)}
# From so much on an amount is told to the cent; smaller ones, as USD per lb are, to 4 decimals.
_TO_THE_CENT: Final = 100


def english(value: Decimal) -> str:
    """Write a number with its decimals, thousands separated by commas."""
    return f"{value:,f}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step towards a price: what was done, and the amount that results; `value` is None where it only notes.

    `number` is the amount as written and `unit` the words after it; `link` is the step's part of the sentence.
    """

    what: str
    value: Decimal | None = None
    number: str = ""
    unit: str = ""
    link: str = ""

    @property
    def text(self) -> str:
        """The step as one line: `x 82 % payable: 27,388`."""
        colon = "" if not self.number or self.what == "=" else ":"
        return " ".join(part for part in (f"{self.what}{colon}", self.number, self.unit) if part)


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price of one `unit` (`t metal`) to 4 decimals; `assumed` where a price or rate of its month is not known."""

    amount: Decimal
    currency: str
    unit: str
    steps: tuple[Step, ...]
    assumed: bool

    @property
    def sentence(self) -> str:
        """The way to the price in one line: `LME cobalt M+1 33,400 USD/t x 82 % + 350 = 27,738 USD/t of metal`."""
        return " ".join(step.link for step in self.steps if step.link)


@dataclass(frozen=True, slots=True)
class PricedLine:
    """What the price of a line depends on beside the market: `terms` go by month.

    `currency` and the term, from `start` to `end`, are the contract's.
    """

    contract: str
    line: int
    material: str
    element: str
    contained_ppm: int
    currency: str
    start: Month
    end: Month
    terms: tuple[PriceTerm, ...]

    def term(self, month: Month) -> PriceTerm:
        """Return the term that holds in a month; PlannerError before the first one."""
        at = bisect_right(self.terms, month, key=attrgetter("month"))
        if not at:
            raise PlannerError(
                f"{self.contract} {self.line}: no price term holds in {month}; add one from that month on."
            )
        return self.terms[at - 1]

    def currency_of(self, term: PriceTerm) -> str:
        """Return the currency of a term, else of the contract; PlannerError when neither names one."""
        if not (term.currency or self.currency):
            raise PlannerError(
                f"{self.contract} {self.line}: neither the price term of {term.month} nor the contract names a"
                " currency; give one of them one."
            )
        return term.currency or self.currency


def priced_lines(
    lines: Iterable[Line], contracts: Iterable[Contract], materials: Iterable[Material], terms: Iterable[PriceTerm]
) -> list[PricedLine]:
    """Return the lines with their terms, in the order in which they come."""
    agreements = {contract.reference: contract for contract in contracts}
    traded = {material.code: material for material in materials}
    by_line: dict[tuple[str, int], list[PriceTerm]] = defaultdict(list)
    for term in terms:
        by_line[term.contract, term.line].append(term)
    return [
        PricedLine(
            contract=line.contract,
            line=line.line,
            material=line.material,
            element=traded[line.material].element,
            contained_ppm=line.contained_fraction_ppm or traded[line.material].contained_fraction_ppm,
            currency=agreements[line.contract].currency,
            start=agreements[line.contract].start_month,
            end=agreements[line.contract].end_month,
            terms=tuple(sorted(by_line[line.contract, line.line], key=attrgetter("month"))),
        )
        for line in lines
    ]


def unit_price(line: PricedLine, month: Month, market: Market, write: Write = english) -> UnitPrice:
    """Return the price of a line delivered in a month, in the currency and unit of its term.

    The average over the quotational period of [price / (1 + tax)] x exchange rate of the same month, in the term's
    unit, x payable + premium, at least the floor, at most the cap; rounded once, at the end, half to even. A fixed
    price stands as it is. PlannerError names what is missing; `write` writes the numbers of the steps.
    """
    term = line.term(month)
    reckoning = _Reckoning(write, line.currency_of(term), term.unit)
    if not line.start <= month <= line.end:
        reckoning.note(f"{month} lies outside the term, {line.start} to {line.end}")
    if term.index is None:
        reckoning.step("fixed price", Fraction(term.fixed_e4 or 0, PRICE_SCALE), reckoning.per(), "fixed price")
        return reckoning.result()
    index = market.indices[term.index]
    reckoning.quote(index, term.period, month, market)
    reckoning.convert(index.unit, line)
    reckoning.apply(term)
    return reckoning.result()


def priced(line: PricedLine, month: Month, market: Market, write: Write = english) -> UnitPrice | PlannerError:
    """Return the price of a line in a month as `unit_price` does, or what is missing: for many months or lines."""
    try:
        return unit_price(line, month, market, write)
    except PlannerError as error:
        return error


class _Reckoning:
    """The amount so far, and the steps that led to it."""

    def __init__(self, write: Write, currency: str, unit: str) -> None:
        self._write = write
        self._currency = currency
        self._unit = unit
        self._amount = Fraction(0)
        self._steps: list[Step] = []
        self._assumed = False

    def step(self, what: str, amount: Fraction, unit: str = "", link: str = "") -> None:
        """Go on to an amount."""
        self._amount = amount
        self._steps.append(Step(what, rounded(amount), self._money(amount), unit, link))

    def per(self) -> str:
        """Return the currency and unit that the price is in: `USD per t of metal`."""
        return f"{self._currency} per {PRICE_UNIT.title(self._unit)}"

    def result(self) -> UnitPrice:
        """Return the price that was reached."""
        amount = self._amount
        link = f"= {self._money(amount)} {self._currency}/{PRICE_UNIT.title(self._unit)}"
        self.step("=", amount, self.per(), link)
        return UnitPrice(rounded(amount), self._currency, self._unit, tuple(self._steps), self._assumed)

    def quote(self, index: PriceIndex, period: str, month: Month, market: Market) -> None:
        """Average the index over the quotational period, without tax and in the currency of the price."""
        offsets = OFFSETS[period]
        try:
            months = [month.plus(offset) for offset in offsets]
        except ValueError as error:
            raise PlannerError(f"The months around {month} leave the years of a plan; choose another month.") from error
        alone = len(months) == 1
        amounts = []
        for offset, quoted in zip(offsets, months, strict=True):
            self._quote_month(index, f"M{offset:+d}" if offset else "M", quoted, market, alone=alone)
            amounts.append(self._amount)
        if not alone:
            average = sum(amounts, Fraction(0)) / len(amounts)
            link = f"{index.name} average {self._money(average)} {self._per_mass(self._currency, index.unit)}"
            unit = f"{self._currency} per {PRICE_UNIT.title(index.unit)}"
            self.step("average of M-1 to M+1", average, unit, link)

    def _quote_month(self, index: PriceIndex, name: str, month: Month, market: Market, *, alone: bool) -> None:
        known = market.price(index.code, month)
        price = Fraction(known.price_e4, PRICE_SCALE)
        forecast = ", forecast" if known.standing == "forecast" else ""
        link = f"{index.name} {name} {self._money(price)} {self._per_mass(index.currency, index.unit)}"
        unit = f"{index.currency} per {PRICE_UNIT.title(index.unit)}"
        self.step(f"{index.name}, {name} = {month}{forecast}", price, unit, link if alone else "")
        if known.month != month:
            self._carry(f"no price of {month} is known: that of {known.month} is taken")
        if index.tax_ppm:
            tax = self._percent(index.tax_ppm)
            net = price / (1 + Fraction(index.tax_ppm, PPM))
            self.step(f"without {tax} % tax", net, link=f"/ (1 + {tax} %)" if alone else "")
        exchange = market.exchange(index.currency, self._currency, month)
        if exchange.legs:
            self._exchange(exchange, month, alone=alone)

    def _exchange(self, exchange: Exchange, month: Month, *, alone: bool) -> None:
        told, link = [], []
        for leg in exchange.legs:
            rate = self._write(_trimmed(leg.rate.rate_e6, RATE_SCALE))
            told.append(f"{rate} {leg.rate.quote} per {leg.rate.base}")
            link.append(f"{'/' if leg.divides else 'x'} {rate}")
        amount = self._amount * exchange.factor
        self.step(f"at {' and '.join(told)}", amount, self._currency, " ".join(link) if alone else "")
        for carried in exchange.carried(month):
            self._carry(f"no rate of {month} is known: that of {carried} is taken")

    def convert(self, unit: str, line: PricedLine) -> None:
        """Go from the unit of the index to that of the price."""
        (mass, basis), (wanted_mass, wanted_basis) = unit.split(), self._unit.split()
        if mass != wanted_mass:
            factor = KG_PER[wanted_mass] / KG_PER[mass]
            at = f" at {self._write(Decimal('0.45359237'))} kg per lb" if "lb" in {mass, wanted_mass} else ""
            link = f"x {self._money(factor)}" if factor >= 1 else f"/ {self._money(1 / factor)}"
            self.step(f"per {PRICE_UNIT.title(f'{wanted_mass} {basis}')}{at}", self._amount * factor, link=link)
        if basis != wanted_basis:
            share, percent = Fraction(line.contained_ppm, PPM), self._percent(line.contained_ppm)
            to_product = wanted_basis == "product"
            amount = self._amount * share if to_product else self._amount / share
            what = f"per {PRICE_UNIT.title(self._unit)} at {percent} % {line.element}"
            self.step(what, amount, link=f"{'x' if to_product else '/'} {percent} %")

    def apply(self, term: PriceTerm) -> None:
        """Take the payable share, add the premium, keep within floor and cap."""
        if term.payable_ppm != PPM:
            percent = self._percent(term.payable_ppm)
            paid = self._amount * Fraction(term.payable_ppm, PPM)
            self.step(f"x {percent} % payable", paid, link=f"x {percent} %")
        if term.premium_e4:
            sign, name = ("+", "premium") if term.premium_e4 > 0 else ("-", "discount")
            added = self._write(_trimmed(abs(term.premium_e4), PRICE_SCALE))
            amount = self._amount + Fraction(term.premium_e4, PRICE_SCALE)
            self.step(f"{sign} {name} {added}", amount, link=f"{sign} {added}")
        if term.floor_e4 is not None:
            self._bound("at least", "floor", Fraction(term.floor_e4, PRICE_SCALE), max)
        if term.cap_e4 is not None:
            self._bound("at most", "cap", Fraction(term.cap_e4, PRICE_SCALE), min)

    def _bound(self, words: str, name: str, bound: Fraction, choose: Callable[[Fraction, Fraction], Fraction]) -> None:
        amount = choose(self._amount, bound)
        # The sentence tells a bound only where it decides.
        link = "" if amount == self._amount else f"{words} {self._money(bound)}"
        self.step(f"{words} {self._money(bound)} ({name})", amount, link=link)

    def note(self, what: str) -> None:
        """Say something on the way that changes no amount."""
        self._steps.append(Step(what))

    def _carry(self, what: str) -> None:
        self._assumed = True
        self.note(what)

    def _per_mass(self, currency: str, unit: str) -> str:
        """Return `USD/t`, or `USD/t of metal` where the price is for another basis."""
        mass, basis = unit.split()
        return f"{currency}/{mass}" if basis in self._unit.split() else f"{currency}/{mass} of {basis}"

    def _percent(self, ppm: int) -> str:
        return self._write(_trimmed(ppm, PPM // 100))

    def _money(self, amount: Fraction) -> str:
        """Write an amount to the cent, or to 4 decimals where it is small; whole ones without decimals."""
        most = 2 if abs(amount) >= _TO_THE_CENT else PRICE_DECIMALS
        exact = rounded(amount, most)
        shorter = (rounded(amount, decimals) for decimals in (0, 2))
        return self._write(next((each for each in shorter if each == exact), exact))


def rounded(amount: Fraction, decimals: int = PRICE_DECIMALS) -> Decimal:
    """Round half to even; exact for any size, where arithmetic of decimals has 28 digits."""
    return Decimal(f"{round(amount * 10**decimals)}e-{decimals}")


def _trimmed(units: int, scale: int) -> Decimal:
    """Return units / scale with just the decimals that it needs."""
    value = (Decimal(units) / scale).normalize()
    return value if int(value.as_tuple().exponent) <= 0 else value.quantize(Decimal(1))
