"""Supported GWh and its bottleneck, worked out by hand."""

import pytest

from planner.analysis import PROBABLE_CLASS, Cube, Period, Stages, SupportedRow
from tests.planner.analysis.plans import Line, Programme, Sketch

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
    assert table.rows == (SupportedRow("2025-01", 0.0, "Co", 1.0),)
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
