"""What an edit changed, as rows of texts: one for each field that differs, one for a new or deleted record."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from planner.changes import Change, ChangeSet
from planner.model import TABLES, Record
from ui.grids.formats import locale_id, shown

Kind = Literal["new", "changed", "deleted"]
CHANGE_HEADINGS: Final = ("Table", "Record", "Field", "Before", "After")
AFTER_COLUMN: Final = 4
# An import may have a million rows.
ROWS_LISTED: Final = 2_000


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One row; `field` is empty for a whole record, whose values stand in one text then."""

    kind: Kind
    table: str
    record: str
    field: str
    before: str
    after: str


def rows_of(change: Change) -> Iterator[ChangeRow]:
    """Return the rows of one change, in the person's locale."""
    locale = locale_id()
    title = TABLES[change.table].singular
    if change.before is None or change.after is None:
        before, after = (_summary(record, locale) for record in (change.before, change.after))
        kind: Kind = "new" if change.before is None else "deleted"
        yield ChangeRow(kind, title, change.label, "", before, after)
        return
    for field in change.differing():
        before, after = (shown(field, getattr(record, field.attr), locale) for record in (change.before, change.after))
        yield ChangeRow("changed", title, change.label, field.heading, before, after)


def change_texts(changes: ChangeSet) -> list[tuple[str, ...]]:
    """Return what an edit changed under `CHANGE_HEADINGS`, up to a limit that is said at the end."""
    found = (row for change in changes for row in rows_of(change))
    rows: list[tuple[str, ...]] = [
        (row.table, row.record, row.field or row.kind, row.before, row.after) for row in islice(found, ROWS_LISTED)
    ]
    if len(rows) == ROWS_LISTED:
        rows.append(("…", f"and more: {changes.count:,} records in all", "", "", ""))
    return rows


def _summary(record: Record | None, locale: str) -> str:
    if record is None:
        return ""
    pairs = ((f, shown(f, getattr(record, f.attr), locale)) for f in TABLES[record.table].fields if not f.key)
    return ", ".join(f"{field.title.lower()} {text} {field.unit}".rstrip() for field, text in pairs if text)
