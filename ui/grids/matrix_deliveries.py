"""Lines of contracts with their deliveries by month, what is agreed, and the limits of their contract years."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from planner.analysis.terms.limits import Verdict, year_limits
from planner.changes import ChangeSet
from planner.commands import Command, DeliveryCell, SetDeliveries, SpreadYears, Together, YearTotal
from planner.fields import Field, Stored
from planner.fields.numbers import format_number
from planner.model import TABLES, Contract, Line, Volume
from planner.model.contracts import VOLUME_BASIS
from planner.plan import Plan
from planner.units import KG_PER_T, Month
from ui.grids.formats import locale_id
from ui.grids.grid_model import Mark, reading_only
from ui.grids.matrix_source import (
    Key,
    MatrixEdit,
    MatrixLine,
    MatrixNote,
    MatrixRow,
    YearEdit,
    field_of,
    touched_keys,
)
from ui.grids.references import roots

_MARKS = {Verdict.OVER: Mark.OVER, Verdict.BELOW: Mark.UNDER, Verdict.BELOW_TAKE_OR_PAY: Mark.UNDER}
_RECEIVED = "Received: it stays as it is"
_CONFIRMED = "Confirmed by the supplier"


class _Deliveries:
    """The deliveries of one line: kg by month, and what is said of those that are more than planned."""

    __slots__ = ("confirmed", "received", "values")

    def __init__(self) -> None:
        # Plain numbers by month: thousands of objects would call the garbage collector while somebody scrolls.
        self.values: dict[Month, int] = {}
        self.received: dict[Month, str] = {}
        self.confirmed: dict[Month, str] = {}

    def add(self, month: Month, kg: int, status: Stored) -> None:
        """Take one delivery in."""
        self.values[month] = kg
        if status == "received":
            self.received[month] = _RECEIVED
        elif status == "confirmed":
            self.confirmed[month] = _CONFIRMED


class DeliverySource:
    """Lines of contracts with their deliveries, in t of the line's basis."""

    def __init__(self, plan: Plan) -> None:
        """Nothing is read before `rows`."""
        self._plan = plan
        self._lines: dict[Key, Line] = {}
        self._contracts: dict[str, Contract] = {}

    @property
    def title(self) -> str:
        """What people call the whole."""
        return "Deliveries by month"

    @property
    def headings(self) -> tuple[str, ...]:
        """Contract, line, material and the basis of the tonnes."""
        return ("Contract", "Line", "Material", "Basis")

    @property
    def total_headings(self) -> tuple[tuple[str, str], ...]:
        """What is agreed and what of it is left to plan."""
        return (
            ("Agreed (t)", "The agreed volumes of all contract years"),
            ("Left (t)", "Agreed, and not in any delivery yet; less than nothing when more is planned than agreed"),
        )

    @property
    def field(self) -> Field:
        """The quantity of a delivery."""
        return field_of("deliveries", "quantity_kg")

    @property
    def typed_years(self) -> str:
        """What becomes of a year's total."""
        return "Type one to spread it over the open months by the line's phasing."

    @property
    def read_only(self) -> str | None:
        """The sentence of the plan."""
        return reading_only(self._plan)

    def rows(self) -> list[MatrixRow]:
        """Return the lines of all contracts."""
        contracts = (row.record for row in self._plan.rows("contracts"))
        self._contracts = {contract.reference: contract for contract in contracts if isinstance(contract, Contract)}
        found = [(row.id, row.record) for row in self._plan.rows("lines") if isinstance(row.record, Line)]
        self._lines = {(line.contract, line.line): line for _, line in found}
        return [
            MatrixRow((line.contract, line.line), _labels(line), row_id, unit=f"t {line.volume_basis}")
            for row_id, line in found
        ]

    def lines(self, rows: Sequence[MatrixRow]) -> dict[Key, MatrixLine]:
        """Read deliveries and volumes of lines, by one query each."""
        ids = [row.id for row in rows]
        found = {row.key: _Deliveries() for row in rows}
        for contract, line, month, kg, status in self._plan.values_of("deliveries", "lines", ids):
            found[contract, line].add(_month(month), _whole(kg), status)
        volumes: dict[Key, dict[int, tuple[int, int]]] = {row.key: {} for row in rows}
        for contract, line, year, agreed, option, *_ in self._plan.values_of("volumes", "lines", ids):
            volumes[contract, line][_whole(year)] = _whole(agreed), _whole(option)
        return {row.key: self._line(row.key, found[row.key], volumes[row.key]) for row in rows}

    def _line(self, key: Key, deliveries: _Deliveries, volumes: Mapping[int, tuple[int, int]]) -> MatrixLine:
        line, contract = self._lines[key], self._contracts[str(key[0])]
        agreed = sum(agreed_kg for agreed_kg, _ in volumes.values()) if volumes else None
        left = None if agreed is None else agreed - sum(deliveries.values.values())
        start, end = contract.start_month, contract.end_month

        def note(year: int) -> MatrixNote | None:
            if year not in volumes:
                return None
            agreed_kg, option_kg = volumes[year]
            volume = Volume(contract=line.contract, line=line.line, year=year, agreed_kg=agreed_kg, option_kg=option_kg)
            limits = year_limits(contract, line, volume, deliveries.values)
            return MatrixNote(lambda: limits.sentence(_written), _MARKS.get(limits.verdict))

        return MatrixLine(
            deliveries.values,
            locked=deliveries.received,
            strong=deliveries.confirmed,
            totals=(agreed, left),
            total_note=_left_note(agreed, left),
            note=note,
            term=(start, end),
            term_tip=f"Outside the term of {contract.reference}, {start} to {end}",
        )

    def values_holding(self, digits: str, width: int) -> Iterator[tuple[Key, Month, int]]:
        """Read those of all deliveries."""
        found = self._plan.values_holding("deliveries", self.field.attr, digits, width)
        for contract, line, month, kg, *_ in found:
            yield (contract, line), _month(month), _whole(kg)

    def moves_rows(self, changes: ChangeSet) -> bool:
        """Lines, or what they refer to, were touched."""
        return changes.touches_table("lines", *roots(TABLES["lines"]))

    def touched(self, changes: ChangeSet) -> frozenset[Key] | None:
        """Return the lines whose deliveries, volumes or limits were touched; None when it may be any of a contract."""
        if changes.touches_table("contracts"):
            return None
        return touched_keys(changes, dict.fromkeys(("deliveries", "volumes", "lines"), ("contract", "line")))

    def write(self, edits: Sequence[MatrixEdit], years: Sequence[YearEdit] = ()) -> None:
        """Set deliveries, and spread years over their open months."""
        commands: list[Command] = []
        if edits:
            cells = (DeliveryCell(*_line_key(edit.key), edit.month, edit.value) for edit in edits)
            commands.append(SetDeliveries(tuple(cells)))
        if years:
            totals = (YearTotal(*_line_key(edit.key), edit.year, edit.value) for edit in years)
            commands.append(SpreadYears(tuple(totals)))
        together = Together("Set months and spread years of deliveries", tuple(commands))
        self._plan.run(commands[0] if len(commands) == 1 else together)


def _line_key(key: Key) -> tuple[str, int]:
    return str(key[0]), int(str(key[1]))


def _labels(line: Line) -> tuple[str, ...]:
    return line.contract, str(line.line), line.material, VOLUME_BASIS.title(line.volume_basis)


def _whole(stored: Stored) -> int:
    return int(stored or 0)


@cache
def _month(stored: Stored) -> Month:
    return Month(_whole(stored))


def _left_note(agreed: int | None, left: int | None) -> MatrixNote | None:
    if agreed is None or left is None or left >= 0:
        return None
    planned = agreed - left

    def say() -> str:
        planned_t, agreed_t, beyond_t = (_written(Decimal(kg) / KG_PER_T) for kg in (planned, agreed, planned - agreed))
        return f"All years: {planned_t} t planned, {beyond_t} t more than agreed ({agreed_t} t)"

    return MatrixNote(say, Mark.OVER)


def _written(number: Decimal) -> str:
    return format_number(number, locale_id(), grouping=True)
