"""The timeline under the mouse and the keys: zoom, pan, choose, and move the ends of terms and milestones."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from planner.analysis.terms.timeline import TimelineRow
from planner.units import MONTHS_PER_YEAR, Month
from ui.charts.timeline_drag import (
    FIRST_MONTH,
    LAST_MONTH,
    Drag,
    Handle,
    MarkMove,
    Move,
    TermMove,
    mark_named,
    moved_term,
    with_mark,
)
from ui.charts.timeline_paint import ROW_PX
from ui.charts.timeline_view import TimelineView
from ui.charts.timeline_words import mark_sentence, row_words
from ui.theme import Theme

ZOOM = 0.8
NOTCH = 120
PAN_PART = 8

_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

HELP = (
    "Wheel, + and − zoom; drag and arrow keys pan; double-click shows the first range again.\n"
    "Up and Down choose a contract, Enter opens it, Ctrl+Left and Ctrl+Right choose a milestone.\n"
    "Drag an end of a bar or a milestone, or press Alt+Left and Alt+Right: the end of the term by a month,\n"
    "with Shift its start; the chosen milestone by a month, with Shift by a day."
)


class TimelineChart(TimelineView):
    """A timeline that can be moved about in, and, where it is `editable`, edited by dragging.

    `contract_wanted` carries the reference of a contract to open, `term_moved` and `mark_moved` what a drag came to.
    """

    contract_wanted = Signal(str)
    current_changed = Signal()
    term_moved = Signal(TermMove)
    mark_moved = Signal(MarkMove)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty, for reading alone."""
        super().__init__(theme, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        # A file dropped on the chart belongs to the window.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self._pressed: QPoint | None = None
        self._panned = QPoint()
        self._panning = False
        self._keys = self._keyboard()

    def set_current(self, at: int) -> None:
        """Let the keys act on a row, and bring it into view."""
        moved = at != self.current
        super().set_current(at)
        if moved:
            self.current_changed.emit()

    def zoom(self, factor: float) -> None:
        """Show `factor` times as many days around the middle."""
        self.set_scale(self.scale.zoomed(factor, self.scale.width / 2))

    def words_at(self, place: QPoint) -> str:
        """Return what is under a point of the viewport in words: a milestone, else the whole contract."""
        at = self.row_at(place)
        if at < 0:
            return HELP if self.rows else ""
        handle = self.handle_at(place)
        if handle is not None and handle.kind == "mark":
            return mark_sentence(mark_named(self.rows[at], handle.name))
        return "\n".join(row_words(self.rows[at]))

    # The mouse.

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom time at the pointer; over the labels, or with Shift, scroll the contracts; sideways, pan."""
        turn, place = event.angleDelta(), event.position().toPoint()
        if not self.in_axis(place) or event.modifiers() & _SHIFT:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - (turn.y() or turn.x()) * ROW_PX // NOTCH)
        elif abs(turn.x()) > abs(turn.y()):
            self.set_scale(self.scale.panned(-turn.x()))
        else:
            self.set_scale(self.scale.zoomed(ZOOM ** (turn.y() / NOTCH), place.x() - self.label_px))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Make the row under the pointer the current one, and take hold of what can be moved."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        place = event.position().toPoint()
        at = self.row_at(place)
        if at >= 0:
            self.set_current(at)
        self._pressed = self._panned = place
        handle = self._movable(place)
        if handle is not None:
            self.chosen_mark = handle.name
            self.drag = Drag(handle, self.rows[at], self.rows[at])
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag a handle or the whole picture; without a button, show what could be dragged."""
        place = event.position().toPoint()
        if self._pressed is None:
            self._point_at(place)
        elif self.drag is not None:
            self._drag_to(place)
        elif self._panning or (place - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._panning = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            step, self._panned = place - self._panned, place
            if self.in_axis(self._pressed):
                self.set_scale(self.scale.panned(-step.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: what was dragged becomes one edit."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed, self._panning = None, False
        drag, self.drag = self.drag, None
        self._point_at(event.position().toPoint())
        self.viewport().update()
        if drag is not None and drag.move is not None:
            self._tell(drag.move)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the contract whose label is meant; beside the labels, show the first range again."""
        place = event.position().toPoint()
        if self.in_axis(place):
            self.reset()
        elif self.row_at(place) >= 0:
            self._open()

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        super().leaveEvent(event)
        self._hover(-1)

    def _drag_to(self, place: QPoint) -> None:
        if self.drag is None or self._pressed is None:
            return
        # A click that trembles moves nothing.
        if self.drag.move is None and (place - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self.drag = self.drag.to(self.scale, place.x() - self.label_px)
        self.viewport().update()

    def _point_at(self, place: QPoint) -> None:
        self._hover(self.row_at(place))
        if self._movable(place) is not None:
            self.viewport().setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.viewport().unsetCursor()

    def _hover(self, at: int) -> None:
        if at != self._hovered:
            self._hovered = at
            self.viewport().update()

    def _movable(self, place: QPoint) -> Handle | None:
        handle = self.handle_at(place) if self.editable else None
        if handle is None or handle.kind != "mark":
            return handle
        # A milestone that is done stays on the day that it was.
        done = mark_named(self.rows[self.row_at(place)], handle.name).state == "done"
        return None if done else handle

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what is under the pointer in words."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self._pressed is None:
                QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self.viewport())
            return True
        return super().viewportEvent(event)

    # The keys.

    def event(self, event: QEvent) -> bool:
        """Keep the keys that the chart knows from shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meant(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means here."""
        meant = self._meant(event)
        if meant is None:
            event.ignore()
        else:
            meant()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys act here."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys act elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _meant(self, event: QKeyEvent) -> Callable[[], object] | None:
        held, key = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())
        if key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_Underscore}:
            # Some keyboards have them with Shift alone.
            held &= ~_SHIFT
        if key == Qt.Key.Key_Escape and self.drag is None and not self.chosen_mark:
            return None
        return self._keys.get((key, held))

    def _keyboard(self) -> dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]:
        key = Qt.Key
        return {
            (key.Key_Left, _NONE): lambda: self._pan(-self.scale.width / PAN_PART),
            (key.Key_Right, _NONE): lambda: self._pan(self.scale.width / PAN_PART),
            (key.Key_Home, _NONE): lambda: self._pan(self.scale.x_of(self.scale.first)),
            (key.Key_End, _NONE): lambda: self._pan(self.scale.x_of(self.scale.last)),
            (key.Key_Plus, _NONE): lambda: self.zoom(ZOOM),
            (key.Key_Equal, _NONE): lambda: self.zoom(ZOOM),
            (key.Key_Minus, _NONE): lambda: self.zoom(1 / ZOOM),
            (key.Key_Underscore, _NONE): lambda: self.zoom(1 / ZOOM),
            (key.Key_0, _NONE): self.reset,
            (key.Key_Up, _NONE): lambda: self._step(-1),
            (key.Key_Down, _NONE): lambda: self._step(1),
            (key.Key_PageUp, _NONE): lambda: self._step(-self._page()),
            (key.Key_PageDown, _NONE): lambda: self._step(self._page()),
            (key.Key_Home, _CTRL): lambda: self._step(-len(self.rows)),
            (key.Key_End, _CTRL): lambda: self._step(len(self.rows)),
            (key.Key_Return, _NONE): self._open,
            (key.Key_Enter, _NONE): self._open,
            (key.Key_Escape, _NONE): self._let_go,
            (key.Key_Left, _CTRL): lambda: self._choose_mark(-1),
            (key.Key_Right, _CTRL): lambda: self._choose_mark(1),
            (key.Key_Left, _ALT): lambda: self._nudge(-1),
            (key.Key_Right, _ALT): lambda: self._nudge(1),
            (key.Key_Left, _ALT | _SHIFT): lambda: self._nudge(-1, shift=True),
            (key.Key_Right, _ALT | _SHIFT): lambda: self._nudge(1, shift=True),
        }

    def _pan(self, px: float) -> None:
        self.set_scale(self.scale.panned(px))

    def _page(self) -> int:
        return max(1, self._rows_height() // ROW_PX - 1)

    def _step(self, rows: int) -> None:
        if self.rows:
            self.set_current(min(max(0, self.current + rows), len(self.rows) - 1))

    def _open(self) -> None:
        if self.current_row is not None:
            self.contract_wanted.emit(self.current_row.contract)

    def _let_go(self) -> None:
        """Forget the drag, or the choice of a milestone."""
        if self.drag is not None:
            self.drag = self._pressed = None
        else:
            self._say_mark("")
        self.viewport().update()

    def _choose_mark(self, step: int) -> None:
        """Choose the next milestone of the current row, or the one before."""
        row = self.current_row
        if row is None or not row.marks:
            return
        names = [mark.name for mark in row.marks]
        at = names.index(self.chosen_mark) + step if self.chosen_mark in names else (0 if step > 0 else -1)
        self._say_mark(names[at % len(names)])

    def _say_mark(self, name: str) -> None:
        self.chosen_mark, row = name, self.current_row
        if row is not None:
            self.setAccessibleDescription(mark_sentence(mark_named(row, name)) if name else ". ".join(row_words(row)))
        self.viewport().update()

    def _nudge(self, by: int, *, shift: bool = False) -> None:
        """Move the chosen milestone by a month, or with Shift by a day; else the end of the term, or its start."""
        row = self.current_row
        if row is None or not self.editable:
            return
        if self.chosen_mark:
            after = _nudged_mark(row, self.chosen_mark, by, days=shift)
            handle = Handle("mark", self.chosen_mark)
        else:
            handle = Handle("start" if shift else "end")
            after = moved_term(row, "start" if shift else "end", by)
        move = Drag(handle, row, after).move
        if move is not None:
            self._tell(move)

    def _tell(self, move: Move) -> None:
        if isinstance(move, TermMove):
            self.term_moved.emit(move)
        else:
            self.mark_moved.emit(move)


def _nudged_mark(row: TimelineRow, name: str, by: int, *, days: bool) -> TimelineRow:
    mark = mark_named(row, name)
    if mark.state == "done":
        return row
    return with_mark(row, name, mark.day + timedelta(days=by) if days else _months_later(mark.day, by))


def _months_later(day: date, months: int) -> date:
    """Return the same day of another month, or its last one; the day itself where a plan holds no such month."""
    number = int(Month.of(day.year, day.month)) + months
    if not FIRST_MONTH <= number <= LAST_MONTH:
        return day
    year, month = divmod(number, MONTHS_PER_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
