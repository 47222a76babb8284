"""Findings about data that grow old: deliveries of months past that nobody received, a plan that nobody touches."""

from collections.abc import Iterator
from typing import Final

from planner.analysis.terms.timeline import Span
from planner.checks.finding import Finding, Remembered
from planner.units import Month

# A plan that nobody has touched for so many months is worth a look.
UNTOUCHED_MONTHS: Final = 3
# So many months after a delivery it is known whether it came.
RECEIPT_MONTHS: Final = 2


def stale(facts: Remembered) -> Iterator[Finding]:
    """Find open contracts with deliveries of months past that are not received, and a plan that lies untouched."""
    yield from _untouched(facts)
    yield from _not_received(facts)


def _untouched(facts: Remembered) -> Iterator[Finding]:
    """Find that nothing was changed for long; a plan with nothing to come is finished, not old."""
    coming = [span for span in facts.spans if _is_to_come(facts, span)]
    if not coming or facts.last_edit is None:
        return
    day = facts.last_edit.time.astimezone().date()
    since = facts.now - Month.of(day.year, day.month)
    if since > UNTOUCHED_MONTHS or (since == UNTOUCHED_MONTHS and day.day < facts.today.day):
        first, last = coming[0], max(span.last for span in coming)
        text = f"nothing has been changed since {day}, and deliveries are planned until {last}"
        key = (first.contract, first.line, first.last)
        yield Finding("info", "plan", text, "bring the plan up to date", "deliveries", key)


def _is_to_come(facts: Remembered, span: Span) -> bool:
    return span.contract in facts.alive and span.to_come is not None and span.last >= facts.now


def _not_received(facts: Remembered) -> Iterator[Finding]:
    """Where nothing was ever marked received, the plan keeps no record of what came, and nothing is missing in it."""
    months = facts.line_months
    if not months.received.any():
        return
    until = facts.now.plus(-RECEIPT_MONTHS - 1)
    lines = ((span.contract, span.line) for span in facts.spans if span.contract in facts.alive)
    for reference, (count, last) in months.outstanding(until, lines).items():
        one = count == 1
        text = (
            f"{count:,} {'delivery' if one else 'deliveries'} until {last} {'is' if one else 'are'} not marked received"
        )
        yield Finding("info", reference, text, "mark them received, or move them", "contracts", (reference,))
