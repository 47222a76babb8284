"""Plans whose carbon and recycled content are worked out by hand, and the SQL that comes to the same."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from planner.commands import CreateRecords, DeleteRecords
from planner.exchange.samples import create_sample
from planner.model import (
    Chemistry,
    Contract,
    Delivery,
    Demand,
    ElementIntensity,
    Line,
    Material,
    MixShare,
    Organisation,
    Plant,
    Programme,
    Record,
    Return,
    SupplierCarbon,
    Target,
)
from planner.plan import Plan
from planner.units import Month

JANUARY = Month.of(2025, 1)
DECEMBER = Month.of(2026, 12)


def near(value: float) -> Any:  # noqa: ANN401 - equal to any number near it, wherever that stands
    """Return what is equal to a number but for rounding."""
    return pytest.approx(value)


def contract(reference: str, supplier: str) -> Contract:
    """Return a signed contract over both years."""
    return Contract(
        reference=reference, supplier=supplier, buyer="US", stage="signed", start_month=JANUARY, end_month=DECEMBER
    )


def delivered(reference: str, month: int, tonnes: int) -> Delivery:
    """Return a delivery so many months after January 2025."""
    return Delivery(contract=reference, line=1, month=JANUARY.plus(month), quantity_kg=1_000 * tonnes)


# In January: 20 t of Co at 2 kg CO2e a kg of product, which holds a fifth; 10 t at 4; 25 t of Li at 3, a quarter of it.
# A kWh of X takes 100 g of Co and 50 g of Li, one of Y 200 g of Co; of Y three times as much is built in February.
CARBON: tuple[Record, ...] = (
    Material(code="SULPHATE", name="Sulphate", element="Co", contained_fraction_ppm=200_000, carbon_g_per_kg=9_000),
    Material(code="SALT", name="Salt", element="Li", contained_fraction_ppm=250_000, carbon_g_per_kg=3_000),
    Chemistry(code="X", name="X"),
    Chemistry(code="Y", name="Y"),
    ElementIntensity(chemistry="X", element="Co", intensity_mg_per_kwh=100_000),
    ElementIntensity(chemistry="X", element="Li", intensity_mg_per_kwh=50_000),
    ElementIntensity(chemistry="Y", element="Co", intensity_mg_per_kwh=200_000),
    Organisation(code="US", name="Us", role="buyer"),
    Organisation(code="SA", name="Supplier A", country="MA"),
    Organisation(code="SB", name="Supplier B", country="CD"),
    Organisation(code="SC", name="Supplier C"),
    Plant(code="PA", name="Plant A", organisation="SA", country="MA", renewable_ppm=800_000, carbon_g_per_kg=7_000),
    Plant(code="PC", name="Plant C", organisation="SC", material="SULPHATE", renewable_ppm=200_000, carbon_g_per_kg=1),
    SupplierCarbon(organisation="SB", material="SULPHATE", carbon_g_per_kg=4_000, carbon_quality="declared"),
    contract("A", "SA"),
    contract("B", "SB"),
    contract("C", "SC"),
    Line(contract="A", line=1, material="SULPHATE", plant="PA", carbon_g_per_kg=2_000, carbon_source="measured"),
    Line(contract="B", line=1, material="SULPHATE", volume_basis="metal"),
    Line(contract="C", line=1, material="SALT", plant="PC"),
    delivered("A", 0, 100),
    delivered("B", 0, 10),
    delivered("C", 0, 100),
    Programme(code="R", name="R"),
    MixShare(programme="R", chemistry="X", month=JANUARY, share_ppm=1_000_000),
    MixShare(programme="R", chemistry="X", month=JANUARY.plus(1), share_ppm=0),
    MixShare(programme="R", chemistry="Y", month=JANUARY.plus(1), share_ppm=1_000_000),
    Demand(programme="R", month=JANUARY, energy_kwh=1_000_000),
    Demand(programme="R", month=JANUARY.plus(1), energy_kwh=3_000_000),
    Target(measure="carbon_base", scope="all", month=Month.of(2020, 1), value_e4=30_000),
    Target(measure="carbon", scope="all", month=Month.of(2020, 1), value_e4=1_000_000),
    Target(measure="carbon", scope="all", month=Month.of(2025, 1), value_e4=800_000),
    Target(measure="carbon", scope="all", month=Month.of(2030, 1), value_e4=650_000),
)


def returned(month: int, waste: str, tonnes: int) -> Return:
    """Return what was given to the recycler so many months after January 2025."""
    return Return(contract="LOOP", line=1, waste=waste, month=JANUARY.plus(month), quantity_kg=1_000 * tonnes)


# 80 t of Co with a tenth recycled in January, 20 t out of the loop from March on; of what is returned 90 % comes back.
LOOP: tuple[Record, ...] = (
    Material(code="COBALT", name="Cobalt", element="Co", contained_fraction_ppm=1_000_000),
    Organisation(code="US", name="Us", role="buyer"),
    Organisation(code="MINER", name="Miner", country="MA"),
    Organisation(code="RECYCLER", name="Recycler", country="FR"),
    contract("MINED", "MINER"),
    contract("LOOP", "RECYCLER"),
    Line(contract="MINED", line=1, material="COBALT", recycled_ppm=100_000),
    Line(contract="LOOP", line=1, material="COBALT", origin="closed_loop", recovery_ppm=900_000),
    delivered("MINED", 0, 80),
    delivered("LOOP", 2, 5),
    delivered("LOOP", 3, 15),
    delivered("MINED", 12, 100),
    returned(-3, "scrap", 10),
    returned(1, "end_of_life", 10),
    Target(measure="recycled", scope="Co", month=Month.of(2025, 8), value_e4=160_000),
    Target(measure="recycled", scope="Co", month=Month.of(2026, 8), value_e4=260_000),
)


def plan_of(path: Path, *records: Record) -> Plan:
    """Make a plan of records."""
    plan = Plan.create(path, person="Tester")
    plan.run(CreateRecords(records))
    return plan


def unlimited_sample(path: Path) -> Plan:
    """Make the sample plan without the limits of its plants, so that all that is contracted counts."""
    plan = create_sample(path, "Tester")
    plan.run(DeleteRecords("plant_capacity", tuple(row.id for row in plan.rows("plant_capacity"))))
    return plan


def rows_of(plan: Plan, sql: str) -> list[tuple[object, ...]]:
    """Read the file of a plan."""
    with closing(sqlite3.connect(f"{plan.path.as_uri()}?mode=ro", uri=True)) as db:
        return db.execute(sql).fetchall()


# By element, year and supplier what comes: t of metal, t of CO2e, t of recycled metal.
BY_ROWS = """
WITH supply AS (
    SELECT m.element, d.month / 12 AS year, s.code AS supplier, d.quantity_kg * CASE l.volume_basis WHEN 'metal'
        THEN 1.0 ELSE coalesce(l.contained_fraction_ppm, m.contained_fraction_ppm) / 1e6 END AS metal,
        d.quantity_kg * CASE l.volume_basis WHEN 'product'
        THEN 1.0 ELSE 1e6 / coalesce(l.contained_fraction_ppm, m.contained_fraction_ppm) END AS product,
        coalesce(l.carbon_g_per_kg, CASE WHEN coalesce(p.material_id, m.id) = m.id THEN p.carbon_g_per_kg END,
            f.carbon_g_per_kg, m.carbon_g_per_kg) / 1e3 AS factor,
        coalesce(l.recycled_ppm, CASE l.origin WHEN 'closed_loop' THEN 1e6 ELSE 0 END) / 1e6 AS recycled
    FROM deliveries AS d JOIN lines AS l ON l.id = d.line_id JOIN contracts AS c ON c.id = l.contract_id
    JOIN organisations AS s ON s.id = c.supplier_id JOIN materials AS m ON m.id = l.material_id
    LEFT JOIN plants AS p ON p.id = l.plant_id
    LEFT JOIN supplier_carbon AS f ON f.organisation_id = s.id AND f.material_id = m.id
    WHERE c.stage NOT IN ('expired', 'cancelled')
)
SELECT element, year, supplier, sum(metal) / 1e3, sum(product * factor) / 1e3, sum(metal * recycled) / 1e3
FROM supply GROUP BY 1, 2, 3
"""
# Kg of each element in a kWh of the mix by year, months weighted by what they need.
MIX_BY_ROWS = """
WITH built AS (
    SELECT d.month / 12 AS year, x.chemistry_id, d.energy_kwh * x.share_ppm / 1e6 AS kwh
    FROM demand AS d JOIN mix AS x ON x.programme_id = d.programme_id AND x.month = (
        SELECT max(month) FROM mix WHERE programme_id = d.programme_id AND chemistry_id = x.chemistry_id
        AND month <= d.month)
), total AS (SELECT year, sum(kwh) AS kwh FROM built GROUP BY 1)
SELECT i.element, b.year, sum(b.kwh * i.intensity_mg_per_kwh) / 1e6 / t.kwh
FROM built AS b JOIN intensities AS i ON i.chemistry_id = b.chemistry_id JOIN total AS t ON t.year = b.year
GROUP BY 1, 2
"""
