"""The import dialog previews after each choice, applies once, and leaves nothing behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from planner.changes import ChangeSet
from planner.errors import PlannerError
from planner.model import TABLES
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import drafts_of
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
    dialog = ImportDialog(plan, file, table)
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
    assert dialog.columns.text() == (
        "Columns: Contract ← contract, Line ← line, Month ← month, Quantity (t) ← quantity_t.   Left out: colour."
    )
    assert dialog.summary.text() == "1 new,  1 changed,  0 the same,  1 refused"
    assert not dialog.progress.isVisible()


def test_each_tab_shows_the_columns_that_say_something(dialog: ImportDialog) -> None:
    shown = []
    for tab in range(4):
        dialog.tabs.setCurrentIndex(tab)
        shown.append([column for column in range(6) if not dialog.view.isColumnHidden(column)])
    assert shown == [[0, 1, 2, 3, 4, 5], [1, 4], [1, 2, 3, 4], [1, 2, 4, 5]]


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
    assert seen == {"fr": "1.25", "en": "1,250"}


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
    def refuse(_draft: int) -> ChangeSet:
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
    assert dialog.model.index(LISTED, 1).data() == "and more: 600 new in all"
    assert set(TABLES) == {dialog.table.itemData(at) for at in range(dialog.table.count())}
