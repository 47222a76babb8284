"""The ends of a term and the forecast of a milestone move in one edit each."""

from dataclasses import replace
from datetime import date

import pytest

from planner.commands import PutRecords, SetForecast, SetTerm
from planner.errors import InvalidValueError, PlannerError
from planner.model import Milestone, Record
from planner.plan import Plan
from planner.units import Month
from tests.strategies import EXAMPLES, FIRST

(CONTRACT,) = (each for each in EXAMPLES if each.table == "contracts")
(MILESTONE,) = (each for each in EXAMPLES if isinstance(each, Milestone))


def contract(plan: Plan) -> Record:
    (row,) = plan.rows("contracts")
    return row.record


def milestone(plan: Plan) -> Record:
    (row,) = plan.rows("milestones")
    return row.record


@pytest.mark.parametrize(
    ("command", "months", "title"),
    [
        (SetTerm("C1", end_month=FIRST.plus(30)), (FIRST, FIRST.plus(30)), "Move end of C1 to 2027-07"),
        (SetTerm("C1", start_month=FIRST.plus(2)), (FIRST.plus(2), FIRST.plus(23)), "Move start of C1 to 2025-03"),
        (
            SetTerm("C1", FIRST.plus(36), FIRST.plus(47)),
            (FIRST.plus(36), FIRST.plus(47)),
            "Move start of C1 to 2028-01 and end of C1 to 2028-12",
        ),
    ],
)
def test_a_term_moves_in_one_edit(plan: Plan, command: SetTerm, months: tuple[Month, Month], title: str) -> None:
    before = contract(plan)
    assert plan.run(command) is not None
    assert contract(plan).values() == {**before.values(), "start_month": months[0], "end_month": months[1]}
    assert plan.undo_title == title
    plan.undo()
    assert contract(plan) == before


def test_a_term_that_stays_is_no_edit(plan: Plan) -> None:
    assert plan.run(SetTerm("C1")) is None
    assert plan.run(SetTerm("C1", end_month=FIRST.plus(23))) is None


def test_an_impossible_term_is_refused(plan: Plan) -> None:
    with pytest.raises(InvalidValueError, match="2024-12 lies before the start, 2025-01"):
        plan.run(SetTerm("C1", end_month=FIRST.plus(-1)))
    with pytest.raises(PlannerError, match="There is no contract 'C9'; the page Contracts lists them"):
        plan.run(SetTerm("C9", end_month=FIRST))
    assert contract(plan) == CONTRACT


def test_a_forecast_moves_in_one_edit(plan: Plan) -> None:
    assert plan.run(SetForecast("C1", "First delivery", date(2025, 3, 14))) is not None
    assert milestone(plan) == replace(MILESTONE, forecast=date(2025, 3, 14))
    assert plan.undo_title == "Move forecast of C1 First delivery to 2025-03-14"
    plan.undo()
    assert milestone(plan) == MILESTONE


def test_a_milestone_that_is_done_expects_nothing(plan: Plan) -> None:
    (row,) = plan.rows("milestones")
    done = replace(MILESTONE, done=date(2025, 2, 1))
    plan.run(PutRecords("milestones", replaced=((row.id, done),)))
    with pytest.raises(PlannerError, match="First delivery of C1 was done on 2025-02-01; empty that day"):
        plan.run(SetForecast("C1", "First delivery", date(2025, 3, 14)))
    with pytest.raises(PlannerError, match="C1 has no milestone 'Review'; the page Contracts lists them"):
        plan.run(SetForecast("C1", "Review", date(2025, 3, 14)))
    assert milestone(plan) == done
