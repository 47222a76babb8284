"""The plan file: how it is made, kept, copied, opened twice, and what happens to it when a program dies."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from planner.commands import CreateRecords
from planner.errors import PlannerError, ReadOnlyError
from planner.model import TABLES, Organisation, Record
from planner.plan import Plan
from planner.store import Store, Writer, schema
from tests.planner.store.machine import Reading
from tests.strategies import example_plan

ONE_MORE = CreateRecords((Organisation(code="VUL", name="Vulcan"),))

# A program that makes one edit, writes half of another, says so, and waits to be killed.
DYING = """
import sys
from pathlib import Path
from planner.model import Organisation
from planner.store import Store, Writer

def half(writer: Writer) -> None:
    writer.insert(Organisation(code="TER", name="Terrafame"))
    store.file.connection.execute("DELETE FROM deliveries")
    store.file.connection.execute("UPDATE organisations SET note = hex(zeroblob(1000000))")
    print("half", flush=True)
    sys.stdin.read()

store = Store.open(Path(sys.argv[1]), "Dying")
store.write("Whole", lambda writer: writer.insert(Organisation(code="VUL", name="Vulcan")))
# What does not fit into so few pages goes to the disk before the commit.
store.file.connection.execute("PRAGMA cache_size = 4")
store.write("Half", half)
"""


def adding(*records: Record) -> Callable[[Writer], None]:
    """Return a command that adds records."""

    def command(writer: Writer) -> None:
        for record in records:
            writer.insert(record)

    return command


def test_the_file_says_what_it_is(plan: Plan) -> None:
    with closing(sqlite3.connect(plan.path)) as connection:
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version", "journal_mode", "page_size")
        }
        strict = dict(connection.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'"))
    assert pragmas == {
        "application_id": schema.APPLICATION_ID,
        "user_version": schema.VERSION,
        "journal_mode": "wal",
        "page_size": 16384,
    }
    ours = {"about", "edit", "change", "touch", *TABLES}
    assert {name for name in strict if not name.startswith(("sqlite_", "_sqlite"))} >= ours
    assert all(strict[name] for name in ours)


def test_what_is_written_is_on_the_disk_and_refers_to_what_exists(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "a.offtake", "Tester")
    pragmas = ("synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
    # FULL is 2.
    found = [store.file.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]
    store.close()
    assert found == [2, 1, 0, 1]


def test_a_plan_closed_cleanly_leaves_no_log_beside_it(tmp_path: Path) -> None:
    example_plan(tmp_path / "a.offtake").close()
    assert {path.name for path in tmp_path.glob("a.offtake*")} <= {"a.offtake", "a.offtake-lock"}


def test_a_second_program_reads_only_and_is_told_who_writes(plan: Plan) -> None:
    with Plan.open(plan.path, person="Another") as second:
        assert second.read_only is not None
        assert "Close it there to write here. It is open by Tester on " in second.read_only
        assert second.read_only.endswith(" UTC.")
        assert second.rows("organisations") == plan.rows("organisations")
        with pytest.raises(ReadOnlyError, match=r"plan.offtake is open for reading only. Close it there"):
            second.run(ONE_MORE)
        for act in (second.undo, second.redo):
            with pytest.raises(ReadOnlyError):
                act()
        plan.run(ONE_MORE)
        assert second.count("organisations") == 3
    plan.close()
    with Plan.open(plan.path, person="Another") as third:
        assert third.read_only is None
        assert third.undo() is not None


def test_the_last_to_close_leaves_no_trace_of_who_had_it_open(plan: Plan) -> None:
    plan.close()
    with closing(sqlite3.connect(plan.path)) as connection:
        assert connection.execute("SELECT count(*) FROM about WHERE name = 'open by'").fetchone() == (0,)


def test_a_full_disk_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "a.offtake", "Tester")
    disk = Reading(store.file.path)
    before = disk.contents()
    pages = store.file.connection.execute("PRAGMA page_count").fetchone()[0]
    store.file.connection.execute(f"PRAGMA max_page_count = {pages}")
    records = [Organisation(code=f"O{n}", name="x" * 200, note="y" * 2_000) for n in range(200)]
    with pytest.raises(PlannerError, match=r"The disk is full: nothing was written to a.offtake. Free some space"):
        store.write("Too much", adding(*records))
    assert disk.contents() == before
    assert store.history.edits(10) == []
    store.file.connection.execute("PRAGMA max_page_count = 1000000")
    assert store.write("Again", adding(*records)) is not None
    disk.connection.close()
    store.close()


def test_a_program_that_writes_to_the_file_meanwhile_is_told(plan: Plan, tmp_path: Path) -> None:
    store = Store.create(tmp_path / "b.offtake", "Tester")
    store.file.connection.execute("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(store.file.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(PlannerError, match=r"Another program is writing to b.offtake; close it there"):
            store.write("Add", adding(Organisation(code="A", name="A")))
    store.close()
    assert plan.run(ONE_MORE) is not None


def test_a_bug_in_a_command_writes_nothing(plan: Plan) -> None:
    class Broken:
        title = "Broken"

        def apply(self, writer: object) -> None:
            raise ZeroDivisionError(writer)

    with pytest.raises(ZeroDivisionError):
        plan.run(Broken())
    assert plan.run(ONE_MORE) is not None


def test_a_program_that_is_killed_while_it_writes_leaves_what_was_committed(plan: Plan) -> None:
    plan.run(ONE_MORE)
    expected = [[row.record for row in plan.rows(name)] for name in TABLES]
    plan.undo()
    plan.close()
    dying = subprocess.Popen(  # noqa: S603 - the program above
        [sys.executable, "-c", DYING, str(plan.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with dying:
        assert dying.stdout is not None
        assert dying.stdout.readline() == "half\n"
        dying.kill()
    assert Path(f"{plan.path}-wal").stat().st_size > 1_000_000
    with Plan.open(plan.path, person="Tester") as again:
        assert (again.read_only, again.integrity()) == (None, [])
        assert [[row.record for row in again.rows(name)] for name in TABLES] == expected
        assert (again.undo_title, again.redo_title) == ("Whole", None)


def test_a_copy_holds_all_and_gives_ids_of_its_own(plan: Plan, tmp_path: Path) -> None:
    target = tmp_path / "copy.offtake"
    plan.save_copy(target)
    with Plan.open(target, person="Another") as copy:
        assert copy.read_only is None
        assert copy.history() == plan.history()
        assert [copy.rows(name) for name in TABLES] == [plan.rows(name) for name in TABLES]
        for each in (plan, copy):
            each.run(ONE_MORE)
        ids = [
            row.id
            for each in (plan, copy)
            for row in each.rows("organisations")
            if row.record.values()["code"] == "VUL"
        ]
        assert ids[0] >> 32 != ids[1] >> 32
        while copy.undo():
            pass
        assert [copy.count(name) for name in TABLES] == [0] * len(TABLES)
    with pytest.raises(PlannerError, match="exists already; choose another name"):
        plan.save_copy(target)
    with pytest.raises(PlannerError, match="cannot be written"):
        plan.save_copy(tmp_path / "nowhere" / "copy.offtake")
    assert not (tmp_path / "nowhere").exists()


def test_ids_are_counted_within_the_replica(plan: Plan) -> None:
    ids = [row.id for name in TABLES for row in plan.rows(name)]
    assert len({number >> 32 for number in ids}) == 1
    assert all(0 < number & 0xFFFFFFFF < 100 for number in ids)
    assert len(set(ids)) == len(ids)


def test_making_a_plan_over_a_file_or_in_no_folder_is_refused(plan: Plan, tmp_path: Path) -> None:
    before = plan.path.read_bytes()
    with pytest.raises(PlannerError, match="exists already; choose another name, or open it"):
        Plan.create(plan.path, person="Tester")
    assert plan.path.read_bytes() == before
    with pytest.raises(PlannerError, match="There is no folder"):
        Plan.create(tmp_path / "nowhere" / "a.offtake", person="Tester")


def test_each_thread_has_a_connection_of_its_own(plan: Plan) -> None:
    found: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        pool.submit(plan.run, ONE_MORE).result()
        found.append(pool.submit(plan.count, "organisations").result())
    assert [*found, plan.count("organisations")] == [3, 3]
    plan.close()
    plan.close()
