"""Materials, the chemistries of cells, and how much of an element a kWh of a chemistry needs."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from planner.fields import declare
from planner.fields.kinds import Code, Reference, Symbol, Text
from planner.fields.quantities import Fraction, Intensity
from planner.model.carbon import CARBON, CARBON_QUALITY, CARBON_SOURCE
from planner.model.record import Record

ELEMENT = Symbol(shape="[A-Z][a-z]?", like="Co, Ni or Li")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material(Record):
    """A traded form of an element, such as CoSO4.7H2O."""

    table: ClassVar[str] = "materials"

    code: Annotated[
        str,
        declare("code", "Material", Code(), "What contracts call the material.", also=("matière",), key=True),
    ]
    name: Annotated[str, declare("name", "Name", Text(200), "The name in words.", also=("nom", "désignation"))]
    formula: Annotated[str, declare("formula", "Formula", Text(100), "The chemical formula.", also=("formule",))] = ""
    element: Annotated[
        str,
        declare("element", "Element", ELEMENT, "The element that it is bought for.", also=("élément", "metal")),
    ]
    contained_fraction_ppm: Annotated[
        int,
        declare(
            "contained_fraction",
            "Contained fraction",
            Fraction(),
            "Mass of the element per mass of product, 0 to 1.",
            also=("assay", "teneur", "metal content"),
        ),
    ]
    carbon_g_per_kg: Annotated[int | None, CARBON] = None
    carbon_source: Annotated[str, CARBON_SOURCE] = ""
    carbon_quality: Annotated[str, CARBON_QUALITY] = ""
    note: Annotated[str, declare("note", "Note", Text(), "Source and remarks.", also=("remarque", "commentaire"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chemistry(Record):
    """A cell chemistry, such as NMC811."""

    table: ClassVar[str] = "chemistries"

    code: Annotated[
        str,
        declare("code", "Chemistry", Code(), "What mixes call the chemistry.", also=("chimie",), key=True),
    ]
    name: Annotated[str, declare("name", "Name", Text(200), "The name in words.", also=("nom", "désignation"))]
    source: Annotated[str, declare("source", "Source", Text(), "Where its figures come from.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementIntensity(Record):
    """Kilograms of an element in a kWh of cells of a chemistry."""

    table: ClassVar[str] = "intensities"

    chemistry: Annotated[
        str,
        declare(
            "chemistry",
            "Chemistry",
            Reference(table="chemistries"),
            "The cell chemistry.",
            also=("chimie",),
            key=True,
        ),
    ]
    element: Annotated[
        str,
        declare("element", "Element", ELEMENT, "The element needed.", also=("élément", "metal"), key=True),
    ]
    intensity_mg_per_kwh: Annotated[
        int,
        declare("kg_per_kwh", "Intensity", Intensity(), "Kilograms of the element per kWh.", also=("intensité",)),
    ]
