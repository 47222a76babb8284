"""What a contract year allows, worked out by hand, and the sentences about it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.terms.limits import Verdict, YearLimits, year_limits
from planner.fields.numbers import format_number
from planner.model import Contract, Line, Volume
from planner.units import Month

APRIL = Month.of(2025, 4)
CONTRACT = Contract(
    reference="C1", supplier="S", buyer="B", stage="signed", start_month=APRIL, end_month=Month.of(2028, 6)
)
LINE = Line(
    contract="C1",
    line=1,
    material="Co",
    flexibility_down_ppm=100_000,
    flexibility_up_ppm=100_000,
    take_or_pay_ppm=800_000,
)
AGREED = 5_000_000
SPAN = "Contract year 2027 (2027-04 to 2028-03)"


def english(number: Decimal) -> str:
    return format_number(number, "en", grouping=True)


def limits(kg: int, year: int = 2027, line: Line = LINE, option: int = 0) -> YearLimits:
    volume = Volume(contract="C1", line=1, year=year, agreed_kg=AGREED, option_kg=option)
    first = Month.of(year, 4)
    # A month before the contract year counts for nothing.
    return year_limits(CONTRACT, line, volume, {first: kg, first.plus(-1): 9})


@pytest.mark.parametrize(
    ("kg", "verdict", "sentence"),
    [
        (
            5_600_000,
            Verdict.OVER,
            "Contract year 2027 (2027-04 to 2028-03): 5,600 t planned, at most 5,500 t (agreed 5,000 t + 10 %)",
        ),
        (
            5_500_000,
            Verdict.WITHIN,
            f"{SPAN}: 5,500 t planned, agreed 5,000 t (4,500 t to 5,500 t, take-or-pay 4,000 t)",
        ),
        (
            4_499_999,
            Verdict.BELOW,
            "Contract year 2027 (2027-04 to 2028-03): 4,499.999 t planned, at least 4,500 t (agreed 5,000 t − 10 %)",
        ),
        (
            3_900_000,
            Verdict.BELOW_TAKE_OR_PAY,
            f"{SPAN}: 3,900 t planned: 100 t below take-or-pay, which is paid for anyway (4,000 t)",
        ),
    ],
)
def test_a_year_is_judged_by_its_limits(kg: int, verdict: Verdict, sentence: str) -> None:
    found = limits(kg)
    assert (found.low_kg, found.high_kg, found.take_or_pay_kg) == (4_500_000, 5_500_000, 4_000_000)
    assert (found.planned_kg, found.verdict) == (kg, verdict)
    assert found.sentence(english) == sentence


def test_a_year_without_flexibility_is_kept_to_the_kilogram() -> None:
    bare = Line(contract="C1", line=1, material="Co")
    assert limits(AGREED, line=bare).sentence(english).endswith("5,000 t planned, as agreed")
    assert limits(AGREED - 1, line=bare).verdict == Verdict.BELOW
    over = limits(AGREED + 1, line=bare, option=250_500)
    assert over.verdict == Verdict.OVER
    assert over.sentence(english).endswith(
        "5,000.001 t planned, at most 5,000 t (agreed 5,000 t); an option of 250.5 t can be called"
    )


def test_the_last_year_has_the_months_of_the_term_alone() -> None:
    last = limits(5_000_000, year=2028)
    assert (last.months[0], last.months[-1]) == (Month.of(2028, 4), Month.of(2028, 6))
    assert last.sentence(english).startswith("Contract year 2028 (2028-04 to 2028-06): 5,000 t planned")


def test_a_year_outside_the_term_is_not_judged() -> None:
    beyond = limits(5_000_000, year=2029)
    assert (beyond.months, beyond.planned_kg, beyond.verdict) == ((), 0, Verdict.NONE)
    assert beyond.sentence(english) == ""


@given(
    agreed=st.integers(0, 10**12),
    down=st.integers(0, 1_000_000),
    up=st.integers(0, 1_000_000),
    paid=st.integers(0, 1_000_000),
    planned=st.integers(0, 3 * 10**12),
)
def test_limits_enclose_what_is_agreed(agreed: int, down: int, up: int, paid: int, planned: int) -> None:
    found = YearLimits(2027, (APRIL,), agreed, 0, planned, down, up, paid)
    assert 0 <= found.low_kg <= agreed <= found.high_kg
    assert 0 <= found.take_or_pay_kg <= agreed
    # The limits themselves are exact: a kilogram more or less would break them.
    assert found.low_kg * 1_000_000 >= agreed * (1_000_000 - down) > (found.low_kg - 1) * 1_000_000
    assert found.high_kg * 1_000_000 <= agreed * (1_000_000 + up) < (found.high_kg + 1) * 1_000_000
    assert (found.verdict == Verdict.OVER) == (planned > found.high_kg)
    assert (found.verdict == Verdict.BELOW_TAKE_OR_PAY) == (planned < found.take_or_pay_kg)
    assert found.sentence(english).startswith("Contract year 2027 (2025-04): ")
