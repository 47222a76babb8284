"""The dialog in which one record is made on the spot: what must be filled in first, the rest under More."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.commands import CreateRecords
from planner.errors import InvalidValueError, PlannerError
from planner.fields import Choice, Field, Reference, Value
from planner.fields.kinds import Text
from planner.fields.typed import parse_typed
from planner.model import table_named
from planner.plan import Plan
from ui.grids.formats import PLACEHOLDERS, locale_id, theme_of, typed
from ui.grids.references import described
from ui.theme import GRID_PX

MORE, LESS = "More", "Less"
WIDTH = 56 * GRID_PX
MOST_SHOWN = 12


class NewRecordDialog(QDialog):
    """Makes a record of a table; `created` carries its code, which is filled in already."""

    created = Signal(str)

    def __init__(
        self, plan: Plan, table: str, code: str, parent: QWidget | None = None, *, for_field: str = ""
    ) -> None:
        """`for_field` is the name of the field that refers to it: who is made as a buyer has that role."""
        super().__init__(parent)
        self._plan = plan
        self._table = table_named(table)
        self._locale = locale_id()
        self.setWindowTitle(f"New {self._table.singular}")
        self.editors = {field.attr: self._editor(field) for field in self._table.fields}
        self.complaints = {field.attr: _complaint(self) for field in self._table.fields}
        self.trouble = _complaint(self)
        self._form = _form()
        self._rest_shown = False
        self.more = QToolButton()
        self._build()
        _put(self.editors[self._table.key[0].attr], code)
        self._choose(for_field)
        first = next((f for f in self._first() if not text_of(self.editors[f.attr])), self._table.key[0])
        self.editors[first.attr].setFocus()

    def _choose(self, word: str) -> None:
        """Choose a word wherever it is one of those to choose from."""
        for field in self._table.fields:
            editor = self.editors[field.attr]
            if isinstance(field.kind, Choice) and isinstance(editor, QComboBox) and word in dict(field.kind.words):
                editor.setCurrentText(field.kind.title(word))

    def _first(self) -> list[Field]:
        return [field for field in self._table.fields if field.required]

    def _rest(self) -> list[Field]:
        return [field for field in self._table.fields if not field.required]

    def _build(self) -> None:
        for field in self._first():
            self._add(field)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.more.setAutoRaise(True)
        self.more.clicked.connect(lambda: self.show_rest(shown=not self._rest_shown))
        self._form.addRow(self.more)
        for field in self._rest():
            self._add(field)
        self.show_rest(shown=False)
        self._form.setRowVisible(self.more, bool(self._rest()))
        buttons = QDialogButtonBox()
        title = f"Create {self._table.singular}"
        self.create_button = buttons.addButton(title, QDialogButtonBox.ButtonRole.AcceptRole)
        self.create_button.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.create_record)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(GRID_PX)
        layout.addLayout(self._form)
        layout.addWidget(self.trouble)
        layout.addStretch(1)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    def _add(self, field: Field) -> None:
        label = QLabel(field.heading)
        editor = self.editors[field.attr]
        label.setBuddy(editor)
        editor.setToolTip(field.help)
        editor.setAccessibleName(field.title)
        self._form.addRow(label, editor)
        self._form.addRow("", self.complaints[field.attr])
        self._form.setRowVisible(self.complaints[field.attr], False)

    def show_rest(self, *, shown: bool) -> None:
        """Show or hide what need not be filled in."""
        self._rest_shown = shown
        for field in self._rest():
            self._form.setRowVisible(self.editors[field.attr], shown)
        self.more.setText(LESS if shown else MORE)
        self.more.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)

    def create_record(self) -> None:
        """Make the record and close, or say at each field why that cannot be."""
        for field in self._table.fields:
            self._complain(field.attr, "")
        self.trouble.hide()
        values: dict[str, Value] = {}
        refused = [field.attr for field in self._table.fields if not self._take(field, values)]
        if refused:
            self.editors[refused[0]].setFocus()
            return
        try:
            record = self._table.record.of(values)
            self._plan.run(CreateRecords((record,)))
        except PlannerError as error:
            self._say(error)
            return
        self.created.emit(str(self._table.key_of(record)[0]))
        self.accept()

    def _take(self, field: Field, values: dict[str, Value]) -> bool:
        try:
            values[field.attr] = parse_typed(field, text_of(self.editors[field.attr]), self._locale)
        except InvalidValueError as error:
            self._complain(field.attr, f"{error.reason[:1].upper()}{error.reason[1:]}.")
            return False
        return True

    def _say(self, error: PlannerError) -> None:
        """Show an error of the plan at the field that it names, below all where it names none."""
        field = self._table.field(error.field) if isinstance(error, InvalidValueError) else None
        if field is not None and isinstance(error, InvalidValueError):
            self._complain(field.attr, f"{error.reason[:1].upper()}{error.reason[1:]}.")
            self.editors[field.attr].setFocus()
            return
        self.trouble.setText(str(error))
        self.trouble.show()

    def _complain(self, attr: str, sentence: str) -> None:
        label = self.complaints[attr]
        label.setText(sentence)
        self._form.setRowVisible(label, bool(sentence))
        if sentence and attr in {field.attr for field in self._rest()}:
            self.show_rest(shown=True)

    def _editor(self, field: Field) -> QWidget:
        match field.kind:
            case Choice(words=words):
                return _choices(words, field)
            case Reference() as kind if not kind.part:
                return _searching(described(self._plan, kind))
            case Text(offers=offers) if offers:
                return _searching(tuple((word, "") for word in offers))
            case _:
                line = QLineEdit(typed(field, field.default, self._locale))
                line.setPlaceholderText(PLACEHOLDERS.get(field.kind.name, ""))
                return line


def text_of(editor: QWidget) -> str:
    """Return what an editor of the form holds: of a reference its code alone."""
    if isinstance(editor, QComboBox):
        code = editor.itemData(editor.findText(editor.currentText()))
        return code if isinstance(code, str) else editor.currentText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _put(editor: QWidget, text: str) -> None:
    if isinstance(editor, QComboBox):
        editor.setEditText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setVerticalSpacing(GRID_PX)
    form.setHorizontalSpacing(2 * GRID_PX)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _complaint(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setStyleSheet(f"color: {theme_of(parent.palette()).refused};")
    label.hide()
    return label


def _choices(words: tuple[tuple[str, str], ...], field: Field) -> QComboBox:
    combo = QComboBox()
    if not field.required and field.default in {None, ""}:
        combo.addItem("")
    combo.addItems([title for _, title in words])
    combo.setCurrentText(dict(words).get(str(field.default), ""))
    return combo


def _searching(choices: tuple[tuple[str, str], ...]) -> QComboBox:
    """Return a line that finds codes by any part of them or their words; others may be typed, and are judged then."""
    combo = QComboBox()
    combo.setEditable(True)
    combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    for code, words in choices:
        combo.addItem(f"{code}  {words}".rstrip(), code)
    combo.setCurrentIndex(-1)
    combo.setMaxVisibleItems(MOST_SHOWN)
    completer = QCompleter(combo.model(), combo)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    combo.setCompleter(completer)
    return combo
