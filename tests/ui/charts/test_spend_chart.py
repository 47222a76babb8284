"""The chart of spend: bars, budget, read-out, clicks, and the numbers as text."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from planner.analysis import Period, Scope, Subject
from planner.analysis.money.cost_values import SpendBy, SpendRow, SpendSeries, SpendTable
from planner.analysis.traits import LineKeys
from ui.charts.money import MoneyUnit
from ui.charts.spend_chart import EMPTY, MOST, SpendChart
from ui.theme import DARK, LIGHT

COBALT, NICKEL = ("C1", 1), ("C2", 1)
EUROS = 1_000_000.0


def row(period: str, spend: float, budget: float | None, lines: LineKeys) -> SpendRow:
    """Return a row of which only these numbers matter."""
    difference = None if budget is None else spend - budget
    return SpendRow(period, spend, 0, spend, 0, budget, difference, spend, spend, None, None, None, 0.0, lines, ())


def spend_table() -> SpendTable:
    """Return two periods of two countries, the second of which has no price in the first period."""
    return SpendTable(
        currency="EUR",
        scope=Scope(Period.QUARTER),
        split=SpendBy.COUNTRY,
        rows=(row("2025-Q1", 30 * EUROS, 25 * EUROS, (COBALT, NICKEL)), row("2025-Q2", 50 * EUROS, None, (NICKEL,))),
        series=(
            SpendSeries("MA", "MA", 0, (30 * EUROS, 0.0), (None, None), ((COBALT,), ())),
            SpendSeries("FI", "FI", 1, (None, 50 * EUROS), (None, None), ((NICKEL,), (NICKEL,))),
        ),
        averages=(),
        unpriced=(),
        notes=(),
    )


@pytest.fixture
def chart(qtbot: QtBot) -> SpendChart:
    """Return an empty chart that is shown."""
    made = SpendChart(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 500)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_bars_are_stacked_in_the_unit_of_the_title(chart: SpendChart) -> None:
    assert chart.plots[0].note.toPlainText() == EMPTY
    chart.show_table(spend_table())
    assert {key: bars.heights for key, bars in chart.bars.items()} == {
        "country:MA": (30.0, 0.0),
        "country:FI": (0.0, 50.0),
    }
    assert chart.bars["country:FI"].bottoms == (30.0, 0.0)
    assert chart.budget.values == (25.0, None)
    assert (chart.header.title, chart.header.subtitle) == (
        "Spend by country",
        "million EUR by quarter, all stages in full",
    )
    assert chart.plots[0].scale.labelText == "million EUR"
    assert not chart.plots[0].note.isVisible()


def test_a_subject_is_named_and_small_amounts_are_told_in_thousands(chart: SpendChart) -> None:
    small = replace(spend_table(), rows=(row("2025-Q1", 1_500_000.0, None, ()), row("2025-Q2", 0.0, None, ())))
    chart.show_table(replace(small, scope=Scope(Period.QUARTER, subject=Subject("element", "Co"))))
    assert chart.header.title == "Spend on Co by country"
    assert chart.unit == MoneyUnit(1_000, "thousand EUR", 1)


def test_the_read_out_tells_a_dash_where_no_price_is_known(chart: SpendChart) -> None:
    assert chart.readings(0) == {}
    chart.show_table(spend_table())
    chart.point_at(0)
    told = "Q1 2025; Morocco 30.00; Finland –; Budget 25.00; Spend 30.00; Above budget 5.00"
    assert chart.header.readout_text == told
    assert chart.readings(1)["budget"] == "–"


def test_hidden_series_leave_no_gap(chart: SpendChart) -> None:
    chart.show_table(spend_table())
    chart.toggle("country:MA")
    assert chart.bars["country:FI"].bottoms == (0.0, 0.0)
    assert chart.picture_copy().hidden == {"country:MA"}


def test_a_click_leads_to_the_lines_of_a_part_or_of_the_period(chart: SpendChart, qtbot: QtBot) -> None:
    chart.show_table(spend_table())
    for place, wanted in (
        (QPointF(0, 10), [(COBALT,), "2025-Q1"]),
        (QPointF(1, 10), [(NICKEL,), "2025-Q2"]),
        (QPointF(0, 45), [(COBALT, NICKEL), "2025-Q1"]),
    ):
        with qtbot.waitSignal(chart.rows_clicked) as clicked:
            chart.click_in(chart.plots[0], round(place.x()), place)
        assert clicked.args == wanted


def test_many_series_are_gathered_but_not_in_the_numbers(chart: SpendChart) -> None:
    many = tuple(
        SpendSeries(f"S{at}", f"Supplier {at}", at, (EUROS, EUROS), (None, None), ((), ())) for at in range(MOST + 3)
    )
    chart.show_table(replace(spend_table(), split=SpendBy.SUPPLIER, series=many))
    assert list(chart.bars)[-1] == "supplier:Others"
    assert len(chart.bars) == MOST + 1
    assert chart.bars["supplier:Others"].heights == (3.0, 3.0)
    assert len(chart.csv_rows()[0]) == 4 + len(many)


def test_the_numbers_as_text_are_exact_and_empty_where_there_is_none(chart: SpendChart) -> None:
    assert chart.csv_rows() == [["period"]]
    chart.show_table(spend_table())
    assert chart.csv_rows() == [
        ["period", "spend (EUR)", "budget (EUR)", "difference (EUR)", "Morocco (EUR)", "Finland (EUR)"],
        ["2025-Q1", "30000000.0", "25000000.0", "5000000.0", "30000000.0", ""],
        ["2025-Q2", "50000000.0", "", "", "0.0", "50000000.0"],
    ]


def test_the_same_table_again_sets_nothing_and_colours_follow_the_theme(
    chart: SpendChart, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart.show_table(spend_table())
    before = chart.bars["country:MA"].look.brush.color()
    chart.set_theme(DARK)
    assert chart.bars["country:MA"].look.brush.color() != before
    monkeypatch.setattr(chart, "set_periods", lambda _: pytest.fail("set again"))
    chart.show_table(spend_table())
