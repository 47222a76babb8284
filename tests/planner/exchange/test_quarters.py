"""Quantities of quarters: spread to the kilogram over three months where they flow, refused where they do not."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.plan import Plan
from tests.planner.exchange.imported import HEADER, previewed, problems, saved, taken


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(kg=st.integers(0, 10**9))
def test_three_months_hold_what_the_quarter_held(plan: Plan, tmp_path: Path, kg: int) -> None:
    found = previewed(plan, saved(tmp_path, f"{HEADER}C1,1,Q2 2025,{kg / 1000:.3f}\n"))
    assert found.preview.changes is not None
    shares = [change.after.values()["quantity_kg"] for change in found.preview.changes if change.after is not None]
    assert sum(map(int, map(str, shares))) == kg
    assert len(shares) == 3
    assert found.preview.draft is not None
    plan.discard_draft(found.preview.draft)


def test_a_month_and_its_quarter_are_twins(plan: Plan, tmp_path: Path) -> None:
    found = problems(plan, saved(tmp_path, f"{HEADER}C1,1,Q2 2025,3\nC1,1,2025-05,9\n"))
    assert {problem.line for problem in found} == {2, 3}


def test_demand_of_a_quarter_is_spread(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, "programme,month,gwh\nR5,2025-T2,3\n"), "demand")
    assert (found.preview.new, found.notes) == (
        3,
        ("1 row of a quarter was spread evenly over the three months of each.",),
    )


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ("stock", "material,month,quantity_t\nCoSO4,T1 2026,5\n"),
        ("safety_stock", "element,month,quantity_t\nCo,T1 2026,5\n"),
        ("plant_capacity", "plant,month,available_t\nGUE,T1 2026,5\n"),
    ],
)
def test_what_holds_at_a_month_has_no_quarter(plan: Plan, tmp_path: Path, table: str, text: str) -> None:
    found = problems(plan, saved(tmp_path, text), table)
    assert [problem.field for problem in found] == ["month"]
    assert found[0].reason.startswith("it is a quarter, 2026-01 to 2026-03, and ")
    assert found[0].reason.endswith(" are by month; write one month")


def test_a_quarter_that_is_read_alone_gives_its_key_thrice(plan: Plan, tmp_path: Path) -> None:
    assert taken(plan, saved(tmp_path, f"{HEADER}C1,1,Q3 2025,0\n")) == [("2025-07", 0), ("2025-08", 0), ("2025-09", 0)]
