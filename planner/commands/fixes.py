"""What mends a finding, where that is obvious: commands to look at as a draft before they are done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from planner.checks import Finding
from planner.commands.command import Command
from planner.commands.spread import PhaseLine, plan_more
from planner.commands.terms import SetTerm
from planner.commands.volumes import CallOption
from planner.store import Writer
from planner.units import Month


@dataclass(frozen=True, slots=True)
class ExerciseOption:
    """Call volume of an option today, and plan it beside what is planned in the months of its year that are to come."""

    contract: str
    line: int
    year: int
    quantity_kg: int

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Exercise option {self.contract} {self.line} {self.year}"

    def apply(self, writer: Writer) -> None:
        """Raise what CallOption raises: InvalidValueError for more than the option, and after its last day."""
        today = date.today()  # noqa: DTZ011 - the day of the person's own calendar
        CallOption(self.contract, self.line, self.year, self.quantity_kg, today).apply(writer)
        now = Month.of(today.year, today.month)
        plan_more(writer, (self.contract, self.line), self.year, self.quantity_kg, now)


@dataclass(frozen=True, slots=True)
class Fix:
    """What a button calls it, and the command that a finding's `mend` makes; None where it makes none."""

    verb: str
    command: Callable[[Finding], Command | None]


def fix_of(finding: Finding) -> Command | None:
    """Return the command that mends a finding; None where nothing is obvious."""
    fix = FIXES.get(finding.check)
    return None if fix is None else fix.command(finding)


def _exercise(finding: Finding) -> Command | None:
    match finding.mend:
        case (str() as contract, int() as line, int() as year, int() as quantity_kg):
            return ExerciseOption(contract, line, year, quantity_kg)
        case _:
            return None


def _phase(finding: Finding) -> Command | None:
    match finding.mend:
        case (str() as contract, int() as line):
            return PhaseLine(contract, line)
        case (str() as contract, int() as line, int() as year):
            return PhaseLine(contract, line, (year,))
        case _:
            return None


def _extend(finding: Finding) -> Command | None:
    match finding.mend:
        case (str() as contract, Month() as end):
            return SetTerm(contract, end_month=end)
        case _:
            return None


FIXES: Final[Mapping[str, Fix]] = {
    "shortage": Fix("Exercise the option", _exercise),
    "option-lapses": Fix("Exercise the option", _exercise),
    "unphased": Fix("Phase the volume", _phase),
    "above-flexibility": Fix("Phase the agreed volume", _phase),
    "take-or-pay": Fix("Phase the agreed volume", _phase),
    "outside-term": Fix("Extend the term", _extend),
}
