"""Capacity: plants, what each can make from a month on, and what is contracted of its material against it."""

from PySide6.QtCore import Qt

from planner.analysis import Subject
from planner.errors import PlannerError
from planner.model import Plant, PlantCapacity
from ui.charts.cover_chart import CoverChart
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill

CHOOSE = "Choose a plant, or type a new one into the row with the asterisk."
NO_PLANT = (
    "There is no plant yet, and nothing limits what is contracted.\n"
    "Type one into the row with the asterisk above: its organisation comes first, its material says what it makes."
)
NO_CURVE = "What the plant can make a month, from a month on, will stand here."
NO_MATERIAL = "This plant has no material yet: say what it makes, and the chart shows it."
UPSTREAM = (
    "Mines and refineries say where lots come from, and limit nothing.\n"
    "One that we buy from directly needs its material, and its capacity where that is limited."
)
_UPSTREAM_SITES = frozenset({"mine", "refinery"})


class CapacityPage(Page):
    """Grids of plants and capacities beside the chart of the plant's material."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        plan, signals = context.plan, context.signals
        self.plants = RecordModel(plan, signals, "plants", parent=self)
        self.list = self.adopt(GridView(self.plants), "capacity.plants")
        self.capacities = RecordModel(plan, signals, "plant_capacity", where={"plant": ""}, parent=self)
        self.curve = self.adopt(GridView(self.capacities), "capacity.plant_capacity")
        self.cover_chart = CoverChart(context.theme.theme)
        self.own_charts(self.cover_chart)
        self.lead_to_deliveries(self.cover_chart)
        self._curve_panel = Panel("Capacity", self.curve)
        self.curve_empty = EmptyState(self._curve_panel, NO_CURVE)
        self.chart_empty = EmptyState(
            self.cover_chart,
            CHOOSE,
            self.table_button("Organisations", "organisations"),
            self.button("Import…", "import"),
        )
        below = Split(Qt.Orientation.Horizontal, (self.curve_empty, 1), (self.chart_empty, 2))
        sites = Panel("Plants", self.list, hint="and the mines and refineries that lots come from")
        fill(self, Split(Qt.Orientation.Vertical, (sites, 2), (below, 5)))
        self.list.selectionModel().currentChanged.connect(lambda *_: self.go_stale())
        self.list.setCurrentIndex(self.plants.index(self._first_limited(), 0))

    @property
    def plant(self) -> Plant | None:
        """The plant whose row the cursor is in."""
        row = self.plants.row_at(self.list.currentIndex().row())
        return row.record if row is not None and isinstance(row.record, Plant) else None

    def refresh(self) -> None:
        """Show the plant, which an edit may have made, renamed or deleted, and draw the chart of its material."""
        plant = self.plant
        self._show_curve(plant)
        if plant is None:
            none = self.plants.row_at(0) is None
            self.chart_empty.say(NO_PLANT if none else CHOOSE, first_step=none)
            return
        if plant.material is None:
            self.chart_empty.say(UPSTREAM if plant.site in _UPSTREAM_SITES else NO_MATERIAL, first_step=False)
            return
        state, (start, end) = self.context.view.state, self.context.view.horizon
        subject = Subject("material", plant.material)
        try:
            table = self.plan.cover(subject, by=state.by, basis=state.basis, stages=state.stages, start=start, end=end)
        except PlannerError as error:
            self.chart_empty.say(str(error), first_step=False)
            return
        self.cover_chart.show_table(table, plant.material)
        self.chart_empty.show_body()

    def _first_limited(self) -> int:
        """Return the row of the first site with a capacity, which a mine at the top of the list may lack; else 0."""
        limited = {
            row.record.plant for row in self.plan.rows("plant_capacity") if isinstance(row.record, PlantCapacity)
        }
        sites = (row.record for row in self.plan.rows("plants"))
        return next((at for at, site in enumerate(sites) if isinstance(site, Plant) and site.code in limited), 0)

    def _show_curve(self, plant: Plant | None) -> None:
        if plant is None:
            self.curve_empty.say()
            return
        if self.capacities.where != {"plant": plant.code}:
            self.capacities.set_where({"plant": plant.code})
            self.curve.fit_columns()
        self._curve_panel.set_title("Capacity", f"of {plant.code}, t of its material a month")
        self.curve_empty.show_body()


PAGE = CapacityPage
