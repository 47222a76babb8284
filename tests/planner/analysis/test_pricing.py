"""The price of a month of delivery: by hand for each way that it can go, and what holds for all of them."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import Market, PricedLine, UnitPrice, priced, unit_price
from planner.analysis.money.pricing import PRICE_SCALE, rounded
from planner.errors import PlannerError
from planner.model import ExchangeRate, IndexPrice, PriceIndex, PriceTerm
from planner.units import FIRST_YEAR, Month

COBALT = PriceIndex(code="LME-CO", name="LME cobalt", currency="USD")
SULPHATE = PriceIndex(code="FM", name="Cobalt sulphate", currency="CNY", unit="t product", tax_ppm=130_000)
POUND = PriceIndex(code="LB", name="Cobalt metal", currency="USD", unit="lb metal")
MARCH = Month.of(2027, 3)
APRIL = MARCH.plus(1)
TERM = PriceTerm(
    contract="C", line=1, month=Month.of(2025, 1), index="LME-CO", period="m+1", payable_ppm=820_000, unit="t metal"
)
PREMIUM = 3_500_000


def quoted(price: str, *, index: str = "LME-CO", month: Month = APRIL, standing: str = "published") -> IndexPrice:
    """Return the price of an index in a month."""
    return IndexPrice(index=index, month=month, price_e4=int(Decimal(price) * PRICE_SCALE), standing=standing)


def rate(base: str, quote: str, value: str, month: Month = APRIL) -> ExchangeRate:
    """Return an exchange rate of a month."""
    return ExchangeRate(base=base, quote=quote, month=month, rate_e6=int(Decimal(value) * 1_000_000))


def market(prices: Iterable[IndexPrice] = (), rates: Iterable[ExchangeRate] = ()) -> Market:
    """Return a market of the three indices; cobalt costs 33,400 in April unless prices are given."""
    return Market.of((COBALT, SULPHATE, POUND), tuple(prices) or (quoted("33400"),), rates)


def line(*terms: PriceTerm, currency: str = "USD") -> PricedLine:
    """Return a line of a cobalt sulphate with these terms, or the usual one."""
    return PricedLine(
        contract="C",
        line=1,
        material="CoSO4.7H2O",
        element="Co",
        contained_ppm=209_660,
        currency=currency,
        start=Month.of(2025, 1),
        end=Month.of(2031, 12),
        terms=terms or (TERM,),
    )


def texts(price: UnitPrice) -> list[str]:
    return [step.text for step in price.steps]


def test_the_price_reads_as_a_sentence() -> None:
    price = unit_price(line(replace(TERM, premium_e4=PREMIUM)), MARCH, market())
    assert (price.amount, price.currency, price.unit, price.assumed) == (Decimal("27738.0000"), "USD", "t metal", False)
    assert price.sentence == "LME cobalt M+1 33,400 USD/t x 82 % + 350 = 27,738 USD/t of metal"
    assert texts(price) == [
        "LME cobalt, M+1 = 2027-04: 33,400 USD per t of metal",
        "x 82 % payable: 27,388",
        "+ premium 350: 27,738",
        "= 27,738 USD per t of metal",
    ]
    assert [step.value for step in price.steps] == [Decimal(v) for v in (33_400, 27_388, 27_738, 27_738)]


def test_metal_becomes_product_in_another_currency() -> None:
    term = replace(TERM, premium_e4=PREMIUM, currency="EUR", unit="t product")
    price = unit_price(line(term), MARCH, market(rates=[rate("EUR", "USD", "1.08")]))
    # 33,400 / 1.08 x 0.20966 x 0.82 + 350
    assert price.amount == Decimal("5666.8223")
    assert texts(price)[1:] == [
        "at 1.08 USD per EUR: 30,925.93 EUR",
        "per t of product at 20.966 % Co: 6,483.93",
        "x 82 % payable: 5,316.82",
        "+ premium 350: 5,666.82",
        "= 5,666.82 EUR per t of product",
    ]
    assert price.sentence == (
        "LME cobalt M+1 33,400 USD/t of metal / 1.08 x 20.966 % x 82 % + 350 = 5,666.82 EUR/t of product"
    )


def test_tax_is_taken_out_and_product_becomes_metal() -> None:
    term = replace(TERM, index="FM", period="m", payable_ppm=1_000_000)
    known = market([quoted("76600", index="FM", month=MARCH)], [rate("USD", "CNY", "7.1", MARCH)])
    price = unit_price(line(term), MARCH, known)
    # 76,600 / 1.13 / 7.1 / 0.20966
    assert price.amount == Decimal("45538.2562")
    assert texts(price) == [
        "Cobalt sulphate, M = 2027-03: 76,600 CNY per t of product",
        "without 13 % tax: 67,787.61",
        "at 7.1 CNY per USD: 9,547.55 USD",
        "per t of metal at 20.966 % Co: 45,538.26",
        "= 45,538.26 USD per t of metal",
    ]


def test_the_average_takes_each_month_at_its_own_rate() -> None:
    months = [MARCH.plus(-1), MARCH, APRIL]
    prices = [quoted(price, month=month) for price, month in zip(("30000", "31000", "32000"), months, strict=True)]
    rates = [rate("EUR", "USD", value, month) for value, month in zip(("1", "1.25", "2"), months, strict=True)]
    price = unit_price(line(replace(TERM, period="average", currency="EUR")), MARCH, market(prices, rates))
    # (30,000 + 24,800 + 16,000) / 3 x 0.82
    assert price.amount == Decimal("19352.0000")
    assert texts(price)[-3:] == [
        "average of M-1 to M+1: 23,600 EUR per t of metal",
        "x 82 % payable: 19,352",
        "= 19,352 EUR per t of metal",
    ]
    assert price.sentence == "LME cobalt average 23,600 EUR/t x 82 % = 19,352 EUR/t of metal"


@pytest.mark.parametrize(("period", "expected"), [("m-1", 100), ("m", 200), ("m+1", 300)])
def test_the_quotational_period_chooses_the_month(period: str, expected: int) -> None:
    prices = [quoted(str(100 * (at + 2)), month=MARCH.plus(at)) for at in (-1, 0, 1)]
    term = replace(TERM, period=period, payable_ppm=1_000_000)
    assert unit_price(line(term), MARCH, market(prices)).amount == expected


def test_pounds_are_converted_exactly() -> None:
    term = replace(TERM, index="LB", payable_ppm=1_000_000)
    price = unit_price(line(term), MARCH, market([quoted("15.15", index="LB")]))
    # 15.15 x 1,000 / 0.45359237
    assert price.amount == Decimal("33400.0327")
    assert texts(price)[:2] == [
        "Cobalt metal, M+1 = 2027-04: 15.15 USD per lb of metal",
        "per t of metal at 0.45359237 kg per lb: 33,400.03",
    ]
    assert price.sentence == "Cobalt metal M+1 15.15 USD/lb x 2,204.62 = 33,400.03 USD/t of metal"


def test_tonnes_become_kilograms() -> None:
    price = unit_price(line(replace(TERM, payable_ppm=1_000_000, unit="kg metal")), MARCH, market())
    assert texts(price)[1:] == ["per kg of metal: 33.40", "= 33.40 USD per kg of metal"]
    assert price.sentence == "LME cobalt M+1 33,400 USD/t / 1,000 = 33.40 USD/kg of metal"


@pytest.mark.parametrize(
    ("floor", "cap", "expected", "told"),
    [
        ("30000", None, "30000", "at least 30,000 = 30,000"),
        ("20000", None, "27388", "x 82 % = 27,388"),
        (None, "25000", "25000", "at most 25,000 = 25,000"),
        ("20000", "30000", "27388", "x 82 % = 27,388"),
        ("28000", "28000", "28000", "at least 28,000 = 28,000"),
    ],
)
def test_floor_and_cap_hold(floor: str | None, cap: str | None, expected: str, told: str) -> None:
    bounds = {name: value and int(value) * PRICE_SCALE for name, value in (("floor_e4", floor), ("cap_e4", cap))}
    price = unit_price(line(TERM.of({**TERM.values(), **bounds})), MARCH, market())
    assert price.amount == Decimal(expected)
    assert told in price.sentence
    wanted = [f"at least {int(floor):,} (floor)"] if floor else []
    wanted += [f"at most {int(cap):,} (cap)"] if cap else []
    assert [step.what for step in price.steps if step.what.startswith("at ")] == wanted


def test_a_discount_is_told_as_one() -> None:
    price = unit_price(line(replace(TERM, premium_e4=-PREMIUM)), MARCH, market())
    assert texts(price)[2] == "- discount 350: 27,038"
    assert price.sentence.endswith("x 82 % - 350 = 27,038 USD/t of metal")


def test_a_fixed_price_stands_as_it_is() -> None:
    term = replace(TERM, index=None, fixed_e4=94_000, unit="kg product", floor_e4=100_000)
    price = unit_price(line(term), MARCH, market())
    assert price.amount == Decimal("9.4000")
    assert texts(price) == ["fixed price: 9.40 USD per kg of product", "= 9.40 USD per kg of product"]
    assert price.sentence == "fixed price = 9.40 USD/kg of product"


def test_what_is_not_known_yet_is_taken_from_the_last_month_and_said() -> None:
    november = Month.of(2026, 11)
    known = market([quoted("33400", month=november, standing="forecast")], [rate("EUR", "USD", "1.08", november)])
    price = unit_price(line(replace(TERM, currency="EUR")), MARCH, known)
    assert price.assumed
    assert texts(price)[:4] == [
        "LME cobalt, M+1 = 2027-04, forecast: 33,400 USD per t of metal",
        "no price of 2027-04 is known: that of 2026-11 is taken",
        "at 1.08 USD per EUR: 30,925.93 EUR",
        "no rate of 2027-04 is known: that of 2026-11 is taken",
    ]
    assert [price.steps[at].value for at in (1, 3)] == [None, None]


def test_the_last_term_before_the_month_holds() -> None:
    later = replace(TERM, month=MARCH, payable_ppm=1_000_000)
    both = line(TERM, later)
    prices = market([quoted("100", month=Month.of(2025, 1))])
    assert [unit_price(both, month, prices).amount for month in (MARCH.plus(-1), MARCH, APRIL)] == [82, 100, 100]


@pytest.mark.parametrize(
    ("rates", "factor", "told"),
    [
        ([rate("USD", "EUR", "0.8")], "0.8", "at 0.8 EUR per USD"),
        ([rate("EUR", "USD", "1.25")], "0.8", "at 1.25 USD per EUR"),
        ([rate("USD", "CNY", "8"), rate("EUR", "CNY", "10")], "0.8", "at 8 CNY per USD and 10 CNY per EUR"),
        ([rate("CNY", "USD", "0.125"), rate("CNY", "EUR", "0.1")], "0.8", "at 0.125 USD per CNY and 0.1 EUR per CNY"),
        # A rate of the month itself goes before an older one, however direct that is.
        (
            [rate("EUR", "USD", "2", MARCH), rate("USD", "CNY", "8"), rate("EUR", "CNY", "10")],
            "0.8",
            "at 8 CNY per USD",
        ),
        ([rate("EUR", "USD", "1.25", MARCH)], "0.8", "at 1.25 USD per EUR"),
        # A rate of years ago does not win over that of last month, whichever way round it stands.
        ([rate("USD", "EUR", "2", Month.of(1999, 1)), rate("EUR", "USD", "1.25", MARCH)], "0.8", "at 1.25 USD per EUR"),
    ],
)
def test_a_currency_is_reached_either_way_or_through_a_third(rates: list[ExchangeRate], factor: str, told: str) -> None:
    term = replace(TERM, currency="EUR", payable_ppm=1_000_000)
    price = unit_price(line(term), MARCH, market(rates=rates))
    assert price.amount == 33_400 * Decimal(factor)
    assert price.steps[1].what.startswith(told)


@pytest.mark.parametrize(
    ("asked", "month", "known", "sentence"),
    [
        (line(), Month.of(2024, 12), market(), "C 1: no price term holds in 2024-12; add one from that month on."),
        (line(), Month.of(2025, 1), market(), "No price of LME-CO is known for 2025-02 or before; add one"),
        (
            line(currency=""),
            MARCH,
            market(),
            "C 1: neither the price term of 2025-01 nor the contract names a currency",
        ),
        (line(currency="EUR"), MARCH, market(), "No exchange rate between USD and EUR is known for 2027-04 or before"),
        (
            line(currency="EUR"),
            MARCH,
            market(rates=[rate("EUR", "USD", "1.08", APRIL.plus(1))]),
            "No exchange rate between USD and EUR is known for 2027-04 or before",
        ),
        (
            line(replace(TERM, month=Month.of(FIRST_YEAR, 1), period="m-1")),
            Month.of(FIRST_YEAR, 1),
            market(),
            "The months around 1990-01 leave the years of a plan",
        ),
    ],
)
def test_what_is_missing_is_named(asked: PricedLine, month: Month, known: Market, sentence: str) -> None:
    with pytest.raises(PlannerError) as raised:
        unit_price(asked, month, known)
    assert str(raised.value).startswith(sentence)
    assert str(priced(asked, month, known)) == str(raised.value)


def test_numbers_are_written_as_asked() -> None:
    price = unit_price(line(), MARCH, market(), lambda value: f"{value:,f}".replace(",", "'"))
    assert texts(price)[0] == "LME cobalt, M+1 = 2027-04: 33'400 USD per t of metal"


PRICES = st.integers(0, 10**12)
PPMS = st.integers(0, 2_000_000)


@given(price=PRICES, payable=PPMS, premium=st.integers(-(10**12), 10**12))
def test_a_price_is_linear_in_payable(price: int, payable: int, premium: int) -> None:
    term = replace(TERM, payable_ppm=payable, premium_e4=premium)
    known = market([IndexPrice(index="LME-CO", month=APRIL, price_e4=price)])
    exact = Fraction(price, PRICE_SCALE) * Fraction(payable, 1_000_000) + Fraction(premium, PRICE_SCALE)
    assert unit_price(line(term), MARCH, known).amount == rounded(exact)


@given(price=PRICES, payable=PPMS, bounds=st.tuples(PRICES, PRICES))
def test_a_price_stays_within_floor_and_cap(price: int, payable: int, bounds: tuple[int, int]) -> None:
    term = replace(TERM, payable_ppm=payable, floor_e4=min(bounds), cap_e4=max(bounds))
    known = market([IndexPrice(index="LME-CO", month=APRIL, price_e4=price)])
    amount = unit_price(line(term), MARCH, known).amount * PRICE_SCALE
    assert min(bounds) <= amount <= max(bounds)


@given(price=PRICES, rate_e6=st.integers(1, 10**12))
def test_a_rate_and_its_inverse_undo_each_other(price: int, rate_e6: int) -> None:
    rates = [ExchangeRate(base="EUR", quote="USD", month=APRIL, rate_e6=rate_e6)]
    there, back = (market(rates=rates).exchange(*pair, APRIL) for pair in (("EUR", "USD"), ("USD", "EUR")))
    assert Fraction(price) * there.factor * back.factor == price
    known = market([IndexPrice(index="LME-CO", month=APRIL, price_e4=price)], rates)
    term = replace(TERM, currency="EUR", payable_ppm=1_000_000)
    # What the rounding of the price to 4 decimals leaves open.
    half = Fraction(1, 2 * PRICE_SCALE) * there.factor
    found = Fraction(unit_price(line(term), MARCH, known).amount) * there.factor
    assert abs(found - Fraction(price, PRICE_SCALE)) <= half


UNITS = st.sampled_from(["t product", "t metal", "kg product", "kg metal", "lb product", "lb metal"])


@given(price=st.integers(0, 10**5), own=UNITS, other=UNITS, fraction=st.integers(1_000, 1_000_000))
def test_a_unit_and_back_again_is_the_same_price(price: int, own: str, other: str, fraction: int) -> None:
    term = replace(TERM, payable_ppm=1_000_000)
    there = replace(line(replace(term, unit=other)), contained_ppm=fraction)
    found = unit_price(there, MARCH, _market_in(own, price))
    back = replace(line(replace(term, unit=own)), contained_ppm=fraction)
    again = unit_price(back, MARCH, _market_in(other, int(found.amount * PRICE_SCALE)))
    # A price of a small unit is rounded more coarsely than that of a large one.
    size = unit_price(back, MARCH, _market_in(other, PRICE_SCALE)).amount
    assert abs(again.amount - Decimal(price) / PRICE_SCALE) <= (size + 1) / PRICE_SCALE


def _market_in(unit: str, price_e4: int) -> Market:
    price = IndexPrice(index="LME-CO", month=APRIL, price_e4=price_e4)
    return Market.of([replace(COBALT, unit=unit)], [price], [])


@pytest.mark.parametrize(
    ("month", "outside"), [((2024, 12), True), ((2025, 1), False), ((2031, 12), False), ((2032, 1), True)]
)
def test_a_month_outside_the_term_is_priced_and_said_to_lie_there(month: tuple[int, int], outside: bool) -> None:
    fixed = replace(TERM, month=Month.of(2024, 1), index=None, fixed_e4=10_000)
    said = f"{Month.of(*month)} lies outside the term, 2025-01 to 2031-12"
    price = unit_price(line(fixed), Month.of(*month), market())
    assert (said in texts(price)) == outside
    assert price.amount == 1
    assert not price.assumed
