"""Carbon by hand, by the other road over the rows, and what always adds up."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import Inputs, Period, Scope, Stages, Subject
from planner.analysis.footprint.carbon import CarbonBase, CarbonBy, carbon
from planner.analysis.footprint.factors import factors
from planner.analysis.footprint.movers import ContractEffect, movers, sentence
from planner.analysis.gaps.stack import MOST, NOWHERE, OTHERS
from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import PlannerError
from planner.model import Line, Material, Organisation, Plant, SupplierCarbon, Target
from planner.plan import SUFFIX, Plan
from planner.units import Month
from tests.planner.analysis import plans
from tests.planner.analysis.books import book_of
from tests.planner.analysis.circular import BY_ROWS, CARBON, MIX_BY_ROWS, contract, delivered, near, plan_of, rows_of
from tests.planner.analysis.circular import unlimited_sample as without_limits
from tests.strategies import row_id

MONTH = Scope(Period.MONTH)
QUARTER = Scope(Period.QUARTER, end=Month.of(2025, 3))
JANUARY = Scope(Period.MONTH, start=Month.of(2025, 1), end=Month.of(2025, 1))
COBALT, LITHIUM = Subject("element", "Co"), Subject("element", "Li")
optional = st.none() | st.integers(0, 50_000)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open the plan that is worked out by hand."""
    with plan_of(tmp_path / f"plan{SUFFIX}", *CARBON) as made:
        yield made


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plan]:
    """Open the sample plan without limits, to read."""
    with without_limits(tmp_path_factory.mktemp("sample") / f"sample{SUFFIX}") as made:
        yield made


def forget_factor(plan: Plan, material: str) -> None:
    plan.run(SetCells((Cell("materials", row_id(plan, "materials", material), "carbon_kg_per_kg", None),)))


def test_a_kwh_carries_the_mix_times_the_average_of_its_supply(plan: Plan) -> None:
    [row] = plan.ask(carbon, JANUARY).rows
    # Co: (20 t x 10 + 10 t x 20) / 30 t = 40/3 kg a kg, of which a kWh takes 0.1 kg; Li: 12 kg a kg x 0.05 kg.
    assert row.kg_per_kwh == near(4 / 3 + 0.6)
    assert (row.known_pct, row.unknown) == (near(100), ())
    assert row.emissions_t == near(20 * 10 + 10 * 20 + 25 * 12)
    assert row.lines == (("A", 1), ("B", 1), ("C", 1))


def test_elements_are_told_by_t_of_metal(plan: Plan) -> None:
    cobalt, lithium = plan.ask(carbon, JANUARY).elements
    assert (cobalt.key, cobalt.kg_per_t, cobalt.kg_per_kwh) == (
        "Co",
        (near(40_000 / 3),),
        (near(4 / 3),),
    )
    assert (lithium.key, lithium.kg_per_t, lithium.lines) == ("Li", (near(12_000),), (("C", 1),))


def test_a_period_has_the_mix_of_what_is_built_in_it(plan: Plan) -> None:
    [row] = plan.ask(carbon, QUARTER).rows
    # A kWh takes (1 x 0.1 + 3 x 0.2) / 4 kg of Co and 0.05 / 4 kg of Li.
    assert row.kg_per_kwh == near(0.175 * 40 / 3 + 0.0125 * 12)


def test_a_month_without_supply_has_no_carbon(plan: Plan) -> None:
    february = plan.ask(carbon, MONTH).rows[1]
    assert (february.kg_per_kwh, february.known_pct, february.unknown, february.lines) == (None, 0, ("Co",), ())
    assert (february.renewable_pct, february.renewable_known_pct) == (None, None)


def test_what_has_no_factor_is_told_apart(plan: Plan) -> None:
    forget_factor(plan, "SALT")
    [row] = plan.ask(carbon, JANUARY).rows
    assert row.kg_per_kwh == near(4 / 3)
    assert (row.known_pct, row.unknown) == (near(100 * 0.1 / 0.15), ("Li",))
    # A line without a factor is taken at the average of the others of its element, and is not known.
    plan.run(DeleteRecords("supplier_carbon", (row_id(plan, "supplier_carbon", "SB", "SULPHATE"),)))
    forget_factor(plan, "SULPHATE")
    [row] = plan.ask(carbon, JANUARY).rows
    assert (row.kg_per_kwh, row.known_pct) == (near(1.0), near(100 * 0.1 * 20 / 30 / 0.15))
    assert row.emissions_t == near(200)


