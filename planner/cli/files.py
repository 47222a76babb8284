"""Commands that move tables in and out of a plan as files."""

import sys
from pathlib import Path

import click

from planner.cli.group import AS_JSON, DONE, IN_PART, NOT_DONE, PLAN, answer, opened
from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.csv_export import export
from planner.model import table_named
from planner.plan import Mode

PROBLEMS_PRINTED = 20


@click.command("import")
@PLAN
@click.argument("table")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.UPSERT.value,
    show_default=True,
    help="Add new records only, change existing ones only, or both.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Write the refused rows here, each with its reason.")
@AS_JSON
def import_file(  # noqa: PLR0913 - one parameter for each option
    plan: Path, table: str, file: Path, *, mode: str, dry_run: bool, rejects: Path | None, as_json: bool
) -> int:
    """Bring FILE (CSV) into a TABLE of PLAN: good rows go in as one edit, refused ones are told with their reason."""
    with opened(plan, to_write=True) as opened_plan:
        found = imports.preview(opened_plan, table_named(table).name, file, mode=Mode(mode))
        preview = found.preview
        edit = None
        if dry_run and preview.draft is not None:
            opened_plan.discard_draft(preview.draft)
        elif preview.draft is not None:
            edit = opened_plan.apply_draft(preview.draft).edit.number
        if rejects is not None and preview.problems:
            imports.write_rejects(found, rejects)
    if found.source.dialect.doubt:
        click.echo(found.source.dialect.doubt, err=True)
    counts = {"new": preview.new, "changed": preview.changed, "same": preview.same, "refused": preview.refused}
    if as_json:
        problems = [{"line": p.line, "field": p.field, "value": p.value, "reason": p.reason} for p in preview.problems]
        answer({**counts, "edit": edit, "problems": problems})
    else:
        click.echo(", ".join(f"{kind} {count}" for kind, count in counts.items()) + (" (dry run)" if dry_run else ""))
        for p in preview.problems[:PROBLEMS_PRINTED]:
            click.echo(f"line {p.line}: {p.field} {p.value!r}: {p.reason}", err=True)
        if len(preview.problems) > PROBLEMS_PRINTED:
            more = len(preview.problems) - PROBLEMS_PRINTED
            click.echo(f"... and {more} more; --rejects FILE writes them all, --json prints them", err=True)
    if not preview.refused:
        return DONE
    return IN_PART if preview.new + preview.changed + preview.same else NOT_DONE


@click.command("export")
@PLAN
@click.argument("table")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--locale", help="For people: titles, units, and the decimal mark of a locale such as fr or de_CH.")
@AS_JSON
def export_table(plan: Path, table: str, file: Path | None, *, locale: str | None, as_json: bool) -> int:
    """Write a TABLE of PLAN as CSV to FILE, or to standard output; for machines unless --locale is given."""
    if file is None and as_json:
        raise PlannerError("--json tells about a written file: name the FILE to write.")
    with opened(plan) as opened_plan:
        name = table_named(table).name
        rows = export(
            opened_plan,
            name,
            sys.stdout.buffer if file is None else file,
            locale=locale,
            people=locale is not None,
        )
    if file is not None and as_json:
        answer({"file": str(file), "table": name, "rows": rows})
    elif file is not None:
        click.echo(f"Wrote {rows} {name} to {file}.")
    return DONE
