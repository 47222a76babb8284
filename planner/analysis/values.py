"""What the analysis is asked and what it answers: periods, stages, subjects and the tables."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from planner.units import Basis, Month

# Writes a number for a person, with the marks of their locale.
Write: TypeAlias = Callable[[Decimal], str]


class Period(StrEnum):
    """The length of one row of a table: a calendar month, quarter or year."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Stages(StrEnum):
    """How memoranda and letters of intent count: in full, weighted by probability, or left out."""

    ALL = "all"
    PROBABLE = "probable"
    FIRM = "firm"


@dataclass(frozen=True, slots=True)
class Subject:
    """The element or the material that a table is about; `code` is what people call it (Co, COSO4-7H2O)."""

    kind: Literal["element", "material"]
    code: str


@dataclass(frozen=True, slots=True)
class Scope:
    """What a table is about: its periods, how stages count, from which to which month, of what; None: of everything."""

    by: Period = Period.YEAR
    stages: Stages = Stages.ALL
    start: Month | None = None
    end: Month | None = None
    subject: Subject | None = None


@dataclass(frozen=True, slots=True)
class CoverRow:
    """One period of a cover table, in the table's unit; `cover_pct` in %.

    `supply` is firm + probable within the plants' capacity; `over_capacity` is what lies above it, options included.
    `capacity` is None where no plant is limited, `cover_pct` without demand.
    """

    period: str
    demand: float
    firm: float
    probable: float
    option: float
    supply: float
    capacity: float | None
    over_capacity: float
    stock_end: float
    safety_stock: float
    net_requirement: float
    cover_pct: float | None


@dataclass(frozen=True, slots=True)
class CoverTable:
    """Supply against demand of one subject; `product` names the material that the product basis is in."""

    subject: Subject
    basis: Basis
    by: Period
    stages: Stages
    unit: str
    product: str | None
    rows: tuple[CoverRow, ...]


@dataclass(frozen=True, slots=True)
class SupportedRow:
    """The GWh that one period's receipts allow and the element that limits them; None without a mix.

    `lift_t` tonnes more of that element's metal would allow `headroom_gwh` more; then `next_bottleneck` would limit.
    These are None where nothing else is needed.
    """

    period: str
    gwh: float | None
    bottleneck: str | None
    demand_gwh: float
    headroom_gwh: float | None = None
    next_bottleneck: str | None = None
    lift_t: float | None = None


@dataclass(frozen=True, slots=True)
class SupportedTable:
    """Supported GWh by period; `unplanned` are elements that the mix needs and nobody has contracted."""

    by: Period
    stages: Stages
    rows: tuple[SupportedRow, ...]
    unplanned: tuple[str, ...]
