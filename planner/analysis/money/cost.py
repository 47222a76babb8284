"""What supply costs: spend by period and by a choice, budgets, exposure to indices, average prices."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from planner.analysis.book import Book
from planner.analysis.cover import add_up
from planner.analysis.demand import nearest
from planner.analysis.inputs import Floats, Ints
from planner.analysis.money.bill import Bill, ratios, sum_of_known, sums_of_known
from planner.analysis.money.budgets import budget_by_month
from planner.analysis.money.cost_values import (
    EURO,
    NOWHERE,
    AveragePrice,
    Known,
    SpendBy,
    SpendRow,
    SpendSeries,
    SpendTable,
    Unpriced,
)
from planner.analysis.money.pricing import unit_price
from planner.analysis.periods import Periods
from planner.analysis.values import Scope
from planner.errors import PlannerError
from planner.model import Budget
from planner.units import FIRST_YEAR, KG_PER_T, LAST_YEAR, MG_PER_KG, Month

OTHERS: Final = "Others"
UNKNOWN: Final = "Unknown"


def currencies(book: Book) -> tuple[str, ...]:
    """Return the currencies that every agreed price can be told in, EUR first where it is one of them."""
    market = book.market
    agreed = {term.currency or line.currency for line in book.priced_lines for term in line.terms} - {""}
    known = agreed | {currency for pair in market.rates for currency in pair}
    last = book.inputs.first.plus(book.inputs.months - 1)

    def reaches(source: str, target: str) -> bool:
        try:
            market.exchange(source, target, last)
        except PlannerError:
            return False
        return True

    reached = [target for target in known if all(reaches(source, target) for source in agreed)]
    return tuple(sorted(reached, key=lambda currency: (currency != EURO, currency)))


def spend(book: Book, scope: Scope, currency: str = EURO, split: SpendBy = SpendBy.SUPPLIER) -> SpendTable:
    """Return what the supply of a scope costs, by period and by what it is split by.

    PlannerError: no such subject, a horizon that ends before it starts, or a currency that the plan does not know.
    """
    _check(book, currency)
    bill = Bill.of(book, scope, currency)
    budget, notes = _budget(book, scope, currency)
    averages = _averages(book, bill)
    return SpendTable(
        currency=currency,
        scope=scope,
        split=split,
        rows=_rows(bill, sums_of_known(bill.periods, add_up(budget)), averages),
        series=_series(book, bill, split, budget),
        averages=averages,
        unpriced=_unpriced(book, bill),
        notes=notes,
    )


def gathered(table: SpendTable, most: int) -> SpendTable:
    """Return a table of at most so many series, the largest, and one of all others."""
    if len(table.series) <= most:
        return table
    rest = table.series[most:]
    others = SpendSeries(
        key=OTHERS,
        title=OTHERS,
        place=NOWHERE,
        spend=_added(each.spend for each in rest),
        budget=_added(each.budget for each in rest),
        lines=tuple(
            tuple(dict.fromkeys(line for lines in column for line in lines))
            for column in zip(*(each.lines for each in rest), strict=True)
        ),
    )
    return replace(table, series=(*table.series[:most], others))


def _check(book: Book, currency: str) -> None:
    known = {code for pair in book.market.rates for code in pair} | set(book.prices(EURO).currencies) | {EURO}
    if currency not in known:
        raise PlannerError(
            f"No price and no exchange rate of this plan is in {currency}, but in {', '.join(sorted(known))}; choose"
            " one of these, or add an exchange rate."
        )


def _rows(bill: Bill, budget: Known, averages: tuple[AveragePrice, ...]) -> tuple[SpendRow, ...]:
    prices, paid, count = bill.prices, bill.paid, len(bill.periods.labels)
    spent = bill.total(paid)
    columns = zip(
        bill.periods.labels,
        spent,
        bill.total(np.where(prices.floating, 0.0, paid)),
        bill.total(np.where(prices.floating, paid, 0.0)),
        bill.total(np.where(prices.assumed | prices.forecast, paid, 0.0)),
        budget,
        (None if planned is None else money - planned for money, planned in zip(spent, budget, strict=True)),
        bill.total(bill.up),
        bill.total(bill.down),
        ratios(spent, bill.total(np.where(bill.unpriced, 0.0, bill.product_t))),
        ratios(spent, bill.total(np.where(bill.unpriced, 0.0, bill.supply_kg / KG_PER_T))),
        (sum_of_known(tuple(each.per_kwh[at] for each in averages)) for at in range(count)),
        bill.total(np.where(bill.unpriced, bill.product_t, 0.0)),
        bill.lines_where(np.ones_like(bill.unpriced)),
        bill.lines_where(bill.unpriced),
        strict=True,
    )
    return tuple(SpendRow(*column) for column in columns)


def _averages(book: Book, bill: Bill) -> tuple[AveragePrice, ...]:
    """Return the average prices of each element of which something with a price comes."""
    inputs, of = book.inputs, np.broadcast_to(_elements(book), bill.paid.shape)
    kg = np.where(bill.priced, bill.supply_kg, 0.0)
    kwh_per_kg = np.apply_along_axis(_kwh_per_kg, 1, book.intensity) if of.size else book.intensity
    kwh_per_kg = kwh_per_kg[_elements(book)[:, 0]]
    quantities = np.where(bill.priced, bill.product_t, 0.0), kg / KG_PER_T, kg * kwh_per_kg
    money, *divisors = (bill.by_group(each, of, len(inputs.elements)) for each in (bill.paid, *quantities))
    return tuple(
        AveragePrice(inputs.elements[place], *(ratios(money[place], divisor[place]) for divisor in divisors))
        for place in np.unique(of[bill.priced]).tolist()
    )


def _kwh_per_kg(intensity: Floats) -> Floats:
    """Return the kWh that a kg of metal supports by month [T]; nothing where no mix ever needs the element.

    In months whose mix does without it, it is worth what it was when last needed, as in the basis of GWh.
    """
    known = intensity > 0
    if not known.any():
        return np.zeros_like(intensity)
    per_kg: Floats = MG_PER_KG / intensity[nearest(known)]
    return per_kg


def _series(book: Book, bill: Bill, split: SpendBy, budget: Floats) -> tuple[SpendSeries, ...]:
    """Return the series of which something comes or is budgeted, those of most spend first."""
    names, of = _grouping(book, bill, split)
    of, count = np.broadcast_to(of, bill.paid.shape), len(names)
    paid = bill.by_group(bill.paid, of, count)
    priced, unpriced = (bill.by_group(each.astype(np.float64), of, count) for each in (bill.priced, bill.unpriced))
    behind = bill.behind(of, count)
    found = []
    for place, name in enumerate(names):
        planned = _budget_of(book, bill.periods, split, name, budget)
        if any(behind[place]) or any(planned):
            own = zip(paid[place], priced[place], unpriced[place], strict=True)
            known = tuple(None if without and not with_ else money for money, with_, without in own)
            found.append(SpendSeries(name, _title(book, split, name), place, known, planned, behind[place]))
    return tuple(sorted(found, key=lambda each: -sum(filter(None, each.spend))))


def _grouping(book: Book, bill: Bill, split: SpendBy) -> tuple[tuple[str, ...], Ints]:
    """Return the names that spend is split by, and which one each line has: [L, 1], or [L, T] for currencies."""
    inputs = book.inputs
    if split is SpendBy.CURRENCY:
        # What has no agreed price has no currency either: it stands at the end.
        agreed, names = bill.prices.paid_in, bill.prices.currencies
        return (*names, ""), np.where(agreed < 0, len(names), agreed)
    labels = getattr(book.traits, split.value)
    # What nobody has contracted may have a budget.
    known = {SpendBy.MATERIAL: inputs.materials, SpendBy.ELEMENT: inputs.elements}.get(split, ())
    return tuple(dict.fromkeys((*labels.names, *known))), labels.of[:, None]


def _title(book: Book, split: SpendBy, name: str) -> str:
    """Return what people call a name; a contract goes by its reference, which is short."""
    return book.traits.supplier.title(name) if split is SpendBy.SUPPLIER else name or UNKNOWN


def _budget(book: Book, scope: Scope, currency: str) -> tuple[Floats, tuple[str, ...]]:
    """Return the budgets of the scope's materials [M, T], NaN for all others, and what is to say about them."""
    inputs, subject = book.inputs, scope.subject
    wanted = {
        name
        for name, element in zip(inputs.materials, inputs.material_element.tolist(), strict=True)
        if subject is None or subject.code == (name if subject.kind == "material" else inputs.elements[element])
    }
    first = FIRST_YEAR if scope.start is None else scope.start.year
    last = LAST_YEAR if scope.end is None else scope.end.year
    budgets = [each for each in book.records(Budget) if each.material in wanted and first <= each.year <= last]
    return budget_by_month(budgets, book.market, inputs, currency)


