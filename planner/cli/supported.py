"""The command that tells for how many GWh the supply suffices, what limits it, and what would lift that."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import click

from planner.analysis import Period, SupportedRow, SupportedTable
from planner.cli.figures import DIGITS, about, scope_of
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened, table_of
from planner.errors import PlannerError

_HEADINGS: Final[Mapping[str, str]] = {
    "period": "period",
    "gwh": "supported GWh",
    "bottleneck": "least",
    "demand_gwh": "wanted GWh",
    "headroom_gwh": "headroom GWh",
    "next_bottleneck": "then",
    "lift_t": "lift t metal",
}
_TEXTS: Final = frozenset({"period", "bottleneck", "next_bottleneck"})


@click.command()
@PLAN
@about(Period.MONTH)
@AS_JSON
def supported(plan: Path, *, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - the options of `about`
    """Tell for how many GWh of cells the supply of PLAN suffices, and the element that limits them.

    lift_t more tonnes of that element's metal would allow headroom_gwh more GWh; then next_bottleneck would limit.
    """
    scope = scope_of(asked)
    if scope.subject is not None or asked["basis"] is not None:
        raise PlannerError("Cells need all their elements: leave --element, --material and --basis out.")
    with opened(plan) as opened_plan:
        table = opened_plan.supported(by=scope.by, stages=scope.stages, start=scope.start, end=scope.end)
    if as_json:
        answer(
            {
                "by": table.by,
                "stages": table.stages,
                "unplanned": list(table.unplanned),
                "rows": [_row(row) for row in table.rows],
            }
        )
    else:
        click.echo(supported_text(table))
    return DONE


def supported_text(table: SupportedTable) -> str:
    """Return the table laid out for a terminal: what it leaves out above, a dash where there is no number."""
    missing = f"; nothing is contracted of {', '.join(table.unplanned)}" if table.unplanned else ""
    rows = [[_cell(name, getattr(row, name)) for name in _HEADINGS] for row in table.rows]
    right = frozenset(at for at, name in enumerate(_HEADINGS) if name not in _TEXTS)
    title = f"Supported GWh by {table.by}, stages: {table.stages}{missing}"
    return f"{title}\n{table_of([list(_HEADINGS.values()), *rows], right)}"


def _row(row: SupportedRow) -> dict[str, str | float | None]:
    values = {field.name: getattr(row, field.name) for field in fields(row)}
    return {name: round(value, DIGITS) if isinstance(value, float) else value for name, value in values.items()}


def _cell(name: str, value: str | float | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, str):
        return value
    return f"{value:,.1f}" if name == "lift_t" else f"{value:,.2f}"
