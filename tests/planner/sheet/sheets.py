"""Sheets made of records, for comparison with what Python does row by row."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from planner.fields import Choice, Field, Value
from planner.fields.kinds import Phasing, Text
from planner.model import TABLES, Table
from planner.sheet import EMPTY, Column, Sheet
from tests.strategies import cells, near_values


def column_of(field: Field, values: Sequence[Value]) -> Column:
    """Return the column of a field's values."""
    if isinstance(field.kind, Choice | Text | Phasing):
        kind = field.kind
        words = [word for word, _ in kind.words] if isinstance(kind, Choice) else sorted(filter(None, map(str, values)))
        texts = tuple(dict.fromkeys(words))
        places = [texts.index(str(value)) if value else -1 for value in values]
        return Column(np.array(places, dtype=np.int32), texts)
    numbers = [EMPTY if value is None else number_of(value) for value in values]
    return Column(np.array(numbers, dtype=np.int64))


def number_of(value: Value) -> int:
    """Return the number by which a sheet keeps a value that is no text."""
    assert isinstance(value, int | date)
    return value.toordinal() if isinstance(value, date) else int(value)


def sheet_of(table: Table, rows: Sequence[dict[str, Value]]) -> Sheet:
    """Return the sheet of values by attribute; their ids are 10, 11, 12 and so on."""
    columns = {field.attr: column_of(field, [row[field.attr] for row in rows]) for field in table.fields}
    return Sheet(table, np.arange(10, 10 + len(rows), dtype=np.int64), columns)


def tables() -> st.SearchStrategy[Table]:
    return st.sampled_from(list(TABLES.values()))


@st.composite
def drawn_rows(draw: DrawFn, table: Table) -> list[dict[str, Value]]:
    """Draw rows of a table, whether or not they could be records, with many equal values among them."""
    either = {
        field.attr: st.one_of(near_values(field), cells(field), *([] if field.required else [st.just(field.default)]))
        for field in table.fields
    }
    return draw(st.lists(st.fixed_dictionaries(either), max_size=12))
