"""Setting monthly deliveries, and phasing the agreed volumes of a line into them."""

from dataclasses import dataclass, replace

from planner.errors import InvalidValueError, PlannerError
from planner.fields import Value
from planner.fields.kinds import Phasing
from planner.model import Contract, Delivery, Line, Volume
from planner.store import Row, Writer
from planner.units import Month, spread


@dataclass(frozen=True, slots=True)
class DeliveryCell:
    """What a line shall deliver in a month, in kg of the line's basis; None for nothing."""

    contract: str
    line: int
    month: Month
    quantity_kg: int | None


@dataclass(frozen=True, slots=True)
class SetDeliveries:
    """Set cells of the plan of deliveries; received ones stay as they are."""

    cells: tuple[DeliveryCell, ...]

    @property
    def title(self) -> str:
        """What the history calls it."""
        if len(self.cells) == 1:
            cell = self.cells[0]
            return f"Set delivery {cell.contract} {cell.line} {cell.month}"
        return f"Set {len(self.cells)} deliveries"

    def apply(self, writer: Writer) -> None:
        """Raise InvalidValueError for a received month whose quantity would change."""
        for cell in self.cells:
            found = _find(writer, "deliveries", (cell.contract, cell.line, cell.month))
            if found is None:
                if cell.quantity_kg is not None:
                    writer.insert(_planned(cell.contract, cell.line, cell.month, cell.quantity_kg))
                continue
            delivery = _delivery(found)
            if delivery.quantity_kg == cell.quantity_kg:
                continue
            if delivery.status == "received":
                reason = f"{cell.month} of {cell.contract} {cell.line} is received and stays as it is"
                raise InvalidValueError("quantity_t", reason)
            if cell.quantity_kg is None:
                writer.delete("deliveries", found.id)
            else:
                writer.update(found.id, replace(delivery, quantity_kg=cell.quantity_kg))


@dataclass(frozen=True, slots=True)
class SetDeliveryStatus:
    """Say of deliveries, each by contract, line and month, that they are planned, confirmed or received."""

    keys: tuple[tuple[str, int, Month], ...]
    status: str

    @property
    def title(self) -> str:
        """What the history calls it."""
        if len(self.keys) == 1:
            return f"Mark delivery {' '.join(str(part) for part in self.keys[0])} {self.status}"
        return f"Mark {len(self.keys)} deliveries {self.status}"

    def apply(self, writer: Writer) -> None:
        """Months without a delivery are passed over; PlannerError when there is none at all."""
        found = [row for key in self.keys if (row := _find(writer, "deliveries", key)) is not None]
        if not found:
            raise PlannerError("There is no delivery in these months; type a quantity first.")
        for row in found:
            writer.update(row.id, replace(_delivery(row), status=self.status))


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """Spread the agreed volumes of a line over the months of its contract years.

    Received and confirmed deliveries stay; what is left of the agreed volume falls on the other months by the line's
    phasing, or by `weights` (twelve, the first month of the contract year first). `years` None means all of them.
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
        contract = _known(writer, "contracts", (self.contract,))
        line = _known(writer, "lines", (self.contract, self.line))
        if not isinstance(contract, Contract) or not isinstance(line, Line):
            raise TypeError(contract, line)
        weights = Phasing.weights(line.phasing) if self.weights is None else self.weights
        volumes = [
            row.record
            for row in writer.rows("volumes", {"contract": self.contract, "line": self.line})
            if isinstance(row.record, Volume) and (self.years is None or row.record.year in self.years)
        ]
        if not volumes:
            raise PlannerError(
                f"{self.contract} {self.line} has no agreed volume to phase; add its contract years first."
            )
        for volume in volumes:
            self._phase(writer, contract, volume, weights)

    def _phase(self, writer: Writer, contract: Contract, volume: Volume, weights: tuple[int, ...]) -> None:
        first = Month.of(volume.year, contract.start_month.month)
        months = contract.year_months(volume.year)
        found = {month: _find(writer, "deliveries", (self.contract, self.line, month)) for month in months}
        fixed = {
            m: _delivery(row).quantity_kg for m, row in found.items() if row and _delivery(row).status != "planned"
        }
        open_months = [month for month in months if month not in fixed and weights[month - first]]
        left = max(0, volume.agreed_kg - sum(fixed.values()))
        shares = dict(zip(open_months, spread(left, [weights[m - first] for m in open_months]), strict=True))
        for month in months:
            if month not in fixed:
                self._put(writer, month, found[month], shares.get(month, 0))

    def _put(self, writer: Writer, month: Month, row: Row | None, quantity_kg: int) -> None:
        if row is None and quantity_kg:
            writer.insert(_planned(self.contract, self.line, month, quantity_kg))
        elif row is not None and quantity_kg:
            writer.update(row.id, replace(_delivery(row), quantity_kg=quantity_kg))
        elif row is not None:
            writer.delete("deliveries", row.id)


def _planned(contract: str, line: int, month: Month, quantity_kg: int) -> Delivery:
    return Delivery(contract=contract, line=line, month=month, quantity_kg=quantity_kg, status="planned")


def _find(writer: Writer, table: str, key: tuple[Value, ...]) -> Row | None:
    return writer.find(table, key)


def _known(writer: Writer, table: str, key: tuple[Value, ...]) -> object:
    row = writer.find(table, key)
    if row is None:
        raise PlannerError(f"There is no {' '.join(str(part) for part in key)} in {table}.")
    return row.record


def _delivery(row: Row) -> Delivery:
    if not isinstance(row.record, Delivery):
        raise TypeError(row)
    return row.record
