"""Carbon: kg CO2e that the supply carries, by t of metal and by kWh of the mix, against the target path."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import compress
from typing import Final

import numpy as np

from planner.analysis.aims.paths import path_of
from planner.analysis.book import Book
from planner.analysis.footprint.parts import Parts
from planner.analysis.gaps.stack import MOST, NOWHERE, OTHERS, UNKNOWN
from planner.analysis.inputs import Bools, Floats
from planner.analysis.periods import Periods, first_month
from planner.analysis.supply import sum_groups
from planner.analysis.traits import Labels, LineKeys
from planner.analysis.values import Period, Scope, Stages
from planner.model import Target
from planner.model.targets import WHOLE
from planner.units import KG_PER_T, PPM, Month

PER_CENT: Final = 100


class CarbonBy(StrEnum):
    """What the carbon of a kWh is divided by."""

    ELEMENT = "element"
    CONTRACT = "contract"
    SUPPLIER = "supplier"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class CarbonRow:
    """One period; kg CO2e per kWh of the mix, None without a mix or where the carbon of none of it is known.

    `known_pct` of the metal in a kWh are of known carbon; nothing is known of the elements in `unknown`, which the mix
    needs. `emissions_t` are those of all supply with a factor. `renewable_pct` is the share of renewable energy at the
    plants, by kg of product, of the `renewable_known_pct` of which it is known. `lines` bring the supply.
    """

    period: str
    kg_per_kwh: float | None
    path_kg_per_kwh: float | None
    known_pct: float | None
    unknown: tuple[str, ...]
    emissions_t: float
    renewable_pct: float | None
    renewable_known_pct: float | None
    lines: LineKeys


@dataclass(frozen=True, slots=True)
class CarbonSeries:
    """A part of the supply by period: kg CO2e per kWh of the mix and per t of its metal, None where not known.

    `place` is the position of the key among all of the plan, `NOWHERE` for the rest.
    """

    key: str
    title: str
    place: int
    kg_per_kwh: tuple[float | None, ...]
    kg_per_t: tuple[float | None, ...]
    lines: LineKeys


@dataclass(frozen=True, slots=True)
class CarbonBase:
    """What 100 % of the carbon path is: kg CO2e per kWh, from a month on."""

    kg_per_kwh: float
    month: Month


@dataclass(frozen=True, slots=True)
class CarbonTable:
    """Carbon by period; the series, and also the elements, add up to the rows' kg CO2e per kWh."""

    by: Period
    stages: Stages
    split: CarbonBy
    rows: tuple[CarbonRow, ...]
    series: tuple[CarbonSeries, ...]
    elements: tuple[CarbonSeries, ...]
    base: CarbonBase | None


def carbon(book: Book, scope: Scope, split: CarbonBy = CarbonBy.ELEMENT) -> CarbonTable:
    """Tell the carbon of the supply by period, divided by `split`; PlannerError as `Book.periods` and `lines_of`.

    Of an element, a kWh carries the mix's intensity of the period (by demand; without any, the mean of its months)
    times the average factor of its supply, by metal. What has no factor is taken at that average. With a subject a
    kWh carries its element alone, and lines of other materials bring nothing.
    """
    periods = book.periods(scope)
    parts = Parts.of(book, scope, periods)
    of_elements = Labels(book.inputs.elements, parts.element)
    elements = _series(book, parts, of_elements, CarbonBy.ELEMENT)
    rows, base = _rows(book, scope, parts, periods), _base(book, scope)
    series = elements if split is CarbonBy.ELEMENT else _series(book, parts, _labels(book, parts, split), split)
    return CarbonTable(scope.by, scope.stages, split, rows, series, elements, base)


def _labels(book: Book, parts: Parts, split: CarbonBy) -> Labels:
    labels: Labels = getattr(book.traits, split.value)
    return Labels(labels.names, labels.of[parts.places])


def _rows(book: Book, scope: Scope, parts: Parts, periods: Periods) -> tuple[CarbonRow, ...]:
    supply, known = parts.of_elements(parts.supply), parts.of_elements(parts.known)
    intensity = np.nan_to_num(parts.intensity)
    needed: Bools = intensity > 0
    told: Bools = np.logical_or.reduce(needed & (known > 0))
    covered = np.divide(known, supply, out=np.zeros_like(known), where=supply > 0)
    columns = zip(
        periods.labels,
        _where(parts.per_kwh.sum(axis=0), told),
        carbon_path(book, scope, periods),
        _pct((intensity * covered).sum(axis=0), intensity.sum(axis=0)),
        [tuple(compress(book.inputs.elements, column)) for column in (needed & (known <= 0)).T.tolist()],
        (parts.carbon.sum(axis=0) / KG_PER_T).tolist(),
        *_renewable(book, parts),
        [parts.keys(book, column > 0) for column in parts.supply.T],
        strict=True,
    )
    return tuple(CarbonRow(*column) for column in columns)


