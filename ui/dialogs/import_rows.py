"""What an import would do, as rows to read: new, changed with the difference, refused with the reason."""

from dataclasses import dataclass

from planner.model import Table
from planner.plan import Preview
from ui.grids.change_rows import ChangeRow, rows_of

HEADINGS = ("", "Record", "Field", "In the plan", "In the file", "Why refused")
# For all rows, new, changed and refused ones: the columns that say something, the last as wide as it can be.
COLUMNS = ((0, 1, 2, 3, 4, 5), (1, 4), (1, 2, 3, 4), (1, 2, 4, 5))
# So many rows of a kind are listed, out of so many that are looked at: a file may have a million.
LISTED = 500
LOOKED_AT = 20_000

TextRow = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewRows:
    """The rows by kind, and for each kind whether more there are than these."""

    new: tuple[TextRow, ...]
    changed: tuple[TextRow, ...]
    refused: tuple[TextRow, ...]


def preview_rows(preview: Preview, table: Table) -> PreviewRows:
    """Return the first rows of each kind."""
    found: dict[str, list[TextRow]] = {"new": [], "changed": []}
    for looked, change in enumerate(preview.changes or ()):
        if looked >= LOOKED_AT or all(len(rows) >= LISTED for rows in found.values()):
            break
        for row in rows_of(change):
            if len(found[row.kind]) < LISTED:
                found[row.kind].append(_texts(row))
    refused = tuple(
        ("refused", f"line {p.line:,}", _headings(table, p.field), "", p.value, p.reason)
        for p in preview.problems[:LISTED]
    )
    new = _told(found["new"], preview.new, "new")
    changed = _told(found["changed"], preview.changed, "changed")
    return PreviewRows(new, changed, _told(list(refused), preview.refused, "refused"))


def _headings(table: Table, names: str) -> str:
    """Return what people call the fields whose names a problem lists."""
    fields = ((name, table.field(name)) for name in names.split(", "))
    return ", ".join(name if field is None else field.heading for name, field in fields)


def _texts(row: ChangeRow) -> TextRow:
    return (row.kind, row.record, row.field, row.before, row.after, "")


def _told(rows: list[TextRow], count: int, kind: str) -> tuple[TextRow, ...]:
    if len(rows) < LISTED or count <= LISTED:
        return tuple(rows)
    return (*rows, ("…", f"and more: {count:,} {kind} in all", "", "", "", ""))
