"""What supply is stacked by: a choice that stands beside a chart, and in its menu."""

from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QWidget

from planner.analysis.gaps.stack import StackBy
from ui.theme import GRID_PX

NAMES = {
    StackBy.FIRMNESS: "Firmness",
    StackBy.STAGE: "Stage",
    StackBy.CONTRACT: "Contract",
    StackBy.SUPPLIER: "Supplier",
    StackBy.COUNTRY: "Country",
}
TIP = "What the bars of supply are divided by"


class StackChoice(QWidget):
    """A list to choose from with its label; `chosen` is emitted when a person chooses something else."""

    chosen = Signal(StackBy)

    def __init__(self, by: StackBy = StackBy.FIRMNESS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.by = by
        self.combo = QComboBox()
        for each, name in NAMES.items():
            self.combo.addItem(name, each.value)
        self.combo.setToolTip(TIP)
        self.combo.setAccessibleName("Stack by")
        label = QLabel("Stack by")
        label.setBuddy(self.combo)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID_PX)
        layout.addWidget(label)
        layout.addWidget(self.combo)
        self.combo.activated.connect(lambda at: self.choose(StackBy(self.combo.itemData(at))))
        self._show()

    def choose(self, by: StackBy) -> None:
        """Choose, as a person does."""
        if by != self.by:
            self.by = by
            self._show()
            self.chosen.emit(by)

    def menu(self, parent: QWidget) -> QMenu:
        """Return the same choice as a menu."""
        menu = QMenu("Stack by", parent)
        for each, name in NAMES.items():
            action = menu.addAction(name, partial(self.choose, each))
            action.setCheckable(True)
            action.setChecked(each == self.by)
        return menu

    def _show(self) -> None:
        with QSignalBlocker(self.combo):
            self.combo.setCurrentIndex(list(NAMES).index(self.by))
