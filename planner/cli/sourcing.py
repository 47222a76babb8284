"""Commands that tell where supply comes from: on how few it hangs, and which lots stand behind a programme."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import click

from planner.analysis import Basis, Period, Scope
from planner.analysis.origins.concentration import (
    ConcentrationBy,
    ConcentrationRow,
    Loss,
    concentration,
    losses,
    month_of_loss,
)
from planner.analysis.origins.passport import passport, untraced_text
from planner.analysis.origins.trace import Trace, TracedLot, TraceTotal, trace
from planner.cli.figures import DIGITS, MonthOption, about, scope_of, subject_of
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened, table_of
from planner.errors import PlannerError
from planner.exchange.trace_files import write_csv
from planner.units import KG_PER_T, PPM, Month

_AMONG: Final = click.option(
    "--among",
    type=click.Choice([by.value for by in ConcentrationBy]),
    default=ConcentrationBy.SUPPLIER.value,
    show_default=True,
    help="Among what supply is shared out.",
)
_LOST_FROM: Final = click.option(
    "--lost-from", type=MonthOption(), help="The month from which one is lost; default: this month, or the first."
)


@click.command("concentration")
@PLAN
@about(Period.YEAR)
@_AMONG
@_LOST_FROM
@AS_JSON
def concentration_table(
    plan: Path,
    *,
    among: str,
    lost_from: Month | None,
    as_json: bool,
    **asked: Any,  # noqa: ANN401 - the options of `about`
) -> int:
    """Tell on how few suppliers, plants or countries the supply of PLAN hangs, and what the loss of one would mean.

    The index (HHI) is the sum of the squared shares in per cent: 10,000 where one supplies everything.
    """
    if asked["basis"] not in {None, Basis.METAL.value}:
        raise PlannerError("Shares of supply are told in t of metal: leave --basis out.")
    scope, by = scope_of(asked), ConcentrationBy(among)
    with opened(plan) as opened_plan:
        rows = opened_plan.ask(concentration, scope, by)
        now = opened_plan.ask(month_of_loss, scope, date.today())  # noqa: DTZ011 - the day of the person's own calendar
        # Nothing comes before the plan that could be lost.
        first = now if lost_from is None else max(lost_from, opened_plan.cube.inputs.first)
        lost = opened_plan.ask(losses, scope, by, first)
    if as_json:
        answer(
            {
                "unit": "t metal",
                "by": scope.by,
                "among": by,
                "stages": scope.stages,
                "rows": [_row(row) for row in rows],
                "lost_from": str(first),
                "losses": [_loss(loss) for loss in lost],
            }
        )
    else:
        click.echo(_concentration_text(rows, lost, first, scope, by))
    return DONE


@click.command("trace")
@PLAN
@click.option("--programme", help="The code of a programme: its lots alone.")
@click.option("--element", help="An element, such as Co.")
@click.option("--material", help="A material, such as CoSO4.7H2O.")
@click.option("--month", type=MonthOption(), help="The month of arrival, as 2025-01.")
@click.option("--from", "start", type=MonthOption(), help="The first month, as 2025-01.")
@click.option("--to", "end", type=MonthOption(), help="The last month, as 2031-12.")
@click.option("--lot", help="The number of a lot: this one alone.")
@click.option("--csv", "file", type=click.Path(path_type=Path), help="Write a row a lot to this file.")
@AS_JSON
def trace_lots(plan: Path, *, lot: str | None, file: Path | None, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - the options that choose lots
    """Tell which lots stand behind PLAN, or one programme or month of it: chain, evidence, carbon, recycled share.

    With --json, a document in the shape of the due-diligence part of a battery passport; it is no certified schema.
    """
    scope = _months_of(asked)
    with opened(plan) as opened_plan:
        found = opened_plan.ask(trace, scope, programme=asked["programme"], lot=lot)
        document = opened_plan.ask(passport, found) if as_json else {}
    if file is not None:
        rows = write_csv(found, file)
        if not as_json:
            click.echo(f"Wrote {rows} {'lot' if rows == 1 else 'lots'} to {file}.")
    if as_json:
        answer(document)
    elif file is None:
        click.echo(_trace_text(found))
    return DONE


def _months_of(asked: Mapping[str, Any]) -> Scope:
    month, element, material = asked["month"], asked["element"], asked["material"]
    if month is not None and (asked["start"] is not None or asked["end"] is not None):
        raise PlannerError("Name either one month (--month) or a first and last one (--from, --to).")
    return Scope(
        by=Period.MONTH,
        start=month or asked["start"],
        end=month or asked["end"],
        subject=None if element is None and material is None else subject_of(element, material),
    )


def _row(row: ConcentrationRow) -> dict[str, object]:
    largest = row.largest
    return {
        "subject": row.subject.code,
        "period": row.period,
        "supply_t": round(row.supply_t, DIGITS),
        "hhi": None if row.hhi is None else round(row.hhi, DIGITS),
        "largest": None if largest is None else largest.key or None,
        "largest_pct": None if largest is None else round(largest.pct, DIGITS),
        "limit_pct": row.limit_pct,
        "above_limit": row.is_above_limit,
        "shares": [
            {
                "key": share.key or None,
                "title": share.title,
                "t": round(share.t, DIGITS),
                "pct": round(share.pct, DIGITS),
                "lines": _lines(share.lines),
            }
            for share in row.shares
        ],
    }


def _loss(loss: Loss) -> dict[str, object]:
    return {
        "subject": loss.subject.code,
        "key": loss.key,
        "title": loss.title,
        "lost_t": round(loss.lost_t, DIGITS),
        "share_pct": round(loss.share_pct, DIGITS),
        "months_until_short": loss.months_left,
        "first_short": None if loss.short is None else str(loss.short),
        "missing_t": round(loss.missing_t, DIGITS),
        "first_short_anyway": None if loss.short_anyway is None else str(loss.short_anyway),
        "missing_anyway_t": round(loss.missing_anyway_t, DIGITS),
        "lines": _lines(loss.lines),
    }


def _lines(lines: Sequence[tuple[str, int]]) -> list[dict[str, object]]:
    return [{"contract": contract, "line": line} for contract, line in lines]


def _concentration_text(
    rows: Sequence[ConcentrationRow], lost: Sequence[Loss], first: Month, scope: Scope, by: ConcentrationBy
) -> str:
    head = ["", "period", "supply", "HHI", f"largest {by}", "its share %", "limit %"]
    body = [
        [
            row.subject.code,
            row.period,
            _number(row.supply_t),
            _number(row.hhi, 0),
            "-" if row.largest is None else row.largest.title,
            _number(None if row.largest is None else row.largest.pct),
            _number(row.limit_pct),
        ]
        for row in rows
    ]
    lost_head = ["", f"{by} lost", "t lost", "share %", "months left", "short from", "missing t", "anyway t"]
    lost_body = [
        [
            loss.subject.code,
            loss.title,
            _number(loss.lost_t),
            _number(loss.share_pct),
            "-" if loss.months_left is None else str(loss.months_left),
            "-" if loss.short is None else str(loss.short),
            _number(loss.missing_t),
            _number(loss.missing_anyway_t),
        ]
        for loss in lost
    ]
    return "\n".join(
        (
            f"Supply in t metal, by {scope.by}, stages: {scope.stages}",
            table_of([head, *body], frozenset({2, 3, 5, 6})),
            "",
            f"If one is lost from {first} on; t of the first twelve months, and what would be missing without a loss",
            table_of([lost_head, *lost_body], frozenset({2, 3, 4, 6, 7})),
        )
    )


def _trace_text(found: Trace) -> str:
    if not found.lots:
        told = ["There is no lot among those asked for."]
    else:
        head = ["lot", "month", "material", "t metal", "origin", "chain", "programme", "kg CO2e/kg", "recycled %"]
        told = [table_of([head, *map(_lot_cells, found.lots)], frozenset({3, 7, 8}))]
        missing = [f"{lot.code}: {'; '.join(lot.lacks)}" for lot in found.lots if lot.lacks]
        told += ["", "Missing:", *missing] if missing else []
    told += ["", *map(_total_text, found.totals)] if found.totals else []
    told += [f"{untraced_text(each)}." for each in found.untraced]
    return "\n".join(told)


def _lot_cells(lot: TracedLot) -> list[str]:
    chain = " > ".join(link.code or "?" for link in lot.chain)
    carbon = None if lot.carbon_g_per_kg is None else lot.carbon_g_per_kg / 1_000
    return [
        lot.code,
        str(lot.month),
        lot.material,
        _number(lot.metal_kg / KG_PER_T, 3),
        lot.origin or "-",
        chain,
        lot.programme or "-",
        _number(carbon, 3),
        _number(100 * lot.recycled_ppm / PPM),
    ]


def _total_text(total: TraceTotal) -> str:
    """Return `Co: 30.0 t of metal in 4 lots, 0.4 % of the demand, 2.5 kg CO2e per kg of product, ...`."""
    parts = [f"{_number(total.metal_kg / KG_PER_T)} t of metal in {total.lots} {'lot' if total.lots == 1 else 'lots'}"]
    if total.traced_pct is not None:
        parts.append(f"{_number(total.traced_pct)} % of the demand")
    if total.carbon_per_kg is not None:
        parts.append(f"{_number(total.carbon_per_kg, 3)} kg CO2e per kg of product")
    if total.recycled_pct is not None:
        parts.append(f"{_number(total.recycled_pct)} % recycled")
    return f"{total.element}: {', '.join(parts)}."


def _number(value: float | None, decimals: int = 1) -> str:
    return "-" if value is None else f"{value:,.{decimals}f}"
