"""Supply divided by what stands behind it: firmness, stage, contract, supplier or country; options apart."""

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from typing import Final, Literal, TypeAlias

import numpy as np

from planner.analysis.book import Book
from planner.analysis.demand import nearest
from planner.analysis.flows import LineFlows
from planner.analysis.inputs import Bools, Floats, Ints
from planner.analysis.traits import Labels, LineKeys, Traits
from planner.analysis.values import CoverTable, Scope
from planner.errors import PlannerError
from planner.units import KG_PER_T, PPM, Basis

Kind: TypeAlias = Literal["supply", "option"]

# More than these a person does not tell apart.
MOST: Final = 8
OTHERS: Final = "Others"
NOWHERE: Final = -1
UNKNOWN: Final = "Unknown"
# From the firmest; what a contract delivered before it ended was received.
STAGES_UPWARDS: Final = (
    "delivering",
    "ramping_up",
    "signed",
    "expired",
    "cancelled",
    "letter_of_intent",
    "memorandum",
)


class StackBy(StrEnum):
    """What supply is divided by."""

    FIRMNESS = "firmness"
    STAGE = "stage"
    CONTRACT = "contract"
    SUPPLIER = "supplier"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class StackSeries:
    """A part of the supply, or of the options, by period in the unit of the cover table, and the lines behind it.

    `place` is the position of the key among all of the plan, the same in every table; `NOWHERE` for what has none.
    """

    key: str
    title: str
    kind: Kind
    values: tuple[float, ...]
    lines: LineKeys
    place: int = NOWHERE


@dataclass(frozen=True, slots=True)
class StackTable:
    """A cover table and what its supply and its options are made of, from the bottom up: all supply, then options.

    The series of a kind add up to `supply` and `option` of the cover; of keys there are at most `MOST`, and `OTHERS`.
    `over_lines` are the lines of which plants cannot make everything.
    """

    cover: CoverTable
    by: StackBy
    series: tuple[StackSeries, ...]
    over_lines: LineKeys = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    """What the lines of a subject, N of them at `places`, bring by period: [N, P] in the unit of the table."""

    places: Ints
    firm: Floats
    probable: Floats
    option: Floats

    @property
    def supply(self) -> Floats:
        """Firm and probable."""
        return self.firm + self.probable


def stacked(book: Book, scope: Scope, stack_by: StackBy, basis: Basis | None = None) -> StackTable:
    """Divide the supply of the scope's subject; the basis as for `Cube.cover`.

    PlannerError: no subject or none such, or a basis that it has no conversion to.
    """
    if scope.subject is None:
        raise PlannerError("Supply is divided for one element or material: choose one.")
    cover = book.cube.cover(
        scope.subject, by=scope.by, basis=basis, stages=scope.stages, start=scope.start, end=scope.end
    )
    flows, places = book.flows(scope.stages), np.flatnonzero(book.lines_of(scope.subject))
    parts, over = _parts(book, scope, cover, flows, places)
    if stack_by is StackBy.FIRMNESS:
        series = _by_firmness(cover, parts, book.traits)
    else:
        series = _by_key(parts, book.traits, stack_by)
    return StackTable(cover, stack_by, series, _lines(book.traits, places[over]))


def by_firmness(cover: CoverTable) -> StackTable:
    """Return a cover table as a stack of firm, probable and option, whose lines nobody has asked for."""
    columns: tuple[tuple[str, Kind], ...] = (("firm", "supply"), ("probable", "supply"), ("option", "option"))
    series = (
        StackSeries(key, key.capitalize(), kind, tuple(float(getattr(row, key)) for row in cover.rows), ())
        for key, kind in columns
    )
    return StackTable(cover, StackBy.FIRMNESS, tuple(series))


