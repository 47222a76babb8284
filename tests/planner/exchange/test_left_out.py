"""Rows that are no records: left out and counted, unless the person wants every row, and never a record."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange import imports, inspection
from planner.exchange.dialect import detect
from planner.exchange.left_out import is_total
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.exchange.imported import HEADER, counts, previewed, saved

ROW = "C1,1,2025-03,5\n"


@pytest.mark.parametrize(
    "text",
    [
        "Total",
        "TOTAL C1",
        "C1 Total",
        "Sous-total T1",
        "Sub-total",
        "Grand Total:",
        "Somme",
        "Summe",
        "Gesamtergebnis",
        "*",
        "Σ 5",
    ],
)
def test_words_of_totals_are_known(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize("text", ["", "C1", "Totalenergies", "Consommation", "Resumé", "5", "*****", "total " * 50])
def test_other_words_are_no_totals(text: str) -> None:
    assert not is_total(text)


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ("Total,,,5\n", "1 row of totals was left out."),
        ("Total,,,5\nSomme,,,5\n", "2 rows of totals were left out."),
        ("x,Total,2025-05\n", "1 row of totals was left out."),
        ("C1,1,Total,5\n", "1 row of totals was left out."),
        (",,Total 2025,5\n", "1 row of totals was left out."),
        (HEADER, "1 row of headings that come again was left out."),
        ("----,---,---,---\n", "1 ruled line was left out."),
    ],
)
def test_a_row_that_is_no_record_is_left_out_and_counted(plan: Plan, tmp_path: Path, row: str, note: str) -> None:
    found = previewed(plan, saved(tmp_path, HEADER + ROW + row + "C1,1,2025-04,7\n"))
    assert found.notes == (note,)
    assert found.preview.new == 2


@pytest.mark.parametrize(
    "row",
    ["C1,1,,Total\n", "C1,1,2025-05,Total\n", "Total,1,2025-05,5\n", ",,,5\n", "Page 2,,,\n", "--,,,\n"],
)
def test_a_row_that_may_be_a_record_is_refused_with_its_reason(plan: Plan, tmp_path: Path, row: str) -> None:
    found = previewed(plan, saved(tmp_path, HEADER + ROW + row))
    assert (counts(found)[3], found.notes) == (1, ())


def test_totals_are_rows_like_others_where_a_person_wants_that(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, HEADER + ROW + "Total,,,5\n")
    dialect = replace(detect(file, TABLES["deliveries"]), totals=False)
    found = imports.preview(plan, "deliveries", file, dialect=dialect)
    assert (counts(found), found.notes) == ((1, 0, 0, 1), ())


def test_a_record_called_total_stays_one(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, "code,name\nTOTAL,TotalEnergies\nTotal,Total\n"), "organisations")
    assert (counts(found)[0], found.notes) == (2, ())


def test_headings_of_texts_alone_that_come_again_are_no_record(plan: Plan, tmp_path: Path) -> None:
    found = previewed(plan, saved(tmp_path, "code,name\nA,Alpha\ncode,name\nB,Beta\n"), "organisations")
    assert (counts(found), found.notes) == ((2, 0, 0, 0), ("1 row of headings that come again was left out.",))


@given(rows=st.lists(st.sampled_from(["good", "total", "heading", "bad"]), max_size=30))
def test_every_row_is_in_refused_or_counted(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    texts = {"good": "A,1,2025-03,5", "total": "Total,,,9", "heading": HEADER.strip(), "bad": "A,1,never,5"}
    file = saved(tmp_path_factory.mktemp("rows"), HEADER + "".join(f"{texts[row]}\n" for row in rows))
    seen = inspection.inspect(file, "deliveries")
    assert (seen.rows, seen.refused) == (rows.count("good") + rows.count("bad"), rows.count("bad"))
    for kind, word in (("total", "totals"), ("heading", "headings")):
        told = [note for note in seen.notes if word in note]
        assert [note.split()[0] for note in told] == ([str(rows.count(kind))] if kind in rows else [])
