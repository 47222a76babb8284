"""What falls due, from a plan file with a record of each kind."""

from datetime import date
from pathlib import Path

import pytest

from planner.analysis.terms.dates import NextDate, Occasion, next_dates
from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.exchange.samples import create_sample
from planner.model import Contract, Evidence, Line, Milestone, Volume
from planner.plan import Plan
from planner.units import Month
from tests.strategies import row_id

TODAY = date(2026, 8, 31)
# Half a year after the last of August: February has no 31st.
LAST = date(2027, 2, 28)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return the sample with a contract of which everything falls due, and one that was cancelled."""
    plan = create_sample(tmp_path / "plan.offtake", "Tester")
    for reference, stage in (("DUE", "signed"), ("GONE", "cancelled")):
        first, last = Month.of(2026, 1), Month.of(2027, 2)
        records = (
            Contract(
                reference=reference,
                title="Short",
                supplier="MANAGEM",
                buyer="RENAULT",
                stage=stage,
                start_month=first,
                end_month=last,
            ),
            Line(contract=reference, line=1, material="Cu"),
            Volume(contract=reference, line=1, year=2026, agreed_kg=0, option_kg=2_500_000, option_until=LAST),
            Milestone(contract=reference, name="Audit", due=date(2026, 8, 1), forecast=date(2026, 9, 1)),
            Milestone(contract=reference, name="Late", due=date(2020, 1, 1)),
            Milestone(contract=reference, name="Done", due=date(2026, 9, 1), done=date(2026, 8, 1)),
            Milestone(contract=reference, name="Far", due=date(2027, 3, 1)),
            Milestone(contract=reference, name="Without a day"),
        )
        for record in records:
            plan.run(CreateRecords((record,)))
    plan.run(CreateRecords((Evidence(code="E1", scheme="ISO 14001", organisation="MANAGEM", expires=TODAY),)))
    return plan


def own(plan: Plan, today: date = TODAY, months: int = 6) -> list[NextDate]:
    """Return what is due that is not of the sample."""
    found = plan.ask(next_dates, today, months)
    return [each for each in found if each.owner in {"DUE", "GONE"} or each.key == ("E1",)]


def test_all_that_falls_due_stands_by_day(plan: Plan) -> None:
    with plan:
        assert own(plan) == [
            NextDate(date(2020, 1, 1), Occasion.MILESTONE, "DUE", "Late", "milestones", ("DUE", "Late"), overdue=True),
            NextDate(TODAY, Occasion.EVIDENCE, "MANAGEM", "ISO 14001 E1 expires", "evidence", ("E1",)),
            NextDate(date(2026, 9, 1), Occasion.MILESTONE, "DUE", "Audit", "milestones", ("DUE", "Audit")),
            NextDate(LAST, Occasion.OPTION, "DUE", "Option of 2,500 t in 2026, line 1", "volumes", ("DUE", 1, 2026)),
            NextDate(LAST, Occasion.TERM, "DUE", "Term ends: Short", "contracts", ("DUE",)),
        ]


def test_what_lies_behind_or_too_far_ahead_is_left_out(plan: Plan) -> None:
    with plan:
        assert [each.text for each in own(plan, months=5)] == ["Late", "ISO 14001 E1 expires", "Audit"]
        assert [each.text for each in own(plan, date(2027, 2, 28), 0)] == [
            "Late",
            "Audit",
            "Option of 2,500 t in 2026, line 1",
            "Term ends: Short",
        ]
        assert [each.text for each in own(plan, date(2027, 3, 1), 0)] == ["Late", "Audit", "Far"]


def test_an_edit_is_seen(plan: Plan) -> None:
    with plan:
        row = plan.find("milestones", ("DUE", "Late"))
        assert row is not None
        plan.run(DeleteRecords("milestones", (row.id,)))
        assert "Late" not in [each.text for each in own(plan)]


def test_an_option_of_less_than_a_tonne_is_not_told_as_nothing(plan: Plan) -> None:
    with plan:
        plan.run(SetCells((Cell("volumes", row_id(plan, "volumes", "DUE", 1, 2026), "option_t", 400),)))
        assert "Option of 0.4 t in 2026, line 1" in [each.text for each in own(plan)]


def test_each_date_names_a_record(plan: Plan) -> None:
    with plan:
        dates = plan.ask(next_dates, date(2025, 1, 1), 84)
        assert len(dates) > 10
        assert all(plan.find(each.table, each.key) is not None for each in dates)
        assert [each.day for each in dates] == sorted(each.day for each in dates)
