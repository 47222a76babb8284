"""Days, months and quarters of files: ISO, day or month first, with names of months, as numbers of spreadsheets."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NoReturn

from planner.fields.month_words import month_of_word
from planner.fields.numbers import quoted
from planner.units import Month

DateOrder = Literal["dmy", "mdy", "ymd"]
DATE_ORDERS: Final[tuple[DateOrder, ...]] = ("dmy", "mdy", "ymd")
MONTHS_PER_QUARTER: Final = 3

_LONGEST: Final = 60
_MONTHS: Final = range(1, 13)
_CENTURY: Final = 2_000
# Excel counts days from 30 December 1899 as it is understood after its 29 February 1900, which never was.
_EXCEL: Final = date(1899, 12, 30)
_SERIAL: Final = re.compile(r"(?P<days>[0-9]{5,6})(?:\.[0-9]+)?")
_FIRST_SERIAL: Final = (date(1990, 1, 1) - _EXCEL).days
_LAST_SERIAL: Final = (date(2199, 12, 31) - _EXCEL).days
_TIME: Final = re.compile(r"(?<=[0-9])[T\s]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s*[AaPp][Mm]|Z)?$")

_BY: Final = r"\s*[\s./-]\s*"
_GAP: Final = r"[\s.,/'’-]*"
_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2})"
_YEAR4: Final = r"(?P<year>[0-9]{4})"
_MONTH: Final = r"(?P<month>[0-9]{1,2})"
_WORD: Final = r"(?P<word>[^\W\d_]+)"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|re)?"


def _forms(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


NUMERIC_DAY: Final = re.compile(
    r"(?P<one>[0-9]{1,2})\s*(?P<mark>[/.-])\s*(?P<two>[0-9]{1,2})\s*(?P=mark)\s*(?P<three>[0-9]{4}|[0-9]{2})"
)
_DAY_FORMS: Final = _forms(
    rf"{_YEAR4}{_BY}{_MONTH}{_BY}(?P<day>[0-9]{{1,2}})",
    rf"{_YEAR4}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
    rf"{_DAY}{_GAP}(?:de\s+)?{_WORD}{_GAP}{_YEAR}",
    rf"{_WORD}{_GAP}{_DAY}[\s,]+{_YEAR}",
)
_MONTH_FORMS: Final = _forms(
    rf"{_YEAR4}{_BY}{_MONTH}",
    rf"{_YEAR4}\s*M\s*{_MONTH}",
    rf"M\s*{_MONTH}{_GAP}{_YEAR}",
    rf"{_YEAR4}(?P<month>0[1-9]|1[0-2])",
    rf"{_MONTH}{_BY}{_YEAR}",
    rf"{_WORD}{_GAP}{_YEAR}",
    rf"{_YEAR4}{_GAP}{_WORD}",
)
_QUARTER_WORD: Final = r"(?:quarter|trimestre|trim\.?|quartal)"
_QUARTER_FORMS: Final = _forms(
    rf"[QT]\s*(?P<quarter>[1-4]){_GAP}{_YEAR}",
    rf"{_YEAR4}{_GAP}[QT]\s*(?P<quarter>[1-4])",
    rf"(?P<quarter>[1-4])\s*[QT]{_GAP}{_YEAR}",
    rf"(?P<quarter>[1-4])(?:st|nd|rd|th|er|e|è|ème|eme)?\.?\s*{_QUARTER_WORD}{_GAP}{_YEAR}",
    rf"{_QUARTER_WORD}\s*(?P<quarter>[1-4]){_GAP}{_YEAR}",
)
_WEEK: Final = re.compile(
    r"(?:[0-9]{4}\s*-?\s*)?(?:W|S|KW|week|semaine)\s*-?\s*[0-9]{1,2}(?:[\s./-]+[0-9]{2,4})?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"[0-9]{1,2}[\s.,][0-9]{2,3}|[0-9]{8,}")
_WHOLE_YEAR: Final = re.compile(r"(?:(?:FY|CY|year|année|jahr)\s*)?[0-9]{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months that a file gives one quantity for."""

    first: Month

    @property
    def months(self) -> tuple[Month, ...]:
        """Its three months."""
        return tuple(self.first.plus(i) for i in range(MONTHS_PER_QUARTER))


