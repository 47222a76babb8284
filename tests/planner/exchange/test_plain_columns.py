"""Plain blocks are divided at once into the very cells that the csv module gives, and all others are left to it."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.exchange.csv_source import CsvSource
from planner.exchange.dialect import Dialect
from planner.exchange.plain_columns import plain_columns

CELLS = st.text(st.sampled_from("ab1.' \t"), max_size=3)
ROWS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
TEXTS = st.one_of(
    st.tuples(ROWS, st.sampled_from(["\n", "\r\n"])).map(lambda both: both[1].join(map(",".join, both[0]))),
    st.text(st.sampled_from('ab, "\r\n'), max_size=20),
)


@given(text=TEXTS, end=st.sampled_from(["", "\n", "\r\n"]), width=st.integers(1, 4))
def test_a_block_that_is_divided_gives_the_cells_of_the_csv_module(text: str, end: str, width: int) -> None:
    found = plain_columns(text + end, ",", width)
    if found is not None:
        rows = list(csv.reader(io.StringIO(text + end, newline=""), strict=True, skipinitialspace=True))
        assert list(map(list, zip(*found, strict=True))) == rows
        assert [len(row) for row in rows if len(row) != width] == []


@pytest.mark.parametrize("text", ["", "a,b\n", "a,b\r\nc,d\r\n", "a,\nc,d", "a,b \n"])
def test_plain_blocks_are_divided(text: str) -> None:
    assert plain_columns(text, ",", 2) is not None


@pytest.mark.parametrize("text", ['"a",b\n', "a\rb,c\n", "a\n", "a,b,c\n", ",b\n", "a,b\n\nc,d\n", " a,b\n", "a, b\n"])
def test_blocks_that_are_not_plain_are_left_to_the_csv_module(text: str) -> None:
    assert plain_columns(text, ",", 2) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.integers(0, 3), after=st.integers(0, 3), end=st.sampled_from(["\n", "\r\n"]), odd=TEXTS)
def test_lines_stay_exact_where_a_file_stops_being_plain(
    tmp_path: Path, before: int, after: int, end: str, odd: str
) -> None:
    # Long rows, so that what is odd comes blocks below the header.
    plain = [f"a{'x' * 100_000},b"]
    path = tmp_path / "in.csv"
    body = ["h,i", *plain * before, *([odd] if '"' not in odd and "\r" not in odd else ['"o', 'k",']), *plain * after]
    path.write_bytes(end.join([*body, "last,row"]).encode())
    lines = path.read_bytes().decode().replace("\r\n", "\n").split("\n")
    batches = list(CsvSource(path, Dialect("utf-8", ",", None, 1)).batches())
    found = [(at, row) for batch in batches for at, row in zip(batch.lines, batch.rows, strict=True)]
    assert found[-1] == (len(lines), ["last", "row"])
    assert all(lines[at - 1].lstrip(" ").lstrip('"').startswith(row[0].split("\n")[0].rstrip()) for at, row in found)
    assert sum(row[1:] == ["b"] and len(row[0]) > 9 for _, row in found) == before + after
