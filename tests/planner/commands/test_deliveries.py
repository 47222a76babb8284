"""Agreed volumes are phased into months without loss; what was received or confirmed stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.commands import (
    Cell,
    CreateRecords,
    DeliveryCell,
    DuplicateContract,
    PhaseLine,
    SetCells,
    SetDeliveries,
)
from planner.errors import InvalidValueError, PlannerError
from planner.model import Contract, Delivery, Line, Volume
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST, example_plan, row_id


def deliveries(plan: Plan, contract: str = "C1") -> dict[Month, tuple[int, str]]:
    """Return kg and status of the deliveries of a contract by month."""
    records = [row.record for row in plan.rows("deliveries", {"contract": contract})]
    return {r.month: (r.quantity_kg, r.status) for r in records if isinstance(r, Delivery)}


def total(plan: Plan, year: int) -> int:
    return sum(kg for month, (kg, _) in deliveries(plan).items() if month.year == year)


def set_status(plan: Plan, month: Month, status: str) -> None:
    plan.run(SetCells((Cell("deliveries", row_id(plan, "deliveries", "C1", 1, month), "status", status),)))


def test_an_even_year_is_split_without_loss(plan: Plan) -> None:
    changes = plan.run(PhaseLine("C1", 1))
    assert changes is not None
    assert changes.edit.title == "Phase C1 1"
    assert [kg for kg, _ in deliveries(plan).values()] == [*[416_667] * 8, *[416_666] * 4]
    assert {status for _, status in deliveries(plan).values()} == {"planned"}
    assert plan.run(PhaseLine("C1", 1)) is None


def test_the_phasing_of_the_line_and_weights_of_the_moment(plan: Plan) -> None:
    plan.run(SetCells((Cell("lines", row_id(plan, "lines", "C1", 1), "phasing", "0/0/0/0/0/0/0/0/0/1/1/2"),)))
    plan.run(PhaseLine("C1", 1))
    assert deliveries(plan) == {
        Month.of(2025, 10): (1_250_000, "planned"),
        Month.of(2025, 11): (1_250_000, "planned"),
        Month.of(2025, 12): (2_500_000, "planned"),
    }
    plan.run(PhaseLine("C1", 1, weights=(1, *[0] * 11)))
    assert deliveries(plan) == {FIRST: (5_000_000, "planned")}
    plan.run(PhaseLine("C1", 1, weights=(0,) * 12))
    assert deliveries(plan) == {}


def test_received_and_confirmed_months_stay_and_the_rest_takes_what_is_left(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST.plus(1), 84_000),)))
    set_status(plan, FIRST, "received")
    set_status(plan, FIRST.plus(1), "confirmed")
    plan.run(PhaseLine("C1", 1, (2025,)))
    found = deliveries(plan)
    assert (found[FIRST], found[FIRST.plus(1)]) == ((416_000, "received"), (84_000, "confirmed"))
    assert [kg for kg, status in found.values() if status == "planned"] == [450_000] * 10


def test_more_received_than_agreed_leaves_nothing_to_plan(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST, 6_000_000),)))
    set_status(plan, FIRST, "received")
    plan.run(PhaseLine("C1", 1))
    assert deliveries(plan) == {FIRST: (6_000_000, "received")}


def test_contract_years_of_a_term_that_begins_in_july(plan: Plan) -> None:
    july = Month.of(2025, 7)
    contract = Contract(
        reference="C2", supplier="MNG", buyer="RNO", stage="signed", start_month=july, end_month=Month.of(2026, 9)
    )
    volumes = tuple(Volume(contract="C2", line=1, year=year, agreed_kg=1_200_000) for year in (2025, 2026, 2027))
    plan.run(CreateRecords((contract, Line(contract="C2", line=1, material="CoSO4"), *volumes)))
    plan.run(PhaseLine("C2", 1))
    found = deliveries(plan, "C2")
    assert found == {july.plus(n): (100_000 if n < 12 else 400_000, "planned") for n in range(15)}
    plan.undo()
    plan.run(PhaseLine("C2", 1, (2026,)))
    assert list(deliveries(plan, "C2")) == [Month.of(2026, 7).plus(n) for n in range(3)]
    assert PhaseLine("C2", 1, (2025, 2026)).title == "Phase C2 1 2025, 2026"


@settings(max_examples=30)
@given(
    agreed=st.integers(0, 10**12),
    weights=st.lists(st.integers(0, 9_999), min_size=12, max_size=12).map(tuple).filter(any),
    fixed=st.dictionaries(
        st.integers(0, 11), st.tuples(st.integers(0, 10**9), st.sampled_from(("received", "confirmed")))
    ),
)
def test_the_months_of_a_year_add_up_to_what_is_agreed(
    tmp_path_factory: pytest.TempPathFactory,
    agreed: int,
    weights: tuple[int, ...],
    fixed: dict[int, tuple[int, str]],
) -> None:
    with example_plan(tmp_path_factory.mktemp("plan") / "a.offtake") as plan:
        plan.run(SetCells((Cell("volumes", row_id(plan, "volumes", "C1", 1, 2025), "agreed_t", agreed),)))
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
        plan.run(PhaseLine("C1", 1, weights=weights))
        found = deliveries(plan)
        assert {month: found[month] for month in kept} == kept
        held = sum(kg for kg, _ in kept.values())
        somewhere = any(weight for n, weight in enumerate(weights) if n not in fixed)
        assert total(plan, 2025) == (max(agreed, held) if somewhere else held)


def test_phasing_what_is_not_there_is_refused(plan: Plan) -> None:
    for command, sentence in (
        (PhaseLine("C9", 1), "There is no C9 in contracts"),
        (PhaseLine("C1", 9), "There is no C1 9 in lines"),
        (PhaseLine("C1", 1, (2030,)), "C1 1 has no agreed volume to phase; add its contract years first"),
    ):
        with pytest.raises(PlannerError, match=sentence):
            plan.run(command)


def test_deliveries_are_set_made_and_taken_away(plan: Plan) -> None:
    cells = (
        DeliveryCell("C1", 1, FIRST, None),
        DeliveryCell("C1", 1, FIRST.plus(1), 5),
        DeliveryCell("C1", 1, FIRST.plus(2), None),
    )
    changes = plan.run(SetDeliveries(cells))
    assert changes is not None
    assert (changes.count, changes.edit.title) == (2, "Set 3 deliveries")
    assert deliveries(plan) == {FIRST.plus(1): (5, "planned")}
    assert SetDeliveries(cells[:1]).title == "Set delivery C1 1 2025-01"
    assert plan.run(SetDeliveries(cells[1:])) is None


def test_a_confirmed_month_may_change_and_a_received_one_may_not(plan: Plan) -> None:
    set_status(plan, FIRST, "confirmed")
    plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST, 7),)))
    assert deliveries(plan) == {FIRST: (7, "confirmed")}
    set_status(plan, FIRST, "received")
    assert plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST, 7),))) is None
    for kg in (8, None):
        with pytest.raises(InvalidValueError, match="quantity_t: 2025-01 of C1 1 is received and stays as it is"):
            plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST.plus(1), 1), DeliveryCell("C1", 1, FIRST, kg))))
    assert deliveries(plan) == {FIRST: (7, "received")}
    with pytest.raises(InvalidValueError, match="there is no line 'C1 3'"):
        plan.run(SetDeliveries((DeliveryCell("C1", 3, FIRST, 8),)))


def test_a_contract_is_duplicated_as_a_memorandum_with_all_its_parts_planned(plan: Plan) -> None:
    contract = plan.find("contracts", ("C1",))
    assert contract is not None
    plan.run(SetCells((Cell("contracts", contract.id, "probability_pct", 900_000),)))
    set_status(plan, FIRST, "received")
    plan.run(DuplicateContract("C1", "C2"))
    assert plan.undo_title == "Duplicate C1 as C2"
    copy = plan.find("contracts", ("C2",))
    assert copy is not None
    assert copy.record.values() == {
        **contract.record.values(),
        "reference": "C2",
        "stage": "memorandum",
        "probability_ppm": None,
    }
    for table in ("lines", "volumes", "milestones"):
        first, second = ([r.record.values() for r in plan.rows(table, {"contract": c})] for c in ("C1", "C2"))
        assert [{**values, "contract": "C2"} for values in first] == second != []
    assert deliveries(plan) == {FIRST: (416_000, "received")}
    assert deliveries(plan, "C2") == {FIRST: (416_000, "planned")}


def test_a_contract_is_not_duplicated_over_another_or_from_nothing(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="There is no contract 'C9'; the page Contracts lists them"):
        plan.run(DuplicateContract("C9", "C2"))
    with pytest.raises(PlannerError, match="There is already a contract 'C1'"):
        plan.run(DuplicateContract("C1", "C1"))
    with pytest.raises(InvalidValueError, match="reference: it is empty"):
        plan.run(DuplicateContract("C1", ""))
    assert len(plan.history()) == 1


def test_what_is_agreed_falls_evenly_where_the_phasing_gives_the_open_months_nothing(plan: Plan) -> None:
    plan.run(SetCells((Cell("lines", row_id(plan, "lines", "C1", 1), "phasing", "1/0/0/0/0/0/0/0/0/0/0/0"),)))
    set_status(plan, FIRST, "received")
    plan.run(PhaseLine("C1", 1, (2025,)))
    found = deliveries(plan)
    assert found[FIRST] == (416_000, "received")
    assert sum(kg for kg, _ in found.values()) == 5_000_000
    assert len(found) == 12


def test_a_month_that_is_set_twice_has_what_was_set_last(plan: Plan) -> None:
    later = FIRST.plus(5)
    plan.run(SetDeliveries((DeliveryCell("C1", 1, later, 1), DeliveryCell("C1", 1, later, 2))))
    assert deliveries(plan)[later] == (2, "planned")
    plan.run(SetDeliveries((DeliveryCell("C1", 1, later, None), DeliveryCell("C1", 1, later, 3))))
    assert deliveries(plan)[later] == (3, "planned")
