"""Agreeing volumes by contract year, and calling options on more."""

from dataclasses import dataclass, replace
from datetime import date

from planner.analysis.terms.ramp import contract_years
from planner.commands.contracts import contract_named
from planner.commands.deliveries import tonnes
from planner.commands.spread import phase
from planner.errors import InvalidValueError, PlannerError
from planner.model import Contract, Volume
from planner.store import Writer

_OPTION = "option_t"


@dataclass(frozen=True, slots=True)
class LineVolumes:
    """What is agreed for contract years of a line: pairs of year and kg, in the line's volume basis."""

    line: int
    agreed_kg: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AgreeVolumes:
    """Set what is agreed for contract years, options kept; with `phase` spread it over the months as well."""

    contract: str
    lines: tuple[LineVolumes, ...]
    phase: bool

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Agree volumes of {self.contract}" + (" and phase them" if self.phase else "")

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when there is no such contract or line, or a year lies outside the term."""
        contract = contract_named(writer, self.contract)
        for line, agreed in self._by_line().items():
            if writer.find("lines", (self.contract, line)) is None:
                raise PlannerError(f"There is no line {line} in {self.contract}; add it first.")
            for year, agreed_kg in agreed.items():
                _check_year(contract, year)
                _agree(writer, Volume(contract=self.contract, line=line, year=year, agreed_kg=agreed_kg))
            if self.phase:
                phase(writer, self.contract, line, agreed)

    def _by_line(self) -> dict[int, dict[int, int]]:
        found: dict[int, dict[int, int]] = {}
        for each in self.lines:
            found.setdefault(each.line, {}).update(each.agreed_kg)
        return found


@dataclass(frozen=True, slots=True)
class CallOption:
    """Call volume of an option: it moves to what is agreed for that contract year, from that day on."""

    contract: str
    line: int
    year: int
    quantity_kg: int
    day: date

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Call option {self.contract} {self.line} {self.year}"

    def apply(self, writer: Writer) -> None:
        """Raise InvalidValueError for more than the option, for nothing, and after its last day."""
        name = f"{self.contract} {self.line} {self.year}"
        row = writer.find("volumes", (self.contract, self.line, self.year))
        if row is None or not isinstance(row.record, Volume):
            raise PlannerError(f"There is no agreed volume {name}; add it first.")
        volume = row.record
        if self.quantity_kg <= 0:
            raise InvalidValueError(_OPTION, f"nothing of {name} would be called; write how many tonnes")
        if self.quantity_kg > volume.option_kg:
            raise InvalidValueError(
                _OPTION,
                f"{tonnes(self.quantity_kg)} t is more than the option of {name}, {tonnes(volume.option_kg)} t",
            )
        if volume.option_until is not None and self.day > volume.option_until:
            raise InvalidValueError(
                "option_called", f"the option of {name} could be called until {volume.option_until}, not on {self.day}"
            )
        called = replace(
            volume,
            agreed_kg=volume.agreed_kg + self.quantity_kg,
            option_kg=volume.option_kg - self.quantity_kg,
            option_called=self.day,
        )
        writer.update(row.id, called)


def _check_year(contract: Contract, year: int) -> None:
    years = contract_years(contract)
    if year not in years:
        raise InvalidValueError(
            "year",
            f"{year} is no contract year of {contract.reference}, which runs from {contract.start_month}"
            f" to {contract.end_month}; its contract years are {min(years)} to {max(years)}",
        )


def _agree(writer: Writer, volume: Volume) -> None:
    row = writer.find("volumes", (volume.contract, volume.line, volume.year))
    if row is None:
        writer.insert(volume)
    elif isinstance(row.record, Volume):
        writer.update(row.id, replace(row.record, agreed_kg=volume.agreed_kg))
