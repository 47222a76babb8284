"""Creating, changing and deleting records of any table."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from planner.errors import DependentsError, PlannerError
from planner.fields import Value
from planner.model import TABLES, Record
from planner.store import Writer


@dataclass(frozen=True, slots=True)
class CreateRecords:
    """Add records, which may refer to one another if they stand in that order."""

    records: tuple[Record, ...]

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Add {_named(self.records)}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when a key is taken or a reference leads nowhere."""
        for record in self.records:
            writer.insert(record)


@dataclass(frozen=True, slots=True)
class PutRecords:
    """Put records in the place of others and add new ones, as a paste over the end of a table does."""

    table: str
    replaced: tuple[tuple[int, Record], ...] = ()
    created: tuple[Record, ...] = ()

    @property
    def title(self) -> str:
        """What the history calls it."""
        records = tuple(record for _, record in self.replaced)
        if not self.created:
            return f"Change {_named(records)}"
        if not records:
            return f"Add {_named(self.created)}"
        return f"Change {_named(records)} and add {_named(self.created)}"

    def apply(self, writer: Writer) -> None:
        """Raise PlannerError when a key is taken or a reference leads nowhere."""
        for row, record in self.replaced:
            writer.update(row, record)
        for record in self.created:
            writer.insert(record)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one record and the value it shall have; `field` is the name that people see."""

    table: str
    row: int
    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class SetCells:
    """Set a block of cells, in one table or several."""

    cells: tuple[Cell, ...]

    @property
    def title(self) -> str:
        """What the history calls it."""
        tables = sorted({TABLES[cell.table].title for cell in self.cells})
        if len(self.cells) == 1:
            cell = self.cells[0]
            field = TABLES[cell.table].field(cell.field)
            heading = cell.field if field is None else field.title
            return f"Set {heading.lower()} of {TABLES[cell.table].one}"
        return f"Set {len(self.cells)} cells in {', '.join(tables)}"

    def apply(self, writer: Writer) -> None:
        """Raise InvalidValueError when a record would become impossible; nothing is written then."""
        for (table, row), values in self._by_row().items():
            found = writer.get(table, row)
            if found is None:
                raise PlannerError(f"That {TABLES[table].singular} is no longer there; somebody deleted it.")
            writer.update(row, replace(found.record, **values))

    def _by_row(self) -> dict[tuple[str, int], dict[str, Any]]:
        rows: dict[tuple[str, int], dict[str, Any]] = {}
        for cell in self.cells:
            field = TABLES[cell.table].field(cell.field)
            if field is None:
                raise PlannerError(f"The table {cell.table} has no field {cell.field!r}.")
            rows.setdefault((cell.table, cell.row), {})[field.attr] = cell.value
        return rows


@dataclass(frozen=True, slots=True)
class DeleteRecords:
    """Delete records of one table; with `cascade` all that depends on them goes along."""

    table: str
    rows: tuple[int, ...]
    cascade: bool = False

    @property
    def title(self) -> str:
        """What the history calls it."""
        return f"Delete {_counted(self.table, len(self.rows))}"

    def apply(self, writer: Writer) -> None:
        """Raise DependentsError, with the list of what depends on them, unless it may go along."""
        doomed: dict[str, set[int]] = {self.table: set(self.rows)}
        queue = [(self.table, self.rows)]
        while queue:
            table, rows = queue.pop()
            for other, dependents in writer.dependents(table, rows).items():
                fresh = tuple(row for row in dependents if row not in doomed.setdefault(other, set()))
                doomed[other].update(fresh)
                if fresh:
                    queue.append((other, fresh))
        self._refuse(writer, doomed)
        for table, found in doomed.items():
            for row in sorted(found):
                writer.delete(table, row)

    def _refuse(self, writer: Writer, doomed: dict[str, set[int]]) -> None:
        dependents = {table: len(rows) for table, rows in doomed.items() if table != self.table and rows}
        if self.cascade or not dependents:
            return
        first = writer.get(self.table, self.rows[0])
        name = "" if first is None else f" {TABLES[self.table].label(first.record)}"
        what = f"{TABLES[self.table].singular}{name}" if len(self.rows) == 1 else _counted(self.table, len(self.rows))
        counted = ", ".join(_counted(table, count) for table, count in dependents.items())
        raise DependentsError(
            f"The {what} cannot go alone, as there {'is' if sum(dependents.values()) == 1 else 'are'} {counted} of it."
            " Delete them first, or take them along.",
            dependents,
        )


def _counted(table: str, count: int) -> str:
    return f"1 {TABLES[table].singular}" if count == 1 else f"{count} {TABLES[table].title.lower()}"


def _named(records: Iterable[Record]) -> str:
    """Return `contract MNG-CO-2025` for one record, `3 contracts` for several of a table."""
    given = list(records)
    if len(given) == 1:
        table = TABLES[given[0].table]
        return f"{table.singular} {table.label(given[0])}"
    counts: dict[str, int] = {}
    for record in given:
        counts[record.table] = counts.get(record.table, 0) + 1
    return ", ".join(_counted(table, count) for table, count in counts.items())
