"""Import of a million deliveries from CSV: validation, preview, history and all, by the command line."""

import shutil
import sqlite3
import sys
from pathlib import Path

from benchmarks.measure import Timing, timed, timed_children, told
from planner.store import SUFFIX


def measure(folder: Path, plan: Path, file: Path) -> Path:
    """Time the import against the sqlite3 shell's, and again when all rows are in; returns the filled plan."""
    floor = _floor(folder, file)
    told("floor: the same rows into a bare table", floor)
    full = folder / f"full{SUFFIX}"

    def fresh() -> None:
        for old in folder.glob(f"{full.name}*"):
            old.unlink()
        shutil.copy(plan, full)

    command = [sys.executable, "main.py", "import", str(full), "deliveries", str(file)]
    told("import of the file into a plan", timed_children(command, before=fresh), floor, "(at most 5)")
    told("the same file again: all the same", timed_children(command), floor)
    exported = folder / "out.csv"
    command = [sys.executable, "main.py", "export", str(full), "deliveries", str(exported)]
    told("export of the table", timed_children(command), floor)
    return full


def _floor(folder: Path, file: Path) -> Timing:
    bare = folder / "bare.db"
    shell = shutil.which("sqlite3")
    if shell is None:
        print("The sqlite3 shell is not installed: the floor is executemany from csv.reader, which is slower.")
        return timed(lambda: _by_hand(bare, file), before=lambda: bare.unlink(missing_ok=True))
    script = f".mode csv\n.import '{file}' deliveries\n"
    return timed_children([shell, str(bare)], before=lambda: bare.unlink(missing_ok=True), stdin=script)


def _by_hand(bare: Path, file: Path) -> None:
    import csv  # noqa: PLC0415 - the floor of a machine without the shell

    with file.open(newline="", encoding="utf-8") as lines, sqlite3.connect(bare) as database:
        rows = csv.reader(lines)
        names = ", ".join(next(rows))
        database.execute(f"CREATE TABLE deliveries ({names})")
        database.executemany("INSERT INTO deliveries VALUES (?, ?, ?, ?, ?)", rows)
