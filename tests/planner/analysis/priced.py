"""Price terms, lines and markets, written out by hand or drawn by hypothesis."""

from hypothesis import strategies as st

from planner.analysis import Market, PricedLine
from planner.fields import Value
from planner.model import ExchangeRate, IndexPrice, PriceIndex, PriceTerm
from planner.units import PPM, Month

FIRST = Month.of(2027, 1)
MONTHS = 5
UNITS = tuple(f"{mass} {basis}" for mass in ("t", "kg", "lb") for basis in ("product", "metal"))
CURRENCIES = ("EUR", "USD", "CNY")
FRACTION_PPM = 209_660


def line(*terms: PriceTerm, currency: str = "USD", contained_ppm: int = FRACTION_PPM) -> PricedLine:
    """Return a line with these terms."""
    return PricedLine("C", 1, "CoSO4.7H2O", "Co", contained_ppm, currency, FIRST, FIRST.plus(MONTHS), terms)


def term(month: Month = FIRST, **fields: Value) -> PriceTerm:
    """Return a price term; fixed at 10 unless an index is named."""
    return PriceTerm.of({"contract": "C", "line": 1, "month": month, "fixed_e4": 100_000, **fields})


def index(code: str = "I", **fields: Value) -> PriceIndex:
    """Return an index in USD per t of metal unless said otherwise."""
    return PriceIndex.of({"code": code, "name": code, "currency": "USD", **fields})


def quoted(price_e4: int, month: Month = FIRST, code: str = "I", standing: str = "published") -> IndexPrice:
    """Return the price of an index in a month."""
    return IndexPrice(index=code, month=month, price_e4=price_e4, standing=standing)


def rate(base: str, quote: str, rate_e6: int, month: Month = FIRST) -> ExchangeRate:
    """Return the rate of a month."""
    return ExchangeRate(base=base, quote=quote, month=month, rate_e6=rate_e6)


def near(low: int = -3, high: int = MONTHS + 2) -> st.SearchStrategy[Month]:
    """Draw a month around the horizon."""
    return st.integers(low, high).map(FIRST.plus)


@st.composite
def terms(draw: st.DrawFn) -> PriceTerm:
    """Draw a price term, fixed or by one of two indices, with all that can be agreed."""
    floor, cap = sorted((draw(st.integers(0, 10**6)), draw(st.integers(0, 10**9))))
    return term(
        draw(near()),
        fixed_e4=draw(st.integers(0, 10**12)),
        index=draw(st.sampled_from((None, "A", "B"))),
        period=draw(st.sampled_from(("m-1", "m", "m+1", "average"))),
        payable_ppm=draw(st.sampled_from((0, 500_000, PPM)) | st.integers(0, 2 * PPM)),
        premium_e4=draw(st.just(0) | st.integers(-(10**9), 10**9)),
        floor_e4=draw(st.none() | st.just(floor)),
        cap_e4=draw(st.none() | st.just(cap)),
        currency=draw(st.sampled_from(("", *CURRENCIES))),
        unit=draw(st.sampled_from(UNITS)),
    )


@st.composite
def lines(draw: st.DrawFn) -> PricedLine:
    """Draw a line whose terms begin in different months; its contract may name no currency."""
    drawn = draw(st.lists(terms(), max_size=3, unique_by=lambda each: each.month))
    ordered = sorted(drawn, key=lambda each: each.month)
    currency = draw(st.sampled_from(("", *CURRENCIES)))
    return line(*ordered, currency=currency, contained_ppm=draw(st.integers(1, PPM)))


@st.composite
def markets(draw: st.DrawFn) -> Market:
    """Draw two indices with prices and rates of some months."""
    indices = [
        index(
            code,
            currency=draw(st.sampled_from(CURRENCIES)),
            unit=draw(st.sampled_from(UNITS)),
            tax_ppm=draw(st.sampled_from((0, 130_000)) | st.integers(0, PPM)),
        )
        for code in ("A", "B")
    ]
    codes, standings = st.sampled_from(("A", "B")), st.sampled_from(("published", "forecast"))
    amounts = st.integers(0, 10**5) | st.integers(0, 10**12)
    prices = st.lists(
        st.builds(quoted, amounts, near(), codes, standings),
        max_size=8,
        unique_by=lambda each: (each.index, each.month),
    )
    pairs = st.sampled_from((("EUR", "USD"), ("USD", "CNY"), ("CNY", "EUR")))
    rates = st.lists(
        st.builds(
            lambda pair, value, month: rate(pair[0], pair[1], value, month), pairs, st.integers(1, 10**8), near()
        ),
        max_size=8,
        unique_by=lambda each: (each.base, each.month),
    )
    return Market.of(indices, draw(prices), draw(rates))
