"""What a chart draws: one graphics object per series, set in place when its numbers change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QGraphicsObject, QStyleOptionGraphicsItem, QWidget

BAR_WIDTH = 0.78

Values = tuple[float | None, ...]
NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is drawn, in the plot and in the legend; `ground` lies under a hatched brush, or beside a line."""

    pen: QPen
    brush: QBrush
    ground: QBrush


def line_look(
    colour: str, width: float = 2.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine, *, edge: str | None = None
) -> Look:
    """Return the look of a line, `width` in pixels; an `edge` sets it off from bars of any colour."""
    pen = QPen(QColor(colour), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)
    pen.setCosmetic(True)
    return Look(pen, NO_BRUSH, NO_BRUSH if edge is None else QBrush(_faded(edge, 190)))


def fill_look(colour: str, alpha: int = 255) -> Look:
    """Return the look of a plain area."""
    return Look(NO_PEN, QBrush(_faded(colour, alpha)), NO_BRUSH)


def block_look(colour: str, edge: str) -> Look:
    """Return the look of a plain area with a thin edge, told apart from the one that it touches."""
    pen = QPen(QColor(edge), 1.0)
    pen.setCosmetic(True)
    return Look(pen, QBrush(QColor(colour)), NO_BRUSH)


def hatch_look(colour: str, ground: str, pattern: Qt.BrushStyle) -> Look:
    """Return the look of a hatched, outlined area on its own ground, told apart without its colour."""
    pen = QPen(QColor(colour), 1.0)
    pen.setCosmetic(True)
    return Look(pen, QBrush(QColor(colour), pattern), QBrush(_faded(ground, 215)))


def crisp(pen: QPen, painter: QPainter) -> QPen:
    """Return the pen of a line in whole pixels of the screen, more of them where the screen is dense.

    Qt does not scale a cosmetic pen, and half a pixel would draw each level of a step in another thickness.
    """
    result = QPen(pen)
    result.setWidth(max(1, round(pen.widthF() * painter.device().devicePixelRatio())))
    return result


def _edge(look: Look) -> QPen:
    pen = QPen(look.pen)
    pen.setColor(look.ground.color())
    pen.setStyle(Qt.PenStyle.SolidLine)
    pen.setWidthF(look.pen.widthF() + 2.0)
    return pen


def _faded(colour: str, alpha: int) -> QColor:
    result = QColor(colour)
    result.setAlpha(alpha)
    return result


class SeriesItem(QGraphicsObject):
    """A series over the periods 0..n-1, each one unit wide and centred on its index."""

    legend: Literal["area", "line"] = "area"

    def __init__(self) -> None:
        """Start empty; `look` is set before the first painting."""
        super().__init__()
        self.look = Look(NO_PEN, NO_BRUSH, NO_BRUSH)
        self._bounds = QRectF()

    def set_look(self, look: Look) -> None:
        """Draw in this look from now on."""
        self.look = look
        self.update()

    def extremes(self, first: int, last: int) -> tuple[float, float]:
        """Return the lowest and highest value over two indices (inclusive), zero included."""
        raise NotImplementedError

    def boundingRect(self) -> QRectF:
        """Return the area that is painted, in periods and units."""
        return self._bounds

    def _moved(self, bounds: QRectF) -> None:
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
        self.update()


