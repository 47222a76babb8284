"""What stands behind grids of months: deliveries and demand."""

import pytest

from planner.commands import CreateRecords, DeleteRecords
from planner.errors import PlannerError
from planner.model import Demand, Organisation, Programme
from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.conftest import JAN, delivery
from ui.grids.matrix_source import DeliverySource, DemandSource, Key, MatrixCell, MatrixEdit

FEB, MAR = JAN.plus(1), JAN.plus(2)
LINE = ("MNG-CO-2025", 1)


def test_lines_and_their_deliveries_are_read(plan: Plan) -> None:
    source = DeliverySource(plan)
    assert [row.key for row in source.rows()] == [LINE, ("MNG-CO-2025", 2)]
    assert source.rows()[1].labels == ("MNG-CO-2025", "2", "CoSO4.7H2O", "Metal")
    assert len(source.headings) == 4
    assert source.cells(LINE) == {
        JAN: MatrixCell(400_000, locked=True, tip="Received: it stays as it is"),
        FEB: MatrixCell(410_000, strong=True, tip="Confirmed by the supplier"),
        MAR: MatrixCell(1_250_000),
    }
    assert source.field.unit == "t"
    assert source.read_only is None


def test_deliveries_are_set_added_and_taken_away_as_one_edit(plan: Plan) -> None:
    source = DeliverySource(plan)
    before = len(plan.history())
    source.write((MatrixEdit(LINE, FEB, None), MatrixEdit(LINE, MAR, 7), MatrixEdit(LINE, MAR.plus(1), 8)))
    assert {month: cell.value for month, cell in source.cells(LINE).items()} == {JAN: 400_000, MAR: 7, MAR.plus(1): 8}
    assert len(plan.history()) == before + 1


def test_what_is_received_cannot_be_written(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="received"):
        DeliverySource(plan).write((MatrixEdit(LINE, FEB, 1), MatrixEdit(LINE, JAN, 1)))
    assert DeliverySource(plan).cells(LINE)[FEB].value == 410_000


def test_edits_of_deliveries_touch_their_line(plan: Plan) -> None:
    source = DeliverySource(plan)
    changes = plan.run(CreateRecords((delivery(4, 5), Organisation(code="NEW", name="New"))))
    assert changes is not None
    assert source.touched(changes) == frozenset[Key]({LINE})
    assert source.moves_rows(changes)
    demanded = plan.run(CreateRecords((Demand(programme="R5", month=FEB, energy_kwh=1),)))
    assert demanded is not None
    assert source.touched(demanded) == frozenset()
    assert not source.moves_rows(demanded)


def test_programmes_and_their_demand_are_read(plan: Plan) -> None:
    source = DemandSource(plan)
    assert [row.labels for row in source.rows()] == [("R5", "Small car"), ("TWI", "Smaller car")]
    assert source.cells(("R5",)) == {JAN: MatrixCell(1_000_000)}
    assert source.cells(("TWI",)) == {}
    assert source.headings == ("Programme", "Name")
    assert source.field.unit == "GWh"
    assert source.read_only is None


@pytest.mark.parametrize(
    ("edits", "after", "title"),
    [
        ({JAN: 5}, {JAN: 5}, "Change demand R5 2025-01"),
        ({FEB: 5}, {JAN: 1_000_000, FEB: 5}, "Add demand R5 2025-02"),
        ({JAN: None}, {}, "Delete 1 demand"),
        ({JAN: None, FEB: 5, MAR: None}, {FEB: 5}, "Set 2 months of demand"),
        ({JAN: 1_000_000, FEB: None}, {JAN: 1_000_000}, None),
    ],
)
def test_demand_is_written_as_one_edit(
    plan: Plan, edits: dict[Month, int | None], after: dict[Month, int], title: str | None
) -> None:
    source = DemandSource(plan)
    before = plan.undo_title
    source.write([MatrixEdit(("R5",), month, value) for month, value in edits.items()])
    assert {month: cell.value for month, cell in source.cells(("R5",)).items()} == after
    if title is None:
        assert plan.undo_title == before
        return
    assert plan.undo_title == title
    plan.undo()
    assert {month: cell.value for month, cell in source.cells(("R5",)).items()} == {JAN: 1_000_000}
    assert plan.undo_title == before


def test_edits_of_demand_touch_their_programme(plan: Plan) -> None:
    source = DemandSource(plan)
    row = plan.find("demand", ("R5", JAN))
    assert row is not None
    gone = plan.run(DeleteRecords("demand", (row.id,)))
    assert gone is not None
    assert source.touched(gone) == frozenset[Key]({("R5",)})
    assert not source.moves_rows(gone)
    made = plan.run(CreateRecords((Programme(code="NEW", name="New"),)))
    assert made is not None
    assert source.moves_rows(made)


def test_a_plan_open_elsewhere_says_so(plan: Plan) -> None:
    with Plan.open(plan.path, person="Second") as second:
        assert DeliverySource(second).read_only
        assert DemandSource(second).read_only
