"""How much room the numbers of a row need, so that columns are fitted without writing out ten years of numbers."""

from collections.abc import Collection

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication

from planner.fields import Field
from planner.fields.quantities import Fixed
from ui.theme import GRID_PX, tabular

# In the unit that people see: its decimals, and a sign, go with it.
_ROOM_FOR = 100_000


class Sizes:
    """Sizes of the longest of some numbers; months of a row share one, so that they are equally wide."""

    def __init__(self, field: Field, locale: str) -> None:
        self._field = field
        self._locale = locale
        self._step = 10**field.kind.decimals if isinstance(field.kind, Fixed) else 1
        font = tabular(QGuiApplication.font())
        self._metrics = QFontMetrics(font)
        font.setWeight(QFont.Weight.DemiBold)
        self._strong_metrics = QFontMetrics(font)

    def of(self, values: Collection[int], *, strong: bool) -> QSize:
        """Return the size of a cell that holds any of the values, bold or not."""
        metrics = self._strong_metrics if strong else self._metrics
        longest = max(values, key=self._length, default=None)
        text = self._field.format(longest, self._locale, grouping=True)
        return QSize(metrics.horizontalAdvance(text) + GRID_PX, metrics.height())

    def of_total(self, value: int | None) -> QSize:
        """Return the size of a cell that holds a total, and may soon hold a longer one: it changes while one types."""
        return self.of((value or 0, -_ROOM_FOR * self._step + 1), strong=False)

    def _length(self, value: int) -> tuple[int, int]:
        """Return how long a number is written, about: all its digits are equally wide, and grouping grows with them."""
        whole, rest = divmod(value, self._step)
        decimals = len(str(self._step + rest).rstrip("0")) if rest else 0
        return len(str(whole)) + decimals, whole
