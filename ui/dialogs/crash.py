"""The last net: an unexpected error becomes a report to copy, a PlannerError a plain sentence."""

import platform
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.errors import PlannerError
from ui.theme import GRID_PX

PACKAGES = ("offtake", "PySide6-Essentials", "pyqtgraph", "numpy", "sqlite-utils")
EXPLANATION = (
    "Your plan is safe: every edit is on the disk as soon as it is made. "
    "You can go on working; if something looks wrong, close Offtake and open the plan again."
)


def report_of(error: BaseException) -> str:
    """Return the text of a report: versions, platform and the traceback, nothing of the plan."""
    lines = [f"Offtake error report, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC", ""]
    lines += [f"{name} {_version(name)}" for name in PACKAGES]
    lines += [f"Python {platform.python_version()}", f"{platform.system()} {platform.release()}", ""]
    return "\n".join(lines) + "\n" + "".join(traceback.format_exception(error))


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - start-up does without it

    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


class CrashDialog(QDialog):
    """Says that something went wrong, that the plan is safe, and offers the report to copy."""

    def __init__(self, report: str, log_file: Path | None, parent: QWidget | None = None) -> None:
        """`log_file` is where the report was also written, or None when that failed."""
        super().__init__(parent)
        self.setWindowTitle("Offtake")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel("Something went wrong in Offtake.")
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        where = "" if log_file is None else f"\n\nThe report is also in {log_file}."
        text = QLabel(EXPLANATION + where)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox()
        self.copy_button = buttons.addButton("Copy report", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("Go on working", QDialogButtonBox.ButtonRole.AcceptRole)
        close.setDefault(True)
        self.copy_button.clicked.connect(self._copy)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(GRID_PX)
        layout.addWidget(heading)
        layout.addWidget(text)
        layout.addWidget(self.report, stretch=1)
        layout.addWidget(buttons)
        self.resize(90 * GRID_PX, 56 * GRID_PX)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy_button.setText("Copied")


class CrashReporter(QObject):
    """Takes errors from any thread and shows each in the GUI thread, one dialog at a time."""

    _raised = Signal(BaseException)

    def __init__(self, app: QApplication, log_file: Path) -> None:
        """Nothing is hooked until `install`."""
        super().__init__(app)
        self._log_file = log_file
        self.dialog: CrashDialog | None = None
        # Without an active window a dialog has no parent, and would be gone before it is seen.
        self._opened: list[QDialog] = []
        self._raised.connect(self._show)

    def excepthook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Stand in for `sys.excepthook`."""
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            sys.__excepthook__(kind, error, trace)
            return
        self._raised.emit(error)

    def thread_excepthook(self, args: threading.ExceptHookArgs) -> None:
        """Stand in for `threading.excepthook`."""
        if args.exc_value is not None:
            self._raised.emit(args.exc_value)

    def _show(self, error: BaseException) -> None:
        if isinstance(error, PlannerError):
            self._open(_message(error))
            return
        report = report_of(error)
        written = self._log(report)
        sys.stderr.write(report)
        if self.dialog is None:
            self.dialog = CrashDialog(report, self._log_file if written else None, QApplication.activeWindow())
            self._open(self.dialog)

    def _open(self, dialog: QDialog) -> None:
        self._opened.append(dialog)
        dialog.finished.connect(lambda: self._forget(dialog))
        # open() and not exec(): a nested event loop inside an exception hook could raise into itself.
        dialog.open()

    def _forget(self, dialog: QDialog) -> None:
        self._opened.remove(dialog)
        if dialog is self.dialog:
            self.dialog = None

    def _log(self, report: str) -> bool:
        try:
            self._log_file.parent.mkdir(parents=True, exist_ok=True)
            with self._log_file.open("a", encoding="utf-8") as log:
                log.write(report + "\n")
        except OSError:
            return False
        return True


def _message(error: PlannerError) -> QMessageBox:
    box = QMessageBox(QApplication.activeWindow())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Offtake")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(str(error))
    box.addButton("Close", QMessageBox.ButtonRole.AcceptRole)
    return box


def install(app: QApplication, log_file: Path | None = None) -> CrashReporter:
    """Take over uncaught errors of every thread; the log is in the person's log folder unless given."""
    folder = Path(platformdirs.user_log_dir("offtake", appauthor=False))
    reporter = CrashReporter(app, log_file or folder / "crash.log")
    sys.excepthook = reporter.excepthook
    threading.excepthook = reporter.thread_excepthook
    return reporter
