"""What comes after the first cells of a series: 400, 410, then 420; March, then April; Line 1, then Line 2."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import cycle, islice

from planner.errors import InvalidValueError
from planner.fields import Field, Fixed, Kind, LineNumber, Value
from planner.fields.kinds import DateKind, MonthKind
from planner.fields.kinds import Text as TextKind
from planner.fields.typed import parse_typed
from planner.units import Month
from ui.grids.formats import typed

_NUMBERED = re.compile(r"(.*?)([0-9]{1,15})", re.DOTALL)
_LAST_DAY = 31


def repeated(seeds: Sequence[str], count: int) -> list[str]:
    """Return that many texts, the seeds again and again."""
    return list(islice(cycle(seeds), count)) if seeds else []


def continued(seeds: Sequence[str], count: int, field: Field | None, locale: str) -> list[str]:
    """Return the texts after the seeds, which are what an editor holds of a field.

    Numbers go on by the step of the first two, or by one; months and days likewise, by a month when there is one
    alone; texts that end in a number count up. Whatever else is repeated.
    """
    values = [_value(field, seed, locale) for seed in seeds]
    if not seeds or field is None or any(value is None for value in values):
        return repeated(seeds, count)
    following = _following(field.kind, values, count)
    return repeated(seeds, count) if following is None else [typed(field, each, locale) for each in following]


def counts_by_itself(field: Field | None, text: str) -> bool:
    """Tell whether a spreadsheet counts on from a single cell: months, days and numbered texts, but no numbers."""
    if field is None:
        return False
    if isinstance(field.kind, MonthKind | DateKind):
        return bool(text)
    return _counts(field.kind) and _NUMBERED.fullmatch(text) is not None


def _value(field: Field | None, text: str, locale: str) -> Value:
    if field is None or not text.strip():
        return None
    try:
        return parse_typed(field, text, locale)
    except InvalidValueError:
        return None


def _following(kind: Kind, values: Sequence[Value], count: int) -> list[Value] | None:
    """Return the next values, None among them where the calendar ends; None for all where nothing counts."""
    steps = range(1, count + 1)
    first, last = values[0], values[-1]
    second = values[1] if len(values) > 1 else None
    match kind, first, last:
        case Fixed() | LineNumber(), int(), int():
            one = 10**kind.decimals if isinstance(kind, Fixed) else 1
            step = second - first if isinstance(second, int) else one
            return [last + step * number for number in steps]
        case MonthKind(), Month(), Month():
            step = second - first if isinstance(second, Month) else 1
            return [_month(last + step * number) for number in steps]
        case DateKind(), date(), date():
            return [_day(last, second, first, number) for number in steps]
        case _, str(), str() if _counts(kind):
            return _counted([str(value) for value in values], count)
        case _:
            return None


def _month(number: int) -> Value:
    try:
        return Month(number)
    except ValueError:
        return None


def _day(last: date, second: Value, first: date, number: int) -> Value:
    """Step by whole months where the first two stand on one day of the month, else by their days."""
    try:
        if not isinstance(second, date):
            return _months_later(last, number, first.day)
        if second.day == first.day:
            return _months_later(last, number * (_month_of(second) - _month_of(first)), first.day)
        return date.fromordinal(last.toordinal() + number * (second.toordinal() - first.toordinal()))
    except (ValueError, OverflowError):
        return None


def _month_of(day: date) -> Month:
    return Month.of(day.year, day.month)


def _months_later(start: date, months: int, day: int) -> date:
    month = _month_of(start).plus(months)
    for number in range(min(day, _LAST_DAY), 0, -1):
        try:
            return date(month.year, month.month, number)
        except ValueError:
            continue
    raise ValueError(start)


def _counts(kind: Kind) -> bool:
    """Only what people name freely counts: codes of other records and chosen words do not."""
    return isinstance(kind, TextKind) and kind.name in {"text", "code"}


def _counted(texts: Sequence[str], count: int) -> list[Value] | None:
    parts = [_NUMBERED.fullmatch(text) for text in texts]
    found = [(match[1], match[2]) for match in parts if match is not None]
    if len(found) < len(texts) or len({stem for stem, _ in found}) > 1:
        return None
    step = int(found[1][1]) - int(found[0][1]) if len(found) > 1 else 1
    stem, last = found[-1]
    numbers = (int(last) + step * number for number in range(1, count + 1))
    return [f"{stem}{number:0{len(last)}d}" if number >= 0 else None for number in numbers]
