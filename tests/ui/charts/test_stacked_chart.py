"""The chart of a stack: a bar for each part of the supply, the rows behind it, and the gap above it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from planner.analysis.gaps.stack import StackBy, StackTable, by_firmness
from tests.ui.charts.stacks import FIRST, SECOND, by_country, by_supplier
from tests.ui.charts.tables import ROWS, click, cover_table, place_of
from ui.charts.cover_chart import CoverChart
from ui.charts.items import SeriesItem
from ui.charts.stack_choice import NAMES, StackChoice
from ui.theme import DARK, LIGHT, hatch_colour, series_colour, stage_colour

EXC, MNG, OPTION = "supplier:supply:EXC", "supplier:supply:MNG", "supplier:option:MNG"


def at(chart: CoverChart, x: float, y: float) -> QPoint:
    """Return the pixel of the view at a period and a quantity."""
    return QPoint(chart.view.mapFromScene(chart.plots[0].box.mapViewToScene(QPointF(x, y))))


@pytest.fixture
def stacked(chart: CoverChart) -> CoverChart:
    """Return a chart that shows the first three months by supplier."""
    table = by_supplier(cover_table(ROWS[:3]))
    series = tuple(replace(each, values=each.values[:3]) for each in table.series)
    chart.show_stack(replace(table, series=series), "Cobalt")
    return chart


def test_the_bars_pile_up_from_the_first_series(chart: CoverChart) -> None:
    chart.show_stack(by_supplier())
    assert list(chart.bars) == [EXC, MNG, OPTION, "over_capacity"]
    assert [bars.heights[1] for bars in chart.bars.values()] == [80.0, 30.0, 10.0, 5.0]
    assert [bars.bottoms[1] for bars in chart.bars.values()] == [0.0, 80.0, 110.0, 120.0]
    assert chart.table == cover_table()
    assert "by supplier" in chart.header.subtitle


def test_a_series_that_is_not_in_the_next_stack_goes_and_one_that_stays_is_the_same(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    firm = chart.item("firm")
    chart.show_stack(by_supplier())
    with pytest.raises(StopIteration):
        chart.item("firm")
    assert firm.scene() is None
    kept = chart.item(EXC)
    table = by_supplier()
    chart.show_stack(replace(table, series=table.series[:1]))
    assert chart.item(EXC) is kept
    assert [entry.key for entry in chart.header.entries][:2] == [EXC, "over_capacity"]
    chart.show_table(cover_table())
    assert list(chart.bars) == ["firm", "probable", "option", "over_capacity"]
    assert chart.bars["firm"].look.brush.color().name() == LIGHT.firm


def test_the_same_keys_keep_the_legend(chart: CoverChart, monkeypatch: pytest.MonkeyPatch) -> None:
    table = by_supplier()
    chart.show_stack(table)
    moved: list[SeriesItem] = []
    plain = SeriesItem._moved  # noqa: SLF001 - the one place where a series is drawn anew

    def note(item: SeriesItem, bounds: QRectF) -> None:
        moved.append(item)
        plain(item, bounds)

    monkeypatch.setattr(SeriesItem, "_moved", note)
    monkeypatch.setattr(chart, "set_entries", lambda _: pytest.fail("named anew"))
    option = replace(table.series[2], values=(11.0, *table.series[2].values[1:]))
    chart.show_stack(replace(table, series=(*table.series[:2], option)))
    assert moved == [chart.bars[OPTION], chart.bars["over_capacity"]]


def test_a_supplier_has_its_colour_by_its_place_and_its_option_is_hatched_in_it(chart: CoverChart) -> None:
    chart.show_stack(by_supplier())
    for theme in (DARK, LIGHT):
        chart.set_theme(theme)
        assert chart.bars[EXC].look.brush.color().name() == series_colour(theme, 3)
        assert chart.bars[MNG].look.brush.color().name() == series_colour(theme, 0)
        assert chart.bars[OPTION].look.brush.color().name() == hatch_colour(theme, series_colour(theme, 0))
        assert chart.bars[OPTION].look.brush.style() == Qt.BrushStyle.BDiagPattern


def test_a_stage_has_its_own_colour(chart: CoverChart) -> None:
    table = by_supplier()
    series = tuple(replace(each, key="signed", title="Signed") for each in table.series[:1])
    chart.show_stack(StackTable(table.cover, StackBy.STAGE, series))
    assert chart.bars["stage:supply:signed"].look.brush.color().name() == stage_colour(LIGHT, "signed")


def test_a_country_goes_by_its_name(chart: CoverChart) -> None:
    chart.show_stack(by_country())
    assert [entry.title for entry in chart.header.entries][:2] == ["Morocco", "Belgium"]
    chart.show_stack(by_country(("", "DE")))
    assert [entry.title for entry in chart.header.entries][:2] == ["", "Germany"]


def test_the_read_out_has_every_series(chart: CoverChart) -> None:
    chart.show_stack(by_supplier())
    chart.point_at(0)
    assert chart.header.readout_text.startswith(
        "January 2025; Example Cobalt 80.0; Managem 40.0; Option Managem 10.0; Over capacity 0.0; Demand 100.0"
    )


@pytest.mark.parametrize(
    ("place", "lines"),
    [((0.0, 40.0), FIRST), ((0.2, 100.0), SECOND), ((0.0, 125.0), SECOND[1:]), ((1.0, 122.5), FIRST)],
    ids=["first", "second", "option", "over capacity"],
)
def test_a_click_on_a_bar_names_the_lines_behind_it(
    stacked: CoverChart, qtbot: QtBot, place: tuple[float, float], lines: tuple[tuple[str, int], ...]
) -> None:
    with qtbot.assertNotEmitted(stacked.period_clicked), qtbot.waitSignal(stacked.rows_clicked) as heard:
        click(stacked, at(stacked, *place))
    assert heard.args == [lines, stacked.periods[round(place[0])]]


def test_a_click_on_the_shading_names_the_gap(stacked: CoverChart, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(stacked.period_clicked), qtbot.waitSignal(stacked.gap_clicked) as heard:
        click(stacked, at(stacked, 2.45, 100.0))
    assert heard.args == ["2025-03"]


@pytest.mark.parametrize("place", [(0.0, 155.0), (0.45, 40.0)], ids=["above", "beside"])
def test_a_click_beside_the_bars_names_the_period(
    stacked: CoverChart, qtbot: QtBot, place: tuple[float, float]
) -> None:
    with qtbot.assertNotEmitted(stacked.rows_clicked), qtbot.waitSignal(stacked.period_clicked) as heard:
        click(stacked, at(stacked, *place))
    assert heard.args == ["2025-01"]


def test_a_click_on_the_stock_names_the_period(stacked: CoverChart, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(stacked.rows_clicked), qtbot.waitSignal(stacked.period_clicked):
        click(stacked, place_of(stacked, 0.0, plot=1))


def test_what_is_hidden_cannot_be_clicked(stacked: CoverChart, qtbot: QtBot) -> None:
    stacked.set_hidden(frozenset({EXC}))
    with qtbot.waitSignal(stacked.rows_clicked) as heard:
        click(stacked, at(stacked, 0.0, 20.0))
    assert heard.args[0] == SECOND
    stacked.set_hidden(frozenset({EXC, MNG, "net_requirement"}))
    with qtbot.waitSignal(stacked.period_clicked):
        click(stacked, at(stacked, 2.0, 100.0))


def test_a_table_without_lines_leads_to_the_period(chart: CoverChart, qtbot: QtBot) -> None:
    chart.show_table(cover_table(ROWS[:3]))
    for place in ((0.0, 40.0), (2.0, 100.0)):
        with qtbot.waitSignal(chart.period_clicked):
            click(chart, at(chart, *place))


def test_a_stack_of_the_same_numbers_leads_to_rows_all_the_same(chart: CoverChart) -> None:
    chart.show_table(cover_table(ROWS[:3]))
    table = by_firmness(cover_table(ROWS[:3]))
    rows = replace(table, series=tuple(replace(each, lines=FIRST) for each in table.series))
    chart.show_stack(rows)
    assert chart.stack == rows


def test_the_numbers_as_text_have_a_column_for_each_series(chart: CoverChart) -> None:
    chart.show_stack(by_supplier())
    head, first, *_ = chart.csv_rows()
    assert head[-3:] == ["Example Cobalt (t)", "Managem (t)", "Option Managem (t)"]
    assert first[-3:] == ["80.0", "40.0", "10.0"]
    assert len(chart.csv_rows()) == 5
    chart.show_stack(replace(by_supplier(), series=()))
    assert len(chart.csv_rows()) == 5


def test_a_picture_shows_the_same_stack(chart: CoverChart, qtbot: QtBot) -> None:
    chart.show_stack(by_supplier(), "Cobalt")
    chart.toggle(OPTION)
    copy = chart.picture_copy()
    qtbot.addWidget(copy)
    assert copy.stack == chart.stack
    assert not copy.item(OPTION).isVisible()


def test_a_series_stays_hidden_while_another_stack_was_shown(chart: CoverChart) -> None:
    chart.show_stack(by_supplier())
    chart.toggle(MNG)
    chart.show_stack(by_country())
    chart.show_stack(by_supplier())
    assert not chart.item(MNG).isVisible()
    assert chart.bars[OPTION].bottoms[0] == 80.0


def test_the_stack_is_chosen_beside_the_chart_or_in_its_menu(chart: CoverChart, qtbot: QtBot) -> None:
    choice = StackChoice()
    qtbot.addWidget(choice)
    assert chart.menu().actions()[0].text() == "Save as PNG…"
    chart.offer_stacks(choice)
    submenu = next(menu for menu in chart.menu().findChildren(QMenu) if menu.title() == "Stack by")
    assert [action.text() for action in submenu.actions()] == list(NAMES.values())
    assert [action.text() for action in submenu.actions() if action.isChecked()] == ["Firmness"]
    with qtbot.waitSignal(choice.chosen) as heard:
        submenu.actions()[2].trigger()
    assert heard.args == [StackBy.CONTRACT]
    assert choice.combo.currentText() == "Contract"
    with qtbot.waitSignal(choice.chosen) as heard:
        choice.combo.activated.emit(list(NAMES).index(StackBy.COUNTRY))
    assert choice.by is StackBy.COUNTRY
    with qtbot.assertNotEmitted(choice.chosen):
        choice.choose(StackBy.COUNTRY)


@pytest.mark.parametrize("width", [500, 900, 1_600])
def test_a_long_legend_wraps_and_long_names_are_cut(chart: CoverChart, width: int) -> None:
    table = by_supplier()
    names = [f"Supplier of cobalt and of many other things, number {n}" for n in range(9)]
    series = tuple(replace(table.series[0], key=name, title=name, place=n) for n, name in enumerate(names))
    chart.show_stack(replace(table, series=series))
    chart.header.fit(width)
    spots = [chart.header.spot_of(f"supplier:supply:{name}") for name in names]
    assert all(0 <= spot.x() <= width for spot in spots)
    assert len({(spot.x(), spot.y()) for spot in spots}) == 9
    assert chart.header.minimumHeight() > max(spot.y() for spot in spots)
