"""What has really moved: lots with their chain, what goes into a plant, and what we return to a recycler."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Final

from planner.fields import declare
from planner.fields.kinds import Choice, Code, MonthKind, Reference
from planner.fields.quantities import CarbonFactor, Mass, Percent
from planner.model.contracts import LINE_CONTRACT, LINE_NUMBER, NOTE
from planner.model.record import Record
from planner.units import Month

# As in other tables, but no part of the key: a lot has a number of its own.
LOT_CONTRACT: Final = replace(LINE_CONTRACT, key=False)
LOT_LINE: Final = replace(LINE_NUMBER, key=False)
WASTE: Final = Choice(words=(("scrap", "Production scrap"), ("end_of_life", "End-of-life batteries")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot(Record):
    """A delivered lot of a line and the sites that it has been through, from the mine to the programme that used it.

    What it says itself of its carbon and its recycled share counts before what its line says.
    """

    table: ClassVar[str] = "lots"

    code: Annotated[
        str,
        declare("code", "Lot", Code(), "The number of the lot.", also=("lot number", "batch", "n° de lot"), key=True),
    ]
    contract: Annotated[str, LOT_CONTRACT]
    line: Annotated[int, LOT_LINE]
    month: Annotated[
        Month, declare("month", "Month", MonthKind(), "The month in which it arrived.", also=("mois", "date"))
    ]
    quantity_kg: Annotated[
        int,
        declare("quantity_t", "Quantity", Mass(), "Tonnes in the line's basis.", also=("quantité", "qty", "tonnes")),
    ]
    mine: Annotated[
        str | None, declare("mine", "Mine", Reference(table="plants"), "Where it was mined.", also=("mines",))
    ] = None
    refinery: Annotated[
        str | None,
        declare("refinery", "Refinery", Reference(table="plants"), "Where it was refined.", also=("raffinerie",)),
    ] = None
    plant: Annotated[
        str | None,
        declare(
            "plant", "Plant", Reference(table="plants"), "Where it was made; empty means the line's.", also=("usine",)
        ),
    ] = None
    programme: Annotated[
        str | None,
        declare(
            "programme", "Programme", Reference(table="programmes"), "The programme that used it.", also=("projet",)
        ),
    ] = None
    carbon_g_per_kg: Annotated[
        int | None,
        declare(
            "carbon_kg_per_kg",
            "Carbon factor",
            CarbonFactor(),
            "As measured for the lot; empty means the line's.",
            also=("kg_co2e_per_kg",),
        ),
    ] = None
    recycled_ppm: Annotated[
        int | None,
        declare(
            "recycled_pct", "Recycled", Percent(), "As declared for the lot; empty means the line's.", also=("recyclé",)
        ),
    ] = None
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake(Record):
    """What a plant took in from a site in a month, in tonnes of the metal in what it makes."""

    table: ClassVar[str] = "intakes"

    plant: Annotated[
        str,
        declare("plant", "Plant", Reference(table="plants"), "The plant that took it in.", also=("usine",), key=True),
    ]
    origin: Annotated[
        str,
        declare(
            "origin",
            "From",
            Reference(table="plants"),
            "The mine, refinery or recycler that it came from.",
            also=("origine", "source"),
            key=True,
        ),
    ]
    month: Annotated[
        Month, declare("month", "Month", MonthKind(), "The month in which it came.", also=("mois", "date"), key=True)
    ]
    quantity_kg: Annotated[
        int, declare("quantity_t", "Quantity", Mass(), "Tonnes of metal.", also=("quantité", "qty", "tonnes"))
    ]
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return(Record):
    """What we gave to the recycler of a closed-loop line in a month, in tonnes of metal."""

    table: ClassVar[str] = "returns"

    contract: Annotated[str, LINE_CONTRACT]
    line: Annotated[int, LINE_NUMBER]
    waste: Annotated[str, declare("waste", "Waste", WASTE, "What was returned.", also=("déchet",), key=True)]
    month: Annotated[
        Month, declare("month", "Month", MonthKind(), "The month in which it left.", also=("mois", "date"), key=True)
    ]
    quantity_kg: Annotated[
        int, declare("quantity_t", "Quantity", Mass(), "Tonnes of metal.", also=("quantité", "qty", "tonnes"))
    ]
    note: Annotated[str, NOTE] = ""
