"""Each finding is shown where there is something to look at, and not where there is nothing."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings

from planner.checks import ORDER
from planner.commands import (
    Cell,
    CreateRecords,
    DeleteRecords,
    DeliveryCell,
    PhaseLine,
    SetCells,
    SetDeliveries,
    SetTerm,
)
from planner.fields import Value
from planner.model import (
    Chemistry,
    Contract,
    ElementIntensity,
    Line,
    Material,
    MixShare,
    Plant,
    PlantCapacity,
    Record,
    StageChange,
    StockCount,
    Volume,
)
from planner.plan import Plan
from planner.units import LAST_YEAR, Month
from tests.strategies import FIRST, consistent, example_plan, row_id

TODAY = datetime.now(UTC).astimezone().date()


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan with nothing to look at: 5,000 t of product a year are planned for a demand of one month."""
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(PhaseLine("C1", 1))
        assert made.findings() == []
        yield made


def put(plan: Plan, table: str, key: tuple[Value, ...], field: str, value: Value) -> None:
    plan.run(SetCells((Cell(table, row_id(plan, table, *key), field, value),)))


def need_more(plan: Plan) -> None:
    # 20 GWh x 69.885 t = 1,397.7 t, and 20 t of safety stock; 100 t in stock and 416.667 t received hold 108.324 t.
    put(plan, "demand", ("R5", FIRST), "gwh", 20_000_000)


def too_much_for_the_plant(plan: Plan) -> None:
    # From the second month on, when nothing is needed any more.
    half = PlantCapacity(plant="GUE", month=FIRST.plus(1), available_kg=250_000)
    plan.run(CreateRecords((half,)))


def nickel_that_nobody_sells(plan: Plan) -> None:
    plan.run(CreateRecords((ElementIntensity(chemistry="NMC", element="Ni", intensity_mg_per_kwh=600_000),)))


def plant_without_capacity(plan: Plan) -> None:
    plan.run(CreateRecords((Plant(code="P2", name="Two", organisation="MNG"),)))


def mix_of_ninety(plan: Plan) -> None:
    put(plan, "mix", ("R5", "NMC", FIRST), "share_pct", 900_000)


def mix_of_more(plan: Plan) -> None:
    share = MixShare(programme="R5", chemistry="LFP", month=FIRST, share_ppm=1)
    plan.run(CreateRecords((Chemistry(code="LFP", name="L"), share)))


def delivery_before_the_term(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST.plus(-1), 0),)))


def delivery_after_the_term(plan: Plan) -> None:
    plan.run(SetDeliveries((DeliveryCell("C1", 1, FIRST.plus(24), 0),)))


def year_outside_the_term(plan: Plan) -> None:
    plan.run(CreateRecords((Volume(contract="C1", line=1, year=2027, agreed_kg=0),)))


def nothing_phased(plan: Plan) -> None:
    line = Line(contract="C1", line=2, material="CoSO4")
    plan.run(CreateRecords((line, Volume(contract="C1", line=2, year=2025, agreed_kg=1))))


def shares_of_ninety(plan: Plan) -> None:
    put(plan, "buyer_shares", ("C1", "RNO"), "share_pct", 900_000)


def option(plan: Plan, last_day: date) -> None:
    plan.run(
        CreateRecords((Volume(contract="C1", line=1, year=2026, agreed_kg=0, option_kg=5, option_until=last_day),))
    )


def option_that_ends_soon(plan: Plan) -> None:
    option(plan, TODAY + timedelta(days=90))


def option_that_is_past(plan: Plan) -> None:
    option(plan, date(2024, 1, 31))


def stage_that_was_not_written_down(plan: Plan) -> None:
    put(plan, "stage_changes", ("C1", date(2024, 6, 1)), "stage", "letter_of_intent")


def start_that_moved(plan: Plan) -> None:
    plan.run(SetTerm("C1", start_month=FIRST.plus(-2)))


def plant_that_starts_later(plan: Plan) -> None:
    put(plan, "plant_capacity", ("GUE", FIRST), "month", FIRST.plus(1))


