"""Rows of text turned into columns of values, each distinct text parsed once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from planner.errors import InvalidValueError
from planner.exchange.guard import GUARD, unguarded
from planner.exchange.mapping import Mapping
from planner.exchange.plain_numbers import PlainNumbers
from planner.exchange.source import Batch
from planner.fields import Field, Value
from planner.plan import Problem

_SHOWN: Final = 200
# Beyond that many a column repeats little, and remembering it would take the memory of the whole file.
_REMEMBERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a text is no value of its field."""

    reason: str


class _Values(dict[str, "Value | _Refusal"]):
    """The value of each text of one column."""

    def __init__(self, field: Field, locale: str | None) -> None:
        self.field = field
        self.failed = False
        self._locale = locale

    def __missing__(self, text: str) -> "Value | _Refusal":
        value: Value | _Refusal
        try:
            value = self.field.parse(unguarded(text) if text.startswith(GUARD) else text, self._locale)
        except InvalidValueError as error:
            value = _Refusal(_shortened(error.reason))
            self.failed = True
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


def _shortened(reason: str) -> str:
    """Return a reason without the middle of what it quotes, which may be as long as a cell."""
    return reason if len(reason) <= 2 * _SHOWN else f"{reason[:_SHOWN]} … {reason[-_SHOWN:]}"


class Columns:
    """Parses the batches of one file."""

    def __init__(self, mapping: Mapping, width: int, locale: str | None) -> None:
        """`width` is the number of columns of the header."""
        self._mapping = mapping
        self._width = width
        self._values = [_Values(field, locale) for field in mapping.fields]
        self._plain = [PlainNumbers(field, locale) for field in mapping.fields]

    def parse(self, batch: Batch) -> tuple[Sequence[int], list[list[Value]], list[Problem]]:
        """Return the lines of good rows, a column of values for each mapped field, and why the others are bad."""
        texts = self._texts(batch)
        parsed = [self._values_of(place, column) for place, column in enumerate(texts)]
        wide = self._too_wide(batch) if len(batch.columns) > self._width else ()
        problems = [*wide, *self._refused(batch, texts, parsed)]
        if not problems:
            return batch.lines, parsed, []  # type: ignore[return-value] # without a problem no value is a refusal
        bad = {problem.line for problem in problems}
        kept = [place for place, line in enumerate(batch.lines) if line not in bad]
        lines = [batch.lines[place] for place in kept]
        return lines, [[column[place] for place in kept] for column in parsed], problems  # type: ignore[misc] # the same

    def _values_of(self, place: int, column: Sequence[str]) -> "list[Value | _Refusal]":
        plain = self._plain[place].parse(column)
        return list(map(self._values[place].__getitem__, column)) if plain is None else [*plain]

    def _texts(self, batch: Batch) -> list[Sequence[str]]:
        """Return the cells of each mapped column; one that no row reaches is empty."""
        empty = ("",) * len(batch.lines)
        return [batch.columns[at] if at < len(batch.columns) else empty for at in self._mapping.columns]

    def _too_wide(self, batch: Batch) -> Iterable[Problem]:
        for line, row in zip(batch.lines, batch.rows, strict=True):
            if len(row) > self._width and any(row[self._width :]):
                extra = "; ".join(row[self._width :])[:_SHOWN]
                reason = (
                    f"the row has {len(row)} cells and the header {self._width}; put a text or number that holds the"
                    " delimiter in quotation marks"
                )
                yield Problem(line, "", extra, reason)

    def _refused(
        self, batch: Batch, texts: list[Sequence[str]], parsed: "list[list[Value | _Refusal]]"
    ) -> Iterable[Problem]:
        for memo, column, values in zip(self._values, texts, parsed, strict=True):
            if not memo.failed:
                continue
            for place, value in enumerate(values):
                if isinstance(value, _Refusal):
                    yield Problem(batch.lines[place], memo.field.name, column[place][:_SHOWN], value.reason)
