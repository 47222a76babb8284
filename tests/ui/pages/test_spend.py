"""The page of spend: its choices, its figures, where they lead, local sourcing, and what is said when there is none."""

from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.analysis import Period, Stages, Subject
from planner.analysis.money.cost import spend
from planner.analysis.money.cost_values import SpendBy
from planner.commands import Cell, DeleteRecords, SetCells
from planner.model import PriceTerm
from planner.units import Month
from tests.journeys.desk import Desk
from tests.strategies import row_id
from ui.pages import spend as words
from ui.pages.deliveries import DeliveriesPage
from ui.pages.figures_table import FiguresTable
from ui.pages.spend import SpendPage

TERRAFAME = ("TER-NI-2025", 1)


def spend_page(desk: Desk, plan: Path, by: Period = Period.YEAR) -> SpendPage:
    window = desk.start(plan)
    window.view.choose(by=by)
    page = window.go("spend")
    assert isinstance(page, SpendPage)
    desk.wait(lambda: page.empty.is_empty or page.spend_chart.table is not None)
    return page


def named(table: FiguresTable) -> dict[str, list[str]]:
    """Return the rows of a table of figures by their names."""
    model, down = table.figures, Qt.Orientation.Vertical
    return {
        str(model.headerData(row, down)): [str(model.index(row, c).data()) for c in range(model.columnCount())]
        for row in range(model.rowCount())
    }


def lines_shown(page: DeliveriesPage) -> list[object]:
    return [page.deliveries.key_at(row) for row in range(page.deliveries.rowCount())]


def follow(page: SpendPage, name: str, period: str) -> None:
    """Press Enter on a figure."""
    row, column = list(named(page.figures_table)).index(name), page.spend_chart.periods.index(period)
    page.figures_table.activated.emit(page.figures_table.figures.index(row, column))


