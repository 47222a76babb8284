"""Battery programmes, their chemistry mix and their demand for cells."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from planner.fields import declare
from planner.fields.kinds import Code, MonthKind, Reference, Text
from planner.fields.quantities import Energy, Percent
from planner.model.record import Record
from planner.units import Month

PROGRAMME = declare(
    "programme",
    "Programme",
    Reference(table="programmes"),
    "The battery programme.",
    also=("program", "projet", "project"),
    key=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Record):
    """A battery programme: the source of gross demand."""

    table: ClassVar[str] = "programmes"

    code: Annotated[
        str,
        declare("code", "Programme", Code(), "What demand calls it.", also=("program", "projet"), key=True),
    ]
    name: Annotated[str, declare("name", "Name", Text(200), "The name in words.", also=("nom",))]
    site: Annotated[str, declare("site", "Site", Text(200), "Where the cells are made.", also=("usine", "plant"))] = ""
    scrap_ppm: Annotated[
        int,
        declare(
            "scrap_pct",
            "Scrap",
            Percent(),
            "What is lost in making cells, on top of what they hold.",
            also=("rebut", "chutes"),
        ),
    ] = 0
    note: Annotated[str, declare("note", "Note", Text(), "Source and remarks.", also=("remarque", "commentaire"))] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MixShare(Record):
    """The share of a chemistry in a programme, from that month on until the programme's next months."""

    table: ClassVar[str] = "mix"

    programme: Annotated[str, PROGRAMME]
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
    month: Annotated[
        Month,
        declare("month", "From month", MonthKind(), "Holds until the next row.", also=("mois", "from"), key=True),
    ]
    share_ppm: Annotated[
        int, declare("share_pct", "Share", Percent(), "Its share of the programme's GWh.", also=("part",))
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Record):
    """Cells that a programme needs in a month."""

    table: ClassVar[str] = "demand"

    programme: Annotated[str, PROGRAMME]
    month: Annotated[
        Month,
        declare("month", "Month", MonthKind(), "The month of need.", also=("mois", "date", "période"), key=True),
    ]
    energy_kwh: Annotated[
        int, declare("gwh", "Demand", Energy(), "GWh of cells.", also=("besoin", "demande", "energy", "GWh"))
    ]
