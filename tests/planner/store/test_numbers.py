"""Whole numbers of many rows come as they stand in the plan, whatever the blocks in which they are read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.commands import CreateRecords
from planner.model import Contract, Delivery, Line, Material, Organisation, Record
from planner.plan import Plan
from planner.store import numbers
from planner.units import Month
from tests.strategies import FIRST

CODES = ("A", "B", "C", "D", "E")


def contracts(codes: list[str]) -> tuple[Record, ...]:
    """Return contracts in this order, each with two lines that are made in the wrong one."""
    supplier, buyer = Organisation(code="S", name="S"), Organisation(code="B", name="B", role="buyer")
    material = Material(code="M", name="M", element="Co", contained_fraction_ppm=200_000)
    made = [
        Contract(reference=code, supplier="S", buyer="B", stage="signed", start_month=FIRST, end_month=FIRST.plus(24))
        for code in codes
    ]
    return (
        supplier,
        buyer,
        material,
        *made,
        *(Line(contract=code, line=line, material="M") for line in (2, 1) for code in codes),
    )


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(CODES),
    st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from((1, 2)), st.integers(0, 5)), unique=True, max_size=30),
    st.integers(1, 7),
)
def test_ids_come_by_the_key_whatever_was_made_first(
    codes: list[str], delivered: list[tuple[str, int, int]], block: int
) -> None:
    with (
        patch.object(numbers, "ROWS_READ", block),
        TemporaryDirectory() as folder,
        Plan.create(Path(folder) / "plan.offtake", person="Tester") as plan,
    ):
        plan.run(CreateRecords(contracts(codes)))
        made = tuple(Delivery(contract=c, line=line, month=FIRST.plus(m), quantity_kg=m) for c, line, m in delivered)
        if made:
            plan.run(CreateRecords(made))
        for table in ("deliveries", "lines", "contracts"):
            ids = [row.id for row in plan.rows(table)]
            assert plan.row_ids(table).tolist() == ids
            assert plan.sheet(table).rows().tolist() == ids
            assert plan.sheet(table).ids.tolist() == sorted(ids)


@pytest.mark.parametrize("block", [1, 2, 3, 4, 100])
def test_numbers_are_read_in_blocks(plan: Plan, block: int) -> None:
    months = [Month.of(2027, month) for month in (5, 1, 3)]
    made = (Delivery(contract="C1", line=1, month=month, quantity_kg=7) for month in months)
    plan.run(CreateRecords(tuple(made)))
    with patch.object(numbers, "ROWS_READ", block):
        sheet = plan.sheet("deliveries")
    rows = sorted(plan.rows("deliveries"), key=lambda row: row.id)
    assert sheet.ids.tolist() == [row.id for row in rows]
    found = [row.record.month for row in rows if isinstance(row.record, Delivery)]
    assert sheet.columns["month"].values.tolist() == found
