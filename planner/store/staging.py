"""Rows of a file on their way into one table: staged, compared with the plan in SQL, kept as a draft edit."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from operator import lt
from types import MappingProxyType
from typing import Final

from planner.errors import InvalidValueError
from planner.fields import Field, Stored, Value
from planner.model import TABLES, Table
from planner.store import log
from planner.store.columns import Column, Layout, column_names, columns_of, json_of, key_columns
from planner.store.drafts import Title
from planner.store.file import PlanFile
from planner.store.lookups import References, Unfound
from planner.store.missing import Missing
from planner.store.preview import Mode, Preview, Problem, Staying
from planner.store.reader import Reader

# So many lines of the same key name one another: a file may hold nothing else.
_TWINS_NAMED: Final = 10
_ROWS_AT_ONCE: Final = 25
# As many as anybody looks through.
_SAME_LISTED: Final = 500
_PLAIN: Final = {int, str, type(None)}
# Beyond that many a column of references repeats little, and remembering it would take the memory of the whole file.
_REMEMBERED: Final = 100_000
_NO_LOOKUPS: Final[Mapping[str, str]] = MappingProxyType({})


class Staging:
    """Takes parsed rows column by column; `finish` compares them with the plan and keeps the difference as a draft."""

    def __init__(
        self,
        table: Table,
        fields: tuple[Field, ...],
        mode: Mode,
        *,
        delete_missing: bool = False,
        lookups: Mapping[str, str] = _NO_LOOKUPS,
    ) -> None:
        """`fields` are what the rows hold, the key's among them; `lookups` are codes for texts that are none."""
        self._table = table
        self._fields = fields
        self._mode = mode
        self._delete_missing = delete_missing
        self._missing = Missing(table)
        self._said = lookups
        given = {field.attr for field in fields}
        self._columns = tuple(c for c in columns_of(table.name) if all(field.attr in given for field in c.fields))
        self._problems: list[Problem] = []
        self._keys = tuple(c for c in self._columns if c.name in key_columns(table.name))
        self._line_name: Callable[[int], str] = str
        self._last_place = 0
        # The lines of rows whose place is not their line: a line whose months stand across becomes several rows.
        self._lines: dict[int, int] = {}
        # The greatest key so far while every row's key was greater than the one before; None once one was not.
        self._greatest: tuple[Stored, ...] | None = ()

    @contextmanager
    def over(self, file: PlanFile, person: str) -> Iterator[None]:
        """Open the staging table over a plan, and drop it at the end."""
        self._file, self._person = file, person
        self._reader = Reader(file)
        self._memos = {c.name: _Ids(c, self._reader, self._said) for c in self._columns if c.target}
        self._db = file.connection
        self._moves = log.moves(self._db)
        names = ", ".join(column.name for column in self._columns)
        # One transaction for all rows; it touches the staging table alone, so that others may go on writing.
        self._db.execute("BEGIN")
        try:
            self._db.execute(f"CREATE TEMP TABLE stage (file_place INTEGER PRIMARY KEY, {names})")
            self._missing.open(self._db)
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            self._db.execute("DROP TABLE IF EXISTS temp.stage")
            self._missing.close(self._db)

    def call_lines(self, name: Callable[[int], str]) -> None:
        """Say what people call a line, where reasons name others; its number unless this is said."""
        self._line_name = name

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Keep the reasons of rows that could not be read."""
        self._problems.extend(problems)

    def note_refused(self, keys: Sequence[Sequence[Value]], unread: int) -> None:
        """Note which records refused rows mean: a sequence of values for each field of the key, in order.

        `unread` counts the refused rows whose key could not be read: each may mean any record.
        """
        given = {field.attr: column for field, column in zip(self._table.key, keys, strict=True)}
        stored = [self._stored(column, [given[field.attr] for field in column.fields]) for column in self._keys]
        self._note_keys(list(zip(*stored, strict=True)))
        self._missing.unsure += unread

    def add(self, lines: Sequence[int], columns: Sequence[Sequence[Value]]) -> None:
        """Stage rows: their line in the file, and one sequence of parsed values for each field, in order."""
        if not lines:
            return
        given = {field.attr: column for field, column in zip(self._fields, columns, strict=True)}
        stored = [self._stored(column, [given[field.attr] for field in column.fields]) for column in self._columns]
        unknown = {
            i for memo, ids in zip(self._columns, stored, strict=True) if memo.target for i in self._unknown(memo, ids)
        }
        if unknown:
            self._refuse_unknown(lines, given, unknown)
            keys = [column for place, column in enumerate(stored) if self._columns[place] in self._keys]
            self._note_keys([tuple(column[i] for column in keys) for i in sorted(unknown)])
            keep = [i for i in range(len(lines)) if i not in unknown]
            lines = [lines[i] for i in keep]
            stored = [[column[i] for i in keep] for column in stored]
        self._insert(lines, stored)

    def finish(self, title: Title, source: str = "") -> Preview:
        """Compare what was staged with the plan; `title` names the edit, `source` is the file that rows come from."""
        self._refuse_twins()
        self._db.execute("COMMIT")
        with self._file.transaction() as db:
            if log.moves(db) != self._moves:
                self._check_references()
            self._check_mode()
            self._check_complete()
            draft = log.draft(db, "", self._person, source)
            self._log_difference(draft)
            if self._table.has_rules:
                self._check_rules(draft)
            found = self._counted(draft)
            if found.draft is not None:
                name = title(found.new, found.changed, found.deleted)
                db.execute("UPDATE edit SET title = ? WHERE id = ?", (name, draft))
        if found.draft is None:
            return found
        return replace(found, changes=log.History(self._file).change_set(draft))

    def _counted(self, draft: int) -> Preview:
        """Count what the draft does, with the deletions that were asked for; one that does nothing is forgotten."""
        staged = int(self._db.execute("SELECT count(*) FROM temp.stage").fetchone()[0])
        new, changed, _ = self._touched(draft)
        missing = self._missing.count(staged - new)
        staying: tuple[Staying, ...] = ()
        if self._delete_missing and missing and not self._missing.unsure:
            staying = self._missing.log_deletions(draft)
        _, _, deleted = self._touched(draft) if missing and self._delete_missing else (0, 0, 0)
        kept = draft if new + changed + deleted else None
        same, problems = staged - new - changed, tuple(sorted(set(self._problems)))
        rows = self._same_rows(draft) if same else ()
        if kept is None:
            self._db.execute("DELETE FROM edit WHERE id = ?", (draft,))
        return Preview(kept, new, changed, same, problems, None, deleted, missing, self._missing.unsure, staying, rows)

    def _same_rows(self, draft: int) -> tuple[int, ...]:
        found = self._db.execute(
            f"SELECT t.id FROM {self._joined} WHERE t.id IS NOT NULL AND NOT EXISTS"  # noqa: S608 - names come from the declared fields
            ' (SELECT 1 FROM change AS c WHERE c.edit = ? AND c."table" = ? AND c.row = t.id) LIMIT ?',
            (draft, self._table.name, _SAME_LISTED),
        )
        return tuple(row for (row,) in found)

    def _touched(self, draft: int) -> tuple[int, int, int]:
        """Return how many records the draft makes, changes and deletes, and keep that with it."""
        log.summarise(self._db, draft)
        done = log.touched(self._db, draft).get(self._table.name)
        return (0, 0, 0) if done is None else (done.created, done.changed, done.deleted)

    def _refuse(self, places: Iterable[int], field: str, reason: str) -> None:
        """Refuse staged rows, which are dropped then."""
        refused = list(places)
        self._problems.extend(Problem(self._lines.get(place, place), field, "", reason) for place in refused)
        self._drop(refused)

    def _stored(self, column: Column, values: list[Sequence[Value]]) -> list[Stored]:
        if column.target:
            memo = self._memos[column.name]
            return list(map(memo.__getitem__, zip(*values, strict=True)))
        types = set(map(type, values[0]))
        if types <= _PLAIN:
            return list(values[0])  # type: ignore[arg-type] # the types were just looked at
        if all(issubclass(each, int) for each in types):
            return list(map(int, values[0]))  # type: ignore[arg-type] # months: their types were just looked at
        return list(map(column.fields[0].kind.store, values[0]))

    def _note_keys(self, keys: Sequence[tuple[Stored, ...]]) -> None:
        known = [key for key in keys if _Ids.UNKNOWN not in key]
        self._missing.name(known)
        self._missing.unsure += len(keys) - len(known)

    def _unknown(self, column: Column, ids: list[Stored]) -> list[int]:
        memo = self._memos[column.name]
        return [i for i, found in enumerate(ids) if found == _Ids.UNKNOWN] if memo.failed else []

    def _refuse_unknown(self, lines: Sequence[int], given: dict[str, Sequence[Value]], unknown: set[int]) -> None:
        for column in self._columns:
            if not column.target:
                continue
            memo = self._memos[column.name]
            for i in sorted(unknown):
                key = tuple(given[field.attr][i] for field in column.fields)
                if memo[key] == _Ids.UNKNOWN:
                    why = memo.why(key)
                    self._problems.append(Problem(lines[i], column.fields[why.place].name, why.text, why.reason))

    def _insert(self, lines: Sequence[int], stored: list[list[Stored]]) -> None:
        if not lines:
            return
        width = len(stored) + 1
        flat: list[Stored] = [None] * (width * len(lines))
        places = self._places(lines)
        for place, column in enumerate((places, *stored)):
            flat[place::width] = column
        one = f"({', '.join('?' * width)})"
        # Many rows to a statement: what a statement costs is more than what a row costs.
        step = _ROWS_AT_ONCE * width
        whole = len(flat) - len(flat) % step
        many = f"INSERT INTO temp.stage VALUES {', '.join([one] * _ROWS_AT_ONCE)}"  # noqa: S608 - only question marks
        self._db.executemany(many, (flat[i : i + step] for i in range(0, whole, step)))
        rest = (flat[i : i + width] for i in range(whole, len(flat), width))
        self._db.executemany(f"INSERT INTO temp.stage VALUES {one}", rest)  # noqa: S608 - only question marks
        self._last_place = places[-1]
        self._note_order(stored)

    def _places(self, lines: Sequence[int]) -> Sequence[int]:
        """Return where rows stand in the staging table: at their line, unless a line gives several rows."""
        rising = isinstance(lines, range) or all(map(lt, lines, islice(lines, 1, None)))
        if rising and lines[0] > self._last_place and not self._lines:
            return lines
        places = range(self._last_place + 1, self._last_place + 1 + len(lines))
        self._lines.update(zip(places, lines, strict=True))
        return places

    def _note_order(self, stored: list[list[Stored]]) -> None:
        if self._greatest is None:
            return
        names = key_columns(self._table.name)
        parts = (values for column, values in zip(self._columns, stored, strict=True) if column.name in names)
        keys = list(zip(*parts, strict=True))
        rising = self._greatest < keys[0] and all(map(lt, keys, islice(keys, 1, None)))
        self._greatest = keys[-1] if rising else None

    def _refuse_twins(self) -> None:
        """Refuse all rows of a key that stands in the file more than once; afterwards the key is an index.

        Where each row's key was greater than the one before there are no twins, and no index is needed to tell.
        """
        if self._greatest is not None and not self._table.has_rules:
            return
        keys = ", ".join(key_columns(self._table.name))
        try:
            self._db.execute(f"CREATE UNIQUE INDEX temp.stage_key ON stage ({keys})")
        except sqlite3.IntegrityError:
            twins = f"SELECT json_group_array(file_place) FROM temp.stage GROUP BY {keys} HAVING count(*) > 1"  # noqa: S608 - names come from the declared fields
            for (text,) in self._db.execute(twins).fetchall():
                self._refuse_group(sorted(json.loads(text)))
            self._db.execute(f"CREATE UNIQUE INDEX temp.stage_key ON stage ({keys})")

    def _refuse_group(self, places: list[int]) -> None:
        names = ", ".join(field.name for field in self._table.key)
        lines = [self._lines.get(place, place) for place in places[: _TWINS_NAMED + 1]]
        for at, place in enumerate(places):
            others = [self._line_name(line) for other, line in enumerate(lines[:_TWINS_NAMED]) if other != at]
            where = f"line {others[0]} has" if len(others) == 1 else f"lines {', '.join(others)} have"
            self._refuse([place], names, f"{where} the same {names}; keep one")

    def _drop(self, places: list[int]) -> None:
        self._missing.name_staged(places)
        self._db.executemany("DELETE FROM temp.stage WHERE file_place = ?", ((place,) for place in places))

    @property
    def _joined(self) -> str:
        name = self._table.name
        same = " AND ".join(f"t.{key} = s.{key}" for key in key_columns(name))
        return f"temp.stage AS s LEFT JOIN {name} AS t ON {same}"

    def _check_references(self) -> None:
        """Refuse rows whose reference was deleted by somebody else since it was looked up."""
        for column in self._columns:
            if not column.target or not self._memos[column.name].gone(self._reader):
                continue
            found = self._db.execute(
                f"SELECT s.file_place FROM temp.stage AS s WHERE s.{column.name} IS NOT NULL"  # noqa: S608 - names come from the declared fields
                f" AND NOT EXISTS (SELECT 1 FROM {column.target} AS t WHERE t.id = s.{column.name})"
            ).fetchall()
            reason = f"the {TABLES[column.target].singular} was deleted meanwhile; import the file again"
            self._refuse((place for (place,) in found), column.fields[-1].name, reason)

    def _check_mode(self) -> None:
        if self._mode is Mode.UPSERT:
            return
        unwanted, word = ("NOT NULL", "exists already") if self._mode is Mode.ADD else ("NULL", "does not exist")
        found = self._db.execute(f"SELECT s.file_place FROM {self._joined} WHERE t.id IS {unwanted}").fetchall()  # noqa: S608 - names come from the declared fields
        key = ", ".join(field.name for field in self._table.key)
        remedy = (
            "import with mode upsert to change it" if self._mode is Mode.ADD else "import with mode upsert to add it"
        )
        reason = f"this {self._table.singular} {word}; {remedy}"
        self._refuse((place for (place,) in found), key, reason)

    def _check_complete(self) -> None:
        """Refuse new rows where the file lacks a column that cannot be left empty."""
        given = {field.attr for field in self._fields}
        lacking = [field.name for field in self._table.fields if field.required and field.attr not in given]
        if not lacking:
            return
        found = self._db.execute(f"SELECT s.file_place FROM {self._joined} WHERE t.id IS NULL").fetchall()  # noqa: S608 - names come from the declared fields
        reason = f"this {self._table.singular} is new, and the file has no column {', '.join(lacking)}; add the column"
        self._refuse((place for (place,) in found), lacking[0], reason)

    def _log_difference(self, draft: int) -> None:
        """Log what differs from the plan."""
        name = self._table.name
        staged = {column.name: f"s.{column.name}" for column in self._columns}
        defaults = {c.name: f":{c.name}" for c in columns_of(name) if c.name not in staged}
        moved = " OR ".join(f"t.{column} IS NOT {value}" for column, value in staged.items())
        self._db.execute(
            "INSERT INTO change SELECT :draft, :table, coalesce(t.id, :first + s.file_place),"  # noqa: S608 - names come from the declared fields
            f" iif(t.id IS NULL, NULL, {json_of(name, 't')}),"
            f" iif(t.id IS NULL, {json_of(name, 's', staged | defaults)}, {json_of(name, 't', staged)})"
            f" FROM {self._joined} WHERE t.id IS NULL OR {moved}",
            # A new row's id is counted from its place, so that rows lie in the order of the file.
            {"draft": draft, "table": name, "first": log.allocate(self._db, self._last_place + 1)}
            | {c.name: c.default for c in columns_of(name) if c.name in defaults},
        )

    def _check_rules(self, draft: int) -> None:
        """Build each record, so that a rule over several fields refuses its row."""
        layout = Layout(column_names(self._table.name))
        texts = self._db.execute("SELECT row, after FROM change WHERE edit = ?", (draft,)).fetchall()
        for row, after in texts:
            try:
                log.Keys(self._db).record(self._table.name, layout.row(after))
            except InvalidValueError as error:
                place = self._place_of(layout, draft, row)
                self._refuse([place], error.field, error.reason)
                self._db.execute("DELETE FROM change WHERE edit = ? AND row = ?", (draft, row))

    def _place_of(self, layout: Layout, draft: int, row: int) -> int:
        same = " AND ".join(f"s.{key} = {layout.value('c.after', key)}" for key in key_columns(self._table.name))
        find = f"SELECT s.file_place FROM change AS c JOIN temp.stage AS s ON {same} WHERE c.edit = ? AND c.row = ?"  # noqa: S608 - names come from the declared fields
        return int(self._db.execute(find, (draft, row)).fetchone()[0])


class _Ids(dict[tuple[Value, ...], Stored]):
    """The ids that references of one column mean, by code or as `References` finds them; `UNKNOWN` where none is."""

    UNKNOWN: Final = -1

    def __init__(self, column: Column, reader: Reader, said: Mapping[str, str]) -> None:
        super().__init__(reader.ids(column.target))
        self.failed = False
        self._target = column.target
        self._references = References(column.target, reader, said)
        self._most = len(self) + _REMEMBERED

    def why(self, key: tuple[Value, ...]) -> Unfound:
        """Return why a key is `UNKNOWN`."""
        return self._references.why(key)

    def gone(self, reader: Reader) -> bool:
        """Tell whether a record that was there at first is no longer."""
        left = set(reader.ids(self._target).values()) | {self.UNKNOWN}
        return not left.issuperset(self.values())

    def __missing__(self, key: tuple[Value, ...]) -> Stored:
        if key[0] is None:
            return None
        meant = self._references.key(key)
        found = self.UNKNOWN if meant is None else self.get(meant, self.UNKNOWN)
        self.failed |= found == self.UNKNOWN
        if len(self) < self._most:
            self[key] = found
        return found
