"""The report: a page to print, a workbook, a web page, from the window and from the command line."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from python_calamine import CalamineWorkbook

from planner.analysis import Period, Scope, Subject
from planner.plan import Plan
from tests.journeys.desk import Desk, click
from tests.planner.cli.conftest import Run, run
from ui.dialogs.report import ReportDialog
from ui.report import least_covered, printable

__all__ = ["run"]


def sheets(path: Path) -> list[str]:
    return CalamineWorkbook.from_path(path).sheet_names


def test_it_is_asked_for_and_written_beside_the_window(
    desk: Desk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start(sample)
    target = tmp_path / "report.xlsx"
    desk.shortcut(Qt.Key.Key_P)
    dialog = desk.dialog(ReportDialog)
    dialog.about.setCurrentIndex(dialog.about.findText("Co"))
    dialog.kind.setCurrentIndex(dialog.kind.findData(".xlsx"))
    monkeypatch.setattr("ui.dialogs.report.QFileDialog.getSaveFileName", lambda *_: (str(target), ""))
    click(dialog.write_button)
    desk.wait(lambda: window.statusBar().currentMessage() == f"Wrote {target}")
    cover = CalamineWorkbook.from_path(target).get_sheet_by_name("Cover").to_python()
    assert {row[0] for row in cover[4:-1]} == {"Co"}
    shown = window.plan.cover(Subject("element", "Co"), by=Period.QUARTER).rows
    assert [row[2] for row in cover[4:-1]] == pytest.approx([row.demand for row in shown])


@pytest.mark.parametrize(("name", "begins"), [("r.pdf", b"%PDF-"), ("r.html", b"<!DOCTYPE html>"), ("r.xlsx", b"PK")])
def test_the_command_writes_each_kind(run: Run, sample: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    target = tmp_path / name
    answer = run("report", sample, target, "--json")
    assert answer.document == {"file": str(target)}
    assert target.read_bytes().startswith(begins)


def test_the_page_to_print_is_one(run: Run, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    assert run("report", sample, target, "--by", "month").status == 0
    assert target.read_bytes().count(b"/Type /Page\n") == 1


def test_the_workbook_has_a_sheet_a_subject(run: Run, sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    run("report", sample, target, "--from", "2027-01", "--to", "2029-12")
    assert sheets(target) == [
        *("About", "Summary", "Cover", "Supported", "Spend", "Carbon", "Concentration", "Recycled"),
        *("Targets", "Findings", "Dates"),
    ]
    book = CalamineWorkbook.from_path(target)
    assert book.get_sheet_by_name("Supported").to_python()[4][0] == "2027"
    assert book.get_sheet_by_name("Summary").to_python()[3][2:] == ["2027", "2028", "2029"]


def test_another_kind_is_refused_and_nothing_written(run: Run, sample: Path, tmp_path: Path) -> None:
    answer = run("report", sample, tmp_path / "r.docx")
    assert answer.status == 2
    assert "r.docx does not end in .pdf, .xlsx or .html" in answer.err
    assert not (tmp_path / "r.docx").exists()


def test_what_does_not_fit_on_a_page_goes_by_years(sample: Path) -> None:
    with Plan.open(sample, person="Tester") as plan:
        monthly = Scope(by=Period.MONTH)
        assert printable(monthly, Path("r.pdf"), plan).by is Period.YEAR
        assert printable(monthly, Path("r.xlsx"), plan).by is Period.MONTH
        assert least_covered(plan, Scope()) == Subject("element", "Co")
