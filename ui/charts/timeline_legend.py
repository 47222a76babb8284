"""The legend of the timeline: each sign with its name, in as many lines as the width asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts.timeline_glyphs import draw_bar, draw_first_delivery, draw_mark, draw_option
from ui.theme import GRID_PX, Theme

Sign = Literal["firm", "probable", "closed", "done", "due", "late", "first", "option"]

SIGNS: tuple[tuple[Sign, str], ...] = (
    ("firm", "Firm"),
    ("probable", "Probable"),
    ("closed", "Expired or cancelled"),
    ("done", "Milestone done"),
    ("due", "To come"),
    ("late", "Late"),
    ("first", "Deliveries begin"),
    ("option", "Option ends"),
)
SIGN_PX, BAR_SIGN_PX, LINE_PX = 12.0, 20.0, 2.5 * GRID_PX


@dataclass(frozen=True, slots=True)
class _Entry:
    sign: Sign
    name: str
    place: QRectF


class TimelineLegend(QWidget):
    """Draws itself; its height follows its width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("Legend")
        self.setAccessibleDescription(", ".join(name for _, name in SIGNS))

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def heightForWidth(self, width: int) -> int:
        """Return the height that all lines take."""
        return round(max(entry.place.bottom() for entry in self._entries(width)))

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        return QSize(round(max(entry.place.right() for entry in self._entries(10_000))) + 1, round(LINE_PX))

    def minimumSizeHint(self) -> QSize:
        """Return the size below which names would be cut."""
        return QSize(25 * GRID_PX, round(LINE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the signs and their names."""
        del event
        painter = QPainter(self)
        for entry in self._entries(self.width()):
            self._draw(painter, entry)
        painter.end()

    def _draw(self, painter: QPainter, entry: _Entry) -> None:
        place, theme = entry.place, self._theme
        sign = QRectF(place.left(), place.center().y() - SIGN_PX / 2, _width(entry.sign), SIGN_PX)
        match entry.sign:
            case "firm" | "probable" | "closed":
                draw_bar(painter, theme, entry.sign, sign.toAlignedRect().toRectF())
            case "done" | "due" | "late":
                draw_mark(painter, theme, entry.sign, sign.center())
            case "first":
                draw_first_delivery(painter, theme, sign.center().x(), sign.top(), sign.bottom())
            case "option":
                draw_option(painter, theme, QPointF(sign.center()))
        painter.setPen(QColor(theme.muted))
        name = place.adjusted(_width(entry.sign) + 0.75 * GRID_PX, 0, 0, 0)
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, entry.name)

    def _entries(self, width: float) -> Iterator[_Entry]:
        metrics, left, top = QFontMetricsF(self.font()), 0.0, 0.0
        for sign, name in SIGNS:
            own = _width(sign) + 0.75 * GRID_PX + metrics.horizontalAdvance(name)
            if left and left + own > width:
                left, top = 0.0, top + LINE_PX
            yield _Entry(sign, name, QRectF(left, top, own, LINE_PX))
            left += own + 2 * GRID_PX


def _width(sign: Sign) -> float:
    return BAR_SIGN_PX if sign in {"firm", "probable", "closed"} else SIGN_PX
