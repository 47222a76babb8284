"""Counted balances and the stock below which a plan should not fall."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from planner.fields import declare
from planner.fields.kinds import MonthKind, Reference
from planner.fields.quantities import Mass
from planner.model.materials import ELEMENT
from planner.model.record import Record
from planner.units import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount(Record):
    """A counted balance at the start of a month, in tonnes of product."""

    table: ClassVar[str] = "stock"

    material: Annotated[
        str,
        declare(
            "material",
            "Material",
            Reference(table="materials"),
            "What was counted.",
            also=("matière",),
            key=True,
        ),
    ]
    month: Annotated[
        Month,
        declare("month", "Month", MonthKind(), "Counted at its start.", also=("mois", "date", "période"), key=True),
    ]
    quantity_kg: Annotated[
        int,
        declare(
            "quantity_t",
            "Quantity",
            Mass(),
            "Tonnes of product.",
            also=("quantité", "qty", "tonnes", "balance"),
        ),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyStock(Record):
    """The stock below which the plan should not fall, from that month on, in tonnes of metal."""

    table: ClassVar[str] = "safety_stock"

    element: Annotated[str, declare("element", "Element", ELEMENT, "The element.", also=("élément", "metal"), key=True)]
    month: Annotated[
        Month,
        declare("month", "From month", MonthKind(), "Holds until the next row.", also=("mois", "from"), key=True),
    ]
    quantity_kg: Annotated[
        int, declare("quantity_t", "Quantity", Mass(), "Tonnes of metal.", also=("quantité", "qty", "tonnes"))
    ]