def test_the_path_is_that_of_the_first_month_of_a_period(plan: Plan) -> None:
    plan.run(CreateRecords((delivered("A", 14, 1),)))
    paths = [row.path_kg_per_kwh for row in plan.ask(carbon, Scope(Period.YEAR)).rows]
    # 3 kg x 80 %, and x 77 % a year later: a fifth of the way to 65 %.
    assert paths == [near(2.4), near(2.31)]
    assert plan.ask(carbon, MONTH).base == CarbonBase(3.0, Month.of(2020, 1))


def test_without_a_base_there_is_no_path(plan: Plan) -> None:
    plan.run(DeleteRecords("targets", (row_id(plan, "targets", "carbon_base", "all", Month.of(2020, 1)),)))
    table = plan.ask(carbon, JANUARY)
    assert (table.rows[0].path_kg_per_kwh, table.base) == (None, None)


def test_a_subject_is_held_against_its_own_path(plan: Plan) -> None:
    of_cobalt = Scope(Period.MONTH, start=JANUARY.start, end=JANUARY.end, subject=COBALT)
    [row] = plan.ask(carbon, of_cobalt).rows
    assert (row.kg_per_kwh, row.path_kg_per_kwh, row.unknown) == (near(4 / 3), None, ())
    assert [each.key for each in plan.ask(carbon, of_cobalt).series] == ["Co"]
    start = Month.of(2024, 1)
    plan.run(
        CreateRecords(
            (
                Target(measure="carbon", scope="Co", month=start, value_e4=500_000),
                Target(measure="carbon_base", scope="Co", month=start, value_e4=40_000),
            )
        )
    )
    assert plan.ask(carbon, of_cobalt).rows[0].path_kg_per_kwh == near(2.0)
    salt = Scope(Period.MONTH, start=JANUARY.start, end=JANUARY.end, subject=Subject("material", "SALT"))
    [row] = plan.ask(carbon, salt).rows
    assert (row.kg_per_kwh, row.path_kg_per_kwh, row.lines) == (near(0.6), None, (("C", 1),))
    with pytest.raises(PlannerError, match="no element Xx"):
        plan.ask(carbon, Scope(subject=Subject("element", "Xx")))


def test_renewable_energy_is_weighted_by_product_and_the_unknown_told_apart(plan: Plan) -> None:
    [row] = plan.ask(carbon, JANUARY).rows
    # 100 t of product at 80 %, 100 t at 20 %, 50 t of which it is not known.
    assert (row.renewable_pct, row.renewable_known_pct) == (near(50), near(80))


def test_the_contract_that_moves_it_most_is_the_one_that_is_missed_most(plan: Plan) -> None:
    effects = plan.ask(movers, JANUARY)
    # Without A cobalt has 20 kg a kg, 2 in a kWh; without B 10, 1 in a kWh. Nobody but C supplies Li.
    assert [(each.contract, each.moves, each.alone) for each in effects] == [
        ("A", near(-2 / 3), ()),
        ("B", near(1 / 3), ()),
        ("C", None, ("Li",)),
    ]
    assert [each.carries for each in effects] == [near(2 / 3), near(2 / 3), near(0.6)]
    assert sentence(effects) == "A moves it most: without it a kWh would carry 0.67 kg more."
    assert sentence(effects[1:]) == "B moves it most: without it a kWh would carry 0.33 kg less."


