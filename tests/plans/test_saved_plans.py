"""A plan saved by each released format opens, reads, undoes to its beginning and redoes."""

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from planner.changes import EditState
from planner.errors import PlannerError
from planner.model import TABLES
from planner.plan import Plan, Row
from planner.store import schema
from tests.plans.make import FOLDER, make, shrink

SAVED = sorted(FOLDER.glob("format-*.offtake"))
# The tables that a format brought; a plan of an earlier one has no rows of them.
BROUGHT = {
    2: {
        *("evidence", "stage_changes", "buyer_shares", "attachments"),
        *("indices", "index_prices", "exchange_rates", "price_terms"),
    },
    3: {"supplier_carbon", "lots", "intakes", "returns", "targets", "budgets", "mutes"},
}


def contents(plan: Plan) -> dict[str, list[Row]]:
    return {name: plan.rows(name) for name in TABLES}


def test_there_is_one_of_each_format() -> None:
    assert [path.name for path in SAVED] == [f"format-{number}.offtake" for number in range(1, schema.VERSION + 1)]


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: path.stem)
def test_a_saved_plan_opens_and_goes_to_its_beginning_and_back(saved: Path, tmp_path: Path) -> None:
    path = tmp_path / saved.name
    shutil.copy(saved, path)
    with Plan.open(path, person="Tester") as plan:
        assert plan.read_only is None
        assert plan.integrity() == []
        held = contents(plan)
        later = {name for number, names in BROUGHT.items() if saved.stem < f"format-{number}" for name in names}
        assert {name for name, rows in held.items() if not rows} == later
        assert plan.cube.inputs.planned.sum() == 5_000_000
        assert plan.findings() == []
        edits = plan.history()
        assert [edit.number for edit in edits] == list(range(len(edits), 0, -1))
        for edit in edits:
            changes = plan.changes(edit.number or 0)
            assert changes.count == len(list(changes)) > 0
        applied = sum(edit.state is EditState.APPLIED for edit in edits)
        for _ in range(applied):
            assert plan.undo() is not None
        assert (plan.undo(), any(contents(plan).values())) == (None, False)
        for _ in range(applied):
            assert plan.redo() is not None
        assert contents(plan) == held
        assert plan.redo() is not None
        assert plan.redo() is None
        assert plan.integrity() == []


def test_the_program_that_saves_them_makes_the_present_format(tmp_path: Path) -> None:
    fresh = make(tmp_path)
    shrink(fresh)
    assert fresh.name == f"format-{schema.VERSION}.offtake"
    assert fresh.stat().st_size < 100_000
    with Plan.open(fresh, person="Tester") as plan:
        assert all(contents(plan).values())
        assert plan.redo_title == "Add organisation VUL"


def test_an_older_plan_that_may_not_be_written_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "older.offtake"
    shutil.copy(SAVED[0], path)
    held = path.read_bytes()
    with FileLock(f"{path}-lock"), pytest.raises(PlannerError, match=r"older version .* Close it there .* copy it"):
        Plan.open(path, person="Tester")
    assert path.read_bytes() == held
