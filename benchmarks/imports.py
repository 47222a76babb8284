"""Import of a million deliveries from CSV: validation, preview, history and all, by the command line."""

import shutil
import sys
from pathlib import Path

from benchmarks.measure import Run, run_child, timed_pairs, told

_ROWS = (
    "SELECT c.reference AS contract, l.line, d.month, d.quantity_kg, d.status FROM deliveries AS d"
    " JOIN lines AS l ON l.id = d.line_id JOIN contracts AS c ON c.id = l.contract_id"
    " ORDER BY c.reference, l.line, d.month"
)


def measure(folder: Path, plan: Path, file: Path) -> Path:
    """Time the import against the sqlite3 shell's, and again when all rows are in; returns the filled plan."""
    full = folder / "full.offtake"
    offtake = [sys.executable, "main.py"]
    import_all = [*offtake, "import", str(full), "deliveries", str(file)]
    floor = _floor(folder, file)

    def fresh() -> tuple[float, float]:
        for old in folder.glob(f"{full.name}*"):
            old.unlink()
        shutil.copy(plan, full)
        return run_child(import_all)

    least, own, ratio = timed_pairs(floor, fresh)
    told("floor: the same rows into a bare table", least)
    told("import of the file into a plan", own, ratio, "(at most 5)")
    _, own, ratio = timed_pairs(floor, lambda: run_child(import_all))
    told("the same file again: all the same", own, ratio)
    export = [*offtake, "export", str(full), "deliveries", str(folder / "out.csv")]
    least, own, ratio = timed_pairs(_export_floor(folder, full), lambda: run_child(export))
    told("floor: the same rows out of the plan by sqlite3 -csv", least)
    told("export of the table", own, ratio, "(at most 3)")
    return full


def _shell() -> str:
    """Return the sqlite3 shell; where it is not installed, say so and end."""
    shell = shutil.which("sqlite3")
    if shell is None:
        sys.exit("The floor is the sqlite3 shell: install it (Debian, Ubuntu: apt-get install sqlite3).")
    return shell


def _export_floor(folder: Path, plan: Path) -> Run:
    """Return the export by the sqlite3 shell: references as codes, in the order of the key."""
    shell, target = _shell(), folder / "bare.csv"
    return lambda: run_child([shell, "-csv", "-header", str(plan)], f".once '{target}'\n{_ROWS};\n")


def _floor(folder: Path, file: Path) -> Run:
    """Return the import by the sqlite3 shell."""
    shell = _shell()
    bare = folder / "bare.db"

    def run() -> tuple[float, float]:
        bare.unlink(missing_ok=True)
        return run_child([shell, str(bare)], f".mode csv\n.import '{file}' deliveries\n")

    return run
