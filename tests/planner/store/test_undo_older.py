"""An older edit can be taken back alone where nothing later touched the same cells, and is refused otherwise."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from planner.changes import EditState
from planner.commands import Cell, CreateRecords, DeleteRecords, DuplicateContract, PutRecords, SetCells
from planner.errors import ConflictError, PlannerError
from planner.fields import Value
from planner.model import Contract, Material, Organisation, Plant
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST, row_id


def put(plan: Plan, table: str, key: tuple[Value, ...], **values: Value) -> int:
    """Set cells of one record, by attribute; returns the number of the edit."""
    row = plan.find(table, key)
    assert row is not None
    record = row.record.of({**row.record.values(), **values})
    changes = plan.run(PutRecords(table, ((row.id, record),)))
    assert changes is not None
    assert changes.edit.number is not None
    return changes.edit.number


def test_cells_that_nobody_touched_later_are_taken_back_alone(plan: Plan) -> None:
    first = put(plan, "organisations", ("MNG",), country="Morocco")
    put(plan, "organisations", ("MNG",), note="Founded 1928")
    changes = plan.undo_edit(first)
    row = plan.find("organisations", ("MNG",))
    assert row is not None
    assert isinstance(row.record, Organisation)
    assert (row.record.country, row.record.note) == ("", "Founded 1928")
    assert changes.edit.title == f"Undo edit {first}: Change organisation MNG"
    assert [edit.state for edit in plan.history()] == [EditState.APPLIED] * 4


def test_what_was_taken_back_alone_can_itself_be_taken_back(plan: Plan) -> None:
    first = put(plan, "organisations", ("MNG",), country="Morocco")
    put(plan, "organisations", ("MNG",), note="Founded 1928")
    reversal = plan.undo_edit(first).edit.number
    assert reversal is not None
    put(plan, "materials", ("CoSO4",), note="Blue")
    plan.undo_edit(reversal)
    assert [row.record.values()["country"] for row in plan.rows("organisations")] == ["Morocco", ""]


def test_the_last_edit_is_simply_undone(plan: Plan) -> None:
    last = put(plan, "organisations", ("MNG",), country="Morocco")
    changes = plan.undo_edit(last)
    assert changes.reverse
    assert [edit.state for edit in plan.history()] == [EditState.UNDONE, EditState.APPLIED]
    with pytest.raises(PlannerError, match=rf"Edit {last} \(Change organisation MNG\) is undone already"):
        plan.undo_edit(last)
    with pytest.raises(PlannerError, match="There is no edit 99"):
        plan.undo_edit(99)


def test_a_deletion_with_all_that_went_along_is_taken_back_alone(plan: Plan) -> None:
    held = {name: plan.rows(name) for name in ("contracts", "lines", "volumes", "deliveries", "milestones")}
    gone = plan.run(DeleteRecords("contracts", (row_id(plan, "contracts", "C1"),), cascade=True))
    put(plan, "organisations", ("MNG",), country="Morocco")
    assert gone is not None
    assert gone.edit.number is not None
    plan.undo_edit(gone.edit.number)
    assert {name: plan.rows(name) for name in held} == held


def same_cells(plan: Plan) -> int:
    number = put(plan, "organisations", ("MNG",), country="Morocco")
    put(plan, "organisations", ("MNG",), country="Maroc", name="Managem SA")
    put(plan, "organisations", ("MNG",), note="Not in the way")
    return number


def taken_back_and_named_no_more(plan: Plan) -> int:
    number = same_cells(plan)
    put(plan, "organisations", ("MNG",), country="MA")
    plan.undo()
    return number


def gone_since(plan: Plan) -> int:
    plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
    number = put(plan, "organisations", ("VUL",), country="Germany")
    plan.run(DeleteRecords("organisations", (row_id(plan, "organisations", "VUL"),)))
    return number


def changed_what_was_added(plan: Plan) -> int:
    changes = plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
    put(plan, "organisations", ("VUL",), country="Germany")
    assert changes is not None
    return changes.edit.number or 0


def key_taken(plan: Plan) -> int:
    plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
    number = put(plan, "organisations", ("VUL",), code="VULCAN")
    plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan of another planet"),)))
    return number


def key_taken_by_a_row_of_the_same_edit(plan: Plan) -> int:
    plan.run(CreateRecords((Organisation(code="A", name="A"), Organisation(code="B", name="B"))))
    a, b = (row_id(plan, "organisations", code) for code in "AB")
    changes = plan.run(SetCells((Cell("organisations", a, "code", "C"), Cell("organisations", b, "note", "b"))))
    put(plan, "organisations", ("B",), code="A")
    assert changes is not None
    return changes.edit.number or 0


def key_composed_of_two_edits(plan: Plan) -> int:
    plan.run(DuplicateContract("C1", "C2"))
    later = FIRST.plus(5)
    number = put(plan, "deliveries", ("C2", 1, FIRST), month=later)
    put(plan, "deliveries", ("C2", 1, later), contract="C1")
    return number


def parent_deleted(plan: Plan) -> int:
    plan.run(CreateRecords((Plant(code="P2", name="Second", organisation="MNG"),)))
    put(plan, "lines", ("C1", 1), plant="P2")
    number = put(plan, "lines", ("C1", 1), plant=None)
    plan.run(DeleteRecords("plants", (row_id(plan, "plants", "P2"),)))
    return number


def child_added(plan: Plan) -> int:
    changes = plan.run(CreateRecords((Material(code="NiSO4", name="N", element="Ni", contained_fraction_ppm=1),)))
    put(plan, "plants", ("GUE",), material="NiSO4")
    put(plan, "plants", ("GUE",), note="Not in the way")
    assert changes is not None
    return changes.edit.number or 0


def rule_broken(plan: Plan) -> int:
    number = put(plan, "contracts", ("C1",), start_month=FIRST.plus(-12))
    put(plan, "contracts", ("C1",), end_month=FIRST.plus(-1))
    return number


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (same_cells, r"edit 3 \(Change organisation MNG\) changed the same cells. Undo edit 3 first."),
        (taken_back_and_named_no_more, r"edit 3 \(Change organisation MNG\) changed the same cells"),
        (gone_since, r"edit 4 \(Delete 1 organisation\) changed the same cells"),
        (changed_what_was_added, r"edit 3 \(Change organisation VUL\) changed the same cells"),
        (key_taken, r"edit 4 \(Add organisation VUL\) made a record with the same key"),
        (key_taken_by_a_row_of_the_same_edit, r"edit 4 \(Change organisation A\) made a record with the same key"),
        (parent_deleted, r"edit 5 \(Delete 1 plant\) deleted the plant it needs"),
        (child_added, r"edit 3 \(Change plant GUE\) added a plant that needs it"),
        (rule_broken, r"edit 3 \(Change contract C1\) changed the same contract, and 2024-12 lies before the start"),
    ],
)
def test_a_conflict_names_the_later_edit_and_writes_nothing(
    plan: Plan, prepare: Callable[[Plan], int], sentence: str
) -> None:
    number = prepare(plan)
    before = [plan.rows(name) for name in ("organisations", "materials", "plants", "contracts", "lines")]
    edits = plan.history()
    with pytest.raises(ConflictError, match=sentence):
        plan.undo_edit(number)
    assert [plan.rows(name) for name in ("organisations", "materials", "plants", "contracts", "lines")] == before
    assert plan.history() == edits


def test_a_key_composed_of_two_edits_is_looked_at_whole(plan: Plan) -> None:
    number = key_composed_of_two_edits(plan)
    with pytest.raises(ConflictError, match=r"edit 4 \(Change delivery C1 1 2025-06\) made a record with the same key"):
        plan.undo_edit(number)


def test_a_reference_that_the_edit_left_alone_is_no_conflict(plan: Plan) -> None:
    number = put(plan, "lines", ("C1", 1), note="To be checked")
    put(plan, "lines", ("C1", 1), plant=None)
    put(plan, "plants", ("GUE",), material=None)
    plan.run(DeleteRecords("plants", (row_id(plan, "plants", "GUE"),), cascade=True))
    plan.undo_edit(number)
    row = plan.find("lines", ("C1", 1))
    assert row is not None
    assert row.record.values()["note"] == ""


def test_keys_that_changed_places_change_back(plan: Plan) -> None:
    mng, rno = (row_id(plan, "organisations", code) for code in ("MNG", "RNO"))
    swapped = plan.run(SetCells((Cell("organisations", mng, "code", "RNO"), Cell("organisations", rno, "code", "MNG"))))
    put(plan, "organisations", ("MNG",), country="France")
    assert swapped is not None
    plan.undo_edit(swapped.edit.number or 0)
    assert (row_id(plan, "organisations", "MNG"), row_id(plan, "organisations", "RNO")) == (mng, rno)


def test_what_was_undone_before_a_new_edit_is_not_brought_back(plan: Plan) -> None:
    plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
    plan.undo()
    plan.run(
        CreateRecords((Organisation(code="VUL", name="Vulcan Energy"), Organisation(code="TER", name="Terrafame")))
    )
    assert plan.redo() is None
    plan.undo()
    assert plan.redo_title == "Add 2 organisations"
    assert [plan.redo() is not None for _ in range(2)] == [True, False]
    assert plan.count("organisations") == 4


def test_a_term_moved_by_two_edits_is_rebuilt_from_both(plan: Plan) -> None:
    number = put(plan, "contracts", ("C1",), start_month=FIRST.plus(3))
    put(plan, "contracts", ("C1",), end_month=FIRST.plus(30))
    plan.undo_edit(number)
    row = plan.find("contracts", ("C1",))
    assert row is not None
    assert isinstance(row.record, Contract)
    assert replace(row.record, note="x").year_months(2025)[0] == Month.of(2025, 1)
    assert row.record.end_month == FIRST.plus(30)
