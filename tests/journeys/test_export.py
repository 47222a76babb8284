"""What a planner exports and imports again changes nothing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QFileDialog

from tests.journeys.desk import Desk, button, click, contents, visible_dialogs
from ui.dialogs.export import ExportDialog
from ui.dialogs.export_wish import Form, What


@pytest.mark.parametrize(
    "case", [(Qt.Key.Key_3, "deliveries", True), (Qt.Key.Key_3, "deliveries", False), (Qt.Key.Key_2, "contracts", True)]
)
def test_an_exported_table_imports_with_nothing_new_and_nothing_changed(
    desk: Desk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: tuple[Qt.Key, str, bool]
) -> None:
    page, table, people = case
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    plan = desk.start(sample).plan
    before, target = contents(plan, table), tmp_path / "out" / f"{table}.csv"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "CSV (*.csv)"))
    desk.go(page)
    desk.shortcut(Qt.Key.Key_E)
    dialog = desk.dialog(ExportDialog)
    assert dialog.table.currentData() == table
    dialog.what.setCurrentIndex(dialog.what.findData(What.TABLE))
    dialog.form.setCurrentIndex(dialog.form.findData(Form.PEOPLE if people else Form.MACHINES))
    click(button(dialog, "Export…"))
    desk.wait(lambda: not visible_dialogs(desk.window))
    count = plan.count(table)
    assert desk.window.statusBar().currentMessage() == f"Wrote {count:,} rows to {target}"
    assert target.read_bytes().startswith(b"\xef\xbb\xbf") is people

    preview = desk.preview(target)
    assert preview.table.currentData() == table
    assert preview.summary.text() == f"0 new,  0 changed,  {count:,} the same,  0 refused"
    assert preview.apply_button.text() == "Nothing to import"
    assert not preview.apply_button.isEnabled()
    preview.reject()
    assert contents(plan, table) == before
