"""Tables with months across: each filled cell becomes a row, in text and in workbooks alike."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import PlannerError
from planner.exchange.dialect import Dialect
from planner.exchange.source import detect, guesses, opened_source
from planner.exchange.wide_source import WideSource, detect_wide
from planner.fields.numbers import decimal_mark
from planner.model import TABLES
from planner.plan import Plan
from planner.units import Month
from tests.planner.exchange.books import xlsx
from tests.planner.exchange.imported import applied, counts, previewed, saved, taken

DELIVERIES = TABLES["deliveries"]
READ = [("2025-03", 1_250_500), ("2025-05", 0)]


def cells_of(file: Path, table: str = "deliveries") -> list[tuple[int, str, list[str]]]:
    """Return row, column and cells of each row that a wide file gives."""
    source = opened_source(file, detect(file, TABLES[table]), TABLES[table])
    pairs = [pair for batch in source.batches() for pair in zip(batch.lines, batch.rows, strict=True)]
    return [(*source.place(line), row) for line, row in pairs]


@pytest.mark.parametrize(
    "months",
    [
        "2025-03;2025-04;2025-05",
        "Mar 2025;Apr 2025;May 2025",
        "mars 2025;avril 2025;mai 2025",
        "03/2025;04/2025;05/2025",
        "01/03/2025;01/04/2025;01/05/2025",
        "mars-25;avr-25;mai-25",
    ],
)
def test_months_across_become_rows_and_empty_is_not_zero(plan: Plan, tmp_path: Path, months: str) -> None:
    assert taken(plan, saved(tmp_path, f"Contrat;Ligne;{months}\nC1;1;1250,5;;0\n")) == READ


def test_months_across_of_a_workbook_are_days_of_its_calendar(plan: Plan, tmp_path: Path) -> None:
    header = ("contract", "line", date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1))
    book = xlsx(tmp_path / "in.xlsx", ("S", [("Call-offs",), (), header, ("C1", 1, 1250.5, None, 0)]))
    assert taken(plan, book) == READ


def test_each_cell_is_named_by_its_row_and_column(tmp_path: Path) -> None:
    file = saved(tmp_path, "Plan;;;;\ncontract;line;2025-03;Apr 2025;2025-05\nC1;1;1;;x\n\nC1;2;;4;\n")
    assert cells_of(file) == [
        (3, "2025-03", ["C1", "1", "2025-03", "1"]),
        (3, "2025-05", ["C1", "1", "2025-05", "x"]),
        (5, "Apr 2025", ["C1", "2", "2025-04", "4"]),
    ]


def test_a_bad_cell_is_refused_alone(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, "contract;line;2025-03;2025-04;2025-05\nC1;1;1;x;3\n"))
    assert counts(found) == (2, 0, 0, 1)
    (problem,) = found.preview.problems
    assert (found.source.place(problem.line), problem.value) == ((2, "2025-04"), "x")


def test_sums_beside_the_months_are_left_out_and_told(tmp_path: Path) -> None:
    file = saved(tmp_path, "contract;line;2024-12;2025-01;2025-02;2025;Total général\nC1;1;1;2;3;5;6\n")
    source = opened_source(file, detect(file, DELIVERIES), DELIVERIES)
    assert source.header == ("contract", "line", "month", "quantity_t")
    assert sum(len(batch.lines) for batch in source.batches()) == 3
    assert source.notes == (
        "3 columns, 2024-12 to 2025-02, were turned into a row for each month that is filled.",
        "Sums beside the months were left out: '2025', 'Total général'.",
    )


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        ("demand", "Programme;2025-01;2025-02;2025-03\nR5;1;2;3", ["R5", "2025-01", "1"]),
        ("index_prices", "Index;2025-01;2025-02;2025-03\nLME-CO;1;2;3", ["LME-CO", "2025-01", "1"]),
        ("stock", "Material;2025-01;2025-02;2025-03\nCoSO4;1;2;3", ["CoSO4", "2025-01", "1"]),
        ("intakes", "Plant;Origin;2025-01;2025-02;2025-03\nGUE;GUE;1;2;3", ["GUE", "GUE", "2025-01", "1"]),
        ("plant_capacity", "Plant;2025-01;2025-02;2025-03\nGUE;1;2;3", ["GUE", "2025-01", "1"]),
        ("volumes", "Contract;Line;2025;2026;2027;Total\nC1;1;1;2;3;6", ["C1", "1", "2025", "1"]),
        ("budgets", "Material;Currency;2025;FY 2026;2027\nCoSO4;EUR;1;2;3", ["CoSO4", "EUR", "2025", "1"]),
    ],
)
def test_every_table_that_is_known_by_month_or_year_may_stand_across(
    plan: Plan, tmp_path: Path, table: str, text: str, expected: list[str]
) -> None:
    file = saved(tmp_path, f"{text}\n")
    rows = [cells for _, _, cells in cells_of(file, table)]
    assert (len(rows), rows[0]) == (3, expected)
    found = previewed(plan, file, table)
    assert found.preview.refused == 0
    assert found.preview.new + found.preview.changed + found.preview.same == 3


def test_years_across_tell_their_decimal_mark_and_are_told(tmp_path: Path) -> None:
    file = saved(tmp_path, 'contract,line,2025,2026,2027\nC1,1,"1.250,5","2.000,5","3,5"\n')
    assert decimal_mark(detect(file, TABLES["volumes"]).locale) == ","
    told = {guess.name: guess for guess in guesses(file, TABLES["volumes"])}
    assert told["wide"].why == "3 of its columns are headed by contract years"


@pytest.mark.parametrize(
    ("header", "wide"),
    [
        (("contract", "line", "2025-01", "2025-02", "2025-03"), True),
        (("contract", "line", "Jan 25", "janv. 2026", "Q1 2027"), True),
        (("contract", "line", "2025-01", "2025-02"), False),
        (("contract", "line", "month", "2025-01", "2025-02", "2025-03"), False),
        (("contract", "line", "1", "2", "3"), False),
        ((), False),
    ],
)
def test_three_months_make_a_wide_table(header: tuple[str, ...], *, wide: bool) -> None:
    assert detect_wide(header, DELIVERIES) is wide
    assert not detect_wide(header, TABLES["organisations"])


def test_a_quarter_across_is_spread_over_its_months(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, "contract;line;T1 2025;T2 2025;T3 2025\nC1;1;300;;\n"))
    applied(plan, found)
    assert (found.preview.new, found.preview.changed) == (2, 1)


def test_a_long_table_is_not_read_as_a_wide_one(tmp_path: Path) -> None:
    file = saved(tmp_path, "contract;line;month;quantity_t\n")
    with pytest.raises(PlannerError, match="has no columns headed by months"):
        opened_source(file, Dialect("utf-8", ";", None, 1, wide=True), DELIVERIES)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(3, 30),
    st.lists(st.lists(st.sampled_from(["", "", " ", "1", "2.5", "x"]), max_size=30), min_size=1, max_size=12),
)
def test_each_filled_cell_comes_out_once_and_no_other(tmp_path: Path, count: int, rows: list[list[str]]) -> None:
    months = [str(Month.of(2025, 1).plus(number)) for number in range(count)]
    lines = [",".join(("C1", str(number), *row[:count])) for number, row in enumerate(rows)]
    file = saved(tmp_path, "\n".join((",".join(("contract", "line", *months)), *lines)))
    source = opened_source(file, Dialect("utf-8", ",", None, 1, wide=True), DELIVERIES)
    assert isinstance(source, WideSource)
    found = [
        (source.place(line), row)
        for batch in source.batches()
        for line, row in zip(batch.lines, batch.rows, strict=True)
    ]
    expected = [
        ((at + 2, month), ["C1", str(at), month, cell])
        for at, row in enumerate(rows)
        for month, cell in zip(months, row, strict=False)
        if cell.strip()
    ]
    assert found == expected
