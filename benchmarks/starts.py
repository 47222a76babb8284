"""The window with the sample's chart on screen, against a bare window with an empty plot."""

import sys
from pathlib import Path

from benchmarks.measure import timed_children, told
from planner.exchange.samples import create_sample
from planner.store import SUFFIX

RUNS = 9


def measure(folder: Path) -> None:
    """Time both as whole processes, each from its start until it has painted and ended."""
    plan = folder / f"sample{SUFFIX}"
    create_sample(plan, "benchmark").close()
    command = [sys.executable, "-m", "benchmarks.window"]
    floor = timed_children(command, runs=RUNS)
    told("floor: a bare window with an empty pyqtgraph plot", floor)
    told("the window with the sample's chart", timed_children([*command, str(plan)], runs=RUNS), floor, "(at most 1.6)")
