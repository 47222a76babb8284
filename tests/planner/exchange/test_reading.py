"""Every way in which a file may be written, and the rows that come out of it."""

import codecs
from pathlib import Path

import pytest

from planner.exchange.dialect import detect
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.exchange.imported import HEADER, counts, previewed, saved, taken

ROWS = "C1,1,2025-03,1250.5\nC1,1,2025-04,0.25\n"
READ = [("2025-03", 1_250_500), ("2025-04", 250)]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
def test_text_is_read_in_each_encoding(plan: Plan, tmp_path: Path, encoding: str, mark: bytes) -> None:
    text = "code,name,note\nQUÉ,Société à venir,“– €”\n"
    found = previewed(plan, saved(tmp_path, mark + text.encode(encoding)), "organisations")
    assert counts(found) == (1, 0, 0, 0)
    assert found.preview.changes is not None
    record = next(iter(found.preview.changes)).after
    assert record is not None
    assert list(record.values().values()) == ["QUÉ", "Société à venir", "supplier", "", "“– €”"]


def test_an_accent_far_below_the_sample_still_tells_the_encoding(plan: Plan, tmp_path: Path) -> None:
    rows = "".join(f"A{number},Plain name of some length\n" for number in range(12_000))
    file = saved(tmp_path, f"code,name\n{rows}Z,Société\n".encode("cp1252"))
    found = previewed(plan, file, "organisations")
    assert counts(found) == (12_001, 0, 0, 0)
    assert found.source.dialect.encoding == "cp1252"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", [".", ","])
def test_delimiters_decimal_marks_and_ends_of_lines_are_told_apart(
    plan: Plan, tmp_path: Path, delimiter: str, mark: str, end: str
) -> None:
    rows = [line.split(",") for line in (HEADER + ROWS).splitlines()]
    cells = [[cell.replace(".", mark) for cell in row] for row in rows]
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in cells]
    file = saved(tmp_path, end.join(delimiter.join(row) for row in quoted) + end)
    assert taken(plan, file) == READ


@pytest.mark.parametrize(
    ("number", "kg"),
    [
        ("1250.5", 1_250_500),
        ("1250,5", 1_250_500),
        ("1 250,5", 1_250_500),
        ("1\N{NO-BREAK SPACE}250,5", 1_250_500),
        ("1.250,5", 1_250_500),
        ("1,250.5", 1_250_500),
        ("1'250.5", 1_250_500),
        ("1250", 1_250_000),
        ("+7", 7_000),
        ("1.5e3", 1_500_000),
        ("0", 0),
        (".5", 500),
    ],
)
def test_numbers_are_read_as_people_write_them(plan: Plan, tmp_path: Path, number: str, kg: int) -> None:
    file = saved(tmp_path, f"contract;line;month;quantity_t\nC1;1;2025-03;{number}\n")
    assert taken(plan, file) == [("2025-03", kg)]


def test_a_number_that_reads_in_two_ways_is_told(tmp_path: Path) -> None:
    file = saved(tmp_path, "contract\tline\tmonth\tquantity_t\nC1\t1\t2025-03\t1,250\n")
    doubt = detect(file, TABLES["deliveries"]).doubt
    assert doubt == "1,250 was read as 1.250; it could also mean 1250. Check the decimal mark."


def test_plain_numbers_among_commas_leave_no_doubt(tmp_path: Path) -> None:
    dialect = detect(saved(tmp_path, f"{HEADER}C1,1,2025-03,416.667\n"), TABLES["deliveries"])
    assert (dialect.locale, dialect.doubt) == (None, "")


@pytest.mark.parametrize("month", ["2025-03", "03/2025", "2025-03-15", "15/03/2025", "15.03.2025"])
def test_months_are_read_in_each_form(plan: Plan, tmp_path: Path, month: str) -> None:
    assert taken(plan, saved(tmp_path, f"{HEADER}C1,1,{month},2\n")) == [("2025-03", 2_000)]


@pytest.mark.parametrize(
    "header",
    [
        "contract,line,month,quantity_t",
        "Contract,Line,Month,Quantity",
        "CONTRACT,LINE,MONTH,Quantity (t)",
        "Contrat,Ligne,Mois,Quantité",
        "contrat,poste,periode,quantite",
        " Référence , Position ,Date, QTY ",
    ],
)
def test_headers_are_known_by_name_title_heading_and_synonym(plan: Plan, tmp_path: Path, header: str) -> None:
    assert taken(plan, saved(tmp_path, f"{header}\n{ROWS}")) == READ


def test_columns_may_stand_in_any_order_among_others(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, "seen by,Month,,quantity_t,line,contract\nAnn,2025-03,x,2,1,C1\n")
    assert previewed(plan, file).mapping.ignored == ("seen by",)
    assert taken(plan, file) == [("2025-03", 2_000)]


def test_a_better_name_wins_over_a_synonym(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, "contract,line,date,month,quantity_t,tonnes\nC1,1,2025-01-31,2025-03,2,9\n")
    assert previewed(plan, file).mapping.ignored == ("date", "tonnes")
    assert taken(plan, file) == [("2025-03", 2_000)]


def test_titles_and_empty_lines_may_stand_above_the_header(plan: Plan, tmp_path: Path) -> None:
    above = 'Deliveries of 2025;;;\n\n"Exported on\n1 March";by Ann;;\n;;;\n'
    file = saved(tmp_path, f"{above}Contract;Line;Month;Quantity (t)\nC1;1;2025-03;0,0004\n")
    found = previewed(plan, file)
    assert found.source.dialect.header_line == 6
    assert [problem.line for problem in found.preview.problems] == [7]


def test_empty_lines_short_rows_and_trailing_delimiters_are_harmless(plan: Plan, tmp_path: Path) -> None:
    text = "contract,line,month,quantity_t,status,\n\nC1,1,2025-03,2\n,,,,,\n  ,\nC1,1,2025-04,3,received,,\n\n"
    assert taken(plan, saved(tmp_path, text)) == [("2025-03", 2_000), ("2025-04", 3_000)]


def test_a_quoted_text_may_hold_delimiters_marks_and_line_breaks(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, 'code,name,note\r\nX,"A, ""B""","one\r\ntwo\rthree"\r\n')
    found = previewed(plan, file, "organisations")
    assert found.preview.changes is not None
    record = next(iter(found.preview.changes)).after
    assert record is not None
    assert [record.values()[name] for name in ("name", "note")] == ['A, "B"', "one\ntwo\nthree"]


def test_a_header_alone_brings_nothing(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, HEADER))
    assert (counts(found), found.preview.draft) == ((0, 0, 0, 0), None)
