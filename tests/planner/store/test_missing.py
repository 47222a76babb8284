"""Records that a file does not name: counted always, deleted only when asked for, never while that is in doubt."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.commands import CreateRecords
from planner.fields import Value
from planner.model import TABLES, Organisation
from planner.plan import Mode, Plan, Preview
from planner.units import Month
from tests.strategies import FIRST, example_plan

NEXT = FIRST.plus(1)
NAMES = ("contract", "line", "month", "quantity_t")
Rows = Sequence[tuple[Value, ...]]


def staged(  # noqa: PLR0913 - what a file may hold, each named at the call
    plan: Plan, table: str, rows: Rows, *names: str, delete: bool = True, refused: Rows = (), unread: int = 0
) -> Preview:
    """Import rows whose values stand in the order of the named fields.

    `refused` are keys of rows that could not be read otherwise.
    """
    fields = tuple(f for f in TABLES[table].fields if f.name in names)
    with plan.stage(table, fields, Mode.UPSERT, delete_missing=delete) as staging:
        staging.add(range(2, len(rows) + 2), [list(column) for column in zip(*rows, strict=True)])
        keys = list(zip(*refused, strict=True)) or [()] * len(TABLES[table].key)
        staging.note_refused(keys, unread)
        return staging.finish(lambda new, changed, deleted: f"{new} {changed} {deleted}")


def months(plan: Plan) -> list[Month]:
    return [row.record.values()["month"] for row in plan.rows("deliveries")]  # type: ignore[misc] # months they are


def test_without_being_asked_nothing_is_deleted_and_what_is_missing_is_counted(plan: Plan) -> None:
    preview = staged(plan, "deliveries", [("C1", 1, NEXT, 5)], *NAMES, delete=False)
    assert (preview.new, preview.deleted, preview.missing) == (1, 0, 1)
    assert preview.draft is not None
    plan.apply_draft(preview.draft)
    assert months(plan) == [FIRST, NEXT]


def test_when_asked_what_the_file_lacks_is_listed_deleted_and_brought_back_by_undo(plan: Plan) -> None:
    preview = staged(plan, "deliveries", [("C1", 1, NEXT, 5)], *NAMES)
    assert (preview.new, preview.deleted, preview.missing, preview.count) == (1, 1, 1, 2)
    assert preview.changes is not None
    assert [change.label for change in preview.changes if change.after is None] == ["C1 1 2025-01"]
    assert preview.draft is not None
    assert plan.apply_draft(preview.draft).edit.title == "1 0 1"
    assert months(plan) == [NEXT]
    plan.undo()
    assert months(plan) == [FIRST]


def test_a_refused_row_keeps_the_record_that_it_names(plan: Plan) -> None:
    preview = staged(plan, "deliveries", [("C1", 1, NEXT, 5)], *NAMES, refused=[("C1", 1, FIRST)])
    assert (preview.deleted, preview.missing) == (0, 0)


def test_rows_of_the_same_key_are_refused_and_their_record_stays(plan: Plan) -> None:
    preview = staged(plan, "deliveries", [("C1", 1, FIRST, 5), ("C1", 1, FIRST, 6)], *NAMES)
    assert (preview.deleted, preview.missing, preview.refused, preview.draft) == (0, 0, 2, None)


def test_nothing_is_deleted_while_a_refused_row_may_mean_any_record(plan: Plan) -> None:
    unread = staged(plan, "deliveries", [("C1", 1, NEXT, 5)], *NAMES, unread=1)
    unknown = staged(plan, "deliveries", [("C1", 1, NEXT, 5), ("C-1", 1, FIRST, 5)], *NAMES)
    for preview in (unread, unknown):
        assert (preview.unsure, preview.deleted, preview.missing) == (1, 0, 1)


def test_records_that_others_need_stay_and_say_why(plan: Plan) -> None:
    plan.run(CreateRecords((Organisation(code="IDLE", name="Idle"),)))
    preview = staged(plan, "organisations", [("MNG", "Managem")], "code", "name")
    assert (preview.missing, preview.deleted) == (2, 1)
    assert [each.record for each in preview.staying] == ["RNO"]
    assert "1 contract" in preview.staying[0].reason
    assert preview.draft is not None
    plan.apply_draft(preview.draft)
    assert plan.find("organisations", ("IDLE",)) is None
    assert plan.find("organisations", ("RNO",)) is not None
    assert plan.integrity() == []


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30), min_size=1))
def test_afterwards_the_table_holds_what_the_file_names(there: set[int], named: set[int]) -> None:
    with TemporaryDirectory() as folder, example_plan(Path(folder) / "plan.offtake") as plan:
        took_in(plan, staged(plan, "deliveries", [("C1", 1, FIRST.plus(at), 7) for at in there], *NAMES, delete=False))
        before = months(plan)
        took_in(plan, staged(plan, "deliveries", [("C1", 1, FIRST.plus(at), 8) for at in sorted(named)], *NAMES))
        assert months(plan) == [FIRST.plus(at) for at in sorted(named)]
        plan.undo()
        assert months(plan) == before


def took_in(plan: Plan, preview: Preview) -> None:
    """Apply a preview that does something."""
    if preview.draft is not None:
        plan.apply_draft(preview.draft)
