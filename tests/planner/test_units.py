"""Months and sums that are split without a remainder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.units import FIRST_YEAR, LAST_YEAR, Month, spread
from tests.strategies import months


@given(months())
def test_a_month_is_read_as_it_is_written(month: Month) -> None:
    assert Month.parse(str(month)) == month
    assert Month.of(month.year, month.month) == month
    assert (f"{month}", repr(month)) == (str(month), f"Month({month})")


def test_a_month_counts_from_the_year_nought() -> None:
    assert int(Month.of(2025, 3)) == 2025 * 12 + 2
    assert Month.of(2025, 11).plus(3) == Month.of(2026, 2)
    assert Month.of(2025, 1).plus(-1) == Month.parse("2024-12")
    assert f"{Month.of(2025, 3):>9}" == "  2025-03"


@pytest.mark.parametrize(
    "text", ["2025", "2025-3", "2025-13", "2025-00", "1989-12", "2200-01", "2025-03-01", "", "٢٠٢٥-٠٣"]
)
def test_other_texts_are_no_months(text: str) -> None:
    with pytest.raises(ValueError, match=r"month|year"):
        Month.parse(text)


@pytest.mark.parametrize("number", [FIRST_YEAR * 12 - 1, (LAST_YEAR + 1) * 12, 0, -1])
def test_a_plan_holds_the_months_of_two_centuries(number: int) -> None:
    with pytest.raises(ValueError, match="the year must lie between 1990 and 2199"):
        Month(number)
    with pytest.raises(ValueError, match="between"):
        Month.of(LAST_YEAR, 12).plus(1)


@given(st.integers(0, 10**12), st.lists(st.integers(0, 9_999), max_size=24))
def test_a_sum_is_split_without_loss_and_in_proportion(total: int, weights: list[int]) -> None:
    shares = spread(total, weights)
    if not any(weights):
        assert shares == []
        return
    assert sum(shares) == total
    whole = sum(weights)
    assert all(abs(share * whole - total * weight) < whole for share, weight in zip(shares, weights, strict=True))
    assert all(share == 0 for share, weight in zip(shares, weights, strict=True) if not weight)


def test_what_is_left_over_falls_on_the_largest_remainders_the_earliest_first() -> None:
    assert spread(5, [1, 1, 1]) == [2, 2, 1]
    assert spread(10, [1, 2, 4]) == [1, 3, 6]
    assert spread(1, [0, 3, 0]) == [0, 1, 0]
    assert spread(5_000_000, [1] * 12) == [*[416_667] * 8, *[416_666] * 4]
