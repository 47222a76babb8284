"""What stands behind grids of months: deliveries and demand."""

import pytest

from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import PlannerError
from planner.model import Demand, Organisation, Programme, Volume
from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.conftest import JAN, delivery
from ui.grids.grid_model import Mark
from ui.grids.matrix_deliveries import DeliverySource
from ui.grids.matrix_demand import DemandSource
from ui.grids.matrix_source import (
    Key,
    MatrixEdit,
    MatrixLine,
    MatrixNote,
    MatrixSource,
    YearEdit,
)

FEB, MAR = JAN.plus(1), JAN.plus(2)
LINE = ("MNG-CO-2025", 1)
NARROW = "\N{NARROW NO-BREAK SPACE}"


def line_of(source: MatrixSource, key: Key) -> MatrixLine:
    return source.lines([row for row in source.rows() if row.key == key])[key]


def values_of(source: MatrixSource, key: Key) -> dict[Month, int]:
    return dict(line_of(source, key).values)


def said(note: MatrixNote | None) -> tuple[str, Mark | None]:
    assert note is not None
    return note.say(), note.mark


def agree(plan: Plan, year: int, tonnes: int) -> None:
    """Agree a volume for a contract year of the first line."""
    plan.run(CreateRecords((Volume(contract=LINE[0], line=LINE[1], year=year, agreed_kg=tonnes * 1_000),)))


def test_lines_and_their_deliveries_are_read(plan: Plan) -> None:
    source = DeliverySource(plan)
    assert [row.key for row in source.rows()] == [LINE, ("MNG-CO-2025", 2)]
    assert source.rows()[1].labels == ("MNG-CO-2025", "2", "CoSO4.7H2O", "Metal")
    assert len(source.headings) == 4
    line = line_of(source, LINE)
    assert line.values == {JAN: 400_000, FEB: 410_000, MAR: 1_250_000}
    assert line.locked == {JAN: "Received: it stays as it is"}
    assert line.strong == {FEB: "Confirmed by the supplier"}
    assert source.field.unit == "t"
    assert source.read_only is None


def test_deliveries_are_set_added_and_taken_away_as_one_edit(plan: Plan) -> None:
    source = DeliverySource(plan)
    before = len(plan.history())
    source.write((MatrixEdit(LINE, FEB, None), MatrixEdit(LINE, MAR, 7), MatrixEdit(LINE, MAR.plus(1), 8)))
    assert values_of(source, LINE) == {JAN: 400_000, MAR: 7, MAR.plus(1): 8}
    assert len(plan.history()) == before + 1


def test_what_is_received_cannot_be_written(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="received"):
        DeliverySource(plan).write((MatrixEdit(LINE, FEB, 1), MatrixEdit(LINE, JAN, 1)))
    assert values_of(DeliverySource(plan), LINE)[FEB] == 410_000


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
    assert values_of(source, ("R5",)) == {JAN: 1_000_000}
    assert line_of(source, ("TWI",)) == MatrixLine({})
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
    assert values_of(source, ("R5",)) == after
    if title is None:
        assert plan.undo_title == before
        return
    assert plan.undo_title == title
    plan.undo()
    assert values_of(source, ("R5",)) == {JAN: 1_000_000}
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


def test_what_is_agreed_and_what_is_left_stand_beside_a_line(plan: Plan) -> None:
    source = DeliverySource(plan)
    assert line_of(source, LINE).totals == (None, None)
    agree(plan, 2025, 2_000)
    agree(plan, 2026, 100)
    assert line_of(source, LINE).totals == (2_100_000, 40_000)
    assert line_of(source, LINE).total_note is None
    source.write((MatrixEdit(LINE, MAR, 1_300_000),))
    line = line_of(source, LINE)
    assert line.totals == (2_100_000, -10_000)
    assert said(line.total_note) == (
        f"All years: 2{NARROW}110 t planned, 10 t more than agreed (2{NARROW}100 t)",
        Mark.OVER,
    )
    assert len(source.total_headings) == len(line.totals)


