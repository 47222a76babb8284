"""Commands about the plan as a whole: make one, list its tables, its history, take edits back, check it."""

from pathlib import Path

import click

from planner.changes import ChangeSet, login_name
from planner.cli.group import AS_JSON, COUNT, DONE, IN_PART, NOT_DONE, PLAN, answer, opened, table_of
from planner.errors import PlannerError
from planner.exchange.samples import create
from planner.fields import Choice, Field, target_of
from planner.model import TABLES, Record
from planner.plan import SUFFIX, Plan


@click.command()
@PLAN
@click.option("--sample", is_flag=True, help="Fill it with the sample plan.")
@AS_JSON
def new(plan: Path, *, sample: bool, as_json: bool) -> int:
    """Make a new PLAN with the reference materials and chemistries."""
    if plan.suffix != SUFFIX:
        raise PlannerError(f"{plan.name} does not end in {SUFFIX}; name the plan {plan.name}{SUFFIX}.")
    with create(plan, login_name(), sample=sample) as made:
        counts = {name: made.count(name) for name in TABLES}
    if as_json:
        answer({"plan": str(plan), "records": counts})
    else:
        click.echo(f"Made {plan} with {sum(counts.values())} records.")
    return DONE


@click.command()
@AS_JSON
def tables(*, as_json: bool) -> int:
    """List every table and its fields: name, title, unit, kind, whether it must be filled in, and what it means."""
    if as_json:
        answer(
            {
                "tables": [
                    {"name": table.name, "title": table.title, "fields": [_described(field) for field in table.fields]}
                    for table in TABLES.values()
                ]
            }
        )
        return DONE
    for table in TABLES.values():
        click.secho(f"{table.name}", bold=True)
        heading = ("  field", "unit", "kind", "must", "meaning")
        rows = [
            (f"  {f.name}{'*' if f.key else ''}", f.unit, f.kind.name, "yes" if f.required else "", f.help)
            for f in table.fields
        ]
        click.echo(table_of([heading, *rows]) + "\n")
    click.echo("* part of the key that tells one record from another")
    return DONE


def _described(field: Field) -> dict[str, object]:
    target = target_of(field.kind)
    return {
        "name": field.name,
        "title": field.title,
        "unit": field.unit,
        "kind": field.kind.name,
        "required": field.required,
        "key": field.key,
        "help": field.help,
        "choices": [word for word, _ in field.kind.words] if isinstance(field.kind, Choice) else None,
        "refers_to": None if target is None else target[0],
    }


@click.command()
@PLAN
@click.option("--edit", "number", type=COUNT, help="Show every change of one edit.")
@click.option("--limit", type=COUNT, default=1000, show_default=True, help="At most so many edits, the newest first.")
@AS_JSON
def history(plan: Path, *, number: int | None, limit: int, as_json: bool) -> int:
    """List the edits of PLAN: number, time, person, title and what each changed."""
    with opened(plan) as opened_plan:
        if number is not None:
            return _one_edit(opened_plan, number, as_json=as_json)
        edits = [opened_plan.changes(edit.number) for edit in opened_plan.history(limit) if edit.number is not None]
        if as_json:
            answer({"edits": [_edit(changes) for changes in edits]})
            return DONE
        heading = ("edit", "time (UTC)", "person", "state", "records", "title")
        rows = [
            (
                str(c.edit.number),
                f"{c.edit.time:%Y-%m-%d %H:%M}",
                c.edit.person,
                c.edit.state,
                str(c.count),
                c.edit.title,
            )
            for c in edits
        ]
        click.echo(table_of([heading, *rows], frozenset({0, 4})))
    return DONE


def _one_edit(plan: Plan, number: int, *, as_json: bool) -> int:
    changes = plan.changes(number)
    if as_json:
        details = [
            {"table": c.table, "record": c.label, "before": _texts(c.before), "after": _texts(c.after)} for c in changes
        ]
        answer({**_edit(changes), "details": details})
        return DONE
    click.echo(f"Edit {number}: {changes.edit.title} ({changes.edit.person}, {changes.edit.time:%Y-%m-%d %H:%M} UTC)")
    for change in changes:
        click.echo(f"  {change.table} {change.label}")
        for field in change.differing():
            before, after = (_texts(record).get(field.name, "") for record in (change.before, change.after))
            click.echo(f"    {field.name}: {before or '(empty)'} -> {after or '(empty)'}")
    return DONE


def _texts(record: Record | None) -> dict[str, str]:
    if record is None:
        return {}
    return {field.name: field.format(getattr(record, field.attr)) for field in TABLES[record.table].fields}


def _edit(changes: ChangeSet) -> dict[str, object]:
    return {
        "number": changes.edit.number,
        "time": changes.edit.time.isoformat(),
        "person": changes.edit.person,
        "title": changes.edit.title,
        "state": changes.edit.state,
        "changes": {touch.table: touch.count for touch in changes.touches},
    }


@click.command()
@PLAN
@click.option("--edit", "number", type=COUNT, help="Take back this edit of the history instead of the last.")
@AS_JSON
def undo(plan: Path, *, number: int | None, as_json: bool) -> int:
    """Take back the last edit of PLAN, or an older one that nothing later touched."""
    with opened(plan, to_write=True) as opened_plan:
        changes = opened_plan.undo() if number is None else opened_plan.undo_edit(number)
        return _told("Undone", changes, "There is nothing to undo.", as_json=as_json)


@click.command()
@PLAN
@AS_JSON
def redo(plan: Path, *, as_json: bool) -> int:
    """Bring back what was undone last in PLAN."""
    with opened(plan, to_write=True) as opened_plan:
        return _told("Redone", opened_plan.redo(), "There is nothing to redo.", as_json=as_json)


def _told(done: str, changes: ChangeSet | None, nothing: str, *, as_json: bool) -> int:
    if changes is None:
        raise PlannerError(nothing)
    if as_json:
        answer({"edit": changes.edit.number, "title": changes.edit.title, "records": changes.count})
    else:
        click.echo(f"{done}: {changes.edit.title} ({changes.count} {'record' if changes.count == 1 else 'records'})")
    return DONE


@click.command()
@PLAN
@AS_JSON
def check(plan: Path, *, as_json: bool) -> int:
    """Check that the file of PLAN is sound, and list the findings: what somebody should look at."""
    with opened(plan) as opened_plan:
        broken = opened_plan.integrity()
        found = [] if broken else opened_plan.findings()
    if as_json:
        listed = [{"severity": f.severity, "place": f.place, "text": f.text, "remedy": f.remedy} for f in found]
        answer({"integrity": broken or ["ok"], "findings": listed})
    else:
        click.echo("The file is sound." if not broken else "\n".join(broken))
        rows = [("severity", "place", "finding", "remedy"), *((f.severity, f.place, f.text, f.remedy) for f in found)]
        click.echo(table_of(rows) if found else "No findings.")
    if broken:
        return NOT_DONE
    return IN_PART if any(finding.severity == "error" for finding in found) else DONE
