"""Prices of all lines as arrays: what `unit_price` says of each line and month, converted."""

from fractions import Fraction

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from planner.analysis import Market, PricedLine, priced
from planner.analysis.money.line_prices import LinePrices, line_prices
from planner.analysis.money.pricing import KG_PER, UnitPrice
from planner.analysis.money.quotes import Quotes
from planner.errors import PlannerError
from planner.units import FIRST_YEAR, KG_PER_T, LAST_YEAR, PPM, Month
from tests.planner.analysis.priced import CURRENCIES, FIRST, MONTHS, index, line, lines, markets, quoted, rate, term


def per_metal_t(line: PricedLine, month: Month, price: UnitPrice, market: Market, currency: str) -> Fraction | None:
    """Return the exact price of a t of metal in a currency; None where no rate is known."""
    try:
        exchange = market.exchange(price.currency, currency, month)
    except PlannerError:
        return None
    mass, basis = price.unit.split()
    units = KG_PER_T / KG_PER[mass]
    if basis == "product":
        units *= Fraction(PPM, line.contained_ppm)
    return Fraction(price.amount) * units * exchange.factor


def assert_alike(found: LinePrices, place: int, line: PricedLine, market: Market, first: Month) -> None:
    """Compare a row of the arrays with the price of each month."""
    for at in range(found.per_metal_t.shape[1]):
        month = first.plus(at)
        price, got = priced(line, month, market), found.per_metal_t[place, at]
        wanted = None if isinstance(price, PlannerError) else per_metal_t(line, month, price, market, found.currency)
        if wanted is None:
            assert np.isnan(got), (month, price)
            continue
        assert isinstance(price, UnitPrice)
        assert abs(Fraction(float(got)) - wanted) <= abs(wanted) * Fraction(1, 10**12), (month, price, float(got))
        carried = bool(market.exchange(price.currency, found.currency, month).carried(month))
        assert found.assumed[place, at] == (price.assumed or carried)
        assert found.currencies[found.paid_in[place, at]] == price.currency
        assert found.floating[place, at] == (line.term(month).index is not None)
        told = any("forecast" in step.text for step in price.steps)
        assert found.forecast[place, at] == told


HALF = Market.of([index("A"), index("B")], [quoted(3, code="A"), quoted(334_000_001, code="B")], ())


@given(st.lists(lines(), max_size=4), markets(), st.sampled_from(CURRENCIES))
@example([line(term(index="A", payable_ppm=500_000, unit="t metal"))], HALF, "USD")
@example([line(term(index="B", payable_ppm=500_000, unit="t metal"))], HALF, "USD")
@example([line(term(index="B", premium_e4=-334_000_000, payable_ppm=1_500_000, unit="t product"))], HALF, "USD")
def test_each_line_and_month_costs_what_its_unit_price_says(
    drawn: list[PricedLine], market: Market, currency: str
) -> None:
    found = line_prices(drawn, Quotes(market, FIRST, MONTHS), currency)
    assert found.currency == currency
    assert found.per_metal_t.shape == (len(drawn), MONTHS)
    for place, each in enumerate(drawn):
        assert_alike(found, place, each, market, FIRST)


@given(st.lists(lines(), min_size=1, max_size=2), markets(), st.sampled_from((-3, -1, 1, 5)))
def test_a_move_of_the_indices_is_a_move_of_their_prices(drawn: list[PricedLine], market: Market, tenths: int) -> None:
    # Prices of whole tens move by whole units.
    tens = {
        code: [quoted(p.price_e4 // 20 * 10, p.month, code) for p in known] for code, known in market.prices.items()
    }
    moved = {
        code: [quoted(p.price_e4 * (10 + tenths) // 10, p.month, code) for p in known] for code, known in tens.items()
    }
    before, after = (Market(market.indices, prices, market.rates) for prices in (tens, moved))
    shifted = line_prices(drawn, Quotes(before, FIRST, MONTHS), "EUR", shift=tenths / 10)
    for place, each in enumerate(drawn):
        wanted = line_prices([each], Quotes(after, FIRST, MONTHS), "EUR").per_metal_t[0]
        np.testing.assert_allclose(shifted.per_metal_t[place], wanted, rtol=1e-12)


@given(lines(), markets(), st.integers(-4, 4), st.integers(1, 9))
def test_a_horizon_shows_a_part_of_the_same_prices(drawn: PricedLine, market: Market, later: int, months: int) -> None:
    first = FIRST.plus(later)
    assert_alike(line_prices([drawn], Quotes(market, first, months), "USD"), 0, drawn, market, first)


def test_the_average_reaches_beyond_the_horizon() -> None:
    prices = [quoted(price_e4, FIRST.plus(at)) for at, price_e4 in ((-1, 10_000), (0, 20_000), (1, 60_000))]
    agreed = line(term(index="I", period="average", unit="t metal"))
    found = line_prices([agreed], Quotes(Market.of([index()], prices, ()), FIRST, 1), "USD")
    assert found.per_metal_t.tolist() == [[3.0]]
    assert not found.assumed.any()


def test_the_first_and_the_last_years_of_a_plan_have_no_months_around_them() -> None:
    first, last = Month.of(FIRST_YEAR, 1), Month.of(LAST_YEAR, 12)
    agreed = line(term(first, index="I", period="average", unit="t metal"))
    market = Market.of([index()], [quoted(10_000, first)], ())
    for month in (first, last):
        assert np.isnan(line_prices([agreed], Quotes(market, month, 1), "USD").per_metal_t).all()
    assert line_prices([agreed], Quotes(market, first.plus(1), 1), "USD").per_metal_t.tolist() == [[1.0]]


def test_pounds_of_metal_are_told_per_tonne() -> None:
    agreed = line(term(fixed_e4=150_000, unit="lb metal"))
    found = line_prices([agreed], Quotes(Market.of((), (), [rate("EUR", "USD", 1_250_000)]), FIRST, 2), "EUR")
    # 15 USD/lb / 0.45359237 kg x 1,000 kg / 1.25, in February at the rate of January
    assert found.per_metal_t.round(4).tolist() == [[26_455.4715, 26_455.4715]]
    assert found.assumed.tolist() == [[False, True]]
    assert not found.floating.any()


def test_floor_and_cap_hold_against_a_move_of_the_index() -> None:
    agreed = line(term(index="I", unit="t metal", floor_e4=950_000, cap_e4=1_050_000))
    market = Market.of([index()], [quoted(1_000_000)], ())
    told = [
        line_prices([agreed], Quotes(market, FIRST, 1), "USD", shift=shift).per_metal_t.item()
        for shift in (-0.1, 0, 0.1)
    ]
    assert told == [95.0, 100.0, 105.0]


def test_without_a_term_a_currency_or_a_line_there_is_no_price() -> None:
    market = Market.of((), (), ())
    later, nameless = line(term(FIRST.plus(1))), line(term(), currency="")
    found = line_prices([later, nameless], Quotes(market, FIRST, 2), "USD")
    assert np.isnan(found.per_metal_t).tolist() == [[True, False], [True, True]]
    assert found.paid_in.tolist() == [[-1, 0], [-1, -1]]
    assert line_prices([], Quotes(market, FIRST, 2), "USD").per_metal_t.shape == (0, 2)
