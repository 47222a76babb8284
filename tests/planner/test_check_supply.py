"""When a stock runs out, falls below the safety stock, and which option helps; plants that nothing limits."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.checks import Finding
from planner.commands import Cell, CreateRecords, PhaseLine, SetCells
from planner.model import Contract, Demand, Line, Plant, Volume
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST, example_plan, row_id

DAY = date(2025, 1, 15)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan that takes 87.358 t of cobalt a month in 2025, has 20.966 t in stock and must keep 20 t."""
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(PhaseLine("C1", 1))
        yield made


def found(plan: Plan, *checks: str, today: date = DAY) -> list[Finding]:
    return [each for each in plan.findings(today=today) if each.check in checks]


def need(plan: Plan, month: Month, gwh: int) -> None:
    plan.run(CreateRecords((Demand(programme="R5", month=month, energy_kwh=gwh * 1_000_000),)))


def test_a_year_is_short_where_a_month_of_it_ends_without_stock(plan: Plan) -> None:
    # March holds 20.968 + 2 x 87.358 t = 195.7 t and needs 4 GWh x 69.885 t = 279.5 t; December is well again.
    need(plan, FIRST.plus(2), 4)
    (short,) = found(plan, "shortage", "below-safety-stock")
    assert (short.severity, short.place, short.check) == ("error", "Co 2025", "shortage")
    assert short.text == "103.9 t of Co must still be bought in 2025; the stock is used up in 2025-03"
    assert short.remedy == "contract more"


def test_a_stock_below_its_safety_is_a_warning(plan: Plan) -> None:
    # January and February leave 20.968 + 87.358 - 1.4 x 69.885 = 10.487 t.
    plan.run(SetCells((Cell("demand", row_id(plan, "demand", "R5", FIRST), "gwh", 1_400_000),)))
    (low,) = found(plan, "shortage", "below-safety-stock")
    assert (low.severity, low.place, low.check) == ("warning", "Co 2025", "below-safety-stock")
    assert low.text == (
        "the projected stock of Co falls below its safety stock of 20.0 t in 2025-01; 9.5 t are missing in 2025"
    )


def test_each_year_tells_of_what_must_be_bought_in_it_alone(plan: Plan) -> None:
    need(plan, FIRST.plus(2), 4)
    need(plan, FIRST.plus(14), 100)
    assert [each.place for each in found(plan, "shortage")] == ["Co 2025", "Co 2026"]


def give_option(plan: Plan, kg: int, until: date | None = None, basis: str = "product") -> None:
    plan.run(
        CreateRecords(
            (
                Line(contract="C1", line=2, material="CoSO4", volume_basis=basis),
                Volume(contract="C1", line=2, year=2025, agreed_kg=0, option_kg=kg, option_until=until),
            )
        )
    )


def test_an_option_that_helps_is_named_with_what_it_takes(plan: Plan) -> None:
    need(plan, FIRST.plus(2), 4)
    give_option(plan, 2_000_000, date(2025, 6, 30))
    (short,) = found(plan, "shortage")
    assert short.remedy == "exercise the option of C1 2 2025, or contract more"
    # (87,356 + 279,540 of demand + 20,000 to keep) / 0.20966 - 100,000 in stock - 3 x 416,667 received, in kg.
    assert short.mend == ("C1", 2, 2025, 495_350)


def test_no_more_is_called_than_the_option_has(plan: Plan) -> None:
    need(plan, FIRST.plus(2), 4)
    give_option(plan, 5_000, basis="metal")
    assert found(plan, "shortage")[0].mend == ("C1", 2, 2025, 5_000)


@pytest.mark.parametrize("today", [date(2025, 7, 1), date(2026, 1, 1)])
def test_an_option_whose_time_is_over_helps_nobody(plan: Plan, today: date) -> None:
    need(plan, FIRST.plus(2), 4)
    give_option(plan, 2_000_000, date(2025, 6, 30))
    (short,) = found(plan, "shortage", today=today)
    assert (short.remedy, short.mend) == ("contract more", ())


@pytest.mark.parametrize(("today", "helps"), [(date(2025, 3, 31), True), (date(2025, 4, 1), False)])
def test_no_option_helps_months_that_are_past(plan: Plan, today: date, *, helps: bool) -> None:
    need(plan, FIRST.plus(2), 4)
    give_option(plan, 2_000_000)
    assert bool(found(plan, "shortage", today=today)[0].mend) is helps


def test_no_option_helps_what_comes_before_it(plan: Plan) -> None:
    need(plan, FIRST.plus(2), 4)
    contract = Contract(
        reference="C2",
        supplier="MNG",
        buyer="RNO",
        stage="signed",
        start_month=FIRST.plus(3),
        end_month=FIRST.plus(11),
    )
    line = Line(contract="C2", line=1, material="CoSO4")
    plan.run(CreateRecords((contract, line, Volume(contract="C2", line=1, year=2025, agreed_kg=0, option_kg=9_000))))
    assert [each.mend for each in found(plan, "shortage")] == [()]


def test_no_option_helps_that_the_plant_cannot_make(plan: Plan) -> None:
    need(plan, FIRST.plus(2), 4)
    give_option(plan, 2_000_000)
    plan.run(SetCells((Cell("lines", row_id(plan, "lines", "C1", 2), "plant", "GUE"),)))
    assert found(plan, "shortage")[0].mend
    plan.run(SetCells((Cell("plant_capacity", row_id(plan, "plant_capacity", "GUE", FIRST), "available_t", 400_000),)))
    assert found(plan, "shortage")[0].mend == ()


def test_the_option_of_a_contract_that_is_over_helps_nobody(plan: Plan) -> None:
    give_option(plan, 2_000_000)
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "C1"), "stage", "cancelled"),)))
    assert all(each.mend == () for each in found(plan, "shortage"))


@pytest.mark.parametrize(
    ("site", "with_line", "is_found"),
    [
        ("plant", False, True),
        ("recycler", False, False),
        ("recycler", True, True),
        ("mine", True, False),
        ("refinery", True, False),
    ],
)
def test_sites_that_lines_come_from_want_a_capacity(plan: Plan, site: str, *, with_line: bool, is_found: bool) -> None:
    plan.run(CreateRecords((Plant(code="P2", name="Two", organisation="MNG", site=site),)))
    if with_line:
        plan.run(CreateRecords((Line(contract="C1", line=2, material="CoSO4", plant="P2"),)))
    assert [each.place for each in found(plan, "no-capacity")] == ["plant P2"] * is_found
