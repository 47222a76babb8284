"""What is known of each line beside its quantities: whose it is, where it comes from, carbon, recycled share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Self, TypeAlias

import numpy as np

from planner.analysis.inputs import Bools, Floats, Ints
from planner.model import Contract, Line, Material, Organisation, Plant, SupplierCarbon
from planner.model.contracts import STAGE
from planner.units import PPM

# Lines by contract and number: those that a figure is made of.
LineKeys: TypeAlias = tuple[tuple[str, int], ...]
CarbonLevel: TypeAlias = Literal["line", "plant", "supplier", "material", "none"]
NO_COUNTRY: Final = ""


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """A name for each line: `of` [L] is its position in `names`, -1 for none; `titles` is what people call a name."""

    names: tuple[str, ...]
    of: Ints
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_texts(cls, texts: Sequence[str | None], titles: Mapping[str, str] | None = None) -> Self:
        """Return the names numbered in the order in which they first come."""
        places = {name: place for place, name in enumerate(dict.fromkeys(t for t in texts if t is not None))}
        of = np.array([-1 if text is None else places[text] for text in texts], dtype=np.int64)
        return cls(tuple(places), of, titles or {})

    def title(self, name: str) -> str:
        """Return what people call a name: a plant and its supplier may have the same one, and other titles."""
        return self.titles.get(name, name)


@dataclass(frozen=True, slots=True)
class Carbon:
    """The carbon factor of a line in g CO2e per kg of product, where it was given, and how well founded it is."""

    g_per_kg: int | None
    level: CarbonLevel
    source: str
    quality: str


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """Lines in the order of `Inputs`; contracts, suppliers, plants and stages have titles.

    The country of a line is that of its plant, else of its supplier, else empty. `recycled_ppm` [L] has what an empty
    field stands for: nothing, or everything in a closed loop. `renewable_ppm` [L] is NaN where it is not known.
    """

    lines: tuple[tuple[str, int], ...]
    contract: Labels
    supplier: Labels
    plant: Labels
    country: Labels
    material: Labels
    element: Labels
    stage: Labels
    closed_loop: Bools
    recycled_ppm: Ints
    recovery_ppm: Ints
    renewable_ppm: Floats
    carbon: tuple[Carbon, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """The records that traits are made from; `lines` in the order of `Inputs`, the others in any order."""

    lines: Sequence[Line]
    contracts: Iterable[Contract]
    organisations: Iterable[Organisation]
    plants: Iterable[Plant]
    materials: Iterable[Material]
    supplier_carbon: Iterable[SupplierCarbon]


def traits_of(sources: Sources) -> Traits:
    """Put together what the records say of each line."""
    contracts = {contract.reference: contract for contract in sources.contracts}
    organisations = {each.code: each for each in sources.organisations}
    plants = {plant.code: plant for plant in sources.plants}
    materials = {material.code: material for material in sources.materials}
    by_supplier = {(each.organisation, each.material): each for each in sources.supplier_carbon}
    suppliers = [contracts[line.contract].supplier for line in sources.lines]
    sites = [None if line.plant is None else plants[line.plant] for line in sources.lines]
    countries = [
        (site.country if site is not None else "") or organisations[supplier].country or NO_COUNTRY
        for site, supplier in zip(sites, suppliers, strict=True)
    ]
    return Traits(
        lines=tuple((line.contract, line.line) for line in sources.lines),
        contract=Labels.from_texts(
            [line.contract for line in sources.lines],
            {reference: contract.title or reference for reference, contract in contracts.items()},
        ),
        supplier=Labels.from_texts(suppliers, {code: each.name for code, each in organisations.items()}),
        plant=Labels.from_texts(
            [line.plant for line in sources.lines], {code: plant.name for code, plant in plants.items()}
        ),
        country=Labels.from_texts(countries),
        material=Labels.from_texts([line.material for line in sources.lines]),
        element=Labels.from_texts([materials[line.material].element for line in sources.lines]),
        stage=Labels.from_texts([contracts[line.contract].stage for line in sources.lines], dict(STAGE.words)),
        closed_loop=np.array([line.origin == "closed_loop" for line in sources.lines], dtype=np.bool_),
        recycled_ppm=np.array([recycled_of(line) for line in sources.lines], dtype=np.int64),
        recovery_ppm=np.array([line.recovery_ppm or 0 for line in sources.lines], dtype=np.int64),
        renewable_ppm=np.array([_renewable(site) for site in sites], dtype=np.float64),
        carbon=tuple(
            carbon_of(line, site, by_supplier.get((supplier, line.material)), materials[line.material])
            for line, site, supplier in zip(sources.lines, sites, suppliers, strict=True)
        ),
    )


def recycled_of(line: Line) -> int:
    """Return the recycled share of a line in ppm: what it says, else nothing, or everything in a closed loop."""
    if line.recycled_ppm is not None:
        return line.recycled_ppm
    return PPM if line.origin == "closed_loop" else 0


def carbon_of(line: Line, plant: Plant | None, supplier: SupplierCarbon | None, material: Material) -> Carbon:
    """Return the carbon factor that counts: the line's own, else the plant's, the supplier's, the material's.

    A plant's factor is that of what it makes: it does not count for a line of another material.
    """
    levels: tuple[tuple[CarbonLevel, Line | Plant | SupplierCarbon | Material | None], ...] = (
        ("line", line),
        ("plant", plant if plant is not None and plant.material in {None, line.material} else None),
        ("supplier", supplier),
        ("material", material),
    )
    for level, record in levels:
        if record is not None and record.carbon_g_per_kg is not None:
            return Carbon(record.carbon_g_per_kg, level, record.carbon_source, record.carbon_quality)
    return Carbon(None, "none", "", "")


def _renewable(plant: Plant | None) -> float:
    return np.nan if plant is None or plant.renewable_ppm is None else float(plant.renewable_ppm)