def test_where_nothing_can_stand_in_that_is_said(plan: Plan) -> None:
    only = plan.ask(movers, Scope(Period.MONTH, subject=LITHIUM))
    assert sentence(only) == "Each element has one contract alone: there is nothing to put in its place."
    assert plan.ask(movers, Scope(start=Month.of(2090, 1))) == ()
    assert sentence(()) == "No contract has both supply and a carbon factor."
    same = ContractEffect("A", "A", 1.0, 0.00001, (), (("A", 1),))
    assert sentence((same,)) == "No contract moves it: what others supply of the same elements carries as much."
    named = ContractEffect("A", "Green cobalt", 0.1, 0.01234, (), ())
    assert sentence((named,)) == "A (Green cobalt) moves it most: without it a kWh would carry 0.0123 kg less."


def test_the_factor_that_counts_is_told_with_its_level_source_and_quality(plan: Plan) -> None:
    found = {row.contract: row for row in plan.ask(factors, JANUARY)}
    a, b, c = (found[each] for each in "ABC")
    assert (a.line, a.plant, a.supplier, a.material) == (2.0, 7.0, None, 9.0)
    assert (a.kg_per_kg, a.kg_per_t_metal, a.level, a.source, a.supply_t) == (2.0, 10_000, "line", "measured", 20)
    assert (b.kg_per_kg, b.level, b.quality, b.table, b.key) == (
        4.0,
        "supplier",
        "declared",
        "supplier_carbon",
        ("SB", "SULPHATE"),
    )
    # The plant of C makes another material: its factor is none of salt.
    assert (c.plant, c.kg_per_kg, c.level, c.table, c.key) == (None, 3.0, "material", "materials", ("SALT",))
    assert [row.contract for row in plan.ask(factors, Scope(subject=LITHIUM))] == ["C"]
    for row in found.values():
        assert plan.find(row.table, row.key) is not None


@given(line=optional, plant=optional, supplier=optional, material=optional, other=st.booleans())
def test_line_plant_supplier_and_material_count_in_this_order(
    line: int | None, plant: int | None, supplier: int | None, material: int | None, *, other: bool
) -> None:
    inputs = plans.Sketch(
        lines=(plans.Line(plant=0, planned=(1.0,)),), plants=((0, None),), materials=(("M", 0, 500_000),)
    ).inputs()
    records = (
        Material(code="M", name="M", element="Co", contained_fraction_ppm=500_000, carbon_g_per_kg=material),
        Organisation(code="BUYER", name="Buyer", role="buyer"),
        Organisation(code="S0", name="S0"),
        Plant(code="P0", name="P0", organisation="S0", material="N" if other else "M", carbon_g_per_kg=plant),
        *(
            []
            if supplier is None
            else [SupplierCarbon(organisation="S0", material="M", carbon_g_per_kg=supplier, carbon_quality="estimated")]
        ),
        Line(contract="C0", line=1, material="M", plant="P0", carbon_g_per_kg=line),
    )
    [row] = factors(book_of(inputs, records), Scope())
    given_ = {"line": line, "plant": None if other else plant, "supplier": supplier, "material": material}
    first = next(((level, grams) for level, grams in given_.items() if grams is not None), ("none", None))
    assert (row.level, row.kg_per_kg) == (first[0], None if first[1] is None else first[1] / 1_000)
    assert [row.line, row.plant, row.supplier, row.material] == [
        None if grams is None else grams / 1_000 for grams in given_.values()
    ]


@pytest.mark.parametrize("split", list(CarbonBy))
@pytest.mark.parametrize("by", list(Period))
def test_the_parts_add_up_to_what_a_kwh_carries(sample: Plan, by: Period, split: CarbonBy) -> None:
    table = sample.ask(carbon, Scope(by=by), split)
    for parts in (table.series, table.elements):
        sums = [sum(each.kg_per_kwh[at] or 0.0 for each in parts) for at in range(len(table.rows))]
        assert sums == pytest.approx([row.kg_per_kwh for row in table.rows])
    assert {line for each in table.series for line in each.lines} == {line for row in table.rows for line in row.lines}


