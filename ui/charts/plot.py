"""One plot over periods: wheel zooms time, drag pans, double-click resets; heights follow what is visible."""

from collections.abc import Iterable
from itertools import pairwise

import pyqtgraph as pg
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent, MouseDragEvent
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPen
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsTextItem

from ui.charts.axes import PeriodAxis, QuantityAxis
from ui.charts.items import NO_PEN, RulesItem, SeriesItem
from ui.charts.words import year_of
from ui.theme import GRID_PX, Theme

MOST_RULES = 24
ROOM_ABOVE = 1.08


class TimeBox(pg.ViewBox):  # type: ignore[misc] # pyqtgraph has no types
    """The area of a plot; only time can be zoomed and dragged. `clicked` carries the period and the unit."""

    clicked = Signal(QPointF)
    reset_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self) -> None:
        """Start with pyqtgraph's own menu and automatic ranges off."""
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.setMouseEnabled(x=True, y=False)
        self.disableAutoRange()
        # What a click does may leave the page: it waits until it cannot become a double-click any more.
        self._clicked_at = QPointF()
        self._single = QTimer(self, singleShot=True)
        self._single.timeout.connect(lambda: self.clicked.emit(self._clicked_at))

    def mouseClickEvent(self, ev: MouseClickEvent) -> None:
        """Tell a click, a double-click and a call for the menu apart."""
        if ev.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(ev.screenPos().toPoint())
        elif ev.double():
            self._single.stop()
            self.reset_wanted.emit()
        else:
            self._clicked_at = self.mapSceneToView(ev.scenePos())
            self._single.start(QGuiApplication.styleHints().mouseDoubleClickInterval())
        ev.accept()

    def mouseDragEvent(self, ev: MouseDragEvent, axis: int | None = None) -> None:
        """Pan with the left button; the other buttons do nothing."""
        if ev.button() == Qt.MouseButton.LeftButton:
            super().mouseDragEvent(ev, axis)
        else:
            ev.ignore()


