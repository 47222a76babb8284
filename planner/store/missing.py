"""Records that a file does not name: counted, and deleted where that is asked for."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from planner.fields import Stored
from planner.model import TABLES, Table
from planner.store import log
from planner.store.columns import Layout, column_names, columns_of, json_of, key_columns
from planner.store.preview import Staying


class Missing:
    """The records of a table whose key stands neither in `temp.stage` nor on a row that was refused."""

    def __init__(self, table: Table) -> None:
        """`unsure` counts refused rows whose key could not be read: each may mean any record."""
        self.unsure = 0
        self._table = table
        self._keys = key_columns(table.name)

    def open(self, db: sqlite3.Connection) -> None:
        """Begin with no row refused."""
        self._db = db
        self._db.execute(f"CREATE TEMP TABLE named ({', '.join(self._keys)})")

    def close(self, db: sqlite3.Connection) -> None:
        """Forget the rows."""
        db.execute("DROP TABLE IF EXISTS temp.named")

    def name(self, keys: Iterable[Sequence[Stored]]) -> None:
        """Remember the keys of refused rows: the records that they mean are in the file."""
        self._db.executemany(f"INSERT INTO temp.named VALUES ({', '.join('?' * len(self._keys))})", keys)  # noqa: S608 - only question marks

    def name_staged(self, places: Iterable[int]) -> None:
        """Remember the keys of staged rows that are about to be dropped."""
        self._db.executemany(
            f"INSERT INTO temp.named SELECT {', '.join(self._keys)} FROM temp.stage WHERE file_place = ?",  # noqa: S608 - names come from the declared fields
            ((place,) for place in places),
        )

    def count(self, matched: int) -> int:
        """Return how many records the file does not name; `matched` of them stand in `temp.stage`."""
        name = self._table.name
        records = int(self._db.execute(f"SELECT count(*) FROM {name}").fetchone()[0])  # noqa: S608 - a known table
        refused = 0
        if self._db.execute("SELECT 1 FROM temp.named LIMIT 1").fetchone():
            self._index()
            refused = self._db.execute(
                "SELECT count(*) FROM (SELECT DISTINCT * FROM temp.named) AS n"  # noqa: S608 - names come from the declared fields
                f" JOIN {name} AS t ON {self._same('t', 'n')}"
                f" WHERE NOT EXISTS (SELECT 1 FROM temp.stage AS s WHERE {self._same('s', 'n')})"
            ).fetchone()[0]
        return records - matched - int(refused)

    def log_deletions(self, draft: int) -> tuple[Staying, ...]:
        """Log the deletion of the records that the file does not name; return those that others need, which stay."""
        self._index()
        name = self._table.name
        self._db.execute(
            f"INSERT INTO change SELECT ?, ?, t.id, {json_of(name, 't')}, NULL FROM {name} AS t"  # noqa: S608 - names come from the declared fields
            f" WHERE NOT EXISTS (SELECT 1 FROM temp.stage AS s WHERE {self._same('s', 't')})"
            f" AND NOT EXISTS (SELECT 1 FROM temp.named AS n WHERE {self._same('n', 't')})",
            (draft, name),
        )
        reasons: dict[int, list[str]] = {}
        for row, dependents in self._needed(draft):
            reasons.setdefault(row, []).append(dependents)
        staying = tuple(sorted(self._staying(draft, row, parts) for row, parts in reasons.items()))
        self._db.executemany(
            'DELETE FROM change WHERE edit = ? AND "table" = ? AND row = ?', ((draft, name, row) for row in reasons)
        )
        return staying

    def _needed(self, draft: int) -> Iterator[tuple[int, str]]:
        """Give each record that would go and what refers to it: `3 lines`."""
        for other in TABLES.values():
            for column in columns_of(other.name):
                if column.target != self._table.name:
                    continue
                found = self._db.execute(
                    f"SELECT c.row, count(*) FROM change AS c JOIN {other.name} AS o ON o.{column.name} = c.row"  # noqa: S608 - names come from the declared fields
                    " WHERE c.edit = ? AND c.after IS NULL GROUP BY c.row",
                    (draft,),
                )
                for row, count in found.fetchall():
                    yield row, f"{count:,} {other.singular if count == 1 else other.title.lower()}"

    def _staying(self, draft: int, row: int, parts: list[str]) -> Staying:
        layout = Layout(column_names(self._table.name))
        found = self._db.execute("SELECT before FROM change WHERE edit = ? AND row = ?", (draft, row)).fetchone()
        record = log.Keys(self._db).record(self._table.name, layout.row(found[0]))
        label = "" if record is None else self._table.label(record)
        return Staying(label, f"the file no longer has it, but {', '.join(parts)} of it are there; delete these first")

    def _index(self) -> None:
        keys = ", ".join(self._keys)
        self._db.execute(f"CREATE UNIQUE INDEX IF NOT EXISTS temp.stage_key ON stage ({keys})")
        self._db.execute(f"CREATE INDEX IF NOT EXISTS temp.named_key ON named ({keys})")

    def _same(self, one: str, other: str) -> str:
        # The plus takes the type of the column away: the index of a table without types is of no use for it otherwise.
        return " AND ".join(f"{one}.{key} = +{other}.{key}" for key in self._keys)
