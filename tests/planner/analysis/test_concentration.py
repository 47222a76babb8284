"""Concentration against hand-computed shares, against SQL over the rows, and what it can never be."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis import Period, Scope, Stages, Subject
from planner.analysis.origins.concentration import (
    HIGHEST_HHI,
    UNKNOWN,
    ConcentrationBy,
    Share,
    concentration,
    hhi_of,
    losses,
    month_of_loss,
)
from planner.commands import CreateRecords, DeleteRecords, SetDeliveries
from planner.commands.deliveries import DeliveryCell
from planner.errors import PlannerError
from planner.exchange.samples import create_sample
from planner.model import (
    Chemistry,
    Contract,
    Delivery,
    Demand,
    ElementIntensity,
    Line,
    Material,
    MixShare,
    Organisation,
    Plant,
    Programme,
    Record,
    StockCount,
    Target,
)
from planner.plan import Plan
from planner.units import Month

FIRST = Month.of(2025, 1)
LAST = FIRST.plus(23)
COBALT = Subject("element", "Co")
BY = ConcentrationBy

WORLD: tuple[Record, ...] = (
    Material(code="Co", name="Cobalt metal", element="Co", contained_fraction_ppm=1_000_000),
    Material(code="CoSO4", name="Cobalt sulphate", element="Co", contained_fraction_ppm=200_000),
    Chemistry(code="NMC", name="Nickel manganese cobalt"),
    ElementIntensity(chemistry="NMC", element="Co", intensity_mg_per_kwh=100_000),
    Organisation(code="A", name="Alpha", country="MA"),
    Organisation(code="B", name="Beta", country="BE"),
    Organisation(code="C", name="Gamma", country=""),
    Organisation(code="US", name="Us", role="buyer"),
    Plant(code="PA", name="Plant of Alpha", organisation="A", country="MA", material="CoSO4"),
    Plant(code="PB", name="Plant of Beta", organisation="B", country="MA", material="CoSO4"),
    Programme(code="CAR", name="Car"),
    MixShare(programme="CAR", chemistry="NMC", month=FIRST, share_ppm=1_000_000),
)


def contract(reference: str, supplier: str, stage: str = "signed") -> Contract:
    return Contract(reference=reference, supplier=supplier, buyer="US", stage=stage, start_month=FIRST, end_month=LAST)


def monthly(reference: str, tonnes: float, months: range = range(24)) -> list[Record]:
    """Return the same delivery in each of these months from the first."""
    kg = round(tonnes * 1_000)
    return [Delivery(contract=reference, line=1, month=FIRST.plus(at), quantity_kg=kg) for at in months]


def three_suppliers() -> list[Record]:
    """Return what brings 5, 3 and 2 t of cobalt a month: from A as sulphate, from B, and from C, a letter of intent."""
    return [
        *WORLD,
        contract("KA", "A"),
        contract("KB", "B"),
        contract("KC", "C", stage="letter_of_intent"),
        Line(contract="KA", line=1, material="CoSO4", plant="PA"),
        Line(contract="KB", line=1, material="Co", plant="PB"),
        Line(contract="KC", line=1, material="Co"),
        *monthly("KA", 25),
        *monthly("KB", 3),
        *monthly("KC", 2),
    ]


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open an empty plan."""
    with Plan.create(tmp_path / "plan.offtake", person="Tester") as made:
        yield made


def add(plan: Plan, *records: Record) -> None:
    assert plan.run(CreateRecords(records)) is not None


def test_shares_and_index_are_what_a_hand_computes(plan: Plan) -> None:
    add(plan, *three_suppliers())
    first, second = plan.ask(concentration, Scope(), BY.SUPPLIER)
    assert (first.subject, first.period, second.period) == (COBALT, "2025", "2026")
    assert first.supply_t == pytest.approx(120)
    assert [(share.key, share.title) for share in first.shares] == [("A", "Alpha"), ("B", "Beta"), ("C", "Gamma")]
    assert [share.pct for share in first.shares] == pytest.approx([50, 30, 20])
    assert first.hhi == pytest.approx(50**2 + 30**2 + 20**2)
    assert [share.lines for share in first.shares] == [(("KA", 1),), (("KB", 1),), (("KC", 1),)]
    assert first.lines == (("KA", 1), ("KB", 1), ("KC", 1))


