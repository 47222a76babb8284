"""Contracts, their lines, agreed volumes and monthly deliveries."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final

from planner.errors import InvalidValueError
from planner.fields import declare
from planner.fields.kinds import Choice, Code, DateKind, LineNumber, MonthKind, Phasing, Reference, Symbol, Text, Year
from planner.fields.quantities import Fraction, Mass, Percent
from planner.model.carbon import CARBON, CARBON_QUALITY, CARBON_SOURCE
from planner.model.record import Record
from planner.units import MONTHS_PER_YEAR, Month

STAGE = Choice(
    words=(
        ("memorandum", "Memorandum"),
        ("letter_of_intent", "Letter of intent"),
        ("signed", "Signed"),
        ("ramping_up", "Ramping up"),
        ("delivering", "Delivering"),
        ("expired", "Expired"),
        ("cancelled", "Cancelled"),
    )
)
PROBABLE: Final = frozenset({"memorandum", "letter_of_intent"})
FIRM: Final = frozenset({"signed", "ramping_up", "delivering"})

# What a stage is worth where the contract says nothing else; that half of all memoranda hold is our assumption.
DEFAULT_PROBABILITY_PPM: Final = {
    "memorandum": 500_000,
    "letter_of_intent": 750_000,
    "signed": 1_000_000,
    "ramping_up": 1_000_000,
    "delivering": 1_000_000,
    "expired": 0,
    "cancelled": 0,
}

# Incoterms 2020 of the International Chamber of Commerce.
INCOTERM = Choice(
    words=tuple((term, term) for term in ("EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"))
)
CURRENCY = Symbol(shape="[A-Z]{3}", like="USD or EUR (ISO 4217)")
VOLUME_BASIS = Choice(words=(("product", "Product"), ("metal", "Metal")))
ORIGIN = Choice(words=(("bought", "Bought"), ("closed_loop", "Closed loop")))
STATUS = Choice(words=(("planned", "Planned"), ("confirmed", "Confirmed"), ("received", "Received")))
LONGEST_TERM_MONTHS: Final = 50 * MONTHS_PER_YEAR

CONTRACT = declare(
    "contract",
    "Contract",
    Reference(table="contracts"),
    "The reference of the contract.",
    also=("contrat", "reference", "référence"),
    key=True,
)
LINE_CONTRACT = declare(
    "contract",
    "Contract",
    Reference(table="lines", part="contract"),
    "The reference of the contract.",
    also=("contrat", "reference", "référence"),
    key=True,
)
LINE_NUMBER = declare(
    "line",
    "Line",
    LineNumber(table="lines", part="line"),
    "The number of the line in its contract.",
    also=("ligne", "position", "item", "poste"),
    key=True,
)
NOTE = declare("note", "Note", Text(), "Source and remarks.", also=("remarque", "commentaire"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract(Record):
    """An agreement with one supplier, of one stage."""

    table: ClassVar[str] = "contracts"

    reference: Annotated[
        str,
        declare(
            "reference",
            "Contract",
            Code(),
            "What people call the contract.",
            also=("référence", "contrat"),
            key=True,
        ),
    ]
    title: Annotated[str, declare("title", "Title", Text(200), "What it is about.", also=("titre", "objet"))] = ""
    supplier: Annotated[
        str,
        declare(
            "supplier",
            "Supplier",
            Reference(table="organisations"),
            "Who delivers.",
            also=("fournisseur", "vendor"),
        ),
    ]
    buyer: Annotated[
        str,
        declare("buyer", "Buyer", Reference(table="organisations"), "Who buys.", also=("acheteur", "client")),
    ]
    stage: Annotated[str, declare("stage", "Stage", STAGE, "How firm it is.", also=("étape", "statut", "status"))]
    probability_ppm: Annotated[
        int | None,
        declare(
            "probability_pct",
            "Probability",
            Percent(),
            "Chance that it is fulfilled; empty means the stage's own.",
            also=("probabilité",),
        ),
    ] = None
    start_month: Annotated[
        Month,
        declare("start_month", "Start", MonthKind(), "The first month of the term.", also=("début", "from")),
    ]
    end_month: Annotated[
        Month,
        declare("end_month", "End", MonthKind(), "The last month of the term.", also=("fin", "to", "until")),
    ]
    currency: Annotated[
        str,
        declare(
            "currency",
            "Currency",
            CURRENCY,
            "The currency of its prices.",
            also=("devise", "monnaie"),
        ),
    ] = ""
    incoterm: Annotated[str, declare("incoterm", "Incoterm", INCOTERM, "Incoterms 2020.")] = ""
    note: Annotated[str, NOTE] = ""

    def rules(self) -> None:
        """Raise InvalidValueError when the term ends before it starts or is absurdly long."""
        if self.end_month < self.start_month:
            raise InvalidValueError("end_month", f"{self.end_month} lies before the start, {self.start_month}")
        if self.end_month - self.start_month >= LONGEST_TERM_MONTHS:
            raise InvalidValueError("end_month", "the term is longer than 50 years; check both months")

    @property
    def effective_probability_ppm(self) -> int:
        """The contract's probability, or its stage's where it has none."""
        if self.probability_ppm is not None:
            return self.probability_ppm
        return DEFAULT_PROBABILITY_PPM[self.stage]

    def year_of(self, month: Month) -> int:
        """Return the contract year that a month lies in, by the calendar year in which it starts."""
        return self.start_month.year + (month - self.start_month) // MONTHS_PER_YEAR

    def year_months(self, year: int) -> tuple[Month, ...]:
        """Return the months, within the term, of the contract year that starts in a calendar year."""
        first = int(Month.of(year, self.start_month.month))
        within = range(max(first, self.start_month), min(first + MONTHS_PER_YEAR - 1, self.end_month) + 1)
        return tuple(Month(month) for month in within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Record):
    """One material in a contract."""

    table: ClassVar[str] = "lines"

    contract: Annotated[str, CONTRACT]
    line: Annotated[
        int,
        declare(
            "line",
            "Line",
            LineNumber(),
            "Its number in the contract.",
            also=("ligne", "position", "poste"),
            key=True,
        ),
    ]
    material: Annotated[
        str,
        declare(
            "material",
            "Material",
            Reference(table="materials"),
            "What is delivered.",
            also=("matière", "article"),
        ),
    ]
    plant: Annotated[
        str | None,
        declare("plant", "Plant", Reference(table="plants"), "Where it comes from; may be empty.", also=("usine",)),
    ] = None
    volume_basis: Annotated[
        str,
        declare(
            "volume_basis",
            "Volume basis",
            VOLUME_BASIS,
            "Whether its tonnes are of product or of contained metal.",
            also=("base", "basis"),
        ),
    ] = "product"
    contained_fraction_ppm: Annotated[
        int | None,
        declare(
            "contained_fraction",
            "Contained fraction",
            Fraction(),
            "The assay, where it differs from the material's.",
            also=("assay", "teneur"),
        ),
    ] = None
    flexibility_down_ppm: Annotated[
        int,
        declare(
            "flexibility_down_pct",
            "Flexibility down",
            Percent(),
            "How far below the agreed volume we may call.",
        ),
    ] = 0
    flexibility_up_ppm: Annotated[
        int,
        declare("flexibility_up_pct", "Flexibility up", Percent(), "How far above the agreed volume we may call."),
    ] = 0
    take_or_pay_ppm: Annotated[
        int,
        declare(
            "take_or_pay_pct",
            "Take-or-pay",
            Percent(),
            "The share of the agreed volume paid for even if not taken, by contract year.",
        ),
    ] = 0
    phasing: Annotated[
        str,
        declare(
            "phasing",
            "Phasing",
            Phasing(),
            "How a contract year falls on its months.",
            also=("échelonnement",),
        ),
    ] = "even"
    origin: Annotated[
        str,
        declare(
            "origin",
            "Origin",
            ORIGIN,
            "Bought, or made by a recycler from our own scrap and end-of-life batteries.",
            also=("origine",),
        ),
    ] = "bought"
    recycled_ppm: Annotated[
        int | None,
        declare(
            "recycled_pct",
            "Recycled",
            Percent(),
            "The share of its metal that is recovered from waste; empty means none, or all in a closed loop.",
            also=("recyclé", "recycled content"),
        ),
    ] = None
    recovery_ppm: Annotated[
        int | None,
        declare(
            "recovery_pct",
            "Recovery",
            Percent(),
            "In a closed loop: the share of the metal returned that is delivered back.",
            also=("récupération", "yield"),
        ),
    ] = None
    carbon_g_per_kg: Annotated[int | None, CARBON] = None
    carbon_source: Annotated[str, CARBON_SOURCE] = ""
    carbon_quality: Annotated[str, CARBON_QUALITY] = ""
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume(Record):
    """What is agreed for one contract year of a line, in the line's volume basis."""

    table: ClassVar[str] = "volumes"

    contract: Annotated[str, LINE_CONTRACT]
    line: Annotated[int, LINE_NUMBER]
    year: Annotated[
        int,
        declare(
            "year",
            "Contract year",
            Year(),
            "Twelve months from the start month; named by the calendar year in which it starts.",
            also=("année", "exercice"),
            key=True,
        ),
    ]
    agreed_kg: Annotated[
        int,
        declare("agreed_t", "Agreed", Mass(), "The agreed volume.", also=("convenu", "engagé", "agreed volume")),
    ]
    option_kg: Annotated[
        int,
        declare(
            "option_t",
            "Option",
            Mass(),
            "Volume that is ours to call and not yet called.",
            also=("en option",),
        ),
    ] = 0
    option_until: Annotated[
        date | None,
        declare("option_until", "Option until", DateKind(), "The last day on which the option can be called."),
    ] = None
    option_called: Annotated[
        date | None,
        declare("option_called", "Option called", DateKind(), "The day on which volume was last called of the option."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Record):
    """Tonnes of one line in one month, in the line's volume basis."""

    table: ClassVar[str] = "deliveries"

    contract: Annotated[str, LINE_CONTRACT]
    line: Annotated[int, LINE_NUMBER]
    month: Annotated[
        Month,
        declare(
            "month",
            "Month",
            MonthKind(),
            "The month of the delivery.",
            also=("mois", "date", "période"),
            key=True,
        ),
    ]
    quantity_kg: Annotated[
        int,
        declare(
            "quantity_t",
            "Quantity",
            Mass(),
            "Tonnes in the line's basis.",
            also=("quantité", "qty", "tonnes", "volume"),
        ),
    ]
    status: Annotated[
        str,
        declare(
            "status",
            "Status",
            STATUS,
            "Planned, confirmed by the supplier, or received.",
            also=("statut", "état"),
        ),
    ] = "planned"
