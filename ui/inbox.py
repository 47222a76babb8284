"""The inbox: a folder whose new files are offered for import by a quiet bar, and never taken in by themselves."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMessageBox, QPushButton, QWidget

from ui.preferences import Preferences
from ui.theme import GRID_PX

# A file that is still being written grows: one that is as it was a moment ago is whole.
STEADY_MS: Final = 1_000


class Inbox(QObject):
    """Watches the folder of the preferences; `offered` says that the files in `waiting` are others than before."""

    offered = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        """Nothing is watched before `watch`."""
        super().__init__(parent)
        self.waiting: list[Path] = []
        self._preferences = preferences
        self._sizes: dict[Path, str] = {}
        self._watcher = QFileSystemWatcher(self)
        self._timer = QTimer(self, interval=STEADY_MS)
        self._watcher.directoryChanged.connect(lambda _: self.look())
        self._timer.timeout.connect(self.look)

    def watch(self) -> None:
        """Watch the folder that the preferences name, from now on; none when they name none."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._sizes.clear()
        self.waiting.clear()
        folder = self._preferences.inbox_folder
        if folder is not None:
            self._watcher.addPath(str(folder))
        self.offered.emit()
        self.look()

    def choose(self, folder: Path | None) -> None:
        """Watch another folder, whose files of today are no news; None watches none."""
        self._preferences.inbox_folder = folder
        self._preferences.inbox_known = tuple(_mark(path) for path in self._files())
        self.watch()

    def look(self) -> None:
        """Offer what is new in the folder and is no longer being written."""
        known = set(self._preferences.inbox_known)
        found = {path: mark for path in self._files() if (mark := _mark(path)) not in known}
        steady = [path for path, mark in found.items() if self._sizes.get(path) == mark]
        self._sizes = found
        if len(steady) < len(found):
            self._timer.start()
        else:
            self._timer.stop()
        if steady != self.waiting:
            self.waiting = steady
            self.offered.emit()

    def take(self) -> Path | None:
        """Return the first file that waits, which is not offered again unless it changes; None when there is none."""
        if not self.waiting:
            return None
        path = self.waiting.pop(0)
        still = {_mark(other) for other in self._files()}
        kept = [mark for mark in self._preferences.inbox_known if mark in still]
        self._preferences.inbox_known = (*kept, _mark(path))
        self._sizes.pop(path, None)
        self.offered.emit()
        return path

    def _files(self) -> list[Path]:
        folder = self._preferences.inbox_folder
        if folder is None:
            return []
        try:
            return sorted(path for path in folder.iterdir() if _is_table(path))
        except OSError:
            # A folder on another machine comes and goes.
            return []


def _is_table(path: Path) -> bool:
    from planner.exchange.source import SUFFIXES  # noqa: PLC0415 - the window is on screen before it

    # A spreadsheet program keeps a file of its own beside each that is open.
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", ".")) and path.is_file()


def _mark(path: Path) -> str:
    """Return what tells a file from what it was before: its name, size and time; the name alone once it is gone."""
    try:
        found = path.stat()
    except OSError:
        return path.name
    return f"{path.name}|{found.st_size}|{found.st_mtime_ns}"


class InboxBar(QFrame):
    """Says that a file came; `wanted` carries the file that somebody wants to look at."""

    wanted = Signal(Path)

    def __init__(self, inbox: Inbox, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inbox")
        self._inbox = inbox
        self.label = QLabel()
        self.look, self.later = QPushButton("Look at it"), QPushButton("Not now")
        self.look.setToolTip("Show what the file would change; nothing is in the plan before you say so.")
        self.later.setToolTip("It is offered again when it changes.")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        layout.setSpacing(GRID_PX)
        layout.addWidget(self.label)
        layout.addWidget(self.look)
        layout.addWidget(self.later)
        layout.addStretch(1)
        self.look.clicked.connect(self._want)
        self.later.clicked.connect(self._put_off)
        inbox.offered.connect(self._show)
        self._show()

    def _show(self) -> None:
        waiting = self._inbox.waiting
        more = f" {len(waiting) - 1:,} more {'waits' if len(waiting) == 2 else 'wait'}." if len(waiting) > 1 else ""  # noqa: PLR2004 - one more than the first
        self.label.setText(f"{waiting[0].name} came into the inbox.{more}" if waiting else "")
        self.setVisible(bool(waiting))

    def _put_off(self) -> None:
        self._inbox.take()

    def _want(self) -> None:
        path = self._inbox.take()
        if path is not None:
            self.wanted.emit(path)


def ask_to_stop(folder: Path, window: QWidget) -> bool | None:
    """Ask what is to become of the inbox that is watched: True to watch none, False another, None the same."""
    box = QMessageBox(window)
    box.setWindowTitle("Inbox folder")
    box.setText(f"New files in {folder} are offered for import.")
    other = box.addButton("Choose another…", QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton("Stop watching", QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(other)
    box.exec()
    answers = {stop: True, other: False}
    return next((answer for button, answer in answers.items() if box.clickedButton() is button), None)
