"""Lots with their chain, evidence, carbon and recycled share; what stands behind a programme; the passport."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.analysis import Scope, Subject
from planner.analysis.origins.evidence import Standing, last_day, standing_of
from planner.analysis.origins.passport import passport, untraced_text
from planner.analysis.origins.trace import Step, Trace, TracedLot, mass_balance, trace, traced_lots
from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.exchange.samples import create_sample
from planner.model import (
    Chemistry,
    Contract,
    Delivery,
    Demand,
    ElementIntensity,
    Evidence,
    Intake,
    Line,
    Lot,
    Material,
    MixShare,
    Organisation,
    Plant,
    Programme,
    Record,
)
from planner.plan import Plan
from planner.units import Month

FIRST = Month.of(2025, 1)
COBALT = Subject("element", "Co")
LOT = Lot(
    code="L1", contract="K", line=1, month=FIRST, quantity_kg=10_000, mine="M", refinery="R", plant="P", programme="CAR"
)
WORLD: tuple[Record, ...] = (
    Material(code="CoSO4", name="Cobalt sulphate", element="Co", contained_fraction_ppm=200_000, carbon_g_per_kg=9_000),
    Material(code="NiSO4", name="Nickel sulphate", element="Ni", contained_fraction_ppm=250_000),
    Chemistry(code="NMC", name="Nickel manganese cobalt"),
    ElementIntensity(chemistry="NMC", element="Co", intensity_mg_per_kwh=100_000),
    Organisation(code="A", name="Alpha", country="MA"),
    Organisation(code="REC", name="Recycler", country="FR"),
    Organisation(code="US", name="Us", role="buyer", country="FR"),
    Plant(code="M", name="Mine", organisation="A", country="CD", site="mine"),
    Plant(code="R", name="Refinery", organisation="A", country="BE", site="refinery"),
    Plant(code="P", name="Plant", organisation="A", country="MA", material="CoSO4"),
    Plant(code="LOOP", name="Loop", organisation="REC", country="FR", site="recycler"),
    Programme(code="CAR", name="Small car"),
    Programme(code="VAN", name="Van"),
    MixShare(programme="CAR", chemistry="NMC", month=FIRST, share_ppm=1_000_000),
    MixShare(programme="VAN", chemistry="NMC", month=FIRST, share_ppm=1_000_000),
    # 10 t and 5 t of cobalt in each month.
    *(Demand(programme="CAR", month=FIRST.plus(at), energy_kwh=100_000) for at in range(3)),
    *(Demand(programme="VAN", month=FIRST.plus(at), energy_kwh=50_000) for at in range(3)),
    Contract(reference="K", supplier="A", buyer="US", stage="delivering", start_month=FIRST, end_month=FIRST.plus(11)),
    Contract(reference="N", supplier="REC", buyer="US", stage="signed", start_month=FIRST, end_month=FIRST.plus(11)),
    Line(contract="K", line=1, material="CoSO4", plant="P", recycled_ppm=100_000),
    Line(contract="N", line=1, material="NiSO4", plant="LOOP", volume_basis="metal", origin="closed_loop"),
    Delivery(contract="K", line=1, month=FIRST, quantity_kg=60_000, status="received"),
    Delivery(contract="K", line=1, month=FIRST.plus(1), quantity_kg=10_000, status="received"),
    Delivery(contract="K", line=1, month=FIRST.plus(2), quantity_kg=10_000),
)
EVIDENCE = Evidence(code="E1", scheme="RMI RMAP", organisation="A", issued=date(2024, 1, 1), expires=date(2025, 1, 31))


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan with two lines, two programmes, and no lot."""
    with Plan.create(tmp_path / "plan.offtake", person="Tester") as made:
        made.run(CreateRecords(WORLD))
        yield made


def add(plan: Plan, *records: Record) -> None:
    assert plan.run(CreateRecords(records)) is not None


def only_lot(plan: Plan) -> TracedLot:
    (found,) = plan.ask(traced_lots)
    return found


