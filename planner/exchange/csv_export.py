"""A table of a plan as CSV, for machines or for people."""

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TextIO

from babel.core import UnknownLocaleError

from planner.errors import PlannerError
from planner.exchange.atomic import written
from planner.exchange.guard import guarded
from planner.fields import Choice, Field, Stored
from planner.fields.kinds import Text
from planner.fields.numbers import decimal_mark
from planner.model import Table, table_named
from planner.plan import Plan

# What an import tells apart.
_MARKS: Final = frozenset(".,")
_ROWS_AT_ONCE: Final = 1_000
# Beyond that many a column repeats little, and remembering it would take the memory of the whole file.
_REMEMBERED: Final = 100_000


def export(plan: Plan, table: str, target: Path | BinaryIO, *, locale: str | None = None, people: bool = False) -> int:
    """Write a table and return its number of rows; importing the file again changes nothing.

    For machines: names, commas, decimal points, UTF-8. For people: a title row, titles with units, the locale's
    decimal mark (semicolons where that is a comma), and a byte-order mark for spreadsheets. PlannerError when the
    file cannot be written or the locale is unknown.
    """
    _check(locale)
    encoding = "utf-8-sig" if people else "utf-8"
    if isinstance(target, Path):
        with written(target, encoding=encoding) as file:
            return _write(plan, table_named(table), file, locale, people=people)
    text = io.TextIOWrapper(target, encoding=encoding, newline="", write_through=True)
    try:
        return _write(plan, table_named(table), text, locale, people=people)
    finally:
        text.detach()


def _check(locale: str | None) -> None:
    examples = "name one such as en, fr, de or de_CH"
    try:
        mark = decimal_mark(locale)
    except (UnknownLocaleError, ValueError):
        raise PlannerError(f"There is no locale {locale!r}; {examples}.") from None
    if mark not in _MARKS:
        raise PlannerError(f"The decimal mark of {locale}, {mark}, is none that an import reads; {examples}.")


def _write(plan: Plan, table: Table, file: TextIO, locale: str | None, *, people: bool) -> int:
    delimiter = ";" if decimal_mark(locale) == "," else ","
    writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n" if people else "\n")
    if people:
        writer.writerow((f"{table.title} of {plan.path.name}",))
    writer.writerow([field.heading if people else field.name for field in table.fields])
    texts = [_Texts(field, locale, people=people) for field in table.fields]
    count = 0
    values = plan.values(table.name)
    for rows in _chunks(values):
        columns = (map(text.__getitem__, column) for text, column in zip(texts, zip(*rows, strict=True), strict=True))
        writer.writerows(zip(*columns, strict=True))
        count += len(rows)
    return count


def _chunks(values: Iterator[tuple[Stored, ...]]) -> Iterator[list[tuple[Stored, ...]]]:
    while rows := list(islice(values, _ROWS_AT_ONCE)):
        yield rows


class _Texts(dict[Stored, str]):
    """The text of each stored value of one field."""

    def __init__(self, field: Field, locale: str | None, *, people: bool) -> None:
        self._field = field
        self._locale = locale
        self._people = people

    def __missing__(self, stored: Stored) -> str:
        kind = self._field.kind
        if self._people and isinstance(kind, Choice) and isinstance(stored, str) and stored:
            text = kind.title(stored)
        else:
            text = self._field.format(kind.load(stored), self._locale)
        if isinstance(kind, Text):
            text = guarded(text)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[stored] = text
        return text
