"""The figures of spend, a row each, and where each of them leads."""

from dataclasses import dataclass
from typing import TypeAlias

from planner.analysis.money.cost_values import SpendRow, SpendTable
from planner.analysis.traits import LineKeys
from ui.charts.money import MoneyUnit
from ui.charts.spend_chart import title_of
from ui.pages.figures_model import Figures

Behind: TypeAlias = tuple[LineKeys, ...]
BUDGETS = "budgets"

# The sums: name, attribute of SpendRow, whether it stands out.
SUMS = (
    ("Spend", "spend", True),
    ("Budget", "budget", False),
    ("Above budget", "difference", True),
    ("Spend if indices fall 10 %", "index_down", False),
    ("Spend if indices rise 10 %", "index_up", False),
)
# Parts of the spend: name, attribute of SpendRow.
SHARES = (
    ("Fixed price, % of spend", "fixed"),
    ("Floating with an index, % of spend", "floating"),
    ("Forecast or older price or rate, % of spend", "assumed"),
)
ONE_ELEMENT = (("per t of product", "per_t_product"), ("per t of metal", "per_t_metal"), ("per kWh", "per_kwh"))
# Below this, prices are told to the cent.
_TO_THE_CENT = 1_000


@dataclass(frozen=True, slots=True)
class SpendFigures:
    """A row of the table; `behind` are the lines by period, `table` the one to go to instead."""

    figures: Figures
    behind: Behind = ()
    table: str = ""


def spend_figures(table: SpendTable, unit: MoneyUnit) -> list[SpendFigures]:
    """Return the rows: what spend is split by, totals and budget, exposure, average prices, what has no price."""
    rows = table.rows
    everything = tuple(row.lines for row in rows)
    series = [
        SpendFigures(Figures(title_of(table.split, each), tuple(map(unit.told, each.spend)), unit.decimals), each.lines)
        for each in table.series
    ]
    sums = [
        SpendFigures(
            Figures(name, tuple(unit.told(getattr(row, attr)) for row in rows), unit.decimals, strong=strong),
            everything,
            BUDGETS if attr == "budget" else "",
        )
        for name, attr, strong in SUMS
    ]
    shares = [
        SpendFigures(Figures(name, tuple(_share(getattr(row, attr), row) for row in rows), 0), everything)
        for name, attr in SHARES
    ]
    unpriced = Figures("Without a price, t of product", tuple(row.unpriced_t or None for row in rows), 1)
    return [
        *series,
        *sums,
        *shares,
        *(SpendFigures(figures, everything) for figures in _averages(table)),
        SpendFigures(unpriced, tuple(row.unpriced_lines for row in rows)),
    ]


def _share(part: float, row: SpendRow) -> float | None:
    return 100 * part / row.spend if row.spend else None


def _averages(table: SpendTable) -> list[Figures]:
    """Return average prices; t of several elements are not thrown together."""
    currency, rows = table.currency, table.rows
    if len(table.averages) > 1:
        by_element = [(f"{each.element}, {currency} per t of metal", each.per_t_metal) for each in table.averages]
        columns = [*by_element, (f"All of them, {currency} per kWh", tuple(row.per_kwh for row in rows))]
    else:
        columns = [
            (f"Average price, {currency} {words}", tuple(getattr(row, attr) for row in rows))
            for words, attr in ONE_ELEMENT
        ]
    return [Figures(name, values, _decimals(values)) for name, values in columns]


def _decimals(values: tuple[float | None, ...]) -> int:
    return 2 if max((abs(value) for value in values if value is not None), default=0.0) < _TO_THE_CENT else 0
