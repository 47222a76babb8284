"""How the timeline is drawn: rows of bars and marks, the column of labels, the head with the years."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from planner.analysis.terms.timeline import Segment, TimelineMark, TimelineRow, day_after, first_day, stage_class
from ui.charts.items import crisp
from ui.charts.timeline_glyphs import (
    MARK_PX,
    bar_colour,
    demi_bold,
    draw_bar,
    draw_first_delivery,
    draw_mark,
    draw_option,
    draw_tag,
    ink_on,
    smaller,
)
from ui.charts.timeline_scale import Tick, TimeScale
from ui.charts.timeline_words import day_name, month_name, stage_name
from ui.theme import GRID_PX, Theme

ROW_PX = 5 * GRID_PX
BAR_TOP_PX, BAR_PX = 6, 2 * GRID_PX
LANE_PX = 31
YEAR_PX, PART_PX, TAG_PX = 24, 18, 20
HEAD_PX = YEAR_PX + PART_PX + TAG_PX
PAD_PX = 6.0
GRIP_PX = 4


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands out from others."""

    current: bool = False
    hovered: bool = False
    focused: bool = False
    grips: bool = False
    chosen: str = ""


class TimelineInk:
    """A painter with the theme, the fonts and the scale of one picture; x counts from the left end of the axis."""

    def __init__(self, painter: QPainter, theme: Theme, font: QFont, scale: TimeScale) -> None:
        self._painter = painter
        self._theme = theme
        self._scale = scale
        self._font, self._bold, self._small = font, demi_bold(font), smaller(font)

    def ground(self, place: QRectF, look: RowLook) -> None:
        """Draw what lies under a row: the current one is tinted, the one pointed at a little."""
        if look.current:
            tint = QColor(self._theme.accent)
            tint.setAlpha(36 if look.focused else 22)
            self._painter.fillRect(place, tint)
        elif look.hovered:
            self._painter.fillRect(place, QColor(self._theme.alternate))
        self._rule(self._theme.grid, place.bottomLeft() - QPointF(0, 1), place.bottomRight() - QPointF(0, 1))

    def grid(self, top: float, bottom: float) -> None:
        """Draw a line where a month or quarter begins, a stronger one where a year does."""
        years = [tick for tick in self._scale.years() if tick.name]
        for ticks, colour in ((self._scale.parts(), self._theme.grid), (years, self._theme.rule)):
            for tick in ticks:
                x = round(self._scale.x_of(tick.low))
                self._rule(colour, QPointF(x, top), QPointF(x, bottom))

    def head(self, today: date) -> None:
        """Draw the years, the months or quarters under them, and the tag of today."""
        parts, width = self._scale.parts(), self._scale.width
        self._painter.fillRect(QRectF(0, 0, width, HEAD_PX), QColor(self._theme.base))
        years = QRectF(0, 0, width, YEAR_PX if parts else YEAR_PX + PART_PX)
        self._names(self._scale.years(), years, self._bold, self._theme.text)
        self._names(parts, QRectF(0, YEAR_PX, width, PART_PX), self._font, self._theme.muted)
        self._rule(self._theme.rule, QPointF(0, HEAD_PX - 1), QPointF(width, HEAD_PX - 1))
        x = self._scale.x_of(today)
        if 0 <= x <= width:
            self.tag(f"Today, {day_name(today)}", x, self._theme.accent, self._theme.on_accent)

    def tag(self, text: str, x: float, ground: str, ink: str) -> None:
        """Draw words in the lowest part of the head, centred on a pixel as far as there is room."""
        self._painter.setFont(self._small)
        width = QFontMetricsF(self._small).horizontalAdvance(text) + 2 * PAD_PX
        left = min(max(2.0, x - width / 2), max(2.0, self._scale.width - width - 2))
        draw_tag(self._painter, ground, ink, text, QRectF(left, HEAD_PX - TAG_PX + 1, width, TAG_PX - 4))

    def line(self, day: date, bottom: float, colour: str) -> None:
        """Draw an upright line on a day, down from the head."""
        x = round(self._scale.x_of(day))
        self._painter.fillRect(QRectF(x - 1, HEAD_PX - 3, 2, bottom - HEAD_PX + 3), QColor(colour))

    def bars(self, row: TimelineRow, top: float, look: RowLook) -> None:
        """Draw the bar of a contract, a part for each stage."""
        bar = QRectF(0, top + BAR_TOP_PX, 0, BAR_PX)
        for segment in row.segments:
            place = self._place(segment, bar)
            if place is not None:
                draw_bar(self._painter, self._theme, stage_class(segment.stage), place)
                if segment is not row.segments[0]:
                    # Neighbours of one class would run into each other.
                    gap = QRectF(place.left() - 2, bar.top(), 2, bar.height())
                    self._painter.fillRect(gap, QColor(self._theme.base))
        if look.grips:
            self._grips(row, bar)

    def signs(self, row: TimelineRow, top: float, look: RowLook) -> None:
        """Draw what stands on the bar, and the days in the lane below it."""
        bar = QRectF(0, top + BAR_TOP_PX, 0, BAR_PX)
        first = None if row.first_delivery is None else self._scale.x_of(first_day(row.first_delivery))
        if first is not None and self._near(first):
            draw_first_delivery(self._painter, self._theme, first, bar.top(), bar.bottom())
        for segment in row.segments:
            self._stage(segment, bar, first)
        self._beyond(row, bar)
        self._lane(row, top + LANE_PX, look)

    def label(self, row: TimelineRow, place: QRectF, look: RowLook) -> None:
        """Draw the reference, and under it supplier and title."""
        if look.current:
            edge = self._theme.accent if look.focused else self._theme.rule
            self._painter.fillRect(QRectF(place.left(), place.top(), 3, place.height() - 1), QColor(edge))
        inner = place.adjusted(2 * GRID_PX, 4, -GRID_PX, -4)
        words = f"{row.supplier} · {row.title}" if row.title else row.supplier
        self._elided(self._bold, self._theme.text, row.contract, inner, Qt.AlignmentFlag.AlignTop)
        self._elided(self._small, self._theme.muted, words, inner, Qt.AlignmentFlag.AlignBottom)

    def _place(self, segment: Segment, bar: QRectF) -> QRectF | None:
        """Return where a part of a bar is drawn; None where it is not in view."""
        left, right = self._scale.x_of(segment.start_day), self._scale.x_of(segment.end_day)
        # Qt draws far outside the picture with errors of rounding, and for nothing.
        low, high = max(-2.0 * GRID_PX, round(left)), min(self._scale.width + 2.0 * GRID_PX, round(right))
        return QRectF(low, bar.top(), high - low, bar.height()) if low < high else None

    def _stage(self, segment: Segment, bar: QRectF, first: float | None) -> None:
        """Write the stage into its part of the bar where it fits, behind the sign of the first delivery."""
        place = self._place(segment, bar)
        if place is None:
            return
        name, kind = stage_name(segment.stage), stage_class(segment.stage)
        width = QFontMetricsF(self._small).horizontalAdvance(name)
        left, right = max(0.0, place.left()) + PAD_PX, min(self._scale.width, place.right()) - PAD_PX
        if first is not None and left - PAD_PX <= first <= left + width + PAD_PX:
            left = first + PAD_PX
        if left + width <= right:
            self._painter.setFont(self._small)
            quiet = QColor(self._theme.muted)
            self._painter.setPen(quiet if kind == "closed" else ink_on(bar_colour(self._theme, kind)))
            words = QRectF(left, bar.top(), right - left, bar.height())
            self._painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _beyond(self, row: TimelineRow, bar: QRectF) -> None:
        """Say on which side a term lies that is not in view."""
        place = QRectF(PAD_PX, bar.top(), self._scale.width - 2 * PAD_PX, bar.height())
        self._painter.setFont(self._small)
        self._painter.setPen(QColor(self._theme.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._scale.x_of(day_after(row.end)) <= 0:
            self._painter.drawText(place, middle | Qt.AlignmentFlag.AlignLeft, f"← until {month_name(row.end)}")
        elif self._scale.x_of(first_day(row.start)) >= self._scale.width:
            self._painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, f"from {month_name(row.start)} →")

    def _grips(self, row: TimelineRow, bar: QRectF) -> None:
        """Draw what can be taken hold of: a darker end of the bar."""
        for x in (self._scale.x_of(first_day(row.start)), self._scale.x_of(day_after(row.end)) - GRIP_PX):
            if -GRIP_PX <= x <= self._scale.width:
                place = QRectF(round(x), bar.top(), GRIP_PX, bar.height())
                self._painter.fillRect(place, QColor(self._theme.text))
                self._painter.fillRect(place.adjusted(1.5, 4, -1.5, -4), QColor(self._theme.base))

    def _lane(self, row: TimelineRow, y: float, look: RowLook) -> None:
        spans = [self._span(mark) for mark in row.marks]
        options = [self._scale.x_of(day) for day in row.option_days]
        for mark, span in zip(row.marks, spans, strict=True):
            if mark.state == "late":
                self._slip(*span, round(y))
        for x in filter(self._near, options):
            draw_option(self._painter, self._theme, QPointF(x, y))
        for at, mark in enumerate(row.marks):
            centre = QPointF(self._scale.x_of(mark.day), y)
            if self._near(centre.x()):
                taken = [*spans[:at], *spans[at + 1 :], *((x, x) for x in options)]
                self._mark(mark, centre, taken, chosen=mark.name == look.chosen)

    def _span(self, mark: TimelineMark) -> tuple[float, float]:
        """Return from where to where a mark reaches: a late one from the day on which it is due."""
        x = self._scale.x_of(mark.day)
        if mark.state != "late" or mark.due is None:
            return x, x
        return min(x, self._scale.x_of(mark.due)), x

    def _mark(self, mark: TimelineMark, centre: QPointF, taken: list[tuple[float, float]], *, chosen: bool) -> None:
        """Draw a milestone, and its name where nothing else stands."""
        draw_mark(self._painter, self._theme, mark.state, centre)
        if chosen:
            self._painter.setPen(QPen(QColor(self._theme.accent), 1.6))
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawEllipse(centre, MARK_PX + 3.5, MARK_PX + 3.5)
        left = centre.x() + MARK_PX + 0.75 * GRID_PX
        right = left + QFontMetricsF(self._small).horizontalAdvance(mark.name)
        free = all(high < left - GRID_PX or low > right + GRID_PX for low, high in taken)
        if free and right <= self._scale.width:
            self._painter.setFont(self._small)
            self._painter.setPen(QColor(self._theme.muted))
            place = QRectF(left, centre.y() - GRID_PX, right - left + 1, 2 * GRID_PX)
            self._painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, mark.name)

    def _slip(self, due: float, day: float, y: int) -> None:
        """Draw how far a milestone comes after it is due."""
        low, high = max(-1.0, due), min(self._scale.width + 1, day)
        if low < high:
            self._painter.fillRect(QRectF(low, y - 1, high - low, 2), QColor(self._theme.capacity))
            self._painter.fillRect(QRectF(round(due) - 1, y - 4, 2, 8), QColor(self._theme.capacity))

    def _near(self, x: float) -> bool:
        return -2 * MARK_PX <= x <= self._scale.width + 2 * MARK_PX

    def _names(self, ticks: list[Tick], band: QRectF, font: QFont, colour: str) -> None:
        """Name spans of time at their left end, or at the left end of the picture while they are cut by it."""
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        metrics, named = QFontMetricsF(font), [tick for tick in ticks if tick.name]
        for at, tick in enumerate(named):
            left = max(0.0, self._scale.x_of(tick.low)) + PAD_PX
            right = self._scale.x_of(named[at + 1].low) if at + 1 < len(named) else band.width()
            if left + metrics.horizontalAdvance(tick.name) <= right:
                place = QRectF(left, band.top(), right - left, band.height())
                self._painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tick.name)

    def _elided(self, font: QFont, colour: str, text: str, place: QRectF, side: Qt.AlignmentFlag) -> None:
        self._painter.setFont(font)
        self._painter.setPen(QColor(colour))
        told = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        self._painter.drawText(place, side | Qt.AlignmentFlag.AlignLeft, told)

    def _rule(self, colour: str, start: QPointF, end: QPointF) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        pen = QPen(QColor(colour), 1.0)
        pen.setCosmetic(True)
        self._painter.setPen(crisp(pen, self._painter))
        self._painter.drawLine(start, end)
