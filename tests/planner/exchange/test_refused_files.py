"""Files that cannot be read: one sentence that names the file, the line and the remedy, and a plan left alone."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.csv_source import CsvSource
from planner.exchange.dialect import Dialect
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.exchange.imported import HEADER, contents, problems, refused, saved

LINE = "C1,1,2025-03,1\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "in.csv is empty; choose a file with a header row."),
        (b" \r\n \n", "in.csv is empty; choose a file with a header row."),
        (
            b"PK\x03\x04\x14\0",
            (
                "in.csv is a workbook that is broken or cut short; open it in a spreadsheet program, save it and try"
                " again."
            ),
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1",
            (
                "in.csv is a workbook that is broken or cut short; open it in a spreadsheet program, save it and try"
                " again."
            ),
        ),
        (
            b"a,b\n1,2\n",
            (
                "in.csv has no header row for deliveries: write contract, line, month, quantity_t, status above the"
                " data. Its first row reads 'a,b'."
            ),
        ),
        (
            b"contract,month,quantity_t\n",
            "in.csv has no column line, by which a delivery is known; add it.",
        ),
        (
            "contract,line,month,Quantité,qty\n".encode(),
            "in.csv has several columns for quantity_t: 'Quantité' and 'qty'. Rename or delete all but one.",
        ),
        (
            (HEADER + LINE + 'C1,1,2025-04,"1\n' + LINE).encode(),
            (
                "in.csv, line 3: a quotation mark is opened and never closed; close it, or write it twice where it"
                " belongs to the text."
            ),
        ),
        (
            (HEADER + LINE + "C1,1,2025-04,\0\n").encode(),
            "in.csv, line 3: it holds a NUL character, which no text has; export the file again, as CSV UTF-8.",
        ),
        (
            (HEADER + LINE + LINE + "x" * 1_100_000 + "\n").encode(),
            "in.csv, line 4: the line is longer than 1000000 characters; choose a file of rows.",
        ),
        (
            (HEADER + LINE + "x" * 200_000 + ",1\n").encode(),
            (
                "in.csv, line 3: a text is longer than 131072 characters; shorten it, or close the quotation mark that"
                " opens it."
            ),
        ),
        (
            (HEADER[:-1] + ",x" * 10_000 + "\n" + LINE).encode(),
            (
                "in.csv, line 1: the header has 10004 columns, and at most 1000 are read; delete the columns that the"
                " plan does not need."
            ),
        ),
        (
            (HEADER + LINE).encode() + b"C1,1,2025-04,\x81\n",
            "in.csv, line 3: the text is not cp1252; save the file as UTF-8, or choose its encoding.",
        ),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(
    plan: Plan, tmp_path: Path, data: bytes, sentence: str
) -> None:
    assert refused(plan, saved(tmp_path, data)) == sentence


def test_a_first_line_without_end_is_shown_by_its_beginning(plan: Plan, tmp_path: Path) -> None:
    sentence = refused(plan, saved(tmp_path, "y" * 1_000_000))
    assert sentence.startswith("in.csv has no header row for deliveries")
    assert "'yyyy" in sentence


def test_bytes_that_leave_utf_8_a_million_rows_down_name_their_line(plan: Plan, tmp_path: Path) -> None:
    data = "code,name\n" + "É,x\n" + "A,Some plain name\n" * 20_000
    sentence = refused(plan, saved(tmp_path, data.encode() + b"B,\xff\n"), "organisations")
    expected = "in.csv, line 20003: the text is not utf-8; save the file as UTF-8, or choose its encoding."
    assert sentence == expected


def test_what_is_no_file_is_refused_with_the_reason(plan: Plan, tmp_path: Path) -> None:
    missing = refused(plan, tmp_path / "none.csv")
    assert missing.endswith(
        "none.csv cannot be read: No such file or directory. Choose a file that is there and may be read."
    )
    assert "cannot be read: Is a directory." in refused(plan, tmp_path)


def test_a_file_that_goes_away_after_its_header_was_read_is_refused(tmp_path: Path) -> None:
    file = saved(tmp_path, HEADER + LINE)
    source = CsvSource(file, Dialect("utf-8", ",", None, 1))
    file.unlink()
    with pytest.raises(PlannerError, match="cannot be read"):
        list(source.batches())


def test_a_row_wider_than_its_header_is_refused_with_what_is_too_much(plan: Plan, tmp_path: Path) -> None:
    found = problems(plan, saved(tmp_path, f"{HEADER}C1,1,2025-03,1,250.5,x\n{LINE}"))
    reason = "the row has 6 cells and the header 4; put a text or number that holds the delimiter in quotation marks"
    assert [(p.line, p.field, p.value, p.reason) for p in found] == [(2, "", "250.5; x", reason)]


def test_a_row_that_ends_early_lacks_what_it_does_not_have(plan: Plan, tmp_path: Path) -> None:
    found = problems(plan, saved(tmp_path, f"{HEADER}C1,1\n"))
    reason = "it is empty, and it must be filled in"
    assert [(p.line, p.field, p.reason) for p in found] == [(2, "month", reason), (2, "quantity_t", reason)]


ALPHABET = st.sampled_from([*"0123456789,;.\t\n\r\"' =-éC/", "\0", "contract", "month", "line", "quantity_t", HEADER])
TEXTS = st.lists(ALPHABET, max_size=40).map("".join)
BYTES = st.one_of(
    st.binary(max_size=300),
    TEXTS.flatmap(
        lambda text: st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"]).map(text.encode)
    ),
    st.tuples(TEXTS, st.binary(max_size=40)).map(lambda both: (HEADER + LINE + both[0]).encode() + both[1]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=BYTES, table=st.sampled_from(["deliveries", "deliveries", *TABLES]))
def test_any_bytes_give_a_preview_or_a_sentence_and_leave_the_plan_alone(
    plan: Plan, tmp_path: Path, data: bytes, table: str
) -> None:
    file = saved(tmp_path, data)
    before = contents(plan)
    try:
        found = imports.preview(plan, table, file)
    except PlannerError as error:
        assert str(error).endswith(".")  # noqa: PT017 - most bytes raise nothing
    else:
        if found.preview.draft is not None:
            plan.discard_draft(found.preview.draft)
    assert contents(plan) == before
