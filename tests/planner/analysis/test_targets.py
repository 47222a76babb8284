"""Where a plan stands against each kind of target: by hand, and by the other road over the rows."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.analysis import Scope, Subject
from planner.analysis.aims.targets import TargetRow, TargetYear, targets
from planner.analysis.money.sourcing import local_spend
from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import PlannerError
from planner.model import PriceTerm, Target
from planner.plan import SUFFIX, Plan
from planner.units import Month
from tests.planner.analysis.circular import BY_ROWS, CARBON, LOOP, delivered, near, plan_of, rows_of, unlimited_sample
from tests.strategies import row_id

JANUARY = Month.of(2025, 1)
LATE = Month.of(2025, 12)
# The contracts run on for another year.
ALL = Scope(end=LATE)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open the plan that is worked out by hand."""
    with plan_of(tmp_path / f"plan{SUFFIX}", *CARBON) as made:
        yield made


def asked(plan: Plan, measure: str, scope: str, value: float, month: Month = LATE) -> TargetRow:
    """Ask for something, and return where the plan stands."""
    plan.run(CreateRecords((Target(measure=measure, scope=scope, month=month, value_e4=round(value * 10_000)),)))
    return next(row for row in plan.ask(targets, ALL) if (row.measure, row.scope) == (measure, scope))


def only(row: TargetRow) -> TargetYear:
    [year] = row.years
    return year


def test_carbon_is_held_against_its_path(plan: Plan) -> None:
    [row] = plan.ask(targets, ALL)
    assert (row.title, row.direction, row.unit) == ("Carbon path", "at most path", "kg CO2e per kWh")
    year = only(row)
    assert (year.path, year.plan) == (near(2.4), near(0.175 * 40 / 3 + 0.0125 * 12))
    assert (year.within, year.met, year.note) == (False, False, "")
    assert row.keys == tuple(("carbon", "all", Month.of(year, 1)) for year in (2020, 2025, 2030))


def test_what_is_not_known_leaves_carbon_open_unless_it_is_above_anyway(plan: Plan) -> None:
    plan.run(SetCells((Cell("materials", row_id(plan, "materials", "SALT"), "carbon_kg_per_kg", None),)))
    above = only(plan.ask(targets, ALL)[0])
    assert (above.plan, above.path) == (near(0.175 * 40 / 3), near(2.4))
    assert (above.within, above.met, above.note) == (True, None, "without Li, of which the carbon is not known")
    base = row_id(plan, "targets", "carbon_base", "all", Month.of(2020, 1))
    plan.run(SetCells((Cell("targets", base, "value", 1_000),)))
    assert only(plan.ask(targets, ALL)[0]).met is False


def test_supply_without_a_factor_leaves_carbon_open(plan: Plan) -> None:
    """10 t of B bring no factor: at most 2/3 of what the others carry is sure, and there may be more."""
    plan.run(SetCells((Cell("materials", row_id(plan, "materials", "SULPHATE"), "carbon_kg_per_kg", None),)))
    plan.run(DeleteRecords("supplier_carbon", (row_id(plan, "supplier_carbon", "SB", "SULPHATE"),)))
    base = row_id(plan, "targets", "carbon_base", "all", Month.of(2020, 1))
    # A carries 10 kg a kg of Co, C 12 kg a kg of Li.
    for value, met in ((100_000, None), (17_000, None), (16_000, False)):
        plan.run(SetCells((Cell("targets", base, "value", value),)))
        found = only(plan.ask(targets, ALL)[0])
        assert (found.plan, found.path) == (near(0.175 * 10 + 0.0125 * 12), near(0.8 * value / 10_000))
        assert found.met is met
        assert found.note == "the carbon of 69 % of the metal is known"


