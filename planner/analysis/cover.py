"""Supply against demand of one subject by period."""

from dataclasses import dataclass

import numpy as np

from planner.analysis.balance import balance_of
from planner.analysis.inputs import Floats
from planner.analysis.periods import Periods
from planner.analysis.values import CoverRow


@dataclass(frozen=True, slots=True, eq=False)
class Flows:
    """What one subject needs and gets, metal kg by month [T]; NaN: no capacity known, nothing counted."""

    demand: Floats
    firm: Floats
    probable: Floats
    option: Floats
    over: Floats
    capacity: Floats
    safety: Floats
    counted: Floats


def cover_rows(flows: Flows, unit_per_kg: Floats, periods: Periods) -> tuple[CoverRow, ...]:
    """Return a row a period; `unit_per_kg` [T] takes metal kg of a month to the unit of the table.

    Flows are summed over the months of a period, levels are those of its last month. Cover is worked out in
    metal, so that it is the same in every basis.
    """
    receipts = flows.firm + flows.probable
    balance = balance_of(receipts, flows.demand, flows.safety, flows.counted)
    summed = [flows.demand, flows.firm, flows.probable, flows.option, receipts, flows.capacity, flows.over]
    sums = periods.sums(np.stack([*summed, balance.net]) * unit_per_kg)
    demand, firm, probable, option, supply, capacity, over, net = sums.tolist()
    stock, safety = (np.stack([balance.end, flows.safety]) * unit_per_kg)[:, periods.lasts].tolist()
    available = np.maximum(balance.opening[periods.firsts], 0) + periods.sums(receipts)
    columns = zip(
        periods.labels,
        demand,
        firm,
        probable,
        option,
        supply,
        _none_for_nan(capacity),
        over,
        stock,
        safety,
        net,
        _percentages(available, periods.sums(flows.demand)),
        strict=True,
    )
    return tuple(CoverRow(*row) for row in columns)


def add_up(levels: Floats) -> Floats:
    """Sum [N, T] over its rows; NaN counts for nothing, and is the sum where there is nothing else."""
    return np.where(np.isnan(levels).all(axis=0), np.nan, np.nansum(levels, axis=0))


def _percentages(part: Floats, whole: Floats) -> list[float | None]:
    """Return 100 x part / whole, None where the whole is nothing."""
    return [100 * a / b if b > 0 else None for a, b in zip(part.tolist(), whole.tolist(), strict=True)]


def _none_for_nan(values: list[float]) -> list[float | None]:
    return [None if value != value else value for value in values]  # noqa: PLR0124 - only NaN differs from itself