def test_the_figures_are_those_of_the_plan_and_of_the_chart(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    figures = named(page.figures_table)
    assert figures["Terrafame"][0] == "60.21"
    assert figures["Spend"][:2] == ["108.04", "200.88"]
    assert figures["Budget"][0] == "101.00"
    assert figures["Above budget"][0] == "7.04"
    assert figures["Spend if indices rise 10 %"][0] == "115.24"
    assert (figures["Fixed price, % of spend"][0], figures["Floating with an index, % of spend"][0]) == ("33", "67")
    assert figures["Co, EUR per t of metal"][0] == "23,381"
    assert figures["All of them, EUR per kWh"][0] == "16.44"
    assert figures["Example Recycling"][3] == "–"
    assert figures["Without a price, t of product"][:4] == ["–", "–", "–", "1,612.1"]
    table = page.spend_chart.table
    assert table is not None
    assert page.spend_chart.bars["supplier:TERRAFAME"].heights == tuple(
        (amount or 0.0) / 1_000_000 for amount in table.series[0].spend
    )
    assert page.foot.text() == (
        "No price: 8,060.5 t from 2028-01 on. EXR-NI-2028 1: no price term holds in 2028-01; add one from that month"
        " on."
    )


def test_choices_split_convert_and_narrow(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    assert [page.currency_choice.itemText(at) for at in range(page.currency_choice.count())] == ["EUR", "CNY", "USD"]
    page.choose(split=SpendBy.COUNTRY, currency="USD", element="Co")
    assert (page.split, page.currency, page.subject) == (SpendBy.COUNTRY, "USD", Subject("element", "Co"))
    figures = named(page.figures_table)
    assert list(figures)[:2] == ["Morocco", "Belgium"]
    assert "Average price, USD per t of product" in figures
    assert page.spend_chart.header.title == "Spend on Co by country"
    assert page.foot.text().startswith("Budgets of 2025, 2026 and 2027 are converted from EUR to USD")
    page.choose(element="")
    assert page.subject is None
    page.show_subject(Subject("element", "Li"))
    assert page.subject == Subject("element", "Li")


def test_the_view_bar_is_obeyed(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample, Period.QUARTER)
    page.context.view.choose(stages=Stages.FIRM, first_year=2026, last_year=2027, by=Period.MONTH)
    desk.wait(lambda: len(page.spend_chart.periods) == 24)
    table = page.spend_chart.table
    assert table is not None
    assert table == page.plan.ask(spend, table.scope)
    assert (table.scope.stages, table.scope.start) == (Stages.FIRM, Month.of(2026, 1))
    assert "Terrafame" not in named(page.figures_table)


def test_an_edit_of_a_price_is_seen_at_once(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    term = row_id(page.plan, "price_terms", *TERRAFAME, Month.of(2025, 1))
    page.plan.run(SetCells((Cell("price_terms", term, "payable_pct", 450_000),)))
    desk.wait(lambda: named(page.figures_table)["Terrafame"][0] == "30.10")


def test_few_lines_without_a_price_are_told_one_by_one(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    kept = {TERRAFAME, ("EXC-CO-2025", 1)}
    terms = [(row.id, row.record) for row in page.plan.rows("price_terms")]
    gone = tuple(at for at, term in terms if isinstance(term, PriceTerm) and (term.contract, term.line) not in kept)
    page.plan.run(DeleteRecords("price_terms", gone))
    desk.wait(lambda: len(page.foot.text().splitlines()) == 3)
    told = page.foot.text().splitlines()
    assert told[0].endswith(" EXL-LI-2025 1: no price term holds in 2025-01; add one from that month on.")
    assert told[2] == "2 more lines have no price in some month."


def test_a_figure_leads_to_its_deliveries(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    follow(page, "Terrafame", "2027")
    deliveries = desk.window.page
    assert isinstance(deliveries, DeliveriesPage)
    assert lines_shown(deliveries) == [TERRAFAME]
    desk.window.go("spend")
    follow(page, "Without a price, t of product", "2028")
    assert lines_shown(deliveries) == [("EXR-NI-2028", 1)]


def test_a_figure_of_nothing_says_so_and_a_budget_leads_to_its_table(desk: Desk, sample: Path, qtbot: QtBot) -> None:
    page = spend_page(desk, sample)
    with qtbot.waitSignal(page.said) as said:
        follow(page, "Example Recycling", "2025")
    assert said.args == ["No delivery stands behind this figure of 2025."]
    with qtbot.waitSignal(page.table_wanted) as wanted:
        follow(page, "Budget", "2025")
    assert wanted.args == ["budgets"]


def test_a_click_on_a_bar_leads_to_its_deliveries(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    chart = page.spend_chart
    desk.wait(lambda: chart.plots[0].area().height() > 0)
    QApplication.processEvents()
    bars, at = chart.bars["supplier:VULCAN"], chart.periods.index("2028")
    middle = QPointF(at, bars.bottoms[at] + bars.heights[at] / 2)
    place = QPoint(chart.view.mapFromScene(chart.plots[0].box.mapViewToScene(middle)))
    QTest.mouseClick(chart.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    desk.wait(lambda: isinstance(desk.window.page, DeliveriesPage))
    assert isinstance(desk.window.page, DeliveriesPage)
    assert lines_shown(desk.window.page) == [("VUL-LI-2026", 1)]


def test_local_sourcing_stands_against_its_target(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample, Period.QUARTER)
    told = [[str(page.local.index(row, c).data()) for c in range(5)] for row in range(page.local.rowCount())]
    assert told[0] == ["Morocco", "2025", "7.17", "2,500", "0.3"]
    assert told[-1] == ["Morocco", "2031", "25.36", "3,000", "0.8"]
    page.local_list.activated.emit(page.local.index(2, 0))
    assert isinstance(desk.window.page, DeliveriesPage)
    assert lines_shown(desk.window.page) == [("MNG-CO-2025", 1)]


def test_without_a_target_for_a_country_the_first_step_is_offered(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    targets = tuple(row.id for row in page.plan.rows("targets", {"measure": "local_spend"}))
    page.plan.run(DeleteRecords("targets", targets))
    desk.wait(lambda: page.local_empty.is_empty)
    assert page.local_empty.sentence == words.NO_TARGET


def test_without_lines_prices_or_supply_the_page_says_what_comes_first(desk: Desk, empty: Path, sample: Path) -> None:
    assert spend_page(desk, empty).empty.sentence == words.NO_LINE
    desk.quit()
    page = spend_page(desk, sample)
    for table in ("price_terms", "budgets"):
        page.plan.run(DeleteRecords(table, tuple(row.id for row in page.plan.rows(table))))
    desk.wait(lambda: page.empty.sentence == words.NO_PRICE)
    page.plan.run(DeleteRecords("deliveries", tuple(row.id for row in page.plan.rows("deliveries"))))
    desk.wait(lambda: page.empty.sentence == words.NO_SUPPLY)


def test_the_figures_are_copied_with_their_names(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    page.figures_table.clearSelection()
    page.copy()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["", *map(str, range(2025, 2032))]
    assert lines[1].startswith("Terrafame\t60.21\t")
    page.local_list.setFocus()
    page.copy()
    assert QApplication.clipboard().text().startswith("Country\tYear\tSpend\tTarget\tReached, %\nMorocco\t2025")


def test_both_tables_are_sound_models(desk: Desk, sample: Path) -> None:
    page = spend_page(desk, sample)
    for model in (page.figures_table.figures, page.local):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    page.choose(split=SpendBy.MATERIAL)
    assert page.figures_table.figures.rowCount() == len(named(page.figures_table))


def test_the_shortcut_leads_to_the_page(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    desk.window.actions_by_id["go_spend"].trigger()
    assert isinstance(desk.window.page, SpendPage)
