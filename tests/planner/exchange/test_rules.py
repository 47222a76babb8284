"""Cells read by the rules of their column: whatever a field writes is read back, units are converted exactly."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InvalidValueError
from planner.exchange.measures import unit_of
from planner.exchange.rules import Contained, ReadingRules
from planner.fields import Field
from planner.model import TABLES
from planner.units import Basis
from tests.strategies import values

FIELDS = [field for table in TABLES.values() for field in table.fields]
QUANTITY = TABLES["deliveries"].fields[3]
ENERGY = TABLES["demand"].fields[2]
PRICE = TABLES["index_prices"].fields[2]
FRACTION = TABLES["materials"].fields[4]
LOCALES = st.sampled_from([None, "en", "fr", "de", "de_CH"])


@given(field=st.sampled_from(FIELDS), locale=LOCALES, order=st.sampled_from(["dmy", "mdy", "ymd"]), data=st.data())
def test_what_a_field_writes_is_read_back_by_any_rules(
    field: Field, locale: str | None, order: str, data: st.DataObject
) -> None:
    value = data.draw(values(field.kind))
    rules = ReadingRules(locale, order)  # type: ignore[arg-type] # drawn from the three
    text = field.format(value, locale)
    # A text that begins with an apostrophe is one that was guarded against being a formula.
    if text and not text.startswith("'"):
        assert rules.parse(field, text) == field.parse(text, locale)


@given(
    kg=st.integers(0, 10**12),
    text=st.sampled_from(["t", "kt", "kg"]),
    locale=st.sampled_from([None, "fr", "de"]),
    in_cell=st.booleans(),
)
def test_a_mass_in_any_metric_unit_is_read_exactly(kg: int, text: str, locale: str | None, in_cell: bool) -> None:
    number = Decimal(kg).scaleb({"t": -3, "kt": -6, "kg": 0}[text])
    written = f"{number:f}".replace(".", "." if locale is None else ",")
    unit = None if in_cell else unit_of(text, QUANTITY.kind)
    cell = f"{written} {text}" if in_cell else written
    assert ReadingRules(locale, unit=unit).parse(QUANTITY, cell) == kg


@given(pounds=st.integers(0, 10**9))
def test_pounds_are_read_to_the_nearest_kilogram(pounds: int) -> None:
    found = ReadingRules().parse(QUANTITY, f"{pounds} lb")
    assert isinstance(found, int)
    assert abs(found - pounds * Fraction("0.45359237")) <= Fraction(1, 2)


@given(kwh=st.integers(0, 10**12), text=st.sampled_from(["GWh", "MWh", "kWh"]))
def test_energy_is_read_in_any_unit(kwh: int, text: str) -> None:
    number = Decimal(kwh).scaleb({"GWh": -6, "MWh": -3, "kWh": 0}[text])
    assert ReadingRules().parse(ENERGY, f"{number:f} {text}") == kwh


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        (QUANTITY, "0.4 kg", "0.4 kg is finer than 0.001 t, the step of the field"),
        (QUANTITY, "5 pieces", "'pieces' is no unit of quantity_t; give it in t, kt, kg or lb"),
        (QUANTITY, "5 Mt", "Mt is a million tonnes for some and a metric tonne for others; write kt or t"),
        (QUANTITY, "5 GWh", "'GWh' is no unit of quantity_t; give it in t, kt, kg or lb"),
        (QUANTITY, "€ 5", "€ is a currency, and quantity_t is no amount of money"),
        (QUANTITY, "(5)", "-5 lies outside 0 to 1000000000 t"),
        (QUANTITY, "9999999 kt", "9999999 kt lies outside 0 to 1000000000 t"),
        (QUANTITY, "1e99 kt", "it is far too large a number"),
        (QUANTITY, "#N/A", "'#N/A' is not a number; write it as 1250.5"),
        (PRICE, "5 USD/lb", "'USD/lb' is no unit of price; write the number alone"),
        (PRICE, "5 pieces", "'pieces' is no unit of price; write the number alone"),
        (QUANTITY, " ", "it is empty, and it must be filled in"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(field: Field, text: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        ReadingRules().parse(field, text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (PRICE, "€ 1250.5", 12_505_000),
        (PRICE, "1250.5 USD", 12_505_000),
        (PRICE, "$1,250.50", 12_505_000),
        (FRACTION, "20.966 %", 209_660),
        (FRACTION, "0.20966", 209_660),
        (TABLES["lines"].fields[1], "00010", 10),
        (TABLES["lines"].fields[1], "10.0", 10),
        (TABLES["volumes"].fields[2], "2 027", 2027),
    ],
)
def test_other_forms_are_read(field: Field, text: str, value: int) -> None:
    assert ReadingRules().parse(field, text) == value


def test_a_quantity_that_says_what_it_counts_waits_for_its_row() -> None:
    assert ReadingRules().parse(QUANTITY, "5 t Co") == Contained(
        Fraction(5_000), Basis.METAL, "Co", "5 t Co", exact=True
    )


def test_a_column_that_cannot_be_read_refuses_its_numbers_and_no_empty_cell() -> None:
    rules = ReadingRules(refusal="the heading gives it in GWh")
    with pytest.raises(InvalidValueError, match="the heading gives it in GWh"):
        rules.parse(QUANTITY, "5")
    assert rules.parse(TABLES["volumes"].fields[4], "") == 0
