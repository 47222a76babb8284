"""The line under the heat map: what its colours and marks mean, and the way to other thresholds."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from planner.analysis.gaps.heat import CoverState, Thresholds
from ui.pages.heat_paint import MARK_PX, draw_corner, draw_mark, ground_of
from ui.pages.heat_words import legend
from ui.theme import GRID_PX, Theme

MUST_BUY = "with a net requirement"
SWATCH = QSize(20, 14)
HEIGHT_PX = 4 * GRID_PX


class HeatKey(QWidget):
    """Draws a swatch and words for each state; it gives way in a narrow window."""

    def __init__(self, thresholds: Thresholds, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = legend(thresholds)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT_PX)
        self._tell()

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """Name other thresholds."""
        self._entries = legend(thresholds)
        self._tell()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def _tell(self) -> None:
        self.setAccessibleName("; ".join(words for _, words in self._entries))
        # In a narrow window some have no room.
        self.setToolTip("\n".join([*(words for _, words in self._entries), MUST_BUY]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the entries from the left, as many as there is room for."""
        del event
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        left = float(3 * GRID_PX)
        entries: list[tuple[CoverState | None, str]] = [*self._entries, (None, MUST_BUY)]
        for state, words in entries:
            width = SWATCH.width() + GRID_PX * 0.75 + metrics.horizontalAdvance(words)
            if left + width > self.width():
                break
            self._draw_swatch(painter, state, QRectF(left, (self.height() - SWATCH.height()) / 2, *SWATCH.toTuple()))
            painter.setPen(QColor(self._theme.muted))
            place = QRectF(left + SWATCH.width() + GRID_PX * 0.75, 0, width, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
            left += width + 2 * GRID_PX
        painter.end()

    def _draw_swatch(self, painter: QPainter, state: CoverState | None, place: QRectF) -> None:
        if state is None:
            painter.setPen(QColor(self._theme.rule))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
            draw_corner(painter, place.adjusted(0, 0, 1, 0), self._theme)
            return
        painter.fillRect(place, ground_of(state, self._theme))
        middle = place.center()
        draw_mark(
            painter, state, QRectF(middle.x() - MARK_PX / 2, middle.y() - MARK_PX / 2, MARK_PX, MARK_PX), self._theme
        )


class HeatFoot(QWidget):
    """The key, what stands out in the plan, and the button for thresholds."""

    thresholds_wanted = Signal()
    findings_wanted = Signal()

    def __init__(self, thresholds: Thresholds, theme: Theme) -> None:
        super().__init__()
        self.key = HeatKey(thresholds, theme)
        self.findings_button = _quiet("")
        self.findings_button.setToolTip("Show or hide the list of findings")
        self.findings_button.hide()
        self.findings_button.clicked.connect(self.findings_wanted)
        self.thresholds_button = _quiet("Thresholds…")
        self.thresholds_button.setToolTip("Set from which cover on a period is short, tight, or holds too much")
        self.thresholds_button.clicked.connect(self.thresholds_wanted)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, GRID_PX // 2, 2 * GRID_PX, GRID_PX // 2)
        self._line.setSpacing(GRID_PX)
        self._line.addWidget(self.key, stretch=1)
        self._line.addWidget(self.findings_button)
        self._line.addWidget(self.thresholds_button)

    def add(self, widget: QWidget) -> None:
        """Put something more at the end of the line."""
        self._line.addWidget(widget)

    def show_findings(self, errors: int, warnings: int) -> None:
        """Say how many findings there are of each kind; nothing where there are none."""
        words = [_counted(errors, "error"), _counted(warnings, "warning")]
        text = ", ".join(word for word in words if word)
        self.findings_button.setText(text)
        self.findings_button.setVisible(bool(text))


def _counted(count: int, word: str) -> str:
    return "" if not count else f"{count:,} {word}{'' if count == 1 else 's'}"


def _quiet(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setFlat(True)
    return button
