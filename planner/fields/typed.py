"""What people type or paste into a cell: `5k`, `=1250*1.05`, `3/27`, `mars 2027`, and all that files may hold."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.errors import InvalidValueError
from planner.fields import Field, Fixed, LineNumber, Value
from planner.fields.formulas import LONGEST, evaluate, is_formula
from planner.fields.kinds import DateKind, MonthKind
from planner.fields.month_words import month_of_word
from planner.fields.numbers import MAGNITUDES, format_number, parse_amount
from planner.units import Month

# Nothing that a field holds is near it, and a text of a thousand digits is no sentence.
_TOO_LARGE = 10**18
_CENTURY = 2_000

_GAP = r"[\s.,/'’-]*"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|re)?"
_WORD = r"(?P<word>[^\d\s.,/'’-]+)"
_BETWEEN = r"\s*[\s./-]\s*"
_MONTH_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<month>[0-9]{{1,2}}){_BETWEEN}{_YEAR}",
        rf"(?P<year>[0-9]{{4}}){_BETWEEN}(?P<month>[0-9]{{1,2}})",
        rf"{_WORD}{_GAP}{_YEAR}",
        rf"(?P<year>[0-9]{{4}}){_GAP}{_WORD}",
    )
)
# The day comes first, as in the dates that files hold; a year of four digits may.
_DATE_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<day>[0-9]{{1,2}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}{_YEAR}",
        rf"(?P<year>[0-9]{{4}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}(?P<day>[0-9]{{1,2}})",
        rf"{_DAY}{_GAP}{_WORD}{_GAP}{_YEAR}",
        rf"{_WORD}{_GAP}{_DAY}[\s,]+{_YEAR}",
    )
)


def parse_typed(field: Field, text: str, locale: str | None) -> Value:
    """Return the value that a person means; InvalidValueError says why there is none.

    All that `Field.parse` reads means the same here. Numbers may be shortened (`5k`, `2M`), carry the unit of the
    field, or be calculated (`=(5000-1200)/12`, rounded to the field's decimals, half to even). Months and days may be
    written with names of months and with years of two digits, which lie in this century.
    """
    try:
        return field.parse(text, locale)
    except InvalidValueError:
        try:
            value = _read(field, text.strip(), locale)
        except ValueError as reason:
            raise InvalidValueError(field.name, str(reason)) from None
        if value is None:
            raise
        return value


def _read(field: Field, text: str, locale: str | None) -> Value:
    """Return the value of a form that files do not hold; None when it is of no such form."""
    if len(text) > LONGEST and not is_formula(text):
        return None
    match field.kind:
        case Fixed() | LineNumber() if is_formula(text):
            return _written(field.kind, _rounded(field.kind, evaluate(text, locale), text), locale)
        case Fixed() | LineNumber():
            return _number(field.kind, text, locale)
        case MonthKind():
            found = _date(text, _MONTH_FORMS, locale) or _date(text, _DATE_FORMS, locale)
            return None if found is None else Month.of(found.year, found.month)
        case DateKind():
            day = _date(text, _DATE_FORMS, locale)
            if day is not None:
                field.kind.check(day)
            return day
        case _:
            return None


def _number(kind: Fixed | LineNumber, text: str, locale: str | None) -> Value:
    bare = text
    if kind.unit and text.casefold().endswith(kind.unit.casefold()):
        bare = text[: -len(kind.unit)].rstrip()
    if bare == text and text[-1:] not in MAGNITUDES:
        return None
    return _written(kind, parse_amount(bare, locale), locale)


def _rounded(kind: Fixed | LineNumber, result: Fraction, text: str) -> Decimal:
    if isinstance(kind, LineNumber) and result.denominator != 1:
        raise ValueError(f"{text} does not give a whole number")
    if abs(result) >= _TOO_LARGE:
        raise ValueError(f"{text} gives far too large a number")
    decimals = kind.decimals if isinstance(kind, Fixed) else 0
    sign, digits, _ = Decimal(round(result * 10**decimals)).as_tuple()
    return Decimal((sign, digits, -decimals))


def _written(kind: Fixed | LineNumber, number: Decimal, locale: str | None) -> Value:
    """Let the kind judge a number as if it had been written out."""
    if abs(number) >= _TOO_LARGE:
        raise ValueError("it is far too large a number")
    return kind.parse(format_number(number, locale), locale)


def _date(text: str, forms: tuple[re.Pattern[str], ...], locale: str | None) -> date | None:
    """Return the day of the first form that fits, the first of a month without day; ValueError if there is no such."""
    for form in forms:
        match = form.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        month = month_of_word(parts["word"], locale) if "word" in parts else int(parts["month"])
        if month is None:
            continue
        year = int(parts["year"]) + (_CENTURY if len(parts["year"]) == len("27") else 0)
        try:
            return date(year, month, int(parts.get("day") or 1))
        except ValueError:
            raise ValueError(f"{text!r} is no day of the calendar; write the day first, as in 15/03/2027") from None
    return None
