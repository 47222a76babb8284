"""Title and note of a contract as text to write in: kept as one edit when it is left, and never lost."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QWidget

from planner.commands import Cell, SetCells
from planner.errors import PlannerError
from planner.fields import Field
from planner.model import Contract, table_named
from planner.plan import Plan, Row
from ui.theme import GRID_PX

LONGEST_TITLE = 200
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

Texts = tuple[str, str]


class NoteEdit(QPlainTextEdit):
    """A text of several lines; `done` tells that it was left, or Ctrl+Enter pressed."""

    done = Signal()

    def event(self, event: QEvent) -> bool:
        """Claim Ctrl+Enter, which the window would take for itself."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_done(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be done with Ctrl+Enter; everything else is text."""
        if _is_done(event):
            event.accept()
            self.done.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Be done when it is left, but not for its own menu."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.done.emit()


def _is_done(event: QKeyEvent) -> bool:
    return Qt.Key(event.key()) in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


class NotesBox(QWidget):
    """The title and the note of one contract; `refused` carries why something was not kept. The text stays then."""

    refused = Signal(str)

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._row: int | None = None
        self._kept: Texts = ("", "")
        self._waiting: dict[int, Texts] = {}
        self.title, self.note = QLineEdit(), NoteEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setAccessibleName("Title")
        self.note.setAccessibleName("Note")
        self.note.setTabChangesFocus(True)
        self.note.setPlaceholderText("Where it comes from, what was said, what to look at")
        for box in (self.title, self.note):
            box.setReadOnly(plan.read_only is not None)
        self.title.editingFinished.connect(self.keep)
        self.note.done.connect(self.keep)
        escape = QShortcut(QKeySequence("Esc"), self.title)
        escape.setContext(Qt.ShortcutContext.WidgetShortcut)
        escape.activated.connect(lambda: self.title.setText(self._kept[0]))
        form = QFormLayout(self)
        form.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        form.setHorizontalSpacing(2 * GRID_PX)
        form.setVerticalSpacing(GRID_PX)
        form.addRow("Title", self.title)
        form.addRow("Note", self.note)
        self.setFocusProxy(self.note)

    @property
    def texts(self) -> Texts:
        """Title and note as they are written now."""
        return self.title.text(), self.note.toPlainText()

    def show_contract(self, row: Row) -> None:
        """Show the texts of a contract; what is being written about it stays, and about another one is kept first."""
        if not isinstance(row.record, Contract):
            raise TypeError(row)
        kept = row.record.title, row.record.note
        if row.id == self._row:
            untouched = self.texts == self._kept
            self._kept = kept
            if untouched:
                self._put(kept)
            return
        self.keep()
        self._row, self._kept = row.id, kept
        self._put(self._waiting.get(row.id, kept))

    def keep(self) -> bool:
        """Write both texts to the plan as one edit; False when one of them was refused, and waits."""
        if self._row is None:
            return True
        row, texts = self._row, self.texts
        self._waiting.pop(row, None)
        if texts == self._kept:
            return True
        try:
            values = {name: _field(name).parse(text) for name, text in zip(("title", "note"), texts, strict=True)}
            before = dict(zip(values, self._kept, strict=True))
            cells = tuple(Cell("contracts", row, n, value) for n, value in values.items() if value != before[n])
            if cells:
                self._plan.run(SetCells(cells))
        except PlannerError as error:
            self._waiting[row] = texts
            self.refused.emit(f"Not kept yet. {str(error)[:1].upper()}{str(error)[1:].removesuffix('.')}.")
            return False
        self._kept = str(values["title"] or ""), str(values["note"] or "")
        return True

    def _put(self, texts: Texts) -> None:
        with QSignalBlocker(self.title), QSignalBlocker(self.note):
            self.title.setText(texts[0])
            self.note.setPlainText(texts[1])

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is written when another part, page or plan is shown."""
        super().hideEvent(event)
        self.keep()


def _field(name: str) -> Field:
    field = table_named(Contract.table).field(name)
    if field is None:
        raise KeyError(name)
    return field
