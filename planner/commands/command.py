"""What every command is: a value with a title that changes a plan when it is run."""

from typing import Protocol

from planner.store import Writer


class Command(Protocol):
    """One thing that a person does; `Plan.run` makes it one edit."""

    @property
    def title(self) -> str:
        """What the history calls it."""

    def apply(self, writer: Writer) -> None:
        """Read the plan and take the changes to it; PlannerError leaves the plan as it was."""
