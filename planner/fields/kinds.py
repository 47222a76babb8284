"""Kinds of field: how a value of each is read, written, bounded and stored."""

import re
import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from planner.fields.numbers import parse_number, quoted, shortened
from planner.units import MONTHS_PER_YEAR, Month

Value = str | int | date | None
Stored = str | int | None

DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
MONTH_FORMATS = ("%Y-%m", "%m/%Y", *DAY_FORMATS)
WEIGHTS = re.compile(r"[0-9]{1,4}(?:/[0-9]{1,4}){11}")


@dataclass(frozen=True, slots=True)
class Kind(ABC):
    """What all kinds can do; reasons are raised as ValueError, a sentence each."""

    name: ClassVar[str]
    numeric: ClassVar[bool] = False

    @property
    def unit(self) -> str:
        """The unit that people see beside the title; empty where there is none."""
        return ""

    @abstractmethod
    def parse(self, text: str, locale: str | None) -> Value:
        """Read a text that is not empty; None as locale is the machine's way of writing."""

    def format(self, value: Value, locale: str | None, *, grouping: bool = False) -> str:  # noqa: ARG002 - numbers use both
        """Write a value so that `parse` with the same locale reads it back."""
        return "" if value is None else str(value)

    @abstractmethod
    def check(self, value: Value) -> None:
        """Raise ValueError when a value of a program is not of this kind or out of bounds."""

    def store(self, value: Value) -> Stored:
        """Return what the plan file keeps of a value."""
        if value is None or isinstance(value, str):
            return value
        return value.isoformat() if isinstance(value, date) else int(value)

    def load(self, stored: Stored) -> Value:
        """Return the value that the plan file keeps."""
        return stored


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text on one line or several, without control characters."""

    name: ClassVar[str] = "text"
    longest: int = 2_000
    # Words that an editor offers; any other text may be written.
    offers: tuple[str, ...] = ()

    def parse(self, text: str, locale: str | None) -> str:  # noqa: ARG002 - text has no locale
        value = unicodedata.normalize("NFC", text.strip().replace("\r\n", "\n").replace("\r", "\n"))
        self.check(value)
        return value

    def check(self, value: Value) -> None:
        if not isinstance(value, str):
            raise ValueError(f"{quoted(value)} is not text")  # noqa: TRY004 - a reason is a ValueError
        if len(value) > self.longest:
            raise ValueError(f"it has {len(value)} characters; at most {self.longest} are kept")
        bad = next((c for c in value if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t"), None)
        if bad is not None:
            raise ValueError(f"it holds the control character U+{ord(bad):04X}; delete that character")
        # As `parse` leaves it: only such a text comes back from a file as it was.
        if value != value.strip():
            raise ValueError("it begins or ends with a space; delete that space")
        if not unicodedata.is_normalized("NFC", value):
            raise ValueError("its accents are not composed; write it in Unicode's form NFC")


@dataclass(frozen=True, slots=True)
class Code(Text):
    """A short text that people refer to a record by; no line break, nothing to trim."""

    name: ClassVar[str] = "code"
    longest: int = 64

    def check(self, value: Value) -> None:
        if not isinstance(value, str) or not value or value != value.strip():
            raise ValueError("a code is not empty and neither begins nor ends with a space")
        Text.check(self, value)
        if any(c in "\n\t" or unicodedata.category(c) in {"Cf", "Zl", "Zp"} for c in value):
            raise ValueError("a code holds no line break, tab or invisible character")


@dataclass(frozen=True, slots=True)
class Symbol(Code):
    """A code of a fixed shape: the symbol of an element, of a currency."""

    name: ClassVar[str] = "symbol"
    shape: str = ""
    like: str = ""

    def check(self, value: Value) -> None:
        if not isinstance(value, str) or not re.fullmatch(self.shape, value, re.ASCII):
            raise ValueError(f"{quoted(value)} is not of the form {self.like}")


@dataclass(frozen=True, slots=True)
class Phasing(Kind):
    """How a contract year falls on its twelve months: `even`, or twelve weights as `1/1/1/2/2/2/1/1/1/0/0/0`."""

    name: ClassVar[str] = "phasing"

    def parse(self, text: str, locale: str | None) -> str:  # noqa: ARG002 - weights are whole numbers in any locale
        value = "".join(text.split()).lower()
        self.check(value)
        return value

    def check(self, value: Value) -> None:
        if value != "even" and (not isinstance(value, str) or not WEIGHTS.fullmatch(value) or not sum(_weights(value))):
            raise ValueError(f"{quoted(value)} is neither even nor twelve weights like 1/1/1/2/2/2/1/1/1/0/0/0")

    @staticmethod
    def weights(value: str) -> tuple[int, ...]:
        """Return the weight of each month of a contract year, its first month first."""
        return (1,) * MONTHS_PER_YEAR if value == "even" else _weights(value)


@dataclass(frozen=True, slots=True)
class Reference(Code):
    """The code of a record of another table; `part` names the field of a key of several fields."""

    name: ClassVar[str] = "reference"
    table: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class LineNumber(Kind):
    """The number of a line in its contract, also where another table refers to it."""

    name: ClassVar[str] = "integer"
    numeric: ClassVar[bool] = True
    table: str = ""
    part: str = ""
    lowest: int = 1
    highest: int = 9_999

    def parse(self, text: str, locale: str | None) -> int:
        number = parse_number(text, locale)
        if number != number.to_integral_value():
            raise ValueError(f"{quoted(text)} is not a whole number")
        if not self.lowest <= number <= self.highest:
            raise ValueError(f"{shortened(text.strip())} lies outside {self.lowest} to {self.highest}")
        return int(number)

    def check(self, value: Value) -> None:
        if type(value) is not int or not self.lowest <= value <= self.highest:
            raise ValueError(f"{quoted(value)} is not a whole number from {self.lowest} to {self.highest}")


@dataclass(frozen=True, slots=True)
class Year(LineNumber):
    """A contract year, named by the calendar year in which it starts."""

    name: ClassVar[str] = "year"
    lowest: int = 1_990
    highest: int = 2_199


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One of a few words; people may write the word or its title."""

    name: ClassVar[str] = "choice"
    words: tuple[tuple[str, str], ...] = ()

    def parse(self, text: str, locale: str | None) -> str:  # noqa: ARG002 - words have no locale
        bare, wanted = text.strip().casefold(), folded(text)
        exact = [word for word, title in self.words if bare in {word.casefold(), title.casefold()}]
        near = [word for word, title in self.words if wanted in {folded(word), folded(title)}]
        # M-1 and M+1 differ by their sign alone, which folding takes away.
        for found in (exact, near):
            if len(found) == 1:
                return found[0]
        raise ValueError(f"{quoted(text)} is not one of {', '.join(word for word, _ in self.words)}")

    def check(self, value: Value) -> None:
        if value not in {word for word, _ in self.words}:
            raise ValueError(f"{quoted(value)} is not one of {', '.join(word for word, _ in self.words)}")

    def title(self, word: str) -> str:
        """Return what people call a word."""
        return dict(self.words)[word]


