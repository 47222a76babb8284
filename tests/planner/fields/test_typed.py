"""What people type in a cell is read as they mean it, or refused with a sentence."""

import unicodedata
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from babel.dates import get_month_names
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.errors import InvalidValueError
from planner.fields import Field, Value, declare
from planner.fields.formulas import evaluate
from planner.fields.month_words import month_of_word
from planner.fields.numbers import format_number, parse_amount
from planner.fields.quantities import Energy, Fixed, Mass, Percent
from planner.fields.typed import parse_typed
from planner.model import TABLES
from planner.units import Month
from tests.planner.fields.declared import FIELDS, field_of, mass
from tests.strategies import values

LOCALES = (None, "en", "en_IN", "fr", "fr_FR", "de", "de_CH", "sv", "ar")
NARROW = "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(("table", "name"), FIELDS)
@settings(max_examples=25)
@given(data=st.data())
def test_a_cell_reads_what_it_shows(table: str, name: str, data: st.DataObject) -> None:
    field = field_of(table, name)
    value = data.draw(values(field.kind).filter(lambda drawn: drawn != ""))
    locale = data.draw(st.sampled_from(LOCALES))
    for grouping in (False, True):
        assert parse_typed(field, field.format(value, locale, grouping=grouping), locale) == value


@pytest.mark.parametrize(
    ("text", "locale", "kg"),
    [
        ("5k", None, 5_000_000),
        ("1.5k", "en", 1_500_000),
        ("1,5 K", "fr", 1_500_000),
        ("1 250,5k", "fr", 1_250_500_000),
        ("2M", "de", 2_000_000_000),
        ("0.000001k", None, 1),
        ("500 t", "en", 500_000),
        ("500T", None, 500_000),
        ("1'250.5 t", "de_CH", 1_250_500),
        ("5k t", "en", 5_000_000),
        ("=1250*1.05", "en", 1_312_500),
        ("=1250*1,05", "fr", 1_312_500),
        (" = 1 250,5 * 2", "fr", 2_501_000),
        (f"=1{NARROW}250,5*2", "fr", 2_501_000),
        ("=1.250,5*2", "de", 2_501_000),
        ("=1,250.5*2", "en", 2_501_000),
        ("=1’250.5*2", "de_CH", 2_501_000),
        ("=(5000-1200)/12", None, 316_667),
        ("=5k/4", "en", 1_250_000),
        ("=-(-5)", "en", 5_000),
        ("=+5", "en", 5_000),
        ("=2×3", "en", 6_000),
        ("=10−4", "en", 6_000),
        ("=1e3+1", "en", 1_001_000),
        ("=0.0005", "en", 0),
        ("=0.0015", "en", 2),
        ("=1/3", "en", 333),
    ],
)
def test_tonnes_are_read_as_people_type_them(text: str, locale: str | None, kg: int) -> None:
    assert parse_typed(mass(), text, locale) == kg


