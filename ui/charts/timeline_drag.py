"""What can be taken hold of on the timeline, and what moving it comes to."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from planner.analysis.terms.timeline import TimelineMark, TimelineRow, day_after, first_day
from planner.model.contracts import LONGEST_TERM_MONTHS
from planner.units import FIRST_YEAR, LAST_YEAR, MONTHS_PER_YEAR, Month
from ui.charts.timeline_scale import EARLIEST, LATEST, TimeScale
from ui.charts.timeline_words import drag_words, mark_sentence

FIRST_MONTH, LAST_MONTH = Month.of(FIRST_YEAR, 1), Month.of(LAST_YEAR, MONTHS_PER_YEAR)


@dataclass(frozen=True, slots=True)
class Handle:
    """The start or the end of a bar, or the mark of a milestone by its name."""

    kind: Literal["start", "end", "mark"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class TermMove:
    """A contract shall start or end in another month; None leaves that end where it is."""

    contract: str
    start: Month | None = None
    end: Month | None = None


@dataclass(frozen=True, slots=True)
class MarkMove:
    """A milestone of a contract is now expected on another day."""

    contract: str
    name: str
    day: date


Move: TypeAlias = TermMove | MarkMove


@dataclass(frozen=True, slots=True)
class Drag:
    """A row as it was and as it would be, while its handle is held."""

    handle: Handle
    before: TimelineRow
    after: TimelineRow

    @property
    def move(self) -> Move | None:
        """What letting go comes to; None where nothing has moved."""
        before, after = self.before, self.after
        if self.handle.kind == "mark":
            still = self.mark.day == mark_named(before, self.handle.name).day
            return None if still else MarkMove(before.contract, self.handle.name, self.mark.day)
        if self.handle.kind == "start":
            return None if after.start == before.start else TermMove(before.contract, start=after.start)
        return None if after.end == before.end else TermMove(before.contract, end=after.end)

    @property
    def mark(self) -> TimelineMark:
        """The mark that is held, where it would be."""
        return mark_named(self.after, self.handle.name)

    @property
    def day(self) -> date:
        """The day that it is held at."""
        if self.handle.kind == "mark":
            return self.mark.day
        return first_day(self.after.start) if self.handle.kind == "start" else day_after(self.after.end)

    @property
    def words(self) -> str:
        """What it would come to, said while dragging."""
        return mark_sentence(self.mark) if self.handle.kind == "mark" else drag_words(self.before, self.after)

    def to(self, scale: TimeScale, x: float) -> "Drag":
        """Return the drag with the handle at a pixel: the ends of a bar go by months, marks by days."""
        if self.handle.kind == "mark":
            return replace(self, after=with_mark(self.before, self.handle.name, scale.day_at(x)))
        edge = scale.edge_at(x)
        months = edge - self.before.start if self.handle.kind == "start" else edge - self.before.end - 1
        return replace(self, after=moved_term(self.before, self.handle.kind, int(months)))


def moved_term(row: TimelineRow, kind: Literal["start", "end"], months: int) -> TimelineRow:
    """Return the row with an end of its term moved as far as it can be: a term has a month and at most 50 years."""
    if kind == "start":
        lowest = max(FIRST_MONTH, int(row.end) - LONGEST_TERM_MONTHS + 1)
        return row.with_term(Month(min(max(row.start + months, lowest), row.end)), row.end)
    highest = min(LAST_MONTH, int(row.start) + LONGEST_TERM_MONTHS - 1)
    return row.with_term(row.start, Month(max(min(row.end + months, highest), row.start)))


def with_mark(row: TimelineRow, name: str, day: date) -> TimelineRow:
    """Return the row with a milestone expected on another day; whether it is late follows its due day alone."""
    held, day = mark_named(row, name), min(max(day, EARLIEST), LATEST)
    if day == held.day:
        return row
    late = held.due is not None and day > held.due
    moved = replace(held, day=day, state="late" if late else "forecast")
    return replace(row, marks=tuple(moved if mark is held else mark for mark in row.marks))


def mark_named(row: TimelineRow, name: str) -> TimelineMark:
    """Return the mark of a milestone; StopIteration when the row has none of that name."""
    return next(mark for mark in row.marks if mark.name == name)