class PeriodPlot:
    """An area with its axes, rules and series."""

    def __init__(self, items: dict[str, SeriesItem], font: QFont, axis_width: float) -> None:
        """`items` by key, drawn in their order, the first at the back."""
        self.items = items
        self.box = TimeBox()
        self.time = PeriodAxis()
        self.scale = QuantityAxis(axis_width)
        self.plot = _laid_out(self.box, self.scale, self.time)
        for axis in (self.time, self.scale):
            axis.setStyle(tickFont=font, tickAlpha=255)
            # Its grid lies behind the area.
            axis.setZValue(self.box.zValue() - 1)
            axis.label.setFont(font)
        # A tick of no length would be drawn as a dot, its pen notwithstanding.
        self.time.setStyle(tickLength=0, tickTextOffset=6, tickAlpha=0)
        self.scale.setGrid(255)
        self.rules = RulesItem()
        self.zero = pg.InfiniteLine(pos=0, angle=0)
        self.cursor = pg.InfiniteLine(pos=0, angle=90)
        self.cursor.setVisible(False)
        self.note = QGraphicsTextItem(self.box)
        self.note.setFont(font)
        for part in (self.rules, *items.values(), self.zero, self.cursor):
            self.box.addItem(part, ignoreBounds=True)
        self._pile_up()
        self._years: tuple[float, ...] = ()
        self.box.sigResized.connect(self._place_note)

    def set_items(self, items: dict[str, SeriesItem]) -> None:
        """Draw these series, of which some may be there already."""
        kept = set(items.values())
        for item in set(self.items.values()) - kept:
            self.box.removeItem(item)
        for item in kept - set(self.items.values()):
            self.box.addItem(item, ignoreBounds=True)
        self.items = items
        self._pile_up()

    def _pile_up(self) -> None:
        for depth, item in enumerate(self.items.values()):
            item.setZValue(depth)
        self.zero.setZValue(len(self.items) - 0.5)
        self.cursor.setZValue(len(self.items) + 1)

    def set_theme(self, theme: Theme) -> None:
        """Colour the axes, rules and cursor."""
        for axis in (self.time, self.scale):
            axis.setPen(NO_PEN)
            axis.setTextPen(QPen(QColor(theme.muted)))
            axis.label.setDefaultTextColor(QColor(theme.muted))
        self.time.setTickPen(NO_PEN)
        self.scale.setTickPen(_hairline(theme.grid))
        self.rules.pen = _hairline(theme.rule)
        self.zero.setPen(_hairline(theme.muted))
        self.cursor.setPen(_hairline(theme.muted))
        self.note.setDefaultTextColor(QColor(theme.muted))

    def set_periods(self, periods: tuple[str, ...]) -> None:
        """Name the periods and rule off the years (unless each period is a year)."""
        self.time.set_periods(periods)
        starts = [
            index - 0.5
            for index, (before, after) in enumerate(pairwise(periods), start=1)
            if year_of(before) != year_of(after)
        ]
        self._years = tuple(starts) if len(starts) < min(MOST_RULES, len(periods) - 1) else ()

    def set_unit(self, text: str, *shorter: str) -> None:
        """Title the vertical axis, in fewer words where it is too low for these."""
        self.scale.set_titles(text, *shorter)

    def say(self, text: str) -> None:
        """Write a sentence in the middle of an empty plot; an empty text takes it away."""
        if text == self.note.toPlainText():
            return
        self.note.setPlainText(text)
        self.note.setVisible(bool(text))
        self.zero.setVisible(not text)
        self.scale.blank = bool(text)
        self.scale.picture = None
        self.scale.update()
        self._place_note()

    def fit_heights(self, first: int, last: int, hidden: Iterable[str]) -> None:
        """Fit the vertical range to the visible series between two periods (inclusive)."""
        self.set_heights(*self.heights(first, last, hidden))

    def heights(self, first: int, last: int, hidden: Iterable[str]) -> tuple[float, float]:
        """Return the lowest and the highest value of the visible series between two periods (inclusive)."""
        off = frozenset(hidden)
        pairs = [item.extremes(first, last) for key, item in self.items.items() if key not in off]
        low = min((pair[0] for pair in pairs), default=0.0)
        high = max((pair[1] for pair in pairs), default=0.0)
        return low, high

    def set_heights(self, low: float, high: float) -> None:
        """Show the values between two, and a little room."""
        if high - low <= 0:
            high = low + 1.0
        room = (high - low) * (ROOM_ABOVE - 1)
        low, high = (low - room if low < 0 else low), high + room
        self.box.setYRange(low, high, padding=0)
        self.rules.set_rules(self._years, low, high)

    def area(self) -> QRectF:
        """Return the area of the plot in the scene."""
        return QRectF(self.box.sceneBoundingRect())

    def _place_note(self) -> None:
        size, note = self.box.size(), self.note.boundingRect()
        self.note.setPos(QPointF((size.width() - note.width()) / 2, (size.height() - note.height()) / 2 - GRID_PX))


def _laid_out(box: TimeBox, scale: QuantityAxis, time: PeriodAxis) -> pg.GraphicsWidget:
    """Return the area with its axes; pyqtgraph's own PlotItem spends most of its making on menus that we replace."""
    whole = pg.GraphicsWidget()
    layout = QGraphicsGridLayout(whole)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.setSpacing(0)
    layout.addItem(scale, 0, 0)
    layout.addItem(box, 0, 1)
    layout.addItem(time, 1, 1)
    layout.setRowStretchFactor(0, 100)
    layout.setColumnStretchFactor(1, 100)
    for axis in (scale, time):
        axis.linkToView(box)
    return whole


def _hairline(colour: str) -> QPen:
    pen = QPen(QColor(colour), 1.0)
    pen.setCosmetic(True)
    return pen
