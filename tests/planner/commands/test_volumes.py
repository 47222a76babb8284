"""Volumes are agreed and phased in one edit; an option is called once, in time, and never beyond what it is."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.commands import AgreeVolumes, CallOption, Cell, CreateRecords, LineVolumes, SetCells, SetDeliveryStatus
from planner.errors import InvalidValueError, PlannerError
from planner.model import TABLES, Delivery, Line, Volume
from planner.plan import Plan
from tests.strategies import FIRST, example_plan, row_id

TODAY = date(2025, 3, 1)


def state(plan: Plan) -> list[object]:
    return [plan.rows(name) for name in TABLES]


def volumes(plan: Plan, line: int = 1) -> dict[int, Volume]:
    records = [row.record for row in plan.rows("volumes", {"contract": "C1", "line": line})]
    return {record.year: record for record in records if isinstance(record, Volume)}


def planned(plan: Plan, line: int = 1) -> dict[int, int]:
    """Return the kg of deliveries of a line by year."""
    records = [row.record for row in plan.rows("deliveries", {"contract": "C1", "line": line})]
    found: dict[int, int] = {}
    for record in records:
        if isinstance(record, Delivery):
            found[record.month.year] = found.get(record.month.year, 0) + record.quantity_kg
    return found


def give_option(plan: Plan, *, until: date | None = None) -> None:
    row = row_id(plan, "volumes", "C1", 1, 2025)
    cells = (Cell("volumes", row, "option_t", 1_000_000), Cell("volumes", row, "option_until", until))
    plan.run(SetCells(cells))


def test_volumes_of_several_lines_are_agreed_and_phased_as_one_edit(plan: Plan) -> None:
    plan.run(CreateRecords((Line(contract="C1", line=2, material="CoSO4"),)))
    before = state(plan)
    lines = (LineVolumes(1, ((2025, 1_200_000), (2026, 2_400_000))), LineVolumes(2, ((2026, 600_000),)))
    changes = plan.run(AgreeVolumes("C1", lines, phase=True))
    assert changes is not None
    assert changes.edit.title == "Agree volumes of C1 and phase them"
    assert {year: volume.agreed_kg for year, volume in volumes(plan).items()} == {2025: 1_200_000, 2026: 2_400_000}
    assert planned(plan) == {2025: 1_200_000, 2026: 2_400_000}
    assert planned(plan, 2) == {2026: 600_000}
    assert plan.run(AgreeVolumes("C1", lines, phase=True)) is None
    plan.undo()
    assert state(plan) == before


def test_without_phasing_the_months_stay_as_they_are(plan: Plan) -> None:
    command = AgreeVolumes("C1", (LineVolumes(1, ((2025, 7_000_000),)),), phase=False)
    plan.run(command)
    assert command.title == "Agree volumes of C1"
    assert planned(plan) == {2025: 416_000}


def test_options_stay_when_the_agreed_volume_changes(plan: Plan) -> None:
    give_option(plan, until=TODAY)
    plan.run(AgreeVolumes("C1", (LineVolumes(1, ((2025, 1),)),), phase=False))
    volume = volumes(plan)[2025]
    assert (volume.agreed_kg, volume.option_kg, volume.option_until) == (1, 1_000_000, TODAY)


def test_received_months_count_towards_what_is_agreed(plan: Plan) -> None:
    plan.run(SetDeliveryStatus((("C1", 1, FIRST),), "received"))
    plan.run(AgreeVolumes("C1", (LineVolumes(1, ((2025, 1_516_000),)),), phase=True))
    found = [row.record.values() for row in plan.rows("deliveries")]
    assert [each["quantity_kg"] for each in found] == [416_000, *[100_000] * 11]


@settings(max_examples=25)
@given(st.dictionaries(st.sampled_from((2025, 2026)), st.integers(0, 10**12), min_size=1))
def test_what_is_phased_adds_up_to_what_is_agreed(
    tmp_path_factory: pytest.TempPathFactory, agreed: dict[int, int]
) -> None:
    with example_plan(tmp_path_factory.mktemp("plan") / "a.offtake") as plan:
        before = state(plan)
        changes = plan.run(AgreeVolumes("C1", (LineVolumes(1, tuple(agreed.items())),), phase=True))
        assert {year: kg for year, kg in planned(plan).items() if year in agreed} == {
            y: kg for y, kg in agreed.items() if kg
        }
        assert {year: volumes(plan)[year].agreed_kg for year in agreed} == agreed
        if changes is not None:
            plan.undo()
        assert state(plan) == before


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (AgreeVolumes("C9", (), phase=True), "There is no contract 'C9'; the page Contracts lists them"),
        (AgreeVolumes("C1", (LineVolumes(9, ()),), phase=True), "There is no line 9 in C1; add it first"),
        (
            AgreeVolumes("C1", (LineVolumes(1, ((2025, 1), (2027, 1))),), phase=True),
            "2027 is no contract year of C1, which runs from 2025-01 to 2026-12; its contract years are 2025 to 2026",
        ),
        (AgreeVolumes("C1", (LineVolumes(1, ((2025, -1),)),), phase=True), "agreed_t: -0.001 lies outside"),
        (CallOption("C1", 1, 2026, 1, TODAY), "There is no agreed volume C1 1 2026; add it first"),
        (CallOption("C1", 1, 2025, 0, TODAY), "nothing of C1 1 2025 would be called"),
        (CallOption("C1", 1, 2025, 1_000_001, TODAY), "1000.001 t is more than the option of C1 1 2025, 1000 t"),
        (
            CallOption("C1", 1, 2025, 1, date(2025, 7, 1)),
            "the option of C1 1 2025 could be called until 2025-06-30, not on 2025-07-01",
        ),
    ],
)
def test_what_cannot_be_agreed_or_called_changes_nothing(
    plan: Plan, command: AgreeVolumes | CallOption, sentence: str
) -> None:
    give_option(plan, until=date(2025, 6, 30))
    before = state(plan)
    with pytest.raises(PlannerError, match=sentence):
        plan.run(command)
    assert state(plan) == before


def test_an_option_is_called_in_parts(plan: Plan) -> None:
    give_option(plan, until=date(2025, 6, 30))
    before = state(plan)
    changes = plan.run(CallOption("C1", 1, 2025, 400_000, TODAY))
    assert changes is not None
    assert changes.edit.title == "Call option C1 1 2025"
    volume = volumes(plan)[2025]
    assert (volume.agreed_kg, volume.option_kg, volume.option_called) == (5_400_000, 600_000, TODAY)
    plan.run(CallOption("C1", 1, 2025, 600_000, date(2025, 6, 30)))
    volume = volumes(plan)[2025]
    assert (volume.agreed_kg, volume.option_kg, volume.option_called) == (6_000_000, 0, date(2025, 6, 30))
    with pytest.raises(InvalidValueError, match="1 t is more than the option of C1 1 2025, 0 t"):
        plan.run(CallOption("C1", 1, 2025, 1_000, TODAY))
    plan.undo()
    plan.undo()
    assert state(plan) == before
