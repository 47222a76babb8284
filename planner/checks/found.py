"""The findings of a plan that stay known: after an edit those checks alone run again whose tables it touched."""

import threading
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from planner.checks.check import Check
from planner.checks.checks import CHECKS
from planner.checks.finding import ORDER, Finding, Remembered, View
from planner.model import Mute


class Found:
    """What was found in one plan, by check; any thread may ask and any may tell of an edit.

    An edit made while findings are worked out counts as later than all that was read: at worst a check runs again.
    """

    def __init__(self, checks: Collection[Check] = CHECKS) -> None:
        """Nothing is worked out before it is asked for."""
        self._checks = tuple(checks)
        self._kept: dict[str, tuple[int, tuple[Finding, ...]]] = {}
        self._day = date.min
        self._edits = 0
        self._touched: dict[str, int] = {}
        # Who tells of an edit does not wait for checks that run.
        self._telling, self._working = threading.Lock(), threading.Lock()

    def touch(self, tables: Iterable[str]) -> None:
        """Take note of an edit that the view tells of already."""
        with self._telling:
            self._edits += 1
            self._touched.update(dict.fromkeys(tables, self._edits))

    def findings(self, view: View, today: date, *, muted: bool = False) -> list[Finding]:
        """Return the findings of a day, the most severe first; those put aside, flagged, where they are asked for."""
        with self._working:
            if today != self._day:
                self._kept.clear()
                self._day = today
            # Before anything is read: an edit from now on may be in what is read, or not.
            with self._telling:
                edits = self._edits
            facts = Remembered(view, today)
            found = [finding for check in self._checks for finding in self._of(check, facts, edits)]
        found = [finding for finding in flagged(found, facts) if muted or finding.muted_until is None]
        return sorted(found, key=lambda finding: ORDER[finding.severity])

    def _of(self, check: Check, facts: Remembered, edits: int) -> tuple[Finding, ...]:
        with self._telling:
            last = max(self._touched.get(table, 0) for table in check.depends_on)
        kept = self._kept.get(check.id)
        if kept is None or kept[0] < last:
            kept = self._kept[check.id] = edits, tuple(check.run(facts))
        return kept[1]


def flagged(found: Iterable[Finding], facts: Remembered) -> list[Finding]:
    """Return findings, those that are put aside on this day with the last day of that."""
    mutes = {(each.finding, each.place): each.until for each in facts.records(Mute) if each.until >= facts.today}
    return [replace(each, muted_until=mutes.get((each.check, each.place))) for each in found]
