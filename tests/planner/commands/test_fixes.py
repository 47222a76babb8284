"""A finding that can be mended is gone once its fix is done, and a draft of it changes nothing before."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.changes import ChangeSet
from planner.checks import CHECKS, Finding
from planner.commands import (
    FIXES,
    Cell,
    CreateRecords,
    DeleteRecords,
    DeliveryCell,
    ExerciseOption,
    PhaseLine,
    SetCells,
    SetDeliveries,
    SetTerm,
    fix_of,
)
from planner.errors import PlannerError
from planner.model import Delivery, Demand, Line, Volume
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import drafts_of
from tests.strategies import EXAMPLES, commands, example_plan, row_id

TODAY = datetime.now(UTC).astimezone().date()
NEXT = TODAY.year + 1
START = Month.of(NEXT, 1)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan of C1, from January of next year on for two years, with 5,000 t agreed for the first, phased."""
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(SetTerm("C1", start_month=START, end_month=START.plus(23)))
        made.run(SetCells((Cell("volumes", row_id(made, "volumes", "C1", 1, 2025), "year", NEXT),)))
        made.run(SetDeliveries((DeliveryCell("C1", 1, Month.of(2025, 1), None),)))
        made.run(PhaseLine("C1", 1))
        made.run(DeleteRecords("demand", (row_id(made, "demand", "R5", Month.of(2025, 1)),)))
        yield made


def put_line(plan: Plan, field: str, value: int) -> None:
    plan.run(SetCells((Cell("lines", row_id(plan, "lines", "C1", 1), field, value),)))


def option() -> Volume:
    return Volume(contract="C1", line=1, year=NEXT + 1, agreed_kg=0, option_kg=9_000_000)


def shortage(plan: Plan) -> None:
    """Need 30 GWh x 69.885 t = 2,096.6 t at the end, with 5,100 t of product x 20.966 % = 1,069.3 t until then."""
    need = Demand(programme="R5", month=START.plus(23), energy_kwh=30_000_000)
    plan.run(CreateRecords((need, option())))


def option_lapses(plan: Plan) -> None:
    plan.run(CreateRecords((option(),)))
    until = TODAY + timedelta(days=5)
    row = row_id(plan, "volumes", "C1", 1, NEXT + 1)
    plan.run(SetCells((Cell("volumes", row, "option_until", until),)))


def year_unphased(plan: Plan) -> None:
    plan.run(CreateRecords((Volume(contract="C1", line=1, year=NEXT + 1, agreed_kg=1_200_000),)))


def line_unphased(plan: Plan) -> None:
    line = Line(contract="C1", line=2, material="CoSO4")
    plan.run(CreateRecords((line, Volume(contract="C1", line=2, year=NEXT, agreed_kg=1_000))))


def too_much(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, START, 1_000_000),)))


def too_little_to_pay_for(plan: Plan) -> None:
    put_line(plan, "take_or_pay_pct", 900_000)
    plan.run(SetDeliveries(tuple(DeliveryCell("C1", 1, START.plus(at), None) for at in range(6))))


def outside(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, START.plus(25), 1_000),)))


def found(plan: Plan, check: str) -> list[Finding]:
    return [each for each in plan.findings() if each.check == check]


@pytest.mark.parametrize(
    ("disturb", "check", "title"),
    [
        (shortage, "shortage", f"Exercise option C1 1 {NEXT + 1}"),
        (option_lapses, "option-lapses", f"Exercise option C1 1 {NEXT + 1}"),
        (year_unphased, "unphased", f"Phase C1 1 {NEXT + 1}"),
        (line_unphased, "unphased", "Phase C1 2"),
        (too_much, "above-flexibility", f"Phase C1 1 {NEXT}"),
        (too_little_to_pay_for, "take-or-pay", f"Phase C1 1 {NEXT}"),
        (outside, "outside-term", f"Move end of C1 to {START.plus(25)}"),
    ],
)
def test_what_is_mended_is_found_no_more(plan: Plan, disturb: Callable[[Plan], None], check: str, title: str) -> None:
    assert found(plan, check) == []
    disturb(plan)
    (finding,) = found(plan, check)
    command = fix_of(finding)
    assert command is not None
    assert command.title == title
    before = plan.history()
    draft = plan.draft(command)
    assert draft is not None
    assert (draft.edit.title, draft.edit.number) == (title, None)
    assert draft.count == len(list(draft)) > 0
    assert (found(plan, check), plan.history()) == ([finding], before)
    done = plan.apply_draft(draft.edit.id)
    assert done.edit.title == title
    assert found(plan, check) == []
    plan.undo()
    assert found(plan, check) == [finding]


def test_every_fix_belongs_to_a_check() -> None:
    assert FIXES.keys() <= {check.id for check in CHECKS}
    assert all(fix.verb[0].isupper() for fix in FIXES.values())


