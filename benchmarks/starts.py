"""The window with the sample's chart on screen, against a bare window with an empty plot."""

import sys
from pathlib import Path

from benchmarks.measure import run_child, timed_pairs, told

RUNS = 11


def measure(plan: Path) -> None:
    """Time both as whole processes, each from its start until it has painted and ended."""
    command = [sys.executable, "-m", "benchmarks.window"]
    floor, own, ratio = timed_pairs(lambda: run_child(command), lambda: run_child([*command, str(plan)]), RUNS)
    told("floor: a bare window with an empty pyqtgraph plot", floor)
    told("the window with the sample's chart", own, ratio, "(at most 1.6)")
