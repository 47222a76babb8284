"""A filter passes the rows that a person means by it, and says how one is written where it is none."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from planner.errors import InvalidValueError
from planner.fields import Field, Value
from planner.fields.kinds import Choice, DateKind, LineNumber, MonthKind
from planner.fields.quantities import Fixed
from planner.model import TABLES
from planner.sheet import parse_filter
from planner.sheet.filters import plain
from planner.units import Month
from tests.planner.sheet.sheets import column_of
from tests.strategies import near_values

FIELDS = [field for table in TABLES.values() for field in table.fields]
NUMBERS = [field for field in FIELDS if isinstance(field.kind, Fixed | LineNumber | MonthKind | DateKind)]
SIGNS: dict[str, Callable[[Value, Value], bool]] = {
    ">": lambda value, bound: value > bound,  # type: ignore[operator]  # of one field
    ">=": lambda value, bound: value >= bound,  # type: ignore[operator]  # of one field
    "<": lambda value, bound: value < bound,  # type: ignore[operator]  # of one field
    "<=": lambda value, bound: value <= bound,  # type: ignore[operator]  # of one field
    "=": lambda value, bound: value == bound,
    "": lambda value, bound: value == bound,
}
LOCALES = st.sampled_from(("en", "fr", "de_CH", None))


def named(table: str, name: str) -> Field:
    field = TABLES[table].field(name)
    assert field is not None
    return field


def passing(text: str, field: Field, values: list[Value], locale: str | None = "en") -> list[Value]:
    """Return the values that pass a filter."""
    holds = parse_filter(text, field, locale).holds(column_of(field, values))
    return [value for value, passes in zip(values, holds.tolist(), strict=True) if passes]


def values_of(field: Field) -> st.SearchStrategy[list[Value]]:
    return st.lists(near_values(field) if field.required else near_values(field) | st.just(field.default))


@given(st.data())
def test_comparisons_ranges_and_alternatives_are_those_of_the_values(data: DataObject) -> None:
    field = data.draw(st.sampled_from(NUMBERS))
    values, locale = data.draw(values_of(field)), data.draw(LOCALES)
    full = [value for value in values if value is not None]
    first, second = (data.draw(near_values(field).filter(lambda value: value is not None)) for _ in range(2))
    low, high = sorted((first, second))  # type: ignore[type-var]  # of one field
    one, other = (field.format(bound, locale) for bound in (low, high))
    sign = data.draw(st.sampled_from(sorted(SIGNS)))
    assert passing(f"{sign}{one}", field, values, locale) == [v for v in full if SIGNS[sign](v, low)]
    assert passing(f"<>{one}", field, values, locale) == [v for v in values if v != low]
    assert passing(f"{one}..{other}", field, values, locale) == [v for v in full if low <= v <= high]  # type: ignore[operator]  # of one field
    assert passing(f"{one} | {other}", field, values, locale) == [v for v in full if v in {low, high}]
    assert passing(f"{one}, {other}", field, values, locale) == [v for v in full if v in {low, high}]
    assert passing(f"not {one}, {other}", field, values, locale) == [v for v in values if v not in {low, high}]


@given(st.data())
def test_texts_contain_what_is_written_whatever_its_case(data: DataObject) -> None:
    field = data.draw(st.sampled_from([f for f in FIELDS if f.kind.name in {"text", "code", "reference"}]))
    values = data.draw(values_of(field))
    text = data.draw(st.sampled_from("ABCfirsonte"))
    holding = [value for value in values if value and plain(text) in plain(str(value))]
    assert passing(text.swapcase(), field, values) == holding
    assert passing(f"!{text}", field, values) == [value for value in values if value not in holding]


@given(st.data())
def test_empty_is_what_is_not_filled_in(data: DataObject) -> None:
    field = data.draw(st.sampled_from(FIELDS))
    values = data.draw(values_of(field))
    assert passing("empty", field, values) == [value for value in values if value in {None, ""}]
    assert passing("Not Empty", field, values) == [value for value in values if value not in {None, ""}]


@given(st.data())
def test_a_choice_is_known_by_word_and_title(data: DataObject) -> None:
    field = data.draw(st.sampled_from([field for field in FIELDS if isinstance(field.kind, Choice)]))
    assert isinstance(field.kind, Choice)
    values = data.draw(values_of(field))
    word, title = data.draw(st.sampled_from(field.kind.words))
    for name in (word, title, title.upper()):
        assert passing(f"={name}", field, values) == [value for value in values if value == word]
        assert set(passing(name, field, values)) >= {value for value in values if value == word}
        assert passing(f"<>{name}", field, values) == [value for value in values if value != word]


@given(st.sampled_from(FIELDS), st.text(), LOCALES)
def test_any_text_is_a_filter_or_is_told_how_one_is_written(field: Field, text: str, locale: str | None) -> None:
    values: list[Value] = [] if field.required else [field.default]
    try:
        found = parse_filter(text, field, locale)
    except InvalidValueError as error:
        said = error.reason
    else:
        said = "; write a filter like nothing else"
        assert found.holds(column_of(field, values)).shape == (len(values),)
    assert "; write a filter like " in said


MONTHS: list[Value] = [Month.of(2026, 12), Month.of(2027, 1), Month.of(2027, 3), Month.of(2027, 12), Month.of(2028, 7)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("2027", [1, 2, 3]),
        ("=2027", [1, 2, 3]),
        (">2027", [4]),
        (">=2027", [1, 2, 3, 4]),
        ("<2027", [0]),
        ("<=2027", [0, 1, 2, 3]),
        ("<>2027", [0, 4]),
        ("2027-03..2028", [2, 3, 4]),
        ("2027-03..", [2, 3, 4]),
        ("..2027-01", [0, 1]),
        ("12/2026, 2028", [0, 4]),
        ("march 2027", [2]),
    ],
)
def test_a_year_means_all_of_its_months_and_days(text: str, places: list[int]) -> None:
    month, day = named("deliveries", "month"), named("milestones", "due")
    assert passing(text, month, MONTHS) == [MONTHS[at] for at in places]
    days: list[Value] = [date(m.year, m.month, 15) for m in MONTHS if isinstance(m, Month)]
    assert passing(text, day, days) == [days[at] for at in places]


def test_a_day_is_a_day() -> None:
    days: list[Value] = [date(2027, 3, 14), date(2027, 3, 15), date(2027, 3, 16), None]
    due = named("milestones", "due")
    assert passing("15/03/2027", due, days) == [days[1]]
    assert passing(">2027-03-15 | empty", due, days) == [days[2], None]
    assert passing("..2027-03-15", due, days) == days[:2]


def test_commas_separate_where_they_are_no_decimal_mark() -> None:
    quantity = named("deliveries", "quantity_t")
    values: list[Value] = [1_500, 2_500, 1_000, 5_000]
    assert passing("1,5", quantity, values, "fr") == [1_500]
    assert passing("1,5, 2,5", quantity, values, "fr") == [1_500, 2_500]
    assert passing("1.5;5", quantity, values, "en") == [1_500, 5_000]


def test_quotes_mean_the_whole_text_and_hide_what_separates() -> None:
    name, note = named("materials", "name"), named("materials", "note")
    values: list[Value] = ["Cobalt", "cobalt", "Cobalt | nickel", "Éclat"]
    assert passing('"Cobalt"', name, values) == ["Cobalt"]
    assert passing("=cobalt", name, values) == ["Cobalt", "cobalt"]
    assert passing('"Cobalt | nickel"', name, values) == ["Cobalt | nickel"]
    assert passing("eclat", name, values) == ["Éclat"]
    assert passing("a, b", note, ["a, b", "a"]) == ["a, b"]


def test_codes_are_compared_as_words() -> None:
    code = named("organisations", "code")
    values: list[Value] = ["Alpha", "beta", "Gamma"]
    assert passing(">a", code, values) == ["beta", "Gamma"]
    assert passing("<=b", code, values) == ["Alpha", "beta"]
    assert passing("a..b", code, values) == ["Alpha", "beta"]
    assert passing("alpha, gam", code, values) == ["Alpha", "Gamma"]


@pytest.mark.parametrize(
    ("table", "name", "text", "reason"),
    [
        ("deliveries", "quantity_t", "lots", "is not a number"),
        ("deliveries", "quantity_t", ">", "missing"),
        ("deliveries", "quantity_t", "7..5", "ends before it begins"),
        ("deliveries", "quantity_t", "1..2..3", "is not a range"),
        ("deliveries", "quantity_t", "", "missing"),
        ("deliveries", "month", "1815", "the year must lie"),
        ("deliveries", "month", "later", "is not a month"),
        ("deliveries", "status", "lost", "is none of Planned, Confirmed, Received"),
        ("deliveries", "status", ">planned", "no meaning"),
        ("materials", "name", "=", "missing after ="),
        ("materials", "name", "not", ""),
    ],
)
def test_what_is_no_filter_is_refused_with_examples(table: str, name: str, text: str, reason: str) -> None:
    if not reason:
        assert passing(text, named(table, name), ["A knot", "A bow"]) == ["A knot"]
        return
    with pytest.raises(InvalidValueError, match=reason) as refused:
        parse_filter(text, named(table, name), "en")
    assert "; write a filter like " in refused.value.reason


@pytest.mark.parametrize("text", ["!" * 501, "not " * 200 + "empty", "a|" * 300])
def test_a_filter_of_endless_length_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="at most 500"):
        parse_filter(text, FIELDS[0], None)
