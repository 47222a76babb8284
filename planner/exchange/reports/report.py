"""Puts the report of a plan together, as of a day."""

from datetime import date
from typing import Final

from planner.analysis import Book, Scope, Stages
from planner.analysis.money.cost_values import EURO
from planner.exchange.reports.sections import Asked, sections
from planner.exchange.reports.summary import summary
from planner.exchange.reports.values import Report, Section
from planner.plan import Plan

COUNTED: Final = {
    Stages.ALL: "all stages in full",
    Stages.PROBABLE: "memoranda and letters of intent weighted by their probability",
    Stages.FIRM: "signed contracts and later ones only",
}


def report_of(plan: Plan, scope: Scope, *, today: date, currency: str = EURO) -> Report:
    """Return the report of a plan about a scope; PlannerError: no such subject, currency or horizon."""
    found = plan.findings(today=today)

    def answered(book: Book) -> tuple[Section, ...]:
        asked = Asked(book, scope, today, found, currency)
        return summary(asked), *sections(asked)

    made = plan.ask(answered)
    first, last = plan.horizon or (None, None)
    about = (
        ("Plan", plan.path.stem),
        ("Of", "everything" if scope.subject is None else scope.subject.code),
        ("Horizon", f"{scope.start or first} to {scope.end or last}, by {scope.by}"),
        ("Counted", COUNTED[scope.stages]),
        ("Currency", currency),
    )
    return Report(f"{plan.path.stem}: are we covered?", today, about, made)
