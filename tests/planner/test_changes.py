"""What one edit did is a value: shown, reversed, counted."""

import getpass
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.changes import Change, ChangeSet, Edit, EditState, Touch, login_name
from planner.model import TABLES, Delivery, Organisation
from tests.strategies import FIRST, records

EDIT = Edit(1, 1, datetime(2026, 1, 1, tzinfo=UTC), "Tester", "Change", EditState.APPLIED)
OLD = Organisation(code="MNG", name="Managem")
NEW = Organisation(code="MNG", name="Managem Group", country="Morocco")

SOME = st.sampled_from(tuple(TABLES.values())).flatmap(lambda table: st.tuples(records(table), records(table)))


@given(SOME)
def test_a_change_reversed_twice_is_the_same(drawn: tuple[Organisation, Organisation]) -> None:
    before, after = drawn
    change = Change(before.table, 7, before, after)
    assert change.reversed() == Change(before.table, 7, after, before)
    assert change.reversed().reversed() == change
    names = {field.attr for field in change.differing()}
    assert names == {name for name, value in before.values().items() if after.values()[name] != value}


def test_a_change_names_the_record_and_the_fields_that_differ() -> None:
    change = Change("organisations", 1, OLD, NEW)
    assert change.label == "MNG"
    assert [field.name for field in change.differing()] == ["name", "country"]
    for lone in (Change("organisations", 1, OLD, None), Change("organisations", 1, None, OLD)):
        assert lone.label == "MNG"
        assert lone.differing() == TABLES["organisations"].fields
    assert Change("organisations", 1, None, None).label == ""


def test_a_change_set_counts_without_reading() -> None:
    def read() -> Iterator[Change]:
        raise AssertionError("nobody asked")

    touches = (Touch("organisations", 1, 2, 3, frozenset(range(6))), Touch("lines", 0, 10_001, 0, None))
    changes = ChangeSet(EDIT, touches, read)
    assert [touch.count for touch in touches] == [6, 10_001]
    assert (changes.count, sorted(changes.tables)) == (10_007, ["lines", "organisations"])
    assert changes.touches_table("lines")
    assert changes.touches_table("plants", TABLES["organisations"])
    assert not changes.touches_table("plants", TABLES["deliveries"])
    with pytest.raises(AssertionError, match="nobody asked"):
        list(changes)


def test_a_change_set_of_an_undo_reads_from_after_to_before() -> None:
    new = Delivery(contract="C1", line=1, month=FIRST, quantity_kg=1)
    done = [Change("organisations", 1, OLD, NEW), Change("deliveries", 2, None, new)]
    touches = (Touch("organisations", 0, 1, 0, frozenset({1})), Touch("deliveries", 1, 0, 0, frozenset({2})))
    assert list(ChangeSet(EDIT, touches, lambda: iter(done))) == done
    assert list(ChangeSet(EDIT, touches, lambda: iter(done), reverse=True)) == [change.reversed() for change in done]


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_a_machine_without_a_login_name_has_an_unknown_person(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def nobody() -> str:
        raise error

    assert login_name()
    monkeypatch.setattr(getpass, "getuser", nobody)
    assert login_name() == "unknown"
