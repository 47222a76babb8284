"""Drafts without some of their rows, tried on and taken back: what is foretold is what comes."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.analysis import Period, Subject
from planner.analysis.gaps.effect import MOVED_PCT, CoverEffect
from planner.errors import PlannerError
from planner.model import Delivery
from planner.plan import Mode, Plan
from tests.planner.store.machine import Rows, stage
from tests.strategies import FIRST, example_plan

NAMES = ("contract", "line", "month", "quantity_t")
LATER = FIRST.plus(1)

Covers = Mapping[tuple[str, str], float | None]


def drafted(plan: Plan, kg: Mapping[int, int]) -> int:
    """Preview deliveries by month, counted from the first."""
    rows: Rows = [("C1", 1, FIRST.plus(at), quantity) for at, quantity in kg.items()]
    preview = stage(plan, "deliveries", rows, Mode.UPSERT, *NAMES)
    assert preview.draft is not None
    return preview.draft


def kg_by_month(plan: Plan) -> dict[int, int]:
    """Return what is in the plan."""
    records = [row.record for row in plan.rows("deliveries")]
    return {int(each.month) - int(FIRST): each.quantity_kg for each in records if isinstance(each, Delivery)}


def covers(plan: Plan) -> Covers:
    """Return what the plan says of cover."""
    return {
        (element, row.period): row.cover_pct
        for element in plan.cube.inputs.elements
        for row in plan.cover(Subject("element", element), by=Period.YEAR).rows
    }


def rows_of(plan: Plan, draft: int) -> dict[int, int]:
    """Return the row of each month in a draft, without keeping anything of it."""
    changes = plan.narrow_draft(draft, ())
    deliveries = [(change.after, change.row) for change in changes]
    return {int(after.month) - int(FIRST): row for after, row in deliveries if isinstance(after, Delivery)}


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.integers(0, 40), st.integers(1, 10**8), min_size=1, max_size=6), st.data())
def test_the_effect_is_what_cover_says_after_applying(kg: dict[int, int], data: st.DataObject) -> None:
    with TemporaryDirectory() as folder, example_plan(Path(folder) / "plan.offtake") as plan:
        draft = drafted(plan, kg)
        rows = rows_of(plan, draft)
        # One is left in: a draft of nothing cannot be applied.
        left_out = data.draw(st.sets(st.sampled_from(sorted(rows)), max_size=len(rows) - 1))
        without = {rows[at] for at in left_out}
        before, stood = covers(plan), kg_by_month(plan)
        effect = plan.effect(draft, without)
        assert (covers(plan), kg_by_month(plan)) == (before, stood)
        plan.apply_draft(draft, without)
        after = covers(plan)
        assert kg_by_month(plan) == {**stood, **{at: each for at, each in kg.items() if at not in left_out}}
        assert effect == tuple(
            CoverEffect(*key, before.get(key), after.get(key))
            for key in sorted({**before, **after})
            if moved(before.get(key), after.get(key))
        )
        plan.undo()
        assert covers(plan) == before


def moved(before: float | None, after: float | None) -> bool:
    """Tell whether somebody should hear of it."""
    if before is None or after is None:
        return before is not after
    return abs(after - before) >= MOVED_PCT


def test_a_narrowed_draft_counts_anew_and_takes_its_new_title(plan: Plan) -> None:
    draft = drafted(plan, {0: 1, 1: 2, 2: 3})
    rows = rows_of(plan, draft)
    changes = plan.narrow_draft(draft, {rows[1]}, "Import {} {} {}".format)
    assert [(touch.created, touch.changed, touch.deleted) for touch in changes.touches] == [(1, 1, 0)]
    assert changes.count == len(list(changes)) == 2
    assert plan.apply_draft(draft).edit.title == "Import 1 1 0"
    assert kg_by_month(plan) == {0: 1, 2: 3}


def test_a_draft_of_which_nothing_is_left_stays_as_it_was(plan: Plan) -> None:
    draft = drafted(plan, {1: 2})
    for leave_out in (plan.narrow_draft, plan.apply_draft):
        with pytest.raises(PlannerError, match="Every row is left out"):
            leave_out(draft, rows_of(plan, draft).values())
    plan.apply_draft(draft)
    assert kg_by_month(plan)[1] == 2


def test_a_draft_without_some_rows_is_brought_up_to_what_the_plan_is_now(plan: Plan) -> None:
    draft = drafted(plan, {1: 2, 2: 3})
    plan.apply_draft(drafted(plan, {5: 9}))
    rows = rows_of(plan, draft)
    foretold = plan.effect(draft, {rows[2]})
    before = covers(plan)
    plan.apply_draft(draft, {rows[2]})
    assert set(kg_by_month(plan)) == {0, 1, 5}
    assert {(each.element, each.year) for each in foretold} == {
        key for key, after in covers(plan).items() if moved(before[key], after)
    }


def test_the_effect_of_a_draft_that_is_gone_is_refused_with_a_sentence(plan: Plan) -> None:
    draft = drafted(plan, {1: 2})
    plan.discard_draft(draft)
    with pytest.raises(PlannerError, match="draft is gone"):
        plan.effect(draft)
    assert kg_by_month(plan) == {0: 416_000}
