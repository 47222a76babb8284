"""The charts of carbon, of paths and of closed loops draw their tables, read them out and lead to rows."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from planner.analysis import Period, Stages
from planner.analysis.footprint.carbon import CarbonBase, CarbonBy, CarbonRow, CarbonSeries, CarbonTable
from planner.analysis.footprint.recycled import Loop, LoopRow
from planner.units import Month
from tests.ui.charts.tables import click, place_of
from ui.charts import carbon_chart, loop_chart
from ui.charts.carbon_chart import CarbonChart
from ui.charts.export import picture
from ui.charts.loop_chart import LoopChart
from ui.charts.path_chart import PathChart, PathSeries, PathTable
from ui.charts.period_chart import PeriodChart
from ui.theme import DARK, LIGHT

A, B = ("A", 1), ("B", 1)
ROWS = (
    CarbonRow("2025", 3.0, 4.0, 60.0, ("Cu",), 100.0, 50.0, 80.0, (A, B)),
    CarbonRow("2026", 1.0, 0.5, 100.0, (), 90.0, 50.0, 80.0, (A,)),
    CarbonRow("2027", None, 0.5, None, ("Co",), 0.0, None, None, ()),
)
SERIES = (
    CarbonSeries("MA", "MA", 0, (1.0, 1.0, None), (10.0, 10.0, None), (A,)),
    CarbonSeries("", "Unknown", 1, (2.0, None, None), (20.0, None, None), (B,)),
)
CARBON = CarbonTable(
    Period.YEAR, Stages.ALL, CarbonBy.COUNTRY, ROWS, SERIES, SERIES, CarbonBase(5.0, Month.of(2020, 1))
)
COBALT = PathSeries("Co", "%", 1, True, (3.5, 0.0, None), (None, 16.0, 16.0), ((A,), (A, B), ()))  # noqa: FBT003 - a row
LARGEST = PathSeries("Largest", "%", 0, False, (80.0, 60.0, 75.0), (75.0, 75.0, 75.0), ((A,), (B,), (A,)))  # noqa: FBT003 - a row
PATHS = PathTable("Recycled", "by year", ("Recycled", "Minimum", "Below"), ("2025", "2026", "2027"), (COBALT,))
LOOP = Loop(
    "LOOP",
    1,
    "Our scrap",
    "Co",
    90.0,
    (LoopRow("2025", 0.0, 10.0, 0.0, 9.0, 9.0, False), LoopRow("2026", 20.0, 0.0, 10.0, 9.0, -2.0, True)),  # noqa: FBT003 - rows
)


def shown(qtbot: QtBot, chart: PeriodChart) -> None:
    qtbot.addWidget(chart)
    chart.resize(900, 500)
    with qtbot.waitExposed(chart):
        chart.show()


@pytest.fixture
def carbon(qtbot: QtBot) -> CarbonChart:
    made = CarbonChart(LIGHT)
    shown(qtbot, made)
    return made


@pytest.fixture
def paths(qtbot: QtBot) -> PathChart:
    made = PathChart(LIGHT, "Nothing yet.")
    shown(qtbot, made)
    return made


@pytest.fixture
def loop(qtbot: QtBot) -> LoopChart:
    made = LoopChart(LIGHT)
    shown(qtbot, made)
    return made


def test_the_parts_are_stacked_below_the_path(carbon: CarbonChart) -> None:
    assert carbon.plots[0].note.toPlainText() == carbon_chart.EMPTY
    assert carbon.readings(0) == {}
    carbon.show_table(CARBON)
    first, second = carbon.bars.values()
    assert (first.bottoms, first.heights) == ((0.0, 0.0, 0.0), (1.0, 1.0, 0.0))
    assert (second.bottoms, second.heights) == ((1.0, 1.0, 0.0), (2.0, 0.0, 0.0))
    assert carbon.path.values == (4.0, 0.5, 0.5)
    assert carbon.header.subtitle == "kg CO2e per kWh by year; 100 % is 5.0 kg in 2020; not known: Cu, Co"
    carbon.toggle("country:MA")
    assert second.bottoms == (0.0, 0.0, 0.0)


def test_the_read_out_names_parts_sum_path_and_what_is_known(carbon: CarbonChart) -> None:
    carbon.show_table(CARBON)
    carbon.point_at(0)
    assert carbon.header.readout_text == ("2025; Morocco 1.00; Unknown 2.00; Target path 4.00; A kWh 3.00; Known 60 %")
    assert carbon.readings(2)["total"] == carbon.readings(2)["known"] == "–"


def test_a_click_leads_to_the_lines_of_the_bar_or_of_the_period(qtbot: QtBot, carbon: CarbonChart) -> None:
    carbon.show_table(CARBON)
    found: list[tuple[object, str]] = []
    carbon.rows_clicked.connect(lambda lines, period: found.append((lines, period)))
    click(carbon, place_of(carbon, 0.0))
    qtbot.waitUntil(lambda: bool(found))
    assert found == [((B,), "2025")]
    bottom = carbon.plots[0].box.mapViewToScene(carbon.plots[0].box.viewRect().center())
    click(carbon, QPoint(place_of(carbon, 1.45).x(), carbon.view.mapFromScene(bottom).y()))
    qtbot.waitUntil(lambda: len(found) == 2)
    assert found[1] == ((A,), "2026")


def test_a_table_of_nothing_says_what_to_do(carbon: CarbonChart) -> None:
    carbon.show_table(CARBON)
    assert not carbon.plots[0].note.isVisible()
    carbon.show_table(replace(CARBON, rows=ROWS[2:], series=(), base=None))
    assert carbon.plots[0].note.toPlainText() == carbon_chart.EMPTY
    assert carbon.bars == {}


@pytest.mark.parametrize("kind", ["carbon", "paths", "loop"])
def test_a_picture_shows_the_same_and_the_numbers_are_the_tables(
    kind: str, carbon: CarbonChart, paths: PathChart, loop: LoopChart
) -> None:
    chart: PeriodChart = {"carbon": carbon, "paths": paths, "loop": loop}[kind]
    assert len(chart.csv_rows()) == 1
    chart.picture_copy().deleteLater()
    carbon.show_table(CARBON)
    paths.show_table(PATHS)
    loop.show_loop(LOOP)
    chart.set_theme(DARK)
    copy = chart.picture_copy()
    assert (copy.csv_rows(), copy.periods, copy.theme) == (chart.csv_rows(), chart.periods, DARK)
    assert not picture(chart).isNull()


def test_the_numbers_of_carbon_as_text(carbon: CarbonChart) -> None:
    carbon.show_table(CARBON)
    head, first, _, last = carbon.csv_rows()
    assert head[-2:] == ["Morocco (kg CO2e per kWh)", "Unknown (kg CO2e per kWh)"]
    assert first == ["2025", "3.0", "4.0", "60.0", "Cu", "1.0", "2.0"]
    assert last == ["2027", "", "0.5", "", "Co", "", ""]


def test_what_misses_the_path_is_hatched_on_its_side(paths: PathChart) -> None:
    paths.show_table(replace(PATHS, series=(COBALT, LARGEST)))
    below, above = (drawing.gap for drawing in paths.drawings)
    assert (below.bottoms, below.heights) == ((0.0, 0.0, 0.0), (0.0, 16.0, 0.0))
    assert (above.bottoms, above.heights) == ((75.0, 0.0, 0.0), (5.0, 0.0, 0.0))
    assert [plot.scale.labelText for plot in paths.plots] == ["Co, %", "Largest, %"]
    paths.point_at(1)
    assert paths.header.readout_text.endswith("Co 0.0 of 16.0 %; Largest 60 of 75 %")


def test_plots_come_and_go_with_the_series(paths: PathChart) -> None:
    for count in (1, 3, 2, 0):
        paths.show_table(replace(PATHS, title=str(count), series=(COBALT, LARGEST, COBALT)[:count]))
        assert len(paths.plots) == max(1, count)
        assert [plot.time.isVisible() for plot in paths.plots] == [False] * (len(paths.plots) - 1) + [True]
    assert paths.plots[0].note.toPlainText() == "Nothing yet."


def test_one_series_alone_is_read_out_in_the_legend(paths: PathChart) -> None:
    assert paths.readings(0) == {}
    paths.show_table(PATHS)
    assert paths.readings(1) == {"of:0": "0.0 of 16.0 %", "plan": "0.0", "path": "16.0", "gap": "16.0"}
    assert paths.readings(0)["of:0"] == "3.5 %"
    found: list[tuple[object, str]] = []
    paths.rows_clicked.connect(lambda lines, period: found.append((lines, period)))
    paths.click_in(paths.plots[0], 1, paths.plots[0].box.viewRect().center())
    assert found == [((A, B), "2026")]


def test_a_loop_is_drawn_with_its_balance(loop: LoopChart) -> None:
    assert loop.plots[0].note.toPlainText() == loop_chart.EMPTY
    assert loop.readings(0) == {}
    loop.show_loop(LOOP)
    assert (loop.scrap.heights, loop.old.heights) == ((9.0, 0.0), (0.0, 9.0))
    assert (loop.back.values, loop.balance.values) == ((0.0, 20.0), (9.0, -2.0))
    assert loop.readings(1) == {"scrap": "0.0", "end_of_life": "9.0", "delivered": "20.0", "balance": "-2.0"}
    assert loop.csv_rows()[2] == ["2026", "20.0", "0.0", "10.0", "9.0", "-2.0"]
    found: list[tuple[object, str]] = []
    loop.rows_clicked.connect(lambda lines, period: found.append((lines, period)))
    loop.click_in(loop.plots[1], 1, loop.plots[1].box.viewRect().center())
    assert found == [((("LOOP", 1),), "2026")]
    loop.toggle("scrap")
    assert loop.old.bottoms == (0.0, 0.0)
    quiet = replace(LOOP, rows=(LoopRow("2025", 0.0, 0.0, 0.0, 0.0, 0.0, False),))  # noqa: FBT003 - a row
    loop.show_loop(quiet)
    assert loop.plots[0].note.toPlainText() == loop_chart.EMPTY
