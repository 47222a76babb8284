"""Carbon: what a kWh of the mix carries against the target path, what each line is reckoned with, and what moves it."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from planner.analysis import Scope
from planner.analysis.footprint.carbon import CarbonBy, CarbonRow, CarbonTable, carbon
from planner.analysis.footprint.factors import FactorRow, factors
from planner.analysis.footprint.movers import ContractEffect, movers, sentence
from planner.model.carbon import QUALITY
from ui.charts.carbon_chart import CarbonChart
from ui.charts.words import number
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.copied import copy_table
from ui.pages.explained_price import written
from ui.pages.figures_model import Figures, FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Split, fill, lead
from ui.theme import GRID_PX

NO_LINE = "Nothing is supplied yet, so that nothing carries carbon.\nAdd a contract with its lines, or import them."
NO_FACTOR = (
    "No line has a carbon factor yet.\n"
    "Type one where you know it best: at the line, the plant, the supplier or the material; the first of these counts."
)
NO_PATH = "There is no carbon path yet: add the targets Carbon path and Carbon base."
LEVELS = {"line": "Line", "plant": "Plant", "supplier": "Supplier", "material": "Material", "none": "Not known"}
SPLITS = {
    CarbonBy.ELEMENT: "Element",
    CarbonBy.CONTRACT: "Contract",
    CarbonBy.SUPPLIER: "Supplier",
    CarbonBy.COUNTRY: "Country",
}
EFFECT_HEADINGS = ("Contract", "Title", "Carries, kg/kWh", "Moves it by, kg/kWh", "Alone for")
FACTOR_HEADINGS = (
    "Line",
    "Material",
    "Counts, kg/kg",
    "kg per t of metal",
    "From",
    "Given, the first counts",
    "Quality",
    "Source",
)
SOURCE_COLUMN, TITLE_COLUMN = 7, 1
DASH = "–"


class CarbonPage(Page):
    """The chart above; below it the figures, the contracts and the factors, each on a tab."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._factors: tuple[FactorRow, ...] = ()
        self._effects: tuple[ContractEffect, ...] = ()
        self._rows: tuple[CarbonRow, ...] = ()
        self._behind: list[tuple[tuple[str, int], ...]] = []
        self.carbon_chart = CarbonChart(context.theme.theme)
        self.own_charts(self.carbon_chart)
        self.carbon_chart.rows_clicked.connect(self.rows_wanted)
        self.split_choice = QComboBox()
        self.split_choice.setAccessibleName("Stack by")
        for split, name in SPLITS.items():
            self.split_choice.addItem(name, split)
        self.split_choice.activated.connect(lambda _: self.go_stale())
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.figures_table = FiguresTable(FiguresModel(self))
        lead(self.figures_table, "a figure", "the deliveries behind it")
        self.figures_table.activated.connect(self._follow_figure)
        self._make_lists()
        self.first = self.figures_table
        self._lay_out()

    def _make_lists(self) -> None:
        self.effects_model = TextsModel(EFFECT_HEADINGS, frozenset({2, 3}), self)
        self.effects_list = ReadingView(self.effects_model, TITLE_COLUMN)
        self.effects_list.setAccessibleName("What each contract moves")
        self.effects_list.activated.connect(self._follow_effect)
        lead(self.effects_list, "a contract", "its deliveries")
        self.factors_model = TextsModel(FACTOR_HEADINGS, frozenset({2, 3}), self)
        self.factors_list = ReadingView(self.factors_model, SOURCE_COLUMN)
        self.factors_list.setAccessibleName("Carbon factors")
        self.factors_list.activated.connect(self._follow_factor)
        lead(self.factors_list, "a factor", "where it is given")

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("Parts of the page")
        self.tabs.addTab(self.figures_table, "Figures")
        self.tabs.addTab(self.effects_list, "What moves it")
        self.tabs.addTab(self.factors_list, "Factors")
        head, label = QHBoxLayout(), QLabel("Stack by")
        label.setBuddy(self.split_choice)
        head.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        head.setSpacing(GRID_PX)
        head.addWidget(self.told, stretch=1)
        head.addWidget(label)
        head.addWidget(self.split_choice)
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.carbon_chart, stretch=1)
        self.empty = EmptyState(
            Split(Qt.Orientation.Vertical, (above, 11), (self.tabs, 9)),
            NO_LINE,
            self.button("New contract", "go_contracts"),
            self.table_button("Materials", "materials"),
            self.button("Import…", "import"),
        )
        fill(self, self.empty)

    @property
    def split(self) -> CarbonBy:
        """What the bars are stacked by."""
        return CarbonBy(self.split_choice.currentData())

    def choose_split(self, split: CarbonBy) -> None:
        """Stack the bars by something else."""
        self.split_choice.setCurrentIndex(list(SPLITS).index(split))
        self.refresh()

    @property
    def table(self) -> str:
        """The table that an import or an export from here is likely about."""
        return "supplier_carbon"

    def refresh(self) -> None:
        """Bring all of it up to date."""
        state, (start, end) = self.context.view.state, self.context.view.horizon
        scope = Scope(by=state.by, stages=state.stages, start=start, end=end)
        self._factors = self.plan.ask(factors, scope)
        if not self._factors:
            self.empty.say(NO_LINE)
            return
        if all(row.kg_per_kg is None for row in self._factors):
            self.empty.say(NO_FACTOR)
            return
        self.empty.show_body()
        table = self.plan.ask(carbon, scope, self.split)
        self._effects = self.plan.ask(movers, scope)
        self.carbon_chart.show_table(table)
        self._show_figures(table)
        self._show_effects()
        self._show_factors()
        has_path = any(row.path_kg_per_kwh is not None for row in table.rows)
        self.told.setText(sentence(self._effects, written) + ("" if has_path else f" {NO_PATH}"))

    def copy(self) -> None:
        """Copy the table of the tab that is shown."""
        shown = self.tabs.currentWidget()
        if isinstance(shown, ReadingView):
            copy_table(shown)
        else:
            self.figures_table.copy()

    def _show_figures(self, table: CarbonTable) -> None:
        rows = table.rows
        above = frozenset(
            at
            for at, row in enumerate(rows)
            if row.kg_per_kwh is not None and row.path_kg_per_kwh is not None and row.kg_per_kwh > row.path_kg_per_kwh
        )
        shown = [
            Figures("kg CO2e per kWh", tuple(row.kg_per_kwh for row in rows), 2, strong=True, short=above),
            Figures("Target path, kg per kWh", tuple(row.path_kg_per_kwh for row in rows), 2),
            Figures("Known, % of the metal in a kWh", tuple(row.known_pct for row in rows), 0),
            *(Figures(f"{each.title}, kg CO2e per t of metal", each.kg_per_t, 0) for each in table.elements),
            Figures("Emissions of the supply, t CO2e", tuple(row.emissions_t for row in rows), 0),
            Figures("Renewable energy, %", tuple(row.renewable_pct for row in rows), 0, strong=True),
            Figures("Renewable energy known, % of the supply", tuple(row.renewable_known_pct for row in rows), 0),
        ]
        self._rows = rows
        # The figures above and below those of the elements are of all lines.
        self._behind = [(), (), (), *(each.lines for each in table.elements), (), (), ()]
        self.figures_table.figures.show_figures([row.period for row in rows], shown)

    def _show_effects(self) -> None:
        self.effects_model.show_rows(
            [
                (
                    each.contract,
                    each.title,
                    number(each.carries, 3),
                    DASH if each.moves is None else f"{'+' if each.moves > 0 else ''}{number(each.moves, 3)}",
                    ", ".join(each.alone) or DASH,
                )
                for each in self._effects
            ]
        )

    def _show_factors(self) -> None:
        unknown = frozenset(at for at, row in enumerate(self._factors) if row.kg_per_kg is None)
        self.factors_model.show_rows([_factor(row) for row in self._factors], unknown)

    def _follow_figure(self, index: QModelIndex) -> None:
        row = self._rows[index.column()]
        own = self._behind[index.row()]
        self.rows_wanted.emit(tuple(line for line in row.lines if not own or line in own), row.period)

    def _follow_effect(self, index: QModelIndex) -> None:
        self.rows_wanted.emit(self._effects[index.row()].lines, "")

    def _follow_factor(self, index: QModelIndex) -> None:
        row = self._factors[index.row()]
        self.place_wanted.emit(row.table, row.key)


def _factor(row: FactorRow) -> tuple[str, ...]:
    given = {"line": row.line, "plant": row.plant, "supplier": row.supplier, "material": row.material}
    return (
        f"{row.contract} {row.number}",
        row.material_code,
        number(row.kg_per_kg, 3),
        number(row.kg_per_t_metal, 0),
        LEVELS[row.level],
        ", then ".join(
            f"{LEVELS[level].lower()} {number(value, 3)}" for level, value in given.items() if value is not None
        )
        or DASH,
        QUALITY.title(row.quality) if row.quality else DASH,
        row.source or DASH,
    )


PAGE = CarbonPage
