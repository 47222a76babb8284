"""Commands that tell carbon, recycled content, and where the plan stands against its targets."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from planner.analysis import Basis, Period, Scope
from planner.analysis.aims.targets import TargetRow, TargetYear
from planner.analysis.aims.targets import targets as targets_of
from planner.analysis.footprint.carbon import CarbonBy, CarbonTable
from planner.analysis.footprint.carbon import carbon as carbon_of
from planner.analysis.footprint.factors import FactorRow, factors
from planner.analysis.footprint.movers import movers, sentence
from planner.analysis.footprint.recycled import Loop, RecycledTable, loops
from planner.analysis.footprint.recycled import recycled as recycled_of
from planner.cli.figures import DIGITS, about, scope_of
from planner.cli.group import AS_JSON, DONE, PLAN, answer, opened, table_of
from planner.errors import PlannerError
from planner.units import Month

STANDINGS = {True: "met", False: "missed", None: "open"}


@click.command()
@PLAN
@about(Period.YEAR)
@click.option("--split", type=click.Choice([each.value for each in CarbonBy]), default="element", show_default=True)
@AS_JSON
def carbon(plan: Path, *, split: str, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - the options of `about`
    """Tell the carbon of the supply in PLAN: kg CO2e per kWh of the mix against the path, per t of metal, and why.

    Of each element a kWh carries the intensity of the mix times the average factor of its supply. Elements without a
    known factor are told apart, not reckoned as nothing.
    """
    scope = _scope(asked)
    with opened(plan) as opened_plan:
        table = opened_plan.ask(carbon_of, scope, CarbonBy(split))
        effects, given = opened_plan.ask(movers, scope), opened_plan.ask(factors, scope)
    if as_json:
        document = {"unit": "kg CO2e per kWh", **_plain(table), "movers": _plain(effects), "factors": _plain(given)}
        answer({**document, "sentence": sentence(effects)})
    else:
        click.echo(f"{_carbon_text(table)}\n\n{sentence(effects)}\n\n{_factors_text(given)}")
    return DONE


@click.command()
@PLAN
@about(Period.YEAR)
@AS_JSON
def recycled(plan: Path, *, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - the options of `about`
    """Tell the recycled content of the supply in PLAN against its legal minimum, and what closed loops give back.

    The minimum that is in force at the end of a period holds for all of it.
    """
    scope = _scope(asked)
    with opened(plan) as opened_plan:
        table, closed = opened_plan.ask(recycled_of, scope), opened_plan.ask(loops, scope)
    if as_json:
        failures = {element: table.first_failure(element) for element in table.elements}
        first = {element: None if row is None else row.period for element, row in failures.items()}
        answer({"unit": "t metal", **_plain(table), "first_failure": first, "loops": _plain(closed)})
    else:
        click.echo("\n\n".join([_recycled_text(scope, table), *map(_loop_text, closed)]))
    return DONE


@click.command()
@PLAN
@about(Period.YEAR)
@AS_JSON
def targets(plan: Path, *, as_json: bool, **asked: Any) -> int:  # noqa: ANN401 - the options of `about`
    """Tell each target of PLAN by calendar year, and where the plan stands: met, missed, or open.

    Open is what depends on something that is not known of the plan.
    """
    scope = _scope(asked)
    if scope.by is not Period.YEAR:
        raise PlannerError("Targets are told by calendar year: leave --by out.")
    with opened(plan) as opened_plan:
        rows = opened_plan.ask(targets_of, scope)
    if as_json:
        answer({"targets": _plain(rows)})
    else:
        click.echo("\n\n".join(map(_target_text, rows)) or "This plan has no targets.")
    return DONE


def _scope(asked: Mapping[str, Any]) -> Scope:
    """Return what the options choose; PlannerError for a basis that these figures are not told in."""
    if asked["basis"] not in {None, Basis.METAL.value}:
        raise PlannerError("Carbon, recycled content and targets are told by t of metal: leave --basis out.")
    return scope_of(asked)


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return frozen values as JSON holds them: numbers rounded, months as text."""
    match value:
        case Month():
            return str(value)
        case float():
            return round(value, DIGITS)
        case str() | int() | None:
            return value
        case Mapping():
            return {key: _plain(each) for key, each in value.items()}
        case Sequence():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{value!r} has no form in JSON")


