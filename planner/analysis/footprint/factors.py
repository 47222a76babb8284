"""The carbon factor of each line: what is given at each level, which of them counts, and how well founded that is."""

from dataclasses import dataclass

from planner.analysis.book import Book
from planner.analysis.footprint.parts import G_PER_KG
from planner.analysis.traits import CarbonLevel, LineKeys
from planner.analysis.values import Scope
from planner.model import Contract, Line, Material, Plant, SupplierCarbon
from planner.units import KG_PER_T


@dataclass(frozen=True, slots=True)
class FactorRow:
    """The factors of one line in kg CO2e per kg of product, None where none is given.

    The first of `line`, `plant`, `supplier`, `material` that is given counts: `kg_per_kg`, given at `level` in the
    record of `table` with `key`, by `source` with `quality`; `kg_per_t_metal` is the same by t of contained metal.
    A plant's factor is that of what it makes: none for a line of another material. `supply_t` is the metal of the
    horizon.
    """

    contract: str
    number: int
    material_code: str
    line: float | None
    plant: float | None
    supplier: float | None
    material: float | None
    kg_per_kg: float | None
    kg_per_t_metal: float | None
    level: CarbonLevel
    table: str
    key: tuple[str | int, ...]
    source: str
    quality: str
    supply_t: float
    lines: LineKeys


def factors(book: Book, scope: Scope) -> tuple[FactorRow, ...]:
    """Return the lines of the scope's subject in the order of the plan; PlannerError when there is none such."""
    traits, records = book.traits, _Records(book)
    supply = book.periods(scope).sums(book.flows(scope.stages).supply).sum(axis=1)
    chosen, per_metal = book.lines_of(scope.subject), book.product_per_metal
    rows = []
    for place, (line, used) in enumerate(zip(book.records(Line), traits.carbon, strict=True)):
        if not chosen[place]:
            continue
        used_kg = _kg(used.g_per_kg)
        rows.append(
            FactorRow(
                contract=line.contract,
                number=line.line,
                material_code=line.material,
                line=_kg(line.carbon_g_per_kg),
                plant=records.of_plant(line),
                supplier=records.of_supplier(line),
                material=_kg(records.materials[line.material].carbon_g_per_kg),
                kg_per_kg=used_kg,
                kg_per_t_metal=None if used_kg is None else used_kg * float(per_metal[place]) * KG_PER_T,
                level=used.level,
                table=_TABLES[used.level],
                key=records.key(line, used.level),
                source=used.source,
                quality=used.quality,
                supply_t=float(supply[place]) / KG_PER_T,
                lines=((line.contract, line.line),),
            )
        )
    return tuple(rows)


# Where the factor of a level is typed in; one that is missing is best given by the line.
_TABLES: dict[CarbonLevel, str] = {
    "line": "lines",
    "plant": "plants",
    "supplier": "supplier_carbon",
    "material": "materials",
    "none": "lines",
}


class _Records:
    """The records that factors are given in, by key."""

    def __init__(self, book: Book) -> None:
        self.materials = {each.code: each for each in book.records(Material)}
        self._plants = {each.code: each for each in book.records(Plant)}
        self._suppliers = {each.reference: each.supplier for each in book.records(Contract)}
        self._by_supplier = {(each.organisation, each.material): each for each in book.records(SupplierCarbon)}

    def of_plant(self, line: Line) -> float | None:
        """Return the factor of the line's plant, if that makes the line's material or does not say what it makes."""
        plant = None if line.plant is None else self._plants[line.plant]
        return None if plant is None or plant.material not in {None, line.material} else _kg(plant.carbon_g_per_kg)

    def of_supplier(self, line: Line) -> float | None:
        """Return the factor of the supplier for the line's material."""
        found = self._by_supplier.get((self._suppliers[line.contract], line.material))
        return None if found is None else _kg(found.carbon_g_per_kg)

    def key(self, line: Line, level: CarbonLevel) -> tuple[str | int, ...]:
        """Return the key of the record that gives the factor of a level; the line's own where none does."""
        match level:
            case "plant" if line.plant is not None:
                return (line.plant,)
            case "supplier":
                return (self._suppliers[line.contract], line.material)
            case "material":
                return (line.material,)
            case _:
                return (line.contract, line.line)


def _kg(grams: int | None) -> float | None:
    return None if grams is None else grams / G_PER_KG
