"""Whether the dates of a file put the day first or the month, told from its columns; in doubt where they do not."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.exchange.guess import Guess
from planner.exchange.periods import NUMERIC_DAY, DateOrder

_MONTHS: Final = 12
_DAYS: Final = 31
_NAMES: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_MONTH_NAMES: Final = (*_NAMES, "November", "December")


@dataclass(frozen=True, slots=True)
class _Parts:
    """The three numbers of a date as they stand, and the text."""

    one: int
    two: int
    three: str
    text: str


@dataclass(frozen=True, slots=True)
class OrderGuess(Guess):
    """A guess at the order of dates."""

    value: DateOrder


def detect_order(*, months: Sequence[Sequence[str]], days: Sequence[Sequence[str]]) -> tuple[OrderGuess, str]:
    """Return the order of the dates of some columns, and a sentence where two readings are possible.

    `months` are columns that hold months, whose dates tend to be the first of each, `days` columns of any day.
    Dates with points have the day first and say nothing about the others.
    """
    columns = [_dates(column) for column in (*months, *days)]
    dates = [each for column in columns for each in column]
    if not dates:
        return OrderGuess("date_order", "dmy", 0.9, "no date in it leaves open which part is the month"), ""
    for order, decisive in _DECISIVE.items():
        example = next((each.text for each in dates if decisive(each)), None)
        if example is not None:
            against = sum(any(other(each) for name, other in _DECISIVE.items() if name != order) for each in dates)
            agreed = sum(map(decisive, dates))
            if agreed >= against:
                return OrderGuess("date_order", order, round(agreed / (agreed + against), 2), _why(order, example)), ""
    for column in columns[: len(months)]:
        found = _by_first_days(column)
        if found is not None:
            return found, ""
    return _open(dates)


def _dates(column: Iterable[str]) -> list[_Parts]:
    matches = (NUMERIC_DAY.match(text.strip()) for text in column)
    return [
        _Parts(int(match["one"]), int(match["two"]), match["three"], match[0])
        for match in matches
        if match is not None and match["mark"] != "."
    ]


def _is_year_first(parts: _Parts) -> bool:
    return parts.one > _DAYS and len(parts.three) == len("27")


def _is_day_first(parts: _Parts) -> bool:
    return _MONTHS < parts.one <= _DAYS and parts.two <= _MONTHS


def _is_month_first(parts: _Parts) -> bool:
    return parts.one <= _MONTHS < parts.two <= _DAYS


_DECISIVE: Final[Mapping[DateOrder, Callable[[_Parts], bool]]] = {
    "ymd": _is_year_first,
    "dmy": _is_day_first,
    "mdy": _is_month_first,
}


def _why(order: DateOrder, example: str) -> str:
    what = {"ymd": "the year", "dmy": "the day", "mdy": "the month"}[order]
    return f"{example} can only be read with {what} first"


def _by_first_days(column: Sequence[_Parts]) -> OrderGuess | None:
    """Tell from the first days of months: one part is always 1, the other runs."""
    firsts, seconds = {each.one for each in column}, {each.two for each in column}
    ways: tuple[tuple[DateOrder, set[int], set[int]], ...] = (("dmy", firsts, seconds), ("mdy", seconds, firsts))
    for order, still, moving in ways:
        if still == {1} and len(moving) > 1:
            part = "first" if order == "dmy" else "second"
            return OrderGuess("date_order", order, 0.85, f"the {part} part of each date is 1: the first day of a month")
    return None


def _open(dates: Sequence[_Parts]) -> tuple[OrderGuess, str]:
    example = next((each for each in dates if each.one != each.two), None)
    if example is None:
        return OrderGuess("date_order", "dmy", 0.9, "day and month are the same number in every date"), ""
    read, other = (_spoken(example.text, *pair) for pair in ((example.one, example.two), (example.two, example.one)))
    doubt = f"{example.text} was read as {read}; it could be {other}. Check the order of dates."
    return OrderGuess("date_order", "dmy", 0.6, f"{example.text} may as well be {other}"), doubt


def _spoken(text: str, day: int, month: int) -> str:
    try:
        date(2000, month, day)
    except ValueError:
        return text
    return f"{day} {_MONTH_NAMES[month - 1]}"
