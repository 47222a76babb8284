"""What people write over a column to see some rows alone: `>500`, `2025..2027`, `not empty`, `planned | confirmed`."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from planner.errors import InvalidValueError
from planner.fields import Choice, Field, Fixed, LineNumber
from planner.fields.kinds import Code, DateKind, MonthKind, Phasing, Text
from planner.fields.typed import parse_typed
from planner.sheet.column import Bools, Column
from planner.sheet.conditions import LEAST, MOST, AnyOf, Condition, Empty, Not, OneText, Within
from planner.units import MONTHS_PER_YEAR, Month

_NEGATION: Final = re.compile(r"(?:not\s+|!(?!=))", re.IGNORECASE)
_EMPTY: Final = re.compile(r"(?:is\s+)?empty", re.IGNORECASE)
_QUOTED: Final = re.compile(r'"([^"]*)"')
_COMPARISON: Final = re.compile(r"(>=|<=|<>|!=|=|>|<)")
_RANGE: Final = re.compile(r"\.{2,}|…")
_YEAR: Final = re.compile(r"[0-9]{4}")
# What separates alternatives; a comma may be a decimal mark or part of a text, so it counts only where it cannot be.
_BAR: Final = re.compile(r"\|")
_BAR_OR_COMMA: Final = re.compile(r"[|,;]")
_BAR_OR_WIDE_COMMA: Final = re.compile(r"[|;]|,\s")
_LAST: Final = chr(0x10FFFF)
_ENDS: Final = 2
# So long that a list of references can be pasted, and so short that negations of negations end.
LONGEST: Final = 500
# A text stands for all that begin with it, as a year stands for its months.
_TEXT_SIGNS: Final[Mapping[str, Callable[[str, str], bool]]] = {
    ">": lambda text, bound: text > bound + _LAST,
    ">=": lambda text, bound: text >= bound,
    "<": lambda text, bound: text < bound,
    "<=": lambda text, bound: text <= bound + _LAST,
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A text that was understood as a filter of a field."""

    field: Field
    text: str
    condition: Condition

    def holds(self, column: Column) -> Bools:
        """Return which rows pass."""
        return self.condition.holds(column)


def parse_filter(text: str, field: Field, locale: str | None) -> Filter:
    """Read a filter of a field, its numbers and days in a locale; InvalidValueError shows how one is written.

    `>500`, `>=`, `<`, `<=`, `=`, `<>`; `100..200`, open at one end too; `empty`; alternatives with `|`, or with a
    comma where none can be part of a value. `not` or `!` before it turns all that follows round. Months and days may
    be given as a year or a month, which mean all of it. A plain text is part of the value (case and accents are
    ignored), one in quotes the whole value exactly; a plain number is the value.
    """
    if len(text) > LONGEST:
        raise InvalidValueError(field.name, f"the filter has {len(text)} characters; at most {LONGEST} are read")
    try:
        return Filter(field, text.strip(), _condition(text, field, locale))
    except InvalidValueError as error:
        raise InvalidValueError(field.name, f"{error.reason}; write a filter like {_examples(field)}") from None


