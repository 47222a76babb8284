"""Evidence that expires before a delivery, memoranda that count as firm, data that nobody keeps up."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from planner.checks import Finding
from planner.commands import Cell, CreateRecords, PhaseLine, SetCells, SetDeliveryStatus
from planner.model import Contract, Delivery, Evidence, Line, Organisation
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST, example_plan, row_id

DAY = date(2025, 3, 15)
TODAY = datetime.now(UTC).astimezone().date()
NOW = Month.of(TODAY.year, TODAY.month)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan whose one line is delivered from January to December 2025."""
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(PhaseLine("C1", 1))
        assert made.findings(today=DAY) == []
        yield made


def found(plan: Plan, check: str, today: date = DAY) -> list[Finding]:
    return [each for each in plan.findings(today=today) if each.check == check]


def put(plan: Plan, field: str, value: str | int) -> None:
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), field, value),)))


def prove(plan: Plan, code: str, expires: date | None, plant: str | None = None, organisation: str = "MNG") -> None:
    evidence = Evidence(code=code, scheme="ISO 14001", organisation=organisation, plant=plant, expires=expires)
    plan.run(CreateRecords((evidence,)))


@pytest.mark.parametrize("plant", [None, "GUE"])
@pytest.mark.parametrize(
    ("expires", "first"),
    [
        (date(2025, 6, 29), "2025-06"),
        (date(2025, 6, 30), "2025-07"),
        # What was delivered before today is not looked at.
        (date(2024, 12, 31), "2025-03"),
        (date(2025, 12, 30), "2025-12"),
    ],
)
def test_evidence_that_expires_before_a_delivery_is_found(
    plan: Plan, expires: date, first: str, plant: str | None
) -> None:
    prove(plan, "E1", expires, plant)
    (finding,) = found(plan, "evidence-expired")
    assert (finding.place, finding.table, finding.key) == ("evidence E1", "evidence", ("E1",))
    verb = "expired" if expires < DAY else "expires"
    assert finding.text == (
        f"ISO 14001 of {plant or 'MNG'} {verb} on {expires}; deliveries of C1 1 are not covered from {first} on"
    )


def test_evidence_that_reaches_to_the_last_delivery_is_enough(plan: Plan) -> None:
    prove(plan, "E1", date(2025, 12, 31))
    prove(plan, "E2", None)
    assert found(plan, "evidence-expired") == []


def test_what_follows_evidence_takes_its_place(plan: Plan) -> None:
    prove(plan, "E1", date(2025, 3, 31))
    prove(plan, "E2", date(2025, 6, 30))
    assert [each.key for each in found(plan, "evidence-expired")] == [("E2",)]
    prove(plan, "E3", None)
    assert found(plan, "evidence-expired") == []


def test_evidence_of_others_and_of_closed_contracts_is_left_alone(plan: Plan) -> None:
    plan.run(CreateRecords((Organisation(code="OTH", name="Other"),)))
    prove(plan, "E1", date(2025, 3, 31), organisation="OTH")
    assert found(plan, "evidence-expired") == []
    prove(plan, "E2", date(2025, 3, 31))
    put(plan, "stage", "cancelled")
    assert found(plan, "evidence-expired") == []


def test_several_lines_without_cover_are_counted(plan: Plan) -> None:
    delivery = Delivery(contract="C1", line=2, month=FIRST.plus(4), quantity_kg=1)
    plan.run(CreateRecords((Line(contract="C1", line=2, material="CoSO4"), delivery)))
    prove(plan, "E1", date(2025, 3, 31))
    assert "deliveries of C1 1 and 1 more line are not covered from 2025-04" in found(plan, "evidence-expired")[0].text


def test_a_memorandum_that_counts_in_full_is_found(plan: Plan) -> None:
    put(plan, "stage", "memorandum")
    assert found(plan, "memorandum-as-firm") == []
    put(plan, "probability_pct", 1_000_000)
    (finding,) = found(plan, "memorandum-as-firm")
    assert finding.text == "it is no more than a memorandum, and it counts in full: its probability is 100 %"
    assert (finding.place, finding.table, finding.key) == ("C1", "contracts", ("C1",))
    put(plan, "stage", "signed")
    assert found(plan, "memorandum-as-firm") == []


@pytest.mark.parametrize("status", ["confirmed", "received"])
def test_a_letter_of_intent_under_which_something_comes_is_found(plan: Plan, status: str) -> None:
    put(plan, "stage", "letter_of_intent")
    plan.run(SetDeliveryStatus((("C1", 1, FIRST.plus(3)), ("C1", 1, FIRST.plus(1))), status))
    (finding,) = found(plan, "memorandum-as-firm")
    assert finding.text == (
        "it is no more than a letter of intent, and deliveries are confirmed or received from 2025-02 on"
    )


def test_deliveries_long_past_are_awaited_where_receipts_are_kept(plan: Plan) -> None:
    day = date(2025, 8, 31)
    assert found(plan, "stale-data", day) == []
    plan.run(SetDeliveryStatus((("C1", 1, FIRST), ("C1", 1, FIRST.plus(2))), "received"))
    (finding,) = found(plan, "stale-data", day)
    # February, April and May; June is two months past, and may still be told.
    assert (finding.place, finding.text) == ("C1", "3 deliveries until 2025-05 are not marked received")
    plan.run(SetDeliveryStatus((("C1", 1, FIRST.plus(1)), ("C1", 1, FIRST.plus(3))), "received"))
    assert found(plan, "stale-data", day)[0].text == "1 delivery until 2025-05 is not marked received"
    put(plan, "stage", "cancelled")
    assert found(plan, "stale-data", day) == []


def test_a_plan_that_nobody_touches_while_deliveries_are_to_come_grows_old(plan: Plan) -> None:
    later = NOW.plus(24)
    contract = Contract(reference="C2", supplier="MNG", buyer="RNO", stage="signed", start_month=NOW, end_month=later)
    delivery = Delivery(contract="C2", line=1, month=later, quantity_kg=1)
    plan.run(CreateRecords((contract, Line(contract="C2", line=1, material="CoSO4"), delivery)))
    assert found(plan, "stale-data", TODAY) == found(plan, "stale-data", TODAY + timedelta(days=85)) == []
    (finding,) = found(plan, "stale-data", TODAY + timedelta(days=100))
    assert finding.text == f"nothing has been changed since {TODAY}, and deliveries are planned until {later}"
    assert (finding.place, finding.table, finding.key) == ("plan", "deliveries", ("C2", 1, later))
    # Once all is past, the plan is done and not old.
    assert found(plan, "stale-data", TODAY + timedelta(days=800)) == []
