"""What a file is understood to hold, without a plan: its table, dialect and columns, with reasons, notes and doubts."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange.column_rules import rules_of
from planner.exchange.columns import Columns
from planner.exchange.guess import Guess
from planner.exchange.imports import first_rows, place_text
from planner.exchange.mapping import CONSTANT, Mapping, match
from planner.exchange.periods import Quarter
from planner.exchange.recognise import likely_table
from planner.exchange.rules import Contained, ReadingRules
from planner.exchange.source import Source, detect, guesses, opened_source
from planner.fields import Field
from planner.model import Table, table_named
from planner.plan import Problem

_SAMPLES: Final = 3
_SHOWN: Final = 40
_PROBLEMS: Final = 20


@dataclass(frozen=True, slots=True)
class Sample:
    """A cell and what it is read as, in the field's unit; `read` is why not where `refused`."""

    text: str
    read: str
    refused: bool = False


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """A column (from 0) as it is understood: its heading, its field, how that was matched, and some of its cells.

    `unit` is the one that its numbers are given in.
    """

    number: int
    heading: str
    field: str
    how: str
    confidence: float
    unit: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """How a file would be read into a table; `trouble` is why it cannot be, else empty.

    `unread` are the first rows that cannot be read, `refused` counts all of them; what only a plan can tell, such as
    codes that it does not have, is not looked at.
    """

    table: str
    is_sure: bool
    guesses: tuple[Guess, ...]
    columns: tuple[SeenColumn, ...] = ()
    ignored: tuple[str, ...] = ()
    rows: int = 0
    refused: int = 0
    unread: tuple[tuple[str, Problem], ...] = ()
    notes: tuple[str, ...] = ()
    doubt: str = ""
    trouble: str = ""


def inspect(path: Path, table: str | None = None) -> Inspection:
    """Read a whole file as an import into a table would; `table` None: the likeliest.

    PlannerError when it cannot be read, has no header of the table, or no table fits.
    """
    name = table or likely_table(path)
    if name is None:
        raise PlannerError(
            f"{path.name} has no row of headings that names the key of a table; name the table that it is for."
        )
    target = table_named(name)
    dialect = detect(path, target)
    told = guesses(path, target)
    source = opened_source(path, dialect, target)
    try:
        sample = first_rows(source)
        mapping = match(source.header, target, path.name, sample=sample)
        columns = _columns(source, mapping, sample)
        return _read(source, target, mapping, Inspection(target.name, table is None, told, columns, mapping.ignored))
    except PlannerError as error:
        return Inspection(target.name, table is None, told, doubt=dialect.doubt, trouble=str(error))


def _read(source: Source, table: Table, mapping: Mapping, seen: Inspection) -> Inspection:
    columns = Columns(mapping, source, table)
    rows = refused = 0
    unread: list[tuple[str, Problem]] = []
    for batch in source.batches():
        lines, _, problems = columns.parse(batch)
        bad = len({problem.line for problem in problems})
        rows += len(lines) + bad
        refused += bad
        more = sorted(problems)[: max(0, _PROBLEMS - len(unread))]
        unread += [(place_text(source, problem.line), problem) for problem in more]
    return Inspection(
        seen.table,
        seen.is_sure,
        seen.guesses,
        seen.columns,
        seen.ignored,
        rows,
        refused,
        tuple(unread),
        (*source.notes, *columns.notes),
        source.dialect.doubt,
    )


def _columns(source: Source, mapping: Mapping, sample: Sequence[Sequence[str]]) -> tuple[SeenColumn, ...]:
    seen = []
    for field, column in zip(mapping.fields, mapping.columns, strict=True):
        if column == CONSTANT:
            continue
        rules = rules_of(field, column, source)
        texts = list(dict.fromkeys(row[column] for row in sample if column < len(row) and row[column].strip()))
        how, confidence = mapping.how[field.name], mapping.confidence[field.name]
        unit = rules.unit.text if rules.unit else field.unit
        samples = tuple(_sample(field, rules, text) for text in texts[:_SAMPLES])
        seen.append(SeenColumn(column, source.header[column].strip(), field.name, how, confidence, unit, samples))
    return tuple(seen)


def _sample(field: Field, rules: ReadingRules, text: str) -> Sample:
    shown = " ".join(text.split())[:_SHOWN]
    try:
        value = rules.parse(field, text)
    except PlannerError as error:
        return Sample(shown, str(error), refused=True)
    match value:
        case Quarter():
            return Sample(shown, f"{value.months[0]} to {value.months[-1]}")
        case Contained():
            return Sample(shown, f"{value.text} ({value.basis.value})")
        case _:
            return Sample(shown, field.format(value)[:_SHOWN])
