"""Demand: programmes and the GWh that they need, their chemistry mix, and the metal that follows."""

from PySide6.QtCore import Qt

from planner.analysis import Subject
from planner.fields import Value
from planner.units import Basis
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import demand_model
from ui.grids.months_view import MonthsView
from ui.grids.record_model import RecordModel
from ui.pages.figures_model import Figures, FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill
from ui.theme import Theme

NO_PROGRAMME = (
    "No programme needs cells yet.\n"
    "Type one into the row with the asterisk below, or import programmes and their demand."
)


class DemandPage(Page):
    """Grids of demand, programmes and mix, and a table of gross demand by element."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        plan, signals = context.plan, context.signals
        start, end = context.view.horizon
        self._horizon = start, end
        self.demand = demand_model(plan, signals, start=start, end=end, parent=self)
        self.view = MonthsView(self.demand)
        self.adopt(self.view, "demand")
        self.programmes = self.adopt(
            GridView(RecordModel(plan, signals, "programmes", parent=self)), "demand.programmes"
        )
        self.mix = self.adopt(GridView(RecordModel(plan, signals, "mix", parent=self)), "demand.mix")
        self.metal = FiguresTable(FiguresModel(self), "Metal that follows")
        self._metal_panel = Panel("Metal that follows", self.metal, hint="gross demand, scrap included")
        self.empty = EmptyState(self.view, NO_PROGRAMME, self.button("Import…", "import"))
        above = Panel(
            "Demand by programme and month", self.empty, hint="GWh of cells; type a year's total to scale its months"
        )
        records = Split(
            Qt.Orientation.Horizontal,
            (Panel("Programmes", self.programmes), 3),
            (Panel("Chemistry mix", self.mix, hint="from a month on"), 2),
        )
        below = Split(Qt.Orientation.Vertical, (records, 1), (self._metal_panel, 1))
        fill(self, Split(Qt.Orientation.Vertical, (above, 2), (below, 3)))

    @property
    def table(self) -> str:
        """Demand, unless the cursor is in another grid."""
        return super().table if self.grid is not self.view else "demand"

    def show_record(self, table: str, key: tuple[Value, ...]) -> bool:
        """Put the cursor on the month of a demand, or on a programme or a share of a mix."""
        if table == "demand":
            return self.grids.go_to_month(key[:1], key[1])
        return super().show_record(table, key)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours for the cells."""
        super().set_theme(theme)
        self.demand.restyle()

    def refresh(self) -> None:
        """Show the horizon of the bar, and the metal that its demand asks for."""
        horizon = self.context.view.horizon
        if horizon != self._horizon:
            self._horizon = horizon
            self.demand.set_horizon(*horizon)
            self.view.fit_columns()
        self._show_or_say()
        self._show_metal()

    def _show_metal(self) -> None:
        by, (start, end) = self.context.view.state.by, self.context.view.horizon
        tables = {
            element: self.plan.cover(Subject("element", element), by=by, basis=Basis.METAL, start=start, end=end)
            for element in self.plan.cube.inputs.elements
        }
        needed = {element: table for element, table in tables.items() if any(row.demand for row in table.rows)}
        periods = next(([row.period for row in table.rows] for table in tables.values()), [])
        rows = [Figures(f"{e} (t)", tuple(row.demand for row in table.rows)) for e, table in needed.items()]
        self.metal.figures.show_figures(periods, rows)

    def _show_or_say(self) -> None:
        # Under a filter the grid stays, or nobody could take the filter away.
        if self.demand.rowCount() or self.demand.is_filtered:
            self.empty.show_body()
        else:
            self.empty.say()


PAGE = DemandPage
