"""Concentration: how much of the supply hangs on one supplier, plant or country, and what losing it would mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import compress
from typing import Final, Self

import numpy as np

from planner.analysis.aims.paths import path_of
from planner.analysis.balance import NOISE, balance_of
from planner.analysis.book import Book
from planner.analysis.cover import add_up
from planner.analysis.inputs import Floats, Ints
from planner.analysis.supply import sum_groups
from planner.analysis.traits import LineKeys
from planner.analysis.values import Scope, Subject
from planner.errors import PlannerError
from planner.model import Target
from planner.model.targets import WHOLE
from planner.units import KG_PER_T, MONTHS_PER_YEAR, PPM, Month

UNKNOWN: Final = "Not known"
HIGHEST_HHI: Final = 10_000.0
# Shares that differ by less are the same.
NOISE_PCT: Final = 1e-6


class ConcentrationBy(StrEnum):
    """Among what supply is shared out."""

    SUPPLIER = "supplier"
    PLANT = "plant"
    COUNTRY = "country"


# The targets that limit the largest share.
_MEASURES: Final = {ConcentrationBy.SUPPLIER: "supplier_share", ConcentrationBy.COUNTRY: "country_share"}


@dataclass(frozen=True, slots=True)
class Share:
    """What one supplier, plant or country brings of a subject in a period: t of metal, % of all, and of which lines.

    An empty `key` stands for lines of which it is not known; `place` is the position of the key in the traits of the
    plan, the same for every subject, -1 where it is not known.
    """

    key: str
    title: str
    place: int
    t: float
    pct: float
    lines: LineKeys


@dataclass(frozen=True, slots=True)
class ConcentrationRow:
    """Who supplies a subject in a period, the largest first; None for the HHI where nothing is supplied.

    The Herfindahl-Hirschman index is the sum of the squared shares in per cent: 10,000 with one supplier, 10,000 / n
    with n that supply the same. Lines of which it is not known count as one. `limit_pct` is the target for the largest
    share in the last month of the period.
    """

    subject: Subject
    period: str
    supply_t: float
    hhi: float | None
    shares: tuple[Share, ...]
    limit_pct: float | None

    @property
    def largest(self) -> Share | None:
        """The largest share; None where nothing is supplied."""
        return self.shares[0] if self.shares else None

    @property
    def is_above_limit(self) -> bool:
        """Whether the largest share of those that are known is more than the target allows."""
        largest = max((share.pct for share in self.shares if share.key), default=0.0)
        return self.limit_pct is not None and largest > self.limit_pct + NOISE_PCT

    @property
    def lines(self) -> LineKeys:
        """The lines that supply it."""
        return tuple(sorted(line for share in self.shares for line in share.lines))


@dataclass(frozen=True, slots=True)
class Loss:
    """What it means that one supplier, plant or country brings nothing of a subject from a month on.

    `lost_t` and `share_pct` are of the first twelve months. The element is short from `short` on, `months_left` months
    after the loss; both None where its projected stock stays above zero to the end of the plan. `missing_t` must be
    bought in the first twelve months so that it does, `missing_anyway_t` of it without the loss; `short_anyway` is the
    first month that is short without it.
    """

    subject: Subject
    key: str
    title: str
    first: Month
    lost_t: float
    share_pct: float
    months_left: int | None
    short: Month | None
    missing_t: float
    short_anyway: Month | None
    missing_anyway_t: float
    lines: LineKeys


def concentration(book: Book, scope: Scope, among: ConcentrationBy) -> tuple[ConcentrationRow, ...]:
    """Return a row for each period of the scope's subject, or of each element that has lines.

    PlannerError when there is no such subject, or the scope ends before it starts.
    """
    periods = book.periods(scope)
    supply = periods.sums(book.flows(scope.stages).supply) / KG_PER_T
    months = [book.inputs.first.plus(last) for last in periods.lasts.tolist()]
    rows: list[ConcentrationRow] = []
    for subject in subjects_of(book, scope):
        groups = _Groups.of(book, subject, among)
        limits = _limits(book, subject, among, months)
        rows.extend(_rows(groups, subject, periods.labels, supply[groups.places], limits))
    return tuple(rows)


def losses(book: Book, scope: Scope, among: ConcentrationBy, first: Month) -> tuple[Loss, ...]:
    """Return what the loss of each from a month on would mean for the scope's subject, or for each element with lines.

    Those that would bring nothing from then on are left out, and so are lines of which it is not known. The stock is
    that of the element, also for a material: other materials of it make up for a loss. It is projected to the end of
    the plan, and counts after the month of the loss, which know nothing of it, are not taken.

    What is lost is what the lines bring within the capacity of their plants. Nobody takes their place: where a plant
    is shared with others that called more than it can make, the loss of one supplier or country might let it make
    more for them, which is not reckoned with; the loss of a plant takes all of it. PlannerError when there is no such
    subject, or when the plan ends before the month.
    """
    inputs = book.inputs
    at = max(0, int(first) - int(inputs.first))
    if at >= inputs.months:
        last = inputs.first.plus(inputs.months - 1)
        raise PlannerError(f"The plan ends in {last}: choose an earlier month than {first} for the loss.")
    supply = book.flows(scope.stages).supply
    return tuple(loss for subject in subjects_of(book, scope) for loss in _losses(book, subject, among, supply, at))


def month_of_loss(book: Book, scope: Scope, today: date) -> Month:
    """Return the first month of the scope that is not past; its first month where all of it is.

    Where the plan has no month of the scope, its own nearest one.
    """
    inputs = book.inputs
    last = inputs.first.plus(inputs.months - 1)
    start = min(last, max(inputs.first, scope.start or inputs.first))
    end = min(last, scope.end or last)
    now = Month.of(today.year, today.month)
    return max(start, now) if now <= end else start


def subjects_of(book: Book, scope: Scope) -> tuple[Subject, ...]:
    """Return the scope's subject, or the elements of the plan that have lines; PlannerError when there is none such."""
    if scope.subject is not None:
        book.lines_of(scope.subject)
        return (scope.subject,)
    bought = set(book.traits.element.names)
    return tuple(Subject("element", element) for element in book.inputs.elements if element in bought)


