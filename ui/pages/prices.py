"""Prices: what each line costs by month of delivery and why, the indices that it follows, and exchange rates."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget

from planner.analysis import PricedLine, UnitPrice
from planner.errors import PlannerError
from planner.fields import Value
from planner.model import ExchangeRate, IndexPrice, PriceIndex
from planner.model.prices import PRICE_UNIT
from planner.units import Month
from ui.charts.curve_chart import Curve, CurveChart
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.explained_price import ExplainedPrice, brief, unit_of, written
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill

LINES, INDICES, RATES = 0, 1, 2
MATERIAL_COLUMN = 2
# The tab that shows a table.
TABS = {"price_terms": LINES, "indices": INDICES, "index_prices": INDICES, "exchange_rates": RATES}
NO_LINE = "There is no line to price yet.\nAdd a contract and its lines first, or import them."
NO_PRICE = (
    "No month in sight has a price yet.\n"
    "Type a price term into the row with the asterisk above: from which month on, and either a fixed price or an index."
)
NO_INDEX = (
    "There is no index yet.\n"
    "Type one into the row with the asterisk above: its code and name, the currency and the unit that it is quoted in;"
    " or import indices and their prices."
)
CHOOSE_INDEX = "Choose an index above, or type a new one into the row with the asterisk."
NO_CURVE = "No price of this index is known yet.\nType one into the row with the asterisk, or import index prices."
NO_RATE = (
    "No exchange rate is known yet.\nType one into the row with the asterisk: EUR, USD, a month, and how many USD one"
    " EUR buys; or import exchange rates."
)


class PricesPage(Page):
    """Three tabs: lines with their terms and explained price, indices with their curve, exchange rates."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        now = datetime.now(UTC)
        self.now = Month.of(now.year, now.month)
        theme = context.theme.theme
        self.price_chart = CurveChart(theme, ("Unit price", "With the last known price or rate"), stepped=True)
        self.index_chart = CurveChart(theme, ("Published", "Forecast"))
        self.rate_chart = CurveChart(theme, ("Monthly average",))
        self._priced: list[PricedLine] = []
        self._by_month: dict[Month, UnitPrice | PlannerError] = {}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName("Parts of the page")
        for title, tab in (
            ("Lines", self._lines_tab()),
            ("Indices", self._indices_tab()),
            ("Exchange rates", self._rates_tab()),
        ):
            self.tabs.addTab(tab, title)
        self.tabs.currentChanged.connect(lambda _: self._put_chart_first())
        self.own_charts(self.price_chart, self.index_chart, self.rate_chart)
        self.price_chart.period_clicked.connect(self.explained.choose)
        fill(self, self.tabs)

    def _lines_tab(self) -> QWidget:
        plan, signals = self.plan, self.context.signals
        self.lines = TextsModel(("Contract", "Line", "Material", "Price", "Unit"), frozenset({1, 3}), self)
        self.list = ReadingView(self.lines, MATERIAL_COLUMN)
        self.list.setAccessibleName("Lines")
        self.first = self.list
        self.terms = RecordModel(plan, signals, "price_terms", where={"contract": "", "line": 0}, parent=self)
        self.terms_view = self.adopt(GridView(self.terms), "prices.price_terms")
        self.explained = ExplainedPrice()
        self.explained.chosen.connect(self._explain)
        self.price_empty = EmptyState(self.price_chart, NO_PRICE)
        self._terms_panel = Panel("Price terms", self.terms_view)
        self._list_panel = Panel("Lines", self.list, hint=f"delivered in {self.now}")
        above = Split(Qt.Orientation.Horizontal, (self._list_panel, 6), (self._terms_panel, 7))
        below = Split(Qt.Orientation.Horizontal, (self.explained, 6), (self.price_empty, 7))
        self.lines_empty = EmptyState(
            Split(Qt.Orientation.Vertical, (above, 2), (below, 3)),
            NO_LINE,
            self.button("New contract", "go_contracts"),
            self.button("Import…", "import"),
        )
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())
        return self.lines_empty

    def _indices_tab(self) -> QWidget:
        plan, signals = self.plan, self.context.signals
        self.indices = RecordModel(plan, signals, "indices", parent=self)
        self.indices_view = self.adopt(GridView(self.indices), "prices.indices")
        self.index_prices = RecordModel(plan, signals, "index_prices", where={"index": ""}, parent=self)
        self.index_prices_view = self.adopt(GridView(self.index_prices), "prices.index_prices")
        self._index_panel = Panel("Prices", self.index_prices_view)
        self.curve_empty = EmptyState(self.index_chart, NO_CURVE)
        self.index_empty = EmptyState(
            Split(Qt.Orientation.Horizontal, (self._index_panel, 2), (self.curve_empty, 5)),
            NO_INDEX,
            self.button("Import…", "import"),
        )
        self.indices_view.selectionModel().currentChanged.connect(lambda *_: self._show_index())
        return Split(Qt.Orientation.Vertical, (Panel("Indices", self.indices_view), 1), (self.index_empty, 2))

    def _rates_tab(self) -> QWidget:
        self.rates = RecordModel(self.plan, self.context.signals, "exchange_rates", parent=self)
        self.rates_view = self.adopt(GridView(self.rates), "prices.exchange_rates")
        self.rate_empty = EmptyState(self.rate_chart, NO_RATE, self.button("Import…", "import"))
        self.rates_view.selectionModel().currentChanged.connect(lambda *_: self._show_rates())
        panel = Panel("Exchange rates", self.rates_view, hint="averages of months")
        return Split(Qt.Orientation.Horizontal, (panel, 2), (self.rate_empty, 3))

    @property
    def chosen_line(self) -> tuple[str, int] | None:
        """The line whose row the cursor is in."""
        row = self.list.currentIndex().row()
        return (self._priced[row].contract, self._priced[row].line) if 0 <= row < len(self._priced) else None

    @property
    def chosen_contract(self) -> str | None:
        """The contract of that line."""
        line = self.chosen_line
        return None if line is None else line[0]

    def choose_line(self, contract: str, line: int) -> bool:
        """Put the cursor on a line; False when it is not listed."""
        keys = [(each.contract, each.line) for each in self._priced]
        if (contract, line) not in keys:
            return False
        self.list.setCurrentIndex(self.lines.index(keys.index((contract, line)), 0))
        return True

    def show_owner(self, table: str, key: tuple[Value, ...]) -> bool:
        """Turn to the tab of a table, and to the line of a price term."""
        if table not in TABS:
            return super().show_owner(table, key)
        self.tabs.setCurrentIndex(TABS[table])
        if table != "price_terms":
            return super().show_owner(table, key)
        if not self._priced:
            self.refresh()
        return self.choose_line(str(key[0]), int(str(key[1])))

    def refresh(self) -> None:
        """Price every line and month anew; show what is chosen, which an edit may have made, renamed or deleted."""
        start, end = self.context.view.horizon
        months = [start.plus(months) for months in range(end - start + 1)]
        self.explained.list_months(months, self.now)
        self._list_lines()
        for grid in (self.indices_view, self.rates_view):
            if not grid.currentIndex().isValid():
                grid.setCurrentIndex(grid.grid.index(0, 0))
        self._show_index()
        self._show_rates()

    def _list_lines(self) -> None:
        before = self.chosen_line
        priced = self.plan.prices(self.now, write=written)
        self._priced = [line for line, _ in priced]
        if not priced:
            self.lines_empty.say()
            return
        self.lines_empty.show_body()
        without = frozenset(at for at, (_, price) in enumerate(priced) if isinstance(price, PlannerError))
        self.lines.show_rows([_row(line, price) for line, price in priced], without)
        if before is None or not self.choose_line(*before):
            self.list.setCurrentIndex(self.lines.index(0, 0))

    def _show_line(self) -> None:
        chosen = self.chosen_line
        if chosen is None:
            return
        where: dict[str, Value] = {"contract": chosen[0], "line": chosen[1]}
        if self.terms.where != where:
            self.terms.set_where(where)
            self.terms_view.fit_columns()
        self._terms_panel.set_title("Price terms", f"of {chosen[0]} {chosen[1]}, each from a month on")
        self._by_month = dict(self.plan.line_prices(*chosen, *self.context.view.horizon, write=written))
        self._explain()
        self.current_changed.emit()

    def _explain(self) -> None:
        """Show the price of the chosen month, and the months that are priced in the same currency and unit."""
        month, chosen = self.explained.month, self.chosen_line
        price = None if month is None else self._by_month.get(month)
        if price is None or chosen is None:
            return
        self.explained.show_price(price)
        shown = price if isinstance(price, UnitPrice) else next(filter(_is_price, self._by_month.values()), None)
        if not isinstance(shown, UnitPrice):
            self.price_empty.say(NO_PRICE)
            return
        self.price_empty.show_body()
        self.price_chart.show_curve(_price_curve(f"{chosen[0]} {chosen[1]}: unit price", self._by_month, shown))
        self.price_chart.mark(str(month))

    def _show_index(self) -> None:
        row = self.indices.row_at(self.indices_view.currentIndex().row())
        if row is None or not isinstance(row.record, PriceIndex):
            none = self.indices.row_at(0) is None
            self.index_empty.say(NO_INDEX if none else CHOOSE_INDEX, first_step=none)
            return
        index = row.record
        self.index_empty.show_body()
        if self.index_prices.where != {"index": index.code}:
            self.index_prices.set_where({"index": index.code})
            self.index_prices_view.fit_columns()
        unit = f"{index.currency} per {PRICE_UNIT.title(index.unit)}"
        self._index_panel.set_title(f"Prices of {index.code}", brief(unit))
        found = self.plan.rows("index_prices", {"index": index.code})
        prices = [each.record for each in found if isinstance(each.record, IndexPrice)]
        if not prices:
            self.curve_empty.say()
            return
        self.curve_empty.show_body()
        points = {price.month: (price.price_e4 / 10_000, price.standing == "published") for price in prices}
        self.index_chart.show_curve(_curve(index.name, unit, points, "averages of months"))

    def _show_rates(self) -> None:
        row = self.rates.row_at(self.rates_view.currentIndex().row()) or self.rates.row_at(0)
        if row is None or not isinstance(row.record, ExchangeRate):
            self.rate_empty.say()
            return
        base, quote = row.record.base, row.record.quote
        found = self.plan.rows("exchange_rates", {"base": base, "quote": quote})
        rates = [each.record for each in found if isinstance(each.record, ExchangeRate)]
        points = {rate.month: (rate.rate_e6 / 1_000_000, True) for rate in rates}
        self.rate_empty.show_body()
        self.rate_chart.show_curve(_curve(f"{base} in {quote}", f"{quote} per {base}", points, "", 4))

    def _put_chart_first(self) -> None:
        """Save chart and Copy chart are about the one in sight."""
        tab = self.tabs.currentIndex()
        first = (self.price_chart, self.index_chart, self.rate_chart)[tab]
        self.charts = (first, *(chart for chart in self.charts if chart is not first))


