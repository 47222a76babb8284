"""Rows of a file that are no records: totals, headings that come again, lines ruled in dashes. They are counted."""

import re
from collections.abc import Sequence
from typing import Final

from planner.exchange.mapping import Mapping
from planner.fields.kinds import MonthKind

_LONGEST: Final = 200
_WORDS: Final = (
    "total",
    "totals",
    "totaux",
    "somme",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "ergebnis",
    "zwischensumme",
    "teilsumme",
    "subtotal",
)
_TOTAL: Final = re.compile(rf"(?:.*\b)?(?:{'|'.join(_WORDS)})(?:\b.*)?|\*{{1,4}}|Σ.*", re.IGNORECASE | re.DOTALL)
_RULED: Final = re.compile(r"[-=_+*|\s]*")
_LEAST_RULED: Final = 3
_TOTALS: Final = "totals"
_HEADINGS: Final = "headings that come again"
_RULES: Final = "ruled lines"


def is_total(text: str) -> bool:
    """Tell whether a cell says that its row is a total: `Total`, `Sous-total C1`, `C1 Summe`."""
    return len(text) <= _LONGEST and _TOTAL.fullmatch(text.strip()) is not None


class LeftOut:
    """Tells which rows are no records, and counts them; rows are asked about in the order of the file."""

    def __init__(self, mapping: Mapping, header: Sequence[str], *, totals: bool, wide: bool) -> None:
        """`totals`: rows of totals are left out; `wide`: the months stand across, and a total has months too."""
        pairs = [(field, at) for field, at in zip(mapping.fields, mapping.columns, strict=True) if at >= 0]
        self._mapped = [at for _, at in pairs]
        self._keys = [at for field, at in pairs if field.key]
        self._asked = [at for field, at in pairs if field.key and not (wide and isinstance(field.kind, MonthKind))]
        self._first = next((place for place, at in enumerate(mapping.columns) if at >= 0), None)
        self._header = [text.strip() for text in header]
        self._totals = totals
        self._wide = wide
        self._counts: dict[str, int] = {}
        self._last: dict[str, int] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out, a sentence each."""
        return tuple(f"{_counted(count, what)} left out." for what, count in self._counts.items())

    def candidates(self, texts: Sequence[Sequence[str]]) -> list[int]:
        """Return the places of rows, good or not, that must be asked about; `texts` are the mapped columns."""
        if self._first is None:
            return []
        column = texts[self._first]
        wanted = {text for text in set(column) if self._tells(text)}
        return [place for place, text in enumerate(column) if text in wanted] if wanted else []

    def take(self, row: Sequence[str], line: int, *, is_refused: bool) -> bool:
        """Tell whether a row is no record, and count it; `line` is its row of the file.

        A row that can be read (`is_refused` False) is one all the same, unless nothing else can be meant.
        """
        what = self._kind(row, is_refused=is_refused)
        if what is None:
            return False
        if self._last.get(what) != line:
            self._counts[what] = self._counts.get(what, 0) + 1
            self._last[what] = line
        return True

    def _tells(self, text: str) -> bool:
        bare = text.strip()
        at = self._mapped[0]
        return (at < len(self._header) and bare == self._header[at]) or (self._wide and is_total(bare))

    def _kind(self, row: Sequence[str], *, is_refused: bool) -> str | None:
        cells = [cell.strip() for cell in row]
        if self._is_heading(cells, is_refused=is_refused):
            return _HEADINGS
        if is_refused and _is_ruled(cells):
            return _RULES
        return _TOTALS if self._totals and (is_refused or self._wide) and self._is_total(cells) else None

    def _is_heading(self, cells: Sequence[str], *, is_refused: bool) -> bool:
        asked = self._keys if is_refused else self._mapped
        same = [_cell(cells, at) == _cell(self._header, at) for at in asked if _cell(cells, at)]
        return bool(same) and (any(same) if is_refused else all(same))

    def _is_total(self, cells: Sequence[str]) -> bool:
        first = next((at for at, cell in enumerate(cells) if cell), None)
        if first is None:
            return False
        keys = [_cell(cells, at) for at in self._asked if at != first]
        return (is_total(cells[first]) and not any(keys)) or any(map(is_total, keys))


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _is_ruled(cells: Sequence[str]) -> bool:
    return all(map(_RULED.fullmatch, cells)) and max(map(len, cells), default=0) >= _LEAST_RULED


def _counted(count: int, what: str) -> str:
    if count == 1:
        one = {_TOTALS: "1 row of totals was", _HEADINGS: "1 row of headings that come again was"}
        return one.get(what, "1 ruled line was")
    return f"{count:,} {'rows of ' if what != _RULES else ''}{what} were"
