"""The command that tells and explains the price of a line."""

from pathlib import Path

import click

from planner.cli.figures import MonthOption
from planner.cli.group import AS_JSON, COUNT, DONE, PLAN, answer, opened
from planner.units import Month


@click.command()
@PLAN
@click.option("--contract", required=True, help="The reference of the contract.")
@click.option("--line", required=True, type=COUNT, help="The number of the line in it.")
@click.option("--month", required=True, type=MonthOption(), help="The month of delivery, as 2027-03.")
@AS_JSON
def price(plan: Path, *, contract: str, line: int, month: Month, as_json: bool) -> int:
    """Tell the price of a line in PLAN for a month of delivery, and how it comes about.

    Where the price of an index or an exchange rate is not known for its month, the last known one is taken, and said.
    """
    with opened(plan) as opened_plan:
        found = opened_plan.price(contract, line, month)
    if as_json:
        answer(
            {
                "unit_price": float(found.amount),
                "currency": found.currency,
                "unit": found.unit,
                "steps": [
                    {"text": step.text, "value": None if step.value is None else float(step.value)}
                    for step in found.steps
                ],
                "assumed": found.assumed,
            }
        )
    else:
        click.echo("\n".join(step.text for step in found.steps))
        click.echo(f"\n{found.sentence}")
    return DONE