def read_day(text: str, order: DateOrder = "dmy", *, serials: bool = False) -> date:
    """Read a day; ValueError with a sentence where the text is none.

    `order` tells which part of `03/04/2027` is the month; what can be read in one way only is read so in any order.
    With `serials` a number of five digits is Excel's count of days.
    """
    bare = _bare(text)
    found = _day(bare, text, order) or (_serial(bare) if serials else None)
    if found is None:
        _refuse_other(bare, text, "a date", "2025-03-15 or 15/03/2025")
    Month.of(found.year, found.month)
    return found


def read_month(text: str, order: DateOrder = "dmy", *, serials: bool = False) -> Month | Quarter:
    """Read a month, the month of a day, or a quarter; ValueError with a sentence where the text is none."""
    bare = _bare(text)
    for form in _QUARTER_FORMS:
        if match := form.fullmatch(bare):
            return Quarter(Month.of(_year(match["year"]), MONTHS_PER_QUARTER * (int(match["quarter"]) - 1) + 1))
    for form in _MONTH_FORMS:
        if (match := form.fullmatch(bare)) and (month := _month(match)) in _MONTHS:
            return Month.of(_year(match["year"]), month)
    found = _day(bare, text, order) or (_serial(bare) if serials else None)
    if found is None:
        _refuse_other(bare, text, "a month", "2025-03, 03/2025, 2025-03-15 or 15/03/2025")
    return Month.of(found.year, found.month)


@lru_cache(maxsize=8_192)
def heading_period(text: str, order: DateOrder = "dmy") -> Month | Quarter | None:
    """Return the month or quarter that a heading names, as in a table whose months stand across; None for any other.

    What may be a number, such as `3.27`, names none.
    """
    bare = text.strip()
    if not bare or len(bare) > _LONGEST or _NUMBER.fullmatch(bare):
        return None
    try:
        return read_month(bare, order)
    except ValueError:
        return None


def is_serial(text: str) -> bool:
    """Tell whether a text may be Excel's number of a day that a plan can hold."""
    return _serial(text.strip()) is not None


def _bare(text: str) -> str:
    return _TIME.sub("", text.strip()) if len(text) <= _LONGEST else ""


def _year(text: str) -> int:
    return int(text) + (_CENTURY if len(text) == len("27") else 0)


def _month(match: re.Match[str]) -> int:
    """Return the number of a month as it is written; 0 for a word that is no month."""
    parts = match.groupdict()
    return (month_of_word(parts["word"], None) or 0) if "word" in parts else int(parts["month"])


def _day(bare: str, text: str, order: DateOrder) -> date | None:
    numeric = NUMERIC_DAY.fullmatch(bare)
    if numeric is not None:
        found = _made(*_ordered(numeric, order))
        other = None if found else _made(*_ordered(numeric, "dmy" if order == "mdy" else "mdy"))
        if other is not None:
            raise ValueError(
                f"{quoted(text.strip())} is no day in the order in which the dates are read; choose another order, or"
                f" write {other}"
            )
        return found
    for form in _DAY_FORMS:
        if (match := form.fullmatch(bare)) and (number := _month(match)):
            return _made(_year(match["year"]), number, int(match["day"]))
    return None


def _ordered(match: re.Match[str], order: DateOrder) -> tuple[int, int, int]:
    one, two, three = match["one"], match["two"], match["three"]
    if order == "ymd" and len(three) == len("27"):
        return _year(one), int(two), int(three)
    # Nobody who writes points puts the month first.
    day, month = (two, one) if order == "mdy" and match["mark"] != "." else (one, two)
    return _year(three), int(month), int(day)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _serial(bare: str) -> date | None:
    match = _SERIAL.fullmatch(bare)
    if match is None or not _FIRST_SERIAL <= int(match["days"]) <= _LAST_SERIAL:
        return None
    return _EXCEL + timedelta(days=int(match["days"]))


def _refuse_other(bare: str, text: str, what: str, like: str) -> NoReturn:
    longer = ((_WEEK, "a week"), (_WHOLE_YEAR, "a year"), *((form, "a quarter") for form in _QUARTER_FORMS))
    for form, period in longer:
        if form.fullmatch(bare):
            raise ValueError(f"{quoted(text.strip())} is {period} and not {what}; write {like}")
    raise ValueError(f"{quoted(text)} is not {what}; write {like}")
