"""What is written is read back, in every locale; what cannot be kept exactly is refused with a sentence."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planner.errors import InvalidValueError
from planner.fields.kinds import LineNumber, Year
from planner.fields.quantities import Energy, Fixed, Fraction, Intensity, Mass, Percent
from planner.model import TABLES
from planner.units import Month
from tests.planner.fields.declared import FIELDS, field_of, mass
from tests.strategies import values

LOCALES = (None, "en", "fr", "de", "de_CH", "es", "sv", "ar")
NUMBERS = (Mass(), Energy(), Percent(), Fraction(), Intensity(), LineNumber(), Year())


@pytest.mark.parametrize(("table", "name"), FIELDS)
@settings(max_examples=25)
@given(data=st.data())
def test_each_field_reads_what_it_writes(table: str, name: str, data: st.DataObject) -> None:
    field = field_of(table, name)
    value = data.draw(values(field.kind).filter(lambda drawn: drawn != ""))
    locale = data.draw(st.sampled_from(LOCALES))
    field.check(value)
    assert field.parse(field.format(value, locale), locale) == value
    assert field.parse(f"  {field.format(value, locale)} ", locale) == value
    assert field.kind.load(field.kind.store(value)) == value
    assert type(field.kind.store(value)) in {int, str}


@settings(max_examples=300)
@given(st.sampled_from(NUMBERS), st.sampled_from(LOCALES), st.booleans(), st.data())
def test_numbers_are_read_as_they_are_written_with_and_without_groups(
    kind: Fixed | LineNumber, locale: str | None, grouping: bool, data: st.DataObject
) -> None:
    value = data.draw(st.integers(kind.lowest, kind.highest))
    assert kind.parse(kind.format(value, locale, grouping=grouping), locale) == value


@pytest.mark.parametrize(
    ("text", "locale", "kg"),
    [
        ("1250.5", None, 1_250_500),
        ("1250.5", "en", 1_250_500),
        ("1,250.5", "en", 1_250_500),
        ("1250,5", "fr", 1_250_500),
        ("1 250,5", "fr", 1_250_500),
        ("1\u202f250,5", "fr", 1_250_500),
        ("1\u00a0250,5", "fr", 1_250_500),
        ("1.250,5", "de", 1_250_500),
        ("1250,5", "de", 1_250_500),
        ("1'250.5", "de_CH", 1_250_500),
        ("1’250.5", "de_CH", 1_250_500),
        ("1.25e3", None, 1_250_000),
        ("1,25E+3", "fr", 1_250_000),
        (".5", None, 500),
        ("5.", None, 5_000),
        ("+5", None, 5_000),
        ("-0", None, 0),
        ("0.001", None, 1),
        ("1000000000", None, 10**12),
        ("0.0010000000000000000000000000000000000", None, 1),
    ],
)
def test_tonnes_are_read_as_people_and_machines_write_them(text: str, locale: str | None, kg: int) -> None:
    assert mass().parse(text, locale) == kg


@pytest.mark.parametrize(
    ("text", "locale", "sentence"),
    [
        ("0.0004", None, "0.0004 has more than 3 decimals; the step is 0.001 t"),
        ("0,0004", "fr", "0,0004 has more than 3 decimals; the step is 0,001 t"),
        ("0.5000000000000000000000000000000001", None, "has more than 3 decimals"),
        ("1000000000.0000000000000000000000000001", None, "lies outside 0 to 1000000000 t"),
        ("1e-400", None, "has more than 3 decimals"),
        ("1e400", None, "1e400 lies outside 0 to 1000000000 t"),
        ("1000000000000", None, "lies outside 0 to 1000000000 t"),
        ("1000000000.001", None, "lies outside 0 to 1000000000 t"),
        ("-1", None, "-1 lies outside"),
        ("\N{MINUS SIGN}1", "sv", "lies outside"),
        ("NaN", None, "'NaN' is not a number; write it as 1250.5"),
        ("Infinity", None, "is not a number"),
        ("-inf", "fr", "is not a number; write it as 1250,5"),
        ("sNaN", "en", "is not a number"),
        ("1,250.5", None, "is not a number"),
        ("1.250", "fr", "is not a number"),
        ("1,25", "en", "is not a number"),
        ("1,2,3", "en", "is not a number"),
        ("12,50", "de_CH", "is not a number"),
        ("1 2 3", "fr", "is not a number"),
        ("1_000", None, "is not a number"),
        ("0x10", None, "is not a number"),
        ("\N{FULLWIDTH DIGIT ONE}", None, "is not a number"),
        ("١٢", "ar", "is not a number"),
        ("5²", None, "is not a number"),
        ("5 t", None, "is not a number"),
        ("1e9999", None, "is not a number"),
        ("\ud800", None, "is not a number"),
    ],
)
def test_other_tonnes_are_refused_with_a_sentence(text: str, locale: str | None, sentence: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        mass().parse(text, locale)
    assert caught.value.field == "quantity_t"
    assert sentence in caught.value.reason
    assert str(caught.value) == f"quantity_t: {caught.value.reason}"


@pytest.mark.parametrize("text", ["", " ", "\t", "\u00a0", "\u2003"])
def test_an_empty_cell_is_refused_or_means_the_default(text: str) -> None:
    with pytest.raises(InvalidValueError, match="it is empty, and it must be filled in"):
        mass().parse(text)
    assert field_of("deliveries", "status").parse(text) == "planned"
    assert field_of("contracts", "probability_pct").parse(text) is None
    assert field_of("contracts", "note").parse(text) == ""
    assert mass().format(None) == ""


@pytest.mark.parametrize("text", ["12.5 %", "12.5%", " 12.5 "])
def test_per_cent_may_carry_its_sign(text: str) -> None:
    assert field_of("contracts", "probability_pct").parse(text) == 125_000


@pytest.mark.parametrize("text", ["100.0001", "-1", "%", "5%%", "0.00001"])
def test_per_cent_end_at_a_hundred(text: str) -> None:
    with pytest.raises(InvalidValueError):
        field_of("contracts", "probability_pct").parse(text)


@pytest.mark.parametrize(
    "text", ["2025-03", "03/2025", "3/2025", "2025-03-15", "15/03/2025", "15.03.2025", " 2025-03 "]
)
def test_a_month_is_read_from_all_forms(text: str) -> None:
    assert field_of("deliveries", "month").parse(text) == Month.of(2025, 3)


@pytest.mark.parametrize("text", ["2025-03-15", "15/03/2025", "15.03.2025"])
def test_a_day_is_read_from_all_forms(text: str) -> None:
    assert field_of("milestones", "due").parse(text) == date(2025, 3, 15)


@pytest.mark.parametrize(
    "text", ["9999-01-01", "1989-12-31", "01/01/0001", "2025-02-30", "31/13/2025", "2025", "x", "\ud800"]
)
def test_other_days_and_months_are_refused(text: str) -> None:
    for field in (field_of("milestones", "due"), field_of("deliveries", "month")):
        with pytest.raises(InvalidValueError):
            field.parse(text)


@pytest.mark.parametrize("text", ["Ramping up", "ramping_up", "RAMPING-UP", " rampíng up "])
def test_a_word_is_read_by_itself_or_by_its_title(text: str) -> None:
    assert field_of("contracts", "stage").parse(text) == "ramping_up"


def test_other_words_are_refused_with_all_that_there_are() -> None:
    with pytest.raises(InvalidValueError, match=r"'lost' is not one of planned, confirmed, received"):
        field_of("deliveries", "status").parse("lost")
    with pytest.raises(InvalidValueError, match="is not one of"):
        field_of("deliveries", "status").parse("?" * 1_000)


@pytest.mark.parametrize("text", ["1/1/1/2/2/2/1/1/1/0/0/0", "1 / 1/1/2/2/2/1/1/1/0/0/ 0"])
def test_twelve_weights_are_read(text: str) -> None:
    assert field_of("lines", "phasing").parse(text) == "1/1/1/2/2/2/1/1/1/0/0/0"
    assert field_of("lines", "phasing").parse(" EVEN ") == "even"


@pytest.mark.parametrize(
    "text",
    [
        "1/1",
        "0/" * 11 + "0",
        "1/" * 11 + "x",
        "1/" * 11 + "10000",
        "-1/" * 11 + "1",
        "odd",
        "\N{FULLWIDTH DIGIT ONE}/" * 11 + "1",
    ],
)
def test_other_weights_are_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is neither even nor twelve weights"):
        field_of("lines", "phasing").parse(text)


@pytest.mark.parametrize(
    "text",
    ["A\u200fB", "\u202eA", "A\u200b", "\ufeffA", "A\nB", "A\tB", "A\x00", "A\x85B", "A\u2028B", "\ud800", "x" * 65],
)
def test_a_code_holds_nothing_that_cannot_be_seen(text: str) -> None:
    field = field_of("contracts", "reference")
    with pytest.raises(InvalidValueError):
        field.parse(text)
    with pytest.raises(InvalidValueError):
        field.check(text)


def test_a_text_is_trimmed_and_composed_and_keeps_its_lines() -> None:
    note = field_of("contracts", "note")
    assert note.parse("  e\u0301te\u0301\r\nline\rlast ") == "été\nline\nlast"
    assert field_of("contracts", "reference").parse(" MNG-CO-2025 ") == "MNG-CO-2025"
    for bad in ("a\x00b", "\ud800", "\x1b[31m", "x" * 2_001):
        with pytest.raises(InvalidValueError):
            note.parse(bad)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("co", None),
        ("Co", "Co"),
        ("CO", None),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER C}o", None),
        ("C", "C"),
        ("Coo", None),
    ],
)
def test_an_element_is_a_capital_and_perhaps_a_small_letter(text: str, value: str | None) -> None:
    field = field_of("materials", "element")
    if value is not None:
        assert field.parse(text) == value
        return
    with pytest.raises(InvalidValueError, match="is not of the form Co, Ni or Li"):
        field.parse(text)


@pytest.mark.parametrize(
    ("text", "fits"), [("1", True), ("9999", True), ("1.0", True), ("0", False), ("10000", False), ("1.5", False)]
)
def test_a_line_has_a_whole_number(text: str, fits: bool) -> None:
    field = field_of("lines", "line")
    if fits:
        assert field.parse(text) == int(float(text))
        return
    with pytest.raises(InvalidValueError):
        field.parse(text)


ODD = st.text(
    st.sampled_from("0123456789.,'’ -+eE%/:\u202f\u00a0\N{MINUS SIGN}٠١２²½Ⅷ\u200f\u202e\ud800\x00\nNaInfty")
    | st.characters(),
    max_size=20,
)


@pytest.mark.parametrize("locale", LOCALES)
@settings(max_examples=150)
@given(text=ODD)
@example(text="²")
@example(text="1" * 5_000)
@example(text="1e+999")
@example(text="½")
def test_whatever_is_written_is_read_or_refused(locale: str | None, text: str) -> None:
    for table in TABLES.values():
        for field in table.fields:
            try:
                value = field.parse(text, locale)
            except InvalidValueError:
                continue
            field.check(value)
