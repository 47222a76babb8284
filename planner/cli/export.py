"""Commands that write a plan as files: a table, every table, the call-off schedules of suppliers."""

import sys
from pathlib import Path
from typing import Final

import click

from planner.cli.figures import MonthOption
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened
from planner.errors import PlannerError
from planner.exchange.calloff import call_offs, suppliers
from planner.exchange.calloff_files import PEOPLE, write_schedules
from planner.exchange.csv_export import CsvStyle, export
from planner.exchange.datapackage import export_package
from planner.exchange.workbook_export import export_plan, export_workbook
from planner.model import table_named
from planner.plan import Plan
from planner.units import Month

WORKBOOK: Final = ".xlsx"
_TARGET: Final = click.Path(path_type=Path)


@click.command("export")
@PLAN
@click.argument("table", required=False)
@click.argument("file", required=False, type=_TARGET)
@click.option(
    "--all", "everything", type=_TARGET, help="Write every table: into one workbook (.xlsx), or a folder (CSV)."
)
@click.option("--locale", help="For people: titles, units, and the decimal mark of a locale such as fr or de_CH.")
@AS_JSON
def export_table(  # noqa: PLR0913 - one parameter for each option
    plan: Path, table: str | None, file: Path | None, *, everything: Path | None, locale: str | None, as_json: bool
) -> int:
    """Write a TABLE of PLAN to FILE: a workbook (.xlsx), else CSV; or as CSV to standard output.

    CSV is for machines unless --locale is given. With --all, PLAN goes as a whole into a workbook, or into a folder as
    a data package: a CSV file for each table, and datapackage.json, which describes them.
    """
    if everything is not None:
        if table is not None or locale is not None:
            raise PlannerError("--all writes every table, for machines: name neither a TABLE nor --locale.")
        return _write_all(plan, everything, as_json=as_json)
    if table is None:
        raise PlannerError("Name the TABLE to write, or every table by --all FOLDER or --all FILE.xlsx.")
    if file is None and as_json:
        raise PlannerError("--json tells about a written file: name the FILE to write.")
    with opened(plan) as opened_plan:
        rows = _write(opened_plan, table_named(table).name, file, locale)
    if file is not None and as_json:
        answer({"file": str(file), "table": table, "rows": rows})
    elif file is not None:
        click.echo(f"Wrote {rows} {table} to {file}.")
    return DONE


def _write(plan: Plan, table: str, file: Path | None, locale: str | None) -> int:
    if file is not None and file.suffix.lower() == WORKBOOK:
        if locale is not None:
            raise PlannerError("A workbook has no locale: a spreadsheet shows its numbers in the reader's own.")
        return export_workbook(plan, table, file)
    return export(plan, table, sys.stdout.buffer if file is None else file, locale=locale, people=locale is not None)


def _write_all(plan: Path, target: Path, *, as_json: bool) -> int:
    with opened(plan) as opened_plan:
        write = export_plan if target.suffix.lower() == WORKBOOK else export_package
        rows = write(opened_plan, target)
    if as_json:
        answer({"target": str(target), "rows": rows})
    else:
        click.echo(f"Wrote {rows} rows of all tables to {target}.")
    return DONE


@click.command()
@PLAN
@click.argument("target", type=_TARGET)
@click.option("--supplier", "codes", multiple=True, help="The code of a supplier; may be repeated. Default: all.")
@click.option("--from", "start", type=MonthOption(), help="The first month, as 2025-01. Default: of the deliveries.")
@click.option("--to", "end", type=MonthOption(), help="The last month, as 2031-12. Default: of the deliveries.")
@click.option(
    "--stages",
    type=click.Choice(["firm", "all"]),
    default="firm",
    show_default=True,
    help="firm: what is agreed; all: memoranda and letters of intent too.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(["xlsx", "csv"]),
    default="xlsx",
    show_default=True,
    help="The files in a folder.",
)
@click.option("--locale", default="en", show_default=True, help="How CSV is written, such as fr or de_CH.")
@AS_JSON
def calloff(  # noqa: PLR0913 - one parameter for each option
    plan: Path,
    target: Path,
    *,
    codes: tuple[str, ...],
    start: Month | None,
    end: Month | None,
    stages: str,
    kind: str,
    locale: str,
    as_json: bool,
) -> int:
    """Write what suppliers are to deliver, month by month, to TARGET: no prices, and no other supplier in a file.

    TARGET is a folder (a file for each supplier), a workbook (.xlsx, a sheet for each), or a CSV file for one. Months
    stand across; what is planned, confirmed and received stands apart, with totals by line and by month.
    """
    agreed = stages == "firm"
    style = CsvStyle(locale, people=True) if locale != PEOPLE.locale else PEOPLE
    style.check()
    with opened(plan) as opened_plan:
        wanted = codes or tuple(each.code for each in suppliers(opened_plan, agreed_only=agreed))
        if not wanted:
            raise PlannerError(
                f"{plan.name} has no agreed contract; --stages all takes memoranda and letters of intent."
            )
        made = [call_offs(opened_plan, code, start, end, agreed_only=agreed) for code in dict.fromkeys(wanted)]
        files = write_schedules(made, target, f".{kind}", style)
    left_out = {reference: stage for schedule in made for reference, stage in schedule.left_out}
    for reference, stage in left_out.items():
        click.echo(f"{reference} is left out: it is of the stage {stage.lower()}.", err=True)
    if as_json:
        answer(
            {"files": list(map(str, files)), "suppliers": [each.supplier.code for each in made], "left_out": left_out}
        )
    else:
        click.echo("\n".join(f"Wrote {file}." for file in files))
    return DONE
