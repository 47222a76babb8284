"""The Overview: supply against demand of one material, its figures, and the GWh that all of them allow."""

from PySide6.QtCore import Qt, QTimer

from planner.analysis import CoverRow, CoverTable, Period, Subject
from planner.errors import PlannerError
from planner.model import Material
from ui.charts.cover_chart import CoverChart
from ui.charts.small import SupportedChart
from ui.charts.words import decimals_of
from ui.pages.figures_model import Figures, FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill
from ui.pages.subjects import SubjectList, Worst

NOTHING = (
    "There is no demand and no supply yet.\n"
    "Import demand, or add a contract, and this page tells whether you are covered."
)
# The list of elements may lag behind an edit by so much: the chart goes first.
LIST_AFTER_MS = 60

# The rows of the table: heading, attribute of CoverRow, whether it is in the unit of the table.
ROWS = (
    ("Demand", "demand"),
    ("Firm", "firm"),
    ("Probable", "probable"),
    ("Supply", "supply"),
    ("Option", "option"),
    ("Open capacity", "capacity"),
    ("Over capacity", "over_capacity"),
    ("Stock at the end", "stock_end"),
    ("Safety stock", "safety_stock"),
    ("Net requirement", "net_requirement"),
)
STRONG = frozenset({"demand", "supply", "net_requirement"})


class OverviewPage(Page):
    """Chart of one element or material, its table, supported GWh, and the list to choose from."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        theme = context.theme.theme
        self.cover_chart = CoverChart(theme)
        self.supported_chart = SupportedChart(theme)
        self.own_charts(self.cover_chart, self.supported_chart)
        self.lead_to_deliveries(self.cover_chart, self.supported_chart)
        self.subjects = SubjectList()
        self.setFocusProxy(self.subjects)
        self.figures_table = FiguresTable(FiguresModel(self))
        self._names: dict[str, str] = {}
        self._list_soon = QTimer(self, singleShot=True, interval=LIST_AFTER_MS)
        self._list_soon.timeout.connect(self._refresh_list)
        self.subjects.chosen.connect(self._refresh_chart)
        self._table_panel = Panel("Figures", self.figures_table)
        below = Split(Qt.Orientation.Horizontal, (self._table_panel, 3), (self.supported_chart, 2))
        figures = Split(Qt.Orientation.Vertical, (self.cover_chart, 11), (below, 9))
        self.empty = EmptyState(
            figures,
            NOTHING,
            self.button("Import…", "import"),
            self.button("New contract", "go_contracts"),
        )
        body = Split(Qt.Orientation.Horizontal, (self.subjects, 0), (self.empty, 1))
        fill(self, body)

    def refresh(self) -> None:
        """Bring the charts up to date at once, the list a moment later."""
        if not self._names:
            self._refresh_list()
        self._refresh_chart()
        state, (start, end) = self.context.view.state, self.context.view.horizon
        self.supported_chart.show_table(self.plan.supported(by=state.by, stages=state.stages, start=start, end=end))
        self._list_soon.start()

    def choose(self, subject: Subject) -> None:
        """Show this element or material."""
        if not self._names:
            self._refresh_list()
        self.subjects.choose(subject)

    def show_subject(self, subject: Subject) -> None:
        """Show this element or material, as the list does."""
        self.choose(subject)

    def copy(self) -> None:
        """Copy the table."""
        self.figures_table.copy()

    def _refresh_chart(self) -> None:
        subject = self.subjects.subject
        if subject is None or self.plan.horizon is None:
            self.empty.say(NOTHING)
            return
        try:
            table = self._cover(subject, self.context.view.state.by)
        except PlannerError as error:
            self.empty.say(str(error), first_step=False)
            return
        self.cover_chart.show_table(table, self._name(subject))
        self._show_figures(table)
        if any(row.demand or row.supply or row.option or row.over_capacity for row in table.rows):
            self.empty.show_body()
        elif not any(r.demand or r.supply for code in self._elements() for r in self._yearly(code)):
            self.empty.say(NOTHING)
        else:
            self.empty.show_body()

    def _cover(self, subject: Subject, by: Period) -> CoverTable:
        state, (start, end) = self.context.view.state, self.context.view.horizon
        return self.plan.cover(subject, by=by, basis=state.basis, stages=state.stages, start=start, end=end)

    def _show_figures(self, table: CoverTable) -> None:
        decimals = decimals_of(table.unit)
        short = frozenset(at for at, row in enumerate(table.rows) if row.net_requirement)
        rows = [
            Figures(
                heading,
                tuple(getattr(row, attr) for row in table.rows),
                decimals,
                strong=attr in STRONG,
                short=short if attr == "net_requirement" else frozenset(),
            )
            for heading, attr in ROWS
        ]
        low = frozenset(at for at, row in enumerate(table.rows) if at in short and (row.cover_pct or 0) < 100)  # noqa: PLR2004 - per cent
        rows.append(Figures("Cover (%)", tuple(row.cover_pct for row in table.rows), 0, strong=True, short=low))
        self.figures_table.figures.show_figures([row.period for row in table.rows], rows)
        self._table_panel.set_title(self._name(table.subject), f"{table.unit}, by {table.by}")

    def _name(self, subject: Subject) -> str:
        """Return what people call a subject; an element and a material may have the same code."""
        return self._names.get(subject.code, subject.code) if subject.kind == "material" else subject.code

    def _elements(self) -> tuple[str, ...]:
        return self.plan.cube.inputs.elements

    def _yearly(self, element: str) -> tuple[CoverRow, ...]:
        start, end = self.context.view.horizon
        stages = self.context.view.state.stages
        subject = Subject("element", element)
        return self.plan.cover(subject, by=Period.YEAR, stages=stages, start=start, end=end).rows

    def _refresh_list(self) -> None:
        materials = [row.record for row in self.plan.rows("materials") if isinstance(row.record, Material)]
        self._names = {material.code: material.name for material in materials}
        elements = self._elements()
        years = {element: self._yearly(element) for element in elements}
        # Those that something is needed or bought of come first.
        idle = {code for code, rows in years.items() if not any(row.demand or row.supply for row in rows)}
        ordered = sorted(elements, key=lambda code: code in idle)
        self.subjects.show_subjects(
            [(code, tuple((m.code, m.name) for m in materials if m.element == code)) for code in ordered]
        )
        self.subjects.show_worst({code: _worst(rows) for code, rows in years.items()})


def _worst(rows: tuple[CoverRow, ...]) -> Worst:
    short = any(row.net_requirement for row in rows)
    known = [(row.cover_pct, row.period) for row in rows if row.cover_pct is not None]
    if not known:
        return Worst("", None, short)
    cover, period = min(known)
    return Worst(period, cover, short)


PAGE = OverviewPage
