"""Findings about prices: deliveries to come without a price term, and terms whose index has no price."""

from collections.abc import Iterator

from planner.checks.finding import Finding, Remembered
from planner.model import IndexPrice, PriceTerm
from planner.units import Month


def unpriced(facts: Remembered) -> Iterator[Finding]:
    """Find lines with deliveries to come before any price term holds; closed contracts need none.

    Where no line at all has a price term that is said once.
    """
    terms = _first_terms(facts)
    coming = [span for span in facts.spans if span.contract in facts.alive and span.last >= facts.now]
    if not terms and len(coming) > 1:
        text = f"none of {len(coming):,} lines with deliveries to come has a price"
        yield Finding("info", "prices", text, "add price terms", "lines", (coming[0].contract, coming[0].line))
        return
    for span in coming:
        key = (span.contract, span.line)
        first = terms.get(key)
        if span.to_come is not None and (first is None or first > max(span.to_come, facts.now)):
            last = span.last if first is None else first.plus(-1)
            text = f"deliveries until {last} have no price"
            yield Finding("info", f"{span.contract} {span.line}", text, "add a price term", "lines", key)


def _first_terms(facts: Remembered) -> dict[tuple[str, int], Month]:
    """Return the first month of the price terms of each line that has any."""
    firsts: dict[tuple[str, int], Month] = {}
    for term in facts.records(PriceTerm):
        key = (term.contract, term.line)
        firsts[key] = min(term.month, firsts.get(key, term.month))
    return firsts


def unquoted(facts: Remembered) -> Iterator[Finding]:
    """Find price terms whose index has no price in any month."""
    quoted = {price.index for price in facts.records(IndexPrice)}
    for term in facts.records(PriceTerm):
        if term.index is not None and term.index not in quoted:
            key = (term.contract, term.line, term.month)
            text, remedy = f"its index {term.index} has no price in any month", "add or import prices of the index"
            yield Finding("warning", " ".join(map(str, key)), text, remedy, "price_terms", key)
