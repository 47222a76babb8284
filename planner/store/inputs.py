"""The arrays that the analysis reads, filled from a plan in a few statements."""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from planner.analysis import CLOSED_CLASS, FIRM_CLASS, PROBABLE_CLASS, Inputs
from planner.analysis.inputs import Bools, Floats, Ints
from planner.model.contracts import DEFAULT_PROBABILITY_PPM, FIRM, PROBABLE
from planner.units import MONTHS_PER_YEAR, PPM, Month, spread

# A plan covers at most so many months from its first one on: what lies later is a finding.
LONGEST: Final = 50 * MONTHS_PER_YEAR

_HORIZON: Final = """
SELECT min(low), max(high) FROM (
    SELECT min(month) AS low, max(month) AS high FROM deliveries
    UNION ALL SELECT min(month), max(month) FROM demand
    UNION ALL SELECT min(month), max(month) FROM stock
    UNION ALL SELECT min(start_month), max(end_month) FROM contracts)
"""
_ELEMENTS: Final = """
SELECT element FROM (
    SELECT element, 0 AS source, id FROM materials
    UNION ALL SELECT element, 1, id FROM intensities
    UNION ALL SELECT element, 2, id FROM safety_stock)
GROUP BY element ORDER BY min(source), min(id)
"""


@dataclass(frozen=True, slots=True)
class Axes:
    """What the positions in the arrays stand for: months, elements, and the ids of rows."""

    first: Month
    months: int
    elements: tuple[str, ...]
    materials: tuple[int, ...]
    lines: tuple[int, ...]
    plants: tuple[int, ...]
    programmes: tuple[int, ...]
    chemistries: tuple[int, ...]

    @classmethod
    def read(cls, db: sqlite3.Connection) -> "Axes":
        """Read the axes of a plan; one month where it is empty."""
        low, high = db.execute(_HORIZON).fetchone()
        first = Month.of(2025, 1) if low is None else Month(low)
        months = 1 if low is None else min(LONGEST, high - low + 1)
        elements = tuple(element for (element,) in db.execute(_ELEMENTS))
        tables = ("materials", "lines", "plants", "programmes", "chemistries")
        ids = (tuple(row for (row,) in db.execute(f"SELECT id FROM {table} ORDER BY id")) for table in tables)  # noqa: S608 - the tables above
        return cls(first, months, elements, *ids)

    @property
    def last(self) -> Month:
        """The last month covered."""
        return self.first.plus(self.months - 1)


Piece = dict[str, Ints | Floats | Bools | tuple[str, ...]]


def read_inputs(db: sqlite3.Connection, axes: Axes) -> dict[str, Piece]:
    """Read every piece of the inputs, by the table that it is named for."""
    return {name: read(db, axes) for name, (read, _) in PIECES.items()}


def assemble(axes: Axes, pieces: dict[str, Piece]) -> Inputs:
    """Put the pieces together."""
    arrays = {name: value for piece in pieces.values() for name, value in piece.items()}
    return Inputs(first=axes.first, months=axes.months, elements=axes.elements, **arrays)  # type: ignore[arg-type] # each piece gives the arrays that it is named for


def _places(ids: tuple[int, ...]) -> dict[int | None, int]:
    return {row: place for place, row in enumerate(ids)}


def _materials(db: sqlite3.Connection, axes: Axes) -> Piece:
    elements = {element: place for place, element in enumerate(axes.elements)}
    found = db.execute("SELECT code, element, contained_fraction_ppm FROM materials ORDER BY id").fetchall()
    return {
        "materials": tuple(code for code, _, _ in found),
        "material_element": _ints(elements[element] for _, element, _ in found),
        "fraction_ppm": _ints(fraction for _, _, fraction in found),
    }


def _lines(db: sqlite3.Connection, axes: Axes) -> Piece:
    materials, plants = _places(axes.materials), _places(axes.plants)
    found = db.execute(
        "SELECT l.material_id, l.plant_id, coalesce(l.contained_fraction_ppm, m.contained_fraction_ppm),"
        " l.volume_basis = 'metal', c.stage, c.probability_ppm FROM lines AS l"
        " JOIN materials AS m ON m.id = l.material_id JOIN contracts AS c ON c.id = l.contract_id ORDER BY l.id"
    ).fetchall()
    stages = [row[4] for row in found]
    return {
        "line_material": _ints(materials[row[0]] for row in found),
        "line_plant": _ints(plants.get(row[1], -1) for row in found),
        "line_fraction_ppm": _ints(row[2] for row in found),
        "line_is_metal": np.array([row[3] for row in found], dtype=np.bool_),
        "line_stage_class": _ints(map(_stage_class, stages)),
        "line_probability_ppm": _ints(
            DEFAULT_PROBABILITY_PPM[stage] if row[5] is None else row[5]
            for stage, row in zip(stages, found, strict=True)
        ),
    }


def _stage_class(stage: str) -> int:
    if stage in FIRM:
        return FIRM_CLASS
    return PROBABLE_CLASS if stage in PROBABLE else CLOSED_CLASS


def _deliveries(db: sqlite3.Connection, axes: Axes) -> Piece:
    cursor = db.execute(
        "SELECT line_id, month, quantity_kg, status = 'received' FROM deliveries WHERE month BETWEEN ? AND ?",
        (int(axes.first), int(axes.last)),
    )
    flat = np.fromiter(chain.from_iterable(cursor), dtype=np.int64).reshape(-1, 4)
    line, month, quantity, is_received = flat.T
    lines = np.searchsorted(np.array(axes.lines, dtype=np.int64), line)
    received = np.zeros((len(axes.lines), axes.months), dtype=np.int64)
    planned = np.zeros_like(received)
    received[lines, month - int(axes.first)] = quantity * is_received
    planned[lines, month - int(axes.first)] = quantity * (1 - is_received)
    return {"received": received, "planned": planned}


