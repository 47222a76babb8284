"""Columns read at once give what their cells give one by one, or are left to that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InvalidValueError
from planner.exchange.plain_numbers import PlainNumbers
from planner.fields import Field, Fixed, Value
from planner.model import TABLES

NUMERIC = [field for table in TABLES.values() for field in table.fields if isinstance(field.kind, Fixed)]
FIELDS = list({repr(field.kind): field for field in NUMERIC}.values())
DIGITS = st.text(st.sampled_from("0123456789"), max_size=10)
PLAIN = st.tuples(DIGITS, st.sampled_from([".", ",", ""]), DIGITS.map(lambda text: text[:7])).map("".join)
CELLS = st.lists(st.one_of(PLAIN, PLAIN, st.sampled_from(["", " 1", "1\n2", "-1", "1e3", "x", "1.", "٣"])), min_size=1)


def one_by_one(field: Field, cells: list[str], locale: str | None) -> list[Value] | None:
    try:
        return [field.parse(cell, locale) for cell in cells]
    except InvalidValueError:
        return None


@given(field=st.sampled_from(FIELDS), cells=CELLS, locale=st.sampled_from([None, "en", "fr", "de", "de_CH"]))
def test_what_is_read_at_once_is_what_is_read_one_by_one(field: Field, cells: list[str], locale: str | None) -> None:
    found = PlainNumbers(field, locale).parse(cells)
    assert found is None or found == one_by_one(field, cells, locale)


@given(field=st.sampled_from(FIELDS), drawn=st.data(), locale=st.sampled_from([None, "fr"]))
def test_plain_columns_are_read_at_once(field: Field, drawn: st.DataObject, locale: str | None) -> None:
    assert isinstance(field.kind, Fixed)
    highest = min(field.kind.highest, 10 ** (9 + field.kind.decimals) - 1)
    # A sign makes a number one that is not plain.
    values = drawn.draw(st.lists(st.integers(max(0, field.kind.lowest), highest), min_size=1))
    cells = [field.format(value, locale) for value in values]
    assert PlainNumbers(field, locale).parse(cells) == values


@pytest.mark.parametrize("cells", [["1", "1.2345"], ["1", ""], ["1000000001"], ["1\n2"], ["1 000"], ["1,5"], []])
def test_a_column_with_one_other_cell_is_left_to_its_field(cells: list[str]) -> None:
    quantity = TABLES["deliveries"].fields[3]
    assert PlainNumbers(quantity, None).parse(cells) is None


def test_fields_of_other_kinds_are_left_to_themselves() -> None:
    for field in TABLES["deliveries"].fields[:3]:
        assert PlainNumbers(field, None).parse(["1"]) is None
