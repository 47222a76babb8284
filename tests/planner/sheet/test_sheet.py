"""The order of a sheet is that of Python's own sorting, and an updated sheet is one that was made anew."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from planner.fields import Choice, Field, Value
from planner.model import TABLES, Table
from planner.sheet import EMPTY, Column, Sheet, SortBy
from tests.planner.sheet.sheets import drawn_rows, number_of, sheet_of, tables

Rows = list[dict[str, Value]]
DELIVERIES = TABLES["deliveries"]


def rank(field: Field, value: Value) -> int | str:
    """Return what people expect values of a field to be ordered by."""
    if isinstance(field.kind, Choice):
        return [word for word, _ in field.kind.words].index(str(value))
    return value.casefold() if isinstance(value, str) else number_of(value)


def sorted_rows(table: Table, rows: Rows, keys: list[SortBy]) -> list[int]:
    """Return positions as Python sorts them: by the key, then by each field from the last to the first."""
    order = list(range(len(rows)))
    order.sort(key=lambda at: [str(v) if isinstance(v := rows[at][f.attr], str) else number_of(v) for f in table.key])
    for key in reversed(keys):
        field = next(field for field in table.fields if field.attr == key.attr)
        empty = [at for at in order if rows[at][key.attr] in {None, ""}]
        full = [at for at in order if at not in empty]
        full.sort(key=lambda at, f=field: rank(f, rows[at][f.attr]), reverse=key.descending)  # type: ignore[misc]  # one field, one type
        order = full + empty
    return order


@given(st.data())
def test_rows_are_ordered_as_python_sorts_them(data: DataObject) -> None:
    table = data.draw(tables())
    rows = data.draw(drawn_rows(table))
    attrs = st.sampled_from([field.attr for field in table.fields])
    keys = data.draw(st.lists(st.builds(SortBy, attrs, st.booleans()), max_size=4, unique_by=lambda key: key.attr))
    sheet = sheet_of(table, rows)
    assert sheet.order(keys).tolist() == sorted_rows(table, rows, keys)
    assert sheet.rows(keys).tolist() == [10 + at for at in sorted_rows(table, rows, keys)]


@given(st.lists(st.tuples(st.integers(-(2**61), 2**61), st.integers(0, 2**61))))
def test_numbers_too_far_apart_to_be_combined_are_ordered_too(pairs: list[tuple[int, int]]) -> None:
    line, quantity = (np.array([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))
    rows = sheet_of(DELIVERIES, [])
    columns = {"line": Column(line), "quantity_kg": Column(quantity), "month": Column(np.arange(len(pairs)))}
    columns |= {attr: Column(np.zeros(len(pairs), dtype=np.int32), ("A",)) for attr in ("contract", "status")}
    sheet = Sheet(rows.table, np.arange(len(pairs)), columns)
    expected = sorted(range(len(pairs)), key=lambda at: (pairs[at][1], pairs[at][0], at))
    assert sheet.order([SortBy("quantity_kg")]).tolist() == expected
    both = sorted(sorted(range(len(pairs)), key=lambda at: pairs[at][0]), key=lambda at: -pairs[at][1])
    assert sheet.order([SortBy("quantity_kg", descending=True), SortBy("line")]).tolist() == both


@given(st.data())
def test_an_updated_sheet_is_one_made_anew(data: DataObject) -> None:
    table = data.draw(tables())
    rows = data.draw(drawn_rows(table))
    sheet = sheet_of(table, rows)
    touched = data.draw(st.sets(st.integers(0, len(rows) + 3)))
    fresh = dict(zip(sorted(touched), data.draw(drawn_rows(table)), strict=False))
    ids = np.array([10 + at for at in sorted(touched)], dtype=np.int64)
    part = sheet_of(table, list(fresh.values()))
    updated = sheet.updated(ids, Sheet(table, np.array([10 + at for at in fresh], dtype=np.int64), part.columns))
    whole = {at: row for at, row in enumerate(rows) if at not in touched} | fresh
    expected = dict(sorted(whole.items()))
    assert updated.ids.tolist() == [10 + at for at in expected]
    for field in table.fields:
        assert held(updated, field) == held(sheet_of(table, list(expected.values())), field)


def held(sheet: Sheet, field: Field) -> list[int | str | None]:
    """Return the values of a column one by one."""
    column = sheet.columns[field.attr]
    if column.texts is None:
        return [None if number == EMPTY else number for number in column.values.tolist()]
    return [None if place < 0 else column.texts[place] for place in column.values.tolist()]


@given(st.data())
def test_what_is_found_is_what_was_asked_for(data: DataObject) -> None:
    table = data.draw(tables())
    rows = data.draw(drawn_rows(table))
    field = data.draw(st.sampled_from(table.fields))
    wanted = data.draw(st.sets(st.sampled_from([row[field.attr] for row in rows]))) if rows else set()
    found = sheet_of(table, rows).find(field.attr, wanted.__contains__)
    assert found.tolist() == [row[field.attr] in wanted - {None, ""} for row in rows]


@given(st.lists(st.integers(-(2**61), 2**61) | st.just(EMPTY)), st.data())
def test_numbers_far_apart_are_found_too(numbers: list[int], data: DataObject) -> None:
    column = Column(np.array(numbers, dtype=np.int64))
    distinct = column.distinct.tolist()
    assert distinct == sorted(set(numbers) - {EMPTY})
    wanted = data.draw(st.lists(st.booleans(), min_size=len(distinct), max_size=len(distinct)))
    chosen = {number for number, is_wanted in zip(distinct, wanted, strict=True) if is_wanted}
    assert column.rows_with(np.array(wanted, dtype=np.bool_)).tolist() == [number in chosen for number in numbers]
