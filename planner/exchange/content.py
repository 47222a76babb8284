"""Columns known by what stands in them: codes of records that the plan has, months, days, or words of a choice."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from planner.errors import InvalidValueError
from planner.fields import Choice, Field, Reference, folded
from planner.fields.kinds import DateKind, MonthKind

# The codes of the records that a field refers to; empty where they are not known.
Known = Callable[[Field], Collection[str]]

ROWS: Final = 200
# What a spreadsheet or a program calls a column without a name.
_NOTHING: Final = re.compile(r"(?:column|col|colonne|field|champ|feld|spalte|unnamed|f|c|var)?[0-9]*|[a-z]")
_SHARE: Final = 0.9
# A few cells may look like anything.
_ENOUGH: Final = 2
_LONGEST: Final = 64


@dataclass(frozen=True, slots=True)
class ByContent:
    """A column that holds the values of a field, and the share of its cells that do, 0 to 1."""

    column: int
    share: float


def says_nothing(header: str) -> bool:
    """Tell whether a header is empty or the name that a program gives to a column without one."""
    return _NOTHING.fullmatch(folded(header)) is not None


def by_content(
    fields: Collection[Field],
    columns: Collection[int],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    known: Known,
) -> Mapping[Field, ByContent]:
    """Find columns for fields that the header gives none: where one column alone fits a field, and that field alone.

    A field that may be empty takes only a column whose header says nothing.
    """
    fits = {field: dict(_fitting(field, columns, header, rows, known)) for field in fields}
    claims = [column for shares in fits.values() for column in shares]
    return {
        field: ByContent(column, share)
        for field, shares in fits.items()
        for column, share in shares.items()
        if len(shares) == 1 and claims.count(column) == 1
    }


def _fitting(
    field: Field, columns: Collection[int], header: Sequence[str], rows: Sequence[Sequence[str]], known: Known
) -> Iterator[tuple[int, float]]:
    holds = _test_of(field, known)
    if holds is None:
        return
    for column in columns:
        if not (field.required or says_nothing(header[column])):
            continue
        texts = [row[column].strip() for row in rows[:ROWS] if column < len(row)]
        cells = [text for text in texts if text]
        share = sum(map(holds, cells)) / max(1, len(cells))
        if len(cells) >= _ENOUGH and share >= _SHARE and (not field.required or len(cells) == len(texts)):
            yield column, share


def _test_of(field: Field, known: Known) -> Callable[[str], bool] | None:
    """Return what tells whether a text is a value of the field; None for a field that content does not tell."""
    match field.kind:
        case Reference():
            codes = frozenset(known(field))
            return codes.__contains__ if codes else None
        case MonthKind() | DateKind() | Choice():
            return cache(lambda text: _is_value(field, text))
        case _:
            return None


def _is_value(field: Field, text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    try:
        field.parse(text)
    except InvalidValueError:
        return False
    return True