def plant_that_makes_nothing(plan: Plan) -> None:
    put(plan, "plant_capacity", ("GUE", FIRST), "available_t", 0)


def milestone_after_the_first_delivery(plan: Plan) -> None:
    put(plan, "milestones", ("C1", "First delivery"), "forecast", date(2025, 2, 1))


@pytest.mark.parametrize(
    ("disturb", "severity", "place", "text"),
    [
        (
            need_more,
            "error",
            "Co 2025",
            "1,309.4 t of Co must still be bought in 2025; the stock is used up in 2025-01",
        ),
        (too_much_for_the_plant, "warning", "Co 2025", r"[\d.,]+ t of Co are contracted above the plants' open"),
        (nickel_that_nobody_sells, "info", "Ni", "programmes need Ni, and nothing is contracted or in stock"),
        (plant_without_capacity, "warning", "plant P2", "it has no capacity rows"),
        (mix_of_ninety, "error", "programme R5 2025-01", "from 2025-01 on add up to 90 %, not 100 %"),
        (mix_of_more, "error", "programme R5 2025-01", "from 2025-01 on add up to 100.0001 %, not 100 %"),
        (delivery_before_the_term, "warning", "C1 1", "from 2024-12 to 2025-12 leave the term, 2025-01 to 2026-12"),
        (delivery_after_the_term, "warning", "C1 1", "from 2025-01 to 2027-01 leave the term, 2025-01 to 2026-12"),
        (year_outside_the_term, "warning", "C1 1 2027", "this contract year lies outside the term"),
        (nothing_phased, "warning", "C1 2", "a volume is agreed, and no month has a delivery"),
        (shares_of_ninety, "error", "C1", "the shares of its buyers add up to 90 %, not 100 %"),
        (option_that_ends_soon, "warning", "C1 1 2026", "the option can be called until 20"),
        (option_that_is_past, "warning", "C1 1 2026", "the option could be called until 2024-01-31"),
        (milestone_after_the_first_delivery, "warning", "C1 First delivery", "on 2025-02-01, and .* from 2025-01 on"),
        (start_that_moved, "info", "C1 1", "nothing is agreed for contract year 2024"),
        (stage_that_was_not_written_down, "info", "C1", "it is signed, and on 2024-06-01 letter of intent was written"),
    ],
)
def test_what_disturbs_a_plan_is_found_and_gone_with_its_cause(
    plan: Plan, disturb: Callable[[Plan], None], severity: str, place: str, text: str
) -> None:
    disturb(plan)
    found = plan.findings()
    matching = [each for each in found if each.place == place and each.severity == severity]
    assert len(matching) == 1, found
    assert matching == found
    assert re.search(text, found[0].text)
    assert found[0].remedy
    plan.undo()
    assert plan.findings() == []


def test_an_empty_plan_has_no_findings(tmp_path: Path) -> None:
    with Plan.create(tmp_path / "empty.offtake", person="Tester") as empty:
        assert empty.findings() == []


def test_an_element_that_is_not_supplied_is_unplanned_and_not_short(plan: Plan) -> None:
    nickel_that_nobody_sells(plan)
    plan.run(CreateRecords((Material(code="NiSO4", name="N", element="Ni", contained_fraction_ppm=223_000),)))
    assert [(each.severity, each.place) for each in plan.findings()] == [("info", "Ni")]


def test_an_element_of_which_there_is_stock_alone_runs_short(plan: Plan) -> None:
    nickel_that_nobody_sells(plan)
    plan.run(CreateRecords((Material(code="NiSO4", name="N", element="Ni", contained_fraction_ppm=223_000),)))
    plan.run(CreateRecords((StockCount(material="NiSO4", month=FIRST, quantity_kg=1_000),)))
    [found] = plan.findings()
    assert (found.check, found.severity, found.place) == ("shortage", "error", "Ni 2025")
    assert found.text == "749.8 t of Ni must still be bought in 2025; the stock is used up in 2025-01"


