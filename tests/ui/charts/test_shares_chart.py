"""The chart of shares: stacked to 100 %, told apart by colour and name, each part with the lines behind it."""

from collections.abc import Iterable

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from planner.analysis import Subject
from planner.analysis.origins.concentration import ConcentrationRow, Share, hhi_of
from planner.analysis.traits import LineKeys
from ui.charts.export import picture
from ui.charts.shares_chart import LIMIT, MOST, NO_SUPPLY, OTHERS, SharesChart, SharesTable
from ui.theme import DARK, LIGHT, series_colour

Told = list[tuple[LineKeys, str]]


def row(period: str, tonnes: dict[str, float], limit: float | None = None) -> ConcentrationRow:
    """Return a row whose shares stand at the place of their letter in the alphabet."""
    whole = sum(tonnes.values())
    shares = tuple(
        Share(key, key * 3, ord(key[0]) - ord("A"), t, 100 * t / whole, ((f"K{key}", 1),))
        for key, t in sorted(tonnes.items(), key=lambda pair: -pair[1])
    )
    return ConcentrationRow(Subject("element", "Co"), period, whole, hhi_of(shares), shares, limit)


def table(rows: Iterable[ConcentrationRow]) -> SharesTable:
    found = tuple(rows)
    names = {share.key: share.title for each in found for share in each.shares}
    return SharesTable("Co: supply by supplier", "% of t metal", found, names)


ROWS = (row("2025", {"A": 60, "B": 40}, 50), row("2026", {"A": 90, "B": 10}, 50), row("2027", {"B": 5}))


def stacks(chart: SharesChart) -> list[list[tuple[float, float]]]:
    """Return where each part begins and ends in each period."""
    return [
        [(low, low + height) for low, height in zip(bars.bottoms, bars.heights, strict=True)]
        for bars in chart.bars.values()
    ]


@pytest.fixture
def chart(qtbot: QtBot) -> SharesChart:
    made = SharesChart(LIGHT)
    qtbot.addWidget(made)
    made.resize(800, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_parts_pile_up_to_a_hundred_the_largest_at_the_bottom(chart: SharesChart) -> None:
    chart.show_table(table(ROWS))
    assert list(chart.bars) == ["part:A", "part:B"]
    first, second = stacks(chart)
    assert [top for _, top in first] == pytest.approx([60, 90, 0])
    assert [low for low, _ in second] == [top for _, top in first]
    assert [top for _, top in second] == pytest.approx([100] * 3)
    assert list(chart.limit.values) == [50, 50, None]
    assert [entry.title for entry in chart.header.entries] == ["AAA", "BBB", "Limit of the largest", "Supply", "HHI"]


def test_a_part_has_its_colour_by_its_place_in_both_themes(chart: SharesChart) -> None:
    chart.show_table(table(ROWS))
    for theme in (DARK, LIGHT):
        chart.set_theme(theme)
        assert chart.bars["part:B"].look.brush.color().name() == series_colour(theme, 1)


def test_a_period_is_read_out_with_its_index(chart: SharesChart) -> None:
    chart.show_table(table(ROWS))
    chart.point_at(0)
    told = chart.header.readout_text
    assert told == "2025; AAA 60.0 %; BBB 40.0 %; Limit of the largest 50 %; Supply 100.0 t; HHI 5,200"
    chart.point_at(2)
    assert "Limit of the largest –" in chart.header.readout_text


def test_a_click_leads_to_the_lines_of_a_part_or_of_the_period(chart: SharesChart) -> None:
    told: Told = []
    chart.rows_clicked.connect(lambda lines, period: told.append((lines, period)))
    chart.show_table(table(ROWS))
    plot = chart.plots[0]
    chart.click_in(plot, 0, QPointF(0, 30))
    chart.click_in(plot, 0, QPointF(0, 80))
    chart.click_in(plot, 1, QPointF(1, 104))
    assert told == [((("KA", 1),), "2025"), ((("KB", 1),), "2025"), ((("KA", 1), ("KB", 1)), "2026")]


def test_a_part_that_is_hidden_is_not_clicked_and_leaves_no_hole(chart: SharesChart) -> None:
    told: Told = []
    chart.rows_clicked.connect(lambda lines, period: told.append((lines, period)))
    chart.show_table(table(ROWS))
    chart.set_hidden(frozenset({"part:A"}))
    assert [low for low, _ in stacks(chart)[1]] == [0, 0, 0]
    chart.click_in(chart.plots[0], 0, QPointF(0, 30))
    assert told == [((("KB", 1),), "2025")]


def test_too_many_parts_are_others_with_all_their_lines(chart: SharesChart) -> None:
    told: Told = []
    chart.rows_clicked.connect(lambda lines, period: told.append((lines, period)))
    chart.show_table(table([row("2025", {letter: 20 - at for at, letter in enumerate("ABCDEFGHIJ")})]))
    assert len(chart.bars) == MOST + 1
    assert list(chart.bars)[-1] == OTHERS
    chart.click_in(chart.plots[0], 0, QPointF(0, 99))
    assert told == [((("KI", 1), ("KJ", 1)), "2025")]


def test_a_chart_without_supply_says_so_and_leads_nowhere(chart: SharesChart) -> None:
    told: Told = []
    chart.rows_clicked.connect(lambda lines, period: told.append((lines, period)))
    assert chart.plots[0].note.toPlainText() == NO_SUPPLY
    chart.click_in(chart.plots[0], 0, QPointF(0, 1))
    assert chart.readings(0) == {}
    chart.show_table(table(ROWS))
    assert chart.plots[0].note.toPlainText() == ""
    chart.show_table(table([ConcentrationRow(Subject("element", "Co"), "2025", 0.0, None, (), None)]))
    assert chart.plots[0].note.toPlainText() == NO_SUPPLY
    chart.click_in(chart.plots[0], 0, QPointF(0, 1))
    assert told == []


def test_numbers_and_picture_are_those_of_the_chart(chart: SharesChart) -> None:
    assert chart.csv_rows() == [["period", "supply (t metal)", "hhi", "limit (%)"]]
    chart.show_table(table(ROWS))
    head, *rows = chart.csv_rows()
    assert head[4:] == ["AAA (%)", "BBB (%)"]
    assert rows[2] == ["2027", "5", "10000.0", "", "0", "100.0"]
    chart.set_hidden(frozenset({LIMIT}))
    copy = chart.picture_copy()
    assert (copy.table, copy.hidden) == (chart.table, chart.hidden)
    assert not picture(chart).isNull()