@dataclass(frozen=True, slots=True)
class MonthKind(Kind):
    """A calendar month; a date stands for its month."""

    name: ClassVar[str] = "month"

    def parse(self, text: str, locale: str | None) -> Month:  # noqa: ARG002 - all forms are tried in any locale
        day = _date(text, MONTH_FORMATS)
        if day is None:
            raise ValueError(f"{quoted(text)} is not a month; write 2025-03, 03/2025, 2025-03-15 or 15/03/2025")
        return Month.of(day.year, day.month)

    def check(self, value: Value) -> None:
        if not isinstance(value, Month):
            raise ValueError(f"{quoted(value)} is not a month")  # noqa: TRY004 - a reason is a ValueError

    def load(self, stored: Stored) -> Value:
        return None if stored is None else Month(int(stored))


@dataclass(frozen=True, slots=True)
class DateKind(Kind):
    """A calendar day, stored as ISO 8601."""

    name: ClassVar[str] = "date"

    def parse(self, text: str, locale: str | None) -> date:  # noqa: ARG002 - all forms are tried in any locale
        day = _date(text, DAY_FORMATS)
        if day is None:
            raise ValueError(f"{quoted(text)} is not a date; write 2025-03-15 or 15/03/2025")
        Month.of(day.year, day.month)
        return day

    def check(self, value: Value) -> None:
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ValueError(f"{quoted(value)} is not a date")  # noqa: TRY004 - a reason is a ValueError
        Month.of(value.year, value.month)

    def load(self, stored: Stored) -> Value:
        return None if stored is None else date.fromisoformat(str(stored))


def folded(text: str) -> str:
    """Return a text as names and titles are compared: no case, accents, spaces, underscores or points."""
    # Taken apart, a letter of a mathematical alphabet is a capital again.
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in bare if c.isalnum())


def _date(text: str, formats: tuple[str, ...]) -> date | None:
    bare = text.strip()
    for each in formats:
        try:
            return datetime.strptime(bare, each).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _weights(value: str) -> tuple[int, ...]:
    return tuple(int(part) for part in value.split("/"))
