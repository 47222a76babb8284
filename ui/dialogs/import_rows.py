"""What an import would do, as rows of a grid: new, changed, the same, refused with the reason, deleted."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from planner.changes import Change
from planner.exchange.imports import Found, place_text
from planner.fields import Field
from planner.model import TABLES, Record
from planner.plan import Plan, Problem
from ui.grids.formats import locale_id, shown

Kind = Literal["new", "changed", "same", "refused", "deleted"]
KINDS: Final[tuple[Kind, ...]] = ("new", "changed", "same", "refused", "deleted")
# So many rows of a kind are listed, out of so many that are looked at: a file may have a million.
LISTED: Final = 500
LOOKED_AT: Final = 20_000


@dataclass(frozen=True, slots=True)
class ImportCell:
    """A cell: what it holds, what it held where that changes, and whether it is what the row is refused for."""

    text: str
    before: str | None = None
    bad: bool = False


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the file, or a record that goes.

    `label` is what people call the record, of a refused row its line. `row` is its id in the changes of the draft,
    `line` that in the batches of the file; each is None for the other kinds. `file_columns` are those of the cells.
    """

    kind: Kind
    label: str
    cells: tuple[ImportCell, ...]
    row: int | None = None
    line: int | None = None
    reason: str = ""
    file_columns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewRows:
    """The first rows of each kind under the fields of the file, and how many there are in all."""

    fields: tuple[Field, ...]
    by_kind: Mapping[Kind, Sequence[ImportRow]] = field(default_factory=dict)
    counts: Mapping[Kind, int] = field(default_factory=dict)


def preview_rows(plan: Plan, found: Found, left_out: Collection[str], report: Callable[[float], object]) -> PreviewRows:
    """Return the first rows of each kind; those of the records in `left_out` among them, wherever they stand."""
    preview, fields = found.preview, found.mapping.fields
    listed: dict[Kind, list[ImportRow]] = {"new": [], "changed": [], "deleted": []}
    missing = set(left_out)
    for looked, change in enumerate(preview.changes or ()):
        full = all(len(rows) >= LISTED for rows in listed.values())
        if (looked >= LOOKED_AT or full) and not missing:
            break
        if looked % LISTED == 0:
            report(1.0)
        kind = _kind(change)
        if len(listed[kind]) < LISTED or change.label in missing:
            listed[kind].append(_changed(change, kind, fields))
        missing.discard(change.label)
    same = [_same(row.record, fields) for row in plan.rows_by_ids(found.table, preview.same_rows)]
    refused = [*_staying(found), *_refused(found, report)]
    counts: dict[Kind, int] = {
        "new": preview.new,
        "changed": preview.changed,
        "same": preview.same,
        "refused": preview.refused + len(preview.staying),
        "deleted": preview.deleted,
    }
    return PreviewRows(fields, {**listed, "same": same, "refused": refused}, counts)


def _kind(change: Change) -> Kind:
    if change.before is None:
        return "new"
    return "deleted" if change.after is None else "changed"


def _changed(change: Change, kind: Kind, fields: Sequence[Field]) -> ImportRow:
    record = change.after or change.before
    cells = () if record is None else tuple(_cell(each, record, change.before, kind) for each in fields)
    return ImportRow(kind, change.label, cells, row=change.row)


def _cell(of: Field, record: Record, before: Record | None, kind: Kind) -> ImportCell:
    text = shown(of, getattr(record, of.attr), locale_id())
    if kind != "changed" or before is None:
        return ImportCell(text)
    was = shown(of, getattr(before, of.attr), locale_id())
    return ImportCell(text, None if was == text else was)


def _same(record: Record, fields: Sequence[Field]) -> ImportRow:
    cells = tuple(ImportCell(shown(each, getattr(record, each.attr), locale_id())) for each in fields)
    return ImportRow("same", TABLES[record.table].label(record), cells)


def _staying(found: Found) -> Iterator[ImportRow]:
    """Give the records that were to go and stay."""
    empty = (ImportCell(""),) * (len(found.mapping.fields) - 1)
    for each in found.preview.staying[:LISTED]:
        yield ImportRow("refused", each.record, (ImportCell(each.record), *empty), reason=each.reason)


def _refused(found: Found, report: Callable[[float], object]) -> Iterator[ImportRow]:
    """Give the first refused rows as they stand in the file."""
    problems: dict[int, list[Problem]] = {}
    for problem in found.preview.problems:
        if problem.line in problems or len(problems) < LISTED:
            problems.setdefault(problem.line, []).append(problem)
    for batch in found.batches() if problems else ():
        # The file was read already: this is told only so that it can be cancelled.
        report(1.0)
        # A quarter is refused as three rows of one line.
        rows = {line: row for line, row in zip(batch.lines, batch.rows, strict=True) if line in problems}
        for line, row in rows.items():
            yield _refused_row(found, line, row, problems.pop(line))
        if not problems:
            return


def _refused_row(found: Found, line: int, row: Sequence[str], problems: Sequence[Problem]) -> ImportRow:
    bad = {name for problem in problems for name in problem.field.split(", ")}
    columns = found.mapping.columns
    cells = tuple(
        ImportCell(row[at] if 0 <= at < len(row) else "", bad=each.name in bad)
        for each, at in zip(found.mapping.fields, columns, strict=True)
    )
    reason = "; ".join(_sentence(found, problem) for problem in problems)
    return ImportRow("refused", place_text(found.source, line), cells, line=line, reason=reason, file_columns=columns)


def _sentence(found: Found, problem: Problem) -> str:
    """Return a reason under what people call the fields."""
    of = TABLES[found.table]
    fields = ((name, of.field(name)) for name in problem.field.split(", ") if name)
    names = ", ".join(name if each is None else each.title for name, each in fields)
    return f"{names}: {problem.reason}" if names else problem.reason
