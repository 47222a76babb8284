"""What one command writes: rows collected in memory, found by its own later look-ups, logged at its end."""

from collections.abc import Iterable

from planner.errors import PlannerError
from planner.model import TABLES, Record
from planner.store.columns import Key, StoredRow, column_names, key_columns, store_row
from planner.store.log import Entry, allocate
from planner.store.reader import HasConnection, Reader, Row


class Writer(Reader):
    """Reads the plan and takes changes to it; nothing is on the disk before the command is over.

    `find`, `find_id` and `get` tell of the command's own changes too; `rows` tells what the plan held before it.
    """

    def __init__(self, source: HasConnection) -> None:
        """Start without changes."""
        super().__init__(source)
        self._connection = source.connection
        self._entries: dict[tuple[str, int], Entry] = {}
        self._records: dict[tuple[str, int], Record | None] = {}
        self._keys: dict[tuple[str, Key], int | None] = {}
        self._renamed: dict[tuple[str, int], str] = {}

    def find_id(self, table: str, key: Key) -> int | None:
        """Return the id of the record that a key names, this command's own changes included."""
        if (table, key) in self._keys:
            return self._keys[table, key]
        return super().find_id(table, key)

    def get(self, table: str, row_id: int) -> Row | None:
        """Return the record with an id, as this command left it."""
        if (table, row_id) not in self._records:
            return super().get(table, row_id)
        record = self._records[table, row_id]
        return None if record is None else Row(row_id, record)

    def insert(self, record: Record) -> int:
        """Add a record and return its id; PlannerError when its key is taken."""
        table = TABLES[record.table]
        key = table.key_of(record)
        if self.find_id(table.name, key) is not None:
            raise _taken(table.name, table.key_label(key))
        row = allocate(self._connection, 1)
        self._entries[table.name, row] = Entry(table.name, row, None, store_row(table.name, record, self.find_id))
        self._keys[table.name, key] = row
        self._records[table.name, row] = record
        return row

    def update(self, row: int, record: Record) -> None:
        """Put a record in the place of the one with this id; nothing happens when they are equal."""
        table = TABLES[record.table]
        before = self.current(table.name, row)
        old = self.get(table.name, row)
        after = store_row(table.name, record, self.find_id)
        self._note(table.name, row, before, after)
        self._records[table.name, row] = record
        if old is not None and table.key_of(old.record) != table.key_of(record):
            self._keys.setdefault((table.name, table.key_of(old.record)), None)
            self._keys[table.name, table.key_of(record)] = row
            self._renamed[table.name, row] = table.label(record)

    def delete(self, table: str, row: int) -> None:
        """Take a record away; what refers to it must go in the same command."""
        old = self.get(table, row)
        self._note(table, row, self.current(table, row), None)
        self._records[table, row] = None
        if old is not None:
            self._keys[table, TABLES[table].key_of(old.record)] = None

    def current(self, table: str, row: int) -> StoredRow:
        """Return a row as it stands in this command; PlannerError when it is gone."""
        entry = self._entries.get((table, row))
        if entry is not None and entry.after is not None:
            return entry.after
        names = column_names(table)
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE id = ?"  # noqa: S608 - names come from the declared fields
        found = self._connection.execute(sql, (row,)).fetchone()
        if found is None or entry is not None:
            raise PlannerError(f"That {TABLES[table].singular} is no longer there; somebody deleted it.")
        return dict(zip(names, found, strict=True))

    def entries(self) -> Iterable[Entry]:
        """Return what changed, a row once, and nothing for rows that came back to what they were.

        Raises PlannerError when a record was given the key of another; two may change places.
        """
        for (table, row), label in self._renamed.items():
            if self._shares_key(self._entries[table, row]):
                raise _taken(table, label)
        return [entry for entry in self._entries.values() if entry.before != entry.after]

    def _shares_key(self, entry: Entry) -> bool:
        if entry.after is None:
            return False
        names = key_columns(entry.table)
        key = [entry.after[name] for name in names]
        sql = f"SELECT id FROM {entry.table} WHERE {' AND '.join(f'{name} = ?' for name in names)}"  # noqa: S608 - names come from the declared fields
        found = {row for (row,) in self._connection.execute(sql, key) if (entry.table, row) not in self._entries}
        others = (other for other in self._entries.values() if other.table == entry.table and other.row != entry.row)
        return bool(found) or any(o.after is not None and [o.after[name] for name in names] == key for o in others)

    def _note(self, table: str, row: int, before: StoredRow, after: StoredRow | None) -> None:
        first = self._entries.get((table, row))
        self._entries[table, row] = Entry(table, row, before if first is None else first.before, after)


def _taken(table: str, label: str) -> PlannerError:
    return PlannerError(f"There is already {TABLES[table].one} {label!r}; change that one, or choose another key.")
