"""Supply against demand by period, with stock below."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Self

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QMenu, QWidget

from planner.analysis import CoverRow, CoverTable
from planner.analysis.gaps.stack import StackBy, StackTable, by_firmness
from ui.charts.header import Entry
from ui.charts.items import BarsItem, LevelItem, Look, SeriesItem, StepItem, fill_look, line_look
from ui.charts.period_chart import PeriodChart
from ui.charts.plot import PeriodPlot
from ui.charts.stack_choice import StackChoice
from ui.charts.stack_drawing import OVER, StackDrawing, entries_of, looks_of, title_of
from ui.charts.words import decimals_of, number
from ui.theme import GRID_PX, Theme

EMPTY = "No demand and no supply in this horizon. Import demand, or add a contract."
NO_TABLE = "Choose a material."
STAGES = {"all": "all stages in full", "probable": "probable weighted", "firm": "firm only"}


class CoverChart(PeriodChart):
    """Stacked supply, demand as steps, capacity dashed, shortage shaded; projected and safety stock below.

    A chart that was given a `StackTable` knows the lines behind each bar: a click on a bar emits `rows_clicked` with
    them and the period, one on the shading of a shortage `gap_clicked`; any other click emits `period_clicked`.
    """

    rows_clicked = Signal(tuple, str)
    gap_clicked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, readout: bool = True) -> None:
        """Start empty."""
        self.drawing = StackDrawing()
        self.stock = LevelItem()
        self.safety = StepItem()
        self.stack: StackTable | None = None
        self.subject_name = ""
        self._choice: StackChoice | None = None
        self._leads_to_rows = False
        below: dict[str, SeriesItem] = {"stock_end": self.stock, "safety_stock": self.safety}
        super().__init__(theme, (self.drawing.items, below), self._entries(), (5, 2), readout=readout, parent=parent)
        self.setMinimumSize(50 * GRID_PX, 30 * GRID_PX)
        self.plots[0].say(NO_TABLE)
        self.plots[1].say(" ")

    @property
    def table(self) -> CoverTable | None:
        """The figures that are shown."""
        return None if self.stack is None else self.stack.cover

    @property
    def bars(self) -> dict[str, BarsItem]:
        """The bars by the key of their series, bottom up."""
        return {**self.drawing.bars, OVER: self.drawing.over}

    @property
    def steps(self) -> dict[str, StepItem]:
        """The lines by the key of their series."""
        return {"demand": self.drawing.demand, "capacity": self.drawing.capacity, "safety_stock": self.safety}

    @property
    def shortage(self) -> BarsItem:
        """The shading from supply up to demand."""
        return self.drawing.shortage

    def _entries(self) -> tuple[Entry, ...]:
        return (
            *entries_of([self.drawing]),
            Entry("stock_end", "Stock", self.stock),
            Entry("safety_stock", "Safety stock", self.safety),
            Entry("supply", "Supply", None),
            Entry("cover_pct", "Cover", None),
        )

    def show_table(self, table: CoverTable, subject_name: str = "") -> None:
        """Show a table, its supply by firmness; a click on any bar is one on its period.

        `subject_name` is what people call the subject; its code stands in for it.
        """
        self._show(by_firmness(table), subject_name, leads_to_rows=False)

    def show_stack(self, table: StackTable, subject_name: str = "") -> None:
        """Show a table with its supply stacked; only the series whose numbers changed are set."""
        self._show(table, subject_name, leads_to_rows=True)

    def _show(self, table: StackTable, subject_name: str, *, leads_to_rows: bool) -> None:
        self._leads_to_rows = leads_to_rows
        if (table, subject_name) == (self.stack, self.subject_name):
            return
        self.stack, self.subject_name = table, subject_name
        cover = table.cover
        self.set_periods(tuple(row.period for row in cover.rows))
        self._set_title(table)
        if self.drawing.show(table, self.hidden):
            self.plots[0].set_items(self.drawing.items)
            self.set_entries(self._entries())
        self.safety.set_values(tuple(row.safety_stock for row in cover.rows))
        self.stock.set_values(tuple(row.stock_end for row in cover.rows))
        empty = self.drawing.is_empty
        self.plots[0].say(EMPTY if empty else "")
        self.plots[1].say(" " if empty and not any(row.stock_end for row in cover.rows) else "")
        self._refresh()

    def offer_stacks(self, choice: StackChoice) -> None:
        """Let the menu of the chart choose what supply is stacked by, as this choice beside it does."""
        self._choice = choice

    def looks(self, theme: Theme) -> Mapping[str, Look]:
        """Return the look of each series; stages differ by pattern and outline too."""
        self.stock.below = QBrush(_shade(theme))
        stock = line_look(theme.stock)
        return {
            **looks_of([self.drawing], theme),
            "stock_end": Look(stock.pen, fill_look(theme.stock, 60).brush, stock.ground),
            "safety_stock": line_look(theme.safety, 2.0, Qt.PenStyle.DotLine),
        }

    def readings(self, index: int) -> dict[str, str]:
        """Return every number of the row, in the table's unit; cover in %."""
        if self.table is None:
            return {}
        row = self.table.rows[index]
        decimals = decimals_of(self.table.unit)
        result = {key: number(getattr(row, key), decimals) for key in ("safety_stock", "stock_end", "supply")}
        cover = number(row.cover_pct, 0)
        result["cover_pct"] = cover if row.cover_pct is None else f"{cover} %"
        return self.drawing.readings(index, decimals) | result

    def click_in(self, plot: PeriodPlot, index: int, place: QPointF) -> None:
        """Lead to the rows of a bar, to a gap, or to the period."""
        hit = self.drawing.hit(place, self.hidden) if self._leads_to_rows and plot is self.plots[0] else None
        if hit is not None and hit.lines:
            self.rows_clicked.emit(hit.lines, self.periods[index])
        elif hit is not None and hit.gap:
            self.gap_clicked.emit(self.periods[index])
        else:
            super().click_in(plot, index, place)

    def menu(self) -> QMenu:
        """Return the context menu, with what supply can be stacked by where that is to be chosen."""
        menu = super().menu()
        if self._choice is not None:
            menu.insertMenu(menu.actions()[0], self._choice.menu(menu))
            menu.insertSeparator(menu.actions()[1])
        return menu

    def picture_copy(self) -> Self:
        """Return an unshown chart with the same table, zoom and hidden series, for a picture."""
        copy = type(self)(self.theme, readout=False)
        if self.stack is not None:
            copy.show_stack(self.stack, self.subject_name)
        copy.set_hidden(self.hidden)
        copy.plots[0].box.setXRange(*self.plots[0].box.viewRange()[0], padding=0)
        return copy

    def csv_rows(self) -> list[list[str]]:
        """Return the table's rows as text, exactly as computed, then the series; empty where there is no number."""
        if self.stack is None:
            return [cover_head("")]
        head, rows = cover_head(self.stack.cover.unit), [cover_cells(row) for row in self.stack.cover.rows]
        if self.stack.by is StackBy.FIRMNESS:
            return [head, *rows]
        names = [f"{title_of(self.stack.by, each)} ({self.stack.cover.unit})" for each in self.stack.series]
        values = [each.values for each in self.stack.series]
        return [[*head, *names], *([*row, *(str(own[at]) for own in values)] for at, row in enumerate(rows))]

    def _set_title(self, table: StackTable) -> None:
        cover = table.cover
        subject = self.subject_name or cover.subject.code
        self.header.set_title(f"{subject}: supply against demand", subtitle_of(table, product=True))
        self.plots[0].set_unit(f"{cover.unit} per {cover.by}", cover.unit)
        self.plots[1].set_unit(f"Stock, {cover.unit}", "Stock")

    def _restack(self) -> None:
        self.drawing.restack(self.hidden)


def subtitle_of(table: StackTable, *, product: bool) -> str:
    """Return what the numbers of a table are; with the name of the `product` that they are in."""
    cover = table.cover
    named = f" as {cover.product}" if cover.product and product else ""
    basis = "GWh of cells" if cover.basis == "gwh" else f"{cover.basis} basis"
    stacked = "" if table.by is StackBy.FIRMNESS else f", by {table.by}"
    return f"{cover.unit} by {cover.by}, {basis}{named}, {STAGES[cover.stages]}{stacked}"


def cover_head(unit: str) -> list[str]:
    """Return the names of the columns of a cover table, each with its unit."""
    names = [field.name for field in fields(CoverRow)]
    return [name if name in {"period", "cover_pct"} else f"{name} ({unit})" for name in names]


def cover_cells(row: CoverRow) -> list[str]:
    """Return a row of a cover table as text."""
    cells = (getattr(row, field.name) for field in fields(row))
    return ["" if cell is None else str(cell) for cell in cells]


def _shade(theme: Theme) -> QColor:
    colour = QColor(theme.shortage)
    colour.setAlpha(130 if theme.dark else 110)
    return colour
