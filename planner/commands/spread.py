"""Spreading a year over its months: agreed volumes, totals of calendar years, a programme's demand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self

from planner.commands.deliveries import delivery_of, planned, tonnes
from planner.errors import InvalidValueError, PlannerError
from planner.fields import Value
from planner.fields.kinds import Phasing
from planner.model import Contract, Demand, Line, Volume
from planner.store import Row, Writer
from planner.units import FIRST_YEAR, LAST_YEAR, MONTHS_PER_YEAR, Month, spread

_ENERGY = "gwh"
_QUANTITY = "quantity_t"


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """Spread the agreed volumes of a line over the months of its contract years.

    Received and confirmed deliveries stay; what is left of the agreed volume falls on the other months by the line's
    phasing, evenly where that gives these months nothing, or by `weights` (twelve, the first month of the contract year
    first). `years` None means all of them.
    """

    contract: str
    line: int
    years: tuple[int, ...] | None = None
    weights: tuple[int, ...] | None = None

    @property
    def title(self) -> str:
        """What the history calls it."""
        which = "" if self.years is None else " " + ", ".join(str(year) for year in self.years)
        return f"Phase {self.contract} {self.line}{which}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when the line or its volumes are not there."""
        schedule = _Schedule.read(writer, self.contract, self.line)
        volumes = [
            row.record
            for row in writer.rows("volumes", {"contract": self.contract, "line": self.line})
            if isinstance(row.record, Volume) and (self.years is None or row.record.year in self.years)
        ]
        if not volumes:
            raise PlannerError(
                f"{self.contract} {self.line} has no agreed volume to phase; add its contract years first."
            )
        schedule.phase(writer, {volume.year: volume.agreed_kg for volume in volumes}, self.weights)


def phase(writer: Writer, contract: str, line: int, agreed_kg: Mapping[int, int]) -> None:
    """Do as PhaseLine does, with the volumes, by contract year, that the same command has set before.

    PlannerError when there is no such line.
    """
    _Schedule.read(writer, contract, line).phase(writer, agreed_kg)


def plan_more(writer: Writer, owner: tuple[str, int], year: int, quantity_kg: int, start: Month) -> None:
    """Plan kg more of a line, by contract and number, in the open months of a contract year from `start` on.

    What is planned there stays; where no month is open nothing is planned. PlannerError when there is no such line.
    """
    _Schedule.read(writer, *owner).add(writer, year, quantity_kg, start)


@dataclass(frozen=True, slots=True)
class YearTotal:
    """What a line shall deliver in a calendar year, in kg of the line's basis; None or 0 for nothing planned."""

    contract: str
    line: int
    year: int
    quantity_kg: int | None


@dataclass(frozen=True, slots=True)
class SpreadYears:
    """Let the deliveries of calendar years add up to totals, one for each line and year.

    Received and confirmed months keep what they have; the rest falls on the other months of the year that lie within
    the contract's term, by the line's phasing, evenly where the phasing gives these months nothing.
    """

    years: tuple[YearTotal, ...]

    @property
    def title(self) -> str:
        """What the history calls it."""
        if len(self.years) == 1:
            total = self.years[0]
            return f"Spread {total.year} of {total.contract} {total.line}"
        return f"Spread {len(self.years)} years of deliveries"

    def apply(self, writer: Writer) -> None:
        """Raise InvalidValueError for less than what stays or where no month is open, PlannerError without the line."""
        by_line: dict[tuple[str, int], dict[int, int]] = {}
        for total in self.years:
            by_line.setdefault((total.contract, total.line), {})[total.year] = total.quantity_kg or 0
        for key, totals in by_line.items():
            schedule = _Schedule.read(writer, *key)
            for year, total_kg in totals.items():
                schedule.plan(writer, schedule.shares_of_year(year, total_kg))


@dataclass(frozen=True, slots=True)
class DemandTotal:
    """What a programme shall need in a calendar year, in kWh of cells; None for nothing."""

    programme: str
    year: int
    energy_kwh: int | None


@dataclass(frozen=True, slots=True)
class ScaleDemand:
    """Let the demand of calendar years add up to totals, one for each programme and year.

    Months change in proportion to what they hold; where they hold nothing, the total falls evenly on all twelve.
    """

    years: tuple[DemandTotal, ...]

    @property
    def title(self) -> str:
        """What the history calls it."""
        if len(self.years) == 1:
            return f"Scale demand {self.years[0].programme} {self.years[0].year}"
        return f"Scale {len(self.years)} years of demand"

    def apply(self, writer: Writer) -> None:
        """Raise InvalidValueError for less than nothing, or when there is no such programme."""
        for total in self.years:
            if (total.energy_kwh or 0) < 0:
                raise InvalidValueError(_ENERGY, f"{total.year} of {total.programme} cannot need less than nothing")
            if writer.find("programmes", (total.programme,)) is None:
                raise InvalidValueError("programme", f"there is no programme {total.programme!r}; add it first")
            months = _months_of(total.year)
            found = {month: writer.find("demand", (total.programme, month)) for month in months}
            held = {month: row for month, row in found.items() if row is not None}
            if total.energy_kwh is None or not (total.energy_kwh or held):
                for row in held.values():
                    writer.delete("demand", row.id)
                continue
            weights = {month: _energy(row) for month, row in held.items()}
            if not any(weights.values()):
                weights = dict.fromkeys(months, 1)
            shares = spread(total.energy_kwh, list(weights.values()))
            for month, energy_kwh in zip(weights, shares, strict=True):
                _put_demand(writer, found[month], Demand(programme=total.programme, month=month, energy_kwh=energy_kwh))


