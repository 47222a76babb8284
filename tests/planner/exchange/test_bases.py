"""Quantities that say what they count: converted where the row's line or material tells how, else refused."""

from pathlib import Path

import pytest

from planner.commands import CreateRecords
from planner.model import Line, Material
from planner.plan import Plan
from tests.planner.exchange.imported import previewed, problems, saved, taken


@pytest.fixture
def lines(plan: Plan) -> Plan:
    """Add a line in tonnes of metal, and one with an assay of its own."""
    plan.run(
        CreateRecords(
            (
                Line(contract="C1", line=2, material="CoSO4", volume_basis="metal"),
                Line(contract="C1", line=3, material="CoSO4", contained_fraction_ppm=500_000),
                Material(code="Ni", name="Nickel", element="Ni", contained_fraction_ppm=1_000_000),
            )
        )
    )
    return plan


@pytest.mark.parametrize(
    ("line", "quantity", "kg"),
    [
        (1, "20.966 t Co", 100_000),
        (1, "10 t metal", 47_696),
        (1, "10 t product", 10_000),
        (2, "10 t Co", 10_000),
        (2, "100 t product", 20_966),
        (3, "10 t Co", 20_000),
        (3, "10 kt Co", 20_000_000),
        (2, "1000 lb Co", 454),
    ],
)
def test_a_quantity_is_turned_into_the_basis_of_its_line(
    lines: Plan, tmp_path: Path, line: int, quantity: str, kg: int
) -> None:
    file = saved(tmp_path, f"contract,line,month,quantity_t\nC1,{line},2025-03,{quantity}\n")
    assert taken(lines, file) == [("2025-03", kg)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("C1,1,2025-03,5 t Ni", "5 t Ni is of Ni, and line 1 of C1 is bought for Co"),
        (
            "C1,9,2025-03,5 t Co",
            (
                "5 t Co says what it counts, and the row names nothing in the plan that tells how much of it that is;"
                " give quantity_t in t as the plan counts it"
            ),
        ),
        ("C1,2,2025-03,0.0004 t Co", "0.0004 t Co is finer than 0.001 t, the step of the field"),
        ("C1,1,2025-03,999999999 t Co", "999999999 t Co lies outside 0 to 1000000000 t"),
    ],
)
def test_what_the_row_does_not_tell_is_refused(lines: Plan, tmp_path: Path, row: str, reason: str) -> None:
    found = problems(lines, saved(tmp_path, f"contract,line,month,quantity_t\n{row}\n"))
    assert [problem.reason for problem in found] == [reason]


def test_a_stock_counts_product_and_a_safety_stock_metal(lines: Plan, tmp_path: Path) -> None:
    stock = previewed(lines, saved(tmp_path, "material,month,quantity_t\nCoSO4,2025-06,20.966 t Co\n"), "stock")
    assert stock.preview.changes is not None
    assert [change.after.values()["quantity_kg"] for change in stock.preview.changes if change.after] == [100_000]
    file = saved(tmp_path, "element,month,quantity_t\nCo,2025-06,5 t Co\nCo,2025-07,5 t product\nNi,2025-06,5 t Co\n")
    found = previewed(lines, file, "safety_stock")
    assert found.preview.new == 1
    assert [problem.reason for problem in found.preview.problems] == [
        "5 t product counts product, and Co is counted in metal",
        "5 t Co is of Co, and Ni is bought for Ni",
    ]


def test_a_table_that_counts_neither_refuses_both(lines: Plan, tmp_path: Path) -> None:
    found = problems(lines, saved(tmp_path, "plant,month,available_t\nGUE,2025-06,5 t Co\n"), "plant_capacity")
    assert "names nothing in the plan that tells" in found[0].reason
