"""Import of a workbook of 200,000 deliveries, against the library's bare read and the same rows as CSV."""

import shutil
import sys
from pathlib import Path

from benchmarks.measure import run_child, timed_pairs, told

ROWS = 200_000


def measure(folder: Path, plan: Path, file: Path) -> None:
    """Time the import of the first rows of a CSV file of deliveries, saved as a workbook."""
    program = [sys.executable, "-m", "benchmarks.workbook_file"]
    run_child([*program, "make", str(file), str(ROWS)])
    book, full = file.with_name("part.xlsx"), folder / "part.offtake"

    def imported(source: Path) -> tuple[float, float]:
        for old in folder.glob(f"{full.name}*"):
            old.unlink()
        shutil.copy(plan, full)
        return run_child([sys.executable, "main.py", "import", str(full), "deliveries", str(source)])

    def floor() -> tuple[float, float]:
        bare, least = run_child([*program, str(book)])
        road, most = imported(file.with_name("part.csv"))
        return bare + road, max(least, most)

    least, own, ratio = timed_pairs(floor, lambda: imported(book))
    told("floor: bare read of a workbook, its rows as CSV", least)
    told(f"import of a workbook of {ROWS:,} rows", own, ratio, "(at most 1.3)")