def _renewable(book: Book, parts: Parts) -> tuple[list[float | None], list[float | None]]:
    """Return by period the share of renewable energy where it is known, and of how much it is, both by product."""
    share = book.traits.renewable_ppm[parts.places, None] / PPM
    known = np.where(np.isnan(share), 0.0, parts.product)
    renewable = (np.nan_to_num(share) * known).sum(axis=0)
    return _pct(renewable, known.sum(axis=0)), _pct(known.sum(axis=0), parts.product.sum(axis=0))


def carbon_path(book: Book, scope: Scope, periods: Periods) -> list[float | None]:
    """Return the kg CO2e per kWh that the path allows at the first month of each period's calendar period."""
    targets = book.records(Target)
    about = _about(scope)
    path, base = path_of(targets, "carbon", about), path_of(targets, "carbon_base", about)
    found = []
    for label in periods.labels:
        month = first_month(label)
        percent, full = path.straight(month), base.held(month)
        found.append(None if percent is None or full is None else percent / PER_CENT * full)
    return found


def least_carbon(book: Book, scope: Scope) -> list[float]:
    """Return by period the kg CO2e per kWh if all supply without a factor carried none; PlannerError as `carbon`."""
    parts = Parts.of(book, scope, book.periods(scope))
    supply, known = parts.of_elements(parts.supply), parts.of_elements(parts.known)
    share = np.divide(known, supply, out=np.zeros_like(known), where=supply > 0)
    least: list[float] = (parts.of_elements(parts.per_kwh) * share).sum(axis=0).tolist()
    return least


def _base(book: Book, scope: Scope) -> CarbonBase | None:
    points = path_of(book.records(Target), "carbon_base", _about(scope)).points
    return CarbonBase(points[-1][1], points[-1][0]) if points else None


def _about(scope: Scope) -> str:
    """Return the scope of the targets that a table is held against; a material has none."""
    if scope.subject is None:
        return WHOLE
    return scope.subject.code if scope.subject.kind == "element" else ""


def _series(book: Book, parts: Parts, labels: Labels, split: CarbonBy) -> tuple[CarbonSeries, ...]:
    """Return a series for each key with supply: elements in their order, else the largest first, then the rest."""
    per_kwh = sum_groups(parts.per_kwh, labels.of, len(labels.names))
    brings = np.zeros(len(labels.names), dtype=np.bool_)
    brings[labels.of[(parts.supply > 0).any(axis=1)]] = True
    order = np.flatnonzero(brings).tolist()
    if split is not CarbonBy.ELEMENT:
        order.sort(key=lambda place: (-per_kwh[place].sum(), labels.names[place]))
    kept = order if split is CarbonBy.ELEMENT or len(order) <= MOST else order[:MOST]
    made = [
        _one(book, parts, labels.of == place, (labels.names[place], _title(book, labels.names[place], split), place))
        for place in kept
    ]
    if len(kept) < len(order):
        made.append(_one(book, parts, ~np.isin(labels.of, kept), (OTHERS, OTHERS, NOWHERE)))
    return tuple(made)


def _one(book: Book, parts: Parts, which: Bools, named: tuple[str, str, int]) -> CarbonSeries:
    """Return the series of some lines [N] under a key, a title and a place."""
    per_kwh, known = parts.per_kwh[which].sum(axis=0), parts.known[which].sum(axis=0)
    carbon_kg, there = parts.carbon[which].sum(axis=0), known > 0
    needed = np.logical_or.reduce(parts.intensity[parts.element[which]] > 0)
    per_t = np.divide(carbon_kg * KG_PER_T, known, out=np.zeros_like(known), where=there)
    return CarbonSeries(
        *named,
        kg_per_kwh=_where(per_kwh, there & needed),
        kg_per_t=_where(per_t, there),
        lines=parts.keys(book, which & (parts.supply > 0).any(axis=1)),
    )


def _title(book: Book, key: str, split: CarbonBy) -> str:
    """Return what people call a key; a contract goes by its reference, which is short."""
    if split is CarbonBy.SUPPLIER:
        return book.traits.supplier.title(key)
    return key or UNKNOWN


def _where(values: Floats, known: Bools) -> tuple[float | None, ...]:
    """Return values [P] where they are known."""
    return tuple(value if there else None for value, there in zip(values.tolist(), known.tolist(), strict=True))


def _pct(part: Floats, whole: Floats) -> list[float | None]:
    """Return parts [P] in % of wholes [P]; None where there is nothing."""
    return [p / w * PER_CENT if w > 0 else None for p, w in zip(part.tolist(), whole.tolist(), strict=True)]
