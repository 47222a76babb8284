"""The line that a problem names is the line that an editor shows, whatever ends lines and whatever cells hold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.csv_source import BATCH_ROWS, CsvSource
from planner.exchange.dialect import Dialect
from planner.plan import Plan
from tests.planner.exchange.imported import problems, refused, saved

HEADER = ["code", "name", "role", "note"]


def quoted(row: list[str]) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in row)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_breaks_inside_cells_count_as_lines(plan: Plan, tmp_path: Path, end: str) -> None:
    rows = [HEADER, ["A", "Alpha", "buyer", f"one{end}two"], ["B", "Beta", "nobody", f"{end}{end}"], ["C", "", "", ""]]
    found = problems(plan, saved(tmp_path, end.join(map(quoted, rows))), "organisations")
    assert [(problem.line, problem.field, problem.value) for problem in found] == [
        (4, "role", "nobody"),
        (7, "name", ""),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_stay_exact_over_many_batches(plan: Plan, tmp_path: Path, end: str) -> None:
    count = 3 * BATCH_ROWS
    rows = [HEADER, *([f"A{n}", "Alpha", "buyer", f"x{end}y"] for n in range(count)), ["Z", "", "buyer", ""]]
    found = problems(plan, saved(tmp_path, end.join(map(quoted, rows)) + end), "organisations")
    assert [(problem.line, problem.field) for problem in found] == [(2 * count + 2, "name")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_broken_row_far_down_is_named_by_its_line(plan: Plan, tmp_path: Path, end: str) -> None:
    good = "".join(f'A{n},Alpha,buyer,"x{end}y"{end}' for n in range(BATCH_ROWS + 7))
    text = f'code,name,role,note{end}{good}B,"Be"ta,buyer,{end}'
    line = 2 * (BATCH_ROWS + 7) + 2
    assert refused(plan, saved(tmp_path, text), "organisations") == (
        f"in.csv, line {line}: text goes on after a closing quotation mark; write a mark that belongs to the text"
        " twice."
    )


CELLS = st.text(st.sampled_from('ab,;" \n\r\t'), max_size=6)


@given(
    rows=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=8),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]),
)
def test_rows_come_back_with_the_line_on_which_each_begins(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], end: str, encoding: str
) -> None:
    path = tmp_path_factory.mktemp("lines") / "in.csv"
    path.write_bytes(end.join(map(quoted, [["head"], *rows])).encode(encoding))
    expected = []
    line = 2
    for row in rows:
        if any(cell.strip() for cell in row):
            expected.append((line, row))
        breaks = [cell.replace("\r\n", "\n").replace("\r", "\n").count("\n") for cell in row]
        line += 1 + sum(breaks)
    source = CsvSource(path, Dialect(encoding, ",", None, 1))
    batches = list(source.batches())
    found = [(at, cells) for batch in batches for at, cells in zip(batch.lines, batch.rows, strict=True)]
    assert found == expected
    assert [batch.done for batch in batches] == sorted(batch.done for batch in batches)
