"""Organisations, their plants, what a plant can make in a month, and evidence of how they work."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from planner.errors import InvalidValueError
from planner.fields import declare
from planner.fields.kinds import Choice, Code, DateKind, MonthKind, Reference, Text
from planner.fields.quantities import Mass, Percent
from planner.model.carbon import CARBON, CARBON_QUALITY, CARBON_SOURCE
from planner.model.record import Record
from planner.units import Month

# What a site does; a line comes from a plant, and a lot has been through the others before.
SITE = Choice(words=(("plant", "Plant"), ("mine", "Mine"), ("refinery", "Refinery"), ("recycler", "Recycler")))
ROLE = Choice(words=(("supplier", "Supplier"), ("buyer", "Buyer"), ("other", "Other")))
# Schemes that a buyer of battery materials asks for; any other may be written.
SCHEMES: Final = (
    "RMI RMAP",
    "NQC self-assessment",
    "EcoVadis",
    "Fair Cobalt Alliance",
    "IRMA",
    "Copper Mark",
    "ISO 9001",
    "ISO 14001",
    "ISO 45001",
    "ISO 50001",
    "IATF 16949",
)


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
    """A plant that makes one material, or a mine, a refinery, a recycler that what it makes comes from."""

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
    site: Annotated[str, declare("site", "Site", SITE, "What is done there.", also=("type de site",))] = "plant"
    renewable_ppm: Annotated[
        int | None,
        declare(
            "renewable_pct",
            "Renewable energy",
            Percent(),
            "The share of renewable energy in what it uses; empty means not known.",
            also=("énergie renouvelable",),
        ),
    ] = None
    carbon_g_per_kg: Annotated[int | None, CARBON] = None
    carbon_source: Annotated[str, CARBON_SOURCE] = ""
    carbon_quality: Annotated[str, CARBON_QUALITY] = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierCarbon(Record):
    """The carbon factor of what a supplier delivers of a material, whichever of its plants makes it."""

    table: ClassVar[str] = "supplier_carbon"

    organisation: Annotated[
        str,
        declare(
            "organisation",
            "Organisation",
            Reference(table="organisations"),
            "Who delivers.",
            also=("société", "fournisseur", "supplier"),
            key=True,
        ),
    ]
    material: Annotated[
        str,
        declare(
            "material", "Material", Reference(table="materials"), "What is delivered.", also=("matière",), key=True
        ),
    ]
    carbon_g_per_kg: Annotated[int, CARBON]
    carbon_source: Annotated[str, CARBON_SOURCE] = ""
    carbon_quality: Annotated[str, CARBON_QUALITY] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Record):
    """A certificate, an audit or a rating of an organisation, or of one of its plants."""

    table: ClassVar[str] = "evidence"

    code: Annotated[
        str, declare("code", "Evidence", Code(), "The number of the document.", also=("certificat", "preuve"), key=True)
    ]
    scheme: Annotated[
        str,
        declare(
            "scheme", "Scheme", Text(100, offers=SCHEMES), "What it is issued under.", also=("norme", "référentiel")
        ),
    ]
    organisation: Annotated[
        str,
        declare(
            "organisation", "Organisation", Reference(table="organisations"), "Whom it is about.", also=("société",)
        ),
    ]
    plant: Annotated[
        str | None,
        declare(
            "plant", "Plant", Reference(table="plants"), "The plant, where it is about one.", also=("usine", "site")
        ),
    ] = None
    issued: Annotated[
        date | None, declare("issued", "Issued", DateKind(), "From this day on.", also=("délivré", "valid from"))
    ] = None
    expires: Annotated[
        date | None,
        declare("expires", "Expires", DateKind(), "The last day on which it holds.", also=("expire", "valid to")),
    ] = None
    link: Annotated[
        str, declare("link", "Link", Text(500), "Its address on the web or its path.", also=("lien", "url"))
    ] = ""
    note: Annotated[str, declare("note", "Note", Text(), "Source and remarks.", also=("remarque", "commentaire"))] = ""

    def rules(self) -> None:
        """Raise InvalidValueError when it expires before it is issued."""
        if self.issued is not None and self.expires is not None and self.expires < self.issued:
            raise InvalidValueError("expires", f"{self.expires} lies before {self.issued}, when it was issued")
