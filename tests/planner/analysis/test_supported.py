"""Supported GWh and its bottleneck, worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as stn

from planner.analysis import PROBABLE_CLASS, Cube, Period, Stages, SupportedRow
from planner.analysis.inputs import Floats
from planner.analysis.periods import periods_of
from planner.analysis.supported import supported_rows
from tests.planner.analysis.plans import FIRST, Line, Programme, Sketch

# All lines in t of metal. The first chemistry needs 0.1 kg Co, 0.4 kg Ni and 0.05 kg Li per kWh, the second Li.
TWO_LINES = (Line(0, is_metal=True, planned=(10, 40, 20)), Line(1, is_metal=True, planned=(80, 80, 40)))


def plan(*lines: Line, programmes: tuple[Programme, ...] = (Programme((0.2, 0.3, 0.4), mix_pct=(100, 0)),)) -> Cube:
    """Return three months of cobalt, nickel and lithium."""
    return Cube(
        Sketch(
            months=3,
            elements=("Co", "Ni", "Li"),
            materials=(("Co", 0, 500_000), ("Ni", 1, 500_000), ("Li", 2, 500_000)),
            lines=lines,
            programmes=programmes,
            intensity_mg=((100_000, 400_000, 50_000), (0, 0, 50_000)),
        ).inputs()
    )


def test_supported_is_the_least_of_the_elements() -> None:
    # Co: 10 t / 0.1 = 0.1 GWh, 0.4, 0.2. Ni: 80 t / 0.4 = 0.2 GWh, 0.2, 0.1. Nobody has contracted lithium.
    table = plan(*TWO_LINES).supported(by=Period.MONTH)
    assert [row.period for row in table.rows] == ["2025-01", "2025-02", "2025-03"]
    assert [row.gwh for row in table.rows] == pytest.approx([0.1, 0.2, 0.1])
    assert [row.bottleneck for row in table.rows] == ["Co", "Ni", "Ni"]
    assert [row.demand_gwh for row in table.rows] == pytest.approx([0.2, 0.3, 0.4])
    assert table.unplanned == ("Li",)


def test_a_period_has_the_sum_of_its_months_and_its_own_bottleneck() -> None:
    # 0.1 + 0.2 + 0.1 = 0.4 GWh; Co would allow 0.1 + 0.4 + 0.2 = 0.7, Ni 0.2 + 0.2 + 0.1 = 0.5.
    (row,) = plan(*TWO_LINES).supported(by=Period.QUARTER).rows
    assert (row.period, row.bottleneck) == ("2025-Q1", "Ni")
    assert [row.gwh, row.demand_gwh] == pytest.approx([0.4, 0.9])


def test_of_equal_elements_the_first_is_the_bottleneck() -> None:
    lines = (Line(0, is_metal=True, planned=(10,)), Line(1, is_metal=True, planned=(40,)))
    assert plan(*lines).supported(by=Period.MONTH).rows[0].bottleneck == "Co"


def test_an_element_contracted_at_a_stage_left_out_supports_nothing() -> None:
    cobalt = Line(0, is_metal=True, stage_class=PROBABLE_CLASS, probability_pct=50, planned=(10, 10, 10))
    nickel = Line(1, is_metal=True, planned=(80, 80, 80))
    for stages, gwh in ((Stages.ALL, 0.1), (Stages.PROBABLE, 0.05), (Stages.FIRM, 0.0)):
        row = plan(cobalt, nickel).supported(by=Period.MONTH, stages=stages).rows[0]
        assert row.gwh == pytest.approx(gwh)
        assert row.bottleneck == "Co"


def test_a_month_is_not_limited_by_what_its_mix_does_without() -> None:
    # January needs all three, February lithium alone: 10 t / 0.05 = 0.2 GWh. March has February's mix.
    programme = Programme((0.1, 0.1, 0), mix_by_month=((100, 0), (0, 100), (100, 0)))
    lines = (*TWO_LINES, Line(2, is_metal=True, planned=(10, 10, 10)))
    cube = plan(*lines, programmes=(programme,))
    monthly = cube.supported(by=Period.MONTH)
    assert [row.gwh for row in monthly.rows] == pytest.approx([0.1, 0.2, 0.2])
    assert monthly.rows[0].bottleneck == "Co"
    assert monthly.unplanned == ()
    (quarter,) = cube.supported(by=Period.QUARTER).rows
    # Co would allow 0.1 + 0.2 + 0.2 GWh, the others 0.2 + 0.2 + 0.2.
    assert quarter.gwh == pytest.approx(0.5)
    assert quarter.bottleneck == "Co"


def test_options_and_stock_do_not_support_but_a_count_makes_an_element_planned() -> None:
    option = Line(0, is_metal=True, option=(10, 10, 10))
    assert plan(option).supported(by=Period.QUARTER).unplanned == ("Co", "Ni", "Li")
    counted = Sketch(programmes=(Programme((1,)),), counted={(0, 0): 500})
    table = Cube(counted.inputs()).supported(by=Period.MONTH)
    assert table.rows == (SupportedRow("2025-01", 0.0, "Co", 1.0, None, None, None),)
    assert table.unplanned == ()


def test_without_a_mix_nothing_can_be_said() -> None:
    table = plan(*TWO_LINES, programmes=()).supported(by=Period.QUARTER)
    assert table.rows == (SupportedRow("2025-Q1", None, None, 0.0),)
    assert table.unplanned == ()


def test_where_nothing_that_the_mix_needs_is_planned_there_is_no_number() -> None:
    table = plan().supported(by=Period.QUARTER)
    assert [(row.gwh, row.bottleneck) for row in table.rows] == [(None, None)]
    assert [row.demand_gwh for row in table.rows] == pytest.approx([0.9])
    assert table.unplanned == ("Co", "Ni", "Li")


def test_more_of_the_bottleneck_lifts_a_month_to_the_next_one() -> None:
    # January: Co allows 0.1 GWh, Ni 0.2; 0.1 GWh more take 0.1 kg Co per kWh x 100,000 kWh = 10 t.
    # February: Ni allows 0.2, Co 0.4; 0.2 GWh more take 0.4 kg Ni per kWh x 200,000 kWh = 80 t. March: 0.1 -> 40 t.
    rows = plan(*TWO_LINES).supported(by=Period.MONTH).rows
    assert [row.headroom_gwh for row in rows] == pytest.approx([0.1, 0.2, 0.1])
    assert [row.next_bottleneck for row in rows] == ["Ni", "Co", "Co"]
    assert [row.lift_t for row in rows] == pytest.approx([10, 80, 40])


def test_a_period_is_lifted_in_the_months_in_which_its_bottleneck_is_the_least() -> None:
    # The quarter's bottleneck is nickel; January, which cobalt limits, gains nothing by more of it.
    (row,) = plan(*TWO_LINES).supported(by=Period.QUARTER).rows
    assert (row.bottleneck, row.next_bottleneck) == ("Ni", "Co")
    assert [row.headroom_gwh, row.lift_t] == pytest.approx([0.3, 120])


def test_equal_elements_leave_no_headroom() -> None:
    lines = (Line(0, is_metal=True, planned=(10,)), Line(1, is_metal=True, planned=(40,)))
    row = plan(*lines).supported(by=Period.MONTH).rows[0]
    assert (row.headroom_gwh, row.next_bottleneck, row.lift_t) == (0, "Ni", 0)


def test_an_element_that_is_needed_alone_has_no_next_one() -> None:
    # February's mix needs lithium alone, though cobalt and nickel are planned too.
    programme = Programme((0.1, 0.1, 0), mix_by_month=((100, 0), (0, 100), (100, 0)))
    cube = plan(*TWO_LINES, Line(2, is_metal=True, planned=(10, 10, 10)), programmes=(programme,))
    february = cube.supported(by=Period.MONTH).rows[1]
    assert (february.bottleneck, february.headroom_gwh) == ("Li", None)
    assert (february.next_bottleneck, february.lift_t) == (None, None)


def test_more_of_one_element_may_help_no_month_of_a_period() -> None:
    # Cobalt allows 2, 2 GWh, nickel 1, 10, lithium 10, 1: over both months cobalt allows least, in neither.
    receipts = np.array([[2.0, 2.0], [1.0, 10.0], [10.0, 1.0]])
    periods = periods_of(FIRST, 2, Period.QUARTER, None, None)
    (row,) = supported_rows(("Co", "Ni", "Li"), receipts, np.ones((3, 2)), np.zeros(2), periods)
    assert row == SupportedRow("2025-Q1", 2.0, "Co", 0.0, 0.0, "Ni", 0.0)


amounts = st.floats(0, 1e6).map(lambda value: round(value, 1))
intensities = st.sampled_from([0.0, np.nan, 50.0, 400.0, 70_000.0])


@given(
    stn.arrays(np.float64, (3, 6), elements=amounts),
    stn.arrays(np.float64, (3, 6), elements=intensities),
    st.sampled_from(Period),
)
def test_what_lifts_a_period_brings_exactly_its_headroom(receipts: Floats, intensity: Floats, by: Period) -> None:
    periods = periods_of(FIRST, 6, by, None, None)
    names = ("Co", "Ni", "Li")
    rows = supported_rows(names, receipts, intensity, np.zeros(6), periods)
    monthly = supported_rows(names, receipts, intensity, np.zeros(6), periods_of(FIRST, 6, Period.MONTH, None, None))
    for at, row in enumerate(rows):
        if row.bottleneck is None or row.headroom_gwh is None or row.lift_t is None:
            continue
        months = slice(periods.firsts[at], periods.lasts[at] + 1)
        position = names.index(row.bottleneck)
        least = np.array([np.inf if each.gwh is None else each.gwh for each in monthly])[months]
        enough = replace_row(receipts, position, months, lifted_months(receipts, intensity, position)[months])
        lifted = supported_rows(names, enough, intensity, np.zeros(6), periods)[at]
        assert row.gwh is not None
        assert lifted.gwh == pytest.approx(row.gwh + row.headroom_gwh)
        assert (enough - receipts).sum() / 1_000 == pytest.approx(row.lift_t, abs=1e-9)
        assert row.gwh == pytest.approx(least[np.isfinite(least)].sum())


def lifted_months(receipts: Floats, intensity: Floats, position: int) -> Floats:
    """Return what an element's receipts must be, by month, that it limits none: worked out month by month."""
    result: Floats = receipts[position].copy()
    for month in range(receipts.shape[1]):
        own = intensity[position, month]
        others = [
            receipts[each, month] / intensity[each, month]
            for each in range(len(receipts))
            if each != position and intensity[each, month] > 0
        ]
        if own > 0 and others:
            result[month] = max(result[month], min(others) * own)
    return result


def replace_row(receipts: Floats, position: int, months: slice, values: Floats) -> Floats:
    """Return receipts with other values for one element in some months."""
    result = receipts.copy()
    result[position, months] = values
    return result
