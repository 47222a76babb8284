"""The command that lists what somebody should look at."""

from datetime import date
from pathlib import Path

import click

from planner.checks import CHECKS, Finding
from planner.cli.group import AS_JSON, DONE, IN_PART, PLAN, answer, opened, table_of
from planner.commands import fix_of
from planner.fields import Value
from planner.units import Month


@click.command()
@PLAN
@click.option("--muted", is_flag=True, help="List those that somebody has put aside, too.")
@click.option(
    "--check",
    type=click.Choice([check.id for check in CHECKS]),
    metavar="ID",
    help=f"Only what one check finds: {', '.join(check.id for check in CHECKS)}.",
)
@AS_JSON
def findings(plan: Path, *, muted: bool, check: str | None, as_json: bool) -> int:
    """List what somebody should look at in PLAN: how grave, where, what, what to do, and the fix where one is obvious.

    The exit status is 1 when an error is listed that nobody has put aside.
    """
    with opened(plan) as opened_plan:
        found = [each for each in opened_plan.findings(muted=muted) if check in {None, each.check}]
    if as_json:
        answer({"findings": [_described(each) for each in found]})
    else:
        heading = ("severity", "check", "place", "finding", "remedy")
        rows = [(_severity(each), each.check, each.place, each.text, each.remedy) for each in found]
        click.echo(table_of([heading, *rows]) if found else "No findings.")
    return IN_PART if any(each.severity == "error" and each.muted_until is None for each in found) else DONE


def _severity(finding: Finding) -> str:
    return finding.severity if finding.muted_until is None else f"muted until {finding.muted_until}"


def _described(finding: Finding) -> dict[str, object]:
    fix = fix_of(finding)
    return {
        "check": finding.check,
        "severity": finding.severity,
        "place": finding.place,
        "text": finding.text,
        "remedy": finding.remedy,
        "table": finding.table,
        "key": [_plain(value) for value in finding.key],
        "fix": None if fix is None else fix.title,
        "muted_until": None if finding.muted_until is None else finding.muted_until.isoformat(),
    }


def _plain(value: Value) -> object:
    return str(value) if isinstance(value, Month | date) else value