def test_plants_and_countries_leave_what_is_not_known_as_one(plan: Plan) -> None:
    add(plan, *three_suppliers())
    by_plant = plan.ask(concentration, Scope(), BY.PLANT)[0]
    assert [(share.key, share.title, round(share.pct)) for share in by_plant.shares] == [
        ("PA", "Plant of Alpha", 50),
        ("PB", "Plant of Beta", 30),
        ("", UNKNOWN, 20),
    ]
    by_country = plan.ask(concentration, Scope(), BY.COUNTRY)[0]
    assert [(share.key, round(share.pct)) for share in by_country.shares] == [("MA", 80), ("", 20)]
    assert by_country.hhi == pytest.approx(80**2 + 20**2)
    assert by_country.shares[0].lines == (("KA", 1), ("KB", 1))
    assert by_country.shares[1].place == -1


def test_a_scope_chooses_stages_periods_and_a_material(plan: Plan) -> None:
    add(plan, *three_suppliers())
    scope = Scope(Period.QUARTER, Stages.FIRM, FIRST.plus(3), FIRST.plus(8), Subject("material", "Co"))
    rows = plan.ask(concentration, scope, BY.SUPPLIER)
    assert [row.period for row in rows] == ["2025-Q2", "2025-Q3"]
    assert [[share.key for share in row.shares] for row in rows] == [["B"], ["B"]]
    assert [row.hhi for row in rows] == [HIGHEST_HHI, HIGHEST_HHI]
    with pytest.raises(PlannerError, match="There is no element Ni"):
        plan.ask(concentration, Scope(subject=Subject("element", "Ni")), BY.SUPPLIER)


def test_a_period_without_supply_has_no_index(plan: Plan) -> None:
    add(plan, *WORLD, contract("KA", "A"), Line(contract="KA", line=1, material="Co"), *monthly("KA", 1, range(12)))
    year, other = plan.ask(concentration, Scope(), BY.SUPPLIER)
    assert (year.hhi, other.hhi) == (HIGHEST_HHI, None)
    assert (other.shares, other.largest, other.lines, other.is_above_limit) == ((), None, (), False)


def test_the_limit_is_the_targets_own_else_that_of_all(plan: Plan) -> None:
    add(
        plan,
        *three_suppliers(),
        Target(measure="supplier_share", scope="all", month=FIRST, value_e4=600_000),
        Target(measure="supplier_share", scope="Co", month=FIRST.plus(13), value_e4=400_000),
        Target(measure="country_share", scope="all", month=FIRST, value_e4=700_000),
    )
    rows = plan.ask(concentration, Scope(), BY.SUPPLIER)
    # The element has a limit of its own, which holds from 2026-02 on: before that, it has none.
    assert [(row.limit_pct, row.is_above_limit) for row in rows] == [(None, False), (40, True)]
    assert plan.ask(concentration, Scope(), BY.COUNTRY)[0].limit_pct == 70
    assert plan.ask(concentration, Scope(), BY.PLANT)[0].limit_pct is None
    material = Scope(subject=Subject("material", "CoSO4"))
    assert plan.ask(concentration, material, BY.SUPPLIER)[1].limit_pct == 40


def test_a_limit_is_kept_by_those_that_are_known(plan: Plan) -> None:
    """40 % comes from MA, and of the rest nobody knows where it comes from: no country is above 50 %."""
    add(
        plan,
        *WORLD,
        *(contract(name, supplier) for name, supplier in (("KA", "A"), ("KC", "C"))),
        *(Line(contract=name, line=1, material="Co") for name in ("KA", "KC")),
        *monthly("KA", 2),
        *monthly("KC", 3),
        Target(measure="country_share", scope="Co", month=FIRST, value_e4=500_000),
    )
    row = plan.ask(concentration, Scope(), BY.COUNTRY)[0]
    assert row.largest is not None
    assert (row.largest.key, round(row.largest.pct), row.is_above_limit) == ("", 60, False)


def test_one_code_may_name_a_country_a_supplier_and_a_plant(plan: Plan) -> None:
    add(
        plan,
        *WORLD,
        Organisation(code="MA", name="Maker"),
        Plant(code="A", name="Works of Alpha", organisation="A", country="MA", material="Co"),
        contract("KA", "A"),
        contract("KM", "MA"),
        Line(contract="KA", line=1, material="Co", plant="A"),
        Line(contract="KM", line=1, material="Co", plant="PA"),
        *monthly("KA", 2),
        *monthly("KM", 1),
    )
    titles = {by: [share.title for share in plan.ask(concentration, Scope(), by)[0].shares] for by in BY}
    assert titles == {
        BY.SUPPLIER: ["Alpha", "Maker"],
        BY.PLANT: ["Works of Alpha", "Plant of Alpha"],
        BY.COUNTRY: ["MA"],
    }


