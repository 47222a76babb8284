"""The command that brings files into a plan."""

from dataclasses import replace
from pathlib import Path

import click
from babel.core import UnknownLocaleError

from planner.cli.everything import check_alone, import_all, named
from planner.cli.group import AS_JSON, DONE, IN_PART, NOT_DONE, PLAN, answer, opened
from planner.cli.profiles import Wishes, mapping_options
from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.dialect import Dialect
from planner.exchange.rejects import write_rejects
from planner.fields.numbers import decimal_mark
from planner.model import table_named
from planner.plan import Mode, Plan, Problem

PROBLEMS_PRINTED = 20


@click.command("import")
@PLAN
@click.argument("table", required=False)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--all",
    "everything",
    type=click.Path(path_type=Path),
    help="Bring in every table of a workbook or of a folder of CSV files, which may be a data package.",
)
@click.option("--whole", is_flag=True, help="With --all: change nothing unless every row can go in.")
@click.option(
    "--mode",
    type=click.Choice([mode.value for mode in Mode]),
    default=Mode.UPSERT.value,
    show_default=True,
    help="Add new records only, change existing ones only, or both.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--rejects", type=click.Path(path_type=Path), help="Write the refused rows here, each with its reason.")
@click.option("--sheet", default="", help="Read this sheet of a workbook, not the likeliest one.")
@click.option("--locale", help="Read numbers as this locale writes them, such as fr, de_CH or en; told from the file.")
@click.option("--delete-missing", is_flag=True, help="Delete the records of TABLE that FILE does not name.")
@mapping_options
@AS_JSON
def import_file(  # noqa: PLR0913 - one parameter for each option
    plan: Path,
    table: str | None,
    file: Path | None,
    *,
    everything: Path | None,
    whole: bool,
    mode: str,
    dry_run: bool,
    rejects: Path | None,
    sheet: str,
    locale: str | None,
    delete_missing: bool,
    wishes: Wishes,
    as_json: bool,
) -> int:
    """Bring FILE into a TABLE of PLAN: good rows go in as one edit, refused ones are told with their reason.

    FILE is CSV, TSV or text, or a workbook: .xlsx, .xlsm, .xls, .ods.
    """
    if everything is not None:
        check_alone(table, rejects)
        if sheet or locale or delete_missing:
            raise PlannerError("--all brings in every table: --sheet, --locale and --delete-missing are for one FILE.")
        wishes.check_none()
        return import_all(plan, everything, Mode(mode), dry_run=dry_run, whole=whole, as_json=as_json)
    table, file = named(table, file)
    with opened(plan, to_write=True) as opened_plan:
        target = table_named(table)
        understood = wishes.understood(file, target, sheet)
        understood = replace(understood, dialect=_with_locale(understood.dialect, locale))
        found = imports.preview(
            opened_plan,
            target.name,
            file,
            mode=Mode(mode),
            dialect=understood.dialect,
            choice=understood.choice,
            delete_missing=delete_missing,
        )
        wishes.keep(understood, target, found.mapping)
        edit = _taken(opened_plan, found, dry_run=dry_run)
        if rejects is not None and found.preview.problems:
            write_rejects(found, rejects)
    for sentence in (*understood.said_of(found.mapping, file.name), *found.notes):
        click.echo(sentence, err=True)
    counts = _counts(found, delete_missing=delete_missing)
    if as_json:
        answer({**counts, "edit": edit, "problems": [_told(found, problem) for problem in _all(found)]})
    else:
        click.echo(", ".join(f"{kind} {count}" for kind, count in counts.items()) + (" (dry run)" if dry_run else ""))
        _say_problems(found)
    if delete_missing and found.preview.unsure:
        click.echo(_unsure(found.preview.unsure), err=True)
    if not found.preview.refused and not found.preview.staying:
        return DONE
    return IN_PART if found.preview.count + found.preview.same else NOT_DONE


def _with_locale(dialect: Dialect, locale: str | None) -> Dialect:
    if locale is None:
        return dialect
    try:
        decimal_mark(locale)
    except (UnknownLocaleError, ValueError) as error:
        raise PlannerError(f"There is no locale {locale!r}; name one such as fr, de_CH or en.") from error
    return replace(dialect, locale=locale, doubt="")


def _taken(plan: Plan, found: imports.Found, *, dry_run: bool) -> int | None:
    """Apply the draft, or forget it; returns the number of the edit."""
    if found.preview.draft is None:
        return None
    if dry_run:
        plan.discard_draft(found.preview.draft)
        return None
    return imports.apply(plan, found).edit.number


def _counts(found: imports.Found, *, delete_missing: bool) -> dict[str, int]:
    preview = found.preview
    counts = {"new": preview.new, "changed": preview.changed, "same": preview.same, "refused": preview.refused}
    return {**counts, "deleted": preview.deleted} if delete_missing else counts


def _all(found: imports.Found) -> list[Problem]:
    """Return why rows are refused, and why records that the file no longer has stay: these stand on no line."""
    staying = [Problem(0, "", each.record, each.reason) for each in found.preview.staying]
    return [*found.preview.problems, *staying]


def _unsure(count: int) -> str:
    rows = "1 refused row does" if count == 1 else f"{count:,} refused rows do"
    return f"Nothing was deleted: {rows} not say which record is meant. Mend the file and import it again."


def _told(found: imports.Found, problem: Problem) -> dict[str, object]:
    line = found.source.place(problem.line)[0] if problem.line else None
    return {"line": line, "field": problem.field, "value": problem.value, "reason": problem.reason}


def _say_problems(found: imports.Found) -> None:
    problems = _all(found)
    for p in problems[:PROBLEMS_PRINTED]:
        where = f"line {imports.place_text(found.source, p.line)}: {p.field} {p.value!r}" if p.line else p.value
        click.echo(f"{where}: {p.reason}", err=True)
    if len(problems) > PROBLEMS_PRINTED:
        more = len(problems) - PROBLEMS_PRINTED
        click.echo(f"... and {more} more; --rejects FILE writes them all, --json prints them", err=True)
