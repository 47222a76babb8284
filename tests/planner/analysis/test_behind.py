"""The lines behind a figure give it, and the others give nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.analysis import Inputs, Period, Scope, Stages, Subject
from planner.analysis.gaps.behind import OF_LINES, lines_behind
from planner.errors import PlannerError
from planner.units import KG_PER_T
from tests.planner.analysis.books import book_of
from tests.planner.analysis.plans import Line, Sketch, drawn_inputs

COBALT = Subject("element", "Co")
LINES = (
    Line(0, is_metal=True, received=(10,), planned=(0, 20)),
    Line(0, is_metal=True, stage_class=1, planned=(5,), option=(0, 7)),
    Line(0, is_metal=True, stage_class=2, planned=(9, 9)),
)


def test_each_figure_leads_to_its_own_lines() -> None:
    book = book_of(Sketch(months=2, lines=LINES).inputs())
    first, second, _ = book.traits.lines
    scope = Scope(by=Period.MONTH)

    def behind(figure: str, period: str) -> tuple[tuple[str, int], ...]:
        return lines_behind(book, scope, COBALT, figure, period)

    assert behind("firm", "2025-01") == (first,)
    assert behind("firm", "2025-02") == (first,)
    assert behind("probable", "2025-01") == (second,)
    assert behind("probable", "2025-02") == ()
    assert behind("option", "2025-02") == (second,)
    assert behind("supply", "2025-01") == (first, second)
    assert behind("over_capacity", "2025-01") == ()


@given(drawn_inputs(least=1), st.sampled_from(Stages), st.sampled_from(Period))
def test_the_lines_give_all_of_the_figure(inputs: Inputs, stages: Stages, by: Period) -> None:
    book = book_of(inputs)
    scope = Scope(by=by, stages=stages)
    flows = book.flows(stages)
    brought = {"supply": flows.supply, "option": flows.option, "over_capacity": flows.over + flows.option_over}
    for code in inputs.elements:
        subject = Subject("element", code)
        for row in book.cube.cover(subject, by=by, stages=stages).rows:
            periods = book.periods(scope)
            at = periods.labels.index(row.period)
            months = slice(periods.firsts[at], periods.lasts[at] + 1)
            for figure, flow in brought.items():
                lines = lines_behind(book, scope, subject, figure, row.period)
                chosen = np.array([line in lines for line in book.traits.lines])
                total = flow[chosen][:, months].sum() / KG_PER_T
                assert total == pytest.approx(getattr(row, figure), abs=1e-6)


def test_a_period_outside_the_horizon_is_refused() -> None:
    book = book_of(Sketch(months=2, lines=LINES).inputs())
    for figure in OF_LINES:
        with pytest.raises(PlannerError, match="no period 2030"):
            lines_behind(book, Scope(), COBALT, figure, "2030")