def test_more_than_eight_contracts_end_in_others(plan: Plan) -> None:
    more = range(10)
    plan.run(
        CreateRecords(
            (
                *(contract(f"M{at}", "SA") for at in more),
                *(Line(contract=f"M{at}", line=1, material="SULPHATE") for at in more),
                *(delivered(f"M{at}", 0, at + 1) for at in more),
            )
        )
    )
    table = plan.ask(carbon, JANUARY, CarbonBy.CONTRACT)
    assert len(table.series) == MOST + 1
    assert (table.series[-1].title, table.series[-1].place) == (OTHERS, NOWHERE)
    assert sum(each.kg_per_kwh[0] or 0 for each in table.series) == pytest.approx(table.rows[0].kg_per_kwh)
    suppliers = plan.ask(carbon, JANUARY, CarbonBy.SUPPLIER).series
    assert {each.title for each in suppliers} == {"Supplier A", "Supplier B", "Supplier C"}
    countries = plan.ask(carbon, JANUARY, CarbonBy.COUNTRY).series
    assert {(each.key, each.title) for each in countries} == {("MA", "MA"), ("CD", "CD"), ("", "Unknown")}


def test_sql_over_the_rows_comes_to_the_same(sample: Plan) -> None:
    table = sample.ask(carbon, Scope())
    metal: dict[tuple[object, object], float] = {}
    emitted: dict[tuple[object, object], float] = {}
    for element, year, _, t, co2_t, _ in rows_of(sample, BY_ROWS):
        assert isinstance(t, float)
        assert isinstance(co2_t, float)
        metal[element, year] = metal.get((element, year), 0.0) + t
        emitted[element, year] = emitted.get((element, year), 0.0) + co2_t
    per_kwh: dict[str, float] = {}
    for element, year, kg in rows_of(sample, MIX_BY_ROWS):
        assert isinstance(kg, float)
        if (element, year) in metal:
            carried = kg * emitted[element, year] / metal[element, year]
            per_kwh[str(year)] = per_kwh.get(str(year), 0.0) + carried
    assert {row.period: row.kg_per_kwh for row in table.rows} == pytest.approx(per_kwh)
    for row in table.rows:
        of_year = [t for (_, year), t in emitted.items() if str(year) == row.period]
        assert row.emissions_t == near(sum(of_year))
    for each in table.elements:
        expected = [1_000 * emitted[each.key, int(row.period)] / metal[each.key, int(row.period)] for row in table.rows]
        assert each.kg_per_t == pytest.approx(expected)


def test_stages_count_as_everywhere(sample: Plan) -> None:
    firm = sample.ask(carbon, Scope(stages=Stages.FIRM))
    in_full = sample.ask(carbon, Scope())
    assert all(low.emissions_t < high.emissions_t for low, high in zip(firm.rows, in_full.rows, strict=True))
    assert firm.rows[-1].unknown == ("Co", "Mn", "Cu", "Ni")


@given(plans.drawn_inputs(), st.data())
def test_a_kwh_never_carries_more_than_its_dirtiest_supply(inputs: Inputs, data: st.DataObject) -> None:
    grams = [data.draw(optional) for _ in inputs.materials]
    records = tuple(
        Material(
            code=code,
            name=code,
            element=f"{'ABCDEFGHIJ'[int(inputs.material_element[at])]}e",
            contained_fraction_ppm=int(inputs.fraction_ppm[at]),
            carbon_g_per_kg=grams[at],
        )
        for at, code in enumerate(inputs.materials)
    )
    book = book_of(inputs, records)
    table = carbon(book, Scope(Period.QUARTER), CarbonBy.CONTRACT)
    known = {at for at, value in enumerate(grams) if value is not None}
    for row, column in zip(table.rows, range(len(table.rows)), strict=True):
        assert 0 <= (row.known_pct or 0) <= 100 + 1e-9
        if row.kg_per_kwh is not None:
            total = sum(each.kg_per_kwh[column] or 0.0 for each in table.series)
            assert row.kg_per_kwh == near(total)
            assert known
            dirtiest = max(float(grams[at] or 0) / inputs.fraction_ppm[at] * 1_000 for at in known)
            needed = float(np.nan_to_num(book.intensity).max(axis=1).sum()) / 1_000_000
            assert row.kg_per_kwh <= dirtiest * needed * (1 + 1e-9)
