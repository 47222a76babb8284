"""What the plan is measured against, what may be spent, and the findings that somebody has put aside."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from planner.fields import declare
from planner.fields.kinds import Choice, DateKind, MonthKind, Reference, Text, Year
from planner.fields.quantities import Money, Price
from planner.model.contracts import CURRENCY, NOTE
from planner.model.record import Record
from planner.units import Month

# What a target measures. Carbon: % of the base, which is in kg CO2e per kWh; local sourcing: millions of EUR a year;
# all others: %, at least for renewable energy, recycled content and cover, at most for the shares.
MEASURE: Final = Choice(
    words=(
        ("carbon", "Carbon path"),
        ("carbon_base", "Carbon base"),
        ("renewable", "Renewable energy"),
        ("recycled", "Recycled content"),
        ("cover", "Cover"),
        ("supplier_share", "Largest supplier"),
        ("country_share", "Largest country"),
        ("local_spend", "Local sourcing"),
    )
)
WHOLE: Final = "all"
"""The scope of a target that is about everything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Record):
    """One point of a target: carbon runs in a straight line to the next point, any other value holds until then."""

    table: ClassVar[str] = "targets"

    measure: Annotated[
        str, declare("measure", "Measure", MEASURE, "What is measured.", also=("mesure", "indicateur"), key=True)
    ]
    scope: Annotated[
        str,
        declare("scope", "About", Text(20), "An element (Co), a country (MA), or all.", also=("périmètre",), key=True),
    ]
    month: Annotated[
        Month,
        declare("month", "From month", MonthKind(), "The month of the point.", also=("mois", "from", "date"), key=True),
    ]
    value_e4: Annotated[
        int,
        declare(
            "value",
            "Value",
            Price(),
            "In %; the carbon base in kg CO2e per kWh, local sourcing in millions of EUR a year.",
            also=("valeur", "objectif"),
        ),
    ]
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Record):
    """What may be spent on a material in a calendar year."""

    table: ClassVar[str] = "budgets"

    year: Annotated[int, declare("year", "Year", Year(), "The calendar year.", also=("année", "exercice"), key=True)]
    material: Annotated[
        str,
        declare("material", "Material", Reference(table="materials"), "What is bought.", also=("matière",), key=True),
    ]
    amount_cents: Annotated[int, declare("amount", "Amount", Money(), "What may be spent.", also=("montant", "budget"))]
    currency: Annotated[str, declare("currency", "Currency", CURRENCY, "The currency of the amount.", also=("devise",))]
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute(Record):
    """A finding that somebody has put aside, until a day, and why."""

    table: ClassVar[str] = "mutes"

    finding: Annotated[
        str, declare("finding", "Finding", Text(40), "Which check found it.", also=("constat",), key=True)
    ]
    place: Annotated[
        str, declare("place", "Where", Text(200), "What it is about, as the finding says.", also=("lieu",), key=True)
    ]
    until: Annotated[
        date, declare("until", "Until", DateKind(), "The last day on which it is put aside.", also=("jusqu'au",))
    ]
    note: Annotated[str, NOTE] = ""
