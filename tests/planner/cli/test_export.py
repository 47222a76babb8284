"""`export --all`, `import --all` and `calloff`: answers in text and JSON, exit statuses, and the files."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from planner.model import TABLES
from tests.planner.cli.conftest import Run


@pytest.mark.parametrize("name", ["all.xlsx", "package"])
def test_the_whole_plan_goes_out_and_comes_back_without_a_change(
    run: Run, sample: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    answer = run("export", sample, "--all", target, "--json")
    rows = answer.document["rows"]
    assert (answer.status, answer.document["target"]) == (0, str(target))
    before = run("history", sample, "--json").document
    answer = run("import", sample, "--all", target, "--json")
    assert answer.status == 0
    assert [each["table"] for each in answer.document["tables"]] == list(TABLES)
    assert sum(each["same"] for each in answer.document["tables"]) == rows
    assert {each["edit"] for each in answer.document["tables"]} == {None}
    assert run("history", sample, "--json").document == before
    assert run("export", sample, "--all", target).out == f"Wrote {rows} rows of all tables to {target}.\n"


def test_a_new_plan_is_filled_from_a_workbook(run: Run, sample: Path, tmp_path: Path) -> None:
    target, other = tmp_path / "all.xlsx", tmp_path / "other.offtake"
    run("export", sample, "--all", target)
    run("new", other)
    answer = run("import", other, "--all", target, "--dry-run")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.splitlines()[0].split() == ["table", "new", "changed", "same", "refused"]
    assert answer.out.splitlines()[-1] == "Nothing was changed (dry run)."
    assert run("import", other, "--all", target).status == 0
    assert run("export", other, "deliveries").out == run("export", sample, "deliveries").out


def test_refused_rows_make_it_done_in_part_and_with_whole_not_done(run: Run, sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "deliveries.csv").write_text(
        "contract,line,month,quantity_t\nMNG-CO-2025,2,2026-01,10\nMNG-CO-2025,1,2025-03,0.0004\n"
    )
    (folder / "notes.md").write_text("hello")
    answer = run("import", sample, "--all", folder, "--whole")
    assert answer.status == 2
    assert answer.out.splitlines()[-1] == "Nothing was changed: not every row can go in."
    answer = run("import", sample, "--all", folder)
    assert answer.status == 1
    assert "deliveries.csv, line 3: quantity_t '0.0004': 0.0004 has more than 3 decimals" in answer.err
    assert "Left out, for no table: notes.md." in answer.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "--all", "out", "lines"), "--all writes every table, for machines: name neither"),
        (("export",), "Name the TABLE to write, or every table by --all FOLDER"),
        (("export", "lines", "out.xlsx", "--locale", "fr"), "A workbook has no locale"),
        (("import", "--all", "out", "lines"), "--all brings in every table: name neither"),
        (("import", "lines"), "Name the TABLE and the FILE, or bring in every table"),
        (("import", "--all", "none"), "There is no folder or workbook none"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, sample: Path, arguments: tuple[str, ...], sentence: str) -> None:
    command, *rest = arguments
    answer = run(command, sample, *rest)
    assert answer.status == 2
    assert sentence in answer.err


def test_a_table_becomes_a_workbook_by_the_name_of_the_file(run: Run, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "lines.XLSX"
    answer = run("export", sample, "lines", target, "--json")
    assert answer.document == {"file": str(target), "table": "lines", "rows": 8}
    assert CalamineWorkbook.from_path(target).sheet_names == ["About", "Lines"]


def test_call_offs_are_written_for_each_supplier_or_for_one(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("calloff", sample, tmp_path / "all.xlsx", "--json")
    assert answer.status == 0
    assert CalamineWorkbook.from_path(tmp_path / "all.xlsx").sheet_names == answer.document["suppliers"]
    folder = tmp_path / "out"
    folder.mkdir()
    answer = run("calloff", sample, folder, "--supplier", "EXAMPLE-CO", "--as", "csv", "--locale", "fr")
    assert (answer.status, answer.out) == (0, f"Wrote {folder / 'Call-offs EXAMPLE-CO.csv'}.\n")
    text = (folder / "Call-offs EXAMPLE-CO.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("Contract;Line;Material;Name;Plant;Unit;Status;2025-01;")


def test_call_offs_of_a_horizon_and_of_what_is_not_agreed(run: Run, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    answer = run("calloff", sample, target, "--supplier", "MANAGEM", "--from", "2026-01", "--to", "2026-03")
    assert answer.status == 2
    assert "Nothing is agreed with MANAGEM yet: MNG-CO-2025 (memorandum)" in answer.err
    horizon = ("--from", "2026-01", "--to", "2026-03", "--stages", "all")
    assert run("calloff", sample, target, "--supplier", "MANAGEM", *horizon).status == 0
    assert target.read_text(encoding="utf-8-sig").splitlines()[1].endswith(",Status,2026-01,2026-02,2026-03,Total")


def test_call_offs_in_an_unknown_locale_are_refused(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("calloff", sample, tmp_path / "out.csv", "--locale", "xx")
    assert (answer.status, answer.err[:25]) == (2, "There is no locale 'xx'; ")
