"""All findings of a plan of a million deliveries: worked out anew, and kept up after an edit."""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.measure import RUNS, Timing, median_of, told
from benchmarks.million import FIRST, line_keys
from planner.checks import Found
from planner.commands import DeliveryCell, MuteFinding, SetDeliveries
from planner.plan import Plan

LIMIT = "(at most 300 ms)"


def measure(plan: Path) -> None:
    """Print what they cost; the floor is adding up the deliveries of each year and line in arrays."""
    today = date.today()  # noqa: DTZ011 - the day of the person's own calendar
    with Plan.open(plan, person="benchmark") as opened:
        opened.findings()
        months = opened.line_months()
        floor = _timed(lambda: (months.received + months.to_come).reshape(-1, 12).sum(axis=1))
        told("floor: a million deliveries added up by line and year", floor)
        anew = _timed(lambda: Found().findings(opened, today))
        told("all findings, worked out anew", anew, anew.median / floor.median, LIMIT)
        edited = median_of([_edited(opened, at) for at in range(RUNS)])
        told("findings after one edited delivery", edited, edited.median / floor.median, LIMIT)
        muted = median_of([_muted(opened, at) for at in range(RUNS)])
        told("findings after one was put aside", muted, muted.median / floor.median, LIMIT)


def _timed(act: Callable[[], object]) -> Timing:
    return median_of([_seconds(act) for _ in range(RUNS)])


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def _edited(plan: Plan, at: int) -> float:
    contract, line = line_keys()[at]
    cell = DeliveryCell(contract, line, FIRST.plus(at + 1), time.time_ns() // 1_000 % 1_000_000)
    plan.run(SetDeliveries((cell,)))
    return _seconds(plan.findings)


def _muted(plan: Plan, at: int) -> float:
    plan.run(MuteFinding("shortage", f"Nowhere {at}", date(2199, 12, 31), str(time.time_ns())))
    return _seconds(plan.findings)


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
