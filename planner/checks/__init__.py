"""Findings: facts about a plan that somebody should look at; they never raise and never block."""

from planner.checks.check import Check
from planner.checks.checks import CHECKS
from planner.checks.finding import ORDER, Finding, Remembered, Severity, View
from planner.checks.found import Found

__all__ = ["CHECKS", "ORDER", "Check", "Finding", "Found", "Remembered", "Severity", "View"]