def _parts(book: Book, scope: Scope, cover: CoverTable, flows: LineFlows, places: Ints) -> tuple[_Parts, Bools]:
    """Return the parts, and which of their lines [N] have something above capacity in these periods."""
    periods, unit_per_kg = book.periods(scope), _unit_per_kg(book, cover, places)
    nothing = np.zeros((len(places), len(periods.labels)))

    def sums(*flows: Floats) -> Floats:
        gathered = [flow.take(places, axis=0) for flow in flows]
        return periods.sums(reduce(np.add, gathered) * unit_per_kg)

    # What the cover has nothing of is not gathered from thousands of lines to be added up to nothing again.
    probable = sums(flows.probable) if any(row.probable for row in cover.rows) else nothing
    option = sums(flows.option) if any(row.option for row in cover.rows) else nothing
    over = any(row.over_capacity for row in cover.rows)
    above = sums(flows.over, flows.option_over) if over else nothing
    return _Parts(places, sums(flows.received, flows.firm), probable, option), _delivers(above)


def _unit_per_kg(book: Book, cover: CoverTable, places: Ints) -> Floats | float:
    """Return what a metal kg is in the unit of the table, by month [T] where it changes."""
    inputs = book.inputs
    if cover.product is not None:
        return PPM / (KG_PER_T * float(inputs.fraction_ppm[inputs.materials.index(cover.product)]))
    if cover.basis is Basis.METAL or not places.size:
        return 1 / KG_PER_T
    intensity = book.intensity[inputs.material_element[inputs.line_material[places[0]]]]
    by_month: Floats = 1 / intensity[nearest(intensity > 0)]
    return by_month


def _by_firmness(cover: CoverTable, parts: _Parts, traits: Traits) -> tuple[StackSeries, ...]:
    """Return the very numbers of the cover, to the last bit, and the lines that they are made of."""
    flows = parts.firm, parts.probable, parts.option
    return tuple(
        replace(each, lines=_lines(traits, parts.places[_delivers(flow)]))
        for each, flow in zip(by_firmness(cover).series, flows, strict=True)
    )


def _by_key(parts: _Parts, traits: Traits, stack_by: StackBy) -> tuple[StackSeries, ...]:
    labels: Labels = getattr(traits, stack_by.value)
    of = labels.of[parts.places]
    supply = parts.supply
    totals = np.zeros(len(labels.names))
    np.add.at(totals, of, (supply + parts.option).sum(axis=1))
    ordered = _ordered(labels.names, totals, stack_by)
    named = ordered[:MOST]
    groups = [(labels.names[place], place, of == place) for place in named]
    if len(ordered) > len(named):
        groups.append((OTHERS, NOWHERE, ~np.isin(of, named)))
    found = []
    columns: tuple[tuple[Kind, Floats], ...] = (("supply", supply), ("option", parts.option))
    for kind, flow in columns:
        delivers = _delivers(flow)
        for key, place, members in groups:
            inside = members & delivers
            if inside.any():
                lines = _lines(traits, parts.places[inside])
                title = OTHERS if place == NOWHERE else _title(key, labels, stack_by)
                found.append(StackSeries(key, title, kind, _summed(flow[inside]), lines, place))
    return tuple(found)


def _ordered(names: tuple[str, ...], totals: Floats, stack_by: StackBy) -> list[int]:
    """Return the positions of the keys that bring something: the firmest first for stages, else the largest.

    Of equals the one that comes first in the plan.
    """
    bring = np.flatnonzero(totals > 0)
    if stack_by is StackBy.STAGE:
        return sorted(bring.tolist(), key=lambda place: STAGES_UPWARDS.index(names[place]))
    largest_first = np.argsort(-totals[bring], kind="stable")
    ordered: list[int] = bring[largest_first].tolist()
    return ordered


def _title(key: str, labels: Labels, stack_by: StackBy) -> str:
    """Return what people call a key; a contract goes by its reference, which is short."""
    if stack_by in {StackBy.STAGE, StackBy.SUPPLIER}:
        return labels.title(key)
    return key or UNKNOWN


def _delivers(flow: Floats) -> Bools:
    """Tell which lines [N] bring anything in these periods."""
    delivers: Bools = np.any(flow > 0, axis=1)
    return delivers


def _summed(flow: Floats) -> tuple[float, ...]:
    return tuple(flow.sum(axis=0).tolist())


def _lines(traits: Traits, places: Ints) -> LineKeys:
    return tuple(traits.lines[place] for place in places.tolist())
