"""Supply against demand, worked out by hand."""

from dataclasses import replace

import pytest

from planner.analysis import PROBABLE_CLASS, Basis, CoverRow, CoverTable, Cube, Period, Stages, Subject
from planner.errors import PlannerError
from planner.units import Month
from tests.planner.analysis.plans import Line, Programme, Sketch

CO = Subject("element", "Co")
SULPHATE = Subject("material", "CoSO4.7H2O")

# 5,000 t a year in whole kg: 11 x 416.667 t = 4,583.337 t, and 416.663 t in December.
AGREED = (*(416.667,) * 11, 416.663)

# 0.1 kg per kWh: 1 GWh needs 100 t. One half of the product is metal.
ROUND = Sketch(materials=(("Sulphate", 0, 500_000),), intensity_mg=((100_000,),))


def agreement() -> Cube:
    """Return the agreement's year: a memorandum of 5,000 t, and programmes of 1.25 GWh a month."""
    line = Line(stage_class=PROBABLE_CLASS, planned=AGREED)
    return Cube(Sketch(months=12, lines=(line,), programmes=(Programme((1.25,) * 12),)).inputs())


def only(table: CoverTable) -> CoverRow:
    """Return the one row of a table."""
    (row,) = table.rows
    return row


@pytest.mark.parametrize(
    ("basis", "unit", "supply", "demand"),
    [
        # 5,000 t CoSO4.7H2O; 15 GWh x 1e6 kWh x 0.069885 kg = 1,048,275 kg Co / 0.20966 = 4,999.881 t product
        (Basis.PRODUCT, "t product", 5000.0, 1048.275 / 0.20966),
        # 5,000 t x 0.20966 = 1,048.3 t Co
        (Basis.METAL, "t metal", 1048.3, 1048.275),
        # 1,048,300 kg / 0.069885 kg per kWh = 15,000,358 kWh
        (Basis.GWH, "GWh", 1_048_300 / 0.069885 / 1e6, 15.0),
    ],
)
def test_agreement_in_the_three_bases(basis: Basis, unit: str, supply: float, demand: float) -> None:
    table = agreement().cover(CO, by=Period.YEAR, basis=basis)
    row = only(table)
    assert (table.unit, row.period, row.firm, row.option) == (unit, "2025", 0.0, 0.0)
    assert [row.supply, row.probable, row.demand] == pytest.approx([supply, supply, demand])
    # 1,048.3 / 1,048.275, the same in every basis
    assert row.cover_pct == pytest.approx(100.00238487)


def test_agreement_reads_as_in_the_press() -> None:
    rows = [only(agreement().cover(CO, by=Period.YEAR, basis=basis)) for basis in Basis]
    assert [round(row.supply, 1) for row in rows] == [5000.0, 1048.3, 15.0]


def test_default_basis_is_metal_for_elements_and_product_for_materials() -> None:
    element, material = (agreement().cover(subject, by=Period.YEAR) for subject in (CO, SULPHATE))
    assert (element.basis, element.unit, element.product) == (Basis.METAL, "t metal", None)
    assert (material.basis, material.unit, material.product) == (Basis.PRODUCT, "t product", "CoSO4.7H2O")


def test_gross_demand_is_gwh_by_share_by_intensity_and_scrap() -> None:
    # 2 GWh x 60 % x 0.1 kg = 120 t, + 5 % scrap = 126 t; 1 GWh x 100 % x 0.02 kg = 20 t. Sum 146 t.
    programmes = (
        Programme((2.0,), scrap_pct=5.0, mix_pct=(60.0, 0.0)),
        Programme((1.0,), mix_pct=(0.0, 100.0)),
    )
    cube = Cube(replace(ROUND, programmes=programmes, intensity_mg=((100_000,), (20_000,))).inputs())
    assert only(cube.cover(CO, by=Period.MONTH)).demand == pytest.approx(146.0)


def test_stock_net_requirement_and_cover_month_by_month() -> None:
    # In t of metal. Counted in January 60 t x 0.5 = 30; safety 10; demand 20 a month; receipts 0, 5, 30, 0.
    # stock: 30 - 20 = 10; 10 + 5 - 20 = -5; -5 + 30 - 20 = 5; 5 - 20 = -15
    # planned: 10, net 0; 10 + 5 - 20 = -5, net 15, planned 10; 10 + 30 - 20 = 20, net 0; 20 - 20 = 0, net 10
    # cover: (30 + 0) / 20; (10 + 5) / 20; (0, for stock is -5, + 30) / 20; (5 + 0) / 20
    cube = Cube(
        replace(
            ROUND,
            months=4,
            lines=(Line(planned=(0, 10, 60, 0)),),
            programmes=(Programme((0.2,) * 4),),
            counted={(0, 0): 60},
            safety={0: 10},
        ).inputs()
    )
    rows = cube.cover(CO, by=Period.MONTH).rows
    assert [row.period for row in rows] == ["2025-01", "2025-02", "2025-03", "2025-04"]
    assert [row.stock_end for row in rows] == [10.0, -5.0, 5.0, -15.0]
    assert [row.net_requirement for row in rows] == [0.0, 15.0, 0.0, 10.0]
    assert [row.cover_pct for row in rows] == [150.0, 75.0, 150.0, 25.0]
    assert {row.safety_stock for row in rows} == {10.0}
    # The year: (30 + 35) / 80; the levels are those of April.
    year = only(cube.cover(CO, by=Period.YEAR))
    assert (year.supply, year.demand, year.cover_pct) == (35.0, 80.0, 81.25)
    assert (year.stock_end, year.net_requirement) == (-15.0, 25.0)
    # Asked from March on, stock and net requirement are the same.
    assert cube.cover(CO, by=Period.MONTH, start=Month.of(2025, 3)).rows == rows[2:]


