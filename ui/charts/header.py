"""The head of a chart: title, a legend that toggles, and under each name its number for the period pointed at."""

from dataclasses import dataclass
from html import escape
from itertools import accumulate

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QStyleOptionGraphicsItem, QWidget

from ui.charts.items import SeriesItem, crisp
from ui.theme import GRID_PX, Theme

SWATCH_PX = 2 * GRID_PX
MARK_PX = SWATCH_PX + 0.75 * GRID_PX
MOST_NAME_PX = 22 * GRID_PX
SAMPLE = "-000,000.0"
HINT = "Point at a period to read its numbers."


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in the legend; without an item its number is read out beside the period."""

    key: str
    title: str
    item: SeriesItem | None
    alert: bool = False


class ChartHeader(pg.GraphicsWidget):  # type: ignore[misc] # pyqtgraph has no types
    """Draws itself; its height follows its width, because the legend wraps."""

    toggled = Signal(str)

    def __init__(
        self, entries: tuple[Entry, ...], theme: Theme, font: QFont, *, readout: bool, numbers: bool = True
    ) -> None:
        """Without `readout` (in pictures) nothing is read out, and names that are numbers alone are left out.

        Without `numbers` the period is read out, but no number stands below a name.
        """
        super().__init__()
        self.theme = theme
        self.title = ""
        self.subtitle = ""
        self.hidden: frozenset[str] = frozenset()
        self.values: dict[str, str] = {}
        self.period = ""
        self._readout = readout
        self._can_number = readout and numbers
        self._numbers = self._can_number
        self._font = QFont(font)
        self._bold = QFont(font)
        self._bold.setBold(True)
        self._width = 0.0
        self._spots: list[QRectF] = []
        self.set_entries(entries)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Name these series."""
        self._marked = tuple(entry for entry in entries if entry.item is not None)
        self._asides = tuple(entry for entry in entries if entry.item is None)
        self.entries = entries if self._readout else self._marked
        if self._width:
            self.fit(self._width)

    def set_roomy(self, *, roomy: bool) -> None:
        """Have room for a number below each name, where it has numbers; without, the legend takes half the height."""
        self._numbers = self._can_number and roomy

    @property
    def is_short_of_room(self) -> bool:
        """Whether numbers that belong below the names have no room there."""
        return self._can_number and not self._numbers

    @property
    def readout_text(self) -> str:
        """What is read out now, as one line: the period, then `name number` for each series."""
        if not self.period:
            return ""
        return "; ".join([self.period, *(f"{e.title} {self.values.get(e.key, '')}" for e in self.entries)])

    @property
    def readout_table(self) -> str:
        """What is read out now as rich text, a row for each series."""
        told = ((escape(each.title), escape(self.values.get(each.key, ""))) for each in self.entries)
        rows = "".join(f"<tr><td>{name}</td><td align='right'>&nbsp;&nbsp;{value}</td></tr>" for name, value in told)
        return f"<b>{escape(self.period)}</b><table>{rows}</table>"

    def set_title(self, title: str, subtitle: str) -> None:
        """Name the chart."""
        self.title, self.subtitle = title, subtitle
        self.update()

    def set_values(self, period: str, values: dict[str, str]) -> None:
        """Read out these numbers by key; an empty period reads out nothing."""
        if (period, values) != (self.period, self.values):
            self.period, self.values = period, values
            self.update()

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Fade the names of series that are switched off."""
        self.hidden = hidden
        self.update()

    def fit(self, width: float) -> None:
        """Lay the legend out for a width in pixels and take the height that it needs."""
        self._width = width
        self._spots = self._layout(width)
        bottom = max((spot.bottom() for spot in self._spots), default=0.0)
        self.setFixedHeight(bottom)
        self.update()

    def spot_of(self, key: str) -> QPointF:
        """Return where to click to toggle a series, in the header's coordinates."""
        return self._spots[[entry.key for entry in self._marked].index(key)].center()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw title, legend and numbers."""
        del option, widget
        left = self._paint_title(painter)
        if self._readout and self.title:
            self._paint_period(painter, left)
        for entry, spot in zip(self._marked, self._spots, strict=False):
            self._paint_entry(painter, entry, spot)

    def _paint_title(self, painter: QPainter) -> float:
        """Draw title and subtitle, shortened to leave room for what is read out; returns where they end."""
        metrics, bold = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        base = bold.height()
        room = self.size().width()
        if self._readout and self.period:
            room -= bold.horizontalAdvance(self._told()) + 2 * GRID_PX
        title = bold.elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(self._bold)
        painter.setPen(QColor(self.theme.text))
        painter.drawText(QPointF(0, base), title)
        left = bold.horizontalAdvance(title) + GRID_PX
        subtitle = metrics.elidedText(self.subtitle, Qt.TextElideMode.ElideRight, max(0.0, room - left))
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(QPointF(left, base), subtitle)
        return left + metrics.horizontalAdvance(subtitle)

    def _paint_period(self, painter: QPainter, left: float) -> None:
        metrics, bold = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        width = self.size().width()
        if self.period:
            told = self._told()
            painter.setFont(self._bold)
            painter.setPen(QColor(self.theme.text))
            painter.drawText(QPointF(width - bold.horizontalAdvance(told), bold.height()), told)
        elif left + 2 * GRID_PX + metrics.horizontalAdvance(HINT) <= width:
            painter.drawText(QPointF(width - metrics.horizontalAdvance(HINT), bold.height()), HINT)

    def _told(self) -> str:
        """Return the period and the numbers that no series is drawn of: `March 2025 · Supply 67.6 · Cover 159 %`."""
        asides = (f"{entry.title} {self.values.get(entry.key, '')}" for entry in self._asides)
        return " · ".join((self.period, *asides))

    def _paint_entry(self, painter: QPainter, entry: Entry, spot: QRectF) -> None:
        line = QFontMetricsF(self._font).height()
        off = entry.key in self.hidden
        left = spot.left()
        if entry.item is not None:
            swatch = QRectF(left, spot.top() + (line - 10) / 2, SWATCH_PX, 10)
            _swatch(painter, entry.item, swatch, QColor(self.theme.rule) if off else None)
        left += MARK_PX
        painter.setFont(self._font)
        painter.setPen(QColor(self.theme.muted if off else self.theme.text))
        name = QRectF(left, spot.top(), spot.right() - left, line)
        title = _short(entry.title, QFontMetricsF(self._font))
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip, title)
        value = self.values.get(entry.key, "") if self.period else ""
        if self._numbers and value:
            alert = entry.alert and any(digit in value for digit in "123456789")
            painter.setFont(self._bold)
            painter.setPen(QColor(self.theme.shortage if alert else self.theme.text))
            place = QRectF(left, spot.top() + line, spot.right() - left, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextDontClip, value)

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Toggle the series whose name is pressed."""
        for entry, spot in zip(self._marked, self._spots, strict=False):
            if spot.contains(event.pos()):
                event.accept()
                self.toggled.emit(entry.key)
                return
        event.ignore()

    def _layout(self, width: float) -> list[QRectF]:
        """Return the place of each entry, in as many columns as fit: each as wide as its widest entry."""
        metrics, bold = QFontMetricsF(self._font), QFontMetricsF(self._bold)
        height = metrics.height() * (2 if self._numbers else 1)
        least = bold.horizontalAdvance(SAMPLE) if self._numbers else 0.0
        names = (metrics.horizontalAdvance(_short(entry.title, metrics)) for entry in self._marked)
        each = [MARK_PX + max(name, least) for name in names]
        columns = _columns(each, width)
        lefts = list(accumulate((column + 2 * GRID_PX for column in columns), initial=0.0))
        top = bold.height() + 1.25 * GRID_PX
        spots = []
        for number, own in enumerate(each):
            row, column = divmod(number, len(columns))
            spots.append(QRectF(lefts[column], top + row * (height + GRID_PX / 2), own, height))
        return spots


def _short(title: str, metrics: QFontMetricsF) -> str:
    """Return a name as it is drawn, long ones without their middle: they would push others out of their columns."""
    return metrics.elidedText(title, Qt.TextElideMode.ElideMiddle, MOST_NAME_PX)


def _columns(each: list[float], width: float) -> list[float]:
    """Return the widths of the most columns that fit, the entries laid out row by row; at least one."""
    for count in range(len(each), 1, -1):
        columns = [max(each[column::count]) for column in range(count)]
        if sum(columns) + (count - 1) * 2 * GRID_PX <= width:
            return columns
    return [max(each)]


def _swatch(painter: QPainter, item: SeriesItem, place: QRectF, off: QColor | None) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if off is not None:
        painter.setPen(QPen(off))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        return
    if item.legend == "line":
        _area(painter, item, place.adjusted(0, place.height() / 2, 0, 0))
        painter.setPen(crisp(item.look.pen, painter))
        painter.drawLine(QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y()))
        return
    _area(painter, item, place)


def _area(painter: QPainter, item: SeriesItem, place: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(item.look.ground)
    painter.drawRect(place)
    if item.legend == "area":
        painter.setPen(item.look.pen)
    painter.setBrush(item.look.brush)
    painter.drawRect(place)
