"""What `import --all` does: every table of a folder or a workbook, and a table of what became of each."""

from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from planner.cli.group import DONE, IN_PART, NOT_DONE, answer, opened, table_of
from planner.errors import PlannerError
from planner.exchange.read_all import ReadAll, TableResult, read_all, rehearsed
from planner.plan import Mode

_COUNTS: Final = ("new", "changed", "same", "refused")
_SHOWN_PROBLEMS: Final = 20


def check_alone(table: str | None, rejects: Path | None) -> None:
    """Raise PlannerError when a table is named, or a file for its refused rows, beside --all."""
    if table is not None or rejects is not None:
        raise PlannerError("--all brings in every table: name neither a TABLE nor --rejects.")


def named(table: str | None, file: Path | None) -> tuple[str, Path]:
    """Return the table and the file of an import without --all; click.UsageError unless both are named."""
    if table is None or file is None:
        raise click.UsageError("Name the TABLE and the FILE, or bring in every table by --all.")
    return table, file


def import_all(  # noqa: PLR0913 - one parameter for each option
    plan: Path, source: Path, mode: Mode, *, dry_run: bool, whole: bool, as_json: bool
) -> int:
    """Bring every table of a folder or workbook into a plan and say what became of each; return the exit status."""
    with opened(plan, to_write=True) as opened_plan:
        done = rehearsed(opened_plan, source, mode) if dry_run else read_all(opened_plan, source, mode, whole=whole)
    if as_json:
        answer({"kept": done.kept, "tables": [_told(each) for each in done.results], "others": list(done.others)})
    else:
        _say(done, dry_run=dry_run)
    if done.sound:
        return DONE
    held = any(each.new or each.changed or each.same for each in done.results)
    return IN_PART if held and (done.kept or dry_run) else NOT_DONE


def _told(result: TableResult) -> dict[str, object]:
    return {**asdict(result), "problems": [asdict(problem) for problem in result.problems]}


def _say(done: ReadAll, *, dry_run: bool) -> None:
    rows = [("table", *_COUNTS), *((r.table, *(str(getattr(r, count)) for count in _COUNTS)) for r in done.results)]
    click.echo(table_of(rows, frozenset(range(1, len(rows[0])))))
    for result in done.results:
        if result.trouble:
            click.echo(f"{result.source}: {result.trouble}", err=True)
        for problem in result.problems[:_SHOWN_PROBLEMS]:
            where = f"{result.source}, line {problem.line}"
            click.echo(f"{where}: {problem.field} {problem.value!r}: {problem.reason}", err=True)
        if len(result.problems) > _SHOWN_PROBLEMS:
            click.echo(f"{result.source}: and {len(result.problems) - _SHOWN_PROBLEMS} more", err=True)
    if done.others:
        click.echo(f"Left out, for no table: {', '.join(done.others)}.", err=True)
    if not done.kept:
        click.echo("Nothing was changed (dry run)." if dry_run else "Nothing was changed: not every row can go in.")