def test_limits_are_noted_by_year(plan: Plan) -> None:
    source = DeliverySource(plan)
    agree(plan, 2025, 2_000)
    agree(plan, 2026, 2_000)
    row = plan.find("lines", LINE)
    assert row is not None
    note = line_of(source, LINE).note
    span = "Contract year 2025 (2025-01 to 2025-12)"
    assert said(note(2025)) == (
        f"{span}: 2{NARROW}060 t planned, at most 2{NARROW}000 t (agreed 2{NARROW}000 t)",
        Mark.OVER,
    )
    assert said(note(2026))[1] == Mark.UNDER
    assert note(2027) is None
    plan.run(SetCells((Cell("lines", row.id, "flexibility_up_pct", 50_000),)))
    assert said(line_of(source, LINE).note(2025)) == (
        f"{span}: 2{NARROW}060 t planned, agreed 2{NARROW}000 t (2{NARROW}000 t to 2{NARROW}100 t)",
        None,
    )


def test_months_outside_the_term_are_known(plan: Plan) -> None:
    line = line_of(DeliverySource(plan), LINE)
    assert [line.is_outside(month) for month in (JAN.plus(-1), JAN, Month.of(2031, 12), Month.of(2032, 1))] == [
        True,
        False,
        False,
        True,
    ]
    assert line.term_tip == "Outside the term of MNG-CO-2025, 2025-01 to 2031-12"


def test_months_and_years_are_written_as_one_edit(plan: Plan) -> None:
    source = DeliverySource(plan)
    source.write((MatrixEdit(LINE, MAR, 5),), (YearEdit(LINE, 2026, 12_000),))
    assert plan.undo_title == "Set months and spread years of deliveries"
    assert values_of(source, LINE)[Month.of(2026, 7)] == 1_000
    plan.undo()
    assert max(values_of(source, LINE)) == MAR
    source.write((), (YearEdit(LINE, 2026, 12_000),))
    assert plan.undo_title == "Spread 2026 of MNG-CO-2025 1"


def test_what_limits_a_line_touches_it(plan: Plan) -> None:
    source = DeliverySource(plan)
    agreed = plan.run(CreateRecords((Volume(contract=LINE[0], line=2, year=2025, agreed_kg=1),)))
    assert agreed is not None
    assert source.touched(agreed) == frozenset[Key]({("MNG-CO-2025", 2)})
    contract = plan.find("contracts", ("MNG-CO-2025",))
    assert contract is not None
    moved = plan.run(SetCells((Cell("contracts", contract.id, "end_month", Month.of(2030, 12)),)))
    assert moved is not None
    assert source.touched(moved) is None


def test_years_of_demand_are_scaled_with_months_beside_them(plan: Plan) -> None:
    source = DemandSource(plan)
    source.write((MatrixEdit(("TWI",), JAN, 5),), (YearEdit(("R5",), 2025, 3), YearEdit(("R5",), 2026, 24)))
    assert plan.undo_title == "Set months and scale years of demand"
    assert values_of(source, ("R5",)) == {JAN: 3} | {Month.of(2026, number): 2 for number in range(1, 13)}
    source.write((), (YearEdit(("R5",), 2026, None),))
    assert plan.undo_title == "Scale demand R5 2026"
    assert values_of(source, ("R5",)) == {JAN: 3}


def test_values_that_hold_digits_are_read_at_once(plan: Plan) -> None:
    source = DeliverySource(plan)
    assert list(source.values_holding("25", 4)) == [(LINE, MAR, 1_250_000)]
    assert {month for _, month, _ in source.values_holding("", 4)} == {JAN, FEB, MAR}
    source.write((MatrixEdit(LINE, MAR, 500),))
    assert list(source.values_holding("05", 4)) == [(LINE, MAR, 500)]
    assert list(DemandSource(plan).values_holding("1", 7)) == [(("R5",), JAN, 1_000_000)]
