"""Commands that tell whether we are covered."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import reduce
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from planner.analysis import Basis, CoverRow, CoverTable, Period, Scope, Stages, Subject
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened, table_of
from planner.errors import PlannerError
from planner.units import Month

Command = TypeVar("Command", bound=Callable[..., Any])

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


def about(default_by: Period, *, basis: bool = True) -> Callable[[Command], Command]:
    """Return what gives a command the options that choose a table, each row `default_by` long unless said.

    Without `basis`, for tables that are in one unit whatever a quantity counts.
    """
    of_basis = click.option(
        "--basis", type=click.Choice([b.value for b in Basis]), help="Default: metal for an element."
    )
    options = (
        click.option("--element", help="An element, such as Co."),
        click.option("--material", help="A material, such as CoSO4.7H2O."),
        click.option("--by", type=click.Choice([p.value for p in Period]), default=default_by.value, show_default=True),
        *((of_basis,) if basis else ()),
        click.option("--from", "start", type=MonthOption(), help="The first month, as 2025-01."),
        click.option("--to", "end", type=MonthOption(), help="The last month, as 2031-12."),
        click.option(
            "--stages",
            type=click.Choice([s.value for s in Stages]),
            default="all",
            show_default=True,
            help="firm: signed and later; probable: memoranda and letters of intent too, weighted; all: those in full.",
        ),
    )
    return lambda command: reduce(lambda so_far, option: option(so_far), reversed(options), command)


def scope_of(asked: Mapping[str, Any]) -> Scope:
    """Return what the options of `about` choose where everything may be asked for; PlannerError when two are named."""
    element, material = asked["element"], asked["material"]
    return Scope(
        by=Period(asked["by"]),
        stages=Stages(asked["stages"]),
        start=asked["start"],
        end=asked["end"],
        subject=None if element is None and material is None else subject_of(element, material),
    )


def chosen(plan: Path, asked: Mapping[str, Any]) -> CoverTable:
    """Return the table that the options of `about` choose; PlannerError when the plan has none such."""
    subject = subject_of(asked["element"], asked["material"])
    with opened(plan) as opened_plan:
        return opened_plan.cover(
            subject,
            by=Period(asked["by"]),
            basis=None if asked["basis"] is None else Basis(asked["basis"]),
            stages=Stages(asked["stages"]),
            start=asked["start"],
            end=asked["end"],
        )


@click.command()
@PLAN
@about(Period.MONTH)
@AS_JSON
def cover(plan: Path, *, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - the options of `about`
    """Set supply against demand of an element or a material in PLAN: gap, stock, cover.

    supply = firm + probable within the plants' capacity; what lies above it is over_capacity; option stands apart.
    """
    table = chosen(plan, asked)
    if as_json:
        answer(
            {
                "unit": table.unit,
                "subject": table.subject.code,
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
