"""What the lines of a scope bring and cost by month, and the sums that tables of cost are made of."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import numpy as np

from planner.analysis.book import Book
from planner.analysis.inputs import Bools, Floats, Ints
from planner.analysis.money.cost_values import INDEX_MOVE, Known
from planner.analysis.money.line_prices import LinePrices
from planner.analysis.periods import Periods
from planner.analysis.traits import LineKeys
from planner.analysis.values import Scope
from planner.units import KG_PER_T


def paid_for(supply: Floats, price: Floats) -> Floats:
    """Return supply in kg x price per t [L, T]; nothing where nothing comes, NaN where that has no price.

    Supply is what comes within the plants' capacity, as the stages count it; the price is that of its month.
    """
    return np.where(supply > 0, supply * price / KG_PER_T, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Bill:
    """What the lines of a scope bring, in metal kg and t of product, and cost by month [L, T]; other lines nothing.

    `paid` is nothing where no price is known; `unpriced` tells where something comes without one.
    """

    lines: LineKeys
    periods: Periods
    prices: LinePrices
    supply_kg: Floats
    product_t: Floats
    paid: Floats
    up: Floats
    down: Floats
    unpriced: Bools

    @classmethod
    def of(cls, book: Book, scope: Scope, currency: str) -> Self:
        """Put it together; PlannerError: no such subject, or a horizon that ends before it starts."""
        inside = book.lines_of(scope.subject)[:, None]
        supply = np.where(inside, book.flows(scope.stages).supply, 0.0)
        spend = paid_for(supply, book.prices(currency).per_metal_t)
        up, down = (paid_for(supply, book.shifted_prices(currency, shift)) for shift in (INDEX_MOVE, -INDEX_MOVE))
        return cls(
            lines=book.traits.lines,
            periods=book.periods(scope),
            prices=book.prices(currency),
            supply_kg=supply,
            product_t=supply * book.product_per_metal[:, None] / KG_PER_T,
            paid=np.nan_to_num(spend),
            up=np.nan_to_num(up),
            down=np.nan_to_num(down),
            unpriced=np.isnan(spend),
        )

    @property
    def priced(self) -> Bools:
        """Where something comes with a price [L, T]."""
        known: Bools = (self.supply_kg > 0) & ~self.unpriced
        return known

    def total(self, values: Floats) -> list[float]:
        """Sum [L, T] over the lines and the months of each period."""
        sums: list[float] = self.periods.sums(values.sum(axis=0)).tolist()
        return sums

    def by_group(self, values: Floats, of: Ints, groups: int) -> list[list[float]]:
        """Sum [L, T] by group and period; `of` [L, T] is the group of each, -1 for none."""
        months = values.shape[1]
        cells = np.where(of < 0, groups, of) * months + np.arange(months)
        sums = np.bincount(cells.ravel(), weights=values.ravel(), minlength=(groups + 1) * months)
        by_month: Floats = sums.astype(np.float64).reshape(groups + 1, months)[:groups]
        found: list[list[float]] = self.periods.sums(by_month).tolist()
        return found

    def behind(self, of: Ints, groups: int) -> list[tuple[LineKeys, ...]]:
        """Return by group and period the lines that bring something there; `of` as for `by_group`."""
        firsts, end, count = self.periods.firsts, self.periods.end, len(self.periods.labels)
        if not count:
            return [()] * groups
        line, month = np.nonzero((self.supply_kg > 0) & (of >= 0))
        inside = (month >= firsts[0]) & (month < end)
        line, month = line[inside], month[inside]
        cell = of[line, month] * count + np.searchsorted(firsts, month, side="right") - 1
        named = cell * len(self.lines) + line
        # Each line once, in its order, cell by cell; its months of a period stand beside one another, and go first.
        once = np.unique(named[np.diff(named, prepend=-1) != 0])
        starts = np.searchsorted(once, np.arange(groups * count + 1) * len(self.lines)).tolist()
        keys = [self.lines[place] for place in (once % max(1, len(self.lines))).tolist()]
        cells = [tuple(keys[start:stop]) for start, stop in pairwise(starts)]
        return [tuple(cells[group * count : (group + 1) * count]) for group in range(groups)]

    def lines_where(self, chosen: Bools) -> tuple[LineKeys, ...]:
        """Return by period the lines that bring something where [L, T] is chosen."""
        [found] = self.behind(np.where(chosen, 0, -1), 1)
        return found


def sums_of_known(periods: Periods, values: Floats) -> Known:
    """Sum months [T] by period; None where no month of it is known."""
    known = periods.sums((~np.isnan(values)).astype(np.float64)).tolist()
    sums = periods.sums(np.nan_to_num(values)).tolist()
    return tuple(total if count else None for total, count in zip(sums, known, strict=True))


def ratios(money: list[float], quantity: list[float]) -> Known:
    """Return money / quantity by period; None where there is no quantity."""
    return tuple(part / whole if whole > 0 else None for part, whole in zip(money, quantity, strict=True))


def sum_of_known(values: Known) -> float | None:
    """Sum what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
