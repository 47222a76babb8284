"""What a table's references lead to: the codes to choose from, and whether an edit renamed one of them."""

from planner.changes import ChangeSet
from planner.fields import Reference
from planner.model import TABLES, Table
from planner.plan import Plan


def referenced(plan: Plan, kind: Reference) -> tuple[str, ...]:
    """Return the codes that a reference may hold, in order."""
    attrs = [field.attr for field in TABLES[kind.table].fields]
    at = attrs.index(kind.part or TABLES[kind.table].key[0].attr)
    return tuple(sorted({str(values[at]) for values in plan.values(kind.table)}))


def described(plan: Plan, kind: Reference) -> tuple[tuple[str, str], ...]:
    """Return the codes that a reference may hold, in order, each with the name of its record where it has one."""
    fields = {field.attr for field in TABLES[kind.table].fields}
    name = next((attr for attr in ("name", "title") if attr in fields), None)
    if kind.part or name is None:
        return tuple((code, "") for code in referenced(plan, kind))
    code = TABLES[kind.table].key[0].attr
    found = ((str(getattr(row.record, code)), str(getattr(row.record, name))) for row in plan.rows(kind.table))
    return tuple(sorted(found))


def roots(table: Table) -> frozenset[str]:
    """Return the tables that a table refers to, directly or through others."""
    found = set(table.refers_to)
    for name in table.refers_to:
        found |= roots(TABLES[name])
    return frozenset(found)


def renamed(changes: ChangeSet, table: Table) -> bool:
    """Tell whether an edit changed a key that records of the table show, or too much to tell."""
    above = roots(table)
    touched = [touch for touch in changes.touches if touch.table in above]
    if not touched:
        return False
    if any(touch.rows is None for touch in touched):
        return True
    return any(
        change.before is not None
        and change.after is not None
        and TABLES[change.table].key_of(change.before) != TABLES[change.table].key_of(change.after)
        for change in changes
        if change.table in above
    )
