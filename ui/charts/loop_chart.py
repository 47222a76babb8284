"""A closed loop: what comes back against what can be recovered of what was returned, and the balance below."""

from collections.abc import Mapping
from typing import Self

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QWidget

from planner.analysis.footprint.recycled import Loop
from ui.charts.header import Entry
from ui.charts.items import (
    BarsItem,
    LevelItem,
    Look,
    SeriesItem,
    StepItem,
    block_look,
    fill_look,
    hatch_look,
    line_look,
)
from ui.charts.period_chart import PeriodChart
from ui.charts.plot import PeriodPlot
from ui.charts.words import number
from ui.theme import GRID_PX, Theme, series_colour

EMPTY = "Nothing goes round yet."
SCRAP, OLD, BACK, BALANCE = "scrap", "end_of_life", "delivered", "balance"


class LoopChart(PeriodChart):
    """Bars of what can be recovered, of scrap and of old batteries, a step line of what comes back, the balance."""

    rows_clicked = Signal(tuple, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start empty."""
        self.loop: Loop | None = None
        self.scrap, self.old, self.back, self.balance = BarsItem(), BarsItem(), StepItem(), LevelItem()
        above: dict[str, SeriesItem] = {SCRAP: self.scrap, OLD: self.old, BACK: self.back}
        entries = (
            Entry(SCRAP, "From scrap", self.scrap),
            Entry(OLD, "From end of life", self.old),
            Entry(BACK, "Delivered back", self.back),
            Entry(BALANCE, "Balance", self.balance),
        )
        super().__init__(theme, (above, {BALANCE: self.balance}), entries, (3, 2), readout=readout, parent=parent)
        self.setMinimumSize(40 * GRID_PX, 24 * GRID_PX)
        self.plots[0].say(EMPTY)
        self.plots[1].say(" ")

    def show_loop(self, loop: Loop) -> None:
        """Show a closed loop."""
        if loop == self.loop:
            return
        self.loop = loop
        self.set_periods(tuple(row.period for row in loop.rows))
        recovery = number(loop.recovery_pct, 0)
        self.header.set_title(
            f"Closed loop {loop.contract} {loop.line}",
            f"t of {loop.element}; {recovery} % of what we return can be recovered",
        )
        self.plots[0].set_unit(f"t {loop.element}")
        self.plots[1].set_unit("Balance, t", "Balance")
        self.back.set_values(tuple(row.delivered_t for row in loop.rows))
        self.balance.set_values(tuple(row.balance_t for row in loop.rows))
        self._restack()
        quiet = not any(row.delivered_t or row.recoverable_t for row in loop.rows)
        self.plots[0].say(EMPTY if quiet else "")
        self.plots[1].say(" " if quiet else "")
        self._refresh()

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series."""
        shade = QColor(theme.shortage)
        shade.setAlpha(130 if theme.dark else 110)
        self.balance.below = QBrush(shade)
        level, quiet = line_look(theme.stock), series_colour(theme, -1)
        return {
            SCRAP: block_look(quiet, theme.base),
            OLD: hatch_look(theme.muted, theme.base, Qt.BrushStyle.BDiagPattern),
            BACK: line_look(theme.demand, 2.5, edge=theme.base),
            BALANCE: Look(level.pen, fill_look(theme.stock, 60).brush, level.ground),
        }

    def readings(self, index: int) -> dict[str, str]:
        """Return what can be recovered, what comes back, and the balance, in t of metal."""
        if self.loop is None:
            return {}
        row = self.loop.rows[index]
        scrap, old = _recoverable(self.loop, index)
        values = {SCRAP: scrap, OLD: old, BACK: row.delivered_t, BALANCE: row.balance_t}
        return {key: number(value, 1) for key, value in values.items()}

    def click_in(self, plot: PeriodPlot, index: int, place: QPointF) -> None:
        """Lead to the deliveries of the loop."""
        del plot, place
        if self.loop is not None:
            self.rows_clicked.emit(self.loop.lines, self.periods[index])

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same loop, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, readout=False)
        if self.loop is not None:
            copy.show_loop(self.loop)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return the rows as text, exactly as computed."""
        head = ["period", "delivered (t)", "scrap (t)", "end of life (t)", "recoverable (t)", "balance (t)"]
        rows = () if self.loop is None else self.loop.rows
        return [
            head,
            *(
                [
                    row.period,
                    *map(str, (row.delivered_t, row.scrap_t, row.end_of_life_t, row.recoverable_t, row.balance_t)),
                ]
                for row in rows
            ),
        ]

    def _restack(self) -> None:
        parts = [] if self.loop is None else [_recoverable(self.loop, at) for at in range(len(self.loop.rows))]
        scrap, old = tuple(part[0] for part in parts), tuple(part[1] for part in parts)
        nothing = tuple(0.0 for _ in parts)
        self.scrap.set_bars(nothing, scrap)
        self.old.set_bars(nothing if SCRAP in self.hidden else scrap, old)


def _recoverable(loop: Loop, at: int) -> tuple[float, float]:
    """Return what can be recovered of the scrap and of the old batteries of a period, in t."""
    row, share = loop.rows[at], loop.recovery_pct / 100
    return row.scrap_t * share, row.end_of_life_t * share
