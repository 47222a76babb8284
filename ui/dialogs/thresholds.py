"""The dialog that sets from which cover on a period is short, tight, or holds too much."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from planner.analysis.gaps.heat import DEFAULT, HIGHEST_PCT, Thresholds
from ui.theme import GRID_PX, quiet

ABOUT = "They colour the heat map on this machine; the plan and its figures stay as they are."
WIDTH = 44 * GRID_PX


class ThresholdsDialog(QDialog):
    """Three percentages that cannot cross; each change is applied at once, `changed` carries Thresholds."""

    changed = Signal(Thresholds)

    def __init__(self, thresholds: Thresholds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Thresholds of the heat map")
        self.thresholds = thresholds
        self.short, self.tight, self.excess = (_percentage(name) for name in ("Short", "Tight", "More than enough"))
        self._build()
        self._show(thresholds)
        for box in (self.short, self.tight, self.excess):
            box.valueChanged.connect(self._take)

    def _build(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(GRID_PX)
        form.setHorizontalSpacing(2 * GRID_PX)
        form.addRow("Short below", self.short)
        form.addRow("Tight below", self.tight)
        form.addRow("More than enough above", self.excess)
        about = QLabel(ABOUT)
        about.setWordWrap(True)
        quiet(about)
        buttons = QDialogButtonBox()
        self.defaults_button = buttons.addButton("Restore defaults", QDialogButtonBox.ButtonRole.ResetRole)
        self.defaults_button.clicked.connect(lambda: self._show(DEFAULT))
        self.defaults_button.setAutoDefault(False)
        close = buttons.addButton(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addLayout(form)
        layout.addWidget(about)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    def _show(self, thresholds: Thresholds) -> None:
        # From the outside in: a bound that is still in the way would hold a value back.
        for box in (self.short, self.tight, self.excess):
            box.setRange(0, HIGHEST_PCT)
        self.short.setValue(thresholds.short_below_pct)
        self.tight.setValue(thresholds.tight_below_pct)
        self.excess.setValue(thresholds.excess_above_pct)
        self._take()

    def _take(self) -> None:
        """Apply what the boxes say, once they rise; then none may pass its neighbour."""
        short, tight, excess = self.short.value(), self.tight.value(), self.excess.value()
        if not short <= tight <= excess:
            return
        self.short.setMaximum(tight)
        self.tight.setRange(short, excess)
        self.excess.setMinimum(tight)
        thresholds = Thresholds(short, tight, excess)
        if thresholds != self.thresholds:
            self.thresholds = thresholds
            self.changed.emit(thresholds)


def _percentage(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, HIGHEST_PCT)
    box.setSuffix(" %")
    box.setSingleStep(5)
    box.setAccessibleName(name)
    return box
