"""The page of prices: lines, their terms, the price of a month explained, indices and exchange rates."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from planner.commands import DeleteRecords
from planner.units import Month
from tests.journeys.desk import Desk
from ui.grids.record_model import RecordModel
from ui.grids.texts_model import TextsModel
from ui.pages import prices
from ui.pages.prices import PricesPage

COBALT = ("MNG-CO-2025", 1)
SENTENCE = "LME cobalt M+1 33,400 USD/t x 82 % + 350 = 27,738 USD/t of metal"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Commas between thousands, unless a test says otherwise."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def prices_page(desk: Desk, plan: Path) -> PricesPage:
    page = desk.start(plan).go("prices")
    assert isinstance(page, PricesPage)
    return page


def texts(model: TextsModel) -> list[list[str]]:
    return [[model.index(row, c).data() for c in range(model.columnCount())] for row in range(model.rowCount())]


def type_into(model: RecordModel, row: int, **texts: str) -> None:
    """Write cells of one row as one edit."""
    assert model.put({(row, model.column_of(name)): text for name, text in texts.items()})


def test_a_line_explains_its_price_of_a_month(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    assert page.choose_line(*COBALT)
    page.explained.choose("2027-03")
    assert page.explained.sentence == SENTENCE
    assert texts(page.explained.steps) == [
        ["LME cobalt, M+1 = 2027-04, forecast", "33,400", "USD/t of metal"],
        ["x 82 % payable", "27,388", ""],
        ["+ premium 350", "27,738", ""],
        ["Unit price", "27,738", "USD/t of metal"],
    ]
    assert (page.chosen_line, page.chosen_contract) == (COBALT, COBALT[0])
    assert page.terms.where == {"contract": COBALT[0], "line": COBALT[1]}


def test_every_line_is_listed_with_the_price_of_this_month(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    now = datetime.now(UTC)
    assert page.now == Month.of(now.year, now.month)
    listed = texts(page.lines)
    assert [row[:3] for row in listed][:4] == [
        ["EXC-CO-2025", "1", "CoSO4.7H2O"],
        ["EXL-LI-2025", "1", "LiOH.H2O"],
        ["EXR-NI-2028", "1", "NiSO4.6H2O"],
        ["MNG-CO-2025", "1", "CoSO4.7H2O"],
    ]
    assert listed[4][3:] == ["880", "USD/t of product"]
    page.plan.run(DeleteRecords("price_terms", tuple(row.id for row in page.plan.rows("price_terms"))))
    desk.wait(lambda: all(row[3:] == ["–", ""] for row in texts(page.lines)))
    assert page.explained.sentence.startswith("EXC-CO-2025 1: no price term holds in ")
    assert page.price_empty.sentence == prices.NO_PRICE


def test_the_chart_marks_the_month_and_draws_assumed_ones_apart(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    page.choose_line(*COBALT)
    page.price_chart.period_clicked.emit("2027-03")
    assert str(page.explained.month) == "2027-03"
    assert page.price_chart.marked == "2027-03"
    curve = page.price_chart.curve
    assert curve is not None
    at = curve.periods.index("2027-03")
    assert (curve.values[at], curve.sure[at], curve.sure[-1]) == (27_738.0, True, False)
    assert curve.title == "MNG-CO-2025 1: unit price"
    assert isinstance(desk.window.page, PricesPage)


def test_an_edit_of_the_terms_is_explained_at_once(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    page.choose_line(*COBALT)
    page.explained.choose("2027-03")
    type_into(page.terms, 0, payable_pct="80")
    desk.wait(lambda: "x 80 % + 350 = 27,070" in page.explained.sentence)
    type_into(page.terms, 1, month="2027-02", fixed="25", unit="kg metal")
    desk.wait(lambda: page.explained.sentence == "fixed price = 25 USD/kg of metal")
    curve = page.price_chart.curve
    assert curve is not None
    assert curve.unit == "USD per kg of metal"
    assert curve.note == "25 months are priced in another unit"
    assert curve.values[curve.periods.index("2027-01")] is None
    assert page.chosen_line == COBALT


def test_an_index_shows_its_prices_and_their_curve(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    page.tabs.setCurrentIndex(prices.INDICES)
    assert page.show_record("index_prices", ("LME-CO", Month.of(2027, 4)))
    assert page.index_prices.where == {"index": "LME-CO"}
    curve = page.index_chart.curve
    assert curve is not None
    assert (curve.title, curve.unit) == ("LME cobalt", "USD per t of metal")
    assert (curve.sure[0], curve.sure[-1]) == (True, False)
    assert curve.values[curve.periods.index("2027-04")] == 33_400
    type_into(page.index_prices, page.index_prices.rowCount() - 1, month="2028-03", price="40000")
    desk.wait(lambda: page.index_chart.curve is not None and page.index_chart.curve.periods[-1] == "2028-03")
    assert page.index_chart.curve is not None
    assert page.index_chart.curve.values[-2:] == (None, 40_000.0)
    assert page.charts[0] is page.index_chart


def test_exchange_rates_are_drawn_by_pair(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    assert page.show_record("exchange_rates", ("USD", "CNY", Month.of(2027, 12)))
    assert page.tabs.currentIndex() == prices.RATES
    curve = page.rate_chart.curve
    assert curve is not None
    assert (curve.title, curve.unit, curve.values[-1]) == ("USD in CNY", "CNY per USD", 7.1)


def test_a_price_term_is_found_with_its_line(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    page.tabs.setCurrentIndex(prices.RATES)
    assert page.show_record("price_terms", ("EXL-LI-2025", 1, Month.of(2027, 1)))
    assert page.tabs.currentIndex() == prices.LINES
    assert page.chosen_line == ("EXL-LI-2025", 1)
    assert page.terms_view.currentIndex().row() == 1
    assert not page.choose_line("NOBODY", 1)


def test_an_empty_plan_says_what_comes_first(desk: Desk, empty: Path) -> None:
    page = prices_page(desk, empty)
    assert (page.lines_empty.is_empty, page.lines_empty.sentence) == (True, prices.NO_LINE)
    assert (page.index_empty.is_empty, page.index_empty.sentence) == (True, prices.NO_INDEX)
    assert (page.rate_empty.is_empty, page.rate_empty.sentence) == (True, prices.NO_RATE)
    assert page.chosen_line is None
    type_into(page.indices, 0, code="LME-CO", name="LME cobalt", currency="USD")
    desk.wait(lambda: not page.index_empty.is_empty)
    assert page.curve_empty.sentence == prices.NO_CURVE
    page.indices_view.go_to_blank_row()
    assert page.index_empty.sentence == prices.CHOOSE_INDEX
    type_into(page.rates, 0, base="EUR", quote="USD", month="2027-03", rate="1.08")
    desk.wait(lambda: not page.rate_empty.is_empty)
    assert page.rate_chart.curve is not None


def test_the_horizon_of_the_bar_bounds_the_months(desk: Desk, sample: Path) -> None:
    page = prices_page(desk, sample)
    page.context.view.choose(first_year=2028, last_year=2029)
    desk.wait(lambda: page.explained.chooser.count() == 24)
    assert str(page.explained.month) == "2028-01"
    assert page.price_chart.periods[0] == "2028-01"


def test_numbers_are_written_as_the_locale_has_them(desk: Desk, sample: Path) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    page = prices_page(desk, sample)
    page.choose_line(*COBALT)
    page.explained.choose("2027-03")
    assert page.explained.sentence == "LME cobalt M+1 33.400 USD/t x 82 % + 350 = 27.738 USD/t of metal"
