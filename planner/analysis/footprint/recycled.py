"""Recycled content: its share by element against the legal minimum, and what closed loops give back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from planner.analysis.aims.paths import TargetPath, path_of
from planner.analysis.book import Book
from planner.analysis.inputs import Bools, Floats
from planner.analysis.periods import Periods
from planner.analysis.traits import LineKeys
from planner.analysis.values import Scope
from planner.model import Line, Return, Target
from planner.units import KG_PER_T, PPM

PER_CENT: Final = 100
# What sums of fractions of kg leave over, in kg.
NOISE_KG: Final = 0.5
NOISE_PCT: Final = 1e-9


@dataclass(frozen=True, slots=True)
class RecycledRow:
    """One element in one period: t of metal, the recycled share in % of the supply, None without supply.

    `minimum_pct` is in force at the end of the period, and holds for all of it; `met` is None where nothing is asked
    for or nothing supplied. `lines` bring recycled metal, all lines of the element where none does.
    """

    element: str
    period: str
    supply_t: float
    recycled_t: float
    recycled_pct: float | None
    minimum_pct: float | None
    met: bool | None
    lines: LineKeys


@dataclass(frozen=True, slots=True)
class RecycledTable:
    """Rows by element, then period; the elements have supply or a minimum."""

    periods: tuple[str, ...]
    elements: tuple[str, ...]
    rows: tuple[RecycledRow, ...]

    def of(self, element: str) -> tuple[RecycledRow, ...]:
        """Return the rows of one element."""
        return tuple(row for row in self.rows if row.element == element)

    def first_failure(self, element: str) -> RecycledRow | None:
        """Return the first period in which an element stays below its minimum."""
        return next((row for row in self.of(element) if row.met is False), None)


@dataclass(frozen=True, slots=True)
class LoopRow:
    """One period of a closed loop in t of metal: what came back, what we returned, what of that can be recovered.

    `balance_t` is what has been recoverable so far less what has come back, at the end of the period; `short` when it
    falls below nothing in some month of it.
    """

    period: str
    delivered_t: float
    scrap_t: float
    end_of_life_t: float
    recoverable_t: float
    balance_t: float
    short: bool


@dataclass(frozen=True, slots=True)
class Loop:
    """A closed-loop line: what we return to its recycler and what it delivers back.

    Where `recovery_given` is false nobody has said how much is recovered, and nothing is reckoned with.
    """

    contract: str
    line: int
    title: str
    element: str
    recovery_pct: float
    rows: tuple[LoopRow, ...]
    recovery_given: bool = True

    @property
    def lines(self) -> LineKeys:
        """The line, as a selection of rows."""
        return ((self.contract, self.line),)

    @property
    def first_short(self) -> LoopRow | None:
        """The first period in which more has come back than was recoverable."""
        return next((row for row in self.rows if row.short), None)


def recycled(book: Book, scope: Scope) -> RecycledTable:
    """Tell the recycled share by element and period; PlannerError as `Book.periods` and `lines_of`.

    recycled = supply x recycled share of its line, in metal; a line that says nothing has none, a closed loop is all
    recycled.
    """
    inputs, periods = book.inputs, book.periods(scope)
    chosen = book.lines_of(scope.subject)
    supply = periods.sums(book.flows(scope.stages).supply) * chosen[:, None]
    part = supply * (book.traits.recycled_ppm / PPM)[:, None]
    of = inputs.material_element[inputs.line_material]
    wanted = None if scope.subject is None else set(of[chosen].tolist()) | _named(book, scope)
    rows: list[RecycledRow] = []
    elements = []
    for at, element in enumerate(inputs.elements):
        path = path_of(book.records(Target), "recycled", element)
        own = of == at
        if (wanted is None or at in wanted) and (path.points or supply[own].any()):
            elements.append(element)
            rows += _rows(book, element, path, periods, (own, supply, part))
    return RecycledTable(periods.labels, tuple(elements), tuple(rows))


def loops(book: Book, scope: Scope) -> tuple[Loop, ...]:
    """Return the closed-loop lines of the scope's subject in the order of the plan, each with its balance.

    What was returned before the plan's first month counts as returned in it. PlannerError as for `recycled`.
    """
    traits, periods = book.traits, book.periods(scope)
    places = np.flatnonzero(traits.closed_loop & book.lines_of(scope.subject)).tolist()
    returned = _returned(book, (traits.lines[place] for place in places))
    back = book.flows(scope.stages).supply
    found = []
    for place in places:
        contract, number = traits.lines[place]
        waste = returned[contract, number]
        recovery = float(traits.recovery_ppm[place]) / PPM
        rows = _loop_rows(periods, back[place], waste, recovery)
        element = traits.element.names[traits.element.of[place]]
        title, given = traits.contract.title(contract), book.records(Line)[place].recovery_ppm is not None
        found.append(Loop(contract, number, title, element, recovery * PER_CENT, rows, given))
    return tuple(found)


def balance_kg(back: Floats, returned: Floats, recovery: float) -> Floats:
    """Return by month [T] what has been recoverable so far less what has come back; both [T] in metal kg."""
    result: Floats = np.cumsum(returned * recovery - back)
    return result


def _named(book: Book, scope: Scope) -> set[int]:
    """Return the element that the subject names, which may have no line."""
    subject, inputs = scope.subject, book.inputs
    return {inputs.elements.index(subject.code)} if subject is not None and subject.kind == "element" else set()


def _rows(
    book: Book, element: str, path: TargetPath, periods: Periods, metal: tuple[Bools, Floats, Floats]
) -> list[RecycledRow]:
    """Return the rows of an element; `metal` tells its lines [L], the supply and its recycled part [L, P] in kg."""
    own, supply, part = metal
    rows = []
    for at, period in enumerate(periods.labels):
        all_kg, some_kg = float(supply[own, at].sum()), float(part[own, at].sum())
        minimum = path.held(book.inputs.first.plus(int(periods.lasts[at])))
        share = some_kg / all_kg * PER_CENT if all_kg > 0 else None
        brings = own & (part[:, at] > 0)
        behind = brings if brings.any() else own & (supply[:, at] > 0)
        rows.append(
            RecycledRow(
                element=element,
                period=period,
                supply_t=all_kg / KG_PER_T,
                recycled_t=some_kg / KG_PER_T,
                recycled_pct=share,
                minimum_pct=minimum,
                met=None if share is None or minimum is None else share >= minimum - NOISE_PCT,
                lines=tuple(book.traits.lines[place] for place in np.flatnonzero(behind).tolist()),
            )
        )
    return rows


def _returned(book: Book, lines: Iterable[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Floats]]:
    """Return metal kg by line, waste and month [T]; what is beyond the plan's last month is left out."""
    inputs = book.inputs
    found = {line: {waste: np.zeros(inputs.months) for waste in ("scrap", "end_of_life")} for line in lines}
    for each in book.records(Return):
        at = max(0, each.month - inputs.first)
        if (each.contract, each.line) in found and at < inputs.months:
            found[each.contract, each.line][each.waste][at] += each.quantity_kg
    return found


def _loop_rows(periods: Periods, back: Floats, waste: dict[str, Floats], recovery: float) -> tuple[LoopRow, ...]:
    returned = waste["scrap"] + waste["end_of_life"]
    balance = balance_kg(back, returned, recovery)
    columns = zip(
        periods.labels,
        *(_tonnes(periods, each) for each in (back, waste["scrap"], waste["end_of_life"], returned * recovery)),
        (balance[periods.lasts] / KG_PER_T).tolist(),
        (np.minimum.reduceat(balance[: periods.end], periods.firsts) < -NOISE_KG).tolist() if periods.labels else [],
        strict=True,
    )
    return tuple(LoopRow(*column) for column in columns)


def _tonnes(periods: Periods, kg: Floats) -> list[float]:
    tonnes: list[float] = (periods.sums(kg) / KG_PER_T).tolist()
    return tonnes
