"""Contracts over time: each term divided by stage, its milestones, and what starts before it can."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final, Literal, NamedTuple, Self, TypeAlias

from planner.model import Contract, Line, Milestone, Organisation, PlantCapacity, StageChange, Volume
from planner.model.contracts import FIRM, PROBABLE
from planner.model.dossier import MILESTONES
from planner.units import MONTHS_PER_YEAR, Month

StageClass: TypeAlias = Literal["firm", "probable", "closed"]
MarkState: TypeAlias = Literal["done", "due", "late", "forecast"]

FIRST_DELIVERY: Final = MILESTONES[-1]


class Span(NamedTuple):
    """The first and the last month with deliveries of a line, and the first with something that is still to come."""

    contract: str
    line: int
    first: Month
    last: Month
    to_come: Month | None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a term in one stage, from `start_day` up to, not including, `end_day`."""

    start_day: date
    end_day: date
    stage: str


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A milestone on the day that it is counted with: when it was, else its forecast, else when it is due."""

    day: date
    name: str
    state: MarkState
    due: date | None = None

    @property
    def days_late(self) -> int:
        """How many days it comes after it is due; below 0 before, 0 where nothing says when it is due."""
        return 0 if self.due is None else (self.day - self.due).days


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One contract: its term (both months included), tiled by segments without gap or overlap, and its days.

    `supplier` is the name of the organisation, `option_days` the last days on which options can be called.
    """

    contract: str
    title: str
    supplier: str
    start: Month
    end: Month
    segments: tuple[Segment, ...]
    marks: tuple[TimelineMark, ...] = ()
    first_delivery: Month | None = None
    option_days: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, date]:
        """The first day of anything on the row and the day after the last."""
        points = [first_day(self.start), day_after(self.end), *(mark.day for mark in self.marks), *self.option_days]
        points += [] if self.first_delivery is None else [first_day(self.first_delivery)]
        return min(points), max(points)

    def with_term(self, start: Month, end: Month) -> Self:
        """Return the row with another term: the first and the last stage reach as far as it does."""
        low, high = first_day(start), day_after(end)
        last = len(self.segments) - 1
        reaching = [
            Segment(
                low if at == 0 else max(low, segment.start_day),
                high if at == last else min(high, segment.end_day),
                segment.stage,
            )
            for at, segment in enumerate(self.segments)
        ]
        kept = tuple(segment for segment in reaching if segment.start_day < segment.end_day)
        return replace(self, start=start, end=end, segments=kept)


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a plan that its timeline is made of; `spans` as `Plan.delivery_spans` gives them."""

    contracts: Iterable[Contract]
    organisations: Iterable[Organisation] = ()
    changes: Iterable[StageChange] = ()
    milestones: Iterable[Milestone] = ()
    volumes: Iterable[Volume] = ()
    spans: Iterable[Span] = ()


@dataclass(frozen=True, slots=True)
class EarlyDelivery:
    """A line whose deliveries to come start in `first`, before its plant can deliver; `start` None: it never can."""

    contract: str
    line: int
    first: Month
    plant: str
    start: Month | None


def first_day(month: Month) -> date:
    """Return the first day of a month."""
    return date(month.year, month.month, 1)


def day_after(month: Month) -> date:
    """Return the first day after a month, also of the last one that a plan can hold."""
    year, position = divmod(int(month) + 1, MONTHS_PER_YEAR)
    return date(year, position + 1, 1)


def stage_class(stage: str) -> StageClass:
    """Return whether a stage counts as firm, as probable or not any more."""
    if stage in FIRM:
        return "firm"
    return "probable" if stage in PROBABLE else "closed"


def timeline(records: Records, today: date) -> tuple[TimelineRow, ...]:
    """Return a row for each contract, the earliest start first."""
    names = {each.code: each.name for each in records.organisations}
    changes: dict[str, list[StageChange]] = defaultdict(list)
    marks: dict[str, list[TimelineMark]] = defaultdict(list)
    options: dict[str, set[date]] = defaultdict(set)
    firsts: dict[str, Month] = {}
    for change in records.changes:
        # One that is dated ahead has not come yet.
        if change.day <= today:
            changes[change.contract].append(change)
    for milestone in records.milestones:
        marks[milestone.contract].extend(mark_of(milestone, today))
    for volume in records.volumes:
        if volume.option_kg and volume.option_until is not None:
            options[volume.contract].add(volume.option_until)
    for span in records.spans:
        firsts[span.contract] = min(span.first, firsts.get(span.contract, span.first))
    rows = [
        TimelineRow(
            contract=each.reference,
            title=each.title,
            supplier=names.get(each.supplier, each.supplier),
            start=each.start_month,
            end=each.end_month,
            segments=segments_of(each, changes[each.reference]),
            marks=tuple(sorted(marks[each.reference], key=lambda mark: (mark.day, mark.name))),
            first_delivery=firsts.get(each.reference),
            option_days=tuple(sorted(options[each.reference])),
        )
        for each in records.contracts
    ]
    return tuple(sorted(rows, key=lambda row: (row.start, row.contract)))


def segments_of(contract: Contract, changes: Iterable[StageChange]) -> tuple[Segment, ...]:
    """Divide the term of a contract by its changes of stage; neighbours of one stage are one segment.

    Before the first change it was in the stage that the change names as the previous one, or already in the first;
    after the last change it is in the contract's own stage.
    """
    low, high = first_day(contract.start_month), day_after(contract.end_month)
    ordered = sorted(changes, key=lambda change: change.day)
    if not ordered:
        return (Segment(low, high, contract.stage),)
    stages = [ordered[0].previous or ordered[0].stage, *(change.stage for change in ordered[:-1]), contract.stage]
    edges = [low, *(min(max(change.day, low), high) for change in ordered), high]
    merged: list[Segment] = []
    for (start, end), stage in zip(pairwise(edges), stages, strict=True):
        if start == end:
            continue
        if merged and merged[-1].stage == stage:
            merged[-1] = replace(merged[-1], end_day=end)
        else:
            merged.append(Segment(start, end, stage))
    return tuple(merged)


def mark_of(milestone: Milestone, today: date) -> Iterator[TimelineMark]:
    """Yield the mark of a milestone, none where it has no day.

    It is late when it is not done and is expected after it is due, or when the day it was promised for has passed.
    """
    day = milestone.expected
    if day is not None:
        yield TimelineMark(day, milestone.name, _state(milestone, day, today), milestone.due)


def _state(milestone: Milestone, expected: date, today: date) -> MarkState:
    if milestone.done is not None:
        return "done"
    promised = milestone.due or expected
    if expected > promised or promised < today:
        return "late"
    return "due" if milestone.forecast is None else "forecast"


def plant_starts(capacities: Iterable[PlantCapacity]) -> dict[str, Month | None]:
    """Return the first month in which each plant can make anything for us; None for one that never can."""
    starts: dict[str, Month | None] = {}
    for each in capacities:
        before = starts.setdefault(each.plant, None)
        if each.available_kg and each.open_share_ppm and (before is None or each.month < before):
            starts[each.plant] = each.month
    return starts


def early_deliveries(
    lines: Iterable[Line], capacities: Iterable[PlantCapacity], spans: Iterable[Span]
) -> Iterator[EarlyDelivery]:
    """Yield the lines that shall deliver before their plant can; plants without capacity rows are not limited."""
    starts = plant_starts(capacities)
    firsts = {(span.contract, span.line): span.to_come for span in spans}
    for each in lines:
        first = firsts.get((each.contract, each.line))
        if first is None or each.plant is None or each.plant not in starts:
            continue
        start = starts[each.plant]
        if start is None or first < start:
            yield EarlyDelivery(each.contract, each.line, first, each.plant, start)


def late_first_deliveries(milestones: Iterable[Milestone], spans: Iterable[Span]) -> Iterator[tuple[Milestone, Month]]:
    """Yield each milestone `First delivery`, not done, that is expected after the first month that is still to come."""
    firsts: dict[str, Month] = {}
    for span in spans:
        if span.to_come is not None:
            firsts[span.contract] = min(span.to_come, firsts.get(span.contract, span.to_come))
    for each in milestones:
        if each.name != FIRST_DELIVERY or each.done is not None or each.expected is None:
            continue
        first = firsts.get(each.contract)
        if first is not None and first < Month.of(each.expected.year, each.expected.month):
            yield each, first
