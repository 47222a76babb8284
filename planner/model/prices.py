"""Price terms of lines, the indices that they follow, their monthly prices, and exchange rates."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from planner.errors import InvalidValueError
from planner.fields import declare
from planner.fields.kinds import Choice, Code, MonthKind, Reference, Text
from planner.fields.quantities import Percent, Price, Rate
from planner.model.contracts import CURRENCY, LINE_CONTRACT, LINE_NUMBER, NOTE
from planner.model.record import Record
from planner.units import Month

# What one price is for: a mass, of the product as delivered or of the metal in it.
PRICE_UNIT = Choice(
    words=tuple(
        (f"{mass} {basis}", f"{mass} of {basis}") for mass in ("t", "kg", "lb") for basis in ("product", "metal")
    )
)
# Over which month's average the price is set, M being the month of delivery.
QUOTATION = Choice(words=(("m-1", "M-1"), ("m", "M"), ("m+1", "M+1"), ("average", "Average of M-1 to M+1")))
STANDING = Choice(words=(("published", "Published"), ("forecast", "Forecast")))


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceIndex(Record):
    """A published price that contracts follow."""

    table: ClassVar[str] = "indices"

    code: Annotated[str, declare("code", "Index", Code(), "What price terms call it.", also=("indice",), key=True)]
    name: Annotated[str, declare("name", "Name", Text(200), "The full name.", also=("nom",))]
    currency: Annotated[
        str, declare("currency", "Currency", CURRENCY, "The currency it is published in.", also=("devise", "monnaie"))
    ]
    unit: Annotated[
        str, declare("unit", "Unit", PRICE_UNIT, "The mass that it prices, of product or of metal.", also=("unité",))
    ] = "t metal"
    tax_ppm: Annotated[
        int,
        declare(
            "tax_pct",
            "Tax included",
            Percent(),
            "Value-added tax in the published price, taken out before use.",
            also=("tva", "vat"),
        ),
    ] = 0
    note: Annotated[str, NOTE] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexPrice(Record):
    """The average of an index over a month, in its currency and unit."""

    table: ClassVar[str] = "index_prices"

    index: Annotated[
        str,
        declare("index", "Index", Reference(table="indices"), "The index.", also=("indice",), key=True),
    ]
    month: Annotated[
        Month,
        declare("month", "Month", MonthKind(), "The month averaged over.", also=("mois", "date", "période"), key=True),
    ]
    price_e4: Annotated[
        int, declare("price", "Price", Price(), "In the currency and unit of the index.", also=("prix", "cours"))
    ]
    standing: Annotated[
        str, declare("standing", "Standing", STANDING, "Published, or our forecast.", also=("statut",))
    ] = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate(Record):
    """The average rate of a month: units of the quote currency for one unit of the base currency."""

    table: ClassVar[str] = "exchange_rates"

    base: Annotated[
        str, declare("base", "Base currency", CURRENCY, "The currency of which one unit is priced.", key=True)
    ]
    quote: Annotated[str, declare("quote", "Quote currency", CURRENCY, "The currency that it is priced in.", key=True)]
    month: Annotated[
        Month,
        declare("month", "Month", MonthKind(), "The month averaged over.", also=("mois", "date", "période"), key=True),
    ]
    rate_e6: Annotated[
        int, declare("rate", "Rate", Rate(), "Quote currency for one unit of base currency.", also=("taux", "cours"))
    ]

    def rules(self) -> None:
        """Raise InvalidValueError when both currencies are the same."""
        if self.base == self.quote:
            raise InvalidValueError("quote", f"{self.quote} is the base currency too; name two currencies")


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceTerm(Record):
    """How the price of a line is set, from that month on until its next terms: by an index, else fixed.

    By an index: the average over the quotational period, in the term's currency and unit, x payable + premium, at
    least the floor and at most the cap. Both may stand here, so that one can be typed before the other is cleared.
    """

    table: ClassVar[str] = "price_terms"

    contract: Annotated[str, LINE_CONTRACT]
    line: Annotated[int, LINE_NUMBER]
    month: Annotated[
        Month,
        declare("month", "From month", MonthKind(), "Holds until the next row.", also=("mois", "from"), key=True),
    ]
    fixed_e4: Annotated[
        int | None, declare("fixed", "Fixed price", Price(), "The price, where no index sets it.", also=("prix fixe",))
    ] = None
    index: Annotated[
        str | None,
        declare("index", "Index", Reference(table="indices"), "The index that sets the price.", also=("indice",)),
    ] = None
    period: Annotated[
        str,
        declare(
            "period",
            "Quotational period",
            QUOTATION,
            "The month averaged over: M is the month of delivery.",
            also=("qp", "quotation period"),
        ),
    ] = "m"
    payable_ppm: Annotated[
        int,
        declare(
            "payable_pct",
            "Payable",
            Percent(highest=2_000_000),
            "The share of the index that is paid.",
            also=("payables",),
        ),
    ] = 1_000_000
    premium_e4: Annotated[
        int,
        declare(
            "premium",
            "Premium",
            Price(lowest=-(10**12)),
            "Added after payable, in the term's unit; negative for a discount.",
            also=("prime",),
        ),
    ] = 0
    floor_e4: Annotated[
        int | None, declare("floor", "Floor", Price(), "The price is never lower.", also=("plancher", "minimum"))
    ] = None
    cap_e4: Annotated[
        int | None, declare("cap", "Cap", Price(), "The price is never higher.", also=("plafond", "maximum"))
    ] = None
    currency: Annotated[
        str,
        declare(
            "currency", "Currency", CURRENCY, "The currency of the price; empty means the contract's.", also=("devise",)
        ),
    ] = ""
    unit: Annotated[
        str, declare("unit", "Unit", PRICE_UNIT, "The mass that is priced, of product or of metal.", also=("unité",))
    ] = "t product"
    note: Annotated[str, NOTE] = ""

    def rules(self) -> None:
        """Raise InvalidValueError without a fixed price and an index, and for a floor above the cap."""
        if self.fixed_e4 is None and self.index is None:
            raise InvalidValueError("fixed", "give an index or a fixed price")
        if self.floor_e4 is not None and self.cap_e4 is not None and self.floor_e4 > self.cap_e4:
            raise InvalidValueError("floor", "it lies above the cap; check both")