class BarsItem(SeriesItem):
    """Rectangles over each period, from a bottom up by a height; bars of no height are not drawn."""

    def __init__(self, width: float = BAR_WIDTH) -> None:
        """`width` is the part of the period that a bar covers; at 1 neighbours join into one area."""
        super().__init__()
        self._width = width
        self.bottoms: tuple[float, ...] = ()
        self.heights: tuple[float, ...] = ()
        self._rects: list[QRectF] = []

    def set_bars(self, bottoms: tuple[float, ...], heights: tuple[float, ...]) -> bool:
        """Show these bars; returns whether anything changed."""
        if bottoms == self.bottoms and heights == self.heights:
            return False
        self.bottoms, self.heights = bottoms, heights
        left = self._width / 2
        self._rects = [
            QRectF(index - left, bottom, self._width, height)
            for index, (bottom, height) in enumerate(zip(bottoms, heights, strict=True))
            if height > 0
        ]
        top = max((rect.bottom() for rect in self._rects), default=0.0)
        low = min((rect.top() for rect in self._rects), default=0.0)
        self._moved(QRectF(-0.5, low, len(heights), top - low))
        return True

    @property
    def bars(self) -> tuple[QRectF, ...]:
        """The rectangles that are drawn, in periods and units; `top()` is the lower edge."""
        return tuple(self._rects)

    def holds(self, place: QPointF) -> bool:
        """Tell whether a place, in periods and units, lies on a bar."""
        index = math.floor(place.x() + 0.5)
        if not 0 <= index < len(self.heights) or abs(place.x() - index) > self._width / 2:
            return False
        bottom, height = self.bottoms[index], self.heights[index]
        return height > 0 and bottom <= place.y() <= bottom + height

    def extremes(self, first: int, last: int) -> tuple[float, float]:
        """Return 0 and the top of the highest bar."""
        tops = zip(self.bottoms[first : last + 1], self.heights[first : last + 1], strict=True)
        return 0.0, max((bottom + height for bottom, height in tops if height > 0), default=0.0)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the ground, then the fill or hatching with its outline."""
        del option, widget
        if not self._rects:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if self.look.ground.style() == Qt.BrushStyle.NoBrush:
            painter.setPen(self.look.pen)
            painter.setBrush(self.look.brush)
            painter.drawRects(self._rects)
        else:
            self._paint_hatched(painter)

    def _paint_hatched(self, painter: QPainter) -> None:
        # In the pixels of the picture: an SVG stretches a hatching with the units of the plot.
        world = painter.worldTransform()
        rects = [world.mapRect(rect) for rect in self._rects]
        painter.save()
        painter.setWorldTransform(QTransform())
        painter.setPen(NO_PEN)
        painter.setBrush(self.look.ground)
        painter.drawRects(rects)
        painter.setPen(self.look.pen)
        painter.setBrush(self.look.brush)
        painter.drawRects(rects)
        painter.restore()


class StepItem(SeriesItem):
    """A line that is level over each period; a period without a value is a gap."""

    legend = "line"

    def __init__(self) -> None:
        """Start without values."""
        super().__init__()
        self.values: Values = ()
        self.path = QPainterPath()

    def set_values(self, values: Values) -> bool:
        """Show these values; returns whether anything changed."""
        if values == self.values:
            return False
        self.values = values
        self.path = _step_path(values)
        self._moved(self.path.boundingRect())
        return True

    def extremes(self, first: int, last: int) -> tuple[float, float]:
        """Return the lowest and highest value, zero included."""
        known = [value for value in self.values[first : last + 1] if value is not None]
        return min(0.0, *known, 0.0), max(0.0, *known, 0.0)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the line."""
        del option, widget
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if self.look.ground.style() != Qt.BrushStyle.NoBrush:
            painter.strokePath(self.path, crisp(_edge(self.look), painter))
        painter.strokePath(self.path, crisp(self.look.pen, painter))


class LevelItem(StepItem):
    """A step line with its area down to zero; below zero the area has the colour of shortage."""

    def __init__(self) -> None:
        """Start without values."""
        super().__init__()
        self.below = NO_BRUSH
        self._above_rects: list[QRectF] = []
        self._below_rects: list[QRectF] = []

    def set_values(self, values: Values) -> bool:
        """Show these values; returns whether anything changed."""
        if not super().set_values(values):
            return False
        known = [(index, value) for index, value in enumerate(values) if value is not None]
        self._above_rects = [QRectF(index - 0.5, 0, 1, value) for index, value in known if value > 0]
        self._below_rects = [QRectF(index - 0.5, value, 1, -value) for index, value in known if value < 0]
        self._moved(self.path.boundingRect().united(QRectF(-0.5, 0, len(values), 0)))
        return True

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the areas, then the line on top."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(NO_PEN)
        for brush, rects in ((self.look.brush, self._above_rects), (self.below, self._below_rects)):
            painter.setBrush(brush)
            if rects:
                painter.drawRects(rects)
        super().paint(painter, option, widget)


class RulesItem(QGraphicsObject):
    """Thin vertical rules, where a year begins."""

    def __init__(self) -> None:
        """Start without rules, behind everything else."""
        super().__init__()
        self.setZValue(-20)
        self.pen = NO_PEN
        self._places: tuple[float, ...] = ()
        self._height = (0.0, 1.0)

    def set_rules(self, places: Sequence[float], low: float, high: float) -> None:
        """Draw rules at these places between two heights."""
        self.prepareGeometryChange()
        self._places, self._height = tuple(places), (low, high)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the area that is painted."""
        low, high = self._height
        if not self._places:
            return QRectF()
        return QRectF(self._places[0], low, max(1.0, self._places[-1] - self._places[0]), high - low)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the rules."""
        del option, widget
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(self.pen)
        low, high = self._height
        for place in self._places:
            painter.drawLine(QPointF(place, low), QPointF(place, high))


def _step_path(values: Values) -> QPainterPath:
    path = QPainterPath()
    drawing = False
    for index, value in enumerate(values):
        if value is None:
            drawing = False
            continue
        if drawing:
            path.lineTo(index - 0.5, value)
        else:
            path.moveTo(index - 0.5, value)
        path.lineTo(index + 0.5, value)
        drawing = True
    return path
