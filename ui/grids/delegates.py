"""Editors of cells by the kind of their field; a text that is not right keeps its editor open and says why."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from planner.fields import Choice, Field, Reference
from planner.fields.kinds import Text
from planner.model import TABLES
from ui.grids.formats import PLACEHOLDERS, alignment, theme_of
from ui.grids.gestures import step_of
from ui.grids.grid_model import GridModel, Index, Spot
from ui.grids.pending import PendingTexts
from ui.grids.searching_edit import SearchingEdit

_MOST_SHOWN = 12


class CellDelegate(QStyledItemDelegate):
    """Makes the editors of a GridModel and commits them.

    `stepped` says where to go next (columns, rows), `all_wanted` carries a text that all selected cells shall have,
    `new_record_wanted` the table and the code of a record that is to be made for a reference, `lost` a sentence about
    a text whose cell went away while it was typed.
    """

    stepped = Signal(QPoint)
    all_wanted = Signal(str)
    new_record_wanted = Signal(str, str)
    lost = Signal(str)

    def __init__(self, pending: PendingTexts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor: QWidget | None = None
        self._pending = pending
        self._edited = QPersistentModelIndex()
        self._filled = False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line, a list of words, or a line that searches among codes or offered words."""
        model = _grid(index.model())
        field = model.field(index.column())
        self._edited = QPersistentModelIndex(index)
        self._filled = False
        self.editor = self._made(parent, model, field, index) or super().createEditor(parent, option, index)
        return self.editor

    def _made(self, parent: QWidget, model: GridModel, field: Field | None, index: Index) -> QWidget | None:
        if field is None:
            return None
        match field.kind:
            case Choice() as kind:
                return _choices(parent, field, kind)
            case Reference(table=table, part=""):
                return self._searching(parent, model.choices(index.column()), table=table)
            case Reference() if choices := model.choices(index.column()):
                return self._searching(parent, choices)
            case Text(offers=offers) if offers:
                return self._searching(parent, tuple((word, "") for word in offers), free=True)
            case _:
                return _line(parent, field)

    def _searching(
        self, parent: QWidget, choices: tuple[tuple[str, str], ...], *, table: str = "", free: bool = False
    ) -> SearchingEdit:
        editor = SearchingEdit(parent, choices, new_word=TABLES[table].singular if table else "", free=free)
        editor.picked.connect(lambda: self._commit(editor, QPoint(0, 0)))
        editor.new_wanted.connect(lambda code: self.new_record_wanted.emit(table, code))
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget an editor that is closed."""
        if editor is self.editor:
            self.editor = None
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into a new editor, or what was typed there and refused; typing replaces it.

        Views ask again whenever a cell is repainted: what was typed and refused stays then.
        """
        if self._filled:
            return
        self._filled = True
        waiting = self._pending.at((index.row(), index.column()))
        text = str(index.data(Qt.ItemDataRole.EditRole) or "") if waiting is None else waiting.text
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findText(text))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what the editor holds; what is refused stays at its cell, marked."""
        self._write(editor, _grid(model), (index.row(), index.column()))

    def _write(self, editor: QWidget, model: GridModel, spot: Spot) -> str | None:
        """Return why the text of an editor was refused; None when it was written."""
        text = text_in(editor)
        reason = None if model.setData(model.index(*spot), text) else model.reason(spot)
        if reason is None:
            self._pending.forget(spot)
        else:
            self._pending.keep(spot, text, reason)
        return reason

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002 - Qt's signature
        """Lay the editor over its cell, wider where its text needs it."""
        rect = option.rect
        if isinstance(editor, QComboBox):
            rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab commit and go on, unless the text is refused; everything else is Qt's."""
        if isinstance(editor, SearchingEdit) and editor.waiting and event.type() == QEvent.Type.FocusOut:
            # The dialog that makes the record has the focus now.
            return False
        if isinstance(editor, QWidget) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._do_key(editor, event) or super().eventFilter(editor, event)
        return super().eventFilter(editor, event)

    def _do_key(self, editor: QWidget, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._give_up((self._edited.row(), self._edited.column()))
            return False
        step = step_of(event)
        if step is None:
            return False
        if isinstance(editor, SearchingEdit) and editor.asks_for_new:
            editor.ask_for_new()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and step.y():
            self.all_wanted.emit(text_in(editor))
        else:
            self._commit(editor, step)
        return True

    def _give_up(self, spot: Spot) -> None:
        self._pending.forget(spot)
        _grid(self._edited.model()).forget_refusal(spot)

    def settle(self, code: str) -> None:
        """Write the code of the record that was made for the open reference."""
        if isinstance(self.editor, SearchingEdit):
            self.editor.settle(code)
            self._commit(self.editor, QPoint(0, 0))

    def close(self) -> None:
        """Close the open editor; what it holds is written already."""
        if self.editor is not None:
            self._pending.forget((self._edited.row(), self._edited.column()))
            self.closeEditor.emit(self.editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def complain(self, reason: str) -> None:
        """Say at the open editor why its text was not taken."""
        if self.editor is not None:
            _complain(self.editor, reason)

    def keep_typed(self) -> None:
        """Keep at its cell what the open editor holds, before the view closes it."""
        text = self._untaken()
        if text is not None:
            spot = self._edited.row(), self._edited.column()
            self._pending.keep(spot, text, "it was typed and not taken yet")

    def tell_lost(self, _parent: Index, first: int, last: int) -> None:
        """Say what the open editor holds, before the rows go among which its cell is."""
        text = self._untaken()
        if text is not None and first <= self._edited.row() <= last:
            self.lost.emit(f"The row was removed while you typed in it; {text!r} was not taken.")

    def _untaken(self) -> str | None:
        """Return what the open editor holds and its cell does not; None where there is nothing of the kind."""
        if self.editor is None or not self._edited.isValid():
            return None
        text = text_in(self.editor)
        return None if text == str(self._edited.data(Qt.ItemDataRole.EditRole) or "") else text

    def _commit(self, editor: QWidget, step: QPoint) -> None:
        index = self._edited
        reason = self._write(editor, _grid(index.model()), (index.row(), index.column()))
        if reason is not None:
            _complain(editor, reason)
            return
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.stepped.emit(step)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Say why a kept text was refused."""
        waiting = self._pending.at((index.row(), index.column())) if index.isValid() else None
        if waiting is None or event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), waiting.reason, view)
        return True


def text_in(editor: QWidget) -> str:
    """Return what an editor holds."""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, SearchingEdit):
        return editor.value
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _grid(model: QAbstractItemModel) -> GridModel:
    if not isinstance(model, GridModel):
        raise TypeError(type(model))
    return model


def _line(parent: QWidget, field: Field) -> QLineEdit:
    editor = QLineEdit(parent)
    editor.setFrame(False)
    editor.setAlignment(alignment(field))
    editor.setPlaceholderText(PLACEHOLDERS.get(field.kind.name, ""))
    return editor


def _choices(parent: QWidget, field: Field, kind: Choice) -> QComboBox:
    editor = QComboBox(parent)
    editor.setFrame(False)
    if not field.required and field.default in {None, ""}:
        editor.addItem("")
    editor.addItems([title for _, title in kind.words])
    editor.setMaxVisibleItems(_MOST_SHOWN)
    return editor


def _complain(editor: QWidget, reason: str) -> None:
    colour = theme_of(editor.palette()).refused
    editor.setStyleSheet(f"{type(editor).__name__} {{ border: 2px solid {colour}; }}")
    editor.setToolTip(reason)
    QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), reason, editor)
