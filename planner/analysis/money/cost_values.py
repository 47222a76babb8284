"""What the analysis of cost answers: spend by period and series, average prices, what has no price, local sourcing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from planner.analysis.traits import LineKeys
from planner.analysis.values import Scope

Known: TypeAlias = tuple[float | None, ...]

EURO: Final = "EUR"
INDEX_MOVE: Final = 0.1
"""By so much the sensitivity moves every index, up and down."""
# The position of what stands for several.
NOWHERE: Final = -1


class SpendBy(StrEnum):
    """What spend is split by; the currency is the one that the price is agreed in."""

    SUPPLIER = "supplier"
    MATERIAL = "material"
    ELEMENT = "element"
    CONTRACT = "contract"
    CURRENCY = "currency"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class SpendSeries:
    """One supplier, material and so on: its spend and the lines behind it, by period.

    `spend` is None where something comes and none of it has a price. `budget` is known where budgets say what they are
    for: by material and by element. `place` is the position among all of the kind, the same in every table.
    """

    key: str
    title: str
    place: int
    spend: Known
    budget: Known
    lines: tuple[LineKeys, ...]


@dataclass(frozen=True, slots=True)
class AveragePrice:
    """What an element costs on the average by period, over what has a price; None where nothing has.

    Per t of product as delivered, per t of metal, and per kWh that the metal supports with the mix of the month.
    """

    element: str
    per_t_product: Known
    per_t_metal: Known
    per_kwh: Known


@dataclass(frozen=True, slots=True)
class SpendRow:
    """The spend of one period, in the currency of its table.

    `fixed` + `floating` = `spend`; `assumed` is the part whose price rests on a forecast, or on an older price or rate.
    `difference` is spend - budget; both are None without a budget. `index_up` and `index_down` are the spend with every
    index 10 % higher and lower. Averages are over all that has a price; `per_kwh` adds up what each element costs for
    one kWh. `unpriced_t`, t of product that no price is known for, is no part of `spend`. `lines` are all that bring
    something, `unpriced_lines` those of them without a price in some month.
    """

    period: str
    spend: float
    fixed: float
    floating: float
    assumed: float
    budget: float | None
    difference: float | None
    index_up: float
    index_down: float
    per_t_product: float | None
    per_t_metal: float | None
    per_kwh: float | None
    unpriced_t: float
    lines: LineKeys
    unpriced_lines: LineKeys

    @property
    def is_known(self) -> bool:
        """Whether any of what comes has a price, or nothing comes: else the spend is not nothing, but not known."""
        return not self.unpriced_t or self.per_t_metal is not None


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A line that no price is known for: t of product that come without one, the first such month, what is missing."""

    contract: str
    line: int
    tonnes: float
    month: str
    reason: str


@dataclass(frozen=True, slots=True)
class SpendTable:
    """Spend of a scope in one currency: rows by period, series that add up to them, averages by element.

    `notes` say in sentences how budgets were converted, or why one was not.
    """

    currency: str
    scope: Scope
    split: SpendBy
    rows: tuple[SpendRow, ...]
    series: tuple[SpendSeries, ...]
    averages: tuple[AveragePrice, ...]
    unpriced: tuple[Unpriced, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LocalSpend:
    """What is bought in a country in a calendar year, in EUR, against the target for it.

    `target` and `share_pct` are None where no target holds. `unpriced_t`, t of product, is no part of `spend`.
    """

    country: str
    year: int
    spend: float
    target: float | None
    share_pct: float | None
    unpriced_t: float
    lines: LineKeys
