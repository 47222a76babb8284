"""Drafts wait beside the plan: applied at once or after other edits, refused where the plan moved on, discarded."""

import pytest

from planner.changes import EditState
from planner.commands import CreateRecords, DeleteRecords, PutRecords
from planner.errors import ConflictError, PlannerError
from planner.fields import Value
from planner.model import Organisation
from planner.plan import Mode, Plan
from tests.planner.store.machine import stage
from tests.strategies import FIRST, row_id

NAMES = ("code", "name", "country")


def imported(plan: Plan, *rows: tuple[Value, ...]) -> int:
    """Preview organisations by code, name and country; returns the draft."""
    preview = stage(plan, "organisations", list(rows), Mode.UPSERT, *NAMES)
    assert preview.draft is not None
    return preview.draft


def put(plan: Plan, organisation: str, **values: Value) -> None:
    """Set fields of an organisation."""
    row = plan.find("organisations", (organisation,))
    assert row is not None
    record = row.record.of({**row.record.values(), **values})
    plan.run(PutRecords("organisations", ((row.id, record),)))


def organisation(plan: Plan, code: str) -> Organisation:
    """Return an organisation."""
    row = plan.find("organisations", (code,))
    assert row is not None
    assert isinstance(row.record, Organisation)
    return row.record


def test_a_draft_applied_after_other_edits_keeps_what_they_did(plan: Plan) -> None:
    draft = imported(plan, ("MNG", "Managem Group", "Morocco"), ("VUL", "Vulcan", "Germany"))
    put(plan, "MNG", note="Founded 1928")
    changes = plan.apply_draft(draft)
    mng = organisation(plan, "MNG")
    assert (mng.name, mng.country, mng.note) == ("Managem Group", "Morocco", "Founded 1928")
    assert organisation(plan, "VUL").country == "Germany"
    assert (changes.edit.number, changes.count) == (3, 2)
    newest = plan.history()[0]
    assert (newest.number, newest.title) == (3, "Import 1 + 1 organisations")
    plan.undo()
    assert organisation(plan, "MNG").note == "Founded 1928"


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        ("MNG", {"country": "Maroc"}, r"edit 2 \(Change organisation MNG\) changed the same cells"),
        ("RNO", {"code": "VUL"}, r"edit 2 \(Change organisation VUL\) made a record with the same key"),
    ],
)
def test_a_draft_is_refused_where_the_plan_moved_on(
    plan: Plan, code: str, values: dict[str, Value], sentence: str
) -> None:
    draft = imported(plan, ("MNG", "Managem", "Morocco"), ("VUL", "Vulcan", "Germany"))
    put(plan, code, **values)
    before = plan.rows("organisations")
    with pytest.raises(ConflictError, match=sentence):
        plan.apply_draft(draft)
    assert plan.rows("organisations") == before
    plan.undo()
    assert plan.apply_draft(draft).count == 2


def test_a_draft_over_a_deleted_parent_names_the_deletion(plan: Plan) -> None:
    plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
    preview = stage(plan, "plants", [("P9", "Nine", "VUL")], Mode.UPSERT, "code", "name", "organisation")
    plan.run(DeleteRecords("organisations", (row_id(plan, "organisations", "VUL"),)))
    assert preview.draft is not None
    with pytest.raises(ConflictError, match=r"edit 3 \(Delete 1 organisation\) deleted the organisation it needs"):
        plan.apply_draft(preview.draft)


def test_a_draft_that_breaks_a_rule_since_is_refused(plan: Plan) -> None:
    preview = stage(plan, "contracts", [("C1", FIRST.plus(2))], Mode.UPSERT, "reference", "end_month")
    row = plan.find("contracts", ("C1",))
    assert row is not None
    moved = row.record.of({**row.record.values(), "start_month": FIRST.plus(3)})
    plan.run(PutRecords("contracts", ((row.id, moved),)))
    assert preview.draft is not None
    with pytest.raises(ConflictError, match="2025-03 lies before the start, 2025-04"):
        plan.apply_draft(preview.draft)


def test_what_moved_on_by_an_undo_is_refused_too(plan: Plan) -> None:
    put(plan, "MNG", country="Maroc")
    draft = imported(plan, ("MNG", "Managem", "Morocco"))
    plan.undo()
    with pytest.raises(
        ConflictError, match=r"The draft 'Import 0 \+ 1 organisations' no longer fits the plan: something"
    ):
        plan.apply_draft(draft)


def test_a_draft_can_be_applied_or_discarded_once(plan: Plan) -> None:
    draft, other = imported(plan, ("VUL", "Vulcan", "")), imported(plan, ("TER", "Terrafame", ""))
    plan.discard_draft(other)
    for act in (plan.discard_draft, plan.apply_draft):
        with pytest.raises(PlannerError, match="That draft is gone"):
            act(other)
    plan.apply_draft(draft)
    for act in (plan.discard_draft, plan.apply_draft):
        with pytest.raises(PlannerError, match=r"is no draft|draft is gone"):
            act(draft)
    assert plan.count("organisations") == 3


def test_a_draft_is_no_part_of_the_history_and_leaves_redo_alone(plan: Plan) -> None:
    put(plan, "MNG", country="Morocco")
    plan.undo()
    draft = imported(plan, ("VUL", "Vulcan", ""))
    assert [edit.number for edit in plan.history()] == [2, 1]
    assert plan.redo() is not None
    assert plan.apply_draft(draft).edit.number == 3
    assert plan.redo() is None


def test_drafts_left_behind_are_forgotten_at_open(plan: Plan) -> None:
    draft = imported(plan, ("VUL", "Vulcan", ""))
    plan.close()
    with Plan.open(plan.path, person="Tester") as again:
        with pytest.raises(PlannerError, match="That draft is gone"):
            again.apply_draft(draft)
        assert [edit.state for edit in again.history()] == [EditState.APPLIED]


def test_opening_for_reading_alone_leaves_drafts_alone(plan: Plan) -> None:
    draft = imported(plan, ("VUL", "Vulcan", ""))
    Plan.open(plan.path, person="Another").close()
    assert plan.apply_draft(draft).count == 1
