"""What an edit changed, as rows of texts: one for each field that differs, one for a new or deleted record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from planner.changes import Change
from planner.model import TABLES, Record
from ui.grids.formats import locale_id, shown

Kind = Literal["new", "changed", "deleted"]


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


def _summary(record: Record | None, locale: str) -> str:
    if record is None:
        return ""
    pairs = ((f, shown(f, getattr(record, f.attr), locale)) for f in TABLES[record.table].fields if not f.key)
    return ", ".join(f"{field.title.lower()} {text} {field.unit}".rstrip() for field, text in pairs if text)
