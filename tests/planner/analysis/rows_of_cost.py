"""The other road to spend: SQL over the rows of a plan, fractions for the plants' limits, `Plan.price` by month."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction

from planner.analysis import Market, Stages
from planner.analysis.book import Book
from planner.analysis.inputs import Floats
from planner.analysis.money.bill import paid_for
from planner.analysis.money.pricing import KG_PER
from planner.errors import PlannerError
from planner.model import ExchangeRate, IndexPrice, PriceIndex
from planner.model.contracts import DEFAULT_PROBABILITY_PPM, FIRM, PROBABLE
from planner.plan import Plan
from planner.units import KG_PER_T, PPM, Month

Key = tuple[str, int, Month]

DELIVERIES = """
SELECT c.reference, l.line, d.month, d.quantity_kg, d.status, c.stage, c.probability_ppm, l.volume_basis,
       coalesce(l.contained_fraction_ppm, m.contained_fraction_ppm) AS fraction_ppm,
       CASE WHEN made.element = m.element THEN p.id END AS plant, made.contained_fraction_ppm AS made_ppm
FROM deliveries AS d JOIN lines AS l ON l.id = d.line_id JOIN contracts AS c ON c.id = l.contract_id
JOIN materials AS m ON m.id = l.material_id LEFT JOIN plants AS p ON p.id = l.plant_id
LEFT JOIN materials AS made ON made.id = p.material_id
ORDER BY d.id
"""
CAPACITY = """
SELECT available_kg * open_share_ppm FROM plant_capacity WHERE plant_id = ? AND month <= ? ORDER BY month DESC LIMIT 1
"""
IS_LIMITED = "SELECT 1 FROM plant_capacity WHERE plant_id = ?"


@dataclass(frozen=True)
class Cost:
    """Of a line in a month: what comes and what was asked, in metal kg, and what a t of metal costs; None: no price."""

    kg: Fraction
    asked_kg: Fraction
    per_metal_t: Fraction | None


def cost_by_rows(plan: Plan, stages: Stages, currency: str) -> dict[Key, Cost]:
    """Return the cost of every line and month that has a delivery."""
    market = market_of(plan)
    with closing(sqlite3.connect(f"{plan.path.as_uri()}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        found = list(_supply(db, stages))
    return {
        key: Cost(kg, asked, _per_metal_t(plan, market, key, fraction, currency)) for key, kg, asked, fraction in found
    }


def market_of(plan: Plan) -> Market:
    """Return the market of a plan."""
    kinds = (PriceIndex, IndexPrice, ExchangeRate)
    return Market.of(*([row.record for row in plan.rows(kind.table)] for kind in kinds))  # type: ignore[arg-type] # each table holds records of its kind


def _supply(db: sqlite3.Connection, stages: Stages) -> Iterator[tuple[Key, Fraction, Fraction, int]]:
    """Yield what each delivery brings within its plant's limit, what it asks, and the assay of its line in ppm."""
    calls = [(row, *_call(row, stages)) for row in db.execute(DELIVERIES)]
    asked: Mapping[tuple[int, int, int], Fraction] = _summed(calls)
    for row, rank, kg in calls:
        key = row["reference"], row["line"], Month(row["month"])
        kept = kg
        if row["plant"] is not None and db.execute(IS_LIMITED, (row["plant"],)).fetchone():
            known = db.execute(CAPACITY, (row["plant"], row["month"])).fetchone()
            left = Fraction(known[0] if known else 0, PPM) * Fraction(row["made_ppm"], PPM)
            left -= sum(asked.get((row["plant"], row["month"], before), 0) for before in range(rank))
            together = asked[row["plant"], row["month"], rank]
            kept = kg * min(Fraction(1), max(Fraction(0), left) / together) if together else Fraction(0)
        yield key, kept, kg, row["fraction_ppm"]


def _call(row: sqlite3.Row, stages: Stages) -> tuple[int, Fraction]:
    """Return the rank of a delivery (received 0, firm 1, probable 2) and the metal kg that it counts for."""
    kg = Fraction(row["quantity_kg"])
    if row["volume_basis"] == "product":
        kg *= Fraction(row["fraction_ppm"], PPM)
    if row["status"] == "received":
        return 0, kg
    if row["stage"] in FIRM:
        return 1, kg
    if row["stage"] not in PROBABLE or stages is Stages.FIRM:
        return 2, Fraction(0)
    given = row["probability_ppm"]
    ppm = DEFAULT_PROBABILITY_PPM[row["stage"]] if given is None else given
    return 2, kg * Fraction(ppm, PPM) if stages is Stages.PROBABLE else kg


def _summed(calls: list[tuple[sqlite3.Row, int, Fraction]]) -> Mapping[tuple[int, int, int], Fraction]:
    sums: dict[tuple[int, int, int], Fraction] = defaultdict(Fraction)
    for row, rank, kg in calls:
        sums[row["plant"], row["month"], rank] += kg
    return sums


def _per_metal_t(plan: Plan, market: Market, key: Key, fraction_ppm: int, currency: str) -> Fraction | None:
    try:
        price = plan.price(*key)
        rate = market.exchange(price.currency, currency, key[2]).factor
    except PlannerError:
        return None
    mass, basis = price.unit.split()
    units = KG_PER_T / KG_PER[mass] * (1 if basis == "metal" else Fraction(PPM, fraction_ppm))
    return Fraction(price.amount) * units * rate


def paid_by_line(book: Book, stages: Stages, currency: str) -> tuple[Floats, tuple[tuple[str, int], ...], Month]:
    """Return what each line costs by month [L, T], the lines, and the first month."""
    paid = paid_for(book.flows(stages).supply, book.prices(currency).per_metal_t)
    return paid, book.traits.lines, book.inputs.first