@dataclass(frozen=True, slots=True, eq=False)
class _Groups:
    """The lines of a subject, N of them at `places`; `group` [N] is that of each, of G with a key and a title."""

    places: Ints
    group: Ints
    keys: tuple[str, ...]
    titles: tuple[str, ...]
    numbers: tuple[int, ...]
    lines: LineKeys

    @classmethod
    def of(cls, book: Book, subject: Subject, among: ConcentrationBy) -> Self:
        """Group the lines of a subject; an unknown key is empty."""
        traits = book.traits
        labels = {
            ConcentrationBy.SUPPLIER: traits.supplier,
            ConcentrationBy.PLANT: traits.plant,
            ConcentrationBy.COUNTRY: traits.country,
        }[among]
        places = np.flatnonzero(book.lines_of(subject))
        numbers, group = np.unique(labels.of[places], return_inverse=True)
        keys = tuple(labels.names[number] if number >= 0 else "" for number in numbers.tolist())
        titles = tuple(labels.title(key) if key else UNKNOWN for key in keys)
        lines = tuple(traits.lines[at] for at in places.tolist())
        return cls(places, group, keys, titles, tuple(numbers.tolist()), lines)

    def lines_of(self, supply: Floats) -> list[list[LineKeys]]:
        """Return the lines of each group [G] that bring something in each period [K]; `supply` is [N, K]."""
        found = []
        for group in range(len(self.keys)):
            members = np.flatnonzero(self.group == group)
            own = tuple(self.lines[at] for at in members.tolist())
            brings = (supply[members] > 0).T.tolist()
            # Most lines deliver in all periods of their term: the same lines are told once.
            found.append([own if all(each) else tuple(compress(own, each)) for each in brings])
        return found


def _rows(
    groups: _Groups, subject: Subject, labels: tuple[str, ...], supply: Floats, limits: list[float | None]
) -> Iterator[ConcentrationRow]:
    """Yield a row a period; `supply` is [N, K] in t."""
    sums = sum_groups(supply, groups.group, len(groups.keys))
    totals, lines = sums.sum(axis=0), groups.lines_of(supply)
    for period, label in enumerate(labels):
        total, own = float(totals[period]), sums[:, period].tolist()
        order = [at for _, _, at in sorted((-t, groups.titles[at], at) for at, t in enumerate(own) if t > 0)]
        shares = tuple(
            Share(
                groups.keys[at],
                groups.titles[at],
                groups.numbers[at] if groups.keys[at] else -1,
                own[at],
                100 * own[at] / total,
                lines[at][period],
            )
            for at in order
        )
        yield ConcentrationRow(subject, label, total, hhi_of(shares), shares, limits[period])


