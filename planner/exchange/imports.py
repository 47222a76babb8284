"""Bringing a file into a table: a preview held as a draft edit, narrowed and applied as one edit."""

import gc
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from planner.analysis.gaps.effect import CoverEffect
from planner.changes import ChangeSet
from planner.errors import PlannerError
from planner.exchange.amended import Cells, amended_batch
from planner.exchange.bases import Bases
from planner.exchange.columns import Columns
from planner.exchange.dialect import Dialect
from planner.exchange.known import codes_of
from planner.exchange.mapping import Mapping, MappingChoice, match
from planner.exchange.source import Batch, Source, detect, opened_source
from planner.model import TABLES, table_named
from planner.plan import Mode, Plan, Preview, Problem, Staging

# Trying a draft on means writing it: with so many rows that would hold up the plan for longer than a look is worth.
EFFECT_ROWS: Final = 100_000

# By so many rows is told what a column without a telling header holds.
SAMPLE_ROWS: Final = 200

# Takes how much of the file is read, 0 to 1; what it raises ends the import, and nothing is kept.
Report = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Found:
    """What an import of a file would do, how the file was understood, and the cells that a person has mended.

    `notes` tell what was left out, turned or converted, a sentence each. A line of the preview's problems is one of
    the batches: `place_text` tells what people call it.
    """

    source: Source
    mapping: Mapping
    preview: Preview
    table: str
    amended: Cells
    notes: tuple[str, ...] = ()

    def batches(self) -> Iterator[Batch]:
        """Read the rows of the file, mended cells as they are now; PlannerError where it is broken."""
        return (amended_batch(batch, self.amended) for batch in self.source.batches())


def preview(  # noqa: PLR0913 - what the person can choose, each named at the call
    plan: Plan,
    table: str,
    file: Path,
    *,
    mode: Mode = Mode.UPSERT,
    dialect: Dialect | None = None,
    choice: MappingChoice | None = None,
    amended: Cells | None = None,
    delete_missing: bool = False,
    report: Report = lambda _: None,
) -> Found:
    """Compare a file with a table and hold the difference as a draft, which `apply` takes in.

    `dialect` and `choice` None: told from the file. `amended` are cells that read otherwise than they stand. With
    `delete_missing` the records that the file does not name are deleted. PlannerError when the file cannot be read;
    the plan is as it was then.
    """
    target = table_named(table)
    said = choice or MappingChoice()
    source = opened_source(file, dialect or detect(file, target), target)
    sample = first_rows(source)
    mapping = match(source.header, target, file.name, sample=sample, choice=said, known=codes_of(plan))
    found = Found(source, mapping, _NOTHING, target.name, amended or {})
    staged = plan.stage(target.name, mapping.fields, mode, delete_missing=delete_missing, lookups=said.lookups)
    with _collector_at_rest(), staged as staging:
        notes = _stage(plan, found, staging, report)
        return replace(found, preview=staging.finish(partial(_title, found), file.name), notes=notes)


def first_rows(source: Source, count: int = SAMPLE_ROWS) -> list[list[str]]:
    """Return the cells of the first rows of a file; PlannerError where it is broken there."""
    return next((batch.rows[:count] for batch in source.batches()), [])


def apply(plan: Plan, found: Found, *, without: Collection[int] = ()) -> ChangeSet:
    """Take a preview in as one edit, without some rows (by their ids in its changes).

    PlannerError when there is nothing to take in; ConflictError when the plan has moved on in the same cells.
    """
    return plan.apply_draft(_draft(found), without, partial(_title, found))


def effect(plan: Plan, found: Found, *, without: Collection[int] = ()) -> tuple[CoverEffect, ...] | None:
    """Return how a preview, without some rows, would move cover; None where it has too many rows to try it."""
    if found.preview.draft is None:
        return ()
    return None if found.preview.count > EFFECT_ROWS else plan.effect(found.preview.draft, without)


def narrowed(plan: Plan, found: Found, rows: Collection[int]) -> Found:
    """Leave rows (by their ids in its changes) out of a preview for good; PlannerError when nothing would be left."""
    changes = plan.narrow_draft(_draft(found), rows, partial(_title, found))
    touch = changes.touches[0]
    done = replace(found.preview, changes=changes, new=touch.created, changed=touch.changed, deleted=touch.deleted)
    return replace(found, preview=done)


def _draft(found: Found) -> int:
    if found.preview.draft is None:
        raise PlannerError(f"{found.source.path.name} changes nothing in {found.table}: there is nothing to import.")
    return found.preview.draft


_NOTHING: Final = Preview(None, 0, 0, 0, (), None)


def _stage(plan: Plan, found: Found, staging: Staging, report: Report) -> tuple[str, ...]:
    """Stage the rows of a file; returns what was left out, converted or spread on the way."""
    table = TABLES[found.table]
    columns = Columns(found.mapping, found.source, table, Bases(plan, table.name))
    keys = Columns(_keys_of(found.mapping, table.name), found.source, table)
    staging.call_lines(partial(place_text, found.source))
    for batch in found.batches():
        lines, values, problems = columns.parse(batch)
        if problems:
            staging.refuse(problems)
            _note_refused(staging, keys, batch, problems)
        staging.add(lines, values)
        report(batch.done)
    return (*found.source.notes, *columns.notes)


def place_text(source: Source, line: int) -> str:
    """Return what people call a line of a batch: the row of the file, and the column where it has one of its own."""
    row, heading = source.place(line)
    return f"{row} ({heading})" if heading else f"{row}"


def _keys_of(mapping: Mapping, table: str) -> Mapping:
    """Return the mapping of the key alone."""
    pairs = zip(mapping.fields, mapping.columns, strict=True)
    by_field = {field: column for field, column in pairs if field.key}
    fields = TABLES[table].key
    return replace(mapping, fields=fields, columns=tuple(by_field[field] for field in fields))


def _note_refused(staging: Staging, keys: Columns, batch: Batch, problems: Collection[Problem]) -> None:
    """Tell which records the refused rows of a batch mean: they stand in the file, and are not to be deleted."""
    bad = {problem.line for problem in problems}
    rows = {line: row for line, row in zip(batch.lines, batch.rows, strict=True) if line in bad}
    found, values, _ = keys.parse(Batch.of_rows(list(rows), list(rows.values()), batch.done))
    staging.note_refused(values, len(rows) - len(set(found)))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector from walking through rows that come and go: half the time of an import was that."""
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.enable()


def _title(found: Found, new: int, changed: int, deleted: int) -> str:
    counted = ((new, "new"), (changed, "changed"), (deleted, "deleted"))
    counts = ", ".join(f"{count:,} {word}" for count, word in counted if count)
    return f"Import {TABLES[found.table].title.lower()} from {found.source.path.name}: {counts}"
