"""A change of a contract's stage is written down with its day, in the edit that made it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from planner.commands import Cell, CreateRecords, PutRecords, SetCells
from planner.exchange import imports
from planner.model import Contract, Record, StageChange
from planner.plan import Mode, Plan
from tests.planner.store.machine import stage
from tests.strategies import row_id

TODAY = datetime.now(UTC).astimezone().date()
FIRST = StageChange(contract="C1", day=date(2024, 6, 1), stage="signed", previous="memorandum")


def noted(plan: Plan) -> list[Record]:
    return [row.record for row in plan.rows("stage_changes")]


def set_stage(plan: Plan, word: str) -> None:
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), "stage", word),)))


def change(word: str, previous: str) -> StageChange:
    return StageChange(contract="C1", day=TODAY, stage=word, previous=previous)


def test_a_change_is_written_down_and_goes_with_its_edit(plan: Plan) -> None:
    set_stage(plan, "delivering")
    assert noted(plan) == [FIRST, change("delivering", "signed")]
    assert plan.undo_title == "Set stage of a contract"
    plan.undo()
    assert noted(plan) == [FIRST]
    plan.redo()
    assert noted(plan) == [FIRST, change("delivering", "signed")]


def test_of_several_changes_on_one_day_the_last_stays(plan: Plan) -> None:
    for word in ("ramping_up", "ramping_up", "delivering"):
        set_stage(plan, word)
    assert noted(plan) == [FIRST, change("delivering", "signed")]


def test_a_stage_that_came_back_on_the_same_day_was_never_left(plan: Plan) -> None:
    for word in ("delivering", "signed"):
        set_stage(plan, word)
    assert noted(plan) == [FIRST]
    plan.undo()
    assert noted(plan) == [FIRST, change("delivering", "signed")]


def test_other_edits_of_a_contract_write_nothing_down(plan: Plan) -> None:
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), "title", "Cobalt"),)))
    contract = plan.rows("contracts")[0].record
    assert isinstance(contract, Contract)
    plan.run(CreateRecords((replace(contract, reference="C2", stage="memorandum"),)))
    assert noted(plan) == [FIRST]


def test_an_import_that_changes_a_stage_writes_it_down_too(plan: Plan) -> None:
    preview = stage(plan, "contracts", [("C1", "expired")], Mode.UPDATE, "reference", "stage")
    assert (preview.changed, preview.draft is None) == (1, False)
    assert noted(plan) == [FIRST]
    plan.apply_draft(preview.draft or 0)
    assert noted(plan) == [FIRST, change("expired", "signed")]


def test_a_preview_is_not_held_up_by_a_stage_that_changed_and_came_back(plan: Plan) -> None:
    preview = stage(plan, "contracts", [("C1", "expired")], Mode.UPDATE, "reference", "stage")
    assert preview.changes is not None
    assert preview.changes.tables == {"contracts"}
    for word in ("delivering", "ramping_up", "signed"):
        set_stage(plan, word)
    changes = plan.apply_draft(preview.draft or 0)
    assert changes.tables == {"contracts", "stage_changes"}
    assert changes.count == len(list(changes)) == 2
    assert noted(plan) == [FIRST, change("expired", "signed")]


def test_who_writes_the_day_down_by_hand_in_the_same_edit_is_left_at_that(plan: Plan) -> None:
    row = row_id(plan, "stage_changes", "C1", date(2024, 6, 1))
    moved = replace(FIRST, day=date(2024, 7, 1))
    contract = row_id(plan, "contracts", "C1")
    plan.run(
        SetCells((Cell("stage_changes", row, "day", moved.day), Cell("contracts", contract, "stage", "cancelled")))
    )
    assert noted(plan) == [moved]
    plan.run(PutRecords("stage_changes", ((row, FIRST),)))
    assert noted(plan) == [FIRST]


def test_the_plan_keeps_from_which_file_an_import_came(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "stages.csv"
    file.write_text("reference,stage\nC1,expired\n", encoding="utf-8")
    draft = imports.preview(plan, "contracts", file).preview.draft
    set_stage(plan, "delivering")
    plan.undo()
    # The plan has moved on since, so that the draft is made anew.
    plan.apply_draft(draft or 0)
    assert [edit.source for edit in plan.history()] == ["stages.csv", "", ""]
