"""Bringing a file into a table: a preview held as a draft edit, and the refused rows as a file to mend."""

import csv
import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planner.exchange.atomic import written
from planner.exchange.columns import Columns
from planner.exchange.csv_source import CsvSource
from planner.exchange.dialect import Dialect, detect
from planner.exchange.guard import guarded, unguarded
from planner.exchange.mapping import Mapping, match
from planner.model import table_named
from planner.plan import Mode, Plan, Preview

REASON: Final = "reason"

# Takes how much of the file is read, 0 to 1; what it raises ends the import, and nothing is kept.
Report = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Found:
    """What an import of a file would do, and how the file was understood."""

    source: CsvSource
    mapping: Mapping
    preview: Preview


def preview(  # noqa: PLR0913 - what the person can choose, each named at the call
    plan: Plan,
    table: str,
    file: Path,
    *,
    mode: Mode = Mode.UPSERT,
    dialect: Dialect | None = None,
    report: Report = lambda _: None,
) -> Found:
    """Compare a file with a table and hold the difference as a draft, which `Plan.apply_draft` takes in.

    `dialect` None: told from the file. PlannerError when the file cannot be read; the plan is as it was then.
    """
    target = table_named(table)
    source = CsvSource(file, dialect or detect(file, target))
    mapping = match(source.header, target, file.name)
    columns = Columns(mapping, len(source.header), source.locale)
    with _collector_at_rest(), plan.stage(table, mapping.fields, mode) as staging:
        for batch in source.batches():
            lines, values, problems = columns.parse(batch)
            staging.refuse(problems)
            staging.add(lines, values)
            report(batch.done)
        found = staging.finish(lambda new, changed: _title(file, target.title, new, changed), file.name)
    return Found(source, mapping, found)


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


def _title(file: Path, table: str, new: int, changed: int) -> str:
    counts = [f"{count:,} {word}" for count, word in ((new, "new"), (changed, "changed")) if count]
    return f"Import {table.lower()} from {file.name}: {', '.join(counts)}"


def write_rejects(found: Found, target: Path) -> None:
    """Write the refused rows as they stand in the file, with a column that says why; mended, it imports again.

    PlannerError when the file cannot be written.
    """
    reasons: dict[int, list[str]] = {}
    for problem in found.preview.problems:
        reasons.setdefault(problem.line, []).append(f"{problem.field}: {problem.reason}".removeprefix(": "))
    header = found.source.header
    width = len(header) - (header[-1:] == (REASON,))
    with written(target, encoding="utf-8-sig") as file:
        writer = csv.writer(file, delimiter=found.source.dialect.delimiter, lineterminator="\r\n")
        writer.writerow((*map(_guarded_once, header[:width]), REASON))
        for batch in found.source.batches():
            for line, row in zip(batch.lines, batch.rows, strict=True):
                if line in reasons:
                    cells = [_guarded_once(cell) for cell in _without_reason(row, width, len(header))]
                    writer.writerow((*cells, *[""] * (width - len(cells)), "; ".join(reasons[line])))


def _without_reason(row: Sequence[str], width: int, header: int) -> Sequence[str]:
    """Return a row without the reason that an earlier import gave; one wider than its header is left whole."""
    return row[:width] if len(row) <= header else row


def _guarded_once(cell: str) -> str:
    """Return a cell that reads as it did and is no formula; it may be guarded already."""
    return guarded(unguarded(cell))
