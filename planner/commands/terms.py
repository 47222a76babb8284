"""Moving what stands on the timeline: the months of a contract's term, the forecast of a milestone."""

from dataclasses import dataclass, replace
from datetime import date

from planner.commands.contracts import contract_row
from planner.errors import PlannerError
from planner.model import Contract, Milestone
from planner.store import Writer
from planner.units import Month


@dataclass(frozen=True, slots=True)
class SetTerm:
    """Let a contract start or end in another month; None leaves that end where it is."""

    contract: str
    start_month: Month | None = None
    end_month: Month | None = None

    @property
    def title(self) -> str:
        """What the history calls it."""
        ends = (("start", self.start_month), ("end", self.end_month))
        moved = " and ".join(f"{name} of {self.contract} to {month}" for name, month in ends if month is not None)
        return f"Move {moved or f'nothing of {self.contract}'}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError without the contract, InvalidValueError when the term would be impossible."""
        row = contract_row(writer, self.contract)
        if not isinstance(row.record, Contract):
            raise TypeError(row)
        start = row.record.start_month if self.start_month is None else self.start_month
        end = row.record.end_month if self.end_month is None else self.end_month
        writer.update(row.id, replace(row.record, start_month=start, end_month=end))


@dataclass(frozen=True, slots=True)
class SetForecast:
    """Say when a milestone of a contract is now expected."""

    contract: str
    milestone: str
    day: date

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Move forecast of {self.contract} {self.milestone} to {self.day}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError without the milestone, or when it is done and nothing is expected any more."""
        row = writer.find("milestones", (self.contract, self.milestone))
        if row is None or not isinstance(row.record, Milestone):
            raise PlannerError(f"{self.contract} has no milestone {self.milestone!r}; the page Contracts lists them.")
        if row.record.done is not None:
            raise PlannerError(
                f"{self.milestone} of {self.contract} was done on {row.record.done}; empty that day to expect it anew."
            )
        writer.update(row.id, replace(row.record, forecast=self.day))
