"""Opening links of a contract: web addresses and files, and nothing else; programs only when the person says so."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QFileInfo, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMessageBox, QWidget

from planner.errors import PlannerError
from ui.grids.grid_view import GridView
from ui.pages.contract_rows import LinkRows

OPENED = frozenset({"http", "https", "file"})
# What desktops start rather than show, whether or not the file system says that it can be executed.
PROGRAMS = frozenset(
    {"app", "appimage", "bat", "cmd", "com", "command", "cpl", "desktop", "exe", "hta", "jar", "js", "jse", "lnk"}
    | {"msi", "msp", "pif", "ps1", "py", "pyw", "reg", "scr", "sh", "url", "vb", "vbe", "vbs", "ws", "wsf", "wsh"}
)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

Ask = Callable[[QWidget, str], bool]


def ask_start(parent: QWidget, sentence: str) -> bool:
    """Ask whether a program may be started."""
    box = QMessageBox(QMessageBox.Icon.Warning, "Open link", sentence, QMessageBox.StandardButton.Cancel, parent)
    start = box.addButton("Start the program", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.exec()
    return box.clickedButton() is start


def address_of(link: str, folder: Path) -> QUrl:
    """Return the address of a link; a path that is not absolute begins at the folder.

    PlannerError for other schemes than http, https and file, and for a file that is not there.
    """
    scheme = _SCHEME.match(link)
    if scheme is not None and scheme[1].lower() not in OPENED:
        raise PlannerError(f"{link} is not opened: only web addresses (https) and files are.")
    url = QUrl(link, QUrl.ParsingMode.TolerantMode) if scheme is not None else QUrl.fromLocalFile(str(folder / link))
    if not url.isValid() or (not url.isLocalFile() and not url.host()):
        raise PlannerError(f"{link} is no address; correct the link.")
    if url.isLocalFile() and not QFileInfo(url.toLocalFile()).exists():
        raise PlannerError(f"There is no file {url.toLocalFile()}; correct the link, or put the file there.")
    return url


def is_program(url: QUrl) -> bool:
    """Whether opening a file may start a program."""
    file = QFileInfo(url.toLocalFile())
    return url.isLocalFile() and (file.suffix().lower() in PROGRAMS or (file.isFile() and file.isExecutable()))


def _is_open(event: QKeyEvent) -> bool:
    # The keypad has a modifier of its own.
    return Qt.Key(event.key()) in _ENTER and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _CONTROL


class LinkView(GridView):
    """A grid that opens the link of a row with Ctrl+Enter or a double click with Ctrl.

    `said` carries why one was not opened.
    """

    said = Signal(str)

    def __init__(self, model: LinkRows, folder: Path, *, ask: Ask = ask_start) -> None:
        super().__init__(model)
        self._links = model
        self._folder = folder
        self._ask = ask

    def event(self, event: QEvent) -> bool:
        """Claim Ctrl+Enter, which the window would take for itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_open(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the link with Ctrl+Enter; everything else is the grid's."""
        if _is_open(event):
            event.accept()
            self.open_link()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the link with Ctrl."""
        if event.modifiers() == _CONTROL:
            event.accept()
            self.open_link()
        else:
            super().mouseDoubleClickEvent(event)

    def open_link(self) -> None:
        """Open the link of the row that the cursor is in."""
        link = self._links.link_at(self.currentIndex().row())
        if not link:
            self.said.emit("There is no link in this row.")
            return
        try:
            url = address_of(link, self._folder)
        except PlannerError as error:
            self.said.emit(str(error))
            return
        if is_program(url) and not self._ask(self, f"{url.toLocalFile()} is a program. Start it?"):
            return
        if not QDesktopServices.openUrl(url):
            self.said.emit(f"Nothing on this computer opens {link}.")
