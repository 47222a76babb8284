"""Duplicating a contract with all that belongs to it."""

from dataclasses import dataclass, replace

from planner.errors import PlannerError
from planner.model import Contract
from planner.store import Writer

PARTS = ("lines", "volumes", "deliveries", "milestones")


@dataclass(frozen=True, slots=True)
class DuplicateContract:
    """Copy a contract with lines, volumes, milestones and what is still planned, as a memorandum under a new name."""

    reference: str
    new_reference: str

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Duplicate {self.reference} as {self.new_reference}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when there is no such contract or the new name is taken."""
        row = writer.find("contracts", (self.reference,))
        if row is None or not isinstance(row.record, Contract):
            raise PlannerError(f"There is no contract {self.reference!r}; the page Contracts lists them.")
        writer.insert(replace(row.record, reference=self.new_reference, stage="memorandum", probability_ppm=None))
        for table in PARTS:
            for part in writer.rows(table, {"contract": self.reference}):
                # What was received or confirmed belongs to the first contract alone: in the copy it is a plan.
                fresh = {"status": "planned"} if table == "deliveries" else {}
                copy = part.record.of({**part.record.values(), "contract": self.new_reference, **fresh})
                writer.insert(copy)
