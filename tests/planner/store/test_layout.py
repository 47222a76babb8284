"""Edits that were made before a column was added are shown, undone and redone in the table as it is now."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from planner.commands import CreateRecords, DeleteRecords, PutRecords
from planner.model import Milestone, Record
from planner.plan import Plan
from planner.store.columns import column_names
from tests.strategies import example_plan, row_id

TABLE = "milestones"
OLD = tuple(name for name in column_names(TABLE) if name != "note")


def milestone(name: str) -> Milestone:
    return Milestone(contract="C1", name=name)


def make_older(path: Path) -> None:
    """Turn a plan into what it would be had milestones got their note later: no edit so far knows the column."""
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"ALTER TABLE {TABLE} DROP COLUMN note")
        file.execute(f"ALTER TABLE {TABLE} ADD COLUMN note TEXT NOT NULL DEFAULT ''")
        file.execute('UPDATE touch SET columns = ? WHERE "table" = ?', (json.dumps(OLD), TABLE))
        for side in ("before", "after"):
            place = f"$[{column_names(TABLE).index('note')}]"
            file.execute(f"UPDATE change SET {side} = json_remove({side}, ?) WHERE \"table\" = '{TABLE}'", (place,))  # noqa: S608 - the names above
        file.commit()


@pytest.fixture
def older(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan with three old edits: one milestone and another added, the second renamed and the first deleted."""
    path = tmp_path / "older.offtake"
    with example_plan(path) as plan:
        plan.run(CreateRecords((milestone("Second"),)))
        plan.run(PutRecords(TABLE, ((row_id(plan, TABLE, "C1", "Second"), milestone("Third")),)))
        plan.run(DeleteRecords(TABLE, (row_id(plan, TABLE, "C1", "First delivery"),)))
    make_older(path)
    with Plan.open(path, person="Tester") as plan:
        yield plan


def records(plan: Plan) -> list[Record]:
    return [row.record for row in plan.rows(TABLE)]


def test_old_edits_are_undone_and_redone(older: Plan) -> None:
    held = records(older)
    assert held == [milestone("Third")]
    assert older.undo() is not None
    assert older.undo() is not None
    assert [record.values()["name"] for record in records(older)] == ["First delivery", "Second"]
    assert older.undo() is not None
    assert older.undo() is not None
    assert records(older) == []
    while older.redo():
        pass
    assert records(older) == held


def test_old_edits_are_shown_with_the_column_at_its_default(older: Plan) -> None:
    (change,) = older.changes(3)
    assert (change.before, change.after) == (milestone("Second"), milestone("Third"))


def test_an_old_edit_taken_back_alone_keeps_what_the_column_holds_since(older: Plan) -> None:
    row = row_id(older, TABLE, "C1", "Third")
    noted = Milestone(contract="C1", name="Third", note="Since")
    older.run(PutRecords(TABLE, ((row, noted),)))
    older.undo_edit(3)
    assert records(older) == [Milestone(contract="C1", name="Second", note="Since")]


def test_an_old_deletion_taken_back_alone_takes_the_default(older: Plan) -> None:
    older.run(PutRecords(TABLE, ((row_id(older, TABLE, "C1", "Third"), milestone("Fourth")),)))
    older.undo_edit(4)
    assert [record.values()["note"] for record in records(older)] == ["", ""]


def test_a_column_that_is_gone_is_left_out(older: Plan) -> None:
    older.close()
    with closing(sqlite3.connect(older.path)) as file:
        wider = json.dumps([*OLD, "colour"])
        file.execute('UPDATE touch SET columns = ? WHERE "table" = ?', (wider, TABLE))
        for side in ("before", "after"):
            file.execute(f"UPDATE change SET {side} = json_insert({side}, '$[#]', 'red') WHERE \"table\" = '{TABLE}'")  # noqa: S608 - the names above
        file.commit()
    with Plan.open(older.path, person="Tester") as plan:
        while plan.undo():
            pass
        assert records(plan) == []
        while plan.redo():
            pass
        assert records(plan) == [milestone("Third")]