def test_renewable_energy_is_open_where_the_unknown_could_turn_it(plan: Plan) -> None:
    # 50 % of the 80 % that are known: at least 40 %, at most 60 %.
    found = only(asked(plan, "renewable", "all", 50))
    assert (found.plan, found.within, found.met) == (near(50), True, None)
    assert found.note == "known of 80 % of the supply"
    assert only(asked(plan, "renewable", "all", 40, Month.of(2025, 11))).met is None
    assert only(asked(plan, "renewable", "Co", 70)).met is None
    assert only(asked(plan, "renewable", "Li", 20)).met is True


@pytest.mark.parametrize(("value", "met"), [(39.9, True), (40.1, None), (59.9, None), (60.1, False)])
def test_the_bounds_of_renewable_energy(plan: Plan, value: float, met: bool | None) -> None:
    assert only(asked(plan, "renewable", "all", value)).met is met


def test_recycled_content_of_an_element_and_of_all(tmp_path: Path) -> None:
    with plan_of(tmp_path / f"loop{SUFFIX}", *LOOP) as plan:
        row = next(row for row in plan.ask(targets, Scope()) if row.measure == "recycled")
        assert [(year.plan, year.path, year.met) for year in row.years] == [
            (near(28), 16, True),
            (near(10), 26, False),
        ]
        assert row.title == "Recycled content of Co"
        whole = only(asked(plan, "recycled", "all", 20))
        assert (whole.plan, whole.met) == (near(28), True)


def test_cover_of_an_element_and_of_the_one_that_is_covered_least(plan: Plan) -> None:
    # Co: 30 t for 1 x 100 t + 3 x 200 t; Li: 25 t for 50 t.
    assert only(asked(plan, "cover", "Co", 5)).plan == near(100 * 30 / 700)
    assert only(asked(plan, "cover", "Li", 51)).met is False
    least = only(asked(plan, "cover", "all", 4))
    assert (least.plan, least.met, least.note) == (near(100 * 30 / 700), True, "least: Co")
    assert least.lines == (("A", 1), ("B", 1))
    lithium = tuple(row.id for row in plan.rows("deliveries") if str(row.record).startswith("Delivery(contract='C'"))
    plan.run(DeleteRecords("deliveries", lithium))
    assert only(next(row for row in plan.ask(targets, ALL) if row.scope == "all" and row.measure == "cover")).note == (
        "least: Co; nothing contracted of Li"
    )


def test_the_largest_supplier_and_country(plan: Plan) -> None:
    supplier = asked(plan, "supplier_share", "Co", 60)
    assert (supplier.title, supplier.direction) == ("Largest supplier of Co", "at most")
    found = only(supplier)
    assert (found.plan, found.met, found.note) == (near(200 / 3), False, "Supplier A")
    assert found.lines == (("A", 1),)
    assert only(asked(plan, "country_share", "Co", 70)).met is True
    # Nobody knows where lithium comes from.
    lithium = only(asked(plan, "country_share", "Li", 70))
    assert (lithium.plan, lithium.met, lithium.note) == (None, None, "no country is known")
    assert only(asked(plan, "supplier_share", "all", 99)).plan == near(100)


def test_an_unknown_country_may_add_to_the_largest(plan: Plan) -> None:
    plan.run(SetCells((Cell("organisations", row_id(plan, "organisations", "SB"), "country", ""),)))
    found = only(asked(plan, "country_share", "Co", 70))
    assert (found.plan, found.within, found.met) == (near(200 / 3), True, None)
    assert found.note == "MA; 33 % from an unknown country"


def test_the_largest_of_all_is_open_where_another_element_is_of_unknown_origin(plan: Plan) -> None:
    found = only(asked(plan, "country_share", "all", 70))
    assert (found.plan, found.within, found.met) == (near(200 / 3), True, None)
    assert only(asked(plan, "country_share", "all", 60, Month.of(2025, 11))).met is None
    first = row_id(plan, "targets", "country_share", "all", LATE)
    plan.run(SetCells((Cell("targets", first, "value", 600_000),)))
    assert only(next(row for row in plan.ask(targets, ALL) if row.measure == "country_share")).met is False


