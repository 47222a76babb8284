"""Why a number is what it is: causes in whole kg that add up to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from planner.analysis.values import Period, Stages, Subject
from planner.fields import Value
from planner.units import KG_PER_T


class Gap(StrEnum):
    """What is explained: what must be bought, what plants cannot make, what lies in stock above safety; or nothing."""

    SHORTAGE = "shortage"
    OVER_CAPACITY = "over_capacity"
    OVER_STOCK = "over_stock"
    NONE = "none"


class CauseKind(StrEnum):
    """Of what sort a cause is."""

    CONTRACT_ENDS = "contract_ends"
    CONTRACT_STARTS = "contract_starts"
    LESS_CONTRACTED = "less_contracted"
    MORE_CONTRACTED = "more_contracted"
    CAPPED = "capped"
    RAMP_UP = "ramp_up"
    PROBABILITY = "probability"
    OPTION = "option"
    DEMAND = "demand"
    STOCK = "stock"
    COUNT = "count"
    SAFETY_STOCK = "safety_stock"
    SPARE = "spare"


class Driver(NamedTuple):
    """A cause before it is rounded: kg as they come out, the record that it leads to, and what to say of it."""

    kind: CauseKind
    kg: float
    text: str
    table: str
    key: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """One part of a gap: positive kg of metal make it, negative ones lessen it; `table` and `key` name its record."""

    kind: CauseKind
    kg: int
    text: str
    table: str
    key: tuple[Value, ...]

    @property
    def ref(self) -> str:
        """The record as people write it: `MNG-CO-2025 1`."""
        return " ".join(map(str, self.key))


@dataclass(frozen=True, slots=True)
class Explanation:
    """A gap of one period in kg of metal, and its causes, which add up to it.

    `base` is the period that it is compared with, the last one before it without a shortage; empty for none. Where the
    gap is nothing, `asked` is what was asked for.
    """

    gap: Gap
    subject: Subject
    period: str
    by: Period
    stages: Stages
    base: str
    gap_kg: int
    causes: tuple[Cause, ...]
    asked: Gap = Gap.NONE

    @property
    def sentence(self) -> str:
        """The gap and its causes in one sentence."""
        # The tonnes of a material are those of the metal in it, as everywhere here.
        name = f"{'metal in ' if self.subject.kind == 'material' else ''}{self.subject.code}"
        if self.gap is Gap.NONE:
            return _NOTHING[self.asked].format(name=name, period=self.period)
        head = _HEADS[self.gap].format(name=name, tonnes=tonnes(self.gap_kg), period=self.period)
        weighty = [cause for cause in self.causes if abs(self.share_pct(cause)) >= _WORTH_TELLING_PCT]
        for_it = "; ".join(self._told(cause) for cause in weighty if cause.kg > 0)
        against = "; ".join(self._told(cause) for cause in weighty if cause.kg < 0)
        return f"{head}: {for_it}{'; against that: ' if against else ''}{against}."

    def _told(self, cause: Cause) -> str:
        return f"{cause.text} ({tonnes(abs(cause.kg))} t, {abs(self.share_pct(cause)):,.0f} %)"

    def share_pct(self, cause: Cause) -> float:
        """Return how much of the gap a cause makes, in %; negative where it lessens it."""
        return 100 * cause.kg / self.gap_kg if self.gap_kg else 0.0


# What makes less of a gap is in the list of its causes, not in the sentence.
_WORTH_TELLING_PCT: Final = 0.5
_HEADS: Final = {
    Gap.SHORTAGE: "{tonnes} t of {name} must still be bought in {period}",
    Gap.OVER_CAPACITY: "{tonnes} t of {name} lie above what the plants can make for us in {period}",
    Gap.OVER_STOCK: "{tonnes} t of {name} lie in stock above the safety stock at the end of {period}",
}
_NOTHING: Final = {
    Gap.NONE: "{name} is neither short nor in excess in {period}.",
    Gap.SHORTAGE: "Nothing of {name} must still be bought in {period}.",
    Gap.OVER_CAPACITY: "Nothing of {name} lies above what the plants can make for us in {period}.",
    Gap.OVER_STOCK: "Nothing of {name} lies in stock above the safety stock at the end of {period}.",
}


def tonnes(kg: float) -> str:
    """Write kg as tonnes with one decimal."""
    return f"{kg / KG_PER_T:,.1f}"


def in_whole_kg(gap_kg: float, drivers: Iterable[Driver]) -> tuple[int, tuple[Cause, ...]]:
    """Round a gap and what drives it to whole kg that still add up; what rounds to 0 is left out.

    What makes the gap comes before what lessens it, the largest first in each.

    ValueError where they do not add up before, which is a bug of the caller.
    """
    found = list(drivers)
    left = gap_kg - sum(driver.kg for driver in found)
    scale = sum(abs(driver.kg) for driver in found) + abs(gap_kg)
    if abs(left) > 1e-9 * scale + 1e-6:
        raise ValueError(f"the causes miss the gap of {gap_kg} kg by {left} kg")
    total, whole = round(gap_kg), [round(driver.kg) for driver in found]
    if whole:
        # The largest takes what rounding leaves over: it is changed least by it.
        largest = max(range(len(found)), key=lambda at: abs(found[at].kg))
        whole[largest] += total - sum(whole)
    causes = [Cause(d.kind, kg, d.text, d.table, d.key) for d, kg in zip(found, whole, strict=True) if kg]
    return total, tuple(sorted(causes, key=lambda cause: (cause.kg < 0, -abs(cause.kg), cause.ref)))
