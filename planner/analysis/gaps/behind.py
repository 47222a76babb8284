"""The lines that a figure of a cover table is made of."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from planner.analysis.book import Book
from planner.analysis.flows import LineFlows
from planner.analysis.inputs import Floats
from planner.analysis.values import Scope, Subject
from planner.errors import PlannerError

_FLOWS: Final[Mapping[str, Callable[[LineFlows], Floats]]] = {
    "firm": lambda flows: flows.received + flows.firm,
    "probable": lambda flows: flows.probable,
    "supply": lambda flows: flows.supply,
    "option": lambda flows: flows.option,
    "over_capacity": lambda flows: flows.over + flows.option_over,
}
# The attributes of CoverRow that are made of lines.
OF_LINES: Final = frozenset(_FLOWS)


def lines_behind(book: Book, scope: Scope, subject: Subject, figure: str, period: str) -> tuple[tuple[str, int], ...]:
    """Return the lines, by contract and number, that give a figure of a subject something in a period of the scope.

    `figure` is one of `OF_LINES`. PlannerError when the subject or the period is not known.
    """
    periods = book.periods(scope)
    if period not in periods.labels:
        raise PlannerError(f"The horizon has no period {period}; choose one of those that are shown.")
    at = periods.labels.index(period)
    months = slice(int(periods.firsts[at]), int(periods.lasts[at]) + 1)
    brought = _FLOWS[figure](book.flows(scope.stages))[:, months].sum(axis=1)
    found = np.flatnonzero(book.lines_of(subject) & (brought > 0))
    return tuple(book.traits.lines[line] for line in found.tolist())
