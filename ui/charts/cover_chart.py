"""Supply against demand by period, with stock below."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Self

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QWidget

from planner.analysis import CoverRow, CoverTable
from ui.charts.header import Entry
from ui.charts.items import BarsItem, LevelItem, Look, SeriesItem, StepItem, fill_look, hatch_look, line_look
from ui.charts.period_chart import PeriodChart
from ui.charts.words import decimals_of, number
from ui.theme import GRID_PX, Theme

STACK = ("firm", "probable", "option", "over_capacity")
STEPS = ("demand", "capacity", "safety_stock")
EMPTY = "No demand and no supply in this horizon. Import demand, or add a contract."
NO_TABLE = "Choose a material."
STAGES = {"all": "all stages in full", "probable": "probable weighted", "firm": "firm only"}


class CoverChart(PeriodChart):
    """Stacked supply, demand as steps, capacity dashed, shortage shaded; projected and safety stock below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start empty."""
        self.shortage = BarsItem(width=1.0)
        self.bars = {key: BarsItem() for key in STACK}
        self.steps = {key: StepItem() for key in STEPS}
        self.stock = LevelItem()
        self.table: CoverTable | None = None
        self.subject_name = ""
        above: dict[str, SeriesItem] = {
            "net_requirement": self.shortage,
            **self.bars,
            "capacity": self.steps["capacity"],
            "demand": self.steps["demand"],
        }
        below: dict[str, SeriesItem] = {"stock_end": self.stock, "safety_stock": self.steps["safety_stock"]}
        super().__init__(theme, (above, below), self._entries(), (5, 2), readout=readout, parent=parent)
        self.setMinimumSize(60 * GRID_PX, 40 * GRID_PX)
        self.plots[0].say(NO_TABLE)
        self.plots[1].say(" ")

    def _entries(self) -> tuple[Entry, ...]:
        return (
            Entry("firm", "Firm", self.bars["firm"]),
            Entry("probable", "Probable", self.bars["probable"]),
            Entry("option", "Option", self.bars["option"]),
            Entry("over_capacity", "Over capacity", self.bars["over_capacity"]),
            Entry("demand", "Demand", self.steps["demand"]),
            Entry("capacity", "Open capacity", self.steps["capacity"]),
            Entry("net_requirement", "Net requirement", self.shortage, alert=True),
            Entry("stock_end", "Stock", self.stock),
            Entry("safety_stock", "Safety stock", self.steps["safety_stock"]),
            Entry("supply", "Supply", None),
            Entry("cover_pct", "Cover", None),
        )

    def show_table(self, table: CoverTable, subject_name: str = "") -> None:
        """Show a table; only the series whose numbers changed are set.

        `subject_name` is what people call the subject; its code stands in for it.
        """
        if (table, subject_name) == (self.table, self.subject_name):
            return
        self.table, self.subject_name = table, subject_name
        self.set_periods(tuple(row.period for row in table.rows))
        self._set_title(table)
        self._restack()
        for key, step in self.steps.items():
            step.set_values(_column(table, key))
        self.stock.set_values(_column(table, "stock_end"))
        empty = not any(row.demand or row.supply or row.option or row.over_capacity for row in table.rows)
        self.plots[0].say(EMPTY if empty else "")
        self.plots[1].say(" " if empty and not any(row.stock_end for row in table.rows) else "")
        self._refresh()

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series; stages differ by pattern and outline too."""
        self.stock.below = QBrush(_shade(theme))
        stock = line_look(theme.stock)
        return {
            "net_requirement": fill_look(theme.shortage, 110 if theme.dark else 90),
            "firm": fill_look(theme.firm),
            "probable": fill_look(theme.probable),
            "option": hatch_look(theme.option, theme.base, Qt.BrushStyle.BDiagPattern),
            "over_capacity": hatch_look(theme.over_capacity, theme.base, Qt.BrushStyle.DiagCrossPattern),
            "demand": line_look(theme.demand, 2.5),
            "capacity": line_look(theme.capacity, 2.0, Qt.PenStyle.DashLine),
            "stock_end": Look(stock.pen, fill_look(theme.stock, 60).brush, stock.ground),
            "safety_stock": line_look(theme.safety, 2.0, Qt.PenStyle.DotLine),
        }

    def readings(self, index: int) -> dict[str, str]:
        """Return every number of the row, in the table's unit; cover in %."""
        if self.table is None:
            return {}
        row = self.table.rows[index]
        decimals = decimals_of(self.table.unit)
        result = {
            key: number(getattr(row, key), decimals)
            for key in (*STACK, *STEPS, "net_requirement", "stock_end", "supply")
        }
        cover = number(row.cover_pct, 0)
        return {**result, "cover_pct": cover if row.cover_pct is None else f"{cover} %"}

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same table, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, readout=False)
        if self.table is not None:
            copy.show_table(self.table, self.subject_name)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return the table's rows as text, exactly as computed; empty where there is no number."""
        names = [field.name for field in fields(CoverRow)]
        rows = () if self.table is None else self.table.rows
        cells = [["" if (cell := getattr(row, name)) is None else str(cell) for name in names] for row in rows]
        unit = "" if self.table is None else self.table.unit
        plain = ("period", "cover_pct")
        return [[name if name in plain else f"{name} ({unit})" for name in names], *cells]

    def _set_title(self, table: CoverTable) -> None:
        subject = self.subject_name or table.subject.code
        product = f" as {table.product}" if table.product else ""
        basis = "GWh of cells" if table.basis == "gwh" else f"{table.basis} basis"
        self.header.set_title(
            f"{subject}: supply against demand",
            f"{table.unit} by {table.by}, {basis}{product}, {STAGES[table.stages]}",
        )
        self.plots[0].set_unit(f"{table.unit} per {table.by}")
        self.plots[1].set_unit(f"Stock, {table.unit}")

    def _restack(self) -> None:
        rows = () if self.table is None else self.table.rows
        bottoms = tuple(0.0 for _ in rows)
        for key, bars in self.bars.items():
            heights = tuple(float(getattr(row, key) or 0.0) for row in rows)
            bars.set_bars(bottoms, heights)
            if key not in self.hidden:
                bottoms = tuple(low + height for low, height in zip(bottoms, heights, strict=True))
        self.shortage.set_bars(tuple(row.supply or 0.0 for row in rows), tuple(map(_gap, rows)))


def _gap(row: CoverRow) -> float:
    """Return how far demand stands above supply in a period with a net requirement: the height of the shading."""
    return max(0.0, (row.demand or 0.0) - (row.supply or 0.0)) if row.net_requirement else 0.0


def _column(table: CoverTable, key: str) -> tuple[float | None, ...]:
    return tuple(getattr(row, key) for row in table.rows)


def _shade(theme: Theme) -> QColor:
    colour = QColor(theme.shortage)
    colour.setAlpha(130 if theme.dark else 110)
    return colour