@pytest.mark.parametrize(
    ("month", "day"), [(Month.of(2024, 2), date(2024, 2, 29)), (Month.of(2025, 12), date(2025, 12, 31))]
)
def test_a_month_ends_on_its_last_day(month: Month, day: date) -> None:
    assert last_day(month) == day


@pytest.mark.parametrize(
    ("issued", "expires", "standing"),
    [
        (None, None, Standing.HOLDS),
        (date(2025, 1, 31), date(2025, 1, 31), Standing.HOLDS),
        (date(2025, 2, 1), None, Standing.NOT_YET),
        (None, date(2025, 1, 30), Standing.EXPIRED),
    ],
)
def test_evidence_holds_from_its_first_to_its_last_day(
    issued: date | None, expires: date | None, standing: Standing
) -> None:
    evidence = Evidence(code="E", scheme="IRMA", organisation="A", issued=issued, expires=expires)
    assert standing_of(evidence, date(2025, 1, 31)) is standing


def test_a_lot_is_followed_from_the_mine_to_the_programme(plan: Plan) -> None:
    add(plan, EVIDENCE, LOT)
    lot = only_lot(plan)
    assert [(link.step, link.code, link.country, link.operator) for link in lot.chain] == [
        (Step.MINE, "M", "CD", "A"),
        (Step.REFINERY, "R", "BE", "A"),
        (Step.PLANT, "P", "MA", "A"),
    ]
    assert (lot.supplier.code, lot.supplier.name, lot.programme, lot.origin) == ("A", "Alpha", "CAR", "CD")
    assert (lot.product_kg, lot.metal_kg) == pytest.approx((10_000, 2_000))
    assert {link.proofs.standing for link in (*lot.chain, lot.supplier)} == {Standing.HOLDS}
    assert lot.lacks == ()


def test_carbon_and_recycled_share_are_the_lots_own_else_the_lines(plan: Plan) -> None:
    add(plan, LOT, replace(LOT, code="L2", carbon_g_per_kg=2_500, recycled_ppm=0))
    first, second = plan.ask(traced_lots)
    assert (first.carbon_g_per_kg, first.carbon_from) == (9_000, "material")
    assert first.carbon_kg == pytest.approx(90_000)
    assert (first.recycled_ppm, first.recycled_from) == (100_000, "line")
    assert (second.carbon_g_per_kg, second.carbon_from) == (2_500, "lot")
    assert second.carbon_kg == pytest.approx(25_000)
    assert (second.recycled_ppm, second.recycled_from) == (0, "lot")


def test_what_is_missing_is_said_once_for_each(plan: Plan) -> None:
    add(plan, EVIDENCE, Evidence(code="E2", scheme="IRMA", organisation="A", plant="M", issued=date(2025, 3, 1)))
    add(plan, replace(LOT, month=FIRST.plus(1), refinery="P", programme=None))
    assert only_lot(plan).lacks == (
        "the evidence of M expired on 2025-01-31",
        "the evidence of P expired on 2025-01-31",
        "the evidence of A expired on 2025-01-31",
        "no programme is named",
    )


def test_evidence_that_was_issued_later_is_no_evidence(plan: Plan) -> None:
    add(plan, replace(EVIDENCE, plant="P", issued=date(2025, 2, 1), expires=None), replace(LOT, mine=None))
    assert only_lot(plan).lacks == (
        "no mine is named",
        "there is no evidence of R",
        "the evidence of P was only issued on 2025-02-01",
        "there is no evidence of A",
    )
    assert only_lot(plan).origin == ""


def test_the_plant_is_that_of_the_line_where_a_lot_names_none(plan: Plan) -> None:
    add(plan, replace(LOT, plant=None))
    assert only_lot(plan).chain[-1].code == "P"


def test_what_comes_back_from_a_recycler_was_not_mined(plan: Plan) -> None:
    add(plan, Lot(code="L9", contract="N", line=1, month=FIRST, quantity_kg=1_000, programme="CAR"))
    lot = only_lot(plan)
    assert [link.code for link in lot.chain] == ["LOOP"]
    assert (lot.origin, lot.recycled_ppm) == ("FR", 1_000_000)
    assert (lot.metal_kg, lot.product_kg) == pytest.approx((1_000, 4_000))
    assert (lot.carbon_g_per_kg, lot.carbon_kg) == (None, None)
    assert lot.lacks == ("there is no evidence of LOOP", "there is no evidence of REC")


