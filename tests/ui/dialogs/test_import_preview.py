"""The import dialog previews after each choice, applies once, and leaves nothing behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QInputDialog
from pytestqt.qtbot import QtBot

from planner.changes import ChangeSet
from planner.errors import PlannerError
from planner.exchange.profiles import Profiles
from planner.model import TABLES
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import drafts_of
from ui.dialogs.import_effect import NO_EFFECT, TOO_MANY
from ui.dialogs.import_mapping import THE_SAME
from ui.dialogs.import_page import FILE_TAB, TABS
from ui.dialogs.import_preview import NOT_READ, ImportDialog
from ui.dialogs.import_rows import LISTED

ROWS = """contract,line,month,quantity_t,colour
EXC-CO-2025,1,2026-01,5,red
EXC-CO-2025,1,2028-01,6,
NOBODY,1,2026-01,7,
"""


@pytest.fixture
def plan(sample: Path) -> Iterator[Plan]:
    with Plan.open(sample, person="Tester") as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "deliveries.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def opened(qtbot: QtBot, plan: Plan, file: Path, table: str = "deliveries") -> ImportDialog:
    dialog = ImportDialog(plan, file, table, profiles=Profiles(file.parent / "profiles"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    qtbot.addWidget(dialog, before_close_func=lambda _: finish(qtbot, dialog))
    dialog.show()
    return dialog


def finish(qtbot: QtBot, dialog: ImportDialog) -> None:
    dialog.reject()
    qtbot.waitUntil(lambda: not dialog.busy)


def ready(qtbot: QtBot, dialog: ImportDialog) -> ImportDialog:
    qtbot.waitUntil(lambda: not dialog.busy)
    return dialog


@pytest.fixture
def dialog(qtbot: QtBot, plan: Plan, file: Path) -> ImportDialog:
    return ready(qtbot, opened(qtbot, plan, file))


def choose(dialog: ImportDialog, box: str, key: str) -> None:
    combo = {"table": dialog.table, "mode": dialog.mode, "locale": dialog.locale_box, "delimiter": dialog.delimiter}[
        box
    ]
    combo.setCurrentIndex(combo.findData(key))
    combo.activated.emit(combo.currentIndex())


def test_it_says_how_the_columns_were_understood(dialog: ImportDialog) -> None:
    panel = dialog.page.mapping
    told = {name: (box.currentText(), panel.hows[name].text()) for name, box in panel.boxes.items()}
    assert told == {
        "contract": ("contract", "by its name"),
        "line": ("line", "by its name"),
        "month": ("month", "by its name"),
        "quantity_t": ("quantity_t", "by its name"),
        "status": ("—", ""),
    }
    assert dialog.page.notes.text() == "Left out: colour."
    assert dialog.summary.text() == "1 new,  1 changed,  0 the same,  1 refused"
    assert not dialog.progress.isVisible()


def test_reasons_are_shown_where_there_are_any(dialog: ImportDialog) -> None:
    shown = []
    for tab in range(4):
        dialog.tabs.setCurrentIndex(tab)
        shown.append(dialog.view.isColumnHidden(dialog.model.reason_column))
    assert shown == [False, True, True, False]
    assert dialog.page.reason.text().startswith("Contract: there is no contract 'NOBODY'")


@pytest.mark.parametrize(("mode", "button"), [("add", "Import 1 row"), ("update", "Import 1 row")])
def test_another_mode_is_another_preview(
    qtbot: QtBot, plan: Plan, dialog: ImportDialog, mode: str, button: str
) -> None:
    choose(dialog, "mode", mode)
    assert not dialog.apply_button.isEnabled()
    ready(qtbot, dialog)
    assert dialog.apply_button.text() == button
    assert dialog.summary.text().endswith("2 refused")
    assert len(drafts_of(plan)) == 1


def test_the_numbers_are_read_as_the_person_says(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "deliveries.csv"
    file.write_text("contract;line;month;quantity_t\nEXC-CO-2025;1;2026-01;1,250\n", encoding="utf-8")
    dialog = ready(qtbot, opened(qtbot, plan, file))
    seen = {}
    for locale in ("fr", "en"):
        choose(dialog, "locale", locale)
        ready(qtbot, dialog)
        seen[locale] = dialog.model.index(0, 4).data()
    assert seen == {"fr": "8.334 → 1.25", "en": "8.334 → 1,250"}


def test_a_doubt_about_the_numbers_is_said(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "deliveries.csv"
    file.write_text("contract;line;month;quantity_t\nEXC-CO-2025;1;2026-01;1,250\n", encoding="utf-8")
    dialog = ready(qtbot, opened(qtbot, plan, file))
    assert dialog.doubt.isVisible() == bool(dialog.doubt.text())


def test_a_choice_while_it_reads_cancels_that_preview(qtbot: QtBot, plan: Plan, file: Path) -> None:
    dialog = opened(qtbot, plan, file)
    choose(dialog, "mode", "add")
    choose(dialog, "mode", "update")
    ready(qtbot, dialog)
    assert dialog.found is not None
    assert (dialog.found.preview.new, dialog.found.preview.changed) == (0, 1)
    assert drafts_of(plan) == [dialog.found.preview.draft]


def test_a_table_that_the_file_is_not_for_is_refused_with_a_sentence(qtbot: QtBot, dialog: ImportDialog) -> None:
    choose(dialog, "table", "chemistries")
    ready(qtbot, dialog)
    assert dialog.summary.text().endswith(".")
    assert "deliveries.csv" in dialog.summary.text()
    assert not dialog.apply_button.isEnabled()
    assert not dialog.rejects_button.isEnabled()
    assert [dialog.tabs.tabText(at) for at in range(4)] == ["All", "New", "Changed", "Refused"]
    assert dialog.model.rowCount() == 0
    choose(dialog, "table", "deliveries")
    ready(qtbot, dialog)
    assert dialog.apply_button.text() == "Import 2 rows"


def test_a_file_that_is_gone_is_said(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    dialog = ready(qtbot, opened(qtbot, plan, tmp_path / "gone.csv"))
    assert "gone.csv" in dialog.summary.text()
    assert not dialog.apply_button.isEnabled()


def test_the_rows_go_in_once(qtbot: QtBot, plan: Plan, dialog: ImportDialog) -> None:
    heard: list[ChangeSet] = []
    plan.subscribe(heard.append)
    said: list[str] = []
    dialog.imported.connect(said.append)
    dialog.apply()
    dialog.apply()
    dialog.reject()
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).isEnabled()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert said == ["Import deliveries from deliveries.csv: 1 new, 1 changed"]
    assert len(heard) == 1
    assert drafts_of(plan) == []
    assert plan.find("deliveries", ("EXC-CO-2025", 1, Month.of(2028, 1))) is not None


def test_what_stands_in_the_way_of_the_rows_is_said_and_they_can_be_tried_again(
    qtbot: QtBot, plan: Plan, dialog: ImportDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> ChangeSet:
        raise PlannerError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(plan, "apply_draft", refuse)
        dialog.apply()
        ready(qtbot, dialog)
    assert dialog.doubt.text() == "The disk is full."
    assert dialog.doubt.isVisible()
    assert dialog.table.isEnabled()
    dialog.apply()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert plan.undo_title == "Import deliveries from deliveries.csv: 1 new, 1 changed"


def test_a_bug_while_reading_ends_the_preview(
    qtbot: QtBot, plan: Plan, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug for the test")

    monkeypatch.setattr("ui.dialogs.import_preview.imports.preview", broken)
    with qtbot.captureExceptions() as caught:
        dialog = ready(qtbot, opened(qtbot, plan, file))
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert dialog.summary.text() == NOT_READ


def test_closing_leaves_no_draft(qtbot: QtBot, plan: Plan, dialog: ImportDialog) -> None:
    assert len(drafts_of(plan)) == 1
    dialog.reject()
    ready(qtbot, dialog)
    assert not dialog.isVisible()
    assert drafts_of(plan) == []


def test_closing_while_it_reads_leaves_no_draft(qtbot: QtBot, plan: Plan, file: Path) -> None:
    dialog = opened(qtbot, plan, file)
    dialog.close()
    ready(qtbot, dialog)
    assert drafts_of(plan) == []
    assert dialog.found is None


def test_refused_rows_that_cannot_be_written_are_said(
    dialog: ImportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no folder" / "a.csv"), ""))
    dialog.rejects_button.click()
    assert "no folder" in dialog.doubt.text()
    assert dialog.doubt.isVisible()


def test_a_long_preview_lists_the_first_rows_and_how_many_there_are(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "organisations.csv"
    rows = "".join(f"ORG-{number:04d},Name {number}\n" for number in range(LISTED + 100))
    file.write_text("code,name\n" + rows, encoding="utf-8")
    dialog = ready(qtbot, opened(qtbot, plan, file, "organisations"))
    dialog.tabs.setCurrentIndex(1)
    assert dialog.model.rowCount() == LISTED + 1
    assert dialog.model.index(LISTED, 0).data() == "… and more: 600 in all"
    assert set(TABLES) == {dialog.table.itemData(at) for at in range(dialog.table.count())}


def test_columns_that_nobody_knows_are_given_by_hand_and_a_profile_remembers_them(
    qtbot: QtBot, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sales.csv"
    file.write_text("ref;when;how much\nEXC-CO-2025;2028-01;5,5\n", encoding="utf-8")
    dialog = ready(qtbot, opened(qtbot, plan, file))
    panel = dialog.page.mapping
    assert "say on the left which column is which" in dialog.summary.text()
    assert dialog.tabs.currentIndex() == FILE_TAB
    assert not dialog.apply_button.isEnabled()
    for name, column in (("contract", 0), ("month", 1), ("quantity_t", 2)):
        box = panel.boxes[name]
        box.setCurrentIndex(box.findData(column))
        box.activated.emit(box.currentIndex())
        ready(qtbot, dialog)
    assert panel.hows["line"].text() == "needed: choose a column"
    box = panel.boxes["line"]
    box.setCurrentIndex(box.findData(THE_SAME))
    box.activated.emit(box.currentIndex())
    panel.constants["line"].setText("1")
    panel.constants["line"].editingFinished.emit()
    ready(qtbot, dialog)
    assert dialog.summary.text() == "1 new,  0 changed,  0 the same,  0 refused"
    assert panel.hows["contract"].text() == "chosen by you"

    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Sales of Excellence", True))
    dialog.page.save_profile.click()
    ready(qtbot, dialog)
    assert dialog.page.profile.currentText() == "Sales of Excellence"
    dialog.reject()
    ready(qtbot, dialog)
    again = ready(qtbot, opened(qtbot, plan, file))
    assert again.page.profile.currentText() == "Sales of Excellence"
    assert again.summary.text() == "1 new,  0 changed,  0 the same,  0 refused"
    again.page.profile.setCurrentIndex(0)
    again.page.profile.activated.emit(0)
    ready(qtbot, again)
    assert not again.apply_button.isEnabled()


def test_what_was_said_outlives_a_file_that_cannot_be_read(qtbot: QtBot, dialog: ImportDialog, file: Path) -> None:
    choose(dialog, "locale", "fr")
    ready(qtbot, dialog)
    text = file.read_bytes()
    file.unlink()
    choose(dialog, "mode", "add")
    ready(qtbot, dialog)
    assert "deliveries.csv" in dialog.summary.text()
    file.write_bytes(text)
    choose(dialog, "mode", "upsert")
    ready(qtbot, dialog)
    assert dialog.locale_box.currentData() == "fr"
    assert dialog.apply_button.text() == "Import 2 rows"


def test_a_row_left_out_stays_out_when_a_cell_is_mended(qtbot: QtBot, plan: Plan, dialog: ImportDialog) -> None:
    tick(dialog, 2)
    assert dialog.apply_button.text() == "Import 1 row"
    assert dialog.model.index(0, 1).data() == "NOBODY"
    assert dialog.model.setData(dialog.model.index(0, 1), "VUL-LI-2026")
    ready(qtbot, dialog)
    assert dialog.summary.text().endswith("0 refused")
    assert dialog.apply_button.text() == "Import 2 rows"
    dialog.apply()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert plan.find("deliveries", ("EXC-CO-2025", 1, Month.of(2028, 1))) is None
    assert plan.find("deliveries", ("VUL-LI-2026", 1, Month.of(2026, 1))) is not None


def test_records_that_the_file_no_longer_has_go_when_that_is_ticked(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "deliveries.csv"
    file.write_text("contract,line,month,quantity_t\nEXC-CO-2025,1,2026-01,5\n", encoding="utf-8")
    dialog = ready(qtbot, opened(qtbot, plan, file))
    count = plan.count("deliveries")
    box = dialog.page.delete_box
    assert box.isVisible()
    assert not box.isChecked()
    assert box.text() == f"Delete {count - 1:,} records that the file no longer has"
    deleted = [text for text, _ in TABS].index("Deleted")
    assert not dialog.tabs.isTabVisible(deleted)
    box.click()
    ready(qtbot, dialog)
    assert dialog.tabs.tabText(deleted) == f"Deleted {count - 1}"
    dialog.tabs.setCurrentIndex(deleted)
    assert dialog.model.index(0, 0).data() == "Deleted"
    assert dialog.apply_button.text() == f"Import 1 row, delete {count - 1}"
    dialog.apply()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert plan.count("deliveries") == 1


def test_nothing_is_deleted_while_a_row_may_mean_any_record(qtbot: QtBot, dialog: ImportDialog) -> None:
    dialog.page.delete_box.click()
    ready(qtbot, dialog)
    assert "Nothing is deleted yet: 1 refused row does not say which record it means." in dialog.page.notes.text()
    assert dialog.apply_button.text() == "Import 2 rows"


def test_the_effect_follows_the_ticks(
    qtbot: QtBot, plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "large.csv"
    file.write_text(f"{ROWS.splitlines()[0]}\nEXC-CO-2025,1,2026-01,500,\nEXC-CO-2025,1,2028-01,600,\n", "utf-8")
    dialog = ready(qtbot, opened(qtbot, plan, file))
    line = dialog.page.effect.line
    assert line.text().startswith("Cover:  Co 2026: ")
    tick(dialog, 0)
    tick(dialog, 1)
    qtbot.waitUntil(lambda: line.text() == "")
    assert dialog.apply_button.text() == "Nothing to import"
    monkeypatch.setattr("ui.dialogs.import_preview.imports.EFFECT_ROWS", 0)
    tick(dialog, 1)
    qtbot.waitUntil(lambda: line.text() == TOO_MANY)


def test_without_an_effect_cover_stays(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "organisations.csv"
    file.write_text("code,name\nNEW,New one\n", encoding="utf-8")
    dialog = ready(qtbot, opened(qtbot, plan, file, "organisations"))
    assert dialog.page.effect.line.text() == NO_EFFECT


def test_a_workbook_shows_its_sheets(qtbot: QtBot, plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name, tonnes in (("Winter", 5), ("Summer", 6)):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("contract", "line", "month", "quantity_t"))
            sheet.write_row(1, 0, ("EXC-CO-2025", 1, "2026-01", tonnes))
    dialog = ready(qtbot, opened(qtbot, plan, file))
    choices = dialog.page.choices
    assert choices.sheet.isVisible()
    assert not choices.encoding.isVisible()
    assert dialog.model.index(0, 4).data() == "8.334 → 5"
    choices.sheet.setCurrentIndex(1)
    choices.sheet.activated.emit(1)
    ready(qtbot, dialog)
    assert choices.sheet.currentText() == "Summer"
    assert dialog.model.index(0, 4).data() == "8.334 → 6"


def tick(dialog: ImportDialog, row: int) -> None:
    """Take a row out, or in again, with the mouse's box."""
    index = dialog.model.index(row, 0)
    was = index.data(Qt.ItemDataRole.CheckStateRole)
    now = Qt.CheckState.Checked if was == Qt.CheckState.Unchecked else Qt.CheckState.Unchecked
    assert dialog.model.setData(index, now.value, Qt.ItemDataRole.CheckStateRole)
