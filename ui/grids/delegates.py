"""Editors of cells by the kind of their field; a text that is not right keeps its editor open and says why."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from planner.fields import Choice, Field, Reference
from ui.grids.formats import PLACEHOLDERS, alignment, theme_of
from ui.grids.grid_model import GridModel, Index

_MOST_SHOWN = 12
_STEPS = {
    Qt.Key.Key_Return: QPoint(0, 1),
    Qt.Key.Key_Enter: QPoint(0, 1),
    Qt.Key.Key_Tab: QPoint(1, 0),
    Qt.Key.Key_Backtab: QPoint(-1, 0),
}


class CellDelegate(QStyledItemDelegate):
    """Makes the editors of a GridModel and commits them; `stepped` says where to go next (columns, rows)."""

    stepped = Signal(QPoint)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edited = QPersistentModelIndex()
        self._filled = False

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line, a list of words, or a line with completion over codes."""
        model = _grid(index.model())
        field = model.field(index.column())
        self._edited = QPersistentModelIndex(index)
        self._filled = False
        if field is None:
            return super().createEditor(parent, option, index)
        if isinstance(field.kind, Choice):
            return _choices(parent, field, field.kind)
        if isinstance(field.kind, Reference) and (codes := model.codes(index.column())):
            return _codes(parent, codes)
        return _line(parent, field)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Put the cell's text into a new editor, selected, so that typing replaces it.

        Views ask again whenever a cell is repainted: what was typed and refused stays then.
        """
        if self._filled:
            return
        self._filled = True
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(editor.findText(text))
            line = editor.lineEdit()
            if line is not None:
                editor.setEditText(text)
                line.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
        else:
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what the editor holds; a refusal marks the cell."""
        model.setData(_plain(index), text_in(editor))

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002 - Qt's signature
        """Lay the editor over its cell, wider where its text needs it."""
        rect = option.rect
        if isinstance(editor, QComboBox):
            rect.setWidth(max(rect.width(), editor.sizeHint().width()))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab commit and go on, unless the text is refused; everything else is Qt's."""
        if isinstance(editor, QWidget) and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and step.y() > 0
                self._commit(editor, QPoint(0, -1) if back else step)
                return True
        return super().eventFilter(editor, event)

    def _commit(self, editor: QWidget, step: QPoint) -> None:
        index = self._edited
        model = _grid(index.model())
        spot = index.row(), index.column()
        if not model.setData(_plain(index), text_in(editor)):
            reason = model.reason(spot)
            if reason is not None:
                _complain(editor, reason)
                return
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.stepped.emit(step)


def text_in(editor: QWidget) -> str:
    """Return what an editor holds."""
    if isinstance(editor, QComboBox):
        return editor.currentText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _grid(model: QAbstractItemModel) -> GridModel:
    if not isinstance(model, GridModel):
        raise TypeError(type(model))
    return model


def _plain(index: Index) -> Index:
    return index.model().index(index.row(), index.column())


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


def _codes(parent: QWidget, codes: tuple[str, ...]) -> QComboBox:
    editor = QComboBox(parent)
    editor.setFrame(False)
    editor.setEditable(True)
    editor.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    editor.addItems(codes)
    editor.setMaxVisibleItems(_MOST_SHOWN)
    # Completed in the line as in a spreadsheet, so that Enter commits at once.
    completer = QCompleter(codes, editor)
    completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    editor.setCompleter(completer)
    return editor


def _complain(editor: QWidget, reason: str) -> None:
    colour = theme_of(editor.palette()).shortage
    editor.setStyleSheet(f"{type(editor).__name__} {{ border: 2px solid {colour}; }}")
    editor.setToolTip(reason)
    QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), reason, editor)
