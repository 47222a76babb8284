"""The page of concentration: elements, shares by period, and what is lost with each."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from planner.analysis import Period, Stages, Subject
from planner.analysis.origins.concentration import ConcentrationBy, ConcentrationRow
from planner.commands import DeleteRecords, DeliveryCell, SetDeliveries
from planner.units import Month
from tests.journeys.desk import Desk
from ui.grids.texts_model import TextsModel
from ui.pages.concentration import NO_LINE, NO_SUPPLY, ConcentrationPage
from ui.theme import DARK


@pytest.fixture
def page(desk: Desk, sample: Path) -> ConcentrationPage:
    """Show the page of the sample plan by year."""
    window = desk.start(sample)
    window.view.choose(by=Period.YEAR)
    found = window.go("concentration")
    assert isinstance(found, ConcentrationPage)
    return found


def texts(model: TextsModel) -> list[list[str]]:
    return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


def shown(page: ConcentrationPage) -> tuple[ConcentrationRow, ...]:
    assert page.chart.table is not None
    return page.chart.table.rows


def test_elements_that_are_supplied_are_listed_with_their_highest_index(page: ConcentrationPage) -> None:
    assert texts(page.elements) == [["Co", "10,000", "2028"], ["Ni", "10,000", "2025"], ["Li", "10,000", "2025"]]
    assert page.element == "Co"
    assert not page.empty.is_empty


def test_an_element_shows_its_shares_and_its_limit(page: ConcentrationPage) -> None:
    assert texts(page.periods)[:2] == [
        ["2025", "508.3", "5,426", "Managem Group", "64.6", "75"],
        ["2026", "915.2", "8,053", "Managem Group", "▲ 89.1", "75"],
    ]
    page.choose("Li")
    assert texts(page.periods)[0] == ["2025", "711.2", "10,000", "Example Lithium", "100.0", "–"]
    assert page.chart.header.title == "Li: supply by supplier"
    assert [row.period for row in shown(page)] == [str(year) for year in range(2025, 2032)]


def test_countries_go_by_their_names(page: ConcentrationPage) -> None:
    page.choose("Co", ConcentrationBy.COUNTRY)
    assert [row[3] for row in texts(page.periods)][:1] == ["Morocco"]
    assert [row[0] for row in texts(page.lost)] == ["Morocco", "Belgium"]
    assert page.chart.header.entries[0].title == "Morocco"
    page.choose("Co", ConcentrationBy.PLANT)
    assert [row[0] for row in texts(page.lost)] == ["Guemassa cobalt sulphate"]


def test_what_is_lost_is_told_from_the_first_month_shown_that_is_not_past(page: ConcentrationPage, desk: Desk) -> None:
    page.context.view.choose(first_year=2028, last_year=2029)
    desk.wait(lambda: shown(page)[0].period == "2028")
    # Nobody but Managem brings cobalt from 2028 on; without it 1,048.3 t a year less demand is short at once.
    (lost,) = texts(page.lost)
    assert lost[0:2] == ["Managem Group", "100.0"]
    assert lost[3] <= lost[5] != "never"


def test_a_row_leads_to_the_deliveries_of_its_lines(page: ConcentrationPage) -> None:
    told: list[tuple[object, str]] = []
    page.rows_wanted.connect(lambda lines, period: told.append((lines, period)))
    page.rows_wanted.disconnect(page.window().navigation.go_to_lines)  # type: ignore[attr-defined] # the main window
    page.period_list.activated.emit(page.periods.index(0, 0))
    page.lost_list.activated.emit(page.lost.index(0, 0))
    page.chart.rows_clicked.emit((("EXC-CO-2025", 1),), "2027")
    assert told[0] == ((("EXC-CO-2025", 1), ("MNG-CO-2025", 1)), "2025")
    assert told[1][0] == (("MNG-CO-2025", 1),)
    assert told[2] == ((("EXC-CO-2025", 1),), "2027")


def test_the_bar_above_is_obeyed(page: ConcentrationPage, desk: Desk) -> None:
    page.context.view.choose(stages=Stages.FIRM, by=Period.QUARTER)
    desk.wait(lambda: shown(page)[0].period == "2025-Q1")
    assert texts(page.periods)[0][:4] == ["2025-Q1", "45.0", "10,000", "Example Cobalt Refining"]
    assert [row[0] for row in texts(page.elements)] == ["Co", "Li"]
    page.context.view.choose(first_year=2031, last_year=2031, stages=Stages.ALL)
    desk.wait(lambda: shown(page)[0].period == "2031-Q1")
    assert page.element == "Co"


def test_an_edit_is_followed(page: ConcentrationPage, desk: Desk) -> None:
    page.plan.run(SetDeliveries((DeliveryCell("EXC-CO-2025", 1, Month.of(2030, 1), 5_000_000),)))
    desk.wait(lambda: len(shown(page)[5].shares) == 2)
    assert texts(page.periods)[5][3] == "Example Cobalt Refining"


def test_years_without_supply_say_so(page: ConcentrationPage, desk: Desk) -> None:
    page.context.view.choose(first_year=2025, last_year=2025, stages=Stages.FIRM)
    page.plan.run(DeleteRecords("deliveries", tuple(row.id for row in page.plan.rows("deliveries"))))
    desk.wait(lambda: page.empty.is_empty)
    assert page.empty.sentence == NO_SUPPLY
    assert page.element is None


def test_tables_are_copied_with_their_headings(page: ConcentrationPage) -> None:
    page.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["Period", "Supply, t", "HHI", "Largest", "Share, %", "Limit, %"]
    assert len(lines) == 8
    page.lost_list.setFocus()
    page.copy()
    assert QGuiApplication.clipboard().text().startswith("Lost\tShare, %\tMonths left")


def test_an_element_is_gone_to(page: ConcentrationPage) -> None:
    page.show_subject(Subject("element", "Ni"))
    assert page.element == "Ni"
    page.show_subject(Subject("element", "Xx"))
    assert page.element == "Ni"


def test_models_and_colours_hold(page: ConcentrationPage) -> None:
    for model in (page.elements, page.periods, page.lost):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.set_theme(DARK)
    assert page.chart.theme is DARK


def test_an_empty_plan_says_what_comes_first(desk: Desk, empty: Path) -> None:
    page = desk.start(empty).go("concentration")
    assert isinstance(page, ConcentrationPage)
    assert (page.empty.is_empty, page.empty.sentence) == (True, NO_LINE)
