"""A ramp-up never rises above the full volume, never falls back, and is exact to the kilogram."""

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis.terms.ramp import Shape, contract_years, format_percents, parse_percents, ramp
from planner.errors import InvalidValueError
from planner.model import Contract
from planner.units import Month

MASSES = st.integers(0, 10**12)
SHARES = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=8)


def term(start: Month, end: Month) -> Contract:
    return Contract(reference="C1", supplier="A", buyer="B", stage="signed", start_month=start, end_month=end)


@pytest.mark.parametrize(
    ("shape", "ramp_years", "percents", "tonnes"),
    [
        ("flat", 3, (), (5_000, 5_000, 5_000, 5_000, 5_000)),
        ("linear", 4, (), (1_250, 2_500, 3_750, 5_000, 5_000)),
        ("linear", 0, (), (5_000,) * 5),
        ("s-curve", 4, (), (781.25, 2_500, 4_218.75, 5_000, 5_000)),
        ("percent", 9, (200_000, 500_000, 800_000, 1_000_000), (1_000, 2_500, 4_000, 5_000, 5_000)),
        ("percent", 1, (500_000,), (2_500,) * 5),
        ("percent", 1, (), (5_000,) * 5),
    ],
)
def test_the_shapes(shape: Shape, ramp_years: int, percents: tuple[int, ...], tonnes: Sequence[float]) -> None:
    assert ramp(shape, 5_000_000, [12] * 5, ramp_years, percents) == tuple(round(each * 1_000) for each in tonnes)


@given(MASSES, st.integers(0, 50), st.integers(0, 60), st.sampled_from(("flat", "linear", "s-curve")))
def test_a_shape_rises_to_the_full_volume_and_stays(full_kg: int, years: int, ramp_years: int, shape: Shape) -> None:
    found = ramp(shape, full_kg, [12] * years, ramp_years)
    assert len(found) == years
    assert list(found) == sorted(found)
    assert all(type(each) is int and 0 <= each <= full_kg for each in found)
    assert all(each == full_kg for each in found[max(0, ramp_years - 1) :])


@given(MASSES, st.integers(1, 50), SHARES)
def test_each_year_has_its_share_and_the_last_one_holds(full_kg: int, years: int, percents: list[int]) -> None:
    found = ramp("percent", full_kg, [12] * years, 1, percents)
    shares = [percents[min(year, len(percents) - 1)] for year in range(years)]
    pairs = zip(found, shares, strict=True)
    assert all(abs(kg - Fraction(full_kg * share, 1_000_000)) <= Fraction(1, 2) for kg, share in pairs)
    assert all(0 <= kg <= full_kg for kg in found)


@given(MASSES, st.integers(1, 30))
def test_an_s_curve_is_below_the_line_first_and_above_it_last(full_kg: int, ramp_years: int) -> None:
    line, curve = (ramp(shape, full_kg, [12] * ramp_years, ramp_years) for shape in ("linear", "s-curve"))
    for year, (straight, curved) in enumerate(zip(line, curve, strict=True), start=1):
        assert curved <= straight if 2 * year <= ramp_years else curved >= straight


@given(SHARES, st.sampled_from((None, "en_GB", "fr_FR", "de_DE")))
def test_shares_are_read_as_they_are_written(percents: list[int], locale: str | None) -> None:
    assert parse_percents(format_percents(percents, locale), locale) == tuple(percents)


@pytest.mark.parametrize("text", ["20/50/80/100", " 20 % / 50 % / 80 % / 100 % ", "20;50;80;100", "20 50 80 100"])
def test_shares_as_people_write_them(text: str) -> None:
    assert parse_percents(text) == (200_000, 500_000, 800_000, 1_000_000)


@pytest.mark.parametrize("text", ["", " / ", "20/110", "-5", "half", "20/50/x"])
def test_what_is_no_share_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidValueError, match="write the share of each year, as 20/50/80/100"):
        parse_percents(text)


def test_shares_of_a_program_are_checked() -> None:
    with pytest.raises(ValueError, match="are not shares in ppm"):
        ramp("percent", 1, [12], 1, (1_000_001,))


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        (Month.of(2025, 1), Month.of(2026, 12), {2025: 12, 2026: 12}),
        (Month.of(2025, 7), Month.of(2026, 9), {2025: 12, 2026: 3}),
        (Month.of(2025, 7), Month.of(2027, 6), {2025: 12, 2026: 12}),
        (Month.of(2025, 7), Month.of(2025, 9), {2025: 3}),
        (Month.of(2199, 12), Month.of(2199, 12), {2199: 1}),
    ],
)
def test_the_contract_years_of_a_term(start: Month, end: Month, years: dict[int, int]) -> None:
    assert contract_years(term(start, end)) == years


@given(st.integers(0, 599), st.integers(0, 100))
def test_the_contract_years_share_out_the_months_of_the_term(length: int, start: int) -> None:
    first = Month.of(2000, 1).plus(start)
    years = contract_years(term(first, first.plus(length)))
    assert sum(years.values()) == length + 1
    assert list(years) == list(range(first.year, first.year + len(years)))


def test_a_short_contract_year_gets_the_share_of_its_months() -> None:
    assert ramp("flat", 1_200, (12, 3, 1), 1) == (1_200, 300, 100)
    assert ramp("flat", 1_000, (1,), 1) == (83,)
    # Rounded once: half of 1 kg in a first year of six months is a quarter.
    assert ramp("linear", 1, (6, 12), 2) == (0, 1)
