"""The price of one month of delivery, explained: its sentence, and the steps that lead to it."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from planner.analysis import UnitPrice
from planner.errors import PlannerError
from planner.model.prices import PRICE_UNIT
from planner.units import Month
from ui.charts.words import number
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.panel import EmptyState
from ui.theme import GRID_PX, tabular

MONTHS_LISTED = 18


def written(value: Decimal) -> str:
    """Write a number of a step with the locale's separators and its own decimals."""
    return number(float(value), max(0, -int(value.as_tuple().exponent)))


def unit_of(price: UnitPrice) -> str:
    """Return `USD per t of metal`."""
    return f"{price.currency} per {PRICE_UNIT.title(price.unit)}"


def brief(unit: str) -> str:
    """Return `USD/t of metal` of `USD per t of metal`, for narrow columns."""
    return unit.replace(" per ", "/", 1)


class ExplainedPrice(QWidget):
    """A chooser of the month over the steps; `chosen` carries nothing, ask `month`."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.steps = TextsModel(("Step", "Amount", "Unit"), frozenset({1}), self)
        self.view = ReadingView(self.steps, wide=0)
        self.view.setAccessibleName("Steps of the price")
        self.chooser = QComboBox()
        self.chooser.setFont(tabular(self.font()))
        self.chooser.setMaxVisibleItems(MONTHS_LISTED)
        self.chooser.setAccessibleName("Month of delivery")
        self.chooser.currentIndexChanged.connect(lambda _: self.chosen.emit())
        self._sentence = QLabel()
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setContentsMargins(2 * GRID_PX, 0, 2 * GRID_PX, GRID_PX)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._sentence)
        column.addWidget(self.view, stretch=1)
        self.empty = EmptyState(body, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(self.empty, stretch=1)

    def _head(self) -> QHBoxLayout:
        title = QLabel("Price of a delivery in")
        font = title.font()
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        title.setBuddy(self.chooser)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        head.setSpacing(GRID_PX)
        head.addWidget(title)
        head.addWidget(self.chooser)
        head.addStretch(1)
        return head

    @property
    def month(self) -> Month | None:
        """The month that is chosen."""
        text = self.chooser.currentText()
        return Month.parse(text) if text else None

    @property
    def sentence(self) -> str:
        """The sentence that is shown: of the price, or what is missing."""
        return self.empty.sentence if self.empty.is_empty else self._sentence.text()

    def list_months(self, months: Sequence[Month], default: Month) -> None:
        """Offer these months; the chosen one stays, or `default` is chosen, or the first one."""
        texts = [str(month) for month in months]
        if texts == [self.chooser.itemText(at) for at in range(self.chooser.count())]:
            return
        before = self.chooser.currentText()
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            self.chooser.addItems(texts)
            wanted = next((text for text in (before, str(default)) if text in texts), None)
            self.chooser.setCurrentIndex(0 if wanted is None else texts.index(wanted))

    def choose(self, month: str) -> None:
        """Choose a month, if it is listed."""
        at = self.chooser.findText(month)
        if at >= 0:
            self.chooser.setCurrentIndex(at)

    def show_price(self, price: UnitPrice | PlannerError) -> None:
        """Show the steps of a price, or the sentence that says what is missing."""
        if isinstance(price, PlannerError):
            self.empty.say(str(price), first_step=False)
            return
        self._sentence.setText(price.sentence)
        notes = frozenset(at for at, step in enumerate(price.steps) if step.value is None)
        rows = [(step.what, step.number, brief(step.unit)) for step in price.steps]
        self.steps.show_rows([*rows[:-1], ("Unit price", *rows[-1][1:])], notes)
        # What is only noted has no amount, and needs the room.
        self.view.clearSpans()
        for row in notes:
            self.view.setSpan(row, 0, 1, self.steps.columnCount())
        self.empty.show_body()
