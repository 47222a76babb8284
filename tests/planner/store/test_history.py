"""The history says who did what and when, and reads what changed only when it is asked for."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.changes import ChangeSet, EditState
from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import PlannerError
from planner.model import Demand, Organisation, Plant, Programme
from planner.plan import Mode, Plan
from planner.store import Store, Writer
from planner.store.log import ROWS_LISTED
from planner.units import Month
from tests.planner.store.machine import Rows, stage
from tests.strategies import EARLIEST, example_plan, row_id


def test_an_edit_has_a_number_a_time_a_person_a_title_and_what_it_touched(plan: Plan) -> None:
    mng = row_id(plan, "organisations", "MNG")
    before = datetime.now(UTC).replace(microsecond=0)
    changes = plan.run(SetCells((Cell("organisations", mng, "country", "Morocco"),)))
    assert changes is not None
    edit = changes.edit
    assert (edit.number, edit.person, edit.title) == (2, "Tester", "Set country of an organisation")
    assert before <= edit.time <= datetime.now(UTC)
    assert edit.state is EditState.APPLIED
    (touch,) = changes.touches
    assert (touch.table, touch.created, touch.changed, touch.deleted) == ("organisations", 0, 1, 0)
    assert touch.rows == frozenset({mng})
    assert plan.history(1) == [edit]
    (change,) = plan.changes(2)
    assert isinstance(change.before, Organisation)
    assert isinstance(change.after, Organisation)
    assert (change.label, change.before.country, change.after.country) == ("MNG", "", "Morocco")
    assert [field.name for field in change.differing()] == ["country"]


def test_each_person_stands_in_the_history(plan: Plan) -> None:
    plan.close()
    with Plan.open(plan.path, person="Colleague") as again:
        again.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
        assert [(edit.number, edit.person) for edit in again.history()] == [(2, "Colleague"), (1, "Tester")]
        assert [edit.number for edit in again.history(limit=1)] == [2]


def test_an_undone_edit_stays_in_the_history_and_reads_backwards(plan: Plan) -> None:
    plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
    undone = plan.undo()
    assert undone is not None
    (change,) = undone
    assert (undone.reverse, change.before is not None, change.after) == (True, True, None)
    assert [edit.state for edit in plan.history()] == [EditState.UNDONE, EditState.APPLIED]
    redone = plan.redo()
    assert redone is not None
    (change,) = redone
    assert (redone.reverse, change.before, change.after is not None) == (False, None, True)


def test_a_change_names_what_is_gone_by_its_last_key(plan: Plan) -> None:
    plan.run(CreateRecords((Organisation(code="VUL", name="V"), Plant(code="LAN", name="L", organisation="VUL"))))
    plan.run(SetCells((Cell("organisations", row_id(plan, "organisations", "VUL"), "code", "VULCAN"),)))
    plan.run(DeleteRecords("organisations", (row_id(plan, "organisations", "VULCAN"),), cascade=True))
    plants = [change.after for change in plan.changes(2) if change.table == "plants"]
    assert plants == [Plant(code="LAN", name="L", organisation="VULCAN")]
    gone = [change.before for change in plan.changes(4) if change.table == "plants"]
    assert gone == plants


def test_an_edit_that_changes_nothing_is_none(plan: Plan) -> None:
    mng = row_id(plan, "organisations", "MNG")
    assert plan.run(SetCells((Cell("organisations", mng, "name", "Managem"),))) is None
    assert plan.run(CreateRecords(())) is None
    assert len(plan.history()) == 1


def test_there_are_no_changes_of_an_edit_that_never_was(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="There is no edit 7; the history lists them"):
        plan.changes(7)


def test_a_row_that_came_and_went_in_one_command_is_no_change(plan: Plan) -> None:
    plan.close()
    store = Store.open(plan.path, "Tester")

    def back_and_forth(writer: Writer) -> None:
        row = writer.find("organisations", ("MNG",))
        assert row is not None
        writer.update(row.id, Organisation(code="MNG", name="Other"))
        writer.update(row.id, row.record)

    assert store.write("Nothing", back_and_forth) is None
    store.close()


def many(path: Path) -> Store:
    """Make a plan and import more demand than a summary lists."""
    with example_plan(path) as plan:
        programmes = tuple(Programme(code=f"P{n}", name="Many") for n in range(6))
        plan.run(CreateRecords(programmes))
        months = [Month(n) for n in range(EARLIEST, EARLIEST + ROWS_LISTED // 5)]
        rows: Rows = [(each.code, month, 1) for each in programmes for month in months]
        preview = stage(plan, "demand", rows, Mode.ADD)
        assert preview.draft is not None
        changes = plan.apply_draft(preview.draft)
        assert changes.count == len(rows) > ROWS_LISTED
    return Store.open(path, "Tester")


def test_a_big_edit_is_a_summary_until_its_changes_are_read(tmp_path: Path) -> None:
    store = many(tmp_path / "many.offtake")
    statements: list[str] = []
    store.file.connection.set_trace_callback(statements.append)

    def traced(act: Callable[[], ChangeSet | None]) -> ChangeSet:
        statements.clear()
        changes = act()
        assert changes is not None
        assert not [text for text in statements if "before, after FROM change" in text]
        return changes

    undone = traced(store.undo)
    assert [(t.table, t.created, t.rows) for t in undone.touches] == [("demand", 12_000, None)]
    changes = traced(store.redo)
    assert changes.count == 12_000
    steps: list[int] = []
    store.file.connection.set_progress_handler(lambda: steps.append(1), 1_000)
    first = next(iter(changes))
    few = len(steps)
    assert isinstance(first.after, Demand)
    assert sum(1 for _ in changes) == 12_000
    assert few * 10 < len(steps)
    store.close()
