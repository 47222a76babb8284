"""Findings are put aside and taken up again as edits like any other."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.commands import MuteFinding, UnmuteFinding
from planner.errors import PlannerError
from planner.model import Mute
from planner.plan import Plan

DAY = date(2027, 3, 31)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    with Plan.create(tmp_path / "a.offtake", person="Tester") as made:
        yield made


def held(plan: Plan) -> list[object]:
    return [row.record for row in plan.rows("mutes")]


def test_a_finding_is_put_aside_once_and_later_for_longer(plan: Plan) -> None:
    command = MuteFinding("shortage", "Co 2029", DAY, "talks are under way")
    done = plan.run(command)
    assert done is not None
    assert done.edit.title == "Mute shortage of Co 2029 until 2027-03-31"
    assert held(plan) == [Mute(finding="shortage", place="Co 2029", until=DAY, note="talks are under way")]
    assert plan.run(command) is None
    plan.run(MuteFinding("shortage", "Co 2029", date(2028, 1, 1)))
    assert held(plan) == [Mute(finding="shortage", place="Co 2029", until=date(2028, 1, 1))]
    plan.undo()
    plan.undo()
    assert held(plan) == []


def test_what_is_taken_up_again_is_gone_and_comes_back_with_undo(plan: Plan) -> None:
    plan.run(MuteFinding("shortage", "Co 2029", DAY))
    done = plan.run(UnmuteFinding("shortage", "Co 2029"))
    assert done is not None
    assert done.edit.title == "Unmute shortage of Co 2029"
    assert held(plan) == []
    plan.undo()
    assert len(held(plan)) == 1


def test_what_is_not_put_aside_cannot_be_taken_up(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="shortage of Co 2030 is not muted"):
        plan.run(UnmuteFinding("shortage", "Co 2030"))
