"""Battery programmes with their demand by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.changes import ChangeSet
from planner.commands import Command, CreateRecords, DeleteRecords, DemandTotal, PutRecords, ScaleDemand, Together
from planner.fields import Field
from planner.model import Demand, Programme
from planner.plan import Plan
from planner.units import Month
from ui.grids.grid_model import reading_only
from ui.grids.matrix_source import (
    Key,
    MatrixEdit,
    MatrixLine,
    MatrixRow,
    YearEdit,
    field_of,
    touched_keys,
)


@dataclass(frozen=True)
class DemandSource:
    """Battery programmes with their demand, in GWh of cells."""

    plan: Plan

    @property
    def title(self) -> str:
        """What people call the whole."""
        return "Demand by month"

    @property
    def headings(self) -> tuple[str, ...]:
        """Code and name of the programme."""
        return ("Programme", "Name")

    @property
    def total_headings(self) -> tuple[tuple[str, str], ...]:
        """Nothing is agreed for demand."""
        return ()

    @property
    def field(self) -> Field:
        """The energy of a month."""
        return field_of("demand", "energy_kwh")

    @property
    def typed_years(self) -> str:
        """What becomes of a year's total."""
        return "Type one to scale the months, or to spread it evenly where there are none."

    @property
    def read_only(self) -> str | None:
        """The sentence of the plan."""
        return reading_only(self.plan)

    def rows(self) -> list[MatrixRow]:
        """Return all programmes."""
        found = [(row.id, row.record) for row in self.plan.rows("programmes")]
        return [MatrixRow((p.code,), (p.code, p.name), row_id) for row_id, p in found if isinstance(p, Programme)]

    def lines(self, rows: Sequence[MatrixRow]) -> dict[Key, MatrixLine]:
        """Read the demand of programmes."""
        values: dict[Key, dict[Month, int]] = {row.key: {} for row in rows}
        for programme, month, kwh in self.plan.values_of("demand", "programmes", [row.id for row in rows]):
            values[programme,][Month(int(month or 0))] = int(kwh or 0)
        return {key: MatrixLine(found) for key, found in values.items()}

    def values_holding(self, digits: str, width: int) -> Iterator[tuple[Key, Month, int]]:
        """Read those of all demand."""
        for programme, month, kwh in self.plan.values_holding("demand", self.field.attr, digits, width):
            yield (programme,), Month(int(month or 0)), int(kwh or 0)

    def moves_rows(self, changes: ChangeSet) -> bool:
        """Programmes were touched."""
        return changes.touches_table("programmes")

    def touched(self, changes: ChangeSet) -> frozenset[Key] | None:
        """Return the programmes whose demand was touched."""
        return touched_keys(changes, {"demand": ("programme",)})

    def write(self, edits: Sequence[MatrixEdit], years: Sequence[YearEdit] = ()) -> None:
        """Set, add and delete records of demand, and scale years, in one edit."""
        count, commands = self._month_commands(edits)
        if years:
            totals = (DemandTotal(str(edit.key[0]), edit.year, edit.value) for edit in years)
            commands.append(ScaleDemand(tuple(totals)))
        if len(commands) == 1:
            self.plan.run(commands[0])
        elif commands:
            title = "Set months and scale years of demand" if years else f"Set {count} months of demand"
            self.plan.run(Together(title, tuple(commands)))

    def _month_commands(self, edits: Sequence[MatrixEdit]) -> tuple[int, list[Command]]:
        """Return how many months change, and the commands that change them."""
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
        count = len(replaced) + len(created) + len(deleted)
        return count, _commands(tuple(replaced), tuple(created), tuple(deleted))


def _commands(
    replaced: tuple[tuple[int, Demand], ...], created: tuple[Demand, ...], deleted: tuple[int, ...]
) -> list[Command]:
    commands: list[Command] = []
    if replaced:
        commands.append(PutRecords("demand", replaced, created))
    elif created:
        commands.append(CreateRecords(created))
    if deleted:
        commands.append(DeleteRecords("demand", deleted))
    return commands