def _budget_of(book: Book, periods: Periods, split: SpendBy, name: str, budget: Floats) -> Known:
    """Return the budget of a material or an element by period; None for anything else."""
    inputs = book.inputs
    if split is SpendBy.MATERIAL:
        return sums_of_known(periods, budget[inputs.materials.index(name)])
    if split is SpendBy.ELEMENT:
        return sums_of_known(periods, add_up(budget[inputs.material_element == inputs.elements.index(name)]))
    return (None,) * len(periods.labels)


def _unpriced(book: Book, bill: Bill) -> tuple[Unpriced, ...]:
    """Return the lines that bring something without a price in the periods, by contract and number."""
    if not bill.periods.labels:
        return ()
    without = bill.unpriced.copy()
    without[:, : bill.periods.firsts[0]] = without[:, bill.periods.end :] = False
    tonnes = np.where(without, bill.product_t, 0.0).sum(axis=1)
    found = []
    for place in np.flatnonzero(without.any(axis=1)).tolist():
        month = book.inputs.first.plus(int(without[place].argmax()))
        reason = _reason(book, place, month, bill.prices.currency)
        found.append(Unpriced(*bill.lines[place], float(tonnes[place]), str(month), reason))
    return tuple(sorted(found, key=lambda each: (each.contract, each.line)))


def _reason(book: Book, place: int, month: Month, currency: str) -> str:
    """Return what is missing for the price of a line in a month, in one sentence."""
    try:
        own = unit_price(book.priced_lines[place], month, book.market).currency
        book.market.exchange(own, currency, month)
    except PlannerError as error:
        return str(error)
    raise AssertionError("a price that the arrays do not know")


def _elements(book: Book) -> Ints:
    """Return the element of each line [L, 1]."""
    elements: Ints = book.inputs.material_element[book.inputs.line_material][:, None]
    return elements


def _added(columns: Iterable[Known]) -> Known:
    """Add series up, period by period; None where none of them is known."""
    return tuple(sum_of_known(values) for values in zip(*columns, strict=True))
