"""Rows of text turned into columns of values, each distinct text parsed once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from planner.errors import InvalidValueError
from planner.exchange.bases import Bases
from planner.exchange.batch import Batch, Source
from planner.exchange.column_rules import rules_of
from planner.exchange.heading_units import price_unit_in_heading
from planner.exchange.left_out import LeftOut
from planner.exchange.mapping import CONSTANT
from planner.exchange.mapping import Mapping as ColumnMapping
from planner.exchange.measures import Unit
from planner.exchange.periods import Quarter, is_serial
from planner.exchange.plain_numbers import PlainNumbers
from planner.exchange.quarters import Quarters
from planner.exchange.rules import Cell, Contained, ReadingRules
from planner.fields import Field, Value
from planner.fields.kinds import DateKind, MonthKind
from planner.model import Table
from planner.plan import Problem

_SHOWN: Final = 200
# Beyond that many a column repeats little, and remembering it would take the memory of the whole file.
_REMEMBERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why a text is no value of its field."""

    reason: str


_Parsed = Cell | _Refusal


class _Values(dict[str, _Parsed]):
    """What each text of one column says."""

    def __init__(self, field: Field, rules: ReadingRules, quarters: Quarters) -> None:
        self.field = field
        self.rules = rules
        self.failed = False
        # Whether some text was a quarter, or a quantity that says what it counts: such rows are looked at whole.
        self.open = False
        self._quarters = quarters

    def __missing__(self, text: str) -> _Parsed:
        value: _Parsed
        try:
            value = self.rules.parse(self.field, text)
        except InvalidValueError as error:
            value = _Refusal(_shortened(error.reason))
        if isinstance(value, Quarter) and (reason := self._quarters.refusal(value, self.field)):
            value = _Refusal(reason)
        self.failed = self.failed or isinstance(value, _Refusal)
        self.open = self.open or isinstance(value, Quarter | Contained)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[text] = value
        return value


def _shortened(reason: str) -> str:
    """Return a reason without the middle of what it quotes, which may be as long as a cell."""
    return reason if len(reason) <= 2 * _SHOWN else f"{reason[:_SHOWN]} … {reason[-_SHOWN:]}"


