"""Recycled content and closed loops: by hand, by the other road over the rows, and what always holds."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import Period, Scope, Subject
from planner.analysis.footprint.recycled import Loop, balance_kg, loops, recycled
from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.plan import SUFFIX, Plan
from planner.units import Month
from tests.planner.analysis.circular import BY_ROWS, LOOP, near, plan_of, returned, rows_of, unlimited_sample

MONTH, YEAR = Scope(Period.MONTH), Scope(Period.YEAR)
kilograms = st.lists(st.integers(0, 10_000), min_size=12, max_size=12)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open the plan that is worked out by hand."""
    with plan_of(tmp_path / f"plan{SUFFIX}", *LOOP) as made:
        yield made


def the_loop(plan: Plan, scope: Scope = MONTH) -> Loop:
    [loop] = plan.ask(loops, scope)
    return loop


def test_the_share_is_of_the_metal_supplied(plan: Plan) -> None:
    first, second = plan.ask(recycled, YEAR).of("Co")
    # 8 t of 80 t, and all 20 t of the closed loop; a year later 10 t of 100 t.
    assert (first.supply_t, first.recycled_t, first.recycled_pct) == (100, 28, near(28))
    assert (second.recycled_pct, second.lines) == (near(10), (("MINED", 1),))
    assert first.lines == (("MINED", 1), ("LOOP", 1))


def test_the_minimum_at_the_end_of_a_period_holds_for_all_of_it(plan: Plan) -> None:
    table = plan.ask(recycled, YEAR)
    assert [(row.minimum_pct, row.met) for row in table.rows] == [(16, True), (26, False)]
    assert table.first_failure("Co") == table.rows[1]
    until_july = plan.ask(recycled, Scope(end=Month.of(2025, 7)))
    assert [(row.minimum_pct, row.met) for row in until_july.rows] == [(None, None)]
    assert until_july.first_failure("Co") is None
    until_next_july = plan.ask(recycled, Scope(end=Month.of(2026, 7)))
    assert [row.minimum_pct for row in until_next_july.rows] == [16, 16]


def test_without_supply_there_is_no_share(plan: Plan) -> None:
    february = plan.ask(recycled, MONTH).of("Co")[1]
    assert (february.supply_t, february.recycled_pct, february.met, february.lines) == (0, None, None, ())


def test_only_what_is_supplied_or_has_a_minimum_is_listed(plan: Plan, tmp_path: Path) -> None:
    assert plan.ask(recycled, YEAR).elements == ("Co",)
    assert plan.ask(recycled, Scope(subject=Subject("material", "COBALT"))).elements == ("Co",)
    with pytest.raises(PlannerError, match="no element Xx"):
        plan.ask(recycled, Scope(subject=Subject("element", "Xx")))
    with plan_of(tmp_path / f"bare{SUFFIX}", *LOOP[:1]) as bare:
        assert bare.ask(recycled, YEAR).rows == ()
        assert bare.ask(loops, YEAR) == ()


def test_a_loop_carries_its_balance_forward(plan: Plan) -> None:
    loop = the_loop(plan)
    first = loop.rows[:5]
    # 9 t recoverable of the scrap returned before the plan, 9 t of old batteries in February; 5 and 15 t come back.
    assert [row.recoverable_t for row in first] == pytest.approx([9, 9, 0, 0, 0])
    assert [row.delivered_t for row in first] == pytest.approx([0, 0, 5, 15, 0])
    assert [row.balance_t for row in first] == pytest.approx([9, 18, 13, -2, -2])
    assert [row.short for row in first] == [False, False, False, True, True]
    assert [(row.scrap_t, row.end_of_life_t) for row in first[:2]] == [(10, 0), (0, 10)]
    assert (loop.recovery_pct, loop.element, loop.lines) == (90, "Co", (("LOOP", 1),))
    assert loop.first_short == loop.rows[3]


def test_a_period_is_short_when_any_of_its_months_is(plan: Plan) -> None:
    plan.run(CreateRecords((returned(5, "scrap", 10),)))
    quarters = the_loop(plan, Scope(Period.QUARTER)).rows
    assert [row.short for row in quarters[:3]] == [False, True, False]
    assert quarters[1].balance_t == near(7)
    assert the_loop(plan, Scope(start=Month.of(2090, 1))).rows == ()


def test_what_is_returned_after_the_plan_is_left_out(plan: Plan) -> None:
    before = the_loop(plan)
    plan.run(CreateRecords((returned(600, "scrap", 10),)))
    assert the_loop(plan) == before


@given(kilograms, kilograms, st.integers(0, 100))
def test_the_balance_ends_with_what_was_recoverable_less_what_came_back(
    back: list[int], given_: list[int], recovery: int
) -> None:
    balance = balance_kg(np.array(back, dtype=np.float64), np.array(given_, dtype=np.float64), recovery / 100)
    assert balance[-1] == near(sum(given_) * recovery / 100 - sum(back))
    assert np.diff(balance) == pytest.approx([g * recovery / 100 - b for g, b in zip(given_, back, strict=True)][1:])


def test_sql_over_the_rows_comes_to_the_same(tmp_path: Path) -> None:
    with unlimited_sample(tmp_path / f"sample{SUFFIX}") as plan:
        table = plan.ask(recycled, YEAR)
        expected: dict[tuple[str, str], tuple[float, float]] = {}
        for element, year, _, t, _, recycled_t in rows_of(plan, BY_ROWS):
            assert isinstance(t, float)
            assert isinstance(recycled_t, float)
            before = expected.get((str(element), str(year)), (0.0, 0.0))
            expected[str(element), str(year)] = before[0] + t, before[1] + recycled_t
        [[returned_t]] = rows_of(plan, "SELECT sum(quantity_kg) / 1e3 FROM returns WHERE waste = 'scrap'")
        loop = the_loop(plan, YEAR)
    for row in table.rows:
        assert (row.supply_t, row.recycled_t) == pytest.approx(expected[row.element, row.period])
    assert len(table.rows) == len(expected)
    assert sum(row.scrap_t for row in loop.rows) == returned_t
    assert loop.rows[-1].balance_t == near(
        0.92 * sum(row.scrap_t for row in loop.rows) - sum(row.delivered_t for row in loop.rows)
    )
