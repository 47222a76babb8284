"""Each target, what it asks for by calendar year, and where the plan stands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import inf
from typing import Final, Literal, TypeAlias

import numpy as np

from planner.analysis.aims.paths import path_of
from planner.analysis.book import Book
from planner.analysis.footprint.carbon import carbon, carbon_path, least_carbon
from planner.analysis.footprint.recycled import recycled
from planner.analysis.inputs import Bools, Floats
from planner.analysis.money.sourcing import MILLION, local_spend
from planner.analysis.traits import NO_COUNTRY, Labels, LineKeys
from planner.analysis.values import Period, Scope, Subject
from planner.errors import PlannerError
from planner.model import Target
from planner.model.targets import MEASURE, WHOLE
from planner.units import Month

PER_CENT: Final = 100
# Figures that differ by less are the same.
NOISE: Final = 1e-6

Direction: TypeAlias = Literal["at least", "at most", "at most path"]


@dataclass(frozen=True, slots=True)
class TargetYear:
    """What is asked for in a calendar year, None before the first point, and where the plan stands, None if unknown.

    `within` tells whether the plan's figure is on the right side; `met` the same, but None where what is not known of
    the plan could still turn it. `note` says what the figure is of, or what is missing. `lines` are behind it.
    """

    year: str
    path: float | None
    plan: float | None
    within: bool | None
    met: bool | None
    note: str
    lines: LineKeys


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target by year, in `unit`; `keys` are those of its records, `notes` what these say."""

    measure: str
    scope: str
    title: str
    unit: str
    direction: Direction
    years: tuple[TargetYear, ...]
    keys: tuple[tuple[str, str, Month], ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Standing:
    """The figure of a year, and the bounds between which what is not known could move it."""

    plan: float | None
    low: float
    high: float
    note: str
    lines: LineKeys


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a measure is told: where the plan stands by year for a scope, which may raise PlannerError."""

    standings: Callable[[Book, Scope, str], list[_Standing]]
    unit: str
    direction: Direction
    link: str = "of"


def targets(book: Book, scope: Scope) -> tuple[TargetRow, ...]:
    """Return each target of the plan by calendar year, in the order of the measures; PlannerError as `Book.periods`.

    Carbon is held against its path in the first month of a year, everything else against the value that is in force
    at its end. With a subject, the targets of its element alone.
    """
    yearly = replace(scope, by=Period.YEAR, subject=None)
    element = _element(book, scope.subject)
    records = book.records(Target)
    named = {(each.measure, each.scope) for each in records if element in {None, each.scope}}
    order = [word for word, _ in MEASURE.words if word in _MEASURES]
    chosen = sorted((each for each in named if each[0] in order), key=lambda each: (order.index(each[0]), each[1]))
    return tuple(_row(book, yearly, measure, about) for measure, about in chosen)


def _row(book: Book, scope: Scope, measure: str, about: str) -> TargetRow:
    how, periods = _MEASURES[measure], book.periods(scope)
    own = [each for each in book.records(Target) if (each.measure, each.scope) == (measure, about)]
    try:
        standings = how.standings(book, scope, about)
    except PlannerError as error:
        standings = [_Standing(None, -inf, inf, str(error), ())] * len(periods.labels)
    asked = carbon_path(book, _of(scope, about), periods) if measure == "carbon" else _held(book, scope, measure, about)
    years = tuple(map(_year, periods.labels, asked, standings, [how.direction] * len(asked)))
    title = MEASURE.title(measure) + ("" if about == WHOLE else f" {how.link} {about}")
    keys = tuple((each.measure, each.scope, each.month) for each in own)
    notes = tuple(dict.fromkeys(each.note for each in own if each.note))
    return TargetRow(measure, about, title, how.unit, how.direction, years, keys, notes)


def _year(year: str, path: float | None, standing: _Standing, direction: Direction) -> TargetYear:
    plan, note = standing.plan, standing.note
    if path is None or plan is None:
        return TargetYear(year, path, plan, None, None, note, standing.lines)
    if direction == "at least":
        within, sure, lost = plan >= path - NOISE, standing.low >= path - NOISE, standing.high < path - NOISE
    else:
        within, sure, lost = plan <= path + NOISE, standing.high <= path + NOISE, standing.low > path + NOISE
    return TargetYear(year, path, plan, within, True if sure else False if lost else None, note, standing.lines)


def _held(book: Book, scope: Scope, measure: str, about: str) -> list[float | None]:
    path = path_of(book.records(Target), measure, about)
    return [path.held(book.inputs.first.plus(last)) for last in book.periods(scope).lasts.tolist()]


def _of(scope: Scope, about: str) -> Scope:
    """Return the scope of what a target is about."""
    return replace(scope, subject=None if about == WHOLE else Subject("element", about))


def _element(book: Book, subject: Subject | None) -> str | None:
    """Return the element of a subject; PlannerError when the plan does not know it."""
    if subject is None:
        return None
    book.lines_of(subject)
    inputs = book.inputs
    if subject.kind == "element":
        return subject.code
    return inputs.elements[int(inputs.material_element[inputs.materials.index(subject.code)])]


def _carbon(book: Book, scope: Scope, about: str) -> list[_Standing]:
    """Return kg CO2e per kWh; supply without a factor may carry nothing at all, or much more."""
    of = _of(scope, about)
    found = []
    for row, least in zip(carbon(book, of).rows, least_carbon(book, of), strict=True):
        plan, known = row.kg_per_kwh, row.known_pct or 0.0
        whole = known >= PER_CENT - NOISE
        note = f"without {', '.join(row.unknown)}, of which the carbon is not known" if row.unknown else ""
        if not whole and not note:
            note = f"the carbon of {known:.0f} % of the metal is known"
        if plan is None:
            found.append(_Standing(None, -inf, inf, note, row.lines))
        else:
            found.append(_Standing(plan, plan if whole else least, plan if whole else inf, note, row.lines))
    return found


def _renewable(book: Book, scope: Scope, about: str) -> list[_Standing]:
    """Return the share of renewable energy; where it is not known it may be none or all."""
    found = []
    for row in carbon(book, _of(scope, about)).rows:
        share, known = row.renewable_pct, row.renewable_known_pct or 0.0
        low = (share or 0.0) * known / PER_CENT
        whole = known >= PER_CENT - NOISE
        note = "" if whole or share is None else f"known of {known:.0f} % of the supply"
        found.append(_Standing(share, low, low + PER_CENT - known, note, row.lines))
    return found


def _recycled(book: Book, scope: Scope, about: str) -> list[_Standing]:
    table = recycled(book, _of(scope, about))
    found = []
    for period in table.periods:
        rows = [row for row in table.rows if row.period == period]
        supply = sum(row.supply_t for row in rows)
        share = sum(row.recycled_t for row in rows) / supply * PER_CENT if supply else None
        found.append(_known(share, "", tuple(line for row in rows for line in row.lines)))
    return found


def _cover(book: Book, scope: Scope, about: str) -> list[_Standing]:
    """Return the cover; of all, that of the element that is covered least, of those that anything is contracted of."""
    cube = book.cube

    def table(element: str) -> list[float | None]:
        subject = Subject("element", element)
        found = cube.cover(subject, by=Period.YEAR, stages=scope.stages, start=scope.start, end=scope.end)
        return [row.cover_pct for row in found.rows]

    if about != WHOLE:
        return [_known(cover, "", each) for cover, each in zip(table(about), _lines(book, scope, about), strict=True)]
    unplanned = cube.supported(by=Period.YEAR).unplanned
    columns = {each: table(each) for each in book.inputs.elements if each not in unplanned}
    lines = {each: _lines(book, scope, each) for each in columns}
    tail = f"; nothing contracted of {', '.join(unplanned)}" if unplanned else ""
    found = []
    for at in range(len(book.periods(scope).labels)):
        known = [(cover, each) for each, column in columns.items() if (cover := column[at]) is not None]
        least, element = min(known, default=(None, ""))
        found.append(_known(least, f"least: {element}{tail}" if element else "", lines[element][at] if element else ()))
    return found


def _supplier_share(book: Book, scope: Scope, about: str) -> list[_Standing]:
    return _largest(book, scope, about, "supplier")


def _country_share(book: Book, scope: Scope, about: str) -> list[_Standing]:
    return _largest(book, scope, about, "country")


def _largest(book: Book, scope: Scope, about: str, split: Literal["supplier", "country"]) -> list[_Standing]:
    """Return the largest share of the supply of an element; of all, that of the element where it is largest."""
    labels = book.traits.supplier if split == "supplier" else book.traits.country
    supply = book.periods(scope).sums(book.flows(scope.stages).supply)
    found: list[_Standing] = [_known(None, "", ())] * supply.shape[1]
    for element in book.inputs.elements if about == WHOLE else (about,):
        own = supply * book.lines_of(Subject("element", element))[:, None]
        for at in np.flatnonzero(own.sum(axis=0)).tolist():
            found[at] = _larger(found[at], _share(book, labels, own[:, at]))
    return found


def _larger(one: _Standing, other: _Standing) -> _Standing:
    """Return the larger of two shares; what is not known of the other may still be more than it."""
    if not one.note or (other.plan or 0.0) > (one.plan or 0.0):
        one, other = other, one
    return replace(one, high=max(one.high, other.high)) if other.note else one


def _share(book: Book, labels: Labels, supply: Floats) -> _Standing:
    """Return the largest share of a supply [L], not nothing, by label; what is of unknown origin may add to it."""
    shares = np.bincount(labels.of, weights=supply, minlength=len(labels.names)) / supply.sum() * PER_CENT
    unknown = float(shares[labels.names.index("")]) if "" in labels.names else 0.0
    known = np.where([bool(name) for name in labels.names], shares, 0.0)
    largest = int(known.argmax())
    if not known[largest]:
        return _Standing(None, -inf, inf, "no country is known", ())
    name = labels.names[largest]
    note = labels.title(name) + (f"; {unknown:.0f} % from an unknown country" if unknown else "")
    low = float(known[largest])
    return _Standing(low, low, low + unknown, note, _keys(book, (labels.of == largest) & (supply > 0)))


def _local_spend(book: Book, scope: Scope, about: str) -> list[_Standing]:
    """Return what is bought in a country in millions of EUR; what has no price, or no country, can only add."""
    if about == WHOLE:
        raise PlannerError("Local sourcing is of one country: name it in the target, as MA.")
    found = {str(each.year): each for each in local_spend(book, scope) if each.country == about}
    standings = []
    for label, elsewhere in zip(book.periods(scope).labels, _from_nowhere(book, scope), strict=True):
        spent = found.get(label)
        amount, unpriced, lines = (0.0, 0.0, ()) if spent is None else (spent.spend, spent.unpriced_t, spent.lines)
        notes = [f"without {unpriced:,.0f} t that have no price"] if unpriced else []
        notes += ["without what is from an unknown country"] if elsewhere else []
        plan = amount / MILLION
        standings.append(_Standing(plan, plan, inf if notes else plan, "; ".join(notes), lines))
    return standings


def _from_nowhere(book: Book, scope: Scope) -> list[bool]:
    """Tell by year whether something comes of which the country is not known."""
    names, of = book.traits.country.names, book.traits.country.of
    unknown = of == names.index(NO_COUNTRY) if NO_COUNTRY in names else np.zeros(len(of), dtype=np.bool_)
    found: list[bool] = (book.periods(scope).sums(book.flows(scope.stages).supply)[unknown] > 0).any(axis=0).tolist()
    return found


def _lines(book: Book, scope: Scope, element: str) -> list[LineKeys]:
    """Return by year the lines that bring something of an element."""
    own = book.lines_of(Subject("element", element))
    supply = book.periods(scope).sums(book.flows(scope.stages).supply)
    return [_keys(book, own & (column > 0)) for column in supply.T]


def _keys(book: Book, which: Bools) -> LineKeys:
    return tuple(book.traits.lines[place] for place in np.flatnonzero(which).tolist())


def _known(plan: float | None, note: str, lines: LineKeys) -> _Standing:
    """Return a figure of which everything is known."""
    return _Standing(plan, -inf if plan is None else plan, inf if plan is None else plan, note, lines)


_MEASURES: Final = {
    "carbon": _Measure(_carbon, "kg CO2e per kWh", "at most path"),
    "renewable": _Measure(_renewable, "%", "at least"),
    "recycled": _Measure(_recycled, "%", "at least"),
    "cover": _Measure(_cover, "%", "at least"),
    "supplier_share": _Measure(_supplier_share, "%", "at most"),
    "country_share": _Measure(_country_share, "%", "at most"),
    "local_spend": _Measure(_local_spend, "millions of EUR", "at least", "in"),
}
