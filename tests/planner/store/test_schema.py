"""The tables of a plan file say what the declared fields say, and migrations bring a file up to date."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from planner.fields import Field
from planner.fields.kinds import Choice, DateKind, LineNumber, MonthKind
from planner.fields.quantities import Fixed
from planner.model import TABLES
from planner.store import schema
from planner.store.columns import Column, column_names, columns_of, key_columns
from tests.strategies import EARLIEST, LATEST, example_plan

COLUMNS = [(table, column) for table in TABLES for column in columns_of(table)]
PLAIN = [(table, column) for table, column in COLUMNS if not column.target]
NAMES = [f"{table}.{column.name}" for table, column in COLUMNS]
# Columns that a later format added: they stand last in their table, wherever their fields are declared.
CARBON = ("carbon_g_per_kg", "carbon_source", "carbon_quality")
ADDED = {
    "milestones": ("forecast",),
    "volumes": ("option_until", "option_called"),
    "materials": CARBON,
    "plants": ("site", "renewable_ppm", *CARBON),
    "lines": ("origin", "recycled_ppm", "recovery_ppm", *CARBON),
}
PLAIN_NAMES = [f"{table}.{column.name}" for table, column in PLAIN]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Connect to a plan that holds one record of every table."""
    path = tmp_path_factory.mktemp("schema") / "a.offtake"
    example_plan(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def bounds(field: Field) -> tuple[int, int] | None:
    """Return the lowest and the highest stored value of a field."""
    match field.kind:
        case Fixed(lowest=low, highest=high) | LineNumber(lowest=low, highest=high):
            return low, high
        case MonthKind():
            return EARLIEST, LATEST
        case _:
            return None


def takes(file: sqlite3.Connection, table: str, values: dict[str, object]) -> bool:
    """Tell whether a row of the table may hold these values; nothing is kept."""
    cells = ", ".join(f"{name} = :{name}" for name in values)
    file.execute("BEGIN")
    try:
        file.execute(f"UPDATE {table} SET {cells} WHERE id = (SELECT min(id) FROM {table})", values)  # noqa: S608 - declared names
    except sqlite3.IntegrityError:
        return False
    finally:
        file.execute("ROLLBACK")
    return True


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_columns_of_its_fields_and_the_same_key(file: sqlite3.Connection, table: str) -> None:
    found = [name for (name,) in file.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))]
    added = ADDED.get(table, ())
    assert found == ["id", *(name for name in column_names(table) if name not in added), *added]
    unique = [
        tuple(name for (name,) in file.execute("SELECT name FROM pragma_index_info(?) ORDER BY seqno", (index,)))
        for (index,) in file.execute('SELECT name FROM pragma_index_list(?) WHERE "unique"', (table,))
    ]
    assert unique == [key_columns(table)]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=NAMES)
def test_a_column_has_the_type_of_its_field_and_is_empty_where_that_may_be(
    file: sqlite3.Connection, table: str, column: Column
) -> None:
    info = 'SELECT type, "notnull" FROM pragma_table_info(?) WHERE name = ?'
    kind, not_null = file.execute(info, (table, column.name)).fetchone()
    field = column.fields[0]
    whole = bool(column.target) or bounds(field) is not None
    assert kind == ("INTEGER" if whole else "TEXT")
    assert bool(not_null) == (field.required or field.default is not None)
    target = file.execute('SELECT "table", "to" FROM pragma_foreign_key_list(?) WHERE "from" = ?', (table, column.name))
    assert target.fetchall() == ([(column.target, "id")] if column.target else [])


@pytest.mark.parametrize(("table", "column"), [each for each in COLUMNS if each[1].target])
def test_a_reference_is_found_by_an_index(file: sqlite3.Connection, table: str, column: Column) -> None:
    indexed = {
        file.execute("SELECT name FROM pragma_index_info(?) WHERE seqno = 0", (index,)).fetchone()[0]
        for (index,) in file.execute("SELECT name FROM pragma_index_list(?)", (table,))
    }
    assert column.name in indexed


@pytest.mark.parametrize(("table", "column"), PLAIN, ids=PLAIN_NAMES)
def test_a_column_has_the_bounds_of_its_field(file: sqlite3.Connection, table: str, column: Column) -> None:
    field = column.fields[0]
    limits = bounds(field)
    if limits is not None:
        low, high = limits
        # The two ends of a term depend on each other.
        both = {"start_month", "end_month"} if field.attr in {"start_month", "end_month"} else {field.attr}
        assert all(takes(file, table, dict.fromkeys(both, limit)) for limit in limits)
        assert not any(takes(file, table, dict.fromkeys(both, beyond)) for beyond in (low - 1, high + 1))
        assert not takes(file, table, {field.attr: "text"})
    elif isinstance(field.kind, Choice):
        words = [word for word, _ in field.kind.words]
        assert all(takes(file, table, {field.attr: word}) for word in words)
        if field.required or field.default:
            assert not any(takes(file, table, {field.attr: wrong}) for wrong in ("", words[0].upper(), "unheard"))
    elif isinstance(field.kind, DateKind):
        assert takes(file, table, {field.attr: "2025-01-31"})
    else:
        filled = field.required or bool(field.default)
        assert takes(file, table, {field.attr: ""}) == (not filled)


def test_a_term_ends_after_it_starts_and_within_fifty_years(file: sqlite3.Connection) -> None:
    start = 24_300
    ends = {start - 1: False, start: True, start + 599: True, start + 600: False}
    found = {end: takes(file, "contracts", {"start_month": start, "end_month": end}) for end in ends}
    assert found == ends


def test_an_empty_file_is_brought_up_to_date_once(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.offtake", isolation_level=None)) as connection:
        schema.migrate(connection)
        pragmas = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        assert pragmas == [0x4F666654, schema.VERSION]
        made = connection.execute("SELECT name, sql FROM sqlite_schema").fetchall()
        assert {name for name, _ in made} > {"about", "edit", "change", "touch", *TABLES}
        steps = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = 'offtake'").fetchall()
        assert len(steps) == schema.VERSION == len(schema.migrations().pending(Database(connection))) + len(steps)
        schema.migrate(connection)
        assert connection.execute("SELECT name, sql FROM sqlite_schema").fetchall() == made
