"""Several commands as one edit."""

from dataclasses import dataclass

from planner.commands.command import Command
from planner.store import Writer


@dataclass(frozen=True, slots=True)
class Together:
    """Commands that are done and undone as one; each must touch other records than the ones before it."""

    title: str
    commands: tuple[Command, ...]

    def apply(self, writer: Writer) -> None:
        """Raise what any of them raises; nothing is written then."""
        for command in self.commands:
            command.apply(writer)