def test_a_count_replaces_the_projected_stock_and_the_planned_one() -> None:
    # In t of metal. Without counts 0 - 20 = -20, net 20. February opens at 50 / 2 = 25: 25 - 20 = 5, net 0,
    # cover 25 / 20; March 5 - 20 = -15, net 15.
    plan = replace(ROUND, months=3, programmes=(Programme((0.2,) * 3),), counted={(0, 1): 50})
    rows = Cube(plan.inputs()).cover(CO, by=Period.MONTH).rows
    assert [row.stock_end for row in rows] == [-20.0, 5.0, -15.0]
    assert [row.net_requirement for row in rows] == [20.0, 0.0, 15.0]
    assert [row.cover_pct for row in rows] == [0.0, 125.0, 25.0]


def test_no_cover_without_demand_and_no_capacity_without_a_limited_plant() -> None:
    row = only(Cube(replace(ROUND, lines=(Line(planned=(4,)),)).inputs()).cover(CO, by=Period.MONTH))
    assert row == CoverRow("2025-01", 0.0, 2.0, 0.0, 0.0, 2.0, None, 0.0, 2.0, 0.0, 0.0, None)


def test_capacity_stands_beside_what_is_over_it() -> None:
    # Two plants of 20 and 10 t: 30 t of product, 15 t of metal. The first gets 50 t, of which 30 t are over.
    plants = ((0, (20.0,)), (0, (10.0,)), (0, None))
    cube = Cube(replace(ROUND, lines=(Line(plant=0, planned=(50,)),), plants=plants).inputs())
    product = only(cube.cover(Subject("material", "Sulphate"), by=Period.MONTH))
    metal = only(cube.cover(CO, by=Period.MONTH))
    assert (product.capacity, product.over_capacity, product.supply) == (30.0, 30.0, 20.0)
    assert (metal.capacity, metal.over_capacity, metal.supply) == (15.0, 15.0, 10.0)


TWO = (("Sulphate", 0, 500_000), ("Carbonate", 0, 250_000))


def test_a_material_is_set_against_the_whole_demand_of_its_element() -> None:
    # Demand 10 t of metal = 40 t of the carbonate at 25 %; its own receipts are 8 t, its own count 12 t.
    cube = Cube(
        replace(
            ROUND,
            materials=TWO,
            lines=(Line(0, planned=(100,)), Line(1, planned=(8,))),
            programmes=(Programme((0.1,)),),
            counted={(0, 0): 500, (1, 0): 12},
            safety={0: 1},
        ).inputs()
    )
    row = only(cube.cover(Subject("material", "Carbonate"), by=Period.MONTH))
    assert (row.demand, row.supply, row.stock_end, row.safety_stock) == (40.0, 8.0, -20.0, 4.0)
    # 4 - (12 + 8 - 40) = 24
    assert (row.net_requirement, row.cover_pct) == (24.0, 50.0)


@pytest.mark.parametrize(
    ("lines", "product"),
    [
        ((), "Sulphate"),
        ((Line(0, planned=(10,)), Line(1, planned=(20,))), "Sulphate"),
        ((Line(0, planned=(10,)), Line(1, planned=(10,), option=(11,))), "Carbonate"),
        ((Line(0, planned=(10,)), Line(1, stage_class=PROBABLE_CLASS, planned=(30,))), "Carbonate"),
    ],
)
def test_product_of_an_element_is_the_material_most_contracted(lines: tuple[Line, ...], product: str) -> None:
    cube = Cube(replace(ROUND, materials=TWO, lines=lines, safety={0: 1}).inputs())
    table = cube.cover(CO, by=Period.MONTH, basis=Basis.PRODUCT, stages=Stages.FIRM)
    assert table.product == product
    # 1 t of metal is 2 t of the sulphate, 4 t of the carbonate.
    assert only(table).safety_stock == {"Sulphate": 2.0, "Carbonate": 4.0}[product]