def _is_price(price: UnitPrice | PlannerError) -> bool:
    return isinstance(price, UnitPrice)


def _row(line: PricedLine, price: UnitPrice | PlannerError) -> tuple[str, ...]:
    """Return contract, line, material, price and unit; a dash where something is missing."""
    named = (line.contract, str(line.line), line.material)
    return (
        (*named, "–", "")
        if isinstance(price, PlannerError)
        else (*named, price.steps[-1].number, brief(unit_of(price)))
    )


def _price_curve(title: str, by_month: dict[Month, UnitPrice | PlannerError], shown: UnitPrice) -> Curve:
    """Return the months whose price is in the same currency and unit as the one shown."""
    alike = {
        month: price
        for month, price in by_month.items()
        if isinstance(price, UnitPrice) and (price.currency, price.unit) == (shown.currency, shown.unit)
    }
    others = sum(map(_is_price, by_month.values())) - len(alike)
    return Curve(
        title,
        unit_of(shown),
        tuple(map(str, by_month)),
        tuple(float(alike[month].amount) if month in alike else None for month in by_month),
        tuple(month not in alike or not alike[month].assumed for month in by_month),
        f"{others} months are priced in another unit" if others else "by month of delivery",
    )


def _curve(title: str, unit: str, points: dict[Month, tuple[float, bool]], note: str, decimals: int = 2) -> Curve:
    """Return a curve from the first to the last month that has a point."""
    first, last = min(points), max(points)
    months = [first.plus(months) for months in range(last - first + 1)]
    return Curve(
        title,
        unit,
        tuple(map(str, months)),
        tuple(points[month][0] if month in points else None for month in months),
        tuple(month not in points or points[month][1] for month in months),
        note,
        decimals,
    )


PAGE = PricesPage
