"""Organisations, their plants, and what a plant can make in a month."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from planner.fields import declare
from planner.fields.kinds import Choice, Code, Mass, MonthKind, Percent, Reference, Text
from planner.model.record import Record
from planner.units import Month

ROLE = Choice(words=(("supplier", "Supplier"), ("buyer", "Buyer"), ("other", "Other")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(Record):
    """A supplier, a buyer, or another party."""

    table: ClassVar[str] = "organisations"

    code: Annotated[
        str,
        declare("code", "Organisation", Code(), "What contracts call it.", also=("société", "company"), key=True),
    ]
    name: Annotated[str, declare("name", "Name", Text(200), "The full name.", also=("nom", "raison sociale"))]
    role: Annotated[str, declare("role", "Role", ROLE, "What it does in the plan.", also=("rôle",))] = "supplier"
    country: Annotated[str, declare("country", "Country", Text(60), "Where it sits.", also=("pays",))] = ""
    note: Annotated[str, declare("note", "Note", Text(), "Source and remarks.", also=("remarque", "commentaire"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant(Record):
    """A plant that makes one material."""

    table: ClassVar[str] = "plants"

    code: Annotated[str, declare("code", "Plant", Code(), "What lines call the plant.", also=("usine",), key=True)]
    name: Annotated[str, declare("name", "Name", Text(200), "The full name.", also=("nom",))]
    organisation: Annotated[
        str,
        declare(
            "organisation",
            "Organisation",
            Reference(table="organisations"),
            "Who runs it.",
            also=("société", "owner"),
        ),
    ]
    country: Annotated[str, declare("country", "Country", Text(60), "Where it stands.", also=("pays",))] = ""
    material: Annotated[
        str | None,
        declare(
            "material",
            "Material",
            Reference(table="materials"),
            "What it makes.",
            also=("matière", "product"),
        ),
    ] = None
    note: Annotated[str, declare("note", "Note", Text(), "Source and remarks.", also=("remarque", "commentaire"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantCapacity(Record):
    """What a plant can make in a month, from that month on until the next row."""

    table: ClassVar[str] = "plant_capacity"

    plant: Annotated[str, declare("plant", "Plant", Reference(table="plants"), "The plant.", also=("usine",), key=True)]
    month: Annotated[
        Month,
        declare("month", "From month", MonthKind(), "Holds until the next row.", also=("mois", "from"), key=True),
    ]
    available_kg: Annotated[
        int,
        declare(
            "available_t",
            "Available",
            Mass(),
            "Tonnes of its material that it can make in a month.",
            also=("capacity", "capacité", "disponible"),
        ),
    ]
    open_share_ppm: Annotated[
        int,
        declare("open_share_pct", "Open to us", Percent(), "The share that is open to us.", also=("part ouverte",)),
    ] = 1_000_000
