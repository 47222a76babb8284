"""The finding of a mass balance: where more went out of a site than was there, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.checks import Finding
from planner.commands import CreateRecords, DeleteRecords
from planner.model import Intake, Lot, Record
from planner.plan import Plan
from tests.strategies import FIRST, example_plan, row_id


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan whose plant took in 10 t of metal, and made a lot with 2.1 t."""
    with example_plan(tmp_path / "a.offtake") as made:
        yield made


def found(plan: Plan) -> list[Finding]:
    return [finding for finding in plan.findings() if finding.check == "mass-balance"]


def add(plan: Plan, *records: Record) -> None:
    plan.run(CreateRecords(records))


def test_a_balance_that_adds_up_is_no_finding(plan: Plan) -> None:
    assert found(plan) == []


def test_more_out_than_was_there_is_an_error_in_its_month(plan: Plan) -> None:
    # 100 t of product hold 20.966 t; 7.9 t were left.
    add(plan, Lot(code="BIG", contract="C1", line=1, month=FIRST.plus(1), quantity_kg=100_000))
    (finding,) = found(plan)
    assert (finding.severity, finding.place, finding.table, finding.key) == (
        "error",
        f"GUE {FIRST.plus(1)}",
        "lots",
        ("BIG",),
    )
    assert finding.text == "21.0 t went out, and 7.9 t of metal were there"
    add(plan, Intake(plant="GUE", origin="GUE", month=FIRST.plus(1), quantity_kg=13_100))
    assert found(plan) == []


def test_a_plant_that_nothing_went_into_is_told_once(plan: Plan) -> None:
    intake = row_id(plan, "intakes", "GUE", "GUE", FIRST)
    plan.run(DeleteRecords("intakes", (intake,)))
    add(plan, Lot(code="NEXT", contract="C1", line=1, month=FIRST.plus(1), quantity_kg=1_000))
    (finding,) = found(plan)
    assert (finding.severity, finding.place, finding.remedy) == ("info", "plant GUE", "add its intakes")
    plan.run(DeleteRecords("lots", tuple(row.id for row in plan.rows("lots"))))
    assert found(plan) == []
