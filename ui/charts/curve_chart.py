"""A curve by month, such as the price of an index: solid where it is known, dashed and lighter where it is assumed."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

import pyqtgraph as pg
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from ui.charts.header import Entry
from ui.charts.items import Look, SeriesItem, Values, crisp, line_look
from ui.charts.period_chart import PeriodChart
from ui.charts.words import number
from ui.theme import GRID_PX, Theme

NOTHING = "There is nothing to draw yet."
ROOM_BELOW = 0.08
# How far a curve that never moves stands from the edges, as a part of its height.
ROOM_AROUND_LEVEL = 0.05
DOT_PX = 5
DOTS_FROM_PX = 10


@dataclass(frozen=True, slots=True)
class Curve:
    """What is drawn: a value by month, None where there is none, and which of them are `sure`.

    `unit` is for axis and title, `decimals` for what is read out.
    """

    title: str
    unit: str
    periods: tuple[str, ...]
    values: Values
    sure: tuple[bool, ...]
    note: str = ""
    decimals: int = 2

    @property
    def known(self) -> Values:
        """The values that are sure."""
        return tuple(value if sure else None for value, sure in zip(self.values, self.sure, strict=True))

    @property
    def assumed(self) -> Values:
        """The values that are not."""
        return tuple(None if sure else value for value, sure in zip(self.values, self.sure, strict=True))


class CurveItem(SeriesItem):
    """A part of a curve; its heights are fitted to the whole of it, and zero is not among them."""

    legend = "line"

    def __init__(self, *, dots: bool) -> None:
        """With `dots` each value is marked, so that one between two gaps is seen."""
        super().__init__()
        self._dots = dots
        self._whole: Values = ()
        self.values: Values = ()
        self.path = QPainterPath()

    def set_part(self, values: Values, path: QPainterPath, whole: Values) -> None:
        """Show these values of a curve, along this path."""
        self.values, self.path, self._whole = values, path, whole
        self._moved(path.boundingRect())

    def extremes(self, first: int, last: int) -> tuple[float, float]:
        """Return a little less than the lowest value of the whole curve, and its highest."""
        known = [value for value in self._whole[first : last + 1] if value is not None]
        if not known:
            return 0.0, 0.0
        low, high = min(known), max(known)
        room = (high - low) * ROOM_BELOW
        if not room:
            room = abs(high) * ROOM_AROUND_LEVEL
            high += room
        return (max(0.0, low - room) if low >= 0 else low - room), high

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line, and its dots where they lie far enough apart."""
        del option, widget
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=self._dots)
        painter.strokePath(self.path, crisp(self.look.pen, painter))
        if self._dots and abs(painter.worldTransform().m11()) >= DOTS_FROM_PX:
            pen = QPen(self.look.pen.color(), DOT_PX * painter.device().devicePixelRatio())
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints([QPointF(at, value) for at, value in enumerate(self.values) if value is not None])


class CurveChart(PeriodChart):
    """One curve, and a line at the month that is chosen."""

    def __init__(
        self,
        theme: Theme,
        names: tuple[str, ...],
        parent: QWidget | None = None,
        *,
        stepped: bool = False,
        readout: bool = True,
    ) -> None:
        """`names` are those of what is known and, if any may be, of what is assumed; `stepped` ones hold a month."""
        self._names = names
        self._stepped = stepped
        self.known = CurveItem(dots=not stepped)
        self.assumed = CurveItem(dots=not stepped)
        self.curve: Curve | None = None
        self.marked: str | None = None
        self.marker = pg.InfiniteLine(pos=0, angle=90)
        self.marker.setVisible(False)
        entries = (Entry("known", names[0], self.known), *(Entry("assumed", name, self.assumed) for name in names[1:]))
        # What is known lies on top.
        items: dict[str, SeriesItem] = {"assumed": self.assumed, "known": self.known}
        super().__init__(theme, (items,), entries, (1,), readout=readout, parent=parent)
        self.plots[0].box.addItem(self.marker, ignoreBounds=True)
        self.plots[0].say(NOTHING)
        self.setMinimumSize(40 * GRID_PX, 24 * GRID_PX)

    def show_curve(self, curve: Curve) -> None:
        """Show a curve."""
        if curve == self.curve:
            return
        self.curve = curve
        self.set_periods(curve.periods)
        self.header.set_title(curve.title, f"{curve.unit}; {curve.note}" if curve.note else curve.unit)
        self.plots[0].set_unit(curve.unit)
        solid, dashed = _paths(curve, stepped=self._stepped)
        self.known.set_part(curve.known, solid, curve.values)
        self.assumed.set_part(curve.assumed, dashed, curve.values)
        self.plots[0].say("" if any(value is not None for value in curve.values) else NOTHING)
        self.mark(self.marked)
        self._refresh()

    def mark(self, period: str | None) -> None:
        """Draw a line at a period; None, or one that is not shown, takes it away."""
        self.marked = period
        self.marker.setVisible(period in self.periods)
        if period in self.periods:
            self.marker.setPos(self.periods.index(period))

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        super().set_theme(theme)
        pen = QPen(QColor(theme.accent), 1.0)
        pen.setCosmetic(True)
        self.marker.setPen(pen)

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of both parts, in ink: the colours belong to stages."""
        return {
            "known": line_look(theme.demand),
            "assumed": line_look(theme.muted, 2.0, Qt.PenStyle.DashLine),
        }

    def readings(self, index: int) -> dict[str, str]:
        """Return the value of a month, under what it is."""
        if self.curve is None:
            return {}
        decimals = self.curve.decimals
        return {
            "known": number(self.curve.known[index], decimals),
            "assumed": number(self.curve.assumed[index], decimals),
        }

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same curve, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, self._names, stepped=self._stepped, readout=False)
        if self.curve is not None:
            copy.show_curve(self.curve)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return the months with a value as text, each with what it is."""
        if self.curve is None:
            return [["month"]]
        curve = self.curve
        rows = [
            [period, str(value), self._names[0 if sure else 1].lower()]
            for period, value, sure in zip(curve.periods, curve.values, curve.sure, strict=True)
            if value is not None
        ]
        return [["month", curve.unit, "standing"], *rows]


def _paths(curve: Curve, *, stepped: bool) -> tuple[QPainterPath, QPainterPath]:
    """Return the path of what is known and that of what is assumed; they meet where one follows the other."""
    solid, dashed = QPainterPath(), QPainterPath()
    if stepped:
        for at, (value, sure) in enumerate(zip(curve.values, curve.sure, strict=True)):
            if value is not None:
                before = curve.values[at - 1] if at else None
                if before is not None and before != value:
                    riser = solid if sure and curve.sure[at - 1] else dashed
                    _stroke(riser, QPointF(at - 0.5, before), QPointF(at - 0.5, value))
                _stroke(solid if sure else dashed, QPointF(at - 0.5, value), QPointF(at + 0.5, value))
        return solid, dashed
    for at, (before, value) in enumerate(pairwise(curve.values), start=1):
        if before is not None and value is not None:
            path = solid if curve.sure[at - 1] and curve.sure[at] else dashed
            _stroke(path, QPointF(at - 1, before), QPointF(at, value))
    return solid, dashed


def _stroke(path: QPainterPath, start: QPointF, end: QPointF) -> None:
    """Go on to a point, or begin anew where the path ended elsewhere: dashes run through what hangs together."""
    if path.isEmpty() or path.currentPosition() != start:
        path.moveTo(start)
    path.lineTo(end)
