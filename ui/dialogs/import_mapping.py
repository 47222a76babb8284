"""Which column of a file is which field, as a panel of boxes that say how they were told."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QWidget

from planner.exchange.mapping import CONSTANT, LEFT_OUT, How, MappingChoice
from planner.exchange.mapping import Mapping as ColumnMapping
from planner.fields import Field
from planner.model import Table
from ui.theme import GRID_PX

# What the data of a box means beside the number of a column.
THE_SAME: Final = -2
HOW: Final[Mapping[How, str]] = {
    "name": "by its name",
    "title": "by its title",
    "synonym": "by another name",
    "near": "by a near name",
    "content": "by what stands in it",
    "profile": "from the profile",
    "chosen": "chosen by you",
    "constant": "chosen by you",
}
NEEDED: Final = "needed: choose a column"
_SURE: Final = 0.9
WIDTH_PX: Final = 37 * GRID_PX


class MappingPanel(QScrollArea):
    """Shows a column for each field of a table; `chosen` says that a person gave one another."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QComboBox] = {}
        self.constants: dict[str, QLineEdit] = {}
        self.hows: dict[str, QLabel] = {}
        self._choice = MappingChoice()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(WIDTH_PX)
        self.setAccessibleName("Which column is which field")

    def show_mapping(
        self,
        table: Table,
        header: Sequence[str],
        mapping: ColumnMapping | None,
        choice: MappingChoice,
        likely: Mapping[str, int],
    ) -> None:
        """Show the columns of the fields; without a mapping, those that were chosen, else the likely ones."""
        self._choice = choice
        self.boxes, self.constants, self.hows = {}, {}, {}
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, GRID_PX, 0)
        grid.setVerticalSpacing(GRID_PX // 2)
        grid.setHorizontalSpacing(GRID_PX)
        places = _places(mapping, choice, likely)
        for at, field in enumerate(table.fields):
            self._add(grid, 3 * at, field, header, places.get(field.name, LEFT_OUT))
            self.hows[field.name].setText(_how(field, places.get(field.name, LEFT_OUT), mapping))
        grid.setRowStretch(3 * len(table.fields), 1)
        grid.setColumnStretch(1, 1)
        self.setWidget(body)

    def _add(self, grid: QGridLayout, row: int, field: Field, header: Sequence[str], place: int) -> None:
        box, line, how = QComboBox(), QLineEdit(), QLabel()
        box.addItem("—", LEFT_OUT)
        for column, text in enumerate(header):
            box.addItem(text.strip() or f"Column {column + 1}", column)
        box.addItem("The same in all rows…", THE_SAME)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(1)
        box.setCurrentIndex(box.findData(place))
        line.setText(self._choice.constants.get(field.name, ""))
        line.setPlaceholderText("Its value in all rows")
        line.setVisible(place == THE_SAME)
        how.setEnabled(False)
        how.setWordWrap(True)
        label = QLabel(f"{field.heading} *" if field.required else field.heading)
        label.setToolTip(field.help)
        label.setBuddy(box)
        box.setToolTip(field.help)
        grid.addWidget(label, row, 0)
        grid.addWidget(box, row, 1)
        grid.addWidget(line, row + 1, 1)
        grid.addWidget(how, row + 2, 1)
        self.boxes[field.name], self.constants[field.name], self.hows[field.name] = box, line, how
        box.activated.connect(lambda _: self._take(field.name))
        line.editingFinished.connect(lambda: self._take_constant(field.name))

    def _take(self, name: str) -> None:
        column, line = int(self.boxes[name].currentData()), self.constants[name]
        line.setVisible(column == THE_SAME)
        if column == THE_SAME:
            line.setFocus()
            return
        # One column is one field: what had it before has none.
        others = {
            other: LEFT_OUT for other, box in self.boxes.items() if other != name and box.currentData() == column >= 0
        }
        columns = {**self._choice.columns, **others, name: column}
        constants = {other: text for other, text in self._choice.constants.items() if other != name}
        self._choose(MappingChoice(columns, constants, self._choice.lookups))

    def _take_constant(self, name: str) -> None:
        text = self.constants[name].text().strip()
        if not text or self._choice.constants.get(name) == text:
            return
        columns = {other: column for other, column in self._choice.columns.items() if other != name}
        self._choose(MappingChoice(columns, {**self._choice.constants, name: text}, self._choice.lookups))

    def _choose(self, choice: MappingChoice) -> None:
        self._choice = choice
        with QSignalBlocker(self.verticalScrollBar()):
            self.chosen.emit()

    @property
    def choice(self) -> MappingChoice:
        """What a person has chosen so far."""
        return self._choice


def _places(mapping: ColumnMapping | None, choice: MappingChoice, likely: Mapping[str, int]) -> dict[str, int]:
    """Return the column of each field by its name, THE_SAME for one value in all rows."""
    if mapping is not None:
        pairs = zip(mapping.fields, mapping.columns, strict=True)
        return {field.name: THE_SAME if column == CONSTANT else column for field, column in pairs}
    return {**likely, **choice.columns, **dict.fromkeys(choice.constants, THE_SAME)}


def _how(field: Field, place: int, mapping: ColumnMapping | None) -> str:
    how = None if mapping is None else mapping.how.get(field.name)
    if mapping is None or how is None:
        return NEEDED if field.key and place == LEFT_OUT else ""
    sure = mapping.confidence.get(field.name, 1.0)
    return HOW[how] if sure >= _SURE else f"{HOW[how]}, {sure:.0%} sure"
