"""The signs of the timeline, drawn alike on its rows and in its legend."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF

from planner.analysis.terms.timeline import MarkState, StageClass
from ui.theme import LIGHT, Theme

MARK_PX = 5.0
# Above this luminance dark ink stands out more than white (WCAG 2, contrast ratio).
BRIGHT = 0.18


def draw_bar(painter: QPainter, theme: Theme, kind: StageClass, place: QRectF) -> None:
    """Draw a part of a term: firm solid, probable lighter, closed as an outline."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    if kind == "closed":
        painter.setPen(QPen(QColor(theme.muted), 1.0, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(theme.base))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
    else:
        painter.fillRect(place, QColor(bar_colour(theme, kind)))


def bar_colour(theme: Theme, kind: StageClass) -> str:
    """Return the ground of a bar."""
    return {"firm": theme.firm, "probable": theme.probable, "closed": theme.base}[kind]


def ink_on(ground: str) -> QColor:
    """Return white or near-black, whichever is easier to read on a ground."""
    return QColor(LIGHT.text if _luminance(QColor(ground)) > BRIGHT else LIGHT.base)


def draw_mark(painter: QPainter, theme: Theme, state: MarkState, centre: QPointF) -> None:
    """Draw a milestone: a diamond, full when done and hollow when to come; late a triangle with an exclamation mark."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    if state == "late":
        _draw_late(painter, theme, centre)
        return
    painter.setPen(QPen(QColor(theme.text), 1.4))
    painter.setBrush(QColor(theme.text if state == "done" else theme.base))
    x, y, r = centre.x(), centre.y(), MARK_PX
    painter.drawPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]))


def _draw_late(painter: QPainter, theme: Theme, centre: QPointF) -> None:
    x, y, r = centre.x(), centre.y(), MARK_PX + 1.5
    colour = QColor(theme.capacity)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QColor(theme.base))
    painter.drawPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y + r - 2), QPointF(x - r, y + r - 2)]))
    painter.drawLine(QPointF(x, y - 2.5), QPointF(x, y + 0.8))
    painter.drawPoint(QPointF(x, y + 2.8))


def draw_first_delivery(painter: QPainter, theme: Theme, x: float, top: float, bottom: float) -> None:
    """Draw the month of the first delivery: an upright stroke across the bar."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    left = round(x)
    painter.fillRect(QRectF(left - 2, top - 3, 4, bottom - top + 6), QColor(theme.base))
    painter.fillRect(QRectF(left - 1, top - 3, 2, bottom - top + 6), QColor(theme.text))


def draw_option(painter: QPainter, theme: Theme, centre: QPointF) -> None:
    """Draw the last day of an option: a ring."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(QPen(QColor(theme.option), 1.6))
    painter.setBrush(QColor(theme.base))
    painter.drawEllipse(centre, MARK_PX - 1, MARK_PX - 1)


def draw_tag(painter: QPainter, ground: str, ink: str, text: str, place: QRectF) -> None:
    """Draw words on a coloured ground with round corners."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(place, 3, 3)
    painter.setPen(QColor(ink))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def demi_bold(font: QFont) -> QFont:
    """Return the font in the weight of headings."""
    result = QFont(font)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def smaller(font: QFont) -> QFont:
    """Return the font for what stands beside marks."""
    result = QFont(font)
    result.setPointSizeF(font.pointSizeF() * 0.88 if font.pointSizeF() > 0 else 8.0)
    return result


def _luminance(colour: QColor) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2)."""
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