def several(plan: Plan) -> None:
    """Add 2 t and 1 t of cobalt for the car, 4 t for the van, and a tonne of nickel; 5 t of cobalt have no lot."""
    add(
        plan,
        LOT,
        replace(LOT, code="L2", quantity_kg=5_000, carbon_g_per_kg=3_000, recycled_ppm=400_000),
        replace(LOT, code="L3", quantity_kg=20_000, programme="VAN"),
        Lot(code="L9", contract="N", line=1, month=FIRST.plus(1), quantity_kg=1_000, programme="CAR"),
    )


def test_totals_of_a_programme_are_what_a_hand_computes(plan: Plan) -> None:
    several(plan)
    january = Scope(start=FIRST, end=FIRST, subject=COBALT)
    found = plan.ask(trace, january, programme="CAR")
    assert [lot.code for lot in found.lots] == ["L1", "L2"]
    (total,) = found.totals
    assert (total.element, total.lots, total.metal_kg, total.lines) == ("Co", 2, 3_000, (("K", 1),))
    # 10 t at 9 and 5 t at 3 kg of CO2e; 2 t with 10 % and 1 t with 40 % recycled; 10 t needed.
    assert total.carbon_per_kg == pytest.approx((10 * 9 + 5 * 3) / 15)
    assert total.recycled_pct == pytest.approx((2 * 10 + 1 * 40) / 3)
    assert (total.demand_kg, total.traced_pct) == pytest.approx((10_000, 30))
    everybody = plan.ask(trace, january)
    assert everybody.totals[0].traced_pct == pytest.approx(100 * 7 / 15)


def test_received_without_a_lot_is_told_whatever_the_programme(plan: Plan) -> None:
    several(plan)
    found = plan.ask(trace, Scope(), programme="CAR")
    # 14 t of metal were received, 7 t of it are in lots; what is planned has not arrived.
    assert [(each.line, each.received_kg, each.traced_kg) for each in found.untraced] == [(("K", 1), 14_000, 7_000)]
    assert untraced_text(found.untraced[0]) == "7.0 t received of K 1, not traced"
    assert plan.ask(trace, Scope(start=FIRST, end=FIRST)).untraced[0].missing_kg == 5_000
    assert plan.ask(trace, Scope(subject=Subject("element", "Ni"))).untraced == ()


def test_lots_of_all_elements_and_of_none(plan: Plan) -> None:
    several(plan)
    assert [(total.element, total.lots) for total in plan.ask(trace, Scope()).totals] == [("Co", 3), ("Ni", 1)]
    later = plan.ask(trace, Scope(start=FIRST.plus(2), subject=COBALT))
    assert later.lots == ()
    assert [(total.lots, total.recycled_pct, total.carbon_per_kg) for total in later.totals] == [(0, None, None)]
    assert later.totals[0].demand_kg == pytest.approx(15_000)


def test_a_lot_alone_is_part_of_no_demand(plan: Plan) -> None:
    several(plan)
    found = plan.ask(trace, Scope(), lot="L2")
    assert [lot.code for lot in found.lots] == ["L2"]
    assert (found.totals[0].demand_kg, found.totals[0].traced_pct, found.untraced) == (None, None, ())


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"programme": "BUS"}, "There is no programme BUS in this plan, which has CAR, VAN."),
        ({"lot": "L7"}, "There is no lot L7 among those asked for"),
    ],
)
def test_what_the_plan_does_not_know_is_said(plan: Plan, asked: dict[str, str], sentence: str) -> None:
    several(plan)
    with pytest.raises(PlannerError, match=sentence.replace(".", r"\.")):
        plan.ask(trace, Scope(), **asked)


def test_an_element_that_the_plan_does_not_know_is_said(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="There is no element Xx"):
        plan.ask(trace, Scope(subject=Subject("element", "Xx")))