def test_where_nothing_is_obvious_there_is_no_fix(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, START.plus(-1), 1_000),)))
    (early,) = found(plan, "outside-term")
    assert fix_of(early) is None
    for check in ("mix", *FIXES):
        assert fix_of(Finding("error", "somewhere", "text", "remedy", check=check)) is None


def test_a_discarded_draft_leaves_nothing(plan: Plan) -> None:
    outside(plan)
    command = fix_of(found(plan, "outside-term")[0])
    assert command is not None
    draft = plan.draft(command)
    assert draft is not None
    assert drafts_of(plan) == [draft.edit.id]
    plan.discard_draft(draft.edit.id)
    assert drafts_of(plan) == []
    with pytest.raises(PlannerError, match="That draft is gone"):
        plan.apply_draft(draft.edit.id)


def test_a_draft_that_nobody_ended_is_forgotten_at_the_next_start(plan: Plan) -> None:
    outside(plan)
    assert plan.draft(SetTerm("C1", end_month=START.plus(30))) is not None
    path = plan.path
    plan.close()
    with Plan.open(path, person="Tester") as again:
        assert drafts_of(again) == []


def test_a_command_that_would_change_nothing_or_is_refused_leaves_no_draft(plan: Plan) -> None:
    assert plan.draft(SetTerm("C1", end_month=START.plus(23))) is None
    with pytest.raises(PlannerError, match="There is no contract 'C9'"):
        plan.draft(SetTerm("C9", end_month=START))
    assert drafts_of(plan) == []


def test_an_option_leaves_what_is_planned_and_the_past(plan: Plan) -> None:
    """Of a year that began five months ago seven months are left; one of them has 10 t, and another is confirmed."""
    now = Month.of(TODAY.year, TODAY.month)
    start = now.plus(-5)
    plan.run(DeleteRecords("deliveries", tuple(row.id for row in plan.rows("deliveries"))))
    plan.run(SetTerm("C1", start_month=start, end_month=start.plus(23)))
    fixed = Delivery(contract="C1", line=1, month=now.plus(6), quantity_kg=7_000, status="confirmed")
    agreed = Volume(contract="C1", line=1, year=start.year, agreed_kg=5_000, option_kg=900_000)
    by_hand = Delivery(contract="C1", line=1, month=now, quantity_kg=10_000)
    plan.run(DeleteRecords("volumes", tuple(row.id for row in plan.rows("volumes"))))
    plan.run(CreateRecords((agreed, fixed, by_hand)))
    plan.run(ExerciseOption("C1", 1, start.year, 600_000))
    more = {now.plus(at): 100_000 for at in range(1, 6)}
    assert plan.line_months().by_month("C1", 1) == {now: 110_000, **more, now.plus(6): 7_000}


def test_an_option_is_called_today_and_its_year_is_phased(plan: Plan) -> None:
    plan.run(CreateRecords((option(),)))
    plan.run(ExerciseOption("C1", 1, NEXT + 1, 1_200_000))
    row = plan.find("volumes", ("C1", 1, NEXT + 1))
    assert row is not None
    assert isinstance(row.record, Volume)
    assert (row.record.agreed_kg, row.record.option_kg) == (1_200_000, 7_800_000)
    assert row.record.option_called == TODAY
    assert plan.line_months().by_month("C1", 1)[START.plus(12)] == 100_000


def test_an_option_that_is_past_is_refused_whole(plan: Plan) -> None:
    plan.run(CreateRecords((option(),)))
    row = row_id(plan, "volumes", "C1", 1, NEXT + 1)
    plan.run(SetCells((Cell("volumes", row, "option_until", date(2024, 1, 1)),)))
    with pytest.raises(PlannerError, match="could be called until 2024-01-01"):
        plan.draft(ExerciseOption("C1", 1, NEXT + 1, 1))
    assert drafts_of(plan) == []


def attempt(act: Callable[[], ChangeSet | None]) -> tuple[ChangeSet | None, str]:
    """Return what comes of it, and why it is refused."""
    try:
        return act(), ""
    except PlannerError as error:
        return None, str(error)


@settings(max_examples=40)
@given(data=st.data())
def test_a_draft_comes_to_what_the_command_does(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("plan")
    with example_plan(folder / "a.offtake") as drafted:
        command = data.draw(commands(drafted).filter(lambda drawn: drawn is not None))
        assert command is not None
        drafted.save_copy(folder / "b.offtake")
        with Plan.open(folder / "b.offtake", person="Tester") as other:
            done, refusal = attempt(lambda: other.run(command))
            draft, refused = attempt(lambda: drafted.draft(command))
            assert (draft is None, refused) == (done is None, refusal)
            if draft is not None:
                drafted.apply_draft(draft.edit.id)
            tables = {record.table for record in EXAMPLES}
            assert [list(drafted.values(name)) for name in tables] == [list(other.values(name)) for name in tables]
