"""Commands that tell whether we are covered."""

from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import click

from planner.analysis import Basis, CoverRow, CoverTable, Period, Stages, Subject
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened, table_of
from planner.errors import PlannerError
from planner.units import Month

# Grams of a tonne, Wh of a GWh: what lies below is the rounding of binary fractions.
DIGITS: Final = 6


class MonthOption(click.ParamType[Month]):
    """A month as `2025-03`."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:  # noqa: ANN401 - click's own signature
        """Read a month; click reports what is none."""
        try:
            return Month.parse(value)
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


def subject_of(element: str | None, material: str | None) -> Subject:
    """Return what was asked for; PlannerError unless it is one of the two."""
    match element, material:
        case str(), None:
            return Subject("element", element)
        case None, str():
            return Subject("material", material)
        case _:
            raise PlannerError("Name either an element (--element Co) or a material (--material CoSO4.7H2O).")


@click.command()
@PLAN
@click.option("--element", help="An element, such as Co.")
@click.option("--material", help="A material, such as CoSO4.7H2O.")
@click.option("--by", type=click.Choice([p.value for p in Period]), default="month", show_default=True)
@click.option("--basis", type=click.Choice([b.value for b in Basis]), help="Default: metal for an element.")
@click.option("--from", "start", type=MonthOption(), help="The first month, as 2025-01.")
@click.option("--to", "end", type=MonthOption(), help="The last month, as 2031-12.")
@click.option(
    "--stages",
    type=click.Choice([s.value for s in Stages]),
    default="all",
    show_default=True,
    help="firm: signed and later; probable: memoranda and letters of intent weighted as well; all: those in full.",
)
@AS_JSON
def cover(  # noqa: PLR0913 - one parameter for each option
    plan: Path,
    *,
    element: str | None,
    material: str | None,
    by: str,
    basis: str | None,
    start: Month | None,
    end: Month | None,
    stages: str,
    as_json: bool,
) -> int:
    """Set supply against demand of an element or a material in PLAN: gap, stock, cover.

    supply = firm + probable within the plants' capacity; what lies above it is over_capacity; option stands apart.
    """
    subject = subject_of(element, material)
    with opened(plan) as opened_plan:
        table = opened_plan.cover(
            subject,
            by=Period(by),
            basis=None if basis is None else Basis(basis),
            stages=Stages(stages),
            start=start,
            end=end,
        )
    if as_json:
        answer(
            {
                "unit": table.unit,
                "subject": subject.code,
                "basis": table.basis,
                "by": table.by,
                "stages": table.stages,
                "product": table.product,
                "rows": [_row(row) for row in table.rows],
            }
        )
    else:
        click.echo(cover_text(table))
    return DONE


def _row(row: CoverRow) -> dict[str, str | float | None]:
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return {name: round(value, DIGITS) if isinstance(value, float) else value for name, value in values.items()}


def cover_text(table: CoverTable) -> str:
    """Return a cover table laid out for a terminal: its unit above, a dash where there is no number."""
    names = [field.name for field in fields(CoverRow)]
    heading = [name.removesuffix("_pct").replace("_", " ") + (" %" if name.endswith("_pct") else "") for name in names]
    rows = [[_cell(getattr(row, name)) for name in names] for row in table.rows]
    product = f" as {table.product}" if table.product else ""
    title = f"{table.subject.code} in {table.unit}{product}, by {table.by}, stages: {table.stages}"
    return f"{title}\n{table_of([heading, *rows], frozenset(range(1, len(names))))}"


def _cell(value: str | float | None) -> str:
    if value is None:
        return "-"
    return value if isinstance(value, str) else f"{value:,.1f}"
