"""A quantity that a file gives for a quarter, spread over its three months."""

from collections.abc import Mapping, Sequence
from typing import Final

from planner.exchange.periods import Quarter
from planner.fields import Field
from planner.fields.kinds import MonthKind
from planner.model import Table
from planner.units import spread

# The tables whose quantity flows, a sum over time: what holds from a month on, or at its start, is no sum.
_FLOWS: Final[Mapping[str, str]] = {
    "deliveries": "quantity_t",
    "demand": "gwh",
    "intakes": "quantity_t",
    "returns": "quantity_t",
}


class Quarters:
    """Turns rows of quarters of one table into rows of months."""

    def __init__(self, table: Table, fields: Sequence[Field]) -> None:
        """`fields` are those of the columns, in order."""
        self._flow = _FLOWS.get(table.name)
        self._month = next((i for i, each in enumerate(fields) if isinstance(each.kind, MonthKind) and each.key), None)
        self._quantity = next((i for i, each in enumerate(fields) if each.name == self._flow), None)
        self._title = table.title
        self.count = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What was spread, a sentence."""
        if not self.count:
            return ()
        rows = "1 row of a quarter was" if self.count == 1 else f"{self.count:,} rows of quarters were"
        return (f"{rows} spread evenly over the three months of each.",)

    def refusal(self, quarter: Quarter, field: Field) -> str:
        """Return why a quarter cannot be read in a field; empty where it can."""
        if self._flow is not None and field.key:
            return ""
        first, *_, last = quarter.months
        return f"it is a quarter, {first} to {last}, and {self._title.lower()} are by month; write one month"

    def spread(self, row: Sequence[object]) -> list[list[object]]:
        """Return the row of each month for the row of a quarter; a row of a month is returned as it is."""
        quarter = None if self._month is None else row[self._month]
        if not isinstance(quarter, Quarter) or self._month is None:
            return [list(row)]
        self.count += 1
        rows = [list(row) for _ in quarter.months]
        for each, month in zip(rows, quarter.months, strict=True):
            each[self._month] = month
        if self._quantity is not None:
            whole = row[self._quantity]
            shares = spread(whole, [1] * len(rows)) if isinstance(whole, int) else [whole] * len(rows)
            for each, share in zip(rows, shares, strict=True):
                each[self._quantity] = share
        return rows
