"""Findings: facts about a plan that somebody should look at; they never raise and never block."""

from planner.checks import contracts, dates, prices, supply
from planner.checks.finding import ORDER, Finding, Remembered, Severity, View

__all__ = ["ORDER", "Finding", "Severity", "View", "findings"]

CHECKS = (
    supply.cover,
    supply.unplanned,
    supply.plants,
    supply.mixes,
    contracts.terms,
    contracts.volumes,
    contracts.shares,
    contracts.options,
    contracts.stages,
    dates.before_the_plant,
    dates.before_the_milestone,
    prices.unpriced,
    prices.unquoted,
)


def findings(view: View) -> list[Finding]:
    """Return all findings, the most severe first."""
    remembered = Remembered(view)
    found = [finding for check in CHECKS for finding in check(remembered)]
    return sorted(found, key=lambda finding: ORDER[finding.severity])
