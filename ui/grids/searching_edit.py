"""A line with a list below it that narrows down as one types: references by code or name, and offered words."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMoveEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ui.grids.heading import ROW_PX
from ui.theme import GRID_PX

MOST_LISTED = 200
_ROWS_SHOWN = 10
_NARROWEST_PX = 24 * GRID_PX
_WIDEST_PX = 56 * GRID_PX
_CODE, _NEW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

Choices = Sequence[tuple[str, str]]


def matching(choices: Choices, text: str) -> list[tuple[str, str]]:
    """Return the choices whose code or words contain a text, those that are or begin with it first."""
    wanted = text.strip().casefold()
    ranked = [(_rank(code.casefold(), words.casefold(), wanted), (code, words)) for code, words in choices]
    return [choice for rank, choice in sorted(ranked, key=lambda each: each[0] or 0) if rank is not None]


def _rank(code: str, words: str, wanted: str) -> int | None:
    ranks = (code == wanted, code.startswith(wanted), words.startswith(wanted), wanted in f"{code}  {words}")
    return next((rank for rank, fits in enumerate(ranks) if fits), None)


class SearchingEdit(QLineEdit):
    """The line; `picked` tells of a click in the list, `new_wanted` carries a text for which there is no record yet."""

    picked = Signal()
    new_wanted = Signal(str)

    def __init__(self, parent: QWidget, choices: Choices, *, new_word: str = "", free: bool = False) -> None:
        """`new_word` is what may be made when nothing matches (`organisation`); `free` takes any text as it stands."""
        super().__init__(parent)
        self.setFrame(False)
        self.choices = tuple(choices)
        self.waiting = False
        self._new_word = new_word
        self._free = free
        self._list = QListWidget(self.window())
        self._dress_list()
        self.textEdited.connect(self._narrow)
        self.destroyed.connect(self._list.deleteLater)

    def _dress_list(self) -> None:
        # A part of the window and not a window of its own: it takes no focus, so the line stays the editor.
        shown = self._list
        shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # Else a click would give the focus to what lies below.
        shown.setFocusProxy(self)
        shown.setObjectName("choices")
        shown.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        shown.setTextElideMode(Qt.TextElideMode.ElideRight)
        shown.setAccessibleName("Choices")
        shown.setFont(self.font())
        shown.itemClicked.connect(self._pick)
        shown.hide()

    @property
    def value(self) -> str:
        """What the line stands for: the code that is marked in the list, or the text."""
        return str(self._marked(_CODE) or "") or self.text()

    @property
    def asks_for_new(self) -> bool:
        """Whether the entry for a new record is marked."""
        return bool(self._marked(_NEW))

    def _marked(self, role: int) -> object:
        """Return what the marked entry of the open list holds; None where none is marked."""
        row = -1 if self._list.isHidden() else self._list.currentRow()
        return self._list.item(row).data(role) if row >= 0 else None

    @property
    def listed(self) -> tuple[str, ...]:
        """The entries of the list as they are read; none while it is closed."""
        if self._list.isHidden():
            return ()
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def ask_for_new(self) -> None:
        """Ask for a new record of the typed text; the line waits for it, whatever takes the focus."""
        self.waiting = True
        self._list.hide()
        self.new_wanted.emit(self.text().strip())

    def settle(self, code: str) -> None:
        """Take the code of the record that was made."""
        self.waiting = False
        self._list.hide()
        self.setText(code)

    def _narrow(self, text: str) -> None:
        found = matching(self.choices, text)
        self._fill(found)
        if not found and text.strip() and self._new_word:
            item = QListWidgetItem(f"New {self._new_word} “{text.strip()}”…", self._list)
            item.setData(_NEW, True)
            item.setSizeHint(QSize(0, ROW_PX))
        self._open()
        # Marked, so that Enter and Tab take it; a free text stands as it is.
        if text.strip() and not self._free:
            self._list.setCurrentRow(0)

    def _fill(self, found: Choices) -> None:
        self._list.clear()
        for code, words in found[:MOST_LISTED]:
            item = QListWidgetItem(f"{code}  {words}".rstrip(), self._list)
            item.setData(_CODE, code)
            item.setSizeHint(QSize(0, ROW_PX))

    def _open(self) -> None:
        self._list.setVisible(self._list.count() > 0)
        if self._list.isHidden():
            return
        shown = self._list
        height = min(shown.count(), _ROWS_SHOWN) * ROW_PX + 2
        texts = (shown.fontMetrics().horizontalAdvance(shown.item(row).text()) for row in range(shown.count()))
        width = max(self.width(), min(max(_NARROWEST_PX, max(texts) + 4 * GRID_PX), _WIDEST_PX))
        shown.setGeometry(self._place(width, height))
        shown.raise_()

    def _place(self, width: int, height: int) -> QRect:
        """Return where the list lies in the window: below the line, or above it where there is no room below."""
        window = self.window()
        below = self.mapTo(window, QPoint(0, self.height()))
        top = below.y() if below.y() + height <= window.height() else below.y() - self.height() - height
        left = max(0, min(below.x(), window.width() - width))
        return QRect(left, max(0, top), width, height)

    def _pick(self, item: QListWidgetItem) -> None:
        self._list.setCurrentItem(item)
        if self.asks_for_new:
            self.ask_for_new()
        else:
            self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk in the list with the arrows; it opens with Down."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        if self._list.isHidden():
            self._fill(self.choices)
            self._open()
        if self._list.count():
            row = self._list.currentRow() + step
            self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
        event.accept()

    def showEvent(self, event: QShowEvent) -> None:
        """Offer everything at once when a cell is opened."""
        super().showEvent(event)
        if not self.waiting:
            self._fill(self.choices)
            self._open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Wait no longer: the person is back, with the record or without."""
        super().focusInEvent(event)
        self.waiting = False

    def moveEvent(self, event: QMoveEvent) -> None:
        """Keep the list at the line."""
        super().moveEvent(event)
        if not self._list.isHidden():
            self._open()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close the list with the line."""
        super().hideEvent(event)
        self._list.hide()
