"""What stands behind a grid with months across: lines with their deliveries, programmes with their demand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from planner.changes import ChangeSet
from planner.commands import Command, CreateRecords, DeleteRecords, DeliveryCell, PutRecords, SetDeliveries
from planner.fields import Field, Value
from planner.model import TABLES, Delivery, Demand, Line, Programme
from planner.model.contracts import VOLUME_BASIS
from planner.plan import Plan
from planner.units import Month
from ui.grids.references import roots

Key = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row: what identifies it, and the texts of its frozen columns."""

    key: Key
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The value of one month; a locked one stays as it is, a strong one is shown bold, `tip` says why."""

    value: int
    locked: bool = False
    strong: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True)
class MatrixEdit:
    """The value that a row shall have in a month; None for nothing."""

    key: Key
    month: Month
    value: int | None


class MatrixSource(Protocol):
    """Rows of months; a row's cells are read when they are first shown."""

    @property
    def headings(self) -> tuple[str, ...]:
        """The titles of the frozen columns."""

    @property
    def field(self) -> Field:
        """How the value of a month is read and written."""

    @property
    def read_only(self) -> str | None:
        """Why nothing may be written; None when it may."""

    def rows(self) -> list[MatrixRow]:
        """Return all rows, without their cells."""

    def cells(self, key: Key) -> Mapping[Month, MatrixCell]:
        """Return the cells of one row."""

    def moves_rows(self, changes: ChangeSet) -> bool:
        """Tell whether an edit may have changed which rows there are, or their labels."""

    def touched(self, changes: ChangeSet) -> frozenset[Key] | None:
        """Return the keys of the rows whose cells an edit changed; None when they are too many to tell."""

    def write(self, edits: Sequence[MatrixEdit]) -> None:
        """Write the cells as one edit; PlannerError when that cannot be."""


@dataclass(frozen=True)
class DeliverySource:
    """Lines of contracts with their deliveries, in t of the line's basis."""

    plan: Plan

    @property
    def headings(self) -> tuple[str, ...]:
        """Contract, line, material and the basis of the tonnes."""
        return ("Contract", "Line", "Material", "Basis")

    @property
    def field(self) -> Field:
        """The quantity of a delivery."""
        return _field("deliveries", "quantity_kg")

    @property
    def read_only(self) -> str | None:
        """Why nothing may be written."""
        return self.plan.read_only

    def rows(self) -> list[MatrixRow]:
        """Return the lines of all contracts."""
        lines = (row.record for row in self.plan.rows("lines"))
        return [MatrixRow((line.contract, line.line), _line_labels(line)) for line in lines if isinstance(line, Line)]

    def cells(self, key: Key) -> Mapping[Month, MatrixCell]:
        """Return the deliveries of one line."""
        found = self.plan.rows("deliveries", {"contract": key[0], "line": key[1]})
        return {d.month: _delivered(d) for row in found if isinstance(d := row.record, Delivery)}

    def moves_rows(self, changes: ChangeSet) -> bool:
        """Lines, or what they refer to, were touched."""
        return changes.touches_table("lines", *roots(TABLES["lines"]))

    def touched(self, changes: ChangeSet) -> frozenset[Key] | None:
        """Return the lines whose deliveries were touched."""
        return _touched(changes, "deliveries", ("contract", "line"))

    def write(self, edits: Sequence[MatrixEdit]) -> None:
        """Set the deliveries."""
        cells = (DeliveryCell(str(e.key[0]), int(str(e.key[1])), e.month, e.value) for e in edits)
        self.plan.run(SetDeliveries(tuple(cells)))


@dataclass(frozen=True)
class DemandSource:
    """Battery programmes with their demand, in GWh of cells."""

    plan: Plan

    @property
    def headings(self) -> tuple[str, ...]:
        """Code and name of the programme."""
        return ("Programme", "Name")

    @property
    def field(self) -> Field:
        """The energy of a month."""
        return _field("demand", "energy_kwh")

    @property
    def read_only(self) -> str | None:
        """Why nothing may be written."""
        return self.plan.read_only

    def rows(self) -> list[MatrixRow]:
        """Return all programmes."""
        programmes = (row.record for row in self.plan.rows("programmes"))
        return [MatrixRow((p.code,), (p.code, p.name)) for p in programmes if isinstance(p, Programme)]

    def cells(self, key: Key) -> Mapping[Month, MatrixCell]:
        """Return the demand of one programme."""
        found = self.plan.rows("demand", {"programme": key[0]})
        return {d.month: MatrixCell(d.energy_kwh) for row in found if isinstance(d := row.record, Demand)}

    def moves_rows(self, changes: ChangeSet) -> bool:
        """Programmes were touched."""
        return changes.touches_table("programmes")

    def touched(self, changes: ChangeSet) -> frozenset[Key] | None:
        """Return the programmes whose demand was touched."""
        return _touched(changes, "demand", ("programme",))

    def write(self, edits: Sequence[MatrixEdit]) -> None:
        """Set, add and delete records of demand in one edit."""
        replaced: list[tuple[int, Demand]] = []
        created: list[Demand] = []
        deleted: list[int] = []
        for edit in edits:
            programme = str(edit.key[0])
            found = self.plan.find("demand", (programme, edit.month))
            if edit.value is None:
                deleted += [] if found is None else [found.id]
                continue
            record = Demand(programme=programme, month=edit.month, energy_kwh=edit.value)
            if found is None:
                created.append(record)
            elif found.record != record:
                replaced.append((found.id, record))
        command = _together(tuple(replaced), tuple(created), tuple(deleted))
        if command is not None:
            self.plan.run(command)


@dataclass(frozen=True, slots=True)
class _Together:
    """Several commands as one edit."""

    title: str
    commands: tuple[Command, ...]

    def apply(self, writer: Any) -> None:  # noqa: ANN401 - the window hands the writer on and does not know it
        for command in self.commands:
            command.apply(writer)


def _together(
    replaced: tuple[tuple[int, Demand], ...], created: tuple[Demand, ...], deleted: tuple[int, ...]
) -> Command | None:
    commands: list[Command] = []
    if replaced:
        commands.append(PutRecords("demand", replaced, created))
    elif created:
        commands.append(CreateRecords(created))
    if deleted:
        commands.append(DeleteRecords("demand", deleted))
    if len(commands) <= 1:
        return next(iter(commands), None)
    return _Together(f"Set {len(replaced) + len(created) + len(deleted)} months of demand", tuple(commands))


def _field(table: str, attr: str) -> Field:
    return next(field for field in TABLES[table].fields if field.attr == attr)


def _line_labels(line: Line) -> tuple[str, ...]:
    return line.contract, str(line.line), line.material, VOLUME_BASIS.title(line.volume_basis)


def _delivered(delivery: Delivery) -> MatrixCell:
    match delivery.status:
        case "received":
            return MatrixCell(delivery.quantity_kg, locked=True, tip="Received: it stays as it is")
        case "confirmed":
            return MatrixCell(delivery.quantity_kg, strong=True, tip="Confirmed by the supplier")
        case _:
            return MatrixCell(delivery.quantity_kg)


def _touched(changes: ChangeSet, table: str, attrs: tuple[str, ...]) -> frozenset[Key] | None:
    touch = next((touch for touch in changes.touches if touch.table == table), None)
    if touch is None:
        return frozenset()
    if touch.rows is None:
        return None
    records = (record for c in changes if c.table == table for record in (c.before, c.after) if record is not None)
    return frozenset(tuple(getattr(record, attr) for attr in attrs) for record in records)
