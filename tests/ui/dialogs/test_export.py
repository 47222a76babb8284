"""The export dialog writes the chosen table for a person or a program, or says why it cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from planner.exchange import imports
from planner.model import TABLES
from planner.plan import Plan
from ui.dialogs.export import ExportDialog


@pytest.fixture
def plan(sample: Path) -> Iterator[Plan]:
    with Plan.open(sample, person="Tester") as opened:
        yield opened


@pytest.fixture
def dialog(qtbot: QtBot, plan: Plan, tmp_path: Path) -> ExportDialog:
    made = ExportDialog(plan, "lines", tmp_path)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_starts_with_the_table_of_the_page(dialog: ExportDialog) -> None:
    assert dialog.table.currentText() == "Lines"
    assert dialog.table.count() == len(TABLES)
    assert dialog.people.isChecked()


@pytest.mark.parametrize("people", [True, False])
def test_every_table_that_is_written_imports_unchanged(
    dialog: ExportDialog, plan: Plan, tmp_path: Path, people: bool
) -> None:
    dialog.people.setChecked(people)
    dialog.machines.setChecked(not people)
    for table in TABLES:
        dialog.table.setCurrentIndex(dialog.table.findData(table))
        dialog.write(tmp_path / f"{table}.csv")
        found = imports.preview(plan, table, tmp_path / f"{table}.csv").preview
        assert (table, found.new, found.changed, found.same, found.problems) == (table, 0, 0, plan.count(table), ())


def test_it_asks_where_to_and_closes(dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return suggested, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog.export_button.click()
    assert asked == [str(tmp_path / "lines.csv")]
    assert not dialog.isVisible()
    assert dialog.said == f"Wrote 8 rows to {tmp_path / 'lines.csv'}"


def test_a_name_without_an_ending_gets_one(
    dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine"), ""))
    dialog.export_button.click()
    assert (tmp_path / "mine.csv").exists()


def test_what_stands_in_the_way_is_said_and_the_dialog_stays(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.write(tmp_path / "no folder" / "lines.csv")
    assert dialog.isVisible()
    assert dialog.trouble.isVisible()
    assert "no folder" in dialog.trouble.text()
    assert dialog.said == ""
