"""Everything that follows from a plan, worked out anew: after an edit of one delivery, and from its arrays alone."""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.matrix import make_plan
from benchmarks.measure import RUNS, Timing, median_of, told
from benchmarks.million import FIRST, MATERIALS, MONTHS, line_keys
from planner.analysis import Book, Cube, Period, Scope, Subject
from planner.analysis.aims.targets import targets
from planner.analysis.footprint.carbon import carbon
from planner.analysis.footprint.movers import movers
from planner.analysis.footprint.recycled import loops, recycled
from planner.analysis.gaps.explain import explain
from planner.analysis.gaps.stack import StackBy, stacked
from planner.analysis.money.cost import spend
from planner.analysis.origins.concentration import ConcentrationBy, concentration, losses
from planner.commands import CreateRecords, DeliveryCell, SetDeliveries
from planner.model import (
    Demand,
    ExchangeRate,
    IndexPrice,
    MixShare,
    PlantCapacity,
    PriceIndex,
    PriceTerm,
    Programme,
    Record,
    StockCount,
    Target,
)
from planner.model import Plant as PlantRecord
from planner.plan import Plan
from planner.units import Month

LINES = 500
YEARLY = Scope(by=Period.YEAR)
MONTHLY = Scope(by=Period.MONTH)
E4 = 10_000
# As many times each number of the deliveries is read by the families: cover, stack, spend, carbon, recycled,
# concentration by three, losses, targets, explanations.
FAMILIES = 11


def enrich(plan: Plan, keys: list[tuple[str, int]]) -> None:
    """Add what the analyses need: demand, prices of every line, plants, stock, targets."""
    records: list[Record] = [
        PriceIndex(code="INDEX", name="Index", currency="USD"),
        *(IndexPrice(index="INDEX", month=FIRST.plus(at), price_e4=(20_000 + at) * E4) for at in range(MONTHS)),
        *(ExchangeRate(base="EUR", quote="USD", month=FIRST.plus(at), rate_e6=1_080_000) for at in range(MONTHS)),
        *(PlantRecord(code=f"PL-{m}", name=m, organisation="SUPPLIER", material=m) for m in MATERIALS),
        *(PlantCapacity(plant=f"PL-{m}", month=FIRST, available_kg=10**9) for m in MATERIALS),
        *(StockCount(material=m, month=FIRST, quantity_kg=10**6) for m in MATERIALS),
        Target(measure="carbon_base", scope="all", month=Month.of(2020, 1), value_e4=15 * E4),
        Target(measure="carbon", scope="all", month=Month.of(2020, 1), value_e4=100 * E4),
        Target(measure="recycled", scope="Co", month=Month.of(2031, 8), value_e4=16 * E4),
        Target(measure="supplier_share", scope="Co", month=FIRST, value_e4=75 * E4),
        *(
            PriceTerm(
                contract=code,
                line=line,
                month=FIRST,
                index="INDEX",
                currency="EUR",
                payable_ppm=800_000 + at % 97 * 1_000,
            )
            for at, (code, line) in enumerate(keys)
        ),
    ]
    if not plan.count("programmes"):
        records += [
            Programme(code="P", name="Programme"),
            MixShare(programme="P", chemistry="NMC622", month=FIRST, share_ppm=1_000_000),
            *(Demand(programme="P", month=FIRST.plus(at), energy_kwh=5_000_000_000) for at in range(MONTHS)),
        ]
    plan.run(CreateRecords(tuple(records)))


def everything(book: Book) -> None:
    """Ask every question of the pages, over the whole horizon."""
    inputs = book.inputs
    subjects = [Subject("element", element) for element in inputs.elements if element in {"Co", "Ni", "Li", "Mn", "Cu"}]
    subjects += [Subject("material", material) for material in MATERIALS]
    short = []
    for subject in subjects:
        table = book.cube.cover(subject, by=Period.MONTH)
        short += [(subject, row.period[:4]) for row in table.rows if row.net_requirement][:1]
    book.cube.supported(by=Period.MONTH)
    stacked(book, Scope(by=Period.MONTH, subject=subjects[0]), StackBy.CONTRACT)
    spend(book, YEARLY)
    carbon(book, YEARLY)
    movers(book, YEARLY)
    recycled(book, YEARLY)
    loops(book, MONTHLY)
    for among in ConcentrationBy:
        concentration(book, YEARLY, among)
    losses(book, YEARLY, ConcentrationBy.SUPPLIER, inputs.first)
    targets(book, YEARLY)
    for subject, year in short:
        explain(book, subject, year)


def measure(plan: Plan, limit: str) -> None:
    """Time everything on one plan, against a floor that reads the arrays of its deliveries as often."""
    plan.ask(everything)
    keys = line_keys()
    floor = _timed(lambda: plan.ask(_floor))
    told(f"floor: numpy reads {plan.count('deliveries'):,} deliveries {FAMILIES} times", floor)

    def edited() -> None:
        plan.run(SetDeliveries((DeliveryCell(*keys[0], FIRST.plus(3), time.perf_counter_ns() % 900_000),)))
        plan.ask(everything)

    after = _timed(edited)
    told("everything after one edited delivery", after, after.median / floor.median, limit)
    anew = _timed(lambda: plan.ask(_anew))
    told("everything anew from the arrays", anew, anew.median / floor.median, limit)


def _anew(book: Book) -> None:
    """Work everything out with nothing kept: what the deliveries come to, what is known of each line, prices."""
    everything(Book(Cube(book.inputs), book.records))


def _floor(book: Book) -> None:
    """Weigh the deliveries and add them up by material, as the least of the families does."""
    inputs = book.inputs
    weights = (inputs.line_fraction_ppm / 1e6)[:, None]
    for _ in range(FAMILIES):
        weighed = (inputs.received + inputs.planned) * weights
        np.add.reduceat(weighed, np.arange(0, inputs.months, 12), axis=1)
        np.bincount(np.repeat(inputs.line_material, inputs.months), weights=weighed.ravel())


def _timed(work: Callable[[], object]) -> Timing:
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return median_of(seconds)


def main(full: Path) -> None:
    """Measure on 500 lines of ten years, and on the plan of a million deliveries."""
    with TemporaryDirectory() as folder:
        small = Path(folder) / "small.offtake"
        make_plan(small, LINES)
        with Plan.open(small, person="benchmark") as plan:
            enrich(plan, line_keys()[:LINES])
            measure(plan, "(at most 50 ms)")
    with Plan.open(full, person="benchmark") as plan:
        if not plan.count("price_terms"):
            enrich(plan, line_keys())
        measure(plan, "(at most 500 ms)")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
