"""What is typed or pasted into the grid of a table: read, checked, and made into records, or refused with reasons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from planner.errors import InvalidValueError
from planner.fields import Field, LineNumber, Value
from planner.fields.typed import parse_typed
from planner.model import Record, Table
from planner.plan import Plan
from ui.grids.grid_model import RefusedError, Spot

Values = Mapping[str, Value]


class Numbering:
    """The next number of a record among those with the rest of its key: what line a new line of a contract is."""

    def __init__(self, plan: Plan, table: Table) -> None:
        self._plan = plan
        self._table = table
        self._field = next((field for field in table.key if _counts(field)), None)
        self._last: dict[tuple[Value, ...], int] = {}

    def next(self, values: Values) -> dict[str, Value]:
        """Return the number by its attribute; nothing where it is given, or the rest of the key is not."""
        group = self._group(values)
        if self._field is None or group is None or values.get(self._field.attr) is not None:
            return {}
        number = self._last_of(group) + 1
        return {self._field.attr: number} if self._allows(number) else {}

    def take(self, values: Values) -> None:
        """Count a record that will be made."""
        group = self._group(values)
        number = None if self._field is None else values.get(self._field.attr)
        if group is not None and isinstance(number, int):
            self._last[tuple(group.values())] = max(number, self._last_of(group))

    def _group(self, values: Values) -> dict[str, Value] | None:
        if self._field is None:
            return None
        group = {field.attr: values.get(field.attr) for field in self._table.key if field is not self._field}
        return None if None in group.values() else group

    def _last_of(self, group: dict[str, Value]) -> int:
        key = tuple(group.values())
        if key not in self._last and self._field is not None:
            numbers = (getattr(row.record, self._field.attr) for row in self._plan.rows(self._table.name, group))
            self._last[key] = max(numbers, default=0)
        return self._last[key]

    def _allows(self, number: int) -> bool:
        return (
            self._field is not None and isinstance(self._field.kind, LineNumber) and number <= self._field.kind.highest
        )


def _counts(field: Field) -> bool:
    # Not a contract year, which is a LineNumber with a name of its own.
    return type(field.kind) is LineNumber and not field.kind.table


@dataclass(frozen=True, slots=True)
class Form:
    """The columns into which records of a table are typed, and the values that all of them have besides."""

    table: Table
    fields: tuple[Field, ...]
    where: Values
    locale: str

    def read(self, texts: Mapping[Spot, str], end: int) -> dict[int, dict[str, Value]]:
        """Return the values of cells by row and attribute; an empty one from the row `end` on was not typed yet.

        Raises RefusedError with the reason at each cell that cannot be read.
        """
        values: dict[int, dict[str, Value]] = {}
        reasons: dict[Spot, str] = {}
        for (row, column), text in sorted(texts.items()):
            field = self.fields[column]
            try:
                blank = row >= end and not text.strip()
                values.setdefault(row, {})[field.attr] = None if blank else parse_typed(field, text, self.locale)
            except InvalidValueError as error:
                reasons[row, column] = error.reason
        self._refuse(reasons)
        return values

    def changed(self, given: Mapping[int, Values], record_at: Callable[[int], Record]) -> dict[int, Record]:
        """Return the records as they become; RefusedError for values that do not fit the rest of their record."""
        records: dict[int, Record] = {}
        reasons: dict[Spot, str] = {}
        for row, values in given.items():
            record = record_at(row)
            try:
                records[row] = record.of({**record.values(), **values})
            except InvalidValueError as error:
                reasons[row, self._blamed(error, values)] = error.reason
        self._refuse(reasons)
        return records

    def missing(self, values: Values) -> list[Field]:
        """Return the fields without which there is no record."""
        return [field for field in self.table.fields if field.required and field.attr not in {**self.where, **values}]

    def created(self, given: Mapping[int, Values], numbering: Numbering) -> tuple[Record, ...]:
        """Return the records that new rows make, numbered where they are not; empty rows make none.

        Raises RefusedError for rows that lack something or do not fit together.
        """
        records: list[Record] = []
        reasons: dict[Spot, str] = {}
        for values in given.values():
            numbering.take({**self.where, **filled(values)})
        for row, values in given.items():
            if not filled(values):
                continue
            whole = {**self.where, **filled(values)}
            whole |= numbering.next(whole)
            try:
                for field in self.missing(whole):
                    field.emptied()
                records.append(self.table.record.of(whole))
            except InvalidValueError as error:
                reasons[row, self._blamed(error, values)] = error.reason
            numbering.take(whole)
        self._refuse(reasons)
        return tuple(records)

    def _blamed(self, error: InvalidValueError, given: Values) -> int:
        columns = {field.name: column for column, field in enumerate(self.fields)}
        attrs = {field.attr: column for column, field in enumerate(self.fields)}
        return columns.get(error.field, next((attrs[attr] for attr in given if attr in attrs), 0))

    def _refuse(self, reasons: Mapping[Spot, str]) -> None:
        if not reasons:
            return
        spot, reason = next(iter(reasons.items()))
        title = self.fields[spot[1]].title
        if len(reasons) == 1:
            raise RefusedError(f"{title}: {reason}.", reasons)
        raise RefusedError(
            f"Nothing was changed: {len(reasons)} cells are not right. The first, {title}: {reason}.", reasons
        )


def filled(values: Values) -> dict[str, Value]:
    """Return the values that are not empty."""
    return {attr: value for attr, value in values.items() if value is not None and value != ""}
