"""How a file is read, as boxes that show what was told from it and take what a person knows better."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from planner.exchange.dialect import Dialect
from ui.theme import GRID_PX

Setting = str | int | bool | None

ENCODINGS: Final = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with BOM",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1252": "Windows-1252",
    "iso8859-15": "ISO-8859-15",
    "mac_roman": "Mac Roman",
}
DELIMITERS: Final = {",": "Comma", ";": "Semicolon", "\t": "Tab", "|": "Bar |"}
LOCALES: Final = {"": "1250.5", "en": "1,250.5", "fr": "1 250,5", "de": "1.250,5", "de_CH": "1’250.5"}
ORDERS: Final = {"dmy": "31/12/2027", "mdy": "12/31/2027", "ymd": "2027/12/31"}
_LAST_LINE: Final = 10_000


class ChoicesBar(QWidget):
    """Shows a dialect; `chosen` carries the name of the setting that a person changed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.sheet, self.encoding, self.delimiter = combo({}), combo(ENCODINGS), combo(DELIMITERS)
        self.locale_box, self.dates = combo(LOCALES), combo(ORDERS)
        self.header_line = QSpinBox()
        self.header_line.setRange(1, _LAST_LINE)
        self.header_line.setKeyboardTracking(False)
        self.header_line.setMinimumHeight(self.encoding.sizeHint().height())
        self.wide = QCheckBox("Months stand across")
        self.wide.setToolTip("Each column headed by a month becomes rows of its own.")
        self._boxes: Mapping[str, tuple[str, QWidget]] = {
            "sheet": ("Sheet", self.sheet),
            "encoding": ("Encoding", self.encoding),
            "delimiter": ("Cells end at", self.delimiter),
            "locale": ("Numbers like", self.locale_box),
            "date_order": ("Dates like", self.dates),
            "header_line": ("Headings on line", self.header_line),
        }
        self._columns = {name: titled(text, box) for name, (text, box) in self._boxes.items()}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID_PX)
        for column in self._columns.values():
            layout.addWidget(column)
        layout.addWidget(titled("", self.wide))
        layout.addStretch(1)
        self._columns["sheet"].hide()
        self._connect()

    def _connect(self) -> None:
        for name, (_, box) in self._boxes.items():
            if isinstance(box, QComboBox):
                box.activated.connect(lambda _, name=name: self.chosen.emit(name))
        self.header_line.valueChanged.connect(lambda _: self.chosen.emit("header_line"))
        self.wide.clicked.connect(lambda _: self.chosen.emit("wide"))

    def show_dialect(self, dialect: Dialect, sheets: Sequence[str]) -> None:
        """Show how a file is read; `sheets` are those of a workbook."""
        for name in ("encoding", "delimiter"):
            self._columns[name].setVisible(not sheets)
        self._columns["sheet"].setVisible(bool(sheets))
        if sheets:
            refill(self.sheet, {name: name for name in sheets}, dialect.sheet)
        select(self.encoding, dialect.encoding)
        select(self.delimiter, dialect.delimiter)
        select(self.locale_box, dialect.locale or "")
        select(self.dates, dialect.date_order)
        with QSignalBlocker(self.header_line), QSignalBlocker(self.wide):
            self.header_line.setValue(dialect.header_line)
            self.wide.setChecked(dialect.wide)

    def setting(self, name: str) -> Setting:
        """Return what a box says, as the field of a Dialect of that name holds it."""
        if name == "wide":
            return self.wide.isChecked()
        box = self._boxes[name][1]
        if isinstance(box, QSpinBox):
            return box.value()
        text = str(box.currentData()) if isinstance(box, QComboBox) else ""
        return text or None if name == "locale" else text


def titled(text: str, box: QWidget) -> QWidget:
    """Return a box under its label."""
    column = QWidget()
    label = QLabel(text)
    label.setBuddy(box)
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(GRID_PX // 2)
    layout.addWidget(label)
    layout.addWidget(box)
    return column


def combo(words: Mapping[str, str]) -> QComboBox:
    """Return a box of choices: what each means, and its words."""
    box = QComboBox()
    for key, text in words.items():
        box.addItem(text, key)
    return box


def select(box: QComboBox, value: object) -> None:
    """Choose a value without telling anybody; one that was never offered is added."""
    with QSignalBlocker(box):
        if box.findData(value) < 0:
            box.addItem(str(value), value)
        box.setCurrentIndex(box.findData(value))


def refill(box: QComboBox, words: Mapping[str, str], value: object) -> None:
    """Offer other choices, with one of them chosen, without telling anybody."""
    with QSignalBlocker(box):
        box.clear()
        for key, text in words.items():
            box.addItem(text, key)
        box.setCurrentIndex(box.findData(value))
