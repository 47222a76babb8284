"""Axes name periods as densely as they fit, and quantities in round steps."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from tests.ui.charts.tables import months
from ui.charts.axes import LEAST_ROW_PX, PeriodAxis, QuantityAxis, labels_for, nice_step, round_values
from ui.charts.words import decimals_of, long_name, month_of, number, quarter_of, year_of

TWO_YEARS = months(24)
QUARTERS = tuple(f"{year}-Q{quarter}" for year in (2025, 2026) for quarter in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("period", "month", "quarter", "year", "long"),
    [
        ("2025-03", "Mar 25", "Q1 25", "2025", "March 2025"),
        ("2025-12", "Dec 25", "Q4 25", "2025", "December 2025"),
        ("2025-Q2", "", "Q2 25", "2025", "Q2 2025"),
        ("2025", "", "", "2025", "2025"),
    ],
)
def test_periods_have_short_and_long_names(period: str, month: str, quarter: str, year: str, long: str) -> None:
    assert (month_of(period), quarter_of(period), year_of(period), long_name(period)) == (month, quarter, year, long)


def test_numbers_are_written_as_the_locale_says() -> None:
    assert number(1_234.56, 1) == "1,234.6"
    assert number(0, 1) == "0.0"
    assert number(None, 1) == "–"
    assert (decimals_of("t"), decimals_of("GWh")) == (1, 2)


def test_months_are_named_where_they_fit() -> None:
    assert labels_for(TWO_YEARS, 0, 2, px_each=80, text_px=40) == {0: "Jan 25", 1: "Feb 25", 2: "Mar 25"}


def test_quarters_are_named_in_the_middle_of_their_months() -> None:
    labels = labels_for(TWO_YEARS, 0, 8, px_each=20, text_px=40)
    assert labels == {1: "Q1 25", 4: "Q2 25", 7: "Q3 25"}
    assert labels_for(QUARTERS, 0, 1, px_each=80, text_px=40) == {0: "Q1 25", 1: "Q2 25"}


def test_years_are_named_in_the_middle_of_their_months() -> None:
    assert labels_for(TWO_YEARS, 0, 23, px_each=6, text_px=40) == {5.5: "2025", 17.5: "2026"}


def test_only_some_years_are_named_when_they_are_narrow() -> None:
    decades = tuple(str(year) for year in range(2020, 2040))
    assert list(labels_for(decades, 0, 19, px_each=12, text_px=40).values()) == ["2020", "2025", "2030", "2035"]


def test_a_year_cut_by_the_edge_is_named_only_if_its_name_fits() -> None:
    assert labels_for(TWO_YEARS, 11, 23, px_each=6, text_px=40) == {17.5: "2026"}


@pytest.mark.parametrize(("first", "last"), [(5, 4), (30, 40), (-9, -1)])
def test_nothing_in_sight_has_no_names(first: int, last: int) -> None:
    assert labels_for(TWO_YEARS, first, last, px_each=20, text_px=40) == {}
    assert labels_for((), 0, 0, px_each=20, text_px=40) == {}


@given(st.integers(1, 200), st.floats(1, 200), st.floats(20, 80))
def test_names_never_overlap(count: int, px_each: float, text_px: float) -> None:
    places = sorted(labels_for(months(count), 0, count - 1, px_each, text_px))
    gaps = [(right - left) * px_each for left, right in pairwise(places)]
    assert all(gap >= text_px * 0.9 for gap in gaps)


@pytest.mark.parametrize(
    ("span", "rows", "step"),
    [(100, 4, 25), (100, 5, 20), (100, 10, 10), (95, 10, 10), (0.7, 4, 0.2), (9_999, 2, 5_000), (8_000, 1, 10_000)],
)
def test_steps_are_round(span: float, rows: int, step: float) -> None:
    assert nice_step(span, rows) == pytest.approx(step)


@pytest.mark.parametrize("span", [0.0, -5.0, math.inf, math.nan])
def test_an_impossible_span_has_a_step_all_the_same(span: float) -> None:
    assert nice_step(span, 5) == 1.0


@given(st.floats(1e-6, 1e12), st.integers(1, 30))
def test_a_step_divides_its_span_into_few_rows_and_is_not_too_coarse(span: float, rows: int) -> None:
    step = nice_step(span, rows)
    assert span / step <= rows * (1 + 1e-9)
    assert step <= span / rows * 2.5


def test_a_low_plot_still_names_several_values() -> None:
    assert round_values(-700, 1_600, 95) == (1_000, [0, 1_000])
    assert round_values(-700, 1_600, 5 * LEAST_ROW_PX) == (500, [-500, 0, 500, 1_000, 1_500])
    assert round_values(0, 4.9, 150) == (2, [0, 2, 4])


def test_a_quantity_has_the_decimals_of_its_step(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    axis = QuantityAxis(80)
    assert axis.tickStrings([0, 2_500, 5_000], 1.0, 2_500) == ["0", "2,500", "5,000"]
    assert axis.tickStrings([0, 0.25], 1.0, 0.25) == ["0.00", "0.25"]
    assert axis.tickValues(0, 100, 210) == [(25, [0, 25, 50, 75, 100])]
    axis.blank = True
    assert axis.tickValues(0, 100, 210) == []


def test_the_axis_names_what_is_between_its_ends(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    axis = PeriodAxis()
    axis.set_periods(TWO_YEARS)
    [(_, places)] = axis.tickValues(-0.5, 1.5, 400)
    assert places == [0, 1]
    assert axis.tickStrings([0, 1, 9], 1.0, 1.0) == ["Jan 25", "Feb 25", ""]


@pytest.mark.parametrize(
    ("height", "title"), [(200, "t metal per quarter"), (70, "t metal"), (12, "")], ids=["high", "low", "flat"]
)
def test_the_title_of_an_axis_is_no_longer_than_the_axis(qtbot: QtBot, height: int, title: str) -> None:  # noqa: ARG001 - Qt runs
    axis = QuantityAxis(80)
    axis.resize(80, height)
    axis.set_titles("t metal per quarter", "t metal")
    assert axis.labelText == title
    axis.resize(80, 300)
    assert axis.labelText == "t metal per quarter"
    axis.resize(80, height)
    assert axis.labelText == title
    middle = axis.label.pos().y() - axis.label.boundingRect().width() / 2
    assert abs(middle - height / 2) <= 1
