"""A sheet holds what the records do, in the order of their ids, and stays true by reading what edits touched."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import PlannerError
from planner.fields import Value
from planner.model import TABLES, Delivery, Record
from planner.plan import Mode, Plan, Row
from planner.sheet import Sheet
from planner.sheet.column import NO_TEXT
from tests.planner.store.machine import Rows
from tests.strategies import FIRST, commands, consistent, row_id


def listed(sheet: Sheet) -> dict[int, dict[str, Value]]:
    """Return the values of a sheet as records have them, empty texts as None, by id."""
    rows: dict[int, dict[str, Value]] = {number: {} for number in sheet.ids.tolist()}
    for field in sheet.table.fields:
        distinct = sheet.distinct(field.attr)
        column = sheet.columns[field.attr]
        places = column.values if column.texts is not None else np.searchsorted(column.distinct, column.values)
        for at, place, is_empty in zip(rows, places.tolist(), column.empty.tolist(), strict=True):
            rows[at][field.attr] = None if is_empty or place == NO_TEXT else distinct[place]
    return rows


def expected(rows: list[Row]) -> dict[int, dict[str, Value]]:
    by_id = sorted(rows, key=lambda row: row.id)
    return {
        row.id: {attr: value or None if value == "" else value for attr, value in row.record.values().items()}
        for row in by_id
    }


@settings(max_examples=25, deadline=None)
@given(consistent(), st.data())
def test_a_sheet_holds_what_the_records_do_after_any_edit(records: tuple[Record, ...], data: DataObject) -> None:
    with TemporaryDirectory() as folder, Plan.create(Path(folder) / "plan.offtake", person="Tester") as plan:
        plan.run(CreateRecords(records))
        before = {name: plan.sheet(name) for name in TABLES}
        touched: dict[str, set[int]] = {name: set() for name in TABLES}
        for _ in range(3):
            command = data.draw(commands(plan))
            for touch in _touched(plan, command):
                touched[touch[0]] |= touch[1]
        for name in TABLES:
            rows = plan.rows(name)
            assert listed(plan.sheet(name)) == expected(rows)
            assert plan.row_ids(name).tolist() == [row.id for row in rows]
            assert plan.sheet(name).rows().tolist() == plan.row_ids(name).tolist()
            ids = sorted(touched[name])
            fresh = plan.sheet(name, ids=ids)
            assert listed(fresh) == {i: values for i, values in expected(rows).items() if i in touched[name]}
            if not renames(name, touched):
                assert listed(before[name].updated(np.array(ids, dtype=np.int64), fresh)) == expected(rows)


def renames(name: str, touched: dict[str, set[int]]) -> bool:
    """Tell whether rows changed that the table may refer to, directly or not."""
    above = TABLES[name].refers_to
    return any(touched[other] or renames(other, touched) for other in above)


def _touched(plan: Plan, command: object) -> list[tuple[str, set[int]]]:
    try:
        changes = None if command is None else plan.run(command)  # type: ignore[arg-type]  # drawn as a command
    except PlannerError:
        changes = None
    return [] if changes is None else [(touch.table, set(touch.rows or ())) for touch in changes.touches]


def test_rows_are_read_in_the_order_of_their_ids(plan: Plan) -> None:
    ids = [row.id for row in plan.rows("organisations")]
    assert [row.id for row in plan.rows_by_ids("organisations", ids[::-1])] == ids[::-1]
    assert plan.rows_by_ids("organisations", [ids[0], 7, ids[-1]]) == [
        plan.get("organisations", ids[0]),
        plan.get("organisations", ids[-1]),
    ]
    assert plan.rows_by_ids("organisations", []) == []


@pytest.mark.parametrize(("attr", "value"), [("plant", "GUE"), ("plant", None), ("line", 1), ("line", 2)])
def test_a_part_of_a_table_is_read_by_its_values(plan: Plan, attr: str, value: Value) -> None:
    rows = [row for row in plan.rows("lines") if getattr(row.record, attr) == value]
    assert listed(plan.sheet("lines", {attr: value})) == expected(rows)
    assert plan.row_ids("lines", {attr: value}).tolist() == [row.id for row in rows]
    assert plan.rows("lines", {attr: value}) == rows


def bring(plan: Plan, rows: Rows) -> None:
    """Import deliveries as from a file."""
    fields = TABLES["deliveries"].fields
    with plan.stage("deliveries", fields, Mode.UPSERT) as staging:
        staging.add(range(2, len(rows) + 2), [list(column) for column in zip(*rows, strict=True)])
        draft = staging.finish(lambda new, changed, _: f"Import {new} + {changed}", "june.csv").draft
    assert draft is not None
    plan.apply_draft(draft)


def test_rows_are_new_or_changed_since_the_last_import(plan: Plan) -> None:
    first = row_id(plan, "deliveries", "C1", 1, FIRST)
    plan.run(SetCells((Cell("deliveries", first, "quantity_t", 1),)))
    assert (plan.last_import("deliveries"), plan.row_states("deliveries")) == (None, {})
    bring(plan, [("C1", 1, FIRST, 2, "planned"), ("C1", 1, FIRST.plus(1), 3, "planned")])
    imported = plan.last_import("deliveries")
    assert imported is not None
    assert imported.source == "june.csv"
    assert plan.row_states("deliveries") == {}
    assert plan.last_import("lines") is None
    plan.run(SetCells((Cell("deliveries", first, "quantity_t", 9),)))
    plan.run(CreateRecords((Delivery(contract="C1", line=1, month=FIRST.plus(2), quantity_kg=5),)))
    made = row_id(plan, "deliveries", "C1", 1, FIRST.plus(2))
    assert plan.row_states("deliveries") == {first: "changed", made: "new"}
    plan.run(SetCells((Cell("deliveries", made, "quantity_t", 6),)))
    assert plan.row_states("deliveries") == {first: "changed", made: "new"}


def undone(plan: Plan, _row: int) -> None:
    plan.undo()


def set_back(plan: Plan, row: int) -> None:
    plan.run(SetCells((Cell("deliveries", row, "quantity_t", 2),)))


def deleted(plan: Plan, row: int) -> None:
    plan.run(DeleteRecords("deliveries", (row,)))


@pytest.mark.parametrize("back", [undone, set_back, deleted])
def test_a_row_that_came_back_or_went_is_not_marked(plan: Plan, back: Callable[[Plan, int], None]) -> None:
    bring(plan, [("C1", 1, FIRST, 2, "planned")])
    first = row_id(plan, "deliveries", "C1", 1, FIRST)
    plan.run(SetCells((Cell("deliveries", first, "quantity_t", 9),)))
    back(plan, first)
    assert plan.row_states("deliveries") == {}