@pytest.mark.parametrize(
    ("text", "locale", "sentence"),
    [
        ("lots", "en", "'lots' is not a number"),
        ("0.0004", "en", "has more than 3 decimals"),
        ("0.0000001k", "en", "has more than 3 decimals"),
        ("0.0004 t", "en", "has more than 3 decimals"),
        ("5 kg", "en", "is not a number"),
        ("t", "en", "is not a number"),
        ("k", "en", "is not a number"),
        ("5kk", "en", "is not a number"),
        ("2m", "en", "is not a number"),
        ("-5k", "en", "lies outside 0 to 1000000000 t"),
        ("=5-6", "en", "lies outside"),
        ("1e900k", "en", "far too large"),
        ("=1e900*1e900", "en", "far too large"),
        ("=1/0", "en", "'=1/0' divides by zero"),
        ("=1/(2-2)", "en", "divides by zero"),
        ("=", "en", "cannot be calculated; use numbers, + - * / and parentheses"),
        ("=2**3", "en", "cannot be calculated"),
        ("=7//2", "en", "cannot be calculated"),
        ("=7%2", "en", "cannot be calculated"),
        ("=()", "en", "cannot be calculated"),
        ("=2(3)", "en", "cannot be calculated"),
        ("=(3", "en", "cannot be calculated"),
        ("=5k 3", "en", "cannot be calculated"),
        ("=abs(3)", "en", "cannot be calculated"),
        ("=__import__('os')", "en", "cannot be calculated"),
        ("=1 if 1 else 2", "en", "cannot be calculated"),
        ("=" + "(" * 21 + "1" + ")" * 21, "en", "cannot be calculated"),
        ("=1,5*2", "en", "'1,5' is not a number"),
        ("=1.5*2", "fr", "'1.5' is not a number; write it as 1250,5"),
        ("=" + "1+" * 100 + "1", "en", "has 201 characters; at most 200 are calculated"),
    ],
)
def test_other_tonnes_are_refused_with_a_sentence(text: str, locale: str, sentence: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        parse_typed(mass(), text, locale)
    assert caught.value.field == "quantity_t"
    assert sentence in caught.value.reason


def test_a_line_and_a_year_are_whole() -> None:
    assert parse_typed(field_of("volumes", "year"), "=2025+1", "en") == 2026
    assert parse_typed(field_of("lines", "line"), "1k", "en") == 1_000
    with pytest.raises(InvalidValueError, match="does not give a whole number"):
        parse_typed(field_of("lines", "line"), "=5/2", "en")


@pytest.mark.parametrize("text", ["10%", "10 %", "=5*2", "10", "0.01k"])
def test_per_cent_are_typed_with_or_without_their_sign(text: str) -> None:
    assert parse_typed(field_of("contracts", "probability_pct"), text, "en") == 100_000


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    assert parse_typed(field_of("contracts", "note"), "=1+1", "en") == "=1+1"


def test_an_empty_cell_is_empty_here_too() -> None:
    assert parse_typed(field_of("contracts", "probability_pct"), " ", "en") is None
    with pytest.raises(InvalidValueError, match="it is empty"):
        parse_typed(mass(), "", "en")


@pytest.mark.parametrize(
    "text",
    [
        "3/27", "03/27", "03/2027", "3.27", "3-27", "3 27", "2027-3", "2027/03", "2027-03", "mars 2027", "Mars 27",
        "mar 27", "mar-27", "mar. 2027", "March 2027", "MARCH 2027", "märz 2027", "Mrz 2027", "Mär 27", "mrz27",
        "2027 mars", "15/03/2027", "15/3/27", "15 mars 2027", "March 15, 2027", "2027/3/15", "1er mars 2027",
    ],
)  # fmt: skip
@pytest.mark.parametrize("locale", ["en", "fr_FR", "de_CH"])
def test_a_month_is_read_as_people_type_it(text: str, locale: str) -> None:
    assert parse_typed(field_of("deliveries", "month"), text, locale) == Month.of(2027, 3)


@pytest.mark.parametrize(
    "text",
    [
        "15/3/27", "15.3.27", "15-3-2027", "15 mars 2027", "15 Mar 27", "15. März 2027", "15-Mar-27", "15mars2027",
        "March 15, 2027", "mar 15 2027", "15th March 2027", "2027/3/15", "2027.03.15",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_type_it(text: str) -> None:
    for locale in ("en_US", "fr", None):
        assert parse_typed(field_of("milestones", "due"), text, locale) == date(2027, 3, 15)


@pytest.mark.parametrize(
    "text", ["13/27", "3/1989", "0/27", "mars", "smarch 2027", "jui 2027", "3/270", "m 2027", "27"]
)
def test_other_months_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^month: "):
        parse_typed(field_of("deliveries", "month"), text, "fr")


@pytest.mark.parametrize("text", ["3/15/2027", "31/2/27", "mars 2027", "30 fév 2027", "15/3/1900", "1/1"])
def test_other_days_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match=r"^due: "):
        parse_typed(field_of("milestones", "due"), text, "fr")


@pytest.mark.parametrize("locale", ["en", "fr", "de", "es", "pl", "ar"])
@pytest.mark.parametrize("width", ["abbreviated", "wide"])
@pytest.mark.parametrize("context", ["format", "stand-alone"])
def test_every_name_of_a_month_is_known_in_its_language(
    locale: str, width: Literal["abbreviated", "wide"], context: Literal["format", "stand-alone"]
) -> None:
    for month, name in get_month_names(width, context, locale).items():
        assert month_of_word(name, locale) == month
        assert month_of_word(unicodedata.normalize("NFD", name.upper()), locale) == month


def test_a_month_may_be_begun_where_one_alone_begins_so() -> None:
    assert month_of_word("fév", "fr") == 2
    assert month_of_word("octob", None) == 10
    assert month_of_word("jui", "fr") is None
    assert month_of_word("ja", "fr") is None
    assert month_of_word("März", "xx_unknown") == 3


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False)


@st.composite
def sums(draw: st.DrawFn, locale: str | None, depth: int = 3) -> tuple[str, Fraction]:
    """Draw a formula and what it comes to."""
    if not depth or draw(st.booleans()):
        number = draw(NUMBERS)
        return format_number(number, locale, grouping=draw(st.booleans())), Fraction(number)
    (left, first), (right, second) = draw(sums(locale, depth - 1)), draw(sums(locale, depth - 1))
    sign = draw(st.sampled_from("+-*/" if second else "+-*"))
    result = {"+": first + second, "-": first - second, "*": first * second}.get(sign)
    return f"({left}{draw(st.sampled_from(['', ' ']))}{sign}{right})", first / second if result is None else result


@settings(max_examples=300)
@given(st.data(), st.sampled_from(LOCALES))
def test_formulas_come_to_what_fractions_come_to(data: st.DataObject, locale: str | None) -> None:
    text, result = data.draw(sums(locale).filter(lambda drawn: len(drawn[0]) <= 200))
    assert evaluate("=" + text, locale) == result


@given(st.integers(0, 10**6), st.integers(1, 10**4))
def test_a_result_is_rounded_half_to_even_to_the_decimals_of_its_field(top: int, bottom: int) -> None:
    field = declare("a", "A", Energy(), "Help.")
    assert parse_typed(field, f"={top}/{bottom}", None) == round(Fraction(top, bottom) * 10**6)


@given(NUMBERS, st.sampled_from(["k", "K", "M"]), st.sampled_from(LOCALES))
def test_shortened_numbers_are_exact(number: Decimal, letter: str, locale: str | None) -> None:
    written = format_number(number, locale)
    assert parse_amount(written + letter, locale) == number * (10**6 if letter == "M" else 1_000)


def outcome(field: Field, text: str, locale: str | None) -> Value | InvalidValueError:
    """Return the value or the refusal; anything else that is raised fails the test."""
    try:
        return parse_typed(field, text, locale)
    except InvalidValueError as refusal:
        return refusal


KINDS: tuple[Fixed, ...] = (Mass(), Percent())
TYPED = st.text(st.sampled_from("0123456789.,'’ +-*/()=kKMt%eE−×") | st.characters(), max_size=30) | st.from_regex(
    r"=[0-9+*/().,kM -]{1,60}", fullmatch=True
)


@settings(max_examples=200)
@given(text=TYPED, locale=st.sampled_from(LOCALES))
@example(text="=" + "(" * 199, locale=None)
@example(text="=" + "-" * 198 + "1", locale=None)
@example(text="=1e999*" * 20 + "1e999", locale=None)
@example(text="=\x00", locale=None)
@example(text="\ud800k", locale="en")
@example(text="=" + "9" * 190, locale="en")
@example(text=" " * 5_000 + "3" + " " * 5_000 + "/" + " " * 5_000, locale="en")
@example(text="3" + " " * 5_000 + "x", locale="en")
@example(text="1" * 5_000 + "k", locale="en")
def test_whatever_is_typed_is_read_or_refused(text: str, locale: str | None) -> None:
    for table in TABLES.values():
        for field in table.fields:
            found = outcome(field, text, locale)
            if not isinstance(found, InvalidValueError):
                field.check(found)