def test_local_sourcing_of_everything_is_not_nothing_but_no_question(plan: Plan) -> None:
    found = only(asked(plan, "local_spend", "all", 1))
    assert (found.plan, found.met) == (None, None)
    assert found.note == "Local sourcing is of one country: name it in the target, as MA."
    assert [each.country for each in plan.ask(local_spend, ALL)] == ["CD", "MA"]


def test_local_sourcing_in_millions_and_what_has_no_price(plan: Plan) -> None:
    row = asked(plan, "local_spend", "MA", 1)
    assert (row.title, row.unit, row.direction) == ("Local sourcing in MA", "millions of EUR", "at least")
    assert (only(row).plan, only(row).met) == (0, None)
    assert only(row).note == "without 100 t that have no price; without what is from an unknown country"
    term = PriceTerm(contract="A", line=1, month=JANUARY, fixed_e4=200_000_000, unit="t product", currency="EUR")
    plan.run(CreateRecords((term,)))
    found = next(row for row in plan.ask(targets, ALL) if row.measure == "local_spend")
    assert (only(found).plan, only(found).met, only(found).lines) == (near(2), True, (("A", 1),))
    # Nobody knows where lithium comes from.
    france = only(asked(plan, "local_spend", "FR", 1))
    assert (france.plan, france.met, france.note) == (0, None, "without what is from an unknown country")
    plan.run(SetCells((Cell("organisations", row_id(plan, "organisations", "SC"), "country", "DE"),)))
    rows = {row.scope: row for row in plan.ask(targets, ALL) if row.measure == "local_spend"}
    assert (only(rows["FR"]).met, only(rows["FR"]).note) == (False, "")


def test_nothing_is_asked_for_before_the_first_point(plan: Plan) -> None:
    plan.run(CreateRecords((delivered("A", 12, 1),)))
    asked(plan, "supplier_share", "Co", 60, Month.of(2026, 1))
    row = next(row for row in plan.ask(targets, Scope()) if row.measure == "supplier_share")
    assert [(year.path, year.within, year.met) for year in row.years] == [(None, None, None), (60, False, False)]
    assert row.years[0].plan == near(200 / 3)


def test_what_a_target_is_about_may_not_be_there(plan: Plan) -> None:
    found = only(asked(plan, "recycled", "Xx", 5))
    assert (found.path, found.plan, found.met) == (5, None, None)
    assert "no element Xx" in found.note
    assert only(asked(plan, "carbon", "Xx", 5)).plan is None


def test_a_subject_shows_the_targets_of_its_element(plan: Plan) -> None:
    asked(plan, "cover", "Co", 5)
    asked(plan, "cover", "Li", 5)
    for subject in (Subject("element", "Co"), Subject("material", "SULPHATE")):
        assert [row.scope for row in plan.ask(targets, Scope(subject=subject))] == ["Co"]
    with pytest.raises(PlannerError, match="no material NONE"):
        plan.ask(targets, Scope(subject=Subject("material", "NONE")))


def test_the_sample_comes_to_the_same_by_sql(tmp_path: Path) -> None:
    with unlimited_sample(tmp_path / f"sample{SUFFIX}") as plan:
        found = {(row.measure, row.scope): row for row in plan.ask(targets, Scope())}
        shares: dict[str, dict[str, float]] = {}
        for element, year, supplier, t, _, _ in rows_of(plan, BY_ROWS):
            assert isinstance(t, float)
            if element == "Co":
                shares.setdefault(str(year), {})[str(supplier)] = t
    assert len(found) == 9
    for year in found["supplier_share", "Co"].years:
        of_year = shares[year.year]
        assert year.plan == pytest.approx(100 * max(of_year.values()) / sum(of_year.values()))
    for row in found.values():
        for year in row.years:
            assert (year.met is None) or (year.met is year.within)
            assert (year.path is None or year.plan is None) == (year.within is None)
