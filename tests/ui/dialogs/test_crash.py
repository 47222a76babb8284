"""An unexpected error is reported and nothing is lost; an expected one is a plain sentence."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from planner.errors import PlannerError
from ui.dialogs.crash import CrashDialog, CrashReporter, install, report_of

# What the display that there is not says when a dialog opens.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "crash.log"


@pytest.fixture
def reporter(qtbot: QtBot, qapp: QApplication, log: Path) -> Iterator[CrashReporter]:
    made = CrashReporter(qapp, log)
    yield made
    for dialog in dialogs():
        dialog.close()
    qtbot.waitUntil(lambda: dialogs() == [])
    made.deleteLater()


def dialogs() -> list[QDialog]:
    return [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QDialog) and widget.isVisible()]


def open_in(reporter: CrashReporter) -> CrashDialog | None:
    return reporter.dialog


def caught(error: BaseException) -> BaseException:
    """Return the error with a traceback, as an except clause has it."""
    try:
        raise error
    except type(error) as with_trace:
        return with_trace


def raise_in(reporter: CrashReporter, error: BaseException) -> None:
    raised = caught(error)
    reporter.excepthook(type(raised), raised, raised.__traceback__)


def test_a_report_has_versions_and_traceback() -> None:
    report = report_of(caught(ValueError("a bug")))
    assert report.startswith("Offtake error report, 20")
    assert "PySide6-Essentials 6." in report
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in report
    assert "in caught\n" in report
    assert report.rstrip().endswith("ValueError: a bug")


def test_a_package_that_is_not_there_is_no_second_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.dialogs.crash.PACKAGES", ("no-such-package",))
    assert "no-such-package (not installed)" in report_of(ValueError("a bug"))


def test_a_bug_opens_the_dialog_and_is_written_down(
    reporter: CrashReporter, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raise_in(reporter, ValueError("a bug"))
    dialog = open_in(reporter)
    assert dialog is not None
    assert dialog.isVisible()
    assert "ValueError: a bug" in dialog.report.toPlainText()
    assert "ValueError: a bug" in log.read_text(encoding="utf-8")
    assert "ValueError: a bug" in capsys.readouterr().err
    assert any(str(log) in label.text() for label in dialog.findChildren(QLabel))
    assert any("Your plan is safe" in label.text() for label in dialog.findChildren(QLabel))


def test_one_dialog_at_a_time_but_every_report_is_written(
    reporter: CrashReporter, log: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    raise_in(reporter, ValueError("first"))
    raise_in(reporter, ValueError("second"))
    assert len(dialogs()) == 1
    first = open_in(reporter)
    assert first is not None
    assert "first" in first.report.toPlainText()
    with qtbot.waitSignal(first.finished):
        first.accept()
    assert open_in(reporter) is None
    raise_in(reporter, ValueError("third"))
    assert open_in(reporter) is not None
    assert [word in log.read_text(encoding="utf-8") for word in ("first", "second", "third")] == [True] * 3
    assert "second" in capsys.readouterr().err


def test_the_report_can_be_copied(reporter: CrashReporter, capsys: pytest.CaptureFixture[str]) -> None:
    raise_in(reporter, ValueError("a bug"))
    dialog = open_in(reporter)
    assert dialog is not None
    dialog.copy_button.click()
    assert QGuiApplication.clipboard().text() == dialog.report.toPlainText()
    assert dialog.copy_button.text() == "Copied"
    assert dialog.isVisible()
    assert capsys.readouterr().err


def test_the_dialog_goes_on_working_by_its_default_button(qtbot: QtBot) -> None:
    dialog = CrashDialog("report", None)
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    [go_on] = [button for button in buttons.buttons() if button is not dialog.copy_button]
    assert go_on.text() == "Go on working"
    assert not any("report is also in" in label.text() for label in dialog.findChildren(QLabel))
    with qtbot.waitSignal(dialog.accepted):
        go_on.click()


def test_a_sentence_for_a_person_is_shown_plainly(reporter: CrashReporter, log: Path) -> None:
    raise_in(reporter, PlannerError("The plan <b>is</b> open elsewhere; close it there."))
    [box] = dialogs()
    assert isinstance(box, QMessageBox)
    assert box.text() == "The plan <b>is</b> open elsewhere; close it there."
    assert [button.text() for button in box.buttons()] == ["Close"]
    assert reporter.dialog is None
    assert not log.exists()


def test_an_error_in_a_thread_arrives_in_the_window(
    reporter: CrashReporter, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", reporter.thread_excepthook)

    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    dialog = open_in(reporter)
    assert dialog is not None
    assert "in a thread" in dialog.report.toPlainText()
    assert "in a thread" in capsys.readouterr().err


def test_a_log_that_cannot_be_written_is_no_second_error(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    reporter = CrashReporter(qapp, tmp_path / "file" / "crash.log")
    raise_in(reporter, ValueError("a bug"))
    dialog = open_in(reporter)
    assert dialog is not None
    assert not any("report is also in" in label.text() for label in dialog.findChildren(QLabel))
    with qtbot.waitSignal(dialog.finished):
        dialog.accept()
    assert capsys.readouterr().err
    reporter.deleteLater()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(2)])
def test_leaving_on_purpose_is_no_bug(
    reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda _kind, given, _trace: seen.append(given))
    reporter.excepthook(type(error), error, None)
    assert seen == [error]
    assert dialogs() == []


def test_installing_takes_over_every_thread(
    qapp: QApplication, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reporter = install(qapp)
    assert sys.excepthook == reporter.excepthook
    assert threading.excepthook == reporter.thread_excepthook
    assert not any(own_folders.rglob("crash.log"))
    reporter.deleteLater()
