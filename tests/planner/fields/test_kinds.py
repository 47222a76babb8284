"""What a program gives as a value is checked as strictly as what a person writes."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InvalidValueError
from planner.fields import Field, Kind, Value, declare, folded, target_of
from planner.fields.kinds import Choice, Code, DateKind, LineNumber, MonthKind, Phasing, Reference, Symbol, Text, Year
from planner.fields.quantities import Fixed, Fraction, Mass, Percent
from planner.units import Month
from tests.strategies import FIRST

ROLE = Choice(words=(("buyer", "Buyer"), ("other", "Other party")))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Text(), 5),
        (Text(3), "long"),
        (Text(), "\ud800"),
        (Code(), ""),
        (Code(), " A"),
        (Code(), "A\u2029"),
        (Symbol(shape="[A-Z]{3}", like="USD"), "usd"),
        (Symbol(shape="[A-Z]{3}", like="USD"), "USD\n"),
        (Phasing(), "1/2"),
        (Phasing(), 5),
        (Reference(table="contracts"), 5),
        (Reference(table="contracts"), ""),
        (Reference(table="lines", part="contract"), 5),
        (LineNumber(), 0),
        (LineNumber(), True),
        (LineNumber(), "1"),
        (Year(), 1_989),
        (ROLE, "Other party"),
        (ROLE, 5),
        (MonthKind(), int(FIRST)),
        (MonthKind(), "2025-03"),
        (DateKind(), datetime(2025, 1, 1, tzinfo=UTC)),
        (DateKind(), date(9999, 1, 1)),
        (DateKind(), date(1989, 12, 31)),
        (Mass(), 1.5),
        (Mass(), True),
        (Mass(), -1),
        (Mass(), 10**12 + 1),
        (Mass(), FIRST),
        (Fraction(), 0),
        (Percent(), 1_000_001),
    ],
)
def test_values_that_do_not_fit_are_refused(kind: Kind, value: Value) -> None:
    with pytest.raises(ValueError, match=r"."):
        kind.check(value)
    with pytest.raises(InvalidValueError):
        declare("a", "A", kind, "Help.").check(value)


def test_what_is_refused_is_shown_shortened() -> None:
    with pytest.raises(ValueError, match="…") as caught:
        Mass().check("x" * 1_000)
    assert len(str(caught.value)) < 150


def test_an_empty_value_is_only_what_its_field_says() -> None:
    kind = Text()
    required = declare("a", "A", kind, "Help.").bound("a", required=True, default=None)
    optional = declare("a", "A", kind, "Help.").bound("a", required=False, default="")
    for empty in (None, ""):
        with pytest.raises(InvalidValueError, match="it is empty"):
            required.check(empty)
    optional.check("")
    with pytest.raises(InvalidValueError, match="it is empty"):
        optional.check(None)


def test_a_title_carries_its_unit() -> None:
    quantity = declare("quantity_t", "Quantity", Mass(), "Help.", also=("qté",))
    assert (quantity.heading, quantity.unit) == ("Quantity (t)", "t")
    assert declare("a", "A", Text(), "Help.").heading == "A"
    assert quantity.names() == {"quantityt", "quantity", "qte", "qtet"}


def test_a_reference_says_where_it_leads() -> None:
    assert target_of(Reference(table="lines", part="contract")) == ("lines", "contract")
    assert target_of(LineNumber(table="lines", part="line")) == ("lines", "line")
    assert [target_of(kind) for kind in (LineNumber(), Text(), Mass())] == [None] * 3


@given(st.integers(0, 10**12))
def test_tonnes_are_seen_exactly(kg: int) -> None:
    assert Mass().seen(kg) == Decimal(kg) / 1_000


def test_what_is_no_number_has_no_size() -> None:
    with pytest.raises(ValueError, match="is not a number"):
        Mass().seen("x")


def test_a_word_has_a_title() -> None:
    assert ROLE.title("other") == "Other party"


def test_weights_are_twelve() -> None:
    assert Phasing.weights("even") == (1,) * 12
    assert Phasing.weights("1/2/3/4/5/6/7/8/9/10/11/12") == tuple(range(1, 13))


def test_nothing_is_stored_and_loaded_as_nothing() -> None:
    kinds: tuple[Kind, ...] = (Text(), MonthKind(), DateKind(), Mass())
    assert [kind.load(kind.store(None)) for kind in kinds] == [None] * 4
    assert [kind.format(None, None) for kind in kinds] == [""] * 4
    assert isinstance(MonthKind().load(int(FIRST)), Month)
    assert DateKind().store(date(2025, 1, 31)) == "2025-01-31"


@given(st.text(max_size=30))
def test_names_are_compared_without_case_accents_and_signs(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(f" {text}_-.") == folded(text)


def test_accents_and_case_do_not_matter() -> None:
    assert folded("Référence (n°)") == folded("REFERENCE_N")


def test_a_plain_number_has_no_decimals() -> None:
    kind = Fixed(highest=10)
    assert kind.parse("7", None) == 7
    with pytest.raises(ValueError, match=r"7.5 has more than 0 decimals; the step is 1"):
        kind.parse("7.5", None)
    field = Field("n", "N", kind, "Help.")
    assert field.format(7) == "7"