def test_the_balance_of_the_plan_is_that_of_its_records(plan: Plan) -> None:
    add(plan, LOT, Intake(plant="P", origin="R", month=FIRST, quantity_kg=2_500))
    (row,) = plan.ask(mass_balance)
    assert (row.site, row.taken_in_kg, row.made_kg, row.closing_kg) == ("P", 2_500, 2_000, 500)


def test_the_passport_holds_what_stands_behind_the_lots(plan: Plan) -> None:
    add(plan, EVIDENCE)
    several(plan)
    found: Trace = plan.ask(trace, Scope(start=FIRST, end=FIRST.plus(1)), programme="CAR")
    document = json.loads(json.dumps(plan.ask(passport, found)))
    assert document["part"] == "supply chain due diligence"
    assert "no certified schema" in document["reading"]
    assert document["programme"] == {"code": "CAR", "name": "Small car"}
    assert document["period"] == {"from": "2025-01", "to": "2025-02"}
    assert document["economic_operators"] == [{"code": "US", "name": "Us", "country": "FR"}]
    cobalt, nickel = document["raw_materials"]
    assert (cobalt["element"], cobalt["metal_kg"], cobalt["lots"]) == ("Co", 3_000, 2)
    assert cobalt["trade_names"] == [{"material": "CoSO4", "name": "Cobalt sulphate", "product_kg": 15_000}]
    assert cobalt["countries_of_origin"] == [{"country": "CD", "metal_kg": 3_000}]
    assert cobalt["recycled"] == {
        "share_pct": 20,
        "remark": "Whether from manufacturing or from post-consumer waste is not known to the plan",
    }
    assert cobalt["carbon_footprint"]["kg_co2e_per_kg_product"] == 7
    assert nickel["carbon_footprint"] == {
        "kg_co2e": None,
        "kg_co2e_per_kg_product": None,
        "product_kg_without_factor": 4_000,
    }
    assert [(each["code"], each["country"]) for each in document["suppliers"]] == [("A", "MA"), ("REC", "FR")]
    assert [(each["code"], each["steps"]) for each in document["sites"]] == [
        ("LOOP", ["plant"]),
        ("M", ["mine"]),
        ("P", ["plant"]),
        ("R", ["refinery"]),
    ]
    assert document["suppliers"][0]["evidence"] == [
        {"code": "E1", "scheme": "RMI RMAP", "holder": "A", "site": None, "issued": "2024-01-01"}
        | {"expires": "2025-01-31", "link": None}
    ]
    assert document["suppliers"][1]["lots_without_evidence"] == ["L9"]
    assert [lot["lot"] for lot in document["lots"]] == ["L1", "L2", "L9"]
    assert [link["code"] for link in document["lots"][0]["chain"]] == ["M", "R", "P"]
    assert document["received_without_lots"][0]["text"] == "7.0 t received of K 1, not traced"


_OTHER_ROAD = """
SELECT p.code, m.element, count(*), sum(t.quantity_kg * CASE l.volume_basis WHEN 'metal' THEN 1.0
    ELSE coalesce(l.contained_fraction_ppm, m.contained_fraction_ppm) / 1e6 END)
FROM lots AS t JOIN lines AS l ON l.id = t.line_id JOIN materials AS m ON m.id = l.material_id
JOIN programmes AS p ON p.id = t.programme_id WHERE t.month = ? GROUP BY 1, 2
"""


def test_sql_over_the_rows_comes_to_the_same(tmp_path: Path) -> None:
    path = tmp_path / "sample.offtake"
    with create_sample(path, "Tester") as plan:
        scope = Scope(start=FIRST, end=FIRST)
        found = {code: plan.ask(trace, scope, programme=code) for code in ("PROG-A", "PROG-B", "PROG-C")}
    computed = {
        (code, total.element): (total.lots, pytest.approx(total.metal_kg))
        for code, each in found.items()
        for total in each.totals
    }
    with closing(sqlite3.connect(path)) as db:
        summed = {(code, element): (lots, kg) for code, element, lots, kg in db.execute(_OTHER_ROAD, (int(FIRST),))}
    assert summed == computed
    assert set(summed) == {("PROG-A", "Co"), ("PROG-A", "Li"), ("PROG-B", "Co"), ("PROG-B", "Li")}
