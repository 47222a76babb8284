"""A plan and a CSV file of a million deliveries, and the sample plan, made once for each run of the benchmarks."""

import csv
import random
import sys
from pathlib import Path

from planner.commands import CreateRecords
from planner.exchange.samples import create, create_sample
from planner.model import Contract, Demand, Line, MixShare, Organisation, Programme, Record
from planner.units import Month

LINES = 8_334
MONTHS = 120
LINES_EACH = 4
FIRST = Month.of(2025, 1)
MATERIALS = ("CoSO4.7H2O", "NiSO4.6H2O", "LiOH.H2O", "MnSO4.H2O", "Cu")


def line_keys() -> list[tuple[str, int]]:
    """Return contract and line of every line."""
    return [(f"C-{number // LINES_EACH:05d}", number % LINES_EACH + 1) for number in range(LINES)]


def make_plan(path: Path) -> None:
    """Make a plan with all the contracts and lines, some demand, and no delivery."""
    start, end = FIRST, FIRST.plus(MONTHS - 1)
    records: list[Record] = [
        Organisation(code="SUPPLIER", name="Supplier"),
        Organisation(code="BUYER", name="Buyer", role="buyer"),
        Programme(code="P", name="Programme"),
        MixShare(programme="P", chemistry="NMC622", month=start, share_ppm=1_000_000),
    ]
    records += [Demand(programme="P", month=start.plus(i), energy_kwh=90_000_000_000) for i in range(MONTHS)]
    keys = line_keys()
    records += [
        Contract(reference=code, supplier="SUPPLIER", buyer="BUYER", stage="signed", start_month=start, end_month=end)
        for code in dict.fromkeys(code for code, _ in keys)
    ]
    records += [
        Line(contract=code, line=line, material=MATERIALS[i % len(MATERIALS)]) for i, (code, line) in enumerate(keys)
    ]
    with create(path, "benchmark", sample=False) as plan:
        plan.run(CreateRecords(tuple(records)))


def make_csv(path: Path) -> int:
    """Write the deliveries as a plain CSV file; returns how many."""
    draw = random.Random(1)  # noqa: S311 - figures, not secrets
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("contract", "line", "month", "quantity_t", "status"))
        for contract, line in line_keys():
            for i in range(MONTHS):
                writer.writerow((contract, line, FIRST.plus(i), f"{draw.uniform(1, 900):.2f}", "planned"))
    return LINES * MONTHS


def make_all(folder: Path) -> None:
    """Make `sample.offtake`, `empty.offtake` and `deliveries.csv` in a folder."""
    create_sample(folder / "sample.offtake", "benchmark").close()
    make_plan(folder / "empty.offtake")
    file = folder / "deliveries.csv"
    print(f"{make_csv(file):,} deliveries, {file.stat().st_size / 1e6:.0f} MB of CSV")


if __name__ == "__main__":
    make_all(Path(sys.argv[1]))
