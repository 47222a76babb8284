"""What an import would do: rows counted as new, changed and same, and refused with line, field, value and reason."""

import pytest

from planner.changes import EditState
from planner.errors import ReadOnlyError
from planner.model import TABLES, Delivery
from planner.plan import Mode, Plan, Problem
from planner.units import Month
from tests.planner.store.machine import Rows, stage
from tests.strategies import EXAMPLES, FIRST, example_plan

NEXT = FIRST.plus(1)
LATER = FIRST.plus(2)
NAMES = ("contract", "line", "month", "quantity_t")


def deliveries(plan: Plan) -> list[tuple[Month, int, str]]:
    """Return month, kg and status of all deliveries."""
    records = [row.record for row in plan.rows("deliveries")]
    return [(r.month, r.quantity_kg, r.status) for r in records if isinstance(r, Delivery)]


def test_a_preview_counts_new_changed_and_same_rows_and_changes_nothing(plan: Plan) -> None:
    rows: Rows = [("C1", 1, FIRST, 1, "planned"), ("C1", 1, NEXT, 2, "received")]
    preview = stage(plan, "deliveries", rows, Mode.UPSERT)
    assert (preview.new, preview.changed, preview.same, preview.refused) == (1, 1, 0, 0)
    assert preview.problems == ()
    assert deliveries(plan) == [(FIRST, 416_000, "planned")]
    assert preview.changes is not None
    assert (preview.changes.edit.state, preview.changes.edit.title) == (EditState.DRAFT, "Import 1 + 1 deliveries")
    assert {change.label for change in preview.changes} == {"C1 1 2025-01", "C1 1 2025-02"}
    assert preview.draft is not None
    applied = plan.apply_draft(preview.draft)
    assert (applied.edit.number, applied.edit.state) == (2, EditState.APPLIED)
    assert deliveries(plan) == [(FIRST, 1, "planned"), (NEXT, 2, "received")]
    again = stage(plan, "deliveries", rows, Mode.UPSERT)
    assert (again.new, again.changed, again.same, again.draft, again.changes) == (0, 0, 2, None, None)


def test_nothing_staged_is_nothing_to_apply(plan: Plan) -> None:
    preview = stage(plan, "deliveries", [], Mode.UPSERT)
    assert (preview.new, preview.changed, preview.same, preview.draft) == (0, 0, 0, None)


def test_columns_that_the_file_lacks_keep_their_value_and_new_rows_take_the_default(plan: Plan) -> None:
    stage_status = stage(plan, "deliveries", [("C1", 1, FIRST, "received")], Mode.UPSERT, *NAMES[:3], "status")
    assert stage_status.draft is not None
    plan.apply_draft(stage_status.draft)
    preview = stage(plan, "deliveries", [("C1", 1, FIRST, 7), ("C1", 1, NEXT, 8)], Mode.UPSERT, *NAMES)
    assert preview.draft is not None
    plan.apply_draft(preview.draft)
    assert deliveries(plan) == [(FIRST, 7, "received"), (NEXT, 8, "planned")]


@pytest.mark.parametrize(
    ("mode", "new", "changed", "refused"),
    [
        (Mode.UPSERT, 1, 1, None),
        (Mode.ADD, 1, 0, "this delivery exists already; import with mode upsert to change it"),
        (Mode.UPDATE, 0, 1, "this delivery does not exist; import with mode upsert to add it"),
    ],
)
def test_a_mode_refuses_what_it_may_not_do(plan: Plan, mode: Mode, new: int, changed: int, refused: str | None) -> None:
    preview = stage(plan, "deliveries", [("C1", 1, FIRST, 7), ("C1", 1, NEXT, 8)], mode, *NAMES)
    assert (preview.new, preview.changed, preview.same) == (new, changed, 0)
    line = 2 if mode is Mode.ADD else 3
    expected = () if refused is None else (Problem(line, "contract, line, month", "", refused),)
    assert preview.problems == expected


def test_all_rows_of_the_same_key_are_refused_and_name_one_another(plan: Plan) -> None:
    rows: Rows = [("C1", 1, NEXT, 1), ("C1", 1, LATER, 2), ("C1", 1, NEXT, 3)]
    preview = stage(plan, "deliveries", rows, Mode.UPSERT, *NAMES)
    names = "contract, line, month"
    assert preview.problems == (
        Problem(2, names, "", f"line 4 has the same {names}; keep one"),
        Problem(4, names, "", f"line 2 has the same {names}; keep one"),
    )
    assert (preview.new, preview.refused) == (1, 2)


