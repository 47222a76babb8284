"""Totals of calendar years fall on their open months, exactly; those of demand in proportion to what is there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.commands import (
    Cell,
    CreateRecords,
    DeliveryCell,
    DemandTotal,
    ScaleDemand,
    SetCells,
    SetDeliveries,
    SpreadYears,
    Together,
    YearTotal,
)
from planner.errors import InvalidValueError, PlannerError
from planner.model import Contract, Delivery, Demand, Line
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST, example_plan, row_id

APRIL = Month.of(2025, 4)


def deliveries(plan: Plan, contract: str = "C1") -> dict[Month, tuple[int, str]]:
    """Return kg and status of the deliveries of a contract by month."""
    records = [row.record for row in plan.rows("deliveries", {"contract": contract})]
    return {r.month: (r.quantity_kg, r.status) for r in records if isinstance(r, Delivery)}


def demand(plan: Plan) -> dict[Month, int]:
    records = [row.record for row in plan.rows("demand", {"programme": "R5"})]
    return {r.month: r.energy_kwh for r in records if isinstance(r, Demand)}


def spread_year(plan: Plan, year: int, kg: int | None, contract: str = "C1") -> None:
    plan.run(SpreadYears((YearTotal(contract, 1, year, kg),)))


def set_status(plan: Plan, month: Month, status: str) -> None:
    plan.run(SetCells((Cell("deliveries", row_id(plan, "deliveries", "C1", 1, month), "status", status),)))


def april_contract(plan: Plan, phasing: str) -> None:
    """Add C2, from April 2025 to March 2027, with one line."""
    contract = Contract(
        reference="C2", supplier="MNG", buyer="RNO", stage="signed", start_month=APRIL, end_month=APRIL.plus(23)
    )
    plan.run(CreateRecords((contract, Line(contract="C2", line=1, material="CoSO4", phasing=phasing))))


def test_a_year_is_split_evenly_without_loss(plan: Plan) -> None:
    changes = plan.run(SpreadYears((YearTotal("C1", 1, 2026, 1_000_001),)))
    assert changes is not None
    assert changes.edit.title == "Spread 2026 of C1 1"
    found = deliveries(plan)
    assert found.pop(FIRST) == (416_000, "planned")
    assert list(found) == [Month.of(2026, number) for number in range(1, 13)]
    assert [kg for kg, _ in found.values()] == [*[83_334] * 5, *[83_333] * 7]
    assert plan.run(SpreadYears((YearTotal("C1", 1, 2026, 1_000_001),))) is None


def test_a_month_has_the_weight_of_its_place_in_the_contract_year(plan: Plan) -> None:
    # The first month of the contract year is April; January is its tenth.
    april_contract(plan, "1/0/0/0/0/0/0/0/0/2/3/4")
    spread_year(plan, 2026, 100_000, "C2")
    assert deliveries(plan, "C2") == {
        Month.of(2026, 1): (20_000, "planned"),
        Month.of(2026, 2): (30_000, "planned"),
        Month.of(2026, 3): (40_000, "planned"),
        Month.of(2026, 4): (10_000, "planned"),
    }
    spread_year(plan, 2025, 7_000, "C2")
    assert deliveries(plan, "C2")[APRIL] == (7_000, "planned")


def test_months_without_weight_share_evenly_where_there_are_no_others(plan: Plan) -> None:
    april_contract(plan, "1/0/0/0/0/0/0/0/0/0/0/0")
    spread_year(plan, 2027, 3_000, "C2")
    assert deliveries(plan, "C2") == {Month.of(2027, number): (1_000, "planned") for number in (1, 2, 3)}


def test_received_and_confirmed_months_keep_what_they_have(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST.plus(1), 84_000),)))
    set_status(plan, FIRST, "received")
    set_status(plan, FIRST.plus(1), "confirmed")
    spread_year(plan, 2025, 1_500_000)
    found = deliveries(plan)
    assert (found[FIRST], found[FIRST.plus(1)]) == ((416_000, "received"), (84_000, "confirmed"))
    assert [kg for kg, status in found.values() if status == "planned"] == [100_000] * 10
    spread_year(plan, 2025, 500_000)
    assert list(deliveries(plan)) == [FIRST, FIRST.plus(1)]
    with pytest.raises(
        InvalidValueError,
        match=r"quantity_t: 2025 of C1 1 cannot be 499\.999 t, as 500 t are received or confirmed already",
    ):
        spread_year(plan, 2025, 499_999)


@pytest.mark.parametrize("nothing", [None, 0])
def test_nothing_clears_the_open_months(plan: Plan, nothing: int | None) -> None:
    spread_year(plan, 2025, 1_200_000)
    set_status(plan, FIRST, "received")
    spread_year(plan, 2025, nothing)
    assert deliveries(plan) == {FIRST: (100_000, "received")}


def test_a_year_without_an_open_month_is_refused(plan: Plan) -> None:
    with pytest.raises(InvalidValueError, match="2030 of C1 1 has no open month for 1 t; the term runs from 2025-01"):
        spread_year(plan, 2030, 1_000)
    april_contract(plan, "even")
    spread_year(plan, 2027, 3_000, "C2")
    rows = plan.rows("deliveries", {"contract": "C2"})
    plan.run(SetCells(tuple(Cell("deliveries", row.id, "status", "received") for row in rows)))
    with pytest.raises(InvalidValueError, match="all of its months are received or confirmed"):
        spread_year(plan, 2027, 4_000, "C2")
    spread_year(plan, 2027, 3_000, "C2")
    assert len(deliveries(plan, "C2")) == 3


def test_what_was_planned_outside_the_term_gives_way(plan: Plan) -> None:
    april_contract(plan, "even")
    plan.run(SetDeliveries((DeliveryCell("C2", 1, FIRST, 5),)))
    spread_year(plan, 2025, 9_000, "C2")
    assert deliveries(plan, "C2") == {APRIL.plus(n): (1_000, "planned") for n in range(9)}


def test_many_totals_are_one_edit_and_refused_whole(plan: Plan) -> None:
    april_contract(plan, "even")
    before = len(plan.history())
    totals = (YearTotal("C1", 1, 2025, 12_000), YearTotal("C1", 1, 2026, 24_000), YearTotal("C2", 1, 2026, 36_000))
    changes = plan.run(SpreadYears(totals))
    assert changes is not None
    assert changes.edit.title == "Spread 3 years of deliveries"
    assert {kg for kg, _ in deliveries(plan, "C2").values()} == {3_000}
    assert len(plan.history()) == before + 1
    with pytest.raises(PlannerError, match="There is no C9 in contracts"):
        plan.run(SpreadYears((YearTotal("C1", 1, 2025, 1), YearTotal("C9", 1, 2025, 1))))
    plan.undo()
    assert deliveries(plan) == {FIRST: (416_000, "planned")}


def test_commands_together_are_one_edit(plan: Plan) -> None:
    both = (SpreadYears((YearTotal("C1", 1, 2026, 12_000),)), SetDeliveries((DeliveryCell("C1", 1, FIRST, 5),)))
    changes = plan.run(Together("Fill the plan", both))
    assert changes is not None
    assert (changes.edit.title, changes.count) == ("Fill the plan", 13)
    plan.undo()
    assert deliveries(plan) == {FIRST: (416_000, "planned")}


@settings(max_examples=30)
@given(
    total=st.integers(0, 10**12),
    phasing=st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(any).map(lambda w: "/".join(map(str, w))),
    fixed=st.dictionaries(
        st.integers(0, 11), st.tuples(st.integers(0, 10**9), st.sampled_from(("received", "confirmed"))), max_size=11
    ),
)
def test_the_months_add_up_to_the_total(
    tmp_path_factory: pytest.TempPathFactory, total: int, phasing: str, fixed: dict[int, tuple[int, str]]
) -> None:
    with example_plan(tmp_path_factory.mktemp("plan") / "a.offtake") as plan:
        plan.run(SetCells((Cell("lines", row_id(plan, "lines", "C1", 1), "phasing", phasing),)))
        plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST, None),)))
        kept = {FIRST.plus(n): given for n, given in fixed.items()}
        plan.run(
            CreateRecords(
                tuple(
                    Delivery(contract="C1", line=1, month=month, quantity_kg=kg, status=status)
                    for month, (kg, status) in kept.items()
                )
            )
        )
        held = sum(kg for kg, _ in kept.values())
        wanted = held + total
        spread_year(plan, 2025, wanted)
        found = deliveries(plan)
        assert {month: found[month] for month in kept} == kept
        assert sum(kg for kg, _ in found.values()) == (wanted or held)


def test_demand_is_scaled_in_proportion_to_what_it_holds(plan: Plan) -> None:
    plan.run(CreateRecords((Demand(programme="R5", month=FIRST.plus(1), energy_kwh=2_500_000),)))
    changes = plan.run(ScaleDemand((DemandTotal("R5", 2025, 7_500_001),)))
    assert changes is not None
    assert changes.edit.title == "Scale demand R5 2025"
    assert demand(plan) == {FIRST: 2_500_000, FIRST.plus(1): 5_000_001}


def test_an_empty_year_of_demand_falls_evenly_on_its_months(plan: Plan) -> None:
    plan.run(ScaleDemand((DemandTotal("R5", 2026, 25), DemandTotal("R5", 2025, 0))))
    assert plan.undo_title == "Scale 2 years of demand"
    assert demand(plan) == {FIRST: 0} | {Month.of(2026, n): 3 if n == 1 else 2 for n in range(1, 13)}
    plan.run(ScaleDemand((DemandTotal("R5", 2025, 1_200),)))
    assert [demand(plan)[FIRST.plus(n)] for n in range(12)] == [100] * 12
    plan.run(ScaleDemand((DemandTotal("R5", 2025, None), DemandTotal("R5", 2026, None))))
    assert demand(plan) == {}


@pytest.mark.parametrize(
    ("total", "sentence"),
    [(DemandTotal("R5", 2025, -1), "2025 of R5 cannot need less"), (DemandTotal("NO", 2025, 1), "no programme 'NO'")],
)
def test_demand_that_cannot_be_is_refused(plan: Plan, total: DemandTotal, sentence: str) -> None:
    with pytest.raises(InvalidValueError, match=sentence):
        plan.run(ScaleDemand((total,)))


def test_nothing_is_needed_of_a_year_without_demand_and_no_row_says_so(plan: Plan) -> None:
    before = plan.count("demand")
    assert plan.run(ScaleDemand((DemandTotal("R5", 2030, 0),))) is None
    assert plan.count("demand") == before


@pytest.mark.parametrize("energy_kwh", [None, 0, 1])
def test_the_demand_of_no_programme_cannot_be_scaled(plan: Plan, energy_kwh: int | None) -> None:
    with pytest.raises(InvalidValueError, match="there is no programme 'X'"):
        plan.run(ScaleDemand((DemandTotal("X", 2025, energy_kwh),)))


@pytest.mark.parametrize("year", [1989, 2200])
def test_a_year_that_no_plan_holds_is_refused(plan: Plan, year: int) -> None:
    for command in (ScaleDemand((DemandTotal("R5", year, 1),)), SpreadYears((YearTotal("C1", 1, year, 1),))):
        with pytest.raises(InvalidValueError, match=f"{year} lies outside 1990 to 2199"):
            plan.run(command)
