"""The cube follows single edits of every table, at the edges of the horizon too."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from planner.commands import Cell, Command, CreateRecords, DeleteRecords, DeliveryCell, SetCells, SetDeliveries
from planner.errors import InvalidValueError
from planner.model import Chemistry, Contract, Delivery, Line, PlantCapacity, Record, SafetyStock, Volume
from planner.plan import Mode, Plan
from planner.store.figures import rebuilt
from planner.units import LAST_YEAR, Month
from tests.planner.store.machine import Reading, Rows, stage
from tests.planner.store.test_any_edits import assert_equal
from tests.strategies import EXAMPLES, FIRST, row_id


def assert_follows(plan: Plan) -> None:
    """Compare the cube of a plan with one read anew."""
    disk = Reading(plan.path)
    assert_equal(plan.cube, rebuilt(disk))
    disk.connection.close()


def deliver(month: Month, kg: int | None) -> Command:
    return SetDeliveries((DeliveryCell("C1", 1, month, kg),))


@pytest.mark.parametrize(
    "month",
    [FIRST, FIRST.plus(23), FIRST.plus(24), FIRST.plus(-1), Month.of(1990, 1), Month.of(LAST_YEAR, 12)],
    ids=str,
)
def test_deliveries_within_at_and_beyond_the_edges_are_followed(plan: Plan, month: Month) -> None:
    assert_follows(plan)
    for command in (deliver(month, 7_000), deliver(month, 9_000), deliver(month, None)):
        plan.run(command)
        assert_follows(plan)
    for act in (plan.undo, plan.undo, plan.undo, plan.undo, plan.redo, plan.redo):
        act()
        assert_follows(plan)


def test_a_received_delivery_leaves_the_planned_ones(plan: Plan) -> None:
    assert_follows(plan)
    plan.run(SetCells((Cell("deliveries", row_id(plan, "deliveries", "C1", 1, FIRST), "status", "received"),)))
    assert_follows(plan)
    assert plan.cube.inputs.received.sum() == 416_000


def option_of_a_line(plan: Plan) -> Command:
    """Return a command that moves a line with an option to a contract whose years begin in July."""
    contract = plan.rows("contracts")[0].record
    assert isinstance(contract, Contract)
    other = replace(contract, reference="C2", start_month=Month.of(2025, 7), end_month=Month.of(2026, 12))
    line = Line(contract="C1", line=2, material="CoSO4")
    option = Volume(contract="C1", line=2, year=2025, agreed_kg=0, option_kg=12_000)
    plan.run(CreateRecords((other, line, option)))
    return SetCells((Cell("lines", row_id(plan, "lines", "C1", 2), "contract", "C2"),))


def chemistry_alone(plan: Plan) -> Command:
    assert plan.count("chemistries") == 1
    return CreateRecords((Chemistry(code="LFP", name="Lithium iron phosphate"),))


def contract_with_all(plan: Plan) -> Command:
    return DeleteRecords("contracts", (row_id(plan, "contracts", "C1"),), cascade=True)


def reference_of_a_contract(plan: Plan) -> Command:
    return SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), "reference", "C9"),))


@pytest.mark.parametrize("prepare", [option_of_a_line, chemistry_alone, contract_with_all, reference_of_a_contract])
def test_what_other_tables_hang_on_is_followed(plan: Plan, prepare: Callable[[Plan], Command]) -> None:
    command = prepare(plan)
    assert_follows(plan)
    plan.run(command)
    assert_follows(plan)
    plan.undo()
    assert_follows(plan)


def test_deliveries_of_a_renamed_contract_are_followed(plan: Plan) -> None:
    assert_follows(plan)
    plan.run(reference_of_a_contract(plan))
    plan.run(SetDeliveries((DeliveryCell("C9", 1, FIRST, 1_000),)))
    assert_follows(plan)
    plan.undo()
    plan.undo()
    assert_follows(plan)


@pytest.mark.parametrize("record", EXAMPLES[5:], ids=lambda record: record.table)
def test_a_record_of_each_table_taken_away_and_brought_back_is_followed(plan: Plan, record: Record) -> None:
    table = record.table
    assert_follows(plan)
    plan.run(DeleteRecords(table, tuple(row.id for row in plan.rows(table)), cascade=True))
    assert_follows(plan)
    plan.undo()
    assert_follows(plan)


def test_a_big_import_of_deliveries_is_followed(plan: Plan) -> None:
    assert_follows(plan)
    last = Month.of(LAST_YEAR, 12)
    lines = tuple(Line(contract="C1", line=n, material="CoSO4") for n in range(2, 9))
    plan.run(CreateRecords(lines))
    months = [Month(n) for n in range(int(FIRST), int(last) + 1)]
    rows: Rows = [("C1", line.line, month, line.line, "planned") for line in lines for month in months]
    preview = stage(plan, "deliveries", rows, Mode.UPSERT)
    assert preview.draft is not None
    assert preview.new > 10_000
    plan.apply_draft(preview.draft)
    assert_follows(plan)
    assert plan.cube.inputs.months == 600
    plan.undo()
    assert_follows(plan)


def test_an_empty_plan_has_one_month_and_nothing_in_it(tmp_path: Path) -> None:
    with Plan.create(tmp_path / "a.offtake", person="Tester") as plan:
        assert_follows(plan)
        assert plan.horizon == (FIRST, FIRST)
        assert plan.supported().unplanned == ()
        plan.run(CreateRecords(EXAMPLES))
        assert_follows(plan)
        assert plan.horizon == (FIRST, FIRST.plus(23))
        while plan.undo():
            pass
        assert_follows(plan)


def test_the_arrays_hold_what_the_records_say(plan: Plan) -> None:
    inputs = plan.cube.inputs
    assert (inputs.elements, inputs.materials, inputs.first, inputs.months) == (("Co",), ("CoSO4",), FIRST, 24)
    assert inputs.planned.tolist() == [[416_000, *[0] * 23]]
    assert inputs.demand_kwh.tolist() == [[1_250_000, *[0] * 23]]
    assert inputs.mix_ppm.tolist() == [[[1_000_000] * 24]]
    assert inputs.intensity_mg.tolist() == [[69_885]]
    assert inputs.plant_open_kg.tolist() == [[500_000.0] * 24]
    assert inputs.counted_kg[0, 0] == 100_000
    assert np.isnan(inputs.counted_kg[0, 1:]).all()
    assert inputs.safety_kg.tolist() == [[20_000.0] * 24]
    assert inputs.line_fraction_ppm.tolist() == [209_660]


def test_rows_that_hold_until_the_next_replace_one_another(plan: Plan) -> None:
    half = FIRST.plus(12)
    capacity = PlantCapacity(plant="GUE", month=half, available_kg=500_000, open_share_ppm=500_000)
    plan.run(CreateRecords((capacity, SafetyStock(element="Co", month=half, quantity_kg=1))))
    inputs = plan.cube.inputs
    assert inputs.plant_open_kg.tolist() == [[500_000.0] * 12 + [250_000.0] * 12]
    assert inputs.safety_kg.tolist() == [[20_000.0] * 12 + [1.0] * 12]


def test_a_refused_edit_leaves_the_cube(plan: Plan) -> None:
    assert_follows(plan)
    with pytest.raises(InvalidValueError):
        plan.run(deliver(FIRST.plus(1), -1))
    assert_follows(plan)


def test_a_cube_that_was_read_in_an_older_snapshot_is_read_anew(plan: Plan) -> None:
    """A worker looks at the plan, the window edits it, and only then does the worker ask for the cube."""
    looked, edited = threading.Event(), threading.Event()
    seen: list[int] = []
    plan.close()
    with Plan.open(plan.path, person="Tester") as fresh:

        def look() -> None:
            with fresh.reading():
                fresh.count("deliveries")
                looked.set()
                edited.wait()
                seen.append(int(fresh.ask(lambda book: book.inputs.planned.sum())))
                seen.append(len(fresh.ask(lambda book: book.records(Delivery))))

        worker = threading.Thread(target=look)
        worker.start()
        looked.wait()
        fresh.run(deliver(FIRST.plus(1), 7_000))
        edited.set()
        worker.join()
        assert seen == [416_000, 1]
        assert_follows(fresh)
        assert len(fresh.ask(lambda book: book.records(Delivery))) == 2
        fresh.run(deliver(FIRST.plus(2), 1_000))
        assert_follows(fresh)
