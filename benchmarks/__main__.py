"""Runs every benchmark on a plan of a million deliveries, made afresh; `make bench`."""

import os
import platform
import tempfile
from pathlib import Path

from benchmarks import edits, imports, starts
from benchmarks.million import make_csv, make_plan
from planner.store import SUFFIX


def main() -> None:
    """Print one line for each figure, and its ratio to the floor measured in the same run."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # No preference of the person who runs it is read or written.
        os.environ["XDG_CONFIG_HOME"] = str(folder)
        starts.measure(folder)
        plan, file = folder / f"empty{SUFFIX}", folder / "deliveries.csv"
        make_plan(plan)
        print(f"{make_csv(file):,} deliveries, {file.stat().st_size / 1e6:.0f} MB of CSV")
        full = imports.measure(folder, plan, file)
        edits.measure(folder, full)


if __name__ == "__main__":
    main()