def test_of_many_rows_of_the_same_key_the_first_are_named(plan: Plan) -> None:
    rows: Rows = [("C1", 1, NEXT, n) for n in range(60)]
    preview = stage(plan, "deliveries", rows, Mode.UPSERT, *NAMES)
    assert (preview.new, preview.refused) == (0, 60)
    assert preview.problems[-1].reason.startswith("lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 have the same")


def test_a_reference_to_nothing_refuses_its_row(plan: Plan) -> None:
    rows: Rows = [("C9", 1, NEXT, 1), ("C1", 7, NEXT, 2), ("C1", 1, NEXT, 3)]
    preview = stage(plan, "deliveries", rows, Mode.UPSERT, *NAMES)
    assert preview.problems == (
        Problem(2, "contract", "C9", "there is no contract 'C9'; add it to contracts first"),
        Problem(3, "line", "C1 7", "there is no line 'C1 7'; add it to lines first"),
    )
    assert preview.new == 1


def test_each_unknown_reference_of_a_row_is_told_and_an_empty_one_is_none(plan: Plan) -> None:
    names = ("code", "name", "organisation", "material")
    rows: Rows = [("P1", "One", "X", "Y"), ("P2", "Two", "MNG", None)]
    preview = stage(plan, "plants", rows, Mode.UPSERT, *names)
    assert [(p.line, p.field, p.value) for p in preview.problems] == [(2, "material", "Y"), (2, "organisation", "X")]
    assert (preview.new, preview.refused) == (1, 1)


def test_new_rows_need_every_column_that_cannot_be_empty(plan: Plan) -> None:
    rows: Rows = [("MNG", "Morocco"), ("VUL", "Germany")]
    preview = stage(plan, "organisations", rows, Mode.UPSERT, "code", "country")
    reason = "this organisation is new, and the file has no column name; add the column"
    assert (preview.problems, preview.changed, preview.new) == ((Problem(3, "name", "", reason),), 1, 0)


def test_a_rule_over_several_fields_refuses_its_row(plan: Plan) -> None:
    rows: Rows = [("C1", FIRST.plus(-1))]
    preview = stage(plan, "contracts", rows, Mode.UPSERT, "reference", "end_month")
    reason = "2024-12 lies before the start, 2025-01"
    assert preview.problems == (Problem(2, "end_month", "", reason),)
    assert (preview.changed, preview.same, preview.refused, preview.draft) == (0, 0, 1, None)


def test_reasons_of_rows_that_could_not_be_read_are_kept_and_counted_by_line(plan: Plan) -> None:
    unread = [Problem(9, "quantity_t", "x", "'x' is not a number"), Problem(9, "month", "y", "'y' is not a month")]
    fields = TABLES["deliveries"].fields
    with plan.stage("deliveries", fields, Mode.UPSERT) as staging:
        staging.refuse(unread)
        staging.add([], [])
        preview = staging.finish(lambda new, changed, _: f"{new}{changed}")
    assert preview.problems == tuple(sorted(unread))
    assert preview.refused == 1


def test_an_import_that_is_broken_off_leaves_nothing(plan: Plan) -> None:
    def broken_off() -> None:
        with plan.stage("deliveries", TABLES["deliveries"].fields, Mode.ADD) as staging:
            staging.add([2], [["C1"], [1], [NEXT], [1], ["planned"]])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken_off()
    assert stage(plan, "deliveries", [("C1", 1, NEXT, 3)], Mode.UPSERT, *NAMES).new == 1
    assert len(plan.history()) == 1


def test_rows_of_every_table_come_in_as_they_would_by_hand(plan: Plan) -> None:
    with example_plan(plan.path.with_name("other.offtake")) as other:
        for record in EXAMPLES:
            preview = stage(other, record.table, [tuple(record.values().values())], Mode.UPSERT)
            assert (preview.same, preview.draft, preview.problems) == (1, None, ())
    # A plan in which each table is imported after those that it refers to.
    with Plan.create(plan.path.with_name("empty.offtake"), person="Tester") as empty:
        for record in EXAMPLES:
            preview = stage(empty, record.table, [tuple(record.values().values())], Mode.ADD)
            assert preview.draft is not None
            empty.apply_draft(preview.draft)
        for name in TABLES:
            assert [row.record for row in empty.rows(name)] == [row.record for row in plan.rows(name)]


def test_a_plan_that_is_open_elsewhere_takes_nothing_in(plan: Plan) -> None:
    with Plan.open(plan.path, person="Another") as second, pytest.raises(ReadOnlyError, match="reading only"):
        stage(second, "deliveries", [("C1", 1, NEXT, 3)], Mode.UPSERT, *NAMES)
