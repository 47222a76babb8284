"""A follow-on is drafted with nothing reached; a contract that is closed loses what was planned after its end."""

from dataclasses import replace
from datetime import date

import pytest

from planner.analysis import Subject
from planner.commands import (
    CloseContract,
    CreateRecords,
    DeleteRecords,
    DraftContract,
    DuplicateContract,
    PhaseLine,
    SetDeliveryStatus,
    closing_of,
)
from planner.errors import PlannerError
from planner.model import TABLES, Contract, Milestone, PriceTerm, Volume
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST

JULY = Month.of(2025, 7)


def state(plan: Plan) -> list[object]:
    return [plan.rows(name) for name in TABLES]


def parts(plan: Plan, table: str, contract: str) -> list[dict[str, object]]:
    """Return the values of the records of a contract, without its reference."""
    records = [row.record.values() for row in plan.rows(table, {"contract": contract})]
    return [{name: value for name, value in values.items() if name != "contract"} for values in records]


def contract(plan: Plan, reference: str) -> Contract:
    row = plan.find("contracts", (reference,))
    assert row is not None
    assert isinstance(row.record, Contract)
    return row.record


@pytest.fixture
def rich(plan: Plan) -> Plan:
    """Add what a contract can have: a milestone that is done, an option that was called, a note."""
    plan.run(
        CreateRecords(
            (
                Milestone(
                    contract="C1", name="Study", due=date(2024, 2, 29), forecast=date(2024, 3, 1), done=date(2024, 4, 1)
                ),
                Volume(
                    contract="C1",
                    line=1,
                    year=2026,
                    agreed_kg=6_000_000,
                    option_kg=5,
                    option_until=date(2025, 12, 31),
                    option_called=date(2025, 6, 1),
                ),
            )
        )
    )
    return plan


def test_a_duplicate_has_shares_attachments_and_price_terms_and_nothing_is_reached(rich: Plan) -> None:
    before = state(rich)
    rich.run(DuplicateContract("C1", "C2"))
    for table in ("lines", "buyer_shares", "attachments", "price_terms"):
        assert parts(rich, table, "C2") == parts(rich, table, "C1") != []
    assert parts(rich, "milestones", "C2") == [
        {"name": "First delivery", "due": date(2025, 1, 31), "forecast": None, "done": None, "note": ""},
        {"name": "Study", "due": date(2024, 2, 29), "forecast": None, "done": None, "note": ""},
    ]
    assert [each["option_called"] for each in parts(rich, "volumes", "C2")] == [None, None]
    assert parts(rich, "stage_changes", "C2") == []
    rich.undo()
    assert state(rich) == before


def test_a_draft_follows_the_end_with_everything_moved_by_the_term(rich: Plan) -> None:
    before = state(rich)
    changes = rich.run(DraftContract("C1", "C2"))
    assert changes is not None
    assert changes.edit.title == "Draft C2 to follow C1"
    draft, old = contract(rich, "C2"), contract(rich, "C1")
    assert (draft.start_month, draft.end_month) == (Month.of(2027, 1), Month.of(2028, 12))
    assert (draft.stage, draft.probability_ppm, draft.note) == ("memorandum", None, "Follows C1.")
    assert (draft.supplier, draft.buyer, draft.title) == (old.supplier, old.buyer, old.title)
    for table in ("lines", "buyer_shares"):
        assert parts(rich, table, "C2") == parts(rich, table, "C1") != []
    volumes = parts(rich, "volumes", "C2")
    assert [(each["year"], each["agreed_kg"]) for each in volumes] == [(2027, 5_000_000), (2028, 6_000_000)]
    assert [(each["option_until"], each["option_called"]) for each in volumes] == [
        (None, None),
        (date(2027, 12, 31), None),
    ]
    assert [each["month"] for each in parts(rich, "price_terms", "C2")] == [Month.of(2027, 1)]
    milestones = [(each["name"], each["due"], each["done"]) for each in parts(rich, "milestones", "C2")]
    # The leap day of 2024 falls on the last day of February 2026.
    assert milestones == [("First delivery", date(2027, 1, 31), None), ("Study", date(2026, 2, 28), None)]
    for table in ("deliveries", "attachments", "stage_changes"):
        assert parts(rich, table, "C2") == []
    rich.undo()
    assert state(rich) == before


def test_a_draft_after_an_odd_term_keeps_the_place_of_its_contract_years(plan: Plan) -> None:
    odd = Contract(
        reference="C2", supplier="MNG", buyer="RNO", stage="signed", start_month=JULY, end_month=Month.of(2026, 9)
    )
    line = plan.rows("lines")[0].record.values() | {"contract": "C2"}
    volumes = tuple(Volume(contract="C2", line=1, year=year, agreed_kg=year) for year in (2025, 2026))
    plan.run(CreateRecords((odd, TABLES["lines"].record.of(line), *volumes)))
    plan.run(DraftContract("C2", "C3"))
    draft = contract(plan, "C3")
    assert (draft.start_month, draft.end_month) == (Month.of(2026, 10), Month.of(2027, 12))
    assert [(each["year"], each["agreed_kg"]) for each in parts(plan, "volumes", "C3")] == [(2026, 2025), (2027, 2026)]


