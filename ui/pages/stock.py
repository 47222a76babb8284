"""Stock: counted balances, safety stock, and the projected stock of the chosen element."""

from PySide6.QtCore import Qt

from planner.analysis import Subject
from planner.errors import PlannerError
from planner.model import Material, SafetyStock, StockCount
from ui.charts.cover_chart import CoverChart
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill

NO_STOCK = "Nothing is counted yet.\nType a balance into the row with the asterisk, or import stock."


class StockPage(Page):
    """Grids of counts and safety stock beside the chart of their element."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        plan, signals = context.plan, context.signals
        self.counts = RecordModel(plan, signals, "stock", parent=self)
        self.safety = RecordModel(plan, signals, "safety_stock", parent=self)
        self.count_view = self.adopt(GridView(self.counts), "stock.stock")
        self.safety_view = self.adopt(GridView(self.safety), "stock.safety_stock")
        self.cover_chart = CoverChart(context.theme.theme)
        self.own_charts(self.cover_chart)
        self.lead_to_deliveries(self.cover_chart)
        self.chart_empty = EmptyState(self.cover_chart, NO_STOCK, self.button("Import…", "import"))
        grids = Split(
            Qt.Orientation.Vertical,
            (Panel("Counted balances", self.count_view, hint="t of product, at the start of a month"), 1),
            (Panel("Safety stock", self.safety_view, hint="t of metal, from a month on"), 1),
        )
        fill(self, Split(Qt.Orientation.Horizontal, (grids, 1), (self.chart_empty, 2)))
        self.element: str | None = None
        for view in (self.count_view, self.safety_view):
            view.selectionModel().currentChanged.connect(lambda *_: self.go_stale())
        self.count_view.setCurrentIndex(self.counts.index(0, 0))

    def refresh(self) -> None:
        """Draw the chart of the element whose row the cursor is in."""
        self.element = self._chosen() or self.element
        nothing = self.counts.row_at(0) is None and self.safety.row_at(0) is None
        if self.element is None or nothing:
            self.chart_empty.say(NO_STOCK)
            return
        state, (start, end) = self.context.view.state, self.context.view.horizon
        subject = Subject("element", self.element)
        try:
            table = self.plan.cover(subject, by=state.by, basis=state.basis, stages=state.stages, start=start, end=end)
        except PlannerError as error:
            self.chart_empty.say(str(error), first_step=False)
            return
        self.cover_chart.show_table(table)
        self.chart_empty.show_body()

    def _chosen(self) -> str | None:
        if self.safety_view.hasFocus():
            row = self.safety.row_at(self.safety_view.currentIndex().row())
            return row.record.element if row is not None and isinstance(row.record, SafetyStock) else None
        row = self.counts.row_at(self.count_view.currentIndex().row())
        if row is None or not isinstance(row.record, StockCount):
            return None
        material = self.plan.find("materials", (row.record.material,))
        return None if material is None or not isinstance(material.record, Material) else material.record.element


PAGE = StockPage
