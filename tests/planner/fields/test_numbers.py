"""Numbers are written as babel writes them, in every locale that it knows by a language or a country of ours."""

from decimal import Decimal

import pytest
from babel.core import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InvalidValueError
from planner.fields.numbers import format_number
from planner.model import TABLES

LOCALES = (
    "en",
    "fr",
    "de",
    "de_CH",
    "de_AT",
    "es",
    "pl",
    "pt_PT",
    "sv",
    "en_IN",
    "hi",
    "ar_MA",
    "fr_MA",
    "fi",
    "ja",
    "zh",
)


@given(small=st.integers(-(10**15), 10**15), decimals=st.integers(0, 6), locale=st.sampled_from(LOCALES))
def test_a_grouped_number_is_written_as_babel_writes_it(small: int, decimals: int, locale: str) -> None:
    value = Decimal(small).scaleb(-decimals)
    whole = Locale.parse(locale).decimal_formats[None].pattern.partition(".")[0]
    expected = format_decimal(value, format=f"{whole}.#########", locale=locale, numbering_system="latn")
    assert format_number(value, locale, grouping=True) == expected


@pytest.mark.parametrize("text", ["1.000" + ".000" * 12, "1" * 400 + ".000"])
def test_a_grouped_number_of_many_digits_is_refused_or_read_and_nothing_worse(text: str) -> None:
    field = TABLES["deliveries"].fields[3]
    with pytest.raises(InvalidValueError):
        field.parse(text, "de")


@pytest.mark.parametrize("text", ["x" * 10**6, "9" * 10**6, "1." + "1" * 10**6])
def test_a_refusal_quotes_no_more_of_a_cell_than_a_sentence_bears(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        TABLES["deliveries"].fields[3].parse(text, None)
    assert len(str(caught.value)) < 250
