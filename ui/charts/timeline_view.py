"""The timeline as it is seen: which rows and days are in view, what lies under a point, and how it is painted."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from planner.analysis.terms.timeline import TimelineRow, day_after, first_day
from ui.charts.timeline_drag import Drag, Handle
from ui.charts.timeline_glyphs import MARK_PX
from ui.charts.timeline_paint import BAR_PX, BAR_TOP_PX, HEAD_PX, LANE_PX, ROW_PX, RowLook, TimelineInk
from ui.charts.timeline_scale import DAYS_PER_YEAR, EARLIEST, LATEST, TimeScale
from ui.charts.timeline_words import row_words
from ui.theme import GRID_PX, Theme

LEAST_LABEL_PX, MOST_LABEL_PX, LABEL_PART = 20 * GRID_PX, 36 * GRID_PX, 0.24
OUTSIDE_PX, INSIDE_PX = 5, 7
HIT_PX = MARK_PX + 3
ROOM_PART = 0.02


class TimelineView(QAbstractScrollArea):
    """Rows of contracts beside a frozen column of labels and under a frozen axis; paints only what is in view."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.theme = theme
        self.rows: tuple[TimelineRow, ...] = ()
        self.today = LATEST
        self.current = -1
        self.chosen_mark = ""
        self.editable = False
        self.drag: Drag | None = None
        self._hovered = -1
        self._note = ""
        self._home = (float(EARLIEST.toordinal()), float(LATEST.toordinal()))
        self.scale = TimeScale(*self._home, 1.0, *self._home)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumSize(50 * GRID_PX, 20 * GRID_PX)
        self.setAccessibleName("Contracts over time")

    def show_rows(self, rows: tuple[TimelineRow, ...], today: date) -> None:
        """Show these contracts; the current one stays current, and the days in view stay in view."""
        if (rows, today) == (self.rows, self.today):
            return
        before = self.current_row
        self.rows, self.today, self.drag, self._hovered = rows, today, None, -1
        names = [row.contract for row in rows]
        at = names.index(before.contract) if before is not None and before.contract in names else 0
        self.set_current(at if rows else -1)
        self._fit()

    def show_range(self, first: date, end: date) -> None:
        """Show the days from `first` up to `end`, now and after a double-click."""
        self._home = (float(first.toordinal()), float(end.toordinal()))
        self._fit()
        self.reset()

    def show_all(self) -> None:
        """Show the days of all contracts."""
        self._show_days(*self._extent())

    def reset(self) -> None:
        """Show the days that were shown at first."""
        self._show_days(*self._home)

    def _show_days(self, low: float, high: float) -> None:
        """Show some days, and a little more, so that what begins or ends with them can be taken hold of."""
        room = (high - low) * ROOM_PART
        self.set_scale(self.scale.showing(low - room, high + room))

    def set_scale(self, scale: TimeScale) -> None:
        """Show these days."""
        self.scale = scale
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.theme = theme
        self.viewport().update()

    def say(self, sentence: str) -> None:
        """Say why there are no rows."""
        self._note = sentence
        self.viewport().update()

    @property
    def current_row(self) -> TimelineRow | None:
        """The row that the keys act on."""
        return self.rows[self.current] if 0 <= self.current < len(self.rows) else None

    def set_current(self, at: int) -> None:
        """Let the keys act on a row, and bring it into view."""
        row = self.rows[at] if 0 <= at < len(self.rows) else None
        # An edit may have taken the milestone away, in the same row too.
        if at != self.current or row is None or self.chosen_mark not in {mark.name for mark in row.marks}:
            self.chosen_mark = ""
        self.current = at
        # For a screen reader, which does not see what is painted.
        self.setAccessibleDescription("" if row is None else ". ".join(row_words(row)))
        if row is not None:
            bar, top = self.verticalScrollBar(), at * ROW_PX
            bar.setValue(min(max(bar.value(), top + ROW_PX - self._rows_height()), top))
        self.viewport().update()

    # Where things are.

    @property
    def label_px(self) -> int:
        """The width of the column of labels."""
        return round(min(max(LEAST_LABEL_PX, self.viewport().width() * LABEL_PART), MOST_LABEL_PX))

    def top_of(self, at: int) -> int:
        """Return the upper edge of a row in the viewport."""
        return HEAD_PX + at * ROW_PX - self.verticalScrollBar().value()

    def row_at(self, place: QPoint) -> int:
        """Return the row under a point of the viewport, -1 for none."""
        at = (place.y() - HEAD_PX + self.verticalScrollBar().value()) // ROW_PX
        return at if place.y() >= HEAD_PX and at < len(self.rows) else -1

    def in_axis(self, place: QPoint) -> bool:
        """Return whether a point lies right of the labels."""
        return place.x() >= self.label_px

    def place_of(self, at: int, handle: Handle) -> QPoint:
        """Return where a handle of a row can be taken hold of, in the viewport."""
        row, top = self.rows[at], self.top_of(at)
        if handle.kind == "mark":
            day = next(mark.day for mark in row.marks if mark.name == handle.name)
            return QPoint(self.label_px + round(self.scale.x_of(day)), top + LANE_PX)
        # Just inside the bar, where two bars that touch cannot be confused.
        edge, inside = (day_after(row.end), -2) if handle.kind == "end" else (first_day(row.start), 2)
        return QPoint(self.label_px + round(self.scale.x_of(edge)) + inside, top + BAR_TOP_PX + BAR_PX // 2)

    def handle_at(self, place: QPoint) -> Handle | None:
        """Return what can be taken hold of at a point of the viewport, whether it may be moved or not."""
        at = self.row_at(place)
        if at < 0 or not self.in_axis(place):
            return None
        row, x, y = self.rows[at], place.x() - self.label_px, place.y() - self.top_of(at)
        if abs(y - LANE_PX) <= HIT_PX:
            near = [(abs(self.scale.x_of(mark.day) - x), mark.name) for mark in row.marks]
            distance, name = min(near, default=(HIT_PX + 1.0, ""))
            return Handle("mark", name) if distance <= HIT_PX else None
        if not BAR_TOP_PX - 2 <= y <= BAR_TOP_PX + BAR_PX + 2:
            return None
        start, end = self.scale.x_of(first_day(row.start)), self.scale.x_of(day_after(row.end))
        inside = min(INSIDE_PX, (end - start) / 3)
        if end - inside <= x <= end + OUTSIDE_PX:
            return Handle("end")
        return Handle("start") if start - OUTSIDE_PX <= x <= start + inside else None

    def _extent(self) -> tuple[float, float]:
        ends = [row.days for row in self.rows] or [self._home_days()]
        return float(min(low for low, _ in ends).toordinal()), float(max(high for _, high in ends).toordinal())

    def _home_days(self) -> tuple[date, date]:
        return date.fromordinal(int(self._home[0])), date.fromordinal(int(self._home[1]))

    def _fit(self) -> None:
        """Let the scale and the scroll bar reach all that there is, and a year more."""
        low, high = self._extent()
        first = max(float(EARLIEST.toordinal()), min(low, self._home[0], self.today.toordinal()) - DAYS_PER_YEAR)
        last = min(float(LATEST.toordinal()), max(high, self._home[1], self.today.toordinal()) + DAYS_PER_YEAR)
        width = self.viewport().width() - self.label_px
        self.set_scale(self.scale.sized(width).within(first, last))
        bar = self.verticalScrollBar()
        bar.setPageStep(self._rows_height())
        bar.setSingleStep(ROW_PX)
        bar.setRange(0, max(0, len(self.rows) * ROW_PX - self._rows_height()))

    def _rows_height(self) -> int:
        return max(ROW_PX, self.viewport().height() - HEAD_PX)

    # How it looks.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view, then what is frozen over them."""
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        self.render_into(painter, event.rect())
        painter.end()

    def render_into(self, painter: QPainter, dirty: QRect) -> None:
        """Paint the part `dirty` of the viewport."""
        size, label = self.viewport().size(), self.label_px
        painter.fillRect(dirty, QColor(self.theme.base))
        ink = TimelineInk(painter, self.theme, self.font(), self.scale)
        shown = list(self._shown())
        for _, top, look in shown:
            ink.ground(QRectF(0, top, size.width(), ROW_PX), look)
        painter.save()
        painter.setClipRect(label, 0, size.width() - label, size.height())
        painter.translate(label, 0)
        self._paint_axis(ink, shown, size.height())
        painter.restore()
        painter.fillRect(0, 0, label, HEAD_PX, QColor(self.theme.base))
        painter.setClipRect(0, HEAD_PX, label, size.height() - HEAD_PX)
        for row, top, look in shown:
            ink.label(row, QRectF(0, top, label, ROW_PX), look)
        painter.setClipping(False)
        painter.fillRect(label - 1, 0, 1, size.height(), QColor(self.theme.rule))
        painter.fillRect(0, HEAD_PX - 1, label, 1, QColor(self.theme.rule))
        if not self.rows and self._note:
            painter.setPen(QColor(self.theme.muted))
            place = self.viewport().rect().adjusted(2 * GRID_PX, HEAD_PX, -2 * GRID_PX, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._note)

    def _paint_axis(self, ink: TimelineInk, shown: list[tuple[TimelineRow, int, RowLook]], bottom: int) -> None:
        ink.grid(HEAD_PX, bottom)
        for row, top, look in shown:
            ink.bars(row, top, look)
        ink.line(self.today, bottom, self.theme.accent)
        for row, top, look in shown:
            ink.signs(row, top, look)
        if self.drag is not None:
            ink.line(self.drag.day, bottom, self.theme.text)
        ink.head(self.today)
        if self.drag is not None:
            ink.tag(self.drag.words, self.scale.x_of(self.drag.day), self.theme.text, self.theme.base)

    def _shown(self) -> Iterator[tuple[TimelineRow, int, RowLook]]:
        """Yield the rows in view with their upper edge and look, the one that is dragged as it would be."""
        first = self.verticalScrollBar().value() // ROW_PX
        for at in range(first, min(len(self.rows), first + self.viewport().height() // ROW_PX + 2)):
            row, current = self.rows[at], at == self.current
            if self.drag is not None and self.drag.before.contract == row.contract:
                row = self.drag.after
            grips = self.editable and (current or at == self._hovered)
            chosen = self.chosen_mark if current else ""
            yield row, self.top_of(at), RowLook(current, at == self._hovered, self.hasFocus(), grips, chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the days in view."""
        super().resizeEvent(event)
        self._fit()
