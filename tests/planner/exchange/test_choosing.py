"""What a person changes in a preview: cells that are mended, rows that stay out, records that go."""

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.amended import amended_batch
from planner.exchange.batch import Batch
from planner.exchange.mapping import MappingChoice
from planner.exchange.rejects import write_rejects
from planner.exchange.unrecognised import plain_dialect
from planner.plan import Plan
from tests.planner.exchange.imported import HEADER, contents, counts, saved

cells = st.text(max_size=3)


@given(st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_mended_cells_stand_in_their_place_and_no_other_cell_moves(rows: list[list[str]], data: st.DataObject) -> None:
    lines = range(2, 2 + len(rows))
    places = st.dictionaries(st.integers(0, 6), cells, max_size=3)
    mended = data.draw(st.dictionaries(st.sampled_from([*lines, 99]), places, max_size=4))
    found = amended_batch(Batch.of_rows(lines, rows, 0.5), mended)
    assert (found.lines, found.done) == (lines, 0.5)
    for line, row, now in zip(lines, rows, found.rows, strict=True):
        wanted = dict(enumerate(row)) | dict(mended.get(line, {}))
        assert {at: text for at, text in enumerate(now) if text} == {at: text for at, text in wanted.items() if text}


def test_a_mended_cell_is_read_again_and_the_file_stays_as_it_is(plan: Plan, tmp_path: Path) -> None:
    text = f"{HEADER}C1,1,2025-02,many\nC1,1,2025-03,1.5\n"
    file = saved(tmp_path, text)
    assert counts(imports.preview(plan, "deliveries", file)) == (1, 0, 0, 1)
    found = imports.preview(plan, "deliveries", file, amended={2: {3: "2.5"}})
    assert counts(found) == (2, 0, 0, 0)
    imports.apply(plan, found)
    assert [row[3] for row in contents(plan)[1]["deliveries"]] == [416_000, 2_500, 1_500]
    assert file.read_text(encoding="utf-8") == text


def test_refused_rows_are_saved_as_they_were_mended(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, f"{HEADER}C1,1,2025-02,many\n")
    found = imports.preview(plan, "deliveries", file, amended={2: {3: "more"}})
    write_rejects(found, tmp_path / "rejects.csv")
    assert "C1,1,2025-02,more,quantity_t: 'more' is not a number" in (tmp_path / "rejects.csv").read_text("utf-8-sig")


def test_a_narrowed_preview_counts_what_is_left(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, f"{HEADER}C1,1,2025-01,5\nC1,1,2025-02,1\nC1,1,2025-03,2\n")
    found = imports.preview(plan, "deliveries", file)
    assert found.preview.changes is not None
    rows = {change.label: change.row for change in found.preview.changes}
    left = imports.narrowed(plan, found, {rows["C1 1 2025-02"]})
    assert counts(left) == (1, 1, 0, 0)
    assert imports.apply(plan, left).edit.title == "Import deliveries from in.csv: 1 new, 1 changed"


def test_rows_left_out_at_the_end_are_not_in_the_title(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, f"{HEADER}C1,1,2025-02,1\nC1,1,2025-03,2\n")
    found = imports.preview(plan, "deliveries", file, delete_missing=True)
    assert (found.preview.new, found.preview.deleted) == (2, 1)
    assert found.preview.changes is not None
    deleted = {change.row for change in found.preview.changes if change.after is None}
    assert imports.effect(plan, found, without=deleted) != imports.effect(plan, found)
    assert imports.apply(plan, found, without=deleted).edit.title == "Import deliveries from in.csv: 2 new"
    assert len(contents(plan)[1]["deliveries"]) == 3


def test_a_preview_that_changes_nothing_has_no_effect_and_cannot_be_applied(plan: Plan, tmp_path: Path) -> None:
    found = imports.preview(plan, "deliveries", saved(tmp_path, f"{HEADER}C1,1,2025-01,416\n"))
    assert imports.effect(plan, found) == ()
    with pytest.raises(PlannerError, match="there is nothing to import"):
        imports.apply(plan, found)


def test_the_effect_of_too_many_rows_is_left_out(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "EFFECT_ROWS", 1)
    found = imports.preview(plan, "deliveries", saved(tmp_path, f"{HEADER}C1,1,2025-02,1\nC1,1,2025-03,2\n"))
    assert imports.effect(plan, found) is None


def test_a_row_that_cannot_be_read_keeps_its_record(plan: Plan, tmp_path: Path) -> None:
    kept = imports.preview(
        plan, "deliveries", saved(tmp_path, f"{HEADER}C1,1,2025-01,many\nC1,1,2025-02,1\n"), delete_missing=True
    )
    assert (kept.preview.deleted, kept.preview.missing, kept.preview.unsure) == (0, 0, 0)
    unsure = imports.preview(
        plan, "deliveries", saved(tmp_path, f"{HEADER}C1,1,never,5\nC1,1,2025-02,1\n"), delete_missing=True
    )
    assert (unsure.preview.deleted, unsure.preview.missing, unsure.preview.unsure) == (0, 1, 1)


def test_columns_and_constants_that_a_person_chose(plan: Plan, tmp_path: Path) -> None:
    file = saved(tmp_path, "ref;what;how much\nC1;2025-02;1,5\n")
    choice = MappingChoice(columns={"contract": 0, "month": 1, "quantity_t": 2}, constants={"line": "1"})
    found = imports.preview(plan, "deliveries", file, dialect=plain_dialect(file), choice=choice)
    assert counts(found) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("text", "delimiter", "line"),
    [("a;b;c\n1;2;3\n", ";", 1), ("Title\n\na|b|c\n1|2|3\n", "|", 3), ("a,b\n1,2\n", ",", 1), ("alone\n", ",", 1)],
)
def test_a_file_whose_header_nobody_knows_is_read_as_it_stands(
    tmp_path: Path, text: str, delimiter: str, line: int
) -> None:
    dialect = plain_dialect(saved(tmp_path, text))
    assert (dialect.delimiter, dialect.header_line) == (delimiter, line)


def test_refused_rows_of_a_workbook_are_saved_as_text_and_import_again_when_mended(plan: Plan, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "book.xlsx")) as book:
        sheet = book.add_worksheet("Deliveries")
        sheet.write_row(1, 0, ("contract", "line", "Feb 2025", "Mar 2025", "Apr 2025"))
        sheet.write_row(2, 0, ("C1", 1, 1.5, "many", 2.5))
    found = imports.preview(plan, "deliveries", tmp_path / "book.xlsx")
    assert counts(found) == (2, 0, 0, 1)
    imports.apply(plan, found)
    rejects = tmp_path / "rejects.csv"
    write_rejects(found, rejects)
    assert rejects.read_text("utf-8-sig").splitlines()[0] == "contract,line,month,quantity_t,reason"
    rejects.write_bytes(rejects.read_bytes().replace(b",many,", b",7.25,"))
    again = imports.preview(plan, "deliveries", rejects)
    assert counts(again) == (1, 0, 0, 0)
    imports.apply(plan, again)
    assert [row[3] for row in contents(plan)[1]["deliveries"]] == [416_000, 1_500, 7_250, 2_500]