def _carbon_text(table: CarbonTable) -> str:
    heading = ["period", "kg/kWh", "path", "known %", *(f"{each.title} kg/kWh" for each in table.series), "emissions t"]
    heading += ["renewable %", "of known %", "not known"]
    rows = [
        [
            row.period,
            _number(row.kg_per_kwh, 2),
            _number(row.path_kg_per_kwh, 2),
            _number(row.known_pct, 0),
            *(_number(each.kg_per_kwh[at], 2) for each in table.series),
            _number(row.emissions_t, 0),
            _number(row.renewable_pct, 0),
            _number(row.renewable_known_pct, 0),
            ", ".join(row.unknown) or "-",
        ]
        for at, row in enumerate(table.rows)
    ]
    base = "" if table.base is None else f", 100 % = {table.base.kg_per_kwh:g} kg/kWh of {table.base.month.year}"
    title = f"CO2e per kWh of the mix by {table.by} and {table.split}, stages: {table.stages}{base}"
    return f"{title}\n{table_of([heading, *rows], frozenset(range(1, len(heading) - 1)))}"


def _factors_text(rows: tuple[FactorRow, ...]) -> str:
    heading = ["line", "material", "kg/kg", "kg/t metal", "from", "quality", "source"]
    body = [
        [
            f"{row.contract} {row.number}",
            row.material_code,
            _number(row.kg_per_kg, 3),
            _number(row.kg_per_t_metal, 0),
            row.level,
            row.quality or "-",
            row.source or "-",
        ]
        for row in rows
    ]
    return f"Factors, kg CO2e per kg of product\n{table_of([heading, *body], frozenset({2, 3}))}"


def _recycled_text(scope: Scope, table: RecycledTable) -> str:
    heading = ["element", "period", "supply t", "recycled t", "recycled %", "minimum %", "standing"]
    rows = [
        [
            row.element,
            row.period,
            _number(row.supply_t, 1),
            _number(row.recycled_t, 1),
            _number(row.recycled_pct, 1),
            _number(row.minimum_pct, 1),
            STANDINGS[row.met] if row.met is not None else "-",
        ]
        for row in table.rows
    ]
    title = f"Recycled content of the supply by {scope.by}, in metal, stages: {scope.stages}"
    return f"{title}\n{table_of([heading, *rows], frozenset(range(2, 6)))}"


def _loop_text(loop: Loop) -> str:
    heading = ["period", "delivered t", "scrap t", "end of life t", "recoverable t", "balance t", "standing"]
    rows = [
        [
            row.period,
            *(_number(each, 1) for each in (row.delivered_t, row.scrap_t, row.end_of_life_t, row.recoverable_t)),
            _number(row.balance_t, 1),
            "short" if row.short else "-",
        ]
        for row in loop.rows
    ]
    recovery = f"{loop.recovery_pct:g} % recovered" if loop.recovery_given else "its recovery is not given"
    title = f"Closed loop {loop.contract} {loop.line}, {loop.element}, {recovery}"
    return f"{title}\n{table_of([heading, *rows], frozenset(range(1, 6)))}"


def _target_text(row: TargetRow) -> str:
    heading = ["year", "target", "plan", "standing", "note"]
    body = [
        [each.year, _number(each.path, 2), _number(each.plan, 2), standing_word(each), each.note or "-"]
        for each in row.years
    ]
    return f"{row.title}: {row.direction}, {row.unit}\n{table_of([heading, *body], frozenset({1, 2}))}"


def standing_word(year: TargetYear) -> str:
    """Say where the plan stands in a year; a dash where nothing is asked for."""
    if year.path is None:
        return "-"
    return "not known" if year.plan is None else STANDINGS[year.met]


def _number(value: float | None, decimals: int) -> str:
    return "-" if value is None else f"{value:,.{decimals}f}"