class Columns:
    """Parses the batches of one file in order; `notes` tells what was left out, converted or spread so far."""

    def __init__(self, mapping: ColumnMapping, source: Source, table: Table, bases: Bases | None = None) -> None:
        """`bases` tells what the rows count, for quantities that say so: without it these are refused."""
        dialect = source.dialect
        self._mapping = mapping
        self._header = source.header
        self._width = len(source.header)
        self._place = source.place
        self._bases = bases
        self._quarters = Quarters(table, mapping.fields)
        rules = [rules_of(field, at, source) for field, at in self._pairs]
        self._values = [_Values(field, rule, self._quarters) for field, rule in zip(mapping.fields, rules, strict=True)]
        # A column in another unit is left to the rules.
        self._plain = [
            PlainNumbers(field, rule.locale) if rule.is_plain else None
            for field, rule in zip(mapping.fields, rules, strict=True)
        ]
        self._left_out = LeftOut(mapping, source.header, totals=dialect.totals, wide=dialect.wide)
        self._is_first = True
        self._serial_fields: list[str] = []

    @property
    def _pairs(self) -> Iterable[tuple[Field, int]]:
        return zip(self._mapping.fields, self._mapping.columns, strict=True)

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done to the rows on the way, a sentence each."""
        units = ((memo.field, memo.rules.unit) for memo in self._values)
        converted = (
            f"{field.title} is given in {unit.text}{_nearest(unit, field)}."
            for field, unit in units
            if unit is not None
        )
        priced = (
            f"{field.title} is read as it stands, in the unit of its own record; the heading says {unit}."
            for field, at in self._pairs
            if at >= 0 and (unit := price_unit_in_heading(self._header[at], field))
        )
        serials = (f"The numbers in {name} were read as days of a spreadsheet." for name in self._serial_fields)
        return (*self._left_out.notes, *self._quarters.notes, *converted, *priced, *serials)

    def parse(self, batch: Batch) -> tuple[Sequence[int], list[list[Value]], list[Problem]]:
        """Return the lines of good rows, a column of values for each mapped field, and why the others are bad.

        Rows of totals and headings that come again are in neither; a row of a quarter is three rows of one line.
        """
        texts = self._texts(batch)
        if self._is_first:
            self._is_first = False
            self._allow_serials(texts)
        parsed = [self._values_of(place, column) for place, column in enumerate(texts)]
        if any(memo.open for memo in self._values):
            self._settle_bases(parsed)
        problems = [*self._too_wide(batch), *self._refused(batch, texts, parsed)]
        left = self._take_left_out(batch, texts, {problem.line for problem in problems})
        if left:
            problems = [problem for problem in problems if problem.line not in left]
        kept = _without(batch.lines, parsed, {*left, *(problem.line for problem in problems)})
        lines, columns = self._spread(*kept) if any(memo.open for memo in self._values) else kept
        return lines, columns, problems  # type: ignore[return-value] # what is no value was refused or settled above

    def _values_of(self, place: int, column: Sequence[str]) -> list[_Parsed]:
        if self._mapping.columns[place] == CONSTANT:
            return [self._mapping.constants[self._mapping.fields[place].name]] * len(column)
        numbers = self._plain[place]
        plain = None if numbers is None else numbers.parse(column)
        return list(map(self._values[place].__getitem__, column)) if plain is None else [*plain]

    def _texts(self, batch: Batch) -> list[Sequence[str]]:
        """Return the cells of each mapped column; one that no row reaches is empty."""
        empty = ("",) * len(batch.lines)
        return [batch.columns[at] if 0 <= at < len(batch.columns) else empty for at in self._mapping.columns]

    def _allow_serials(self, texts: Sequence[Sequence[str]]) -> None:
        """Let a column of nothing but numbers of days be days: where other dates stand among them, one is a mistake."""
        for memo, column in zip(self._values, texts, strict=True):
            if isinstance(memo.field.kind, MonthKind | DateKind) and not memo.rules.serials:
                filled = [text for text in column if text.strip()]
                if filled and all(map(is_serial, filled)):
                    memo.rules = memo.rules.with_serials()
                    self._serial_fields.append(memo.field.title)

    def _take_left_out(self, batch: Batch, texts: list[Sequence[str]], bad: Collection[int]) -> set[int]:
        """Return the lines of rows that are no records."""
        asked = self._left_out.candidates(texts)
        if not asked and not bad:
            return set()
        places = {*asked, *(place for place, line in enumerate(batch.lines) if line in bad)}
        rows = batch.rows
        return {
            batch.lines[place]
            for place in sorted(places)
            if self._left_out.take(
                rows[place], self._place(batch.lines[place])[0], is_refused=batch.lines[place] in bad
            )
        }

    def _settle_bases(self, parsed: list[list[_Parsed]]) -> None:
        """Turn what says that it counts metal or product into what its row counts, where the row tells."""
        for at, column in enumerate(parsed):
            for place, value in enumerate(column):
                if isinstance(value, Contained):
                    row = {memo.field.name: each[place] for memo, each in zip(self._values, parsed, strict=True)}
                    column[place] = self._settled(value, self._values[at], row)

    def _settled(self, value: Contained, memo: _Values, row: Mapping[str, object]) -> _Parsed:
        try:
            if self._bases is None:
                raise ValueError(f"{value.text} says what it counts, and no plan tells how much of it that is")  # noqa: TRY301 - refused as what the plan refuses
            return self._bases.small(value, memo.field, row)
        except ValueError as reason:
            memo.failed = True
            return _Refusal(str(reason))

    def _spread(self, lines: Sequence[int], columns: list[list[_Parsed]]) -> tuple[list[int], list[list[object]]]:
        """Turn rows of quarters into rows of months."""
        spread = [
            (line, row)
            for line, whole in zip(lines, zip(*columns, strict=True), strict=True)
            for row in self._quarters.spread(whole)
        ]
        return [line for line, _ in spread], [[row[at] for _, row in spread] for at in range(len(columns))]

    def _too_wide(self, batch: Batch) -> Iterable[Problem]:
        if len(batch.columns) <= self._width:
            return
        for line, row in zip(batch.lines, batch.rows, strict=True):
            if len(row) > self._width and any(map(str.strip, row[self._width :])):
                extra = "; ".join(row[self._width :])[:_SHOWN]
                reason = (
                    f"the row has {len(row)} cells and the header {self._width}; put a text or number that holds the"
                    " delimiter in quotation marks"
                )
                yield Problem(line, "", extra, reason)

    def _refused(self, batch: Batch, texts: list[Sequence[str]], parsed: list[list[_Parsed]]) -> Iterable[Problem]:
        for memo, column, values in zip(self._values, texts, parsed, strict=True):
            if not memo.failed:
                continue
            for place, value in enumerate(values):
                if isinstance(value, _Refusal):
                    yield Problem(batch.lines[place], memo.field.name, column[place][:_SHOWN], value.reason)


def _without(
    lines: Sequence[int], columns: list[list[_Parsed]], bad: Collection[int]
) -> tuple[Sequence[int], list[list[_Parsed]]]:
    if not bad:
        return lines, columns
    kept = [place for place, line in enumerate(lines) if line not in bad]
    return [lines[place] for place in kept], [[column[place] for place in kept] for column in columns]


def _nearest(unit: Unit, field: Field) -> str:
    """Return what a note adds where a unit gives numbers that are not whole in the smallest that the field keeps."""
    return "" if unit.is_metric and unit.basis is None else f", read to the nearest {field.format(1)} {field.unit}"
