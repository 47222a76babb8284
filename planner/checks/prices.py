"""Findings about prices: deliveries to come without a price term, and terms whose index has no price."""

from collections.abc import Iterator
from datetime import date

from planner.checks.finding import Finding, View, records
from planner.model import Contract, IndexPrice, PriceTerm
from planner.model.contracts import FIRM, PROBABLE
from planner.units import Month


def unpriced(view: View) -> Iterator[Finding]:
    """Find lines with deliveries to come and no price term; closed contracts need none."""
    today = date.today()  # noqa: DTZ011 - the day of the person's own calendar
    now = Month.of(today.year, today.month)
    alive = {row.reference for row in records(view, Contract) if row.stage in FIRM | PROBABLE}
    priced = {(term.contract, term.line) for term in records(view, PriceTerm)}
    for reference, line, _, last in view.delivery_spans():
        if last >= now and reference in alive and (reference, line) not in priced:
            text = f"deliveries until {last} have no price"
            yield Finding("info", f"{reference} {line}", text, "add a price term", "lines", (reference, line))


def unquoted(view: View) -> Iterator[Finding]:
    """Find price terms whose index has no price in any month."""
    quoted = {price.index for price in records(view, IndexPrice)}
    for term in records(view, PriceTerm):
        if term.index is not None and term.index not in quoted:
            key = (term.contract, term.line, term.month)
            text, remedy = f"its index {term.index} has no price in any month", "add or import prices of the index"
            yield Finding("warning", " ".join(map(str, key)), text, remedy, "price_terms", key)
