"""Findings about prices: where a line to be delivered has none, and where an index has none."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.checks import Finding, Remembered
from planner.checks.prices import unpriced, unquoted
from planner.commands import Cell, CreateRecords, DeleteRecords, DeliveryCell, SetCells, SetDeliveries
from planner.model import Line
from planner.plan import Plan
from planner.units import Month
from tests.strategies import FIRST, example_plan

TODAY = datetime.now(UTC).astimezone()
NOW = Month.of(TODAY.year, TODAY.month)


def of(plan: Plan) -> Remembered:
    """Return the plan as the checks see it today."""
    return Remembered(plan, TODAY.date())


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan whose one line is delivered this month, and priced."""
    with example_plan(tmp_path / "a.offtake") as made:
        made.run(SetDeliveries((DeliveryCell("C1", 1, NOW, 1_000),)))
        assert [*unpriced(of(made)), *unquoted(of(made))] == []
        yield made


def empty(plan: Plan, table: str) -> None:
    plan.run(DeleteRecords(table, tuple(row.id for row in plan.rows(table))))


def test_a_line_to_be_delivered_wants_a_price(plan: Plan) -> None:
    empty(plan, "price_terms")
    text = f"deliveries until {NOW} have no price"
    assert list(unpriced(of(plan))) == [Finding("info", "C1 1", text, "add a price term", "lines", ("C1", 1))]


def test_a_price_that_comes_later_than_the_deliveries_is_none_for_them(plan: Plan) -> None:
    (term,) = plan.rows("price_terms")
    plan.run(SetCells((Cell("price_terms", term.id, "month", NOW.plus(3)),)))
    assert [found.text for found in unpriced(of(plan))] == [f"deliveries until {NOW.plus(2)} have no price"]
    plan.run(SetCells((Cell("price_terms", term.id, "month", NOW),)))
    assert list(unpriced(of(plan))) == []


def test_where_nothing_has_a_price_that_is_said_once(plan: Plan) -> None:
    empty(plan, "price_terms")
    plan.run(CreateRecords((Line(contract="C1", line=2, material="CoSO4"),)))
    plan.run(SetDeliveries((DeliveryCell("C1", 2, NOW, 1_000),)))
    (found,) = unpriced(of(plan))
    assert (found.place, found.text) == ("prices", "none of 2 lines with deliveries to come has a price")


def test_what_was_delivered_or_is_closed_wants_none(plan: Plan) -> None:
    empty(plan, "price_terms")
    (contract,) = plan.rows("contracts")
    plan.run(SetCells((Cell("contracts", contract.id, "stage", "cancelled"),)))
    assert list(unpriced(of(plan))) == []
    plan.undo()
    plan.run(SetDeliveries((DeliveryCell("C1", 1, NOW, None),)))
    assert list(unpriced(of(plan))) == []


def test_an_index_without_any_price_is_told_of_its_terms(plan: Plan) -> None:
    empty(plan, "index_prices")
    (found,) = unquoted(of(plan))
    assert (found.severity, found.place, found.text) == (
        "warning",
        f"C1 1 {FIRST}",
        "its index LME-CO has no price in any month",
    )
    assert (found.table, found.key) == ("price_terms", ("C1", 1, FIRST))
    (term,) = plan.rows("price_terms")
    plan.run(SetCells((Cell("price_terms", term.id, "index", None), Cell("price_terms", term.id, "fixed", 94_000))))
    assert list(unquoted(of(plan))) == []
