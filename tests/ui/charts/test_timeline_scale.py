"""Days become pixels and come back; zoom keeps the day under the pointer; names are as dense as they fit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.units import Month
from ui.charts.timeline_scale import EARLIEST, LATEST, LEAST_DAYS, TimeScale

FIRST, LAST = date(2020, 1, 1).toordinal(), date(2040, 1, 1).toordinal()


def scale(low: date, high: date, width: float = 1_000.0) -> TimeScale:
    return TimeScale(low.toordinal(), high.toordinal(), width, FIRST, LAST)


YEARS = scale(date(2025, 1, 1), date(2032, 1, 1))


@given(days=st.integers(0, 7_000), width=st.floats(100, 4_000))
def test_a_day_comes_back_from_its_middle_pixel(days: int, width: float) -> None:
    day, whole = date.fromordinal(FIRST + days), scale(date(2020, 1, 1), date(2040, 1, 1), width)
    assert whole.day_at(whole.x_of(day) + whole.px_per_day / 2) == day


@given(factor=st.floats(0.05, 20), x=st.floats(0, 1_000), pan=st.floats(-9_000, 9_000))
def test_zoom_and_pan_stay_inside_the_limits(factor: float, x: float, pan: float) -> None:
    moved = YEARS.zoomed(factor, x).panned(pan)
    assert moved.first - 1e-6 <= moved.low < moved.high <= moved.last + 1e-6
    assert moved.high - moved.low >= LEAST_DAYS - 1e-6


@given(factor=st.floats(0.3, 1.5), x=st.floats(0, 1_000))
def test_zoom_keeps_the_day_under_the_pointer(factor: float, x: float) -> None:
    assert YEARS.zoomed(factor, x).at(x) == pytest.approx(YEARS.at(x))


def test_an_end_snaps_to_the_nearest_month() -> None:
    for day, month in ((date(2027, 3, 1), 3), (date(2027, 3, 12), 3), (date(2027, 3, 20), 4), (date(2027, 2, 20), 3)):
        assert YEARS.edge_at(YEARS.x_of(day)) == Month.of(2027, month)


def test_beyond_what_a_plan_holds_is_its_last_day() -> None:
    assert YEARS.day_at(1e9) == LATEST
    assert YEARS.day_at(-1e9) == EARLIEST
    assert YEARS.edge_at(1e9) == Month.of(2199, 12)


@pytest.mark.parametrize(
    ("low", "high", "parts", "years"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), ["Jan", "Feb", "Mar"], ["2026"]),
        (date(2026, 2, 10), date(2029, 1, 1), ["Q1", "Q2", "Q3"], ["2026", "2027", "2028"]),
        (date(2025, 1, 1), date(2039, 1, 1), [], ["2025", "2026", "2027"]),
        (date(2020, 1, 1), date(2040, 1, 1), [], ["2020", "2021", "2022"]),
    ],
)
def test_names_are_as_dense_as_they_fit(low: date, high: date, parts: list[str], years: list[str]) -> None:
    shown = scale(low, high)
    assert [tick.name for tick in shown.parts()][:3] == parts
    assert [tick.name for tick in shown.years()][:3] == years
    assert shown.years()[0].low <= shown.low


def test_narrow_years_are_named_now_and_then() -> None:
    named = [tick.name for tick in scale(date(2020, 1, 1), date(2040, 1, 1), 300).years() if tick.name]
    assert named[:3] == ["2020", "2025", "2030"]
