"""Timing: medians of several runs, peak memory of child processes, and one line for each figure."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

RUNS = 5

# One run: its seconds, and the most memory that it held in MB.
Run = Callable[[], tuple[float, float]]


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


def timed_pairs(floor: Run, own: Run, runs: int = RUNS) -> tuple[Timing, Timing, float]:
    """Run a floor and our own in turn, so that both meet the same noise; returns both and the median ratio."""
    pairs = [(floor(), own()) for _ in range(runs)]
    ratio = statistics.median(ours[0] / least[0] for least, ours in pairs)
    return _timing([least for least, _ in pairs]), _timing([ours for _, ours in pairs]), ratio


def _timing(found: Sequence[tuple[float, float]]) -> Timing:
    seconds = [each[0] for each in found]
    return Timing(statistics.median(seconds), min(seconds), max(seconds), max(each[1] for each in found))


def told(name: str, timing: Timing, ratio: float | None = None, limit: str = "") -> None:
    """Print one figure, and how many times its floor it is."""
    unit, scale = ("ms", 1_000.0) if timing.median < 1 else ("s", 1.0)
    text = (
        f"{name:<58} {timing.median * scale:9.2f} {unit:<2} ({timing.least * scale:.2f} to {timing.most * scale:.2f})"
    )
    if timing.memory_mb is not None:
        text += f"  peak {timing.memory_mb:.0f} MB"
    if ratio is not None:
        text += f"  {ratio:.2f} x floor"
    print(f"{text}  {limit}".rstrip(), flush=True)
