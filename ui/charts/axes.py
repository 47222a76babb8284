"""Axes: periods named as densely as they fit, quantities with separated thousands."""

import math
from collections.abc import Callable, Sequence
from itertools import groupby

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsSceneResizeEvent

from ui.charts.words import month_of, number, quarter_of, year_of

GAP_PX = 14
ROW_PX = 52
LEAST_ROW_PX = 20
LEAST_LABELS = 3


def labels_for(periods: Sequence[str], first: int, last: int, px_each: float, text_px: float) -> dict[float, str]:
    """Return the label at each position between two periods (inclusive): months if they fit, else quarters, else years.

    A quarter or year is named at the middle of its visible periods; `text_px` is the width of the widest label.
    """
    shown = range(max(0, first), min(len(periods), last + 1))
    if not shown:
        return {}
    namings: tuple[Callable[[str], str], ...] = (month_of, quarter_of)
    for naming in namings:
        groups = _groups(periods, shown, naming)
        if groups and max(size for _, _, size in groups) * px_each >= text_px + GAP_PX:
            return _placed(groups, px_each, text_px)
    years = _groups(periods, shown, year_of)
    fullest = max(size for _, _, size in years)
    every = max(1, math.ceil((text_px + GAP_PX) / (fullest * px_each)))
    return _placed([group for group in years if int(group[1]) % every == 0], px_each * every, text_px)


def _groups(periods: Sequence[str], shown: range, naming: Callable[[str], str]) -> list[tuple[float, str, int]]:
    groups = []
    for name, members in groupby(shown, key=lambda index: naming(periods[index])):
        indices = list(members)
        if name:
            groups.append(((indices[0] + indices[-1]) / 2, name, len(indices)))
    return groups


def _placed(groups: list[tuple[float, str, int]], px_each: float, text_px: float) -> dict[float, str]:
    # A year or quarter cut by the edge of the view is named only where its name still fits.
    return {middle: name for middle, name, size in groups if size * px_each >= text_px * 0.9}


def nice_step(span: float, rows: int) -> float:
    """Return the smallest of 1, 2, 2.5, 5 x 10^n that divides a span into at most `rows` parts."""
    if span <= 0 or not math.isfinite(span):
        return 1.0
    rough = span / max(1, rows)
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next((power * step for step in (1.0, 2.0, 2.5, 5.0) if power * step >= rough), power * 10.0)


def round_values(low: float, high: float, size: float) -> tuple[float, list[float]]:
    """Return a step and its multiples in a range, one every 52 of `size` pixels, closer in a low plot."""
    rows = max(2, int(size / ROW_PX))
    step, values = _multiples(low, high, rows)
    while len(values) < LEAST_LABELS and size / (rows + 1) >= LEAST_ROW_PX:
        rows += 1
        step, values = _multiples(low, high, rows)
    return step, values


def _multiples(low: float, high: float, rows: int) -> tuple[float, list[float]]:
    step = nice_step(high - low, rows)
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    return step, [index * step for index in range(first, last + 1)]


class PeriodAxis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """The time axis: one unit per period, period i centred on i."""

    def __init__(self) -> None:
        """Start without periods."""
        super().__init__(orientation="bottom")
        self.periods: tuple[str, ...] = ()
        self._labels: dict[float, str] = {}

    def set_periods(self, periods: tuple[str, ...]) -> None:
        """Name these periods from now on."""
        self.periods = periods
        self.picture = None
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803 - pyqtgraph's names
        """Return the positions of the labels for pyqtgraph."""
        metrics = QFontMetricsF(self.font())
        span = max(1e-9, maxVal - minVal)
        widest = max((metrics.horizontalAdvance(text) for text in ("Mmm 00", "Q0 00")), default=0.0)
        first, last = math.ceil(minVal), math.floor(maxVal)
        self._labels = labels_for(self.periods, first, last, size / span, widest)
        return [(1.0, list(self._labels))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002 - pyqtgraph's signature
        """Return the labels at the positions that `tickValues` gave."""
        return [self._labels.get(value, "") for value in values]


class QuantityAxis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """A vertical axis of plain numbers: no SI prefix, thousands separated, a few round steps."""

    # Longest first; pyqtgraph resizes an axis before it is made.
    _titles: tuple[str, ...] = ()

    def __init__(self, width: float) -> None:
        """`width` in pixels is fixed, so that plots above each other line up and nothing jumps."""
        super().__init__(orientation="left")
        self.enableAutoSIPrefix(enable=False)
        self.setStyle(tickLength=0, autoExpandTextSpace=False, hideOverlappingLabels=False, tickTextOffset=8)
        self.setWidth(width)
        self.blank = False

    def set_titles(self, *titles: str) -> None:
        """Name the axis by the first of these that is no longer than the axis is high; by none where none fits."""
        self._titles = titles
        self._fit_title()

    def resizeEvent(self, ev: QGraphicsSceneResizeEvent | None = None) -> None:
        """Put the title into the middle, or a shorter one that fits."""
        super().resizeEvent(ev)
        if self._titles:
            self._fit_title()

    def _fit_title(self) -> None:
        metrics, room = QFontMetricsF(self.label.font()), self.size().height() + GAP_PX
        title = next((each for each in self._titles if metrics.horizontalAdvance(each) <= room), "")
        if title != self.labelText:
            self.setLabel(title)
            self.label.setDefaultTextColor(self.textPen().color())
            super().resizeEvent(None)

    def boundingRect(self) -> QRectF:
        """Leave room for half a line above and below, or pyqtgraph drops the label at zero."""
        return QRectF(super().boundingRect()).adjusted(0, -GAP_PX, 0, GAP_PX)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N803 - pyqtgraph's names
        """Return round values for pyqtgraph; none while the chart is empty."""
        if self.blank:
            return []
        return [round_values(minVal, maxVal, size)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002 - pyqtgraph's signature
        """Return the values with just the decimals that their step needs."""
        decimals = 0
        while decimals < 6 and abs(round(spacing, decimals) - spacing) > spacing * 1e-6:  # noqa: PLR2004 - kWh in a GWh
            decimals += 1
        return [number(value, decimals) for value in values]
