"""A compact strip: the GWh that supply allows against the GWh wanted, and the element that limits it."""

from collections.abc import Mapping
from typing import Self

from PySide6.QtWidgets import QWidget

from planner.analysis import SupportedTable
from ui.charts.header import Entry
from ui.charts.items import BarsItem, Look, StepItem, fill_look, line_look
from ui.charts.period_chart import PeriodChart
from ui.charts.words import decimals_of, number
from ui.theme import Theme

UNIT = "GWh"
EMPTY = "No programme needs cells in this horizon. Import demand."


class SupportedChart(PeriodChart):
    """Bars of supported GWh under a step line of the GWh wanted."""

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
        self.setMinimumHeight(160)

    def show_table(self, table: SupportedTable) -> None:
        """Show a table; only the series whose numbers changed are set."""
        if table == self.table:
            return
        self.table = table
        self.set_periods(tuple(row.period for row in table.rows))
        unplanned = f"; nothing contracted of {', '.join(table.unplanned)}" if table.unplanned else ""
        self.header.set_title("Supported battery capacity", f"{UNIT} by {table.by}{unplanned}")
        self.plots[0].set_unit(f"{UNIT} per {table.by}")
        zero = tuple(0.0 for _ in table.rows)
        supported = tuple(row.gwh or 0.0 for row in table.rows)
        self.bars.set_bars(zero, supported)
        self.demand.set_values(tuple(row.demand_gwh for row in table.rows))
        gaps = tuple(0.0 if row.gwh is None else max(0.0, row.demand_gwh - row.gwh) for row in table.rows)
        self.gap.set_bars(supported, gaps)
        self.plots[0].say("" if any(row.demand_gwh or row.gwh for row in table.rows) else EMPTY)
        self._refresh()

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
        head = ["period", "supported (GWh)", "bottleneck", "demand (GWh)"]
        return [
            head,
            *(
                [row.period, "" if row.gwh is None else str(row.gwh), row.bottleneck or "", str(row.demand_gwh)]
                for row in rows
            ),
        ]