def plain(text: str) -> str:
    """Return a text as it is searched: without case and accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _condition(text: str, field: Field, locale: str | None) -> Condition:
    bare = text.strip()
    negation = _NEGATION.match(bare)
    if negation is not None:
        return Not(_condition(bare[negation.end() :], field, locale))
    parts = _split(bare, field)
    if len(parts) > 1:
        return AnyOf(tuple(_condition(part, field, locale) for part in parts))
    if not bare:
        raise InvalidValueError(field.name, "something is missing")
    if _EMPTY.fullmatch(bare):
        return Empty()
    if isinstance(field.kind, Choice):
        return _choice(bare, field, field.kind)
    return _text(bare, field) if isinstance(field.kind, Text | Phasing) else _number(bare, field, locale)


def _split(text: str, field: Field) -> list[str]:
    """Split at the separators of alternatives that do not stand in quotes."""
    if _is_loose(field):
        separator = _BAR
    else:
        separator = _BAR_OR_WIDE_COMMA if isinstance(field.kind, Fixed | LineNumber) else _BAR_OR_COMMA
    masked = _QUOTED.sub(lambda match: "x" * len(match[0]), text)
    parts, start = [], 0
    for match in separator.finditer(masked):
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _is_loose(field: Field) -> bool:
    """Tell whether commas and points may be part of what is looked for."""
    return isinstance(field.kind, Text | Phasing) and not isinstance(field.kind, Code)


def _choice(text: str, field: Field, kind: Choice) -> Condition:
    comparison = _COMPARISON.match(text)
    sign = comparison[0] if comparison else ""
    if sign not in {"", "=", "<>", "!="}:
        raise InvalidValueError(field.name, f"{sign} has no meaning for a choice")
    bare = text[len(sign) :].strip()
    quoted = _QUOTED.fullmatch(bare)
    wanted = plain(quoted[1] if quoted else bare)
    whole = bool(sign or quoted)
    words = frozenset(
        word
        for word, title in kind.words
        if any(wanted == plain(name) or (not whole and wanted in plain(name)) for name in (word, title))
    )
    if not words or not wanted:
        raise InvalidValueError(field.name, f"{bare!r} is none of {', '.join(title for _, title in kind.words)}")
    test = OneText(words.__contains__)
    return Not(test) if sign in {"<>", "!="} else test


def _text(text: str, field: Field) -> Condition:
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        return OneText(quoted[1].__eq__) if quoted[1] else Empty()
    comparison = _COMPARISON.match(text)
    if comparison is not None:
        return _compared_text(comparison[0], text[comparison.end() :].strip(), field)
    ends = [] if _is_loose(field) else [end.strip().casefold() for end in _RANGE.split(text)]
    if len(ends) == _ENDS and any(ends):
        low, high = ends
        return OneText(lambda each: low <= each.casefold() and (not high or each.casefold() <= high + _LAST))
    wanted = plain(text)
    return OneText(lambda each: wanted in plain(each))


def _compared_text(sign: str, bare: str, field: Field) -> Condition:
    if not bare:
        raise InvalidValueError(field.name, f"a text is missing after {sign}")
    quoted = _QUOTED.fullmatch(bare)
    if sign in {"=", "<>", "!="}:
        wanted = plain(bare)
        whole = OneText(quoted[1].__eq__ if quoted else lambda each: plain(each) == wanted)
        return whole if sign == "=" else Not(whole)
    bound = (quoted[1] if quoted else bare).casefold()
    compare = _TEXT_SIGNS[sign]
    return OneText(lambda each: compare(each.casefold(), bound))


def _number(text: str, field: Field, locale: str | None) -> Condition:
    comparison = _COMPARISON.match(text)
    if comparison is not None:
        return _compared(comparison[0], *_interval(text[comparison.end() :], field, locale))
    ends = [end.strip() for end in _RANGE.split(text)]
    if len(ends) == 1:
        return Within(*_interval(text, field, locale))
    if len(ends) > _ENDS or not any(ends):
        raise InvalidValueError(field.name, f"{text!r} is not a range of two ends")
    low = _interval(ends[0], field, locale)[0] if ends[0] else LEAST
    high = _interval(ends[1], field, locale)[1] if ends[1] else MOST
    if low > high:
        raise InvalidValueError(field.name, f"{text!r} ends before it begins")
    return Within(low, high)


def _compared(sign: str, low: int, high: int) -> Condition:
    match sign:
        case ">":
            return Within(high + 1, MOST)
        case ">=":
            return Within(low, MOST)
        case "<":
            return Within(LEAST, low - 1)
        case "<=":
            return Within(LEAST, high)
        case "=":
            return Within(low, high)
        case _:
            return Not(Within(low, high))


def _interval(text: str, field: Field, locale: str | None) -> tuple[int, int]:
    """Return the first and the last number that a text stands for: a year is all of its months or days."""
    bare = text.strip()
    match field.kind:
        case MonthKind():
            return _months(bare, field, locale)
        case DateKind():
            return _days(bare, field, locale)
        case _:
            number = int(_stored(bare, field, locale))
            return number, number


def _months(text: str, field: Field, locale: str | None) -> tuple[int, int]:
    if not _YEAR.fullmatch(text):
        month = int(_stored(text, field, locale))
        return month, month
    try:
        first = int(Month.of(int(text), 1))
    except ValueError as reason:
        raise InvalidValueError(field.name, str(reason)) from None
    return first, first + MONTHS_PER_YEAR - 1


def _days(text: str, field: Field, locale: str | None) -> tuple[int, int]:
    day = None if _YEAR.fullmatch(text) else _day(text, field, locale)
    if day is not None:
        return day.toordinal(), day.toordinal()
    first, last = _months(text, replace(field, kind=MonthKind()), locale)
    return _first_day(first), _first_day(last + 1) - 1


def _day(text: str, field: Field, locale: str | None) -> date | None:
    """Return the day that a text names; None when it names none, a month perhaps."""
    try:
        value = parse_typed(field, text, locale)
    except InvalidValueError:
        return None
    return value if isinstance(value, date) else None


def _first_day(month: int) -> int:
    year, rest = divmod(month, MONTHS_PER_YEAR)
    return date(year, rest + 1, 1).toordinal()


def _stored(text: str, field: Field, locale: str | None) -> int | str:
    if not text:
        raise InvalidValueError(field.name, "a value is missing")
    stored = field.kind.store(parse_typed(field, text, locale))
    if stored is None:
        raise InvalidValueError(field.name, "a value is missing")
    return stored


def _examples(field: Field) -> str:
    match field.kind:
        case Choice(words=words):
            return f"{words[0][1]}, not {words[0][1]} or {words[0][1]} | {words[-1][1]}"
        case MonthKind() | DateKind():
            return "2027, >2027-03, 2026..2027-06 or empty"
        case Text() | Phasing():
            return 'Co, "whole text", A | B or not empty'
        case _:
            return ">500, 100..200, 5 | 7 or empty"
