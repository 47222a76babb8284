"""What an import does to cover, as one line with a table on demand."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from planner.analysis.gaps.effect import CoverEffect
from ui.grids.heading import ROW_PX
from ui.grids.texts_model import ReadingView, TextsModel
from ui.theme import GRID_PX

HEADINGS: Final = ("Element", "Year", "Cover before (%)", "Cover after (%)", "Moves by (points)")
TOO_MANY: Final = "Cover after the import is not worked out for more than 100,000 rows; one Undo takes them back."
NO_EFFECT: Final = "Cover stays as it is."
WORKING: Final = "Working out what it does to cover…"
WIDTH_PX: Final = 80 * GRID_PX
_NAMED: Final = 3
_ROWS_SHOWN: Final = 6


class EffectStrip(QWidget):
    """Says how cover moves, the largest moves first; a button shows them all."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLabel()
        self.line.setTextFormat(Qt.TextFormat.PlainText)
        self.line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton("All years")
        self.button.setCheckable(True)
        self.button.setAutoDefault(False)
        self.button.hide()
        self.model = TextsModel(HEADINGS, right=frozenset({2, 3, 4}), parent=self)
        self.list = ReadingView(self.model, len(HEADINGS) - 1)
        self.list.setFixedSize(WIDTH_PX, (_ROWS_SHOWN + 2) * ROW_PX)
        self.list.verticalHeader().hide()
        self.list.setAccessibleName("Cover before and after the import")
        self.list.hide()
        self.button.toggled.connect(self.list.setVisible)
        first = QHBoxLayout()
        first.setSpacing(GRID_PX)
        first.addWidget(self.line, stretch=1)
        first.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(first)
        layout.addWidget(self.list)

    def say(self, sentence: str) -> None:
        """Say that nothing is known yet, or why it will not be."""
        self.line.setText(sentence)
        self.line.setToolTip("")
        self.button.setChecked(False)
        self.button.hide()

    def show_effect(self, effect: Sequence[CoverEffect] | None) -> None:
        """Show how cover moves; None where there are too many rows to work it out."""
        if not effect:
            self.say(TOO_MANY if effect is None else NO_EFFECT)
            return
        largest = sorted(effect, key=_size, reverse=True)[:_NAMED]
        named = ";  ".join(_words(each) for each in sorted(largest, key=lambda each: (each.element, each.year)))
        more = len(effect) - len(largest)
        self.line.setText(f"Cover:  {named}" + (f";  and {more} more" if more else ""))
        self.line.setToolTip(self.line.text())
        self.model.show_rows([_texts(each) for each in effect])
        self.button.setVisible(bool(more))


def _words(effect: CoverEffect) -> str:
    before, after = effect.before_pct, effect.after_pct
    decimals = int(before is not None and after is not None and f"{before:.0f}" == f"{after:.0f}")
    return f"{effect.element} {effect.year}: {_percent(before, decimals)} → {_percent(after, decimals)}"


def _percent(value: float | None, decimals: int) -> str:
    return "no demand" if value is None else f"{value:,.{decimals}f} %"


def _size(effect: CoverEffect) -> float:
    return abs((effect.after_pct or 0) - (effect.before_pct or 0))


def _texts(effect: CoverEffect) -> tuple[str, ...]:
    before, after = effect.before_pct, effect.after_pct
    moved = "" if before is None or after is None else f"{after - before:+,.1f}"
    return (
        effect.element,
        effect.year,
        *("" if each is None else f"{each:,.1f}" for each in (before, after)),
        moved,
    )
