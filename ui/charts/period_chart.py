"""What every chart over periods has in common: head, plots on one time axis, hover, zoom, menu."""

import math
from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Self

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGraphicsView, QMenu, QVBoxLayout, QWidget

from ui.charts.header import ChartHeader, Entry
from ui.charts.items import Look, SeriesItem
from ui.charts.plot import PeriodPlot
from ui.charts.words import long_name
from ui.theme import GRID_PX, Theme

LEAST_PERIODS = 3
SAVES = {
    ".png": "Save as PNG…",
    ".svg": "Save as SVG…",
    ".pdf": "Save as PDF…",
    ".csv": "Save numbers as CSV…",
}
MARGIN_PX = 2 * GRID_PX
SHARE_PX = 5 * GRID_PX
# In a chart that is lower than this every line of the legend is dear.
ROOMY_PX = 40 * GRID_PX


class PeriodChart(QWidget):
    """Plots above each other that share the time axis; subclasses bring series, looks and numbers.

    `save_requested` carries the ending of a file to ask for, `copy_picture_requested` asks for the clipboard;
    ui.charts.export writes.
    """

    # The widest number that the scale of a plot has room for.
    widest: ClassVar = "0,000,000"
    # Whether the numbers of the period pointed at stand below the names of the legend.
    numbers_below: ClassVar = True

    period_clicked = Signal(str)
    save_requested = Signal(str)
    copy_picture_requested = Signal()

    def __init__(  # noqa: PLR0913 - what a kind of chart is made of, each named at the call
        self,
        theme: Theme,
        plots: tuple[dict[str, SeriesItem], ...],
        entries: tuple[Entry, ...],
        shares: tuple[int, ...],
        *,
        readout: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Stack `plots` from the top, each its series by key, by `shares` of the height; no `readout` in pictures."""
        super().__init__(parent)
        self.theme = theme
        self.periods: tuple[str, ...] = ()
        self.hidden: frozenset[str] = frozenset()
        self._hovered: int | None = None
        self.view = pg.GraphicsLayoutWidget()
        self.view.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.view.ci.layout.setContentsMargins(MARGIN_PX, GRID_PX, MARGIN_PX, GRID_PX)
        self.view.ci.layout.setVerticalSpacing(MARGIN_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.header = ChartHeader(entries, theme, self.font(), readout=readout, numbers=self.numbers_below)
        self.view.addItem(self.header, 0, 0)
        self.plots: tuple[PeriodPlot, ...] = ()
        for items in plots:
            self.plots = (*self.plots, self.make_plot(items))
        self.arrange(shares)
        self._connect()
        self.set_theme(theme)
        self.setMinimumSize(40 * GRID_PX, 30 * GRID_PX)

    def make_plot(self, items: dict[str, SeriesItem]) -> PeriodPlot:
        """Return one more plot on the same time axis, nowhere yet."""
        axis_width = QFontMetricsF(self.font()).horizontalAdvance(self.widest) + 4 * GRID_PX
        plot = PeriodPlot(items, self.font(), axis_width)
        if self.plots:
            plot.box.setXLink(self.plots[0].box)
        plot.box.clicked.connect(partial(self._click, plot))
        plot.box.reset_wanted.connect(self.reset_view)
        plot.box.menu_wanted.connect(self._show_menu)
        return plot

    def arrange(self, shares: tuple[int, ...]) -> None:
        """Put the plots below the head, above each other."""
        for plot in self.plots[:-1]:
            plot.time.hide()
        for row, (plot, share) in enumerate(zip(self.plots, shares, strict=True), start=1):
            self.view.addItem(plot.plot, row, 0)
            # Qt stretches from the preferred heights on, which are nearly the same for any plot.
            self.view.ci.layout.setRowPreferredHeight(row, share * SHARE_PX)
            self.view.ci.layout.setRowStretchFactor(row, share)

    def _connect(self) -> None:
        self.plots[0].box.sigXRangeChanged.connect(self._fit_heights)
        self.header.toggled.connect(self.toggle)
        self.view.scene().sigMouseMoved.connect(self._hover)
        for part in (self.view, self.view.viewport()):
            part.installEventFilter(self)

    # What a subclass says.

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series."""
        raise NotImplementedError

    def readings(self, index: int) -> dict[str, str]:
        """Return the numbers of one period as text, by key of the legend."""
        raise NotImplementedError

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same table, made for a picture (without read-out)."""
        raise NotImplementedError

    def csv_rows(self) -> list[list[str]]:
        """Return the numbers of the table with a header row; machine-readable, decimal point."""
        raise NotImplementedError

    # What every chart does.

    def item(self, key: str) -> SeriesItem:
        """Return one series; KeyError when the chart has none of that name."""
        return next(plot.items[key] for plot in self.plots if key in plot.items)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colours from now on."""
        self.theme = self.header.theme = theme
        self.view.setBackground(QColor(theme.base))
        for plot in self.plots:
            plot.set_theme(theme)
        self._dress()

    def _dress(self) -> None:
        looks = self.looks(self.theme)
        for plot in self.plots:
            for key, item in plot.items.items():
                item.set_look(looks[key])
                item.setVisible(key not in self.hidden)
        self.header.update()

    def set_periods(self, periods: tuple[str, ...]) -> None:
        """Put these periods on the time axis and show all of them; the same periods keep the zoom."""
        if periods == self.periods:
            return
        self.periods = periods
        self.point_at(None)
        self._set_axes()
        self.reset_view()

    def _set_axes(self) -> None:
        count = max(1, len(self.periods))
        for plot in self.plots:
            plot.set_periods(self.periods)
            plot.box.setLimits(xMin=-0.5, xMax=count - 0.5, minXRange=min(LEAST_PERIODS, count), maxXRange=count)

    def set_entries(self, entries: tuple[Entry, ...]) -> None:
        """Name the series of the plots anew, once they are other ones, and give each its look."""
        self.header.set_entries(entries)
        self._dress()

    def reset_view(self) -> None:
        """Show the whole horizon."""
        self.plots[0].box.setXRange(-0.5, max(1, len(self.periods)) - 0.5, padding=0)
        self._fit_heights()

    def visible_periods(self) -> tuple[int, int]:
        """Return the first and last index of which a part is in view."""
        low, high = self.plots[0].box.viewRange()[0]
        return max(0, math.ceil(low - 0.5 + 1e-9)), min(len(self.periods) - 1, math.floor(high + 0.5 - 1e-9))

    def toggle(self, key: str) -> None:
        """Hide a series, or show it again."""
        self.set_hidden(self.hidden ^ {key})

    def set_hidden(self, hidden: frozenset[str]) -> None:
        """Hide exactly these series."""
        self.hidden = hidden
        for plot in self.plots:
            for key, item in plot.items.items():
                item.setVisible(key not in hidden)
        self.header.set_hidden(hidden)
        self._restack()
        self._fit_heights()

    def point_at(self, index: int | None) -> None:
        """Read out one period with a line through it; None takes both away."""
        self._hovered = index
        for plot in self.plots:
            plot.cursor.setVisible(index is not None)
            if index is not None:
                plot.cursor.setPos(index)
        if index is None:
            self.header.set_values("", {})
        else:
            self.header.set_values(long_name(self.periods[index]), self.readings(index))
        # Where the legend has no room for the numbers they stand beside the pointer.
        beside = self.header.is_short_of_room and index is not None
        self.view.viewport().setToolTip(self.header.readout_table if beside else "")
        # For a screen reader, which does not see what the header draws.
        for part in (self, self.view):
            part.setAccessibleDescription(self.header.readout_text)

    def _refresh(self) -> None:
        self.view.setAccessibleName(self.header.title)
        self._fit_heights()
        if self._hovered is not None:
            self.point_at(self._hovered)

    def _restack(self) -> None:
        """Lay the stack again after a series was hidden; charts without a stack have nothing to do."""

    def _fit_heights(self) -> None:
        first, last = self.visible_periods()
        for plot in self.plots:
            plot.fit_heights(first, last, self.hidden)

    def _index_at(self, x: float) -> int | None:
        index = math.floor(x + 0.5)
        return index if 0 <= index < len(self.periods) else None

    def _click(self, plot: PeriodPlot, place: QPointF) -> None:
        index = self._index_at(place.x())
        if index is not None:
            self.click_in(plot, index, place)

    def click_in(self, plot: PeriodPlot, index: int, place: QPointF) -> None:  # noqa: ARG002 - for charts that look closer
        """Answer a click on a period of a plot; `place` is in periods and units."""
        self.period_clicked.emit(self.periods[index])

    def _hover(self, place: QPointF) -> None:
        box = next((plot.box for plot in self.plots if plot.area().contains(place)), None)
        index = None if box is None else self._index_at(box.mapSceneToView(place).x())
        if index != self._hovered:
            self.point_at(index)

    def menu(self) -> QMenu:
        """Return the context menu; it deletes itself once closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for ending, words in SAVES.items():
            menu.addAction(words, partial(self.save_requested.emit, ending))
        menu.addAction("Copy picture", self.copy_picture_requested.emit)
        menu.addSeparator()
        menu.addAction("Show whole horizon", self.reset_view)
        return menu

    def _show_menu(self, place: QPoint) -> None:
        self.menu().popup(place)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Take the read-out away when the pointer leaves; read periods out by keys."""
        if event.type() == QEvent.Type.Leave and watched is self.view.viewport():
            self.point_at(None)
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._steps_by(event)

    def _steps_by(self, event: QKeyEvent) -> bool:
        """Point at the period beside, or at the first or last in view; returns whether the key is for that."""
        first, last = self.visible_periods()
        before = self._hovered
        places = {
            Qt.Key.Key_Left: last if before is None else max(first, before - 1),
            Qt.Key.Key_Right: first if before is None else min(last, before + 1),
            Qt.Key.Key_Home: first,
            Qt.Key.Key_End: last,
            Qt.Key.Key_Escape: None,
        }
        if event.modifiers() or event.key() not in places or not self.periods:
            return False
        self.point_at(places[Qt.Key(event.key())])
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the legend anew; in a low chart it gives its second lines to the plots."""
        super().resizeEvent(event)
        self.header.set_roomy(roomy=event.size().height() >= ROOMY_PX)
        self.header.fit(event.size().width() - 2 * MARGIN_PX)