def needs(tonnes: float) -> list[Record]:
    """Return a demand of so many t of cobalt in each month: 100 t a GWh."""
    return [Demand(programme="CAR", month=FIRST.plus(at), energy_kwh=round(tonnes * 10_000)) for at in range(24)]


def test_a_loss_is_told_with_what_is_left_and_missing(plan: Plan) -> None:
    # 10 t a month come and go; 12 t are in stock at the start.
    add(plan, *three_suppliers(), *needs(10), StockCount(material="Co", month=FIRST, quantity_kg=12_000))
    alpha, beta, gamma = plan.ask(losses, Scope(), BY.SUPPLIER, FIRST.plus(2))
    # Without 5 t a month the 12 t last March and April; in May it lacks 3 t, then 5 t in each month to next February.
    assert (alpha.key, alpha.title, alpha.first) == ("A", "Alpha", FIRST.plus(2))
    assert (alpha.lost_t, alpha.share_pct) == pytest.approx((60, 50))
    assert (alpha.months_left, alpha.short) == (2, FIRST.plus(4))
    assert alpha.missing_t == pytest.approx(3 + 9 * 5)
    assert (alpha.short_anyway, alpha.missing_anyway_t, alpha.lines) == (None, 0, (("KA", 1),))
    # Without 3 t: 9, 6, 3, 0 t are left, and the fifth month lacks 3 t.
    assert (beta.months_left, beta.missing_t) == pytest.approx((4, 8 * 3))
    assert (gamma.months_left, gamma.missing_t) == pytest.approx((6, 6 * 2))


def test_a_loss_that_nobody_feels_has_no_shortage(plan: Plan) -> None:
    add(plan, *three_suppliers(), *needs(1))
    assert [(loss.short, loss.months_left, loss.missing_t) for loss in plan.ask(losses, Scope(), BY.PLANT, FIRST)] == [
        (None, None, 0),
        (None, None, 0),
    ]


def test_a_shortage_that_comes_anyway_is_told_apart(plan: Plan) -> None:
    add(plan, *three_suppliers(), *needs(11))
    alpha = plan.ask(losses, Scope(), BY.SUPPLIER, FIRST)[0]
    assert (alpha.months_left, alpha.short, alpha.short_anyway) == (0, FIRST, FIRST)
    assert (alpha.missing_t, alpha.missing_anyway_t) == pytest.approx((12 * 6, 12))


def test_a_count_after_the_loss_does_not_hide_it(plan: Plan) -> None:
    add(plan, *three_suppliers(), *needs(10), StockCount(material="Co", month=FIRST.plus(5), quantity_kg=500_000))
    alpha = plan.ask(losses, Scope(), BY.SUPPLIER, FIRST.plus(2))[0]
    assert alpha.short == FIRST.plus(2)
    assert plan.ask(losses, Scope(), BY.SUPPLIER, FIRST.plus(5))[0].short is None


def test_another_material_makes_up_for_a_loss(plan: Plan) -> None:
    add(plan, *three_suppliers(), *needs(4))
    scope = Scope(subject=Subject("material", "CoSO4"))
    (alpha,) = plan.ask(losses, scope, BY.SUPPLIER, FIRST)
    assert alpha.share_pct == pytest.approx(100)
    assert alpha.short is None


def test_who_brings_nothing_any_more_is_not_lost(plan: Plan) -> None:
    add(plan, *WORLD, contract("KA", "A"), Line(contract="KA", line=1, material="Co"), *monthly("KA", 1, range(6)))
    assert len(plan.ask(losses, Scope(), BY.SUPPLIER, FIRST.plus(5))) == 1
    assert plan.ask(losses, Scope(), BY.SUPPLIER, FIRST.plus(6)) == ()
    with pytest.raises(PlannerError, match="The plan ends in 2026-12: choose an earlier month than 2027-01"):
        plan.ask(losses, Scope(), BY.SUPPLIER, FIRST.plus(24))


def test_a_loss_from_before_the_plan_is_one_from_its_start(plan: Plan) -> None:
    add(plan, *three_suppliers())
    assert plan.ask(losses, Scope(), BY.SUPPLIER, FIRST.plus(-5))[0].first == FIRST


