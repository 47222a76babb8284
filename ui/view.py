"""What the bar above the pages chooses, and every page obeys: basis, period, horizon, stages."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QObject, Signal

from planner.analysis import Period, Stages
from planner.plan import Plan
from planner.units import MONTHS_PER_YEAR, Basis, Month

# An empty plan shows this year and the next ones.
YEARS_OF_AN_EMPTY_PLAN = 5


@dataclass(frozen=True, slots=True)
class ViewState:
    """The choices; years None are the plan's own first and last."""

    basis: Basis = Basis.METAL
    by: Period = Period.QUARTER
    stages: Stages = Stages.ALL
    first_year: int | None = None
    last_year: int | None = None


class View(QObject):
    """The choices of one window over one plan; `changed` is emitted only when one becomes another."""

    changed = Signal(ViewState)

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._state = ViewState()

    @property
    def state(self) -> ViewState:
        """The choices as they are."""
        return self._state

    def choose(self, **choices: Any) -> None:  # noqa: ANN401 - the fields of ViewState, whose types differ
        """Change some of the choices; a horizon that would end before it starts is one year long."""
        state = replace(self._state, **choices)
        if state.first_year is not None and state.last_year is not None and state.first_year > state.last_year:
            kept = state.first_year if "first_year" in choices else state.last_year
            state = replace(state, first_year=kept, last_year=kept)
        if state != self._state:
            self._state = state
            self.changed.emit(state)

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last calendar year that the plan has data for."""
        horizon = self._plan.horizon
        if horizon is None or horizon[1] == horizon[0]:
            this = datetime.now(UTC).year
            return this, this + YEARS_OF_AN_EMPTY_PLAN - 1
        return horizon[0].year, horizon[1].year

    @property
    def horizon(self) -> tuple[Month, Month]:
        """The first and the last month to show: whole calendar years."""
        first, last = self.years
        start = self._state.first_year or first
        end = max(start, self._state.last_year or last)
        return Month.of(start, 1), Month.of(end, MONTHS_PER_YEAR)
