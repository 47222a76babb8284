"""What an import would do, as a value: counts, the draft that holds it, and why rows stay out."""

from dataclasses import dataclass
from enum import StrEnum

from planner.changes import ChangeSet


class Mode(StrEnum):
    """What an import may do: only add, only change, or both."""

    ADD = "add"
    UPDATE = "update"
    UPSERT = "upsert"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Why the row on a line of the file was refused: the field (as people see it), its text, the reason."""

    line: int
    field: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Staying:
    """A record that the file no longer names and that cannot go: what people call it, and why it stays."""

    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; `draft` is the id of the draft edit, None when there is nothing to apply.

    `missing` counts the records that the file does not name, `deleted` those of them that go: none unless asked for,
    and none while `unsure` rows are refused that may mean any record. Those in `staying` have others that need them.
    `same_rows` are the ids of the first records that are as the file says.
    """

    draft: int | None
    new: int
    changed: int
    same: int
    problems: tuple[Problem, ...]
    changes: ChangeSet | None
    deleted: int = 0
    missing: int = 0
    unsure: int = 0
    staying: tuple[Staying, ...] = ()
    same_rows: tuple[int, ...] = ()

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return len({problem.line for problem in self.problems})

    @property
    def count(self) -> int:
        """How many records the draft touches."""
        return self.new + self.changed + self.deleted
