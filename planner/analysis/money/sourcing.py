"""What is bought in each country, by calendar year, against the target for local sourcing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from planner.analysis.book import Book
from planner.analysis.money.bill import Bill
from planner.analysis.money.cost_values import EURO, LocalSpend
from planner.analysis.money.pricing import PRICE_SCALE
from planner.analysis.values import Period, Scope
from planner.model import Target
from planner.model.targets import WHOLE
from planner.units import MONTHS_PER_YEAR, Month

MEASURE: Final = "local_spend"
# A target is agreed in millions of EUR a year.
MILLION: Final = 1_000_000


def local_spend(book: Book, scope: Scope) -> tuple[LocalSpend, ...]:
    """Return the spend in each country, in EUR, by whole calendar years of the scope, against its target.

    Countries with a target come first; a country without a target has the years in which something comes from it.
    PlannerError as for `spend`.
    """
    start = None if scope.start is None else Month.of(scope.start.year, 1)
    end = None if scope.end is None else Month.of(scope.end.year, MONTHS_PER_YEAR)
    bill = Bill.of(book, replace(scope, by=Period.YEAR, start=start, end=end), EURO)
    # Of all countries together nothing is local.
    targets = [target for target in book.records(Target) if target.measure == MEASURE and target.scope != WHOLE]
    labels = book.traits.country
    countries = tuple(
        dict.fromkeys([target.scope for target in targets] + sorted(name for name in labels.names if name))
    )
    places = np.array([countries.index(name) if name else -1 for name in labels.names], dtype=np.int64)
    of = np.broadcast_to(places[labels.of][:, None], bill.paid.shape)
    spent = bill.by_group(bill.paid, of, len(countries))
    unpriced = bill.by_group(np.where(bill.unpriced, bill.product_t, 0.0), of, len(countries))
    behind = bill.behind(of, len(countries))
    years = [int(label) for label in bill.periods.labels]
    found = []
    for country, *columns in zip(countries, spent, unpriced, behind, strict=True):
        for year, amount, tonnes, lines in zip(years, *columns, strict=True):
            target = target_of(targets, country, year)
            if target is not None or lines:
                share = 100 * amount / target if target else None
                found.append(LocalSpend(country, year, amount, target, share, tonnes, lines))
    return tuple(found)


def target_of(targets: Sequence[Target], country: str, year: int) -> float | None:
    """Return what the last target of a country up to the end of a year says, in EUR; None where none holds yet."""
    last = Month.of(year, MONTHS_PER_YEAR)
    holding = [target for target in targets if target.scope == country and target.month <= last]
    if not holding:
        return None
    return max(holding, key=lambda target: target.month).value_e4 / PRICE_SCALE * MILLION
