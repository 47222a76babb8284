"""Timing: medians of several runs, peak memory of child processes, and one line for each figure."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """The median and the spread of several runs in seconds, and the most memory that one held, in MB."""

    median: float
    least: float
    most: float
    memory_mb: float | None = None


def median_of(seconds: Sequence[float]) -> Timing:
    """Return the timing of runs that were measured elsewhere."""
    return Timing(statistics.median(seconds), min(seconds), max(seconds))


def timed(work: Callable[[], object], runs: int = RUNS, before: Callable[[], object] | None = None) -> Timing:
    """Time `work` in this process; `before` runs untimed ahead of each."""
    seconds = []
    for _ in range(runs):
        if before is not None:
            before()
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median_of(seconds)


def run_child(command: Sequence[str], stdin: str | None = None) -> tuple[float, float]:
    """Run a program to its end; returns its seconds and its peak memory in MB. CalledProcessError when it fails."""
    start = time.perf_counter()
    child = subprocess.Popen(  # noqa: S603 - our own programs
        command, stdin=subprocess.PIPE if stdin else None, stdout=subprocess.DEVNULL, text=True
    )
    if child.stdin is not None and stdin is not None:
        child.stdin.write(stdin)
        child.stdin.close()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    # Kilobytes on Linux, bytes on macOS.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return seconds, usage.ru_maxrss / unit


def timed_children(
    command: Sequence[str], runs: int = RUNS, before: Callable[[], object] | None = None, stdin: str | None = None
) -> Timing:
    """Time a program from start to end."""
    found = []
    for _ in range(runs):
        if before is not None:
            before()
        found.append(run_child(command, stdin))
    seconds = [each[0] for each in found]
    return Timing(statistics.median(seconds), min(seconds), max(seconds), max(each[1] for each in found))


def told(name: str, timing: Timing, floor: Timing | None = None, limit: str = "") -> None:
    """Print one figure, and how many times its floor it is."""
    unit, scale = ("ms", 1_000.0) if timing.median < 1 else ("s", 1.0)
    text = (
        f"{name:<58} {timing.median * scale:9.2f} {unit:<2} ({timing.least * scale:.2f} to {timing.most * scale:.2f})"
    )
    if timing.memory_mb is not None:
        text += f"  peak {timing.memory_mb:.0f} MB"
    if floor is not None:
        text += f"  {timing.median / floor.median:.2f} x floor"
    print(f"{text}  {limit}".rstrip())