def test_gwh_follow_the_mix_of_each_month() -> None:
    # 0.1 kg per kWh in February, 0.05 in April; January takes February's mix, March too, May April's.
    # 10 t of metal a month are 0.1, 0.1, 0.1, 0.2, 0.2 GWh. Scrap of 10 % is no part of the mix.
    mix = ((0.0, 0.0), (100.0, 0.0), (0.0, 0.0), (0.0, 100.0), (0.0, 0.0))
    programme = Programme((0, 1, 0, 1, 0), scrap_pct=10, mix_by_month=mix)
    plan = replace(
        ROUND,
        months=5,
        lines=(Line(planned=(20,) * 5),),
        programmes=(programme,),
        intensity_mg=((100_000,), (50_000,)),
    )
    rows = Cube(plan.inputs()).cover(CO, by=Period.MONTH, basis=Basis.GWH).rows
    assert [row.supply for row in rows] == pytest.approx([0.1, 0.1, 0.1, 0.2, 0.2])
    assert [row.demand for row in rows] == pytest.approx([0, 1.1, 0, 1.1, 0])
    # Stock is 10 t, then 20 - 110 = -90, -80, -80 + 10 - 55 = -125, -115 t, each by its month's intensity.
    assert [row.stock_end for row in rows] == pytest.approx([0.1, -0.9, -0.8, -2.5, -2.3])


def test_the_mix_weighs_programmes_by_their_demand() -> None:
    # (3 GWh x 0.1 + 1 GWh x 0.02) / 4 = 0.08 kg per kWh: 8 t are 0.1 GWh.
    programmes = (Programme((3,), mix_pct=(100, 0)), Programme((1,), mix_pct=(0, 100)))
    plan = replace(ROUND, lines=(Line(planned=(16,)),), intensity_mg=((100_000,), (20_000,)))
    cube = Cube(replace(plan, programmes=programmes).inputs())
    assert only(cube.cover(CO, by=Period.MONTH, basis=Basis.GWH)).supply == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("by", "start", "end", "periods", "supply"),
    [
        # 1 t of metal in November 2025, 2 in December and so on.
        (Period.MONTH, (2026, 1), (2026, 2), ["2026-01", "2026-02"], [3, 4]),
        (Period.QUARTER, None, None, ["2025-Q4", "2026-Q1", "2026-Q2"], [1 + 2, 3 + 4 + 5, 6]),
        (Period.QUARTER, (2025, 12), (2026, 2), ["2025-Q4", "2026-Q1"], [2, 3 + 4]),
        (Period.YEAR, (2000, 1), (2100, 1), ["2025", "2026"], [1 + 2, 3 + 4 + 5 + 6]),
        (Period.YEAR, (2000, 1), (2025, 10), [], []),
        (Period.YEAR, (2026, 5), None, [], []),
    ],
)
def test_periods_hold_the_months_inside_the_horizon(
    by: Period,
    start: tuple[int, int] | None,
    end: tuple[int, int] | None,
    periods: list[str],
    supply: list[float],
) -> None:
    plan = replace(ROUND, first=Month.of(2025, 11), months=6, lines=(Line(planned=(2, 4, 6, 8, 10, 12)),))
    low, high = (limit and Month.of(*limit) for limit in (start, end))
    rows = Cube(plan.inputs()).cover(CO, by=by, start=low, end=high).rows
    assert [row.period for row in rows] == periods
    assert [row.supply for row in rows] == supply


def test_horizon_says_which_months_are_covered() -> None:
    cube = Cube(replace(ROUND, first=Month.of(2025, 11), months=6).inputs())
    assert cube.horizon == (Month.of(2025, 11), Month.of(2026, 4))
    wanted = [Month.of(2025, 10), Month.of(2025, 11), Month.of(2026, 4), Month.of(2026, 5)]
    assert [cube.month_index(month) for month in wanted] == [None, 0, 5, None]
    assert Cube(replace(ROUND, months=0).inputs()).horizon is None


@pytest.mark.parametrize("period", Period)
def test_an_empty_plan_has_empty_tables(period: Period) -> None:
    empty = Sketch(months=0, elements=("Co",), materials=(), intensity_mg=())
    assert Cube(empty.inputs()).cover(CO, by=period).rows == ()
    assert Cube(empty.inputs()).supported(by=period).rows == ()


def test_questions_without_an_answer_say_what_to_do() -> None:
    cube = Cube(replace(ROUND, elements=("Co", "Cu"), intensity_mg=((0, 0),)).inputs())
    with pytest.raises(PlannerError, match="no element Li in this plan, which has Co, Cu"):
        cube.cover(Subject("element", "Li"), by=Period.YEAR)
    with pytest.raises(PlannerError, match="no material Brine in this plan, which has Sulphate"):
        cube.cover(Subject("material", "Brine"), by=Period.YEAR)
    with pytest.raises(PlannerError, match="No material contains Cu"):
        cube.cover(Subject("element", "Cu"), by=Period.YEAR, basis=Basis.PRODUCT)
    with pytest.raises(PlannerError, match="No programme's chemistry needs Co"):
        cube.cover(CO, by=Period.YEAR, basis=Basis.GWH)
    with pytest.raises(PlannerError, match="ends in 2025-01, before it starts in 2025-02"):
        cube.cover(CO, by=Period.YEAR, start=Month.of(2025, 2), end=Month.of(2025, 1))
