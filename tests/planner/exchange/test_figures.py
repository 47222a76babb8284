"""Numbers in any form that people and programs write: what was written is what is read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.figures import figure_in
from planner.fields.numbers import decimal_mark, format_number

SPACES = (" ", "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}")
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=3)
SIGNS = ("-{}", "{}-", "({})", "− {}", "- {}", "\N{MINUS SIGN}{}", "{} -")
BESIDE = ("{}", " {} ", "{} kg", "{}kt", "{} %", "€ {}", "{} €", "$ {}", "USD {}", "{} t Co")


def written(number: Decimal, locale: str | None, group: str) -> str:
    """Write a number without sign, grouped."""
    return f"{abs(number):,}".replace(",", "_").replace(".", decimal_mark(locale)).replace("_", group)


@given(number=NUMBERS, locale=st.sampled_from([None, "fr", "de"]), data=st.data())
def test_a_number_is_read_as_it_was_written(number: Decimal, locale: str | None, data: st.DataObject) -> None:
    other = "," if locale is None else "."
    # A group of points or commas is known by the decimal mark that follows it.
    group = data.draw(st.sampled_from([*SPACES, "'", "’", "", other]))
    text = written(number, locale, group)
    signed = data.draw(st.sampled_from(SIGNS)).format(text) if number.is_signed() else text
    figure = figure_in(data.draw(st.sampled_from(BESIDE)).format(signed))
    assert figure is not None
    assert figure.number(locale) == number


@pytest.mark.parametrize(
    ("text", "unit", "currency"),
    [
        ("5 kt", "kt", ""),
        ("1.200 kg", "kg", ""),
        ("12 t Co", "t Co", ""),
        ("5,5 %", "%", ""),
        ("€ 5", "", "€"),
        ("5 EUR", "", "EUR"),
        ("-$5", "", "$"),
        ("$-5", "", "$"),
        ("(5) kt", "kt", ""),
        ("5 USD/t", "USD/t", ""),
        ("1e3", "", ""),
        ("1,5E+03 t", "t", ""),
    ],
)
def test_what_stands_beside_a_number_is_its_unit_or_its_currency(text: str, unit: str, currency: str) -> None:
    figure = figure_in(text)
    assert figure is not None
    assert (figure.unit, figure.currency) == (unit, currency)


@pytest.mark.parametrize(
    "text",
    ["", "x", "5-3", "--5", "(-5)", "+5-", "5 (est.)", "#N/A", "5;6", "€ 5 $ 6", "1" * 200, "=5", "12/2025", "€"],
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert figure_in(text) is None


@pytest.mark.parametrize("text", ["1.250.5", "1,250,5", "1,25.0", "1 25", "12 34 567", "1.250,5", "1,2,3"])
def test_marks_that_do_not_group_are_refused(text: str) -> None:
    figure = figure_in(text)
    assert figure is not None
    with pytest.raises(ValueError, match="is not a number"):
        figure.number(None)


@given(number=NUMBERS, locale=st.sampled_from(["en", "fr", "de", "de_CH", "sv", "pt", "it"]))
def test_what_the_program_writes_for_people_is_read(number: Decimal, locale: str) -> None:
    figure = figure_in(format_number(number, locale, grouping=True))
    assert figure is not None
    assert figure.number(locale) == number
