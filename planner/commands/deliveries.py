"""Setting monthly deliveries one by one, and saying what has become of them."""

from dataclasses import dataclass, replace

from planner.errors import InvalidValueError, PlannerError
from planner.fields.quantities import Mass
from planner.model import Delivery
from planner.store import Row, Writer
from planner.units import Month


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
            found = writer.find("deliveries", (cell.contract, cell.line, cell.month))
            if found is None:
                if cell.quantity_kg is not None:
                    writer.insert(planned(cell.contract, cell.line, cell.month, cell.quantity_kg))
                continue
            delivery = delivery_of(found)
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
        found = [row for key in self.keys if (row := writer.find("deliveries", key)) is not None]
        if not found:
            raise PlannerError("There is no delivery in these months; type a quantity first.")
        for row in found:
            writer.update(row.id, replace(delivery_of(row), status=self.status))


def planned(contract: str, line: int, month: Month, quantity_kg: int) -> Delivery:
    """Return a delivery that is only planned."""
    return Delivery(contract=contract, line=line, month=month, quantity_kg=quantity_kg, status="planned")


def delivery_of(row: Row) -> Delivery:
    """Return the delivery of a row."""
    if not isinstance(row.record, Delivery):
        raise TypeError(row)
    return row.record


def tonnes(kg: int) -> str:
    """Return kg as tonnes, as a sentence names them."""
    return Mass().format(kg, None)
