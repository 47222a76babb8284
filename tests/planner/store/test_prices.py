"""Prices of a plan: read from its tables, for one month, for many, and for all lines."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from planner.analysis import UnitPrice
from planner.commands import Cell, DeleteRecords, SetCells
from planner.errors import PlannerError
from planner.plan import SUFFIX, Plan
from planner.units import Month
from tests.strategies import FIRST, example_plan


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan that holds one record of every table."""
    with example_plan(tmp_path / f"plan{SUFFIX}") as made:
        yield made


def only(plan: Plan, table: str) -> int:
    """Return the id of the one record of a table."""
    (row,) = plan.rows(table)
    return row.id


def test_a_line_is_priced_from_the_tables(plan: Plan) -> None:
    plan.run(SetCells((Cell("contracts", only(plan, "contracts"), "currency", "EUR"),)))
    price = plan.price("C1", 1, FIRST)
    # 33,400 / 1.08 x the contained fraction of the example's material x 82 % + 350
    fraction = plan.prices(FIRST)[0][0].contained_ppm / Decimal(1_000_000)
    assert price.amount == round(Decimal(33_400) / Decimal("1.08") * fraction * Decimal("0.82") + 350, 4)
    assert (price.currency, price.unit, price.assumed) == ("EUR", "t product", False)


def test_an_assay_of_the_line_goes_before_that_of_the_material(plan: Plan) -> None:
    plan.run(SetCells((Cell("lines", only(plan, "lines"), "contained_fraction", 500_000),)))
    plan.run(SetCells((Cell("price_terms", only(plan, "price_terms"), "currency", "USD"),)))
    assert plan.price("C1", 1, FIRST).amount == Decimal(33_400) / 2 * Decimal("0.82") + 350


def test_months_before_the_terms_say_what_is_missing(plan: Plan) -> None:
    plan.run(SetCells((Cell("price_terms", only(plan, "price_terms"), "currency", "USD"),)))
    found = plan.line_prices("C1", 1, FIRST.plus(-1), FIRST.plus(1))
    assert [month for month, _ in found] == [FIRST.plus(-1), FIRST, FIRST.plus(1)]
    before, own, after = (price for _, price in found)
    assert isinstance(before, PlannerError)
    assert own == plan.price("C1", 1, FIRST)
    assert isinstance(after, UnitPrice)
    assert after.assumed
    assert plan.line_prices("C1", 1, FIRST, FIRST.plus(-1)) == []


def test_every_line_is_told_with_its_price_or_what_is_missing(plan: Plan) -> None:
    plan.run(SetCells((Cell("price_terms", only(plan, "price_terms"), "currency", "USD"),)))
    [(line, price)] = plan.prices(FIRST)
    assert (line.contract, line.line, price) == ("C1", 1, plan.price("C1", 1, FIRST))
    plan.run(DeleteRecords("price_terms", (only(plan, "price_terms"),)))
    [(_, missing)] = plan.prices(FIRST)
    assert str(missing) == f"C1 1: no price term holds in {FIRST}; add one from that month on."


def test_a_line_that_is_not_there_is_named(plan: Plan) -> None:
    with pytest.raises(PlannerError, match="There is no line 7 of a contract 'C1'"):
        plan.price("C1", 7, Month.of(2027, 3))
