"""How well a period is covered, told by thresholds that a person sets, and the tables that a heat map is made of."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from planner.analysis.book import Book
from planner.analysis.values import CoverRow, CoverTable, Scope, Subject
from planner.errors import PlannerError
from planner.model import Material
from planner.units import Basis

# More than ten times over is no plan; less than nothing cannot be had.
HIGHEST_PCT: Final = 1_000


class CoverState(StrEnum):
    """What a cell of the heat map says; NONE where nothing is needed."""

    NONE = "none"
    SHORT = "short"
    TIGHT = "tight"
    COVERED = "covered"
    EXCESS = "excess"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The cover in % below which a period is short, or tight, and above which it holds too much; PlannerError."""

    short_below_pct: int = 100
    tight_below_pct: int = 110
    excess_above_pct: int = 200

    def __post_init__(self) -> None:
        """Refuse what does not rise from short over tight to excess, from 0 to 1,000 %."""
        steps = (0, self.short_below_pct, self.tight_below_pct, self.excess_above_pct, HIGHEST_PCT)
        if any(low > high for low, high in pairwise(steps)):
            raise PlannerError(
                f"Short below {self.short_below_pct} %, tight below {self.tight_below_pct} % and excess above "
                f"{self.excess_above_pct} % do not rise from 0 to {HIGHEST_PCT:,} %: choose them in that order."
            )


DEFAULT: Final = Thresholds()


def state_of(row: CoverRow, thresholds: Thresholds = DEFAULT) -> CoverState:
    """Return the state of a period by its cover: opening stock and supply against demand.

    A net requirement is told apart from it (`must_buy`): a period whose supply covers its demand may still have one,
    to keep the safety stock or because one of its months is short.
    """
    cover = row.cover_pct
    if cover is None:
        return CoverState.NONE
    if cover < thresholds.short_below_pct:
        return CoverState.SHORT
    if cover < thresholds.tight_below_pct:
        return CoverState.TIGHT
    return CoverState.EXCESS if cover > thresholds.excess_above_pct else CoverState.COVERED


def must_buy(row: CoverRow) -> bool:
    """Tell whether more must be bought in a period, whatever its cover."""
    return row.net_requirement > 0


@dataclass(frozen=True, slots=True)
class CoverGroup:
    """The tables of an element and of its materials, each of which is set against all demand of the element."""

    element: CoverTable
    materials: tuple[CoverTable, ...]
    names: tuple[str, ...]

    @property
    def is_supplied(self) -> bool:
        """Whether anything of the element is expected to arrive in these periods, options apart."""
        return any(row.supply or row.over_capacity for row in self.element.rows)

    @property
    def is_idle(self) -> bool:
        """Whether nothing of the element is needed, expected or optional in these periods."""
        return not (self.is_supplied or any(row.demand or row.option for row in self.element.rows))


def cover_groups(book: Book, scope: Scope, basis: Basis = Basis.METAL) -> tuple[CoverGroup, ...]:
    """Return a group for each element: what is supplied first, then what is only needed, then the rest.

    `scope.subject` is ignored.
    A subject that cannot be shown in the basis is shown in metal; its cover is the same. PlannerError when the scope
    ends before it starts.
    """
    materials = book.records(Material)
    groups = []
    for element in book.inputs.elements:
        own = [each for each in materials if each.element == element]
        tables = tuple(_table(book, Subject("material", each.code), scope, basis) for each in own)
        table = _table(book, Subject("element", element), scope, basis)
        groups.append(CoverGroup(table, tables, tuple(each.name for each in own)))
    return tuple(sorted(groups, key=lambda group: (group.is_idle, not group.is_supplied)))


def _table(book: Book, subject: Subject, scope: Scope, basis: Basis) -> CoverTable:
    def table(basis: Basis) -> CoverTable:
        return book.cube.cover(subject, by=scope.by, basis=basis, stages=scope.stages, start=scope.start, end=scope.end)

    try:
        return table(basis)
    except PlannerError:
        return table(Basis.METAL)