@dataclass(frozen=True, slots=True)
class _Schedule:
    """A line with its contract and its deliveries by month; those that are only planned are open."""

    contract: Contract
    line: Line
    found: Mapping[Month, Row]

    @classmethod
    def read(cls, writer: Writer, contract: str, line: int) -> Self:
        """Raise PlannerError when there is no such line."""
        owner, own = _known(writer, "contracts", (contract,)), _known(writer, "lines", (contract, line))
        if not isinstance(owner, Contract) or not isinstance(own, Line):
            raise TypeError(owner, own)
        rows = writer.rows("deliveries", {"contract": contract, "line": line})
        return cls(owner, own, {delivery_of(row).month: row for row in rows})

    def open(self, months: Collection[Month]) -> list[Month]:
        """Return the months whose delivery may change."""
        return [month for month in months if not self._stays(month)]

    def fixed(self, months: Collection[Month]) -> int:
        """Return the kg in months whose delivery stays as it is."""
        return sum(delivery_of(self.found[month]).quantity_kg for month in months if self._stays(month))

    def _stays(self, month: Month) -> bool:
        return month in self.found and delivery_of(self.found[month]).status != "planned"

    def weights(self, months: Collection[Month], given: tuple[int, ...] | None = None) -> list[int]:
        """Return the weight of each month: that of its place in its contract year."""
        weights = Phasing.weights(self.line.phasing) if given is None else given
        return [weights[(month - self.contract.start_month) % MONTHS_PER_YEAR] for month in months]

    def shares_of_year(self, year: int, total_kg: int) -> dict[Month, int]:
        """Return the kg of each open month of a calendar year; InvalidValueError when they cannot make up the total."""
        months = _months_of(year)
        within = [month for month in months if self.contract.start_month <= month <= self.contract.end_month]
        open_months, fixed_kg = self.open(within), self.fixed(months)
        left_kg = total_kg - fixed_kg if total_kg else 0
        name = f"{year} of {self.line.contract} {self.line.line}"
        if left_kg < 0:
            raise InvalidValueError(
                _QUANTITY,
                f"{name} cannot be {tonnes(total_kg)} t, as {tonnes(fixed_kg)} t are received or confirmed already",
            )
        if left_kg and not open_months:
            raise InvalidValueError(_QUANTITY, f"{name} has no open month for {tonnes(left_kg)} t; {self._why(within)}")
        shares = _spread(left_kg, self.weights(open_months))
        # What was planned outside the term gives way, or the year would not add up.
        return {**dict.fromkeys(self.open(months), 0), **dict(zip(open_months, shares, strict=True))}

    def _why(self, within: Collection[Month]) -> str:
        if within:
            return "all of its months are received or confirmed"
        return f"the term runs from {self.contract.start_month} to {self.contract.end_month}"

    def phase(self, writer: Writer, agreed_kg: Mapping[int, int], weights: tuple[int, ...] | None = None) -> None:
        """Plan what is agreed by contract year and neither received nor confirmed."""
        for year, agreed in agreed_kg.items():
            months = self.contract.year_months(year)
            open_months = self.open(months)
            left = max(0, agreed - self.fixed(months))
            wanted = self.weights(open_months, weights)
            # Weights of the moment may ask for nothing; the line's own phasing loses nothing that is agreed.
            shares = _spread(left, wanted) if weights is None or any(wanted) else [0] * len(open_months)
            self.plan(writer, dict(zip(open_months, shares, strict=True)))

    def add(self, writer: Writer, year: int, quantity_kg: int, start: Month) -> None:
        """Plan kg beside what is planned in the open months of a contract year from `start` on, by the phasing."""
        months = self.open([month for month in self.contract.year_months(year) if month >= start])
        shares = _spread(quantity_kg, self.weights(months))
        held = (delivery_of(self.found[month]).quantity_kg if month in self.found else 0 for month in months)
        self.plan(writer, {month: kg + share for month, kg, share in zip(months, held, shares, strict=True)})

    def plan(self, writer: Writer, shares: Mapping[Month, int]) -> None:
        """Plan kg in months; 0 leaves no delivery there."""
        for month, quantity_kg in shares.items():
            row = self.found.get(month)
            if row is None and quantity_kg:
                writer.insert(planned(self.line.contract, self.line.line, month, quantity_kg))
            elif row is not None and quantity_kg:
                writer.update(row.id, replace(delivery_of(row), quantity_kg=quantity_kg))
            elif row is not None:
                writer.delete("deliveries", row.id)


def _spread(total: int, weights: Sequence[int]) -> list[int]:
    """Split by weights, evenly where the phasing gives none of the open months anything: nothing agreed is lost."""
    return spread(total, weights) or spread(total, [1] * len(weights))


def _months_of(year: int) -> tuple[Month, ...]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidValueError("year", f"{year} lies outside {FIRST_YEAR} to {LAST_YEAR}, the years of a plan")
    return tuple(Month.of(year, number + 1) for number in range(MONTHS_PER_YEAR))


def _known(writer: Writer, table: str, key: tuple[Value, ...]) -> object:
    row = writer.find(table, key)
    if row is None:
        raise PlannerError(f"There is no {' '.join(str(part) for part in key)} in {table}.")
    return row.record


def _energy(row: Row) -> int:
    if not isinstance(row.record, Demand):
        raise TypeError(row)
    return row.record.energy_kwh


def _put_demand(writer: Writer, row: Row | None, demand: Demand) -> None:
    if row is None:
        writer.insert(demand)
    else:
        writer.update(row.id, demand)
