"""Values are read without records: those that belong to some rows, and those that hold some digits."""

from pathlib import Path

from planner.commands import CreateRecords, DeliveryCell, SetDeliveries
from planner.model import Line
from tests.strategies import FIRST, example_plan, row_id


def test_values_are_read_by_owner_and_by_digits(tmp_path: Path) -> None:
    with example_plan(tmp_path / "plan.offtake") as plan:
        plan.run(CreateRecords((Line(contract="C1", line=2, material="CoSO4"),)))
        plan.run(SetDeliveries((DeliveryCell("C1", 2, FIRST, 50), DeliveryCell("C1", 2, FIRST.plus(1), 7))))
        first, second = (row_id(plan, "lines", "C1", line) for line in (1, 2))
        mine = [("C1", 2, FIRST, 50, "planned"), ("C1", 2, FIRST.plus(1), 7, "planned")]
        assert list(plan.values_of("deliveries", "lines", [second])) == mine
        assert [values[1] for values in plan.values_of("deliveries", "lines", [first, second])] == [1, 2, 2]
        assert list(plan.values_of("deliveries", "lines", [])) == []
        assert list(plan.values_holding("deliveries", "quantity_kg", "005", 4)) == mine[:1]
        assert [values[3] for values in plan.values_holding("deliveries", "quantity_kg", "16", 4)] == [416_000]
