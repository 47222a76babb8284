"""Workbooks as people keep them: the right sheet, the right header, and every kind of cell as its exact text."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from planner.exchange.batch import Batch
from planner.exchange.dialect import Dialect
from planner.exchange.recognise import likely_table
from planner.exchange.source import detect, guesses, header_of, opened_source, sheets_of
from planner.exchange.workbook_dialect import detect as detect_in
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.exchange.books import FILES, HEADER, changed, ods, ods_cell, ods_row, xlsx
from tests.planner.exchange.imported import counts, previewed, problems, refused, saved, taken

DELIVERIES = TABLES["deliveries"]
JANUARY, FEBRUARY = date(2025, 1, 1), date(2025, 2, 1)
READ = [("2025-03", 1_250_500), ("2025-04", 250)]


def read(path: Path, dialect: Dialect) -> list[Batch]:
    """Return what a sheet gives."""
    return list(opened_source(path, dialect, DELIVERIES).batches())


def lines_and_rows(path: Path, dialect: Dialect | None = None) -> list[tuple[int, list[str]]]:
    """Return all rows with their numbers."""
    batches = read(path, dialect or detect(path, DELIVERIES))
    return [pair for batch in batches for pair in zip(batch.lines, batch.rows, strict=True)]


def test_a_workbook_of_deliveries_is_taken_in(plan: Plan, tmp_path: Path) -> None:
    rows = [HEADER, ("C1", 1, date(2025, 3, 1), 1250.5), ("C1", 1, "2025-04", 0.25)]
    assert taken(plan, xlsx(tmp_path / "in.xlsx", ("Sheet1", rows))) == READ


def test_the_sheet_whose_header_fits_is_chosen_and_can_be_overruled(tmp_path: Path) -> None:
    book = xlsx(
        tmp_path / "in.xlsx",
        ("Read me", [("Deliveries of the year",)]),
        ("Old", [("contract", "line", "month"), ("C1", 1, "2024-01")]),
        ("2025", [HEADER, ("C1", 1, "2025-01", 2)]),
    )
    assert detect(book, DELIVERIES).sheet == "2025"
    assert detect_in(book, DELIVERIES, "Old").sheet == "Old"
    assert sheets_of(book) == ("Read me", "Old", "2025")
    told = {guess.name: guess for guess in guesses(book, DELIVERIES)}
    assert told["sheet"].why == "its header names more fields than those of Read me, Old"
    assert told["header_line"].value == "1"


def test_of_two_sheets_that_fit_the_one_in_sight_is_chosen(tmp_path: Path) -> None:
    rows = [HEADER, ("C1", 1, "2025-01", 2)]
    sheets = [("Before", rows), ("Now", rows)]
    book = xlsx(tmp_path / "in.xlsx", *sheets, ("Front", []), then=lambda made: _hide(made, "Before"))
    assert detect(book, DELIVERIES).sheet == "Now"


def _hide(book: Workbook, name: str) -> None:
    book.get_worksheet_by_name("Front").activate()
    book.get_worksheet_by_name("Front").set_first_sheet()
    book.get_worksheet_by_name(name).hide()


def test_titles_empty_rows_and_empty_columns_stand_around_the_table(plan: Plan, tmp_path: Path) -> None:
    def title(book: Workbook) -> None:
        book.get_worksheet_by_name("S").merge_range("B2:E2", "Deliveries 2025", book.add_format({"bold": True}))

    body = [(), (), (), (None, *HEADER), (), (None, "C1", 1, JANUARY, 5), (), (None, "C1", 1, FEBRUARY, "x")]
    book = xlsx(tmp_path / "in.xlsx", ("S", body), then=title)
    assert detect(book, DELIVERIES).header_line == 4
    assert [line for line, _ in lines_and_rows(book)] == [6, 8]
    assert [(problem.line, problem.field) for problem in problems(plan, book)] == [(8, "quantity_t")]


def test_typed_cells_become_exact_text(tmp_path: Path) -> None:
    def more(book: Workbook) -> None:
        sheet = book.get_worksheet_by_name("S")
        sheet.write("F2", 0.055, book.add_format({"num_format": "0.0%"}))
        sheet.write("G2", 0.07, book.add_format({"num_format": '0 "%"'}))
        sheet.write_datetime(
            "H2",
            datetime(2025, 1, 1, 12, 30, tzinfo=UTC).replace(tzinfo=None),
            book.add_format({"num_format": "d/m/yy hh:mm"}),
        )
        sheet.write_datetime("I2", time(7, 5), book.add_format({"num_format": "hh:mm"}))
        sheet.write("J2", 1.25, book.add_format({"num_format": "[h]:mm"}))
        sheet.write_formula("K2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("L2", "=2*3", None, 6)

    row = ("0012", 1, JANUARY, 1250.0, 0.1)
    header = (*HEADER, "a", "b", "c", "d", "e", "f", "g", "h", "i")
    book = xlsx(tmp_path / "in.xlsx", ("S", [header, row, ("x", 1e300, True, 12345678)]), then=more)
    first, second = (cells for _, cells in lines_and_rows(book))
    assert first == [
        *("0012", "1", "2025-01-01", "1250", "0.1", "5.5%", "0.07", "2025-01-01 12:30:00", "07:05:00", "30:00:00"),
        *("#DIV/0!", "6", ""),
    ]
    assert second[:5] == ["x", "1e+300", "true", "12345678", ""]


def test_an_error_in_a_cell_is_refused_by_its_name(plan: Plan, tmp_path: Path) -> None:
    def error(book: Workbook) -> None:
        book.get_worksheet_by_name("S").write_formula("D2", "=NA()", None, "#N/A")

    book = xlsx(tmp_path / "in.xlsx", ("S", [HEADER, ("C1", 1, JANUARY)]), then=error)
    assert [(problem.line, problem.value) for problem in problems(plan, book)] == [(2, "#N/A")]


def test_numbers_typed_as_text_and_numbers_proper_are_read_alike(plan: Plan, tmp_path: Path) -> None:
    rows = [HEADER, ("C1", 1, "2025-03", "1 250,5"), ("C1", 1, "2025-04", 0.25)]
    assert taken(plan, xlsx(tmp_path / "in.xlsx", ("S", rows))) == READ


def test_keys_that_are_merged_downwards_stand_for_each_row(tmp_path: Path) -> None:
    def merged(book: Workbook) -> None:
        sheet = book.get_worksheet_by_name("S")
        sheet.merge_range("A2:A3", "C1", book.add_format())
        sheet.merge_range("D2:D3", 7, book.add_format())

    book = xlsx(tmp_path / "in.xlsx", ("S", [HEADER, (None, 1, JANUARY), (None, 1, FEBRUARY)]), then=merged)
    source = opened_source(book, detect(book, DELIVERIES), DELIVERIES)
    rows = [row for batch in source.batches() for row in batch.rows]
    # A quantity for two months is not twice that quantity.
    assert [(row[0], row[3]) for row in rows] == [("C1", "7"), ("C1", "")]
    assert source.notes == ("Cells that are merged downwards stand for each of their rows.",)


def test_remarks_right_of_the_table_are_left_out_and_told(plan: Plan, tmp_path: Path) -> None:
    rows = [HEADER, ("C1", 1, JANUARY, 2, None, "call Ann"), ("C1", 1, FEBRUARY, 3)]
    found = previewed(plan, xlsx(tmp_path / "in.xlsx", ("S", rows)))
    assert found.preview.refused == 0
    assert "1 row has cells right of the header; these were left out." in found.source.notes


def test_a_workbook_of_the_nineties_is_read(plan: Plan) -> None:
    book = FILES / "ledger.xls"
    assert sheets_of(book) == ("Notes", "Livraisons", "Archiv")
    assert detect(book, DELIVERIES).header_line == 3
    assert taken(plan, book) == READ


def test_an_ods_is_read_with_its_repeats_percents_and_errors(tmp_path: Path) -> None:
    header = ods_row(*(ods_cell(text) for text in (*HEADER, "share")))
    gap = ods_row(more='table:number-rows-repeated="3"')
    first = ods_row(
        ods_cell("C1"),
        ods_cell("1", "float", "1"),
        ods_cell("01/03/25", "date", "2025-03-01"),
        ods_cell("1 250,5", "float", "1250.5"),
        ods_cell("5 %", "percentage", "0.05"),
    )
    second = ods_row(
        ods_cell("C1"),
        ods_cell("1", "float", "1", 'table:number-columns-repeated="2"'),
        ods_cell("#N/A", more='calcext:value-type="error" table:formula="of:=NA()"'),
    )
    end = ods_row(more='table:number-rows-repeated="1048000"')
    sheet = f'<table:table table:name="Liv &amp; co">{header}{gap}{first}{second}{end}</table:table>'
    book = ods(tmp_path / "in.ods", sheet)
    assert detect(book, DELIVERIES).sheet == "Liv & co"
    assert lines_and_rows(book) == [
        (5, ["C1", "1", "2025-03-01", "1250.5", "5%"]),
        (6, ["C1", "1", "1", "#N/A", ""]),
    ]


def test_cells_that_do_not_say_where_they_stand_follow_one_another(plan: Plan, tmp_path: Path) -> None:
    rows = [HEADER, ("C1", 1, "2025-03", 1250.5), ("C1", 1, "2025-04", 0.25)]
    book = xlsx(tmp_path / "in.xlsx", ("S", rows))

    def without_places(part: bytes) -> bytes:
        for row in range(1, 4):
            for letter in "ABCD":
                part = part.replace(f' r="{letter}{row}"'.encode(), b"")
        return part

    assert taken(plan, changed(book, {"xl/worksheets/sheet1.xml": without_places})) == READ


def test_a_file_is_known_by_its_content_and_not_by_its_suffix(plan: Plan, tmp_path: Path) -> None:
    book = xlsx(tmp_path / "book.csv", ("S", [HEADER, ("C1", 1, "2025-03", 1250.5), ("C1", 1, "2025-04", 0.25)]))
    assert taken(plan, book) == READ
    text = saved(tmp_path, "contract\tline\tmonth\tquantity_t\nC1\t1\t2025-05\t7\n", "export.xls")
    assert taken(plan, text) == [("2025-05", 7_000)]


def test_the_header_is_told_without_reading_the_rows(tmp_path: Path) -> None:
    wide = [("contract", "line", JANUARY, FEBRUARY, date(2025, 3, 1)), ("C1", 1, 1, 2, 3)]
    book = xlsx(tmp_path / "in.xlsx", ("Long", [("t",), (*HEADER, None)]), ("Wide", wide))
    for sheet in sheets_of(book):
        dialect = detect_in(book, DELIVERIES, sheet)
        assert header_of(book, dialect, DELIVERIES) == opened_source(book, dialect, DELIVERIES).header == HEADER


def test_the_table_of_a_workbook_is_told_from_its_headers(tmp_path: Path) -> None:
    sheets = ("About", [("Written by Ann",)]), ("S", [("Programme", "Mois", "GWh"), ("R5", JANUARY, 1.25)])
    assert likely_table(xlsx(tmp_path / "in.xlsx", *sheets)) == "demand"
    assert likely_table(xlsx(tmp_path / "in.xlsx", ("S", [("a", "b")]))) is None


def test_what_the_mapping_ignores_and_the_rest_is_as_for_text(plan: Plan, tmp_path: Path) -> None:
    rows = [(*HEADER, "seen by"), ("C1", 1, JANUARY, 416, "Ann"), ("C9", 1, JANUARY, 1, "Bob")]
    found = previewed(plan, xlsx(tmp_path / "in.xlsx", ("S", rows)))
    assert counts(found) == (0, 0, 1, 1)
    assert found.mapping.ignored == ("seen by",)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [("a", "b")],
            (
                "in.xlsx has no sheet with a header row for deliveries: write contract, line, month, quantity_t,"
                " status above the data. Its sheets are S."
            ),
        ),
        ([], "in.xlsx has no sheet with a header row for deliveries: write contract,"),
        ([("contract", "month", "quantity_t")], "in.xlsx has no column line, by which a delivery is known; add it."),
        (
            [(*HEADER, *["x"] * 1_000)],
            "in.xlsx, row 1: the header has 1004 columns, and at most 1000 are read; delete the columns that",
        ),
    ],
)
def test_a_workbook_without_a_table_is_refused(plan: Plan, tmp_path: Path, rows: list[Any], sentence: str) -> None:
    assert refused(plan, xlsx(tmp_path / "in.xlsx", ("S", rows))).startswith(sentence)


texts = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=20)
# Fifteen figures, as many as a spreadsheet keeps.
numbers = st.floats(-1e300, 1e300).map(lambda number: float(f"{number:.15g}"))
days = st.dates(date(1990, 1, 1), date(2199, 12, 31))
rows_of_cells = st.lists(st.tuples(texts, numbers, days, st.booleans()), max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_of_cells)
def test_whatever_is_written_comes_back(tmp_path: Path, rows: list[tuple[str, float, date, bool]]) -> None:
    book = xlsx(tmp_path / "in.xlsx", ("S", [HEADER, *rows]))
    found = [row for _, row in lines_and_rows(book, Dialect("", "", None, 1, sheet="S"))]
    assert [row[0] for row in found] == [text for text, _, _, _ in rows]
    assert [float(row[1]) for row in found] == [float(number) for _, number, _, _ in rows]
    assert [date.fromisoformat(row[2]) for row in found] == [day for _, _, day, _ in rows]
    assert [row[3] for row in found] == [str(flag).lower() for _, _, _, flag in rows]
