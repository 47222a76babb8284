"""A planner drops a supplier's file on the window, looks at what it would change, and takes it in."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QWidget

from planner.units import Month
from tests.journeys.desk import (
    Desk,
    button,
    click,
    column_of,
    computed,
    contents,
    cover,
    drawn,
    row_of,
    supply_of,
    visible_dialogs,
)
from tests.ui.grids.keys import press, text
from ui.dialogs.import_preview import ImportDialog
from ui.inbox import InboxBar

# One new, two changed, one the same, four refused: no such line, no number, no such day, the same month twice.
LINES = (
    "Livraisons confirmées du fournisseur – à intégrer",
    "",
    "Contrat;Ligne;Mois;Quantité;Statut",
    "EXC-CO-2025;1;15/01/2028;12,5;Planned",
    "EXC-CO-2025;1;15/02/2026;1 250,75;Confirmed",
    "EXC-CO-2025;1;15/03/2026;8,334;Confirmed",
    "EXC-CO-2025;1;15/04/2026;8,334;Planned",
    "INCONNU-é;1;15/05/2026;1;Planned",
    "EXC-CO-2025;1;15/06/2026;beaucoup;Planned",
    "EXC-CO-2025;1;31/02/2026;1;Planned",
    "VUL-LI-2026;1;15/07/2026;1,5;Planned",
    "VUL-LI-2026;1;16/07/2026;2,5;Planned",
)


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """Write the file as a French spreadsheet does."""
    path = tmp_path / "Livraisons 2026.csv"
    path.write_bytes("\r\n".join(LINES).encode("cp1252"))
    return path


def shown(dialog: ImportDialog) -> list[tuple[str, ...]]:
    """Return the rows of the preview as they are read."""
    model = dialog.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def test_a_french_file_is_understood_previewed_and_taken_in_as_one_edit(
    desk: Desk, sample: Path, delivered: Path
) -> None:
    plan = desk.start(sample).plan
    overview = desk.overview()
    before, figures, edits = contents(plan, "deliveries"), cover(plan), plan.history()

    dialog = desk.preview(delivered)
    assert dialog.summary.text() == "1 new,  2 changed,  1 the same,  5 refused"
    assert (dialog.encoding.currentText(), dialog.delimiter.currentText()) == ("Windows-1252", "Semicolon")
    assert dialog.locale_box.currentText() == "1 250,5"
    assert dialog.table.currentText() == "Deliveries"
    assert dialog.apply_button.text() == "Import 3 rows"
    assert dialog.apply_button.isDefault()
    assert contents(plan, "deliveries") == before

    click(button(dialog, "Import 3 rows"))
    desk.wait(lambda: not visible_dialogs(desk.window))
    after = cover(plan)
    assert supply_of(after, "2026-Q1") - supply_of(figures, "2026-Q1") == pytest.approx(1_250.75 - 8.334)
    desk.wait(lambda: drawn(overview) == computed(after))
    assert len(plan.history()) == len(edits) + 1
    assert desk.window.statusBar().currentMessage() == ("Import deliveries from Livraisons 2026.csv: 1 new, 2 changed")
    page = desk.deliveries()
    row = row_of(page, "EXC-CO-2025", 1)
    assert text(page.deliveries, (row, column_of(page, Month.of(2026, 2)))) == "1,250.75"
    assert text(page.deliveries, (row, column_of(page, Month.of(2028, 1)))) == "12.5"

    desk.shortcut(Qt.Key.Key_Z)
    assert contents(plan, "deliveries") == before
    assert cover(plan) == figures
    assert text(page.deliveries, (row, column_of(page, Month.of(2026, 2)))) == "8.334"


def test_each_row_of_the_preview_shows_its_difference_or_its_reason(desk: Desk, sample: Path, delivered: Path) -> None:
    desk.start(sample)
    dialog = desk.preview(delivered)
    assert [dialog.tabs.tabText(at) for at in range(4)] == ["All", "New 1", "Changed 2", "Refused 5"]

    dialog.tabs.setCurrentIndex(1)
    assert shown(dialog) == [("New", "EXC-CO-2025", "1", "2028-01", "12.5", "Planned", "")]
    dialog.tabs.setCurrentIndex(2)
    assert sorted(shown(dialog)) == [
        ("Changed", "EXC-CO-2025", "1", "2026-02", "8.334 → 1,250.75", "Planned → Confirmed", ""),
        ("Changed", "EXC-CO-2025", "1", "2026-03", "8.334", "Planned → Confirmed", ""),
    ]
    dialog.tabs.setCurrentIndex(3)
    refused = {row[0]: row for row in shown(dialog)}
    assert list(refused) == ["Line 8", "Line 9", "Line 10", "Line 11", "Line 12"]
    assert refused["Line 9"][1:6] == ("EXC-CO-2025", "1", "15/06/2026", "beaucoup", "Planned")
    assert refused["Line 9"][6].startswith("Quantity: 'beaucoup' is not a number")
    assert "12" in refused["Line 11"][6]
    assert "11" in refused["Line 12"][6]
    assert all(row[6] for row in refused.values())


def test_refused_rows_are_saved_mended_and_taken_in(
    desk: Desk, sample: Path, delivered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = desk.start(sample).plan
    dialog = desk.preview(delivered)
    rejects = tmp_path / "refused.csv"
    asked: list[str] = []

    def choose(_parent: object, _title: str, suggested: str, _kinds: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(rejects), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    click(button(dialog, "Save refused rows…"))
    assert asked == [str(delivered.with_name("Livraisons 2026-refused.csv"))]
    dialog.reject()
    desk.wait(lambda: not visible_dialogs(desk.window))

    rows = list(csv.reader(rejects.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["Contrat", "Ligne", "Mois", "Quantité", "Statut", "reason"]
    assert [row[0] for row in rows[1:]] == ["INCONNU-é", "EXC-CO-2025", "EXC-CO-2025", "VUL-LI-2026", "VUL-LI-2026"]
    assert all(row[-1] for row in rows[1:])

    mended = rejects.read_text(encoding="utf-8-sig").replace("beaucoup", "7,25")
    rejects.write_text(mended, encoding="utf-8-sig")
    again = desk.preview(rejects)
    assert again.summary.text() == "0 new,  1 changed,  0 the same,  4 refused"
    click(again.apply_button)
    desk.wait(lambda: not visible_dialogs(desk.window))
    row = plan.find("deliveries", ("EXC-CO-2025", 1, Month.of(2026, 6)))
    assert row is not None
    assert row.record.values()["quantity_kg"] == 7_250


def test_a_cancelled_preview_leaves_nothing_behind(desk: Desk, sample: Path, delivered: Path) -> None:
    plan = desk.start(sample).plan
    before, edits = contents(plan, "deliveries"), plan.history()
    dialog = desk.preview(delivered)
    found = dialog.found
    assert found is not None
    assert found.preview.draft is not None
    assert desk.drafts() == [found.preview.draft]
    click(dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel))
    desk.wait(lambda: not visible_dialogs(desk.window))
    desk.wait(lambda: not desk.drafts())
    assert contents(plan, "deliveries") == before
    assert plan.history() == edits
    assert not desk.window.actions_by_id["redo"].isEnabled()


def test_a_refused_cell_is_mended_in_place_and_a_row_is_left_out(desk: Desk, sample: Path, delivered: Path) -> None:
    plan = desk.start(sample).plan
    dialog = desk.preview(delivered)
    dialog.tabs.setCurrentIndex(3)
    cell = dialog.model.index(1, 4)
    assert cell.data() == "beaucoup"
    dialog.view.setCurrentIndex(cell)
    dialog.view.edit(cell)
    editor = dialog.view.findChild(QLineEdit)
    assert editor is not None
    editor.setText("7,25")
    press(Qt.Key.Key_Return)
    desk.wait(lambda: not dialog.busy)
    assert dialog.summary.text() == "1 new,  3 changed,  1 the same,  4 refused"

    dialog.tabs.setCurrentIndex(1)
    dialog.view.setCurrentIndex(dialog.model.index(0, 1))
    dialog.view.setFocus()
    QTest.keyClick(dialog.view, Qt.Key.Key_Space)
    assert dialog.apply_button.text() == "Import 3 rows"
    click(dialog.apply_button)
    desk.wait(lambda: not visible_dialogs(desk.window))
    assert plan.find("deliveries", ("EXC-CO-2025", 1, Month.of(2028, 1))) is None
    row = plan.find("deliveries", ("EXC-CO-2025", 1, Month.of(2026, 6)))
    assert row is not None
    assert row.record.values()["quantity_kg"] == 7_250
    assert plan.undo_title == "Import deliveries from Livraisons 2026.csv: 3 changed"


def test_a_file_that_comes_into_the_inbox_is_offered_and_never_applied_by_itself(
    desk: Desk, sample: Path, delivered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start(sample)
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.actions_by_id["inbox"].trigger()
    bar = window.findChild(InboxBar)
    assert bar is not None
    assert not bar.isVisible()
    before = contents(window.plan, "deliveries")
    (folder / "deliveries.csv").write_bytes(delivered.read_bytes())
    desk.wait(bar.isVisible)
    assert bar.label.text() == "deliveries.csv came into the inbox."
    assert contents(window.plan, "deliveries") == before
    click(bar.look)
    dialog = desk.dialog(ImportDialog)
    desk.wait(lambda: dialog.found is not None)
    assert not bar.isVisible()
    assert dialog.apply_button.text() == "Import 3 rows"


@pytest.mark.parametrize("target", ["chart", "grid", "rail"])
def test_a_file_can_be_dropped_anywhere_in_the_window(desk: Desk, sample: Path, delivered: Path, target: str) -> None:
    window = desk.start(sample)
    targets: dict[str, QWidget] = {
        "rail": window.rail.viewport(),
        "chart": desk.overview().cover_chart.view.viewport(),
        "grid": desk.deliveries().view.viewport(),
    }
    if target == "chart":
        desk.overview()
    onto = targets[target]
    assert not onto.acceptDrops()
    assert desk.preview(delivered, onto).apply_button.text() == "Import 3 rows"


def test_a_plan_that_is_dropped_is_opened(desk: Desk, sample: Path, empty: Path) -> None:
    desk.start(sample)
    desk.drop(empty)
    desk.wait(lambda: desk.window.plan.path == empty)
    assert desk.window.windowTitle() == "empty – Offtake"
    assert desk.window.preferences.recent_plans == (empty.resolve(), sample.resolve())
