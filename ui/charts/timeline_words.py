"""What the timeline says in words: on bars, in tooltips, while dragging, to a screen reader."""

from datetime import date

from planner.analysis.terms.timeline import Segment, TimelineMark, TimelineRow
from planner.model.contracts import STAGE
from planner.units import MONTHS_PER_YEAR, Month
from ui.charts.words import MONTHS


def day_name(day: date) -> str:
    """Return `15 Jun 2025`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def month_name(month: Month) -> str:
    """Return `Jun 2025`."""
    return f"{MONTHS[month.month - 1][:3]} {month.year}"


def stage_name(stage: str) -> str:
    """Return what people call a stage."""
    return STAGE.title(stage)


def counted(number: int, noun: str) -> str:
    """Return `1 month` or `3 months`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def difference(months: int) -> str:
    """Return by how much a month was moved: `+3 months`, `−1 month`; empty where it was not."""
    return f"{'+' if months > 0 else '−'}{counted(abs(months), 'month')}" if months else ""


def term_sentence(row: TimelineRow) -> str:
    """Return `Jan 2025 to Dec 2031, 7 years`."""
    months = int(row.end) - int(row.start) + 1
    whole = months % MONTHS_PER_YEAR == 0
    length = counted(months // MONTHS_PER_YEAR, "year") if whole else counted(months, "month")
    return f"{month_name(row.start)} to {month_name(row.end)}, {length}"


def mark_sentence(mark: TimelineMark) -> str:
    """Return what is known of a milestone: `Qualification: expected 30 Jun 2025, 91 days after it is due, late`."""
    days, word = mark.days_late, _TOLD[mark.state] if mark.day != mark.due or mark.state == "done" else "due"
    told = f"{mark.name}: {word} {day_name(mark.day)}"
    if mark.state == "late" and days <= 0:
        told += ", which has passed"
    elif days:
        side = "after" if days > 0 else "before"
        told += f", {counted(abs(days), 'day')} {side} it {'was' if mark.state == 'done' else 'is'} due"
    return f"{told}, late" if mark.state == "late" else told


_TOLD = {"done": "done", "due": "due", "forecast": "expected", "late": "expected"}


def segment_sentence(segment: Segment, row: TimelineRow) -> str:
    """Return `Memorandum` for a term of one stage, else `Signed from 1 Jun 2025`."""
    name = stage_name(segment.stage)
    return name if segment is row.segments[0] else f"{name} from {day_name(segment.start_day)}"


def row_words(row: TimelineRow) -> tuple[str, ...]:
    """Return everything that a row shows, a line each."""
    lines = [f"{row.contract}, {row.title}" if row.title else row.contract, row.supplier, term_sentence(row)]
    lines.append("; ".join(segment_sentence(segment, row) for segment in row.segments))
    if row.first_delivery is not None:
        lines.append(f"Deliveries begin in {month_name(row.first_delivery)}")
    lines += [f"Option to be called by {day_name(day)}" for day in row.option_days]
    return (*lines, *(mark_sentence(mark) for mark in row.marks))


def drag_words(before: TimelineRow, after: TimelineRow) -> str:
    """Return what a drag of a term comes to: `end Mar 2032, +3 months`."""
    if before.start != after.start:
        told, moved = f"start {month_name(after.start)}", int(after.start) - int(before.start)
    else:
        told, moved = f"end {month_name(after.end)}", int(after.end) - int(before.end)
    return f"{told}, {difference(moved)}" if moved else told
