"""What a contract allows a line to deliver in a contract year, and whether its plan keeps to that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from planner.analysis.values import Write
from planner.model import Contract, Line, Volume
from planner.units import KG_PER_T, PPM, Month


class Verdict(StrEnum):
    """Where the plan of a contract year stands; NONE where it has no month within the term."""

    OVER = "over"
    BELOW = "below"
    BELOW_TAKE_OR_PAY = "below take-or-pay"
    WITHIN = "within"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class YearLimits:
    """The agreed volume of a contract year, what may be called instead, and what is planned, in kg of the line's basis.

    `months` are those of the contract year within the term. `low_kg` and `high_kg` are the least and the most whole kg
    that the flexibility allows, `take_or_pay_kg` the least that is not paid for in vain.
    """

    year: int
    months: tuple[Month, ...]
    agreed_kg: int
    option_kg: int
    planned_kg: int
    flexibility_down_ppm: int = 0
    flexibility_up_ppm: int = 0
    take_or_pay_ppm: int = 0

    @property
    def low_kg(self) -> int:
        """The least that may be called."""
        return _ceiling(self.agreed_kg * max(0, PPM - self.flexibility_down_ppm))

    @property
    def high_kg(self) -> int:
        """The most that may be called."""
        return self.agreed_kg * (PPM + self.flexibility_up_ppm) // PPM

    @property
    def take_or_pay_kg(self) -> int:
        """What is paid for even if it is not taken."""
        return _ceiling(self.agreed_kg * self.take_or_pay_ppm)

    @property
    def verdict(self) -> Verdict:
        """Below take-or-pay comes before below: it costs money."""
        if not self.months:
            return Verdict.NONE
        if self.planned_kg > self.high_kg:
            return Verdict.OVER
        if self.planned_kg < self.take_or_pay_kg:
            return Verdict.BELOW_TAKE_OR_PAY
        return Verdict.BELOW if self.planned_kg < self.low_kg else Verdict.WITHIN

    def sentence(self, write: Write) -> str:
        """Say it with the figures in t; empty where the verdict is NONE."""

        def tonnes(kg: int) -> str:
            return f"{write(Decimal(kg) / KG_PER_T)} t"

        match self.verdict:
            case Verdict.NONE:
                return ""
            case Verdict.OVER:
                limit = f"at most {tonnes(self.high_kg)} ({self._agreed(tonnes, '+', self.flexibility_up_ppm, write)})"
                option = f"; an option of {tonnes(self.option_kg)} can be called" if self.option_kg else ""
                said = f" planned, {limit}{option}"
            case Verdict.BELOW_TAKE_OR_PAY:
                paid, missing = tonnes(self.take_or_pay_kg), tonnes(self.take_or_pay_kg - self.planned_kg)
                said = f" planned: {missing} below take-or-pay, which is paid for anyway ({paid})"
            case Verdict.BELOW:
                agreed = self._agreed(tonnes, "\N{MINUS SIGN}", self.flexibility_down_ppm, write)
                said = f" planned, at least {tonnes(self.low_kg)} ({agreed})"
            case _:
                said = f" planned, {self._range(tonnes)}"
        span = f"{self.months[0]} to {self.months[-1]}" if len(self.months) > 1 else f"{self.months[0]}"
        return f"Contract year {self.year} ({span}): {tonnes(self.planned_kg)}{said}"

    def _agreed(self, tonnes: Callable[[int], str], sign: str, ppm: int, write: Write) -> str:
        share = f" {sign} {write(Decimal(ppm) * 100 / PPM)} %" if ppm else ""
        return f"agreed {tonnes(self.agreed_kg)}{share}"

    def _range(self, tonnes: Callable[[int], str]) -> str:
        if self.low_kg == self.high_kg:
            return "as agreed"
        paid = f", take-or-pay {tonnes(self.take_or_pay_kg)}" if self.take_or_pay_kg else ""
        return f"agreed {tonnes(self.agreed_kg)} ({tonnes(self.low_kg)} to {tonnes(self.high_kg)}{paid})"


def year_limits(contract: Contract, line: Line, volume: Volume, delivered: Mapping[Month, int]) -> YearLimits:
    """Return the limits of the contract year of a volume; `delivered` are the kg of the line by month."""
    months = contract.year_months(volume.year)
    return YearLimits(
        year=volume.year,
        months=months,
        agreed_kg=volume.agreed_kg,
        option_kg=volume.option_kg,
        planned_kg=sum(delivered.get(month, 0) for month in months),
        flexibility_down_ppm=line.flexibility_down_ppm,
        flexibility_up_ppm=line.flexibility_up_ppm,
        take_or_pay_ppm=line.take_or_pay_ppm,
    )


def _ceiling(kg_ppm: int) -> int:
    return -(-kg_ppm // PPM)
