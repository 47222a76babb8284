"""The command that tells what supply costs."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import click

from planner.analysis import Period
from planner.analysis.money.cost import spend
from planner.analysis.money.cost_values import EURO, LocalSpend, SpendBy, SpendRow, SpendTable
from planner.analysis.money.sourcing import local_spend
from planner.cli.figures import DIGITS, about, scope_of
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened, table_of

MILLION: Final = 1_000_000
# The columns of a terminal: heading, attribute of SpendRow.
SUMS: Final = (
    ("spend", "spend"),
    ("fixed", "fixed"),
    ("floating", "floating"),
    ("assumed", "assumed"),
    ("budget", "budget"),
    ("difference", "difference"),
    ("index -10 %", "index_down"),
    ("index +10 %", "index_up"),
)
AVERAGES: Final = (("per t product", "per_t_product"), ("per t metal", "per_t_metal"), ("per kWh", "per_kwh"))


@click.command()
@PLAN
@about(Period.YEAR, basis=False)
@click.option("--currency", default=EURO, show_default=True, help="What everything is told in, by the plan's rates.")
@click.option("--split", type=click.Choice([split.value for split in SpendBy]), default="supplier", show_default=True)
@AS_JSON
def cost(plan: Path, *, currency: str, split: str, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - the options of `about`
    """Tell what the supply in PLAN costs: spend, budget, exposure to indices, average prices, local sourcing.

    spend is what comes within the plants' capacity x the price of its month. What has no price is told apart;
    assumed is the part that rests on forecasts, or on older prices and rates. Local sourcing is always in EUR.
    """
    scope = scope_of(asked)
    with opened(plan) as opened_plan:
        table = opened_plan.ask(spend, scope, currency.upper(), SpendBy(split))
        local = opened_plan.ask(local_spend, scope)
    if as_json:
        answer(_document(table, local))
    else:
        click.echo(cost_text(table, local))
    return DONE


def _document(table: SpendTable, local: Sequence[LocalSpend]) -> dict[str, object]:
    scope = table.scope
    return {
        "currency": table.currency,
        "subject": None if scope.subject is None else scope.subject.code,
        "by": scope.by,
        "stages": scope.stages,
        "split": table.split,
        "rows": [_row(row) for row in table.rows],
        "series": [
            {
                "key": each.key,
                "title": each.title,
                "spend": _told(each.spend),
                "budget": _told(each.budget),
                "lines": _lines(line for lines in each.lines for line in lines),
            }
            for each in table.series
        ],
        "averages": [
            {"element": each.element, **{name: _told(getattr(each, name)) for _, name in AVERAGES}}
            for each in table.averages
        ],
        "unpriced": [
            {
                "contract": each.contract,
                "line": each.line,
                "t": round(each.tonnes, DIGITS),
                "month": each.month,
                "reason": each.reason,
            }
            for each in table.unpriced
        ],
        "local": [
            {
                "country": each.country,
                "year": each.year,
                "spend_eur": round(each.spend, DIGITS),
                "target_eur": each.target,
                "share_pct": None if each.share_pct is None else round(each.share_pct, DIGITS),
                "unpriced_t": round(each.unpriced_t, DIGITS),
            }
            for each in local
        ],
        "notes": list(table.notes),
    }


def _row(row: SpendRow) -> dict[str, object]:
    names = [name for _, name in (*SUMS, *AVERAGES)]
    numbers = dict(zip(names, _told([getattr(row, name) for name in names]), strict=True))
    return {
        "period": row.period,
        **numbers,
        "unpriced_t": round(row.unpriced_t, DIGITS),
        "lines": _lines(row.lines),
        "unpriced_lines": _lines(row.unpriced_lines),
    }


def _told(values: Iterable[float | None]) -> list[float | None]:
    return [None if value is None else round(value, DIGITS) for value in values]


def _lines(lines: Iterable[tuple[str, int]]) -> list[dict[str, object]]:
    return [{"contract": contract, "line": line} for contract, line in dict.fromkeys(lines)]


def cost_text(table: SpendTable, local: Sequence[LocalSpend]) -> str:
    """Return what supply costs laid out for a terminal: each part with its unit above, a dash for no number."""
    scope, currency = table.scope, table.currency
    of = "everything" if scope.subject is None else scope.subject.code
    title = f"Spend on {of} in million {currency}, by {scope.by}, stages: {scope.stages}"
    parts = [
        _part(title, table, [(heading, [_sum(row, name) for row in table.rows]) for heading, name in SUMS]),
        _part(
            f"By {table.split}, in million {currency}",
            table,
            [(each.title, [_millions(value) for value in each.spend]) for each in table.series],
        ),
        _part(f"Average price, in {currency}", table, _averages(table)),
        _local(local),
        "\n".join(
            ["No price is known:"]
            + [f"  {_number(each.tonnes)} t of product from {each.month} on. {each.reason}" for each in table.unpriced]
        )
        if table.unpriced
        else "",
        "\n".join(table.notes),
    ]
    return "\n\n".join(part for part in parts if part)


def _part(title: str, table: SpendTable, columns: list[tuple[str, list[str]]]) -> str:
    """Return rows by period under a title; nothing where there is no column."""
    if not columns:
        return ""
    head = ["period", *(heading for heading, _ in columns)]
    rows = [[row.period, *(cells[at] for _, cells in columns)] for at, row in enumerate(table.rows)]
    return f"{title}\n{table_of([head, *rows], frozenset(range(1, len(head))))}"


def _averages(table: SpendTable) -> list[tuple[str, list[str]]]:
    """Return the columns of average prices: t of several elements are not thrown together."""
    if len(table.averages) > 1:
        by_element = [
            (f"{each.element} per t metal", [_number(value) for value in each.per_t_metal]) for each in table.averages
        ]
        return [*by_element, ("all per kWh", [_number(row.per_kwh) for row in table.rows])]
    return [(heading, [_number(getattr(row, name)) for row in table.rows]) for heading, name in AVERAGES]


def _local(local: Sequence[LocalSpend]) -> str:
    """Return the countries that have a target, year by year."""
    aimed = [each for each in local if each.target is not None]
    if not aimed:
        return ""
    rows = [
        [each.country, str(each.year), _millions(each.spend), _millions(each.target), _number(each.share_pct)]
        for each in aimed
    ]
    head = ["country", "year", "spend", "target", "reached %"]
    return f"Local sourcing, in million EUR\n{table_of([head, *rows], frozenset(range(1, len(head))))}"


def _sum(row: SpendRow, name: str) -> str:
    """Return one of the sums of a period; a dash where nothing that comes has a price, which leaves only the budget."""
    return _millions(getattr(row, name) if row.is_known or name == "budget" else None)


def _millions(value: float | None) -> str:
    return _number(None if value is None else value / MILLION)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.2f}"
