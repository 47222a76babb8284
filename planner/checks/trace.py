"""Findings about lots: a site out of which more went than went in."""

from collections.abc import Iterator

from planner.analysis.origins.mass_balance import SiteMonth, site_months
from planner.checks.finding import Finding, Remembered
from planner.model import Intake, Line, Lot, Material
from planner.units import KG_PER_T


def mass_balance(facts: Remembered) -> Iterator[Finding]:
    """Find sites and months in which more went out than was there, and sites of lots that nothing went into."""
    lots = facts.records(Lot)
    if not lots and not facts.records(Intake):
        return
    silent: set[str] = set()
    for row in site_months(lots, facts.records(Intake), facts.records(Line), facts.records(Material)):
        if not row.unexplained_kg:
            continue
        if not row.keeps_no_books:
            out, there = row.made_kg + row.passed_on_kg, row.opening_kg + row.taken_in_kg
            text = f"{out / KG_PER_T:,.1f} t went out, and {there / KG_PER_T:,.1f} t of metal were there"
            remedy = "add what it took in, or correct its lots"
            yield Finding("error", f"{row.site} {row.month}", text, remedy, *_about(row))
        elif row.site not in silent:
            silent.add(row.site)
            text = "lots were made there, and nothing says what went in"
            yield Finding("info", f"plant {row.site}", text, "add its intakes", *_about(row))


def _about(row: SiteMonth) -> tuple[str, tuple[str, ...]]:
    """Return the table and the key of a lot that was made then, else of the site."""
    return ("lots", row.lots[:1]) if row.lots else ("plants", (row.site,))
