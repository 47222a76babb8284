"""Findings about prices: where a line to be delivered has none, and where an index has none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.checks import Finding
from planner.checks.prices import unpriced, unquoted
from planner.commands import Cell, DeleteRecords, DeliveryCell, SetCells, SetDeliveries
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST, example_plan

TODAY = datetime.now(UTC).astimezone()
NOW = Month.of(TODAY.year, TODAY.month)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan whose one line is delivered this month, and priced."""
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(SetDeliveries((DeliveryCell("C1", 1, NOW, 1_000),)))
        assert [*unpriced(made), *unquoted(made)] == []
        yield made


def empty(plan: Plan, table: str) -> None:
    plan.run(DeleteRecords(table, tuple(row.id for row in plan.rows(table))))


def test_a_line_to_be_delivered_wants_a_price(plan: Plan) -> None:
    empty(plan, "price_terms")
    text = f"deliveries until {NOW} have no price"
    assert list(unpriced(plan)) == [Finding("info", "C1 1", text, "add a price term", "lines", ("C1", 1))]


def test_what_was_delivered_or_is_closed_wants_none(plan: Plan) -> None:
    empty(plan, "price_terms")
    (contract,) = plan.rows("contracts")
    plan.run(SetCells((Cell("contracts", contract.id, "stage", "cancelled"),)))
    assert list(unpriced(plan)) == []
    plan.undo()
    plan.run(SetDeliveries((DeliveryCell("C1", 1, NOW, None),)))
    assert list(unpriced(plan)) == []


def test_an_index_without_any_price_is_told_of_its_terms(plan: Plan) -> None:
    empty(plan, "index_prices")
    (found,) = unquoted(plan)
    assert (found.severity, found.place, found.text) == (
        "warning",
        f"C1 1 {FIRST}",
        "its index LME-CO has no price in any month",
    )
    assert (found.table, found.key) == ("price_terms", ("C1", 1, FIRST))
    (term,) = plan.rows("price_terms")
    plan.run(SetCells((Cell("price_terms", term.id, "index", None), Cell("price_terms", term.id, "fixed", 94_000))))
    assert list(unquoted(plan)) == []