@pytest.mark.parametrize(
    ("start", "end", "today", "month"),
    [
        (None, None, date(2025, 3, 15), Month.of(2025, 3)),
        (None, None, date(2024, 3, 15), FIRST),
        (None, None, date(2030, 3, 15), FIRST),
        (Month.of(2026, 1), None, date(2025, 3, 15), Month.of(2026, 1)),
        (Month.of(2025, 2), Month.of(2025, 6), date(2025, 7, 1), Month.of(2025, 2)),
        (Month.of(2040, 1), None, date(2025, 7, 1), LAST),
        (None, Month.of(2020, 1), date(2025, 7, 1), FIRST),
    ],
)
def test_the_first_month_that_is_not_past_is_that_of_the_loss(
    plan: Plan, start: Month | None, end: Month | None, today: date, month: Month
) -> None:
    add(plan, *three_suppliers())
    assert plan.ask(month_of_loss, Scope(start=start, end=end), today) == month


def test_an_edit_of_deliveries_is_followed(plan: Plan) -> None:
    add(plan, *three_suppliers())
    before = plan.ask(concentration, Scope(), BY.SUPPLIER)[0]
    plan.run(SetDeliveries((DeliveryCell("KB", 1, FIRST, 63_000),)))
    after = plan.ask(concentration, Scope(), BY.SUPPLIER)[0]
    assert after.supply_t == pytest.approx(before.supply_t + 60)
    assert after.shares[0].key == "B"


_OTHER_ROAD = """
SELECT m.element, (d.month / 12), s.code, sum(
    d.quantity_kg * CASE l.volume_basis WHEN 'metal' THEN 1.0
    ELSE coalesce(l.contained_fraction_ppm, m.contained_fraction_ppm) / 1e6 END) / 1000
FROM deliveries AS d JOIN lines AS l ON l.id = d.line_id JOIN contracts AS c ON c.id = l.contract_id
JOIN organisations AS s ON s.id = c.supplier_id JOIN materials AS m ON m.id = l.material_id
WHERE c.stage NOT IN ('expired', 'cancelled') GROUP BY 1, 2, 3
"""


def test_sql_over_the_rows_comes_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "sample.offtake"
    with create_sample(path, "Tester") as plan:
        # Without capacities all that is contracted counts.
        plan.run(DeleteRecords("plant_capacity", tuple(row.id for row in plan.rows("plant_capacity"))))
        rows = plan.ask(concentration, Scope(), BY.SUPPLIER)
    computed = {(row.subject.code, row.period, share.key): share.t for row in rows for share in row.shares}
    with closing(sqlite3.connect(path)) as db:
        summed = {(element, str(year), code): t for element, year, code, t in db.execute(_OTHER_ROAD)}
    assert computed == pytest.approx(summed)
    assert len(computed) > 20


@given(st.lists(st.floats(1e-6, 1e9), min_size=1, max_size=40))
def test_the_index_lies_between_equal_shares_and_one_alone(tonnes: list[float]) -> None:
    whole = sum(tonnes)
    shares = tuple(Share(str(at), "", at, t, 100 * t / whole, ()) for at, t in enumerate(tonnes))
    found = hhi_of(shares)
    assert found is not None
    assert HIGHEST_HHI / len(tonnes) * (1 - 1e-9) <= found <= HIGHEST_HHI


@settings(max_examples=15)
@given(kg=st.lists(st.lists(st.integers(0, 50_000), min_size=6, max_size=6), min_size=3, max_size=3))
def test_shares_are_whole_and_a_loss_never_helps(tmp_path_factory: pytest.TempPathFactory, kg: list[list[int]]) -> None:
    path = tmp_path_factory.mktemp("drawn") / "plan.offtake"
    deliveries = [
        Delivery(contract=reference, line=1, month=FIRST.plus(at), quantity_kg=each)
        for reference, row in zip(("KA", "KB", "KC"), kg, strict=True)
        for at, each in enumerate(row)
    ]
    kept = [record for record in three_suppliers() if not isinstance(record, Delivery)]
    with Plan.create(path, person="Tester") as plan:
        add(plan, *kept, *deliveries, *needs(10))
        rows = plan.ask(concentration, Scope(Period.QUARTER), BY.SUPPLIER)
        found = plan.ask(losses, Scope(), BY.SUPPLIER, FIRST)
    for row in rows:
        assert sum(share.t for share in row.shares) == pytest.approx(row.supply_t)
        assert row.hhi is None or sum(share.pct for share in row.shares) == pytest.approx(100)
        assert list(row.shares) == sorted(row.shares, key=lambda share: -share.t)
    for loss in found:
        assert loss.missing_t >= loss.missing_anyway_t - 1e-9
        assert loss.short_anyway is None or (loss.short is not None and loss.short <= loss.short_anyway)
