"""The bar above the pages: basis, period, horizon and stages."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from planner.analysis import Period, Stages
from planner.units import Basis
from ui.theme import GRID_PX
from ui.view import View

BASES = {Basis.METAL: "t metal", Basis.PRODUCT: "t product", Basis.GWH: "GWh of cells"}
PERIODS = {Period.MONTH: "Months", Period.QUARTER: "Quarters", Period.YEAR: "Years"}
STAGES = {
    Stages.ALL: "All, in full",
    Stages.PROBABLE: "All, weighted by probability",
    Stages.FIRM: "Signed and later",
}
LEAST_PX = 9 * GRID_PX


class ViewBar(QWidget):
    """Shows the choices of a view and changes them."""

    def __init__(self, view: View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.basis = _choice(BASES, lambda basis: view.choose(basis=Basis(basis)))
        self.by = _choice(PERIODS, lambda by: view.choose(by=Period(by)))
        self.stages = _choice(STAGES, lambda stages: view.choose(stages=Stages(stages)))
        self.first = _choice({}, lambda year: view.choose(first_year=int(year) if year else None))
        self.last = _choice({}, lambda year: view.choose(last_year=int(year) if year else None))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        layout.setSpacing(GRID_PX)
        for text, tip, combo in (
            ("Basis", "What a quantity counts: tonnes of metal or of product, or GWh of cells", self.basis),
            ("Period", "How long each row or bar of figures is", self.by),
            ("From", "The first year shown", self.first),
            ("to", "The last year shown", self.last),
            ("Count", "How memoranda and letters of intent count as supply", self.stages),
        ):
            label = QLabel(f"{text}")
            label.setBuddy(combo)
            combo.setToolTip(tip)
            combo.setAccessibleName(text)
            # In a narrow window each gives way a little.
            combo.setMinimumWidth(LEAST_PX)
            layout.addWidget(label)
            layout.addWidget(combo)
            if combo is not self.first:
                layout.addSpacing(GRID_PX)
        layout.addStretch(1)
        view.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show the choices as they are, over the years that the plan has."""
        state = self._view.state
        first, last = self._view.years
        for combo, chosen in ((self.first, state.first_year), (self.last, state.last_year)):
            whole = f"{first if combo is self.first else last} (plan)"
            years = {"": whole} | {str(year): str(year) for year in range(first, last + 1)}
            _fill(combo, years)
            _select(combo, "" if chosen is None else str(chosen))
        for combo, value in ((self.basis, state.basis), (self.by, state.by), (self.stages, state.stages)):
            _select(combo, value.value)


def _choice(words: Mapping[Any, str], chosen: Callable[[str], None]) -> QComboBox:
    combo = QComboBox()
    _fill(combo, {str(key): text for key, text in words.items()})
    combo.activated.connect(lambda at: chosen(str(combo.itemData(at))))
    return combo


def _fill(combo: QComboBox, words: dict[str, str]) -> None:
    if [combo.itemText(at) for at in range(combo.count())] == list(words.values()):
        return
    with QSignalBlocker(combo):
        combo.clear()
        for key, text in words.items():
            combo.addItem(text, key)


def _select(combo: QComboBox, key: str) -> None:
    with QSignalBlocker(combo):
        combo.setCurrentIndex(max(0, combo.findData(key)))
