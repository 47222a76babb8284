"""The finding about closed loops that give more back than they can."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from planner.checks import Finding, Remembered
from planner.checks.circular import closed_loop, first_short
from planner.commands import Cell, CreateRecords, SetCells
from planner.plan import SUFFIX, Plan
from planner.units import PPM, Month
from tests.planner.analysis.circular import JANUARY, LOOP, plan_of, returned
from tests.strategies import row_id


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open the plan with a closed loop."""
    with plan_of(tmp_path / f"plan{SUFFIX}", *LOOP) as made:
        yield made


def found(plan: Plan) -> list[Finding]:
    return list(closed_loop(Remembered(plan, date(2025, 6, 1))))


def test_more_back_than_was_recoverable_is_found_with_the_first_month(plan: Plan) -> None:
    text = "by 2025-04 it delivers 20 t of Co back, and 18 t could be recovered from what was returned"
    remedy = "return more, or move its deliveries to later months"
    assert found(plan) == [Finding("warning", "LOOP 1", text, remedy, "lines", ("LOOP", 1))]
    plan.run(CreateRecords((returned(3, "scrap", 3),)))
    assert found(plan) == []


def test_without_a_recovery_that_is_the_remedy(plan: Plan) -> None:
    plan.run(SetCells((Cell("lines", row_id(plan, "lines", "LOOP", 1), "recovery_pct", None),)))
    [finding] = found(plan)
    assert finding.remedy == "say how much its recycler recovers"
    assert finding.text.startswith("by 2025-03 it delivers 5 t of Co back, and 0 t could be")


def test_a_closed_contract_and_a_bought_line_have_no_loop(plan: Plan) -> None:
    plan.run(SetCells((Cell("contracts", row_id(plan, "contracts", "LOOP"), "stage", "cancelled"),)))
    assert found(plan) == []


def test_less_than_a_kg_is_no_difference() -> None:
    assert first_short({JANUARY: PPM}, {JANUARY: 1}) is None
    assert first_short({JANUARY: PPM + 1}, {JANUARY: 1}) == (JANUARY, 1, 0)
    assert first_short({Month.of(2025, 2): 5 * PPM}, {JANUARY: 4 * PPM}) == (Month.of(2025, 2), 5, 4)
    assert first_short({}, {JANUARY: PPM}) is None