def test_a_draft_beyond_the_last_year_of_a_plan_is_refused(plan: Plan) -> None:
    late = Contract(
        reference="C2", supplier="MNG", buyer="RNO", stage="signed", start_month=FIRST, end_month=Month.of(2074, 12)
    )
    plan.run(CreateRecords((late,)))
    plan.run(DraftContract("C2", "C3"))
    plan.run(DraftContract("C3", "C4"))
    with pytest.raises(PlannerError, match="The draft would reach beyond 2199"):
        plan.run(DraftContract("C4", "C5"))


def test_a_contract_that_delivered_is_expired_when_it_is_closed(rich: Plan) -> None:
    rich.run(PhaseLine("C1", 1))
    rich.run(SetDeliveryStatus(tuple(("C1", 1, FIRST.plus(n)) for n in range(10)), "received"))
    before = state(rich)
    closing = closing_of(rich, "C1", Month.of(2025, 10))
    assert (closing.stage, len(closing.deliveries), len(closing.volumes)) == ("expired", 14, 1)
    changes = rich.run(CloseContract("C1", Month.of(2025, 10)))
    assert changes is not None
    assert changes.edit.title == "Close C1 with 2025-10"
    closed = contract(rich, "C1")
    assert (closed.end_month, closed.stage) == (Month.of(2025, 10), "expired")
    assert [each["month"] for each in parts(rich, "deliveries", "C1")] == [FIRST.plus(n) for n in range(10)]
    assert [each["year"] for each in parts(rich, "volumes", "C1")] == [2025]
    assert "expired" in [each["stage"] for each in parts(rich, "stage_changes", "C1")]
    assert rich.integrity() == []
    rich.undo()
    assert state(rich) == before


def test_a_contract_with_deliveries_to_come_keeps_its_stage(rich: Plan) -> None:
    rich.run(PhaseLine("C1", 1))
    rich.run(SetDeliveryStatus((("C1", 1, FIRST),), "received"))
    until = Month.of(2025, 10)
    supply = rich.cover(Subject("element", "Co"), start=FIRST, end=until)
    rich.run(CloseContract("C1", until))
    assert (contract(rich, "C1").end_month, contract(rich, "C1").stage) == (until, "signed")
    assert rich.cover(Subject("element", "Co"), start=FIRST, end=until) == supply


def test_closing_in_mid_year_leaves_the_share_of_its_months_and_no_later_price(rich: Plan) -> None:
    later = PriceTerm(contract="C1", line=1, month=Month.of(2026, 1), fixed_e4=1)
    rich.run(CreateRecords((later,)))
    before = state(rich)
    (agreed,) = (
        row.record for row in rich.rows("volumes") if isinstance(row.record, Volume) and row.record.year == 2025
    )
    closing = closing_of(rich, "C1", Month.of(2025, 9))
    assert [row.record for row in closing.price_terms] == [later]
    assert [volume for _, volume in closing.cut] == [
        replace(agreed, agreed_kg=agreed.agreed_kg * 3 // 4, option_kg=agreed.option_kg * 3 // 4)
    ]
    rich.run(CloseContract("C1", Month.of(2025, 9)))
    assert [each["agreed_kg"] for each in parts(rich, "volumes", "C1")] == [agreed.agreed_kg * 3 // 4]
    assert later not in [row.record for row in rich.rows("price_terms")]
    rich.undo()
    assert state(rich) == before


def test_a_contract_of_which_nothing_came_is_cancelled(rich: Plan) -> None:
    rich.run(DeleteRecords("deliveries", tuple(row.id for row in rich.rows("deliveries"))))
    rich.run(CloseContract("C1", Month.of(2025, 12)))
    assert contract(rich, "C1").stage == "cancelled"
    assert [each["year"] for each in parts(rich, "volumes", "C1")] == [2025]


@pytest.mark.parametrize("status", ["confirmed", "received"])
def test_what_is_confirmed_after_the_end_stands_in_the_way(rich: Plan, status: str) -> None:
    rich.run(PhaseLine("C1", 1))
    rich.run(SetDeliveryStatus((("C1", 1, FIRST.plus(9)), ("C1", 1, FIRST.plus(7))), status))
    before = state(rich)
    with pytest.raises(PlannerError, match=f"cannot end with 2025-05: line 1 has a {status} delivery in 2025-08"):
        rich.run(CloseContract("C1", Month.of(2025, 5)))
    assert state(rich) == before


@pytest.mark.parametrize("month", [Month.of(2024, 12), Month.of(2027, 1)])
def test_a_month_outside_the_term_is_refused(plan: Plan, month: Month) -> None:
    with pytest.raises(PlannerError, match=f"{month} lies outside the term of C1, 2025-01 to 2026-12"):
        plan.run(CloseContract("C1", month))


def test_there_must_be_a_contract_and_a_free_name(plan: Plan) -> None:
    for command in (DraftContract("C9", "C2"), CloseContract("C9", FIRST), DuplicateContract("C9", "C2")):
        with pytest.raises(PlannerError, match="There is no contract 'C9'; the page Contracts lists them"):
            plan.run(command)
    with pytest.raises(PlannerError, match="There is already a contract 'C1'"):
        plan.run(DraftContract("C1", "C1"))
