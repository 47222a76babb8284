"""A compact strip: the GWh that supply allows against the GWh wanted, and the element that limits it."""

from collections.abc import Mapping
from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from planner.analysis import SupportedRow, SupportedTable
from ui.charts.header import Entry
from ui.charts.items import BarsItem, Look, StepItem, fill_look, line_look
from ui.charts.period_chart import MARGIN_PX, PeriodChart
from ui.charts.words import decimals_of, long_name, number
from ui.theme import GRID_PX, Theme

UNIT = "GWh"
WIDE_PX = 50 * GRID_PX
COLUMNS = ("period", "gwh", "bottleneck", "demand_gwh", "headroom_gwh", "next_bottleneck", "lift_t")
EMPTY = "No programme needs cells in this horizon. Import demand."


class SupportedChart(PeriodChart):
    """Bars of supported GWh under a step line of the GWh wanted.

    A sentence below tells what would lift the period pointed at, else the one that lacks most.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start empty."""
        self.gap = BarsItem(width=1.0)
        self.bars = BarsItem()
        self.demand = StepItem()
        self.table: SupportedTable | None = None
        entries = (
            Entry("gwh", "Supported", self.bars),
            Entry("demand_gwh", "Wanted", self.demand),
            Entry("gap", "Not supported", self.gap),
            Entry("bottleneck", "Bottleneck", None),
        )
        items = {"gap": self.gap, "gwh": self.bars, "demand_gwh": self.demand}
        super().__init__(theme, (items,), entries, (1,), readout=readout, parent=parent)
        self.setMinimumSize(30 * GRID_PX, 20 * GRID_PX)
        self.lift = QLabel()
        self.lift.setWordWrap(True)
        self.lift.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        # It belongs to the picture above it, whose ground is that of paper.
        self.lift.setBackgroundRole(QPalette.ColorRole.Base)
        self.lift.setAutoFillBackground(True)
        self.lift.setContentsMargins(MARGIN_PX, 0, MARGIN_PX, GRID_PX)
        self.lift.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout = self.layout()
        if readout and layout is not None:
            layout.setSpacing(0)
            layout.addWidget(self.lift)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for a sentence of the usual length, the same for all, so that nothing jumps at another period."""
        super().resizeEvent(event)
        lines = 2 if event.size().width() >= WIDE_PX else 3
        self.lift.setFixedHeight(lines * self.lift.fontMetrics().lineSpacing() + GRID_PX)

    def point_at(self, index: int | None) -> None:
        """Read out one period, and what would lift it."""
        super().point_at(index)
        self._say_lift(index)

    def _say_lift(self, index: int | None) -> None:
        rows = () if self.table is None else self.table.rows
        at = _worst(rows) if index is None else index
        unplanned = () if self.table is None else self.table.unplanned
        told = "" if at is None or at >= len(rows) else lift_sentence(rows[at])
        left_out = f"Nothing is contracted of {', '.join(unplanned)}." if unplanned else ""
        self.lift.setText(" ".join(part for part in (told, left_out) if part))
        # Many elements may be left out, and there are two lines.
        self.lift.setToolTip(self.lift.text())

    def show_table(self, table: SupportedTable) -> None:
        """Show a table; only the series whose numbers changed are set."""
        if table == self.table:
            return
        self.table = table
        self.set_periods(tuple(row.period for row in table.rows))
        self.header.set_title("Supported battery capacity", f"{UNIT} by {table.by}")
        self.plots[0].set_unit(f"{UNIT} per {table.by}", UNIT)
        zero = tuple(0.0 for _ in table.rows)
        supported = tuple(row.gwh or 0.0 for row in table.rows)
        self.bars.set_bars(zero, supported)
        self.demand.set_values(tuple(row.demand_gwh for row in table.rows))
        gaps = tuple(0.0 if row.gwh is None else max(0.0, row.demand_gwh - row.gwh) for row in table.rows)
        self.gap.set_bars(supported, gaps)
        self.plots[0].say("" if any(row.demand_gwh or row.gwh for row in table.rows) else EMPTY)
        self._refresh()
        self._say_lift(self._hovered)

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series."""
        return {
            "gap": fill_look(theme.shortage, 110 if theme.dark else 90),
            "gwh": fill_look(theme.firm),
            "demand_gwh": line_look(theme.demand, 2.5),
        }

    def readings(self, index: int) -> dict[str, str]:
        """Return both numbers in GWh and the element that limits the period."""
        if self.table is None:
            return {}
        row = self.table.rows[index]
        decimals = decimals_of(UNIT)
        return {
            "gwh": number(row.gwh, decimals),
            "demand_gwh": number(row.demand_gwh, decimals),
            "gap": number(self.gap.heights[index], decimals),
            "bottleneck": row.bottleneck or "none",
        }

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same table, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, readout=False)
        if self.table is not None:
            copy.show_table(self.table)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return the table's rows as text; empty where there is no number."""
        rows = () if self.table is None else self.table.rows
        head = [
            "period",
            "supported (GWh)",
            "bottleneck",
            "demand (GWh)",
            "headroom (GWh)",
            "next bottleneck",
            "lift (t metal)",
        ]
        return [head, *([_cell(getattr(row, name)) for name in COLUMNS] for row in rows)]


def lift_sentence(row: SupportedRow) -> str:
    """Return what more of its bottleneck would bring a period; empty where there is no number.

    `Q1 2028: Co allows least; 12.3 t more would lift it by 0.40 GWh, then Ni limits.`
    """
    if row.gwh is None or row.bottleneck is None:
        return ""
    least = f"{long_name(row.period)}: {row.bottleneck} allows least"
    if row.headroom_gwh is None or row.lift_t is None or row.next_bottleneck is None:
        return f"{least}; its cells need nothing else."
    gained = number(row.headroom_gwh, decimals_of(UNIT))
    if not any(digit in gained for digit in "123456789"):
        return f"{least}; more {row.bottleneck} alone would lift nothing, {row.next_bottleneck} limits as well."
    tonnes = number(row.lift_t, 1)
    return f"{least}; {tonnes} t more would lift it by {gained} GWh, then {row.next_bottleneck} limits."


def _worst(rows: tuple[SupportedRow, ...]) -> int | None:
    """Return the period in which most GWh are wanted and not supported, the first of equals."""
    lacks = [(row.demand_gwh - row.gwh, -at) for at, row in enumerate(rows) if row.gwh is not None]
    return -max(lacks)[1] if lacks else None


def _cell(value: str | float | None) -> str:
    return "" if value is None else str(value)