def _options(db: sqlite3.Connection, axes: Axes) -> Piece:
    """Spread each open option evenly over the months of its contract year within the term."""
    option = np.zeros((len(axes.lines), axes.months), dtype=np.int64)
    lines = _places(axes.lines)
    found = db.execute(
        "SELECT v.line_id, v.year, v.option_kg, c.start_month, c.end_month FROM volumes AS v"
        " JOIN lines AS l ON l.id = v.line_id JOIN contracts AS c ON c.id = l.contract_id WHERE v.option_kg > 0"
    )
    for line, year, kg, start, end in found:
        anniversary = year * MONTHS_PER_YEAR + start % MONTHS_PER_YEAR
        months = range(max(anniversary, start), min(anniversary + MONTHS_PER_YEAR - 1, end) + 1)
        for month, share in zip(months, spread(kg, [1] * len(months)), strict=True):
            if axes.first <= month <= axes.last:
                option[lines[line], month - axes.first] += share
    return {"option": option}


def _plants(db: sqlite3.Connection, axes: Axes) -> Piece:
    materials, plants = _places(axes.materials), _places(axes.plants)
    made = dict(db.execute("SELECT id, material_id FROM plants"))
    open_kg = np.full((len(axes.plants), axes.months), np.nan)
    limited: set[int] = set()
    rows = db.execute(
        "SELECT plant_id, month, available_kg, open_share_ppm FROM plant_capacity ORDER BY plant_id, month"
    )
    for plant, month, available, share in rows:
        if plant not in limited:
            limited.add(plant)
            open_kg[plants[plant]] = 0.0
        open_kg[plants[plant], _from(month, axes) :] = available * share / PPM
    return {
        "plant_material": _ints(materials.get(made[plant], -1) for plant in axes.plants),
        "plant_open_kg": open_kg,
    }


def _demand(db: sqlite3.Connection, axes: Axes) -> Piece:
    programmes = _places(axes.programmes)
    demand = np.zeros((len(axes.programmes), axes.months), dtype=np.int64)
    for programme, month, energy in db.execute("SELECT programme_id, month, energy_kwh FROM demand"):
        if axes.first <= month <= axes.last:
            demand[programmes[programme], month - axes.first] = energy
    scrap = dict(db.execute("SELECT id, scrap_ppm FROM programmes"))
    return {"demand_kwh": demand, "scrap_ppm": _ints(scrap[row] for row in axes.programmes)}


def _mix(db: sqlite3.Connection, axes: Axes) -> Piece:
    """Spread each mix to the programme's next month with rows, which replaces it whole."""
    programmes, chemistries = _places(axes.programmes), _places(axes.chemistries)
    elements = {element: place for place, element in enumerate(axes.elements)}
    mix = np.zeros((len(axes.programmes), len(axes.chemistries), axes.months), dtype=np.int64)
    rows = db.execute("SELECT programme_id, month, chemistry_id, share_ppm FROM mix ORDER BY programme_id, month")
    current: tuple[int, int] | None = None
    for programme, month, chemistry, share in rows:
        if current != (programme, month):
            current = (programme, month)
            mix[programmes[programme], :, _from(month, axes) :] = 0
        mix[programmes[programme], chemistries[chemistry], _from(month, axes) :] = share
    intensity = np.zeros((len(axes.chemistries), len(axes.elements)), dtype=np.int64)
    for chemistry, element, mg in db.execute("SELECT chemistry_id, element, intensity_mg_per_kwh FROM intensities"):
        intensity[chemistries[chemistry], elements[element]] = mg
    return {"mix_ppm": mix, "intensity_mg": intensity}


def _stock(db: sqlite3.Connection, axes: Axes) -> Piece:
    materials = _places(axes.materials)
    elements = {element: place for place, element in enumerate(axes.elements)}
    counted = np.full((len(axes.materials), axes.months), np.nan)
    for material, month, kg in db.execute("SELECT material_id, month, quantity_kg FROM stock"):
        if axes.first <= month <= axes.last:
            counted[materials[material], month - axes.first] = kg
    safety = np.zeros((len(axes.elements), axes.months))
    for element, month, kg in db.execute(
        "SELECT element, month, quantity_kg FROM safety_stock ORDER BY element, month"
    ):
        safety[elements[element], _from(month, axes) :] = kg
    return {"counted_kg": counted, "safety_kg": safety}


def _from(month: int, axes: Axes) -> int:
    """Return the position from which a row that holds from a month on is seen; past the end for a later one."""
    return min(axes.months, max(0, month - int(axes.first)))


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


# Each piece and the tables that it is read from.
PIECES: Final[dict[str, tuple[Callable[[sqlite3.Connection, Axes], Piece], frozenset[str]]]] = {
    "materials": (_materials, frozenset({"materials"})),
    "lines": (_lines, frozenset({"lines", "contracts", "materials"})),
    "deliveries": (_deliveries, frozenset({"deliveries"})),
    "options": (_options, frozenset({"volumes", "lines", "contracts"})),
    "plants": (_plants, frozenset({"plants", "plant_capacity"})),
    "demand": (_demand, frozenset({"demand", "programmes"})),
    "mix": (_mix, frozenset({"mix", "intensities", "chemistries"})),
    "stock": (_stock, frozenset({"stock", "safety_stock"})),
}