def test_an_option_above_capacity_is_not_called_contracted(plan: Plan) -> None:
    plan.run(CreateRecords((PlantCapacity(plant="GUE", month=FIRST.plus(3), available_kg=0),)))
    over = [each.text for each in plan.findings() if each.check == "over-capacity" and each.place == "Co 2026"]
    assert over == []
    option(plan, TODAY + timedelta(days=200))
    plan.run(SetCells((Cell("volumes", row_id(plan, "volumes", "C1", 1, 2026), "option_t", 12_000),)))
    over = [each.text for each in plan.findings() if each.check == "over-capacity" and each.place == "Co 2026"]
    assert over == ["2.5 t of Co, options included, lie above the plants' open capacity"]


def test_the_option_of_a_closed_contract_is_no_finding(plan: Plan) -> None:
    option_that_ends_soon(plan)
    assert [each.check for each in plan.findings()] == ["option-lapses"]
    put(plan, "contracts", ("C1",), "stage", "cancelled")
    assert [each for each in plan.findings() if each.check == "option-lapses"] == []


def test_an_option_alone_needs_no_phasing(plan: Plan) -> None:
    line = Line(contract="C1", line=2, material="CoSO4")
    plan.run(CreateRecords((line, Volume(contract="C1", line=2, year=2025, agreed_kg=0, option_kg=5))))
    assert plan.findings() == []


def test_the_last_contract_year_of_all_is_looked_at(plan: Plan) -> None:
    july = Month.of(2025, 7)
    contract = Contract(reference="C2", supplier="MNG", buyer="RNO", stage="signed", start_month=july, end_month=july)
    volume = Volume(contract="C2", line=1, year=LAST_YEAR, agreed_kg=0)
    plan.run(CreateRecords((contract, Line(contract="C2", line=1, material="CoSO4"), volume)))
    assert [each.place for each in plan.findings()] == [f"C2 1 {LAST_YEAR}"]


@pytest.mark.parametrize(
    ("disturb", "text"),
    [
        (plant_that_starts_later, "deliveries start in 2025-01, and plant GUE can deliver from 2025-02 on"),
        (plant_that_makes_nothing, "deliveries start in 2025-01, and plant GUE can make nothing"),
    ],
)
def test_deliveries_before_the_plant_are_found(plan: Plan, disturb: Callable[[Plan], None], text: str) -> None:
    disturb(plan)
    assert [each.text for each in plan.findings() if each.place == "C1 1"] == [text]
    put(plan, "contracts", ("C1",), "stage", "cancelled")
    assert [each for each in plan.findings() if each.place == "C1 1"] == []


def test_a_change_of_stage_to_come_says_nothing_yet(plan: Plan) -> None:
    change = StageChange(contract="C1", day=TODAY + timedelta(days=1), stage="delivering", previous="signed")
    plan.run(CreateRecords((change,)))
    assert plan.findings() == []


def test_an_option_with_time_left_is_no_finding(plan: Plan) -> None:
    option(plan, TODAY + timedelta(days=91))
    assert plan.findings() == []


def test_the_gravest_come_first(plan: Plan) -> None:
    for disturb in (nickel_that_nobody_sells, plant_without_capacity, mix_of_ninety, nothing_phased):
        disturb(plan)
    found = [each.severity for each in plan.findings()]
    assert found == ["error", "warning", "warning", "info"] == sorted(found, key=lambda each: ORDER[each])


def test_a_capacity_row_is_enough(plan: Plan) -> None:
    plant_without_capacity(plan)
    plan.run(CreateRecords((PlantCapacity(plant="P2", month=FIRST, available_kg=0),)))
    assert plan.findings() == []
    plan.run(DeleteRecords("plants", (row_id(plan, "plants", "P2"),), cascade=True))
    assert plan.findings() == []


@settings(max_examples=40)
@given(records=consistent())
def test_findings_never_raise(tmp_path_factory: pytest.TempPathFactory, records: tuple[Record, ...]) -> None:
    with Plan.create(tmp_path_factory.mktemp("plan") / "a.offtake", person="Tester") as plan:
        plan.run(CreateRecords(records))
        for finding in plan.findings():
            assert finding.severity in ORDER
            assert all((finding.place, finding.text, finding.remedy))
