"""The volumes of a line are recognised as the ramp-up that gives them, and a year that is typed stays as typed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.terms.agreed import AgreedLine
from planner.analysis.terms.ramp import Shape

SEVEN = dict.fromkeys(range(2027, 2034), 12)
SHORT_END = {2027: 12, 2028: 12, 2029: 3}
SHAPES = st.sampled_from(("flat", "linear", "s-curve", "percent"))
SHARES = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=7)


def test_nothing_is_agreed_before_somebody_says_so() -> None:
    assert AgreedLine().years(SEVEN) == dict.fromkeys(SEVEN)
    assert AgreedLine.of_volumes({}, SEVEN).years(SEVEN) == dict.fromkeys(SEVEN)


def test_a_year_that_is_typed_stays_when_the_ramp_up_changes() -> None:
    line = AgreedLine(5_000_000, "linear", 5, typed={2028: 7})
    assert line.years(SEVEN)[2027] == 1_000_000
    assert line.years(SEVEN)[2028] == 7
    assert replace(line, full_kg=1_000_000).years(SEVEN)[2028] == 7
    assert replace(line, typed={}).years(SEVEN)[2028] == 2_000_000


def test_a_short_last_year_has_the_share_of_its_months() -> None:
    assert AgreedLine(1_200).years(SHORT_END) == {2027: 1_200, 2028: 1_200, 2029: 300}


@given(st.integers(0, 10**12), SHAPES, st.integers(1, 7), SHARES, st.sampled_from((SEVEN, SHORT_END)))
def test_volumes_come_back_from_whatever_they_are_recognised_as(
    full_kg: int, shape: Shape, ramp_years: int, percents: list[int], months: dict[int, int]
) -> None:
    made = AgreedLine(full_kg, shape, ramp_years, tuple(percents)).years(months)
    found = {year: kg for year, kg in made.items() if kg is not None}
    assert AgreedLine.of_volumes(found, months).years(months) == made


@given(st.dictionaries(st.sampled_from(list(SEVEN)), st.integers(0, 10**12)))
def test_any_volumes_come_back(found: dict[int, int]) -> None:
    years = AgreedLine.of_volumes(found, SEVEN).years(SEVEN)
    assert {year: kg for year, kg in years.items() if kg is not None} == found


@pytest.mark.parametrize(
    ("tonnes", "shape", "ramp_years"),
    [
        ((5, 5, 5, 5, 5, 5, 5), "flat", 3),
        ((1, 2, 3, 4, 4, 4, 4), "linear", 4),
        ((0.625, 2, 3.375, 4, 4, 4, 4), "s-curve", 4),
        ((1, 1, 3, 4, 4, 4, 4), "percent", 3),
    ],
)
def test_the_plainest_shape_is_recognised(tonnes: tuple[float, ...], shape: str, ramp_years: int) -> None:
    found = {year: round(t * 1_000_000) for year, t in zip(SEVEN, tonnes, strict=True)}
    line = AgreedLine.of_volumes(found, SEVEN)
    assert (line.shape, line.ramp_years, line.full_kg) == (shape, ramp_years, round(max(tonnes) * 1_000_000))


def test_years_that_no_ramp_up_gives_stand_as_they_were_found() -> None:
    found = {2027: 5, 2029: 7}
    line = AgreedLine.of_volumes(found, SEVEN)
    assert (line.full_kg, line.found) == (None, found)
    # A ramp-up that is given later takes their place.
    assert replace(line, full_kg=9).years(SEVEN) == dict.fromkeys(SEVEN, 9)
