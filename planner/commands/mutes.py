"""Putting findings aside until a day, and taking them up again."""

from dataclasses import dataclass
from datetime import date

from planner.errors import PlannerError
from planner.model import Mute
from planner.store import Writer


@dataclass(frozen=True, slots=True)
class MuteFinding:
    """Put aside what a check finds at a place, until a day and for a reason; one put aside already gets these."""

    check: str
    place: str
    until: date
    note: str = ""

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Mute {self.check} of {self.place} until {self.until}"

    def apply(self, writer: Writer) -> None:
        """Raise InvalidValueError for a name, a place or a note that no record can hold."""
        mute = Mute(finding=self.check, place=self.place, until=self.until, note=self.note)
        row = writer.find("mutes", (self.check, self.place))
        if row is None:
            writer.insert(mute)
        else:
            writer.update(row.id, mute)


@dataclass(frozen=True, slots=True)
class UnmuteFinding:
    """Take up again what was put aside."""

    check: str
    place: str

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Unmute {self.check} of {self.place}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when it is not put aside."""
        row = writer.find("mutes", (self.check, self.place))
        if row is None:
            raise PlannerError(f"{self.check} of {self.place} is not muted; the muted findings show those that are.")
        writer.delete("mutes", row.id)
