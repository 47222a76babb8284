"""When the program has a bug, a dialog says so and the planner goes on working."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.journeys.desk import Desk, button, click, click_cell, cover
from tests.ui.grids.keys import press, text, typing
from ui.dialogs import crash
from ui.dialogs.crash import CrashDialog


@pytest.fixture
def log(tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hang the net that `ui.app.run` hangs."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    path = tmp_path / "crash.log"
    crash.install(qapp, path)
    return path


def test_a_bug_shows_a_report_and_the_program_goes_on(
    desk: Desk, sample: Path, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = desk.start(sample)
    page = desk.deliveries()

    def broken() -> None:
        raise ZeroDivisionError("a bug for the test")

    window.view.changed.connect(broken)
    window.view.choose(first_year=2027)
    dialog = desk.dialog(CrashDialog)
    assert "a bug for the test" in dialog.report.toPlainText()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in capsys.readouterr().err
    click(dialog.copy_button)
    assert "a bug for the test" in QGuiApplication.clipboard().text()
    click(button(dialog, "Go on working"))
    desk.activate()

    before = cover(window.plan)
    click_cell(page.view, 0, 6)
    typing("9")
    press(Qt.Key.Key_Return)
    assert text(page.deliveries, (0, 6)) == "9"
    assert cover(window.plan) != before
