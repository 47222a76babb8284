"""Files that are no plans, come from a newer version, are damaged or may not be written: a sentence, and no harm."""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.commands import CreateRecords
from planner.errors import PlannerError, ReadOnlyError
from planner.model import TABLES, Organisation
from planner.plan import Plan
from planner.store import schema
from tests.strategies import example_plan

VERSION_AT = 60


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """Return the file of a plan that nobody has open."""
    path = tmp_path / "closed.offtake"
    example_plan(path).close()
    return path


def text(path: Path) -> None:
    path.write_text("contract;line\n" * 50, encoding="utf-8")


def empty(path: Path) -> None:
    path.touch()


def other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contracts (id INTEGER)")


def header_alone(path: Path) -> None:
    example_plan(path).close()
    path.write_bytes(path.read_bytes()[:80])


def folder(path: Path) -> None:
    path.mkdir()


def nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (text, "is not an Offtake plan; open a file that Offtake made"),
        (empty, "is not an Offtake plan"),
        (other_database, "is not an Offtake plan"),
        (header_alone, "is not an Offtake plan"),
        (folder, r"strange.offtake cannot be opened"),
        (nothing, r"strange.offtake cannot be opened: No such file"),
    ],
)
def test_what_is_no_plan_is_refused(tmp_path: Path, make: Callable[[Path], None], sentence: str) -> None:
    path = tmp_path / "strange.offtake"
    make(path)
    held = {each.name for each in tmp_path.iterdir()}
    with pytest.raises(PlannerError, match=sentence):
        Plan.open(path, person="Tester")
    assert {each.name for each in tmp_path.iterdir()} == held


def test_a_plan_of_a_newer_version_is_left_byte_for_byte(closed: Path) -> None:
    held = bytearray(closed.read_bytes())
    held[VERSION_AT : VERSION_AT + 4] = (schema.VERSION + 1).to_bytes(4, "big")
    closed.write_bytes(held)
    with pytest.raises(
        PlannerError, match=r"newer version of Offtake \(format 4, this one knows 3\); install the newer"
    ):
        Plan.open(closed, person="Tester")
    assert closed.read_bytes() == bytes(held)
    assert {path.name for path in closed.parent.glob("closed*")} <= {"closed.offtake", "closed.offtake-lock"}


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON edit BEGIN DELETE FROM contracts; END", "trigger 't'"),
        ("CREATE VIEW v AS SELECT * FROM contracts", "view 'v'"),
    ],
)
def test_a_plan_with_what_no_plan_has_is_refused(closed: Path, statement: str, what: str) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute(statement)
    held = closed.read_bytes()
    for _ in range(2):
        with pytest.raises(PlannerError, match=f"holds the {what}, which no plan has"):
            Plan.open(closed, person="Tester")
    assert closed.read_bytes() == held


@contextmanager
def without_rights() -> Iterator[None]:
    """Give up what lets an administrator write to any file, as long as it lasts."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared() -> Iterator[Path]:
    """Return a folder that everybody may enter, which pytest's own may not be."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        path.chmod(0o755)


def test_a_file_that_may_not_be_written_is_read(shared: Path) -> None:
    path = shared / "a.offtake"
    example_plan(path).close()
    path.chmod(0o444)
    shared.chmod(0o555)
    held = path.read_bytes()
    with without_rights(), Plan.open(path, person="Tester") as plan:
        assert plan.read_only is not None
        assert plan.read_only.startswith("The file may not be written.")
        assert [plan.count(name) > 0 for name in TABLES] == [True] * len(TABLES)
        assert plan.findings() is not None
        with pytest.raises(ReadOnlyError, match=r"a.offtake is open for reading only. The file may not be written."):
            plan.run(CreateRecords((Organisation(code="A", name="A"),)))
    path.chmod(0o644)
    assert path.read_bytes() == held


def test_a_file_in_a_folder_that_may_not_be_written_is_read(shared: Path) -> None:
    path = shared / "a.offtake"
    example_plan(path).close()
    Path(f"{path}-lock").unlink(missing_ok=True)
    path.chmod(0o666)
    shared.chmod(0o555)
    with without_rights(), Plan.open(path, person="Tester") as plan:
        assert plan.read_only == "Its folder may not be written (Permission denied)."
        assert plan.count("contracts") == 1


def test_a_folder_that_may_not_be_written_takes_no_new_plan(shared: Path) -> None:
    shared.chmod(0o555)
    with (
        without_rights(),
        pytest.raises(PlannerError, match=r"cannot be made: Permission denied. Choose another folder"),
    ):
        Plan.create(shared / "a.offtake", person="Tester")


def look_at(path: Path) -> None:
    """Open a plan and read all of it."""
    with Plan.open(path, person="Tester") as plan:
        plan.integrity()


def complaint(path: Path) -> str:
    """Return what is said about a plan that is opened and read, or its name."""
    try:
        look_at(path)
    except PlannerError as error:
        return str(error)
    return path.name


def test_a_damaged_file_is_told(closed: Path) -> None:
    held = closed.read_bytes()
    closed.write_bytes(held[:100] + bytes(len(held) - 100))
    with pytest.raises(PlannerError, match=r"closed.offtake is damaged \(.*\). Restore a copy of it."):
        Plan.open(closed, person="Tester")
    closed.write_bytes(held[: len(held) // 2])
    with pytest.raises(PlannerError, match="is damaged"):
        look_at(closed)
    closed.write_bytes(held)
    look_at(closed)


def test_a_plan_without_its_tables_is_damaged_and_not_held(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute("DROP TABLE edit")
    for _ in range(2):
        with pytest.raises(PlannerError, match=r"is damaged \(no such table: edit\)"):
            Plan.open(closed, person="Tester")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of a plan."""
    path = tmp_path_factory.mktemp("sound") / "sound.offtake"
    example_plan(path).close()
    return path.read_bytes()


# A page, a place from its beginning or end, and what stands there instead.
DAMAGE = st.tuples(
    st.integers(0, 40),
    st.integers(-900, 200),
    st.binary(min_size=1, max_size=100) | st.integers(1, 20_000).map(bytes),
)


@settings(max_examples=80)
@given(damage=st.lists(DAMAGE, min_size=1, max_size=3))
def test_whatever_is_damaged_opens_or_is_told(sound: bytes, damage: list[tuple[int, int, bytes]]) -> None:
    held = bytearray(sound)
    for page, place, bad in damage:
        start = (page * 16_384 + place) % len(held)
        held[start : start + len(bad)] = bad
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "a.offtake"
        path.write_bytes(held)
        assert "a.offtake" in complaint(path)


@pytest.mark.parametrize("day", ["garbage", "now", "2027-13-01"])
def test_a_stranger_s_plan_with_a_day_that_is_none_says_that_it_is_damaged(closed: Path, day: str) -> None:
    with closing(sqlite3.connect(closed, isolation_level=None)) as file:
        file.execute("UPDATE milestones SET due = ?", (day,))
    with (
        Plan.open(closed, person="Tester") as plan,
        pytest.raises(PlannerError, match=r"holds a milestone that cannot be .* damaged"),
    ):
        plan.rows("milestones")
