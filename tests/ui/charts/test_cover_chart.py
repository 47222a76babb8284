"""The numbers of a table and the bars of its chart are the same."""

from dataclasses import fields, replace

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from planner.analysis import CoverRow, Period, Subject
from planner.units import Basis
from tests.ui.charts.tables import NOTHING, ROWS, cover_table, long_table
from ui.charts.cover_chart import EMPTY, NO_TABLE, CoverChart
from ui.charts.items import SeriesItem
from ui.theme import LIGHT

STACK = ("firm", "probable", "option", "over_capacity")
STEPS = ("demand", "capacity", "safety_stock")


@pytest.mark.parametrize("key", STACK)
def test_the_bars_are_as_high_as_the_numbers(chart: CoverChart, key: str) -> None:
    chart.show_table(cover_table())
    assert chart.bars[key].heights == tuple(getattr(row, key) for row in ROWS)


@pytest.mark.parametrize("key", STEPS)
def test_the_steps_are_at_the_numbers(chart: CoverChart, key: str) -> None:
    chart.show_table(cover_table())
    assert chart.steps[key].values == tuple(getattr(row, key) for row in ROWS)


def test_stock_is_below_on_the_same_time_axis(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    assert chart.stock.values == (60.0, 30.0, -60.0, 1_190.5)
    assert list(chart.plots[1].items) == ["stock_end", "safety_stock"]
    assert chart.plots[0].box.viewRange()[0] == chart.plots[1].box.viewRange()[0]
    upper, lower = chart.plots[0].area(), chart.plots[1].area()
    assert (upper.left(), upper.width()) == pytest.approx((lower.left(), lower.width()))
    assert upper.bottom() < lower.top()
    assert upper.height() / 6 < lower.height() < upper.height() / 2


def test_the_stack_stands_on_itself(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    assert [bars.bottoms[1] for bars in chart.bars.values()] == [0.0, 80.0, 110.0, 120.0]
    assert [(bar.top(), bar.bottom()) for bar in chart.bars["over_capacity"].bars] == [(120.0, 125.0)]


def test_a_hidden_series_leaves_the_stack(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    chart.toggle("firm")
    assert not chart.bars["firm"].isVisible()
    assert [bars.bottoms[1] for bars in chart.bars.values()] == [0.0, 0.0, 30.0, 40.0]
    chart.toggle("firm")
    assert chart.bars["firm"].isVisible()
    assert chart.bars["probable"].bottoms[1] == 80.0


def test_shortage_is_shaded_from_supply_to_demand_where_something_is_required(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    [shade] = chart.shortage.bars
    assert (shade.center().x(), shade.top(), shade.bottom()) == (2.0, 60.0, 150.0)


def test_the_read_out_has_every_number_of_the_row(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    chart.point_at(2)
    assert chart.header.readout_text == (
        "March 2025; Firm 50.0; Probable 10.0; Option 0.0; Over capacity 0.0; Demand 150.0; Open capacity –; "
        "Net requirement 80.0; Stock -60.0; Safety stock 20.0; Supply 60.0; Cover 60 %"
    )
    assert chart.accessibleDescription() == chart.header.readout_text
    assert chart.readings(3)["cover_pct"] == "–"
    assert chart.readings(3)["firm"] == "1,250.5"
    chart.point_at(None)
    assert chart.header.readout_text == ""


def test_the_read_out_follows_new_numbers(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    chart.point_at(0)
    chart.show_table(cover_table((replace(ROWS[0], firm=81.0), *ROWS[1:])))
    assert "Firm 81.0" in chart.header.readout_text


def test_gwh_are_read_out_with_two_decimals(chart: CoverChart) -> None:
    assert chart.readings(0) == {}
    chart.show_table(replace(cover_table(), basis=Basis.GWH, unit="GWh"))
    assert chart.readings(0)["firm"] == "80.00"
    assert "GWh of cells" in chart.header.subtitle


def test_the_title_says_what_is_shown_in_which_unit(chart: CoverChart) -> None:
    chart.show_table(cover_table(), "Cobalt")
    assert chart.header.title == "Cobalt: supply against demand"
    assert chart.header.subtitle == "t by month, metal basis, probable weighted"
    assert [plot.scale.labelText for plot in chart.plots] == ["t per month", "Stock, t"]
    product = replace(cover_table(), subject=Subject("material", "M"), basis=Basis.PRODUCT, product="M", by=Period.YEAR)
    chart.show_table(product)
    assert chart.header.title == "M: supply against demand"
    assert chart.header.subtitle == "t by year, product basis as M, probable weighted"


def test_a_chart_without_a_table_says_what_to_do(chart: CoverChart) -> None:
    assert chart.plots[0].note.toPlainText() == NO_TABLE
    assert chart.plots[0].note.isVisible()
    assert not chart.plots[0].zero.isVisible()
    assert chart.plots[0].scale.tickValues(0, 1, 300) == []
    assert chart.csv_rows() == [
        [field.name if field.name in {"period", "cover_pct"} else f"{field.name} ()" for field in fields(CoverRow)]
    ]


def test_a_table_of_nothing_says_what_to_do_until_there_is_something(chart: CoverChart) -> None:
    chart.show_table(cover_table((NOTHING,)))
    assert chart.plots[0].note.toPlainText() == EMPTY
    assert not chart.plots[1].zero.isVisible()
    chart.show_table(cover_table((replace(NOTHING, stock_end=5.0),)))
    assert chart.plots[0].note.toPlainText() == EMPTY
    assert chart.plots[1].zero.isVisible()
    chart.show_table(cover_table())
    assert not chart.plots[0].note.isVisible()
    assert chart.plots[0].zero.isVisible()


def test_the_same_table_again_sets_nothing(chart: CoverChart, monkeypatch: pytest.MonkeyPatch) -> None:
    chart.show_table(cover_table())
    monkeypatch.setattr(chart, "_restack", lambda: pytest.fail("set again"))
    chart.show_table(cover_table())


def test_only_the_series_that_changed_is_set(chart: CoverChart, monkeypatch: pytest.MonkeyPatch) -> None:
    chart.show_table(cover_table())
    moved: list[SeriesItem] = []
    plain = SeriesItem._moved  # noqa: SLF001 - the one place where a series is drawn anew

    def note(item: SeriesItem, bounds: QRectF) -> None:
        moved.append(item)
        plain(item, bounds)

    monkeypatch.setattr(SeriesItem, "_moved", note)
    chart.show_table(cover_table((replace(ROWS[0], over_capacity=7.0), *ROWS[1:])))
    assert moved == [chart.bars["over_capacity"]]


def test_the_heights_follow_what_is_in_sight(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    assert chart.plots[0].box.viewRange()[1] == pytest.approx([0, 1_250.5 * 1.08])
    chart.plots[0].box.setXRange(-0.5, 2.5, padding=0)
    assert chart.visible_periods() == (0, 2)
    assert chart.plots[0].box.viewRange()[1] == pytest.approx([0, 150 * 1.08])
    chart.set_hidden(frozenset({"demand", "capacity", "net_requirement"}))
    assert chart.plots[0].box.viewRange()[1] == pytest.approx([0, 130 * 1.08])
    low, high = chart.plots[1].box.viewRange()[1]
    assert (low, high) == pytest.approx((-60 - 120 * 0.08, 60 + 120 * 0.08))


def test_other_numbers_of_the_same_periods_keep_the_zoom(chart: CoverChart) -> None:
    table = long_table()
    chart.show_table(table)
    chart.plots[0].box.setXRange(3.5, 11.5, padding=0)
    chart.show_table(replace(table, rows=tuple(replace(row, firm=7.0) for row in table.rows)))
    assert chart.visible_periods() == (4, 11)
    chart.show_table(long_table(36))
    assert chart.visible_periods() == (0, 35)


def test_the_numbers_as_text_are_those_of_the_table(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    head, *rows = chart.csv_rows()
    assert head[:3] == ["period", "demand (t)", "firm (t)"]
    assert head[-1] == "cover_pct"
    names = [field.name for field in fields(CoverRow)]
    assert [[cell or None for cell in row] for row in rows] == [
        [None if getattr(row, name) is None else str(getattr(row, name)) for name in names] for row in ROWS
    ]


def test_a_picture_shows_the_same_without_a_read_out(chart: CoverChart, qtbot: QtBot) -> None:
    chart.show_table(long_table(), "Cobalt")
    chart.toggle("option")
    chart.plots[0].box.setXRange(3.5, 11.5, padding=0)
    copy = chart.picture_copy()
    qtbot.addWidget(copy)
    assert copy.table == chart.table
    assert copy.hidden == frozenset({"option"})
    assert copy.header.title == chart.header.title
    assert copy.visible_periods() == chart.visible_periods()
    assert "Supply" not in [entry.title for entry in copy.header.entries]
    assert copy.theme is LIGHT