def hhi_of(shares: tuple[Share, ...]) -> float | None:
    """Return the sum of the squared shares in per cent, 0 to 10,000; None without any."""
    # Fractions of binary numbers may add up to a little more than the whole.
    return min(HIGHEST_HHI, sum(share.pct**2 for share in shares)) if shares else None


def _limits(book: Book, subject: Subject, among: ConcentrationBy, months: list[Month]) -> list[float | None]:
    """Return the target for the largest share in each of the months: the element's own, else that of all."""
    if among not in _MEASURES:
        return [None] * len(months)
    targets, measure = book.records(Target), _MEASURES[among]
    own = path_of(targets, measure, book.inputs.elements[_element(book, subject)])
    path = own if own.points else path_of(targets, measure, WHOLE)
    return [path.held(month) for month in months]


def _element(book: Book, subject: Subject) -> int:
    """Return the position of the element that a subject is, or is of."""
    inputs = book.inputs
    if subject.kind == "element":
        return inputs.elements.index(subject.code)
    return int(inputs.material_element[inputs.materials.index(subject.code)])


def _losses(book: Book, subject: Subject, among: ConcentrationBy, supply: Floats, at: int) -> list[Loss]:
    stock = _Stock.of(book, subject, supply, at)
    groups = _Groups.of(book, subject, among)
    own = supply[groups.places]
    sums = sum_groups(own, groups.group, len(groups.keys))
    first = book.inputs.first.plus(at)
    year = slice(at, at + MONTHS_PER_YEAR)
    whole = float(sums[:, year].sum())
    anyway = stock.without(np.zeros(len(stock.demand)))
    lines = groups.lines_of(own[:, at:].sum(axis=1, keepdims=True))
    found = []
    for group, key in enumerate(groups.keys):
        lost = np.where(np.arange(len(stock.demand)) >= at, sums[group], 0.0)
        if not key or not lost.any():
            continue
        short, missing_kg = stock.without(lost)
        lost_kg = float(lost[year].sum())
        found.append(
            Loss(
                subject,
                key,
                groups.titles[group],
                first,
                lost_kg / KG_PER_T,
                100 * lost_kg / whole if whole else 0.0,
                None if short is None else short - at,
                None if short is None else book.inputs.first.plus(short),
                missing_kg / KG_PER_T,
                None if anyway[0] is None else book.inputs.first.plus(anyway[0]),
                anyway[1] / KG_PER_T,
                lines[group][0],
            )
        )
    return sorted(found, key=lambda loss: (-loss.lost_t, loss.title))


@dataclass(frozen=True, slots=True, eq=False)
class _Stock:
    """Metal kg of an element by month [T], and the position of the month from which something may be lost."""

    receipts: Floats
    demand: Floats
    counted: Floats
    at: int

    @classmethod
    def of(cls, book: Book, subject: Subject, supply: Floats, at: int) -> Self:
        """Return what is received, needed and counted of the element of a subject; `supply` is [L, T]."""
        inputs = book.inputs
        element = _element(book, subject)
        materials = inputs.material_element == element
        counted = add_up(inputs.counted_kg[materials] * inputs.fraction_ppm[materials, None] / PPM)
        counted[at + 1 :] = np.nan
        receipts = supply[materials[inputs.line_material]].sum(axis=0)
        return cls(receipts, book.demand[element], counted, at)

    def without(self, lost: Floats) -> tuple[int | None, float]:
        """Return the first month from the loss on that is short, and the kg missing in its first twelve months.

        `lost` is [T] in kg. Short is a projected stock below zero; safety stock may be used up.
        """
        balance = balance_of(self.receipts - lost, self.demand, np.zeros_like(self.demand), self.counted)
        noise = NOISE * float(self.receipts.sum() + self.demand.sum() + np.nansum(self.counted))
        short = np.flatnonzero(balance.end[self.at :] < -noise)
        missing = float(balance.net[self.at : self.at + MONTHS_PER_YEAR].sum())
        return (self.at + int(short[0]) if short.size else None), missing
