"""What every chart does under the mouse: hover, click, zoom, pan, menu, legend, theme."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.ui.charts.tables import click, cover_table, double_click, drag, long_table, place_of, point, wheel
from ui.charts.cover_chart import CoverChart
from ui.charts.period_chart import ROOMY_PX
from ui.theme import DARK, LIGHT


def spot(chart: CoverChart, key: str) -> QPoint:
    scene = chart.header.mapToScene(chart.header.spot_of(key))
    return QPoint(chart.view.mapFromScene(scene))


@pytest.mark.parametrize("plot", [0, 1])
def test_pointing_reads_out_the_period(chart: CoverChart, plot: int) -> None:
    chart.show_table(cover_table())
    point(chart, place_of(chart, 1.3, plot))
    assert chart.header.period == "February 2025"
    assert [each.cursor.isVisible() for each in chart.plots] == [True, True]
    assert chart.plots[0].cursor.value() == 1
    point(chart, place_of(chart, 2.0, plot))
    assert chart.header.period == "March 2025"


def test_leaving_takes_the_read_out_away(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    point(chart, place_of(chart, 1.0))
    QApplication.sendEvent(chart.view.viewport(), QEvent(QEvent.Type.Leave))
    assert chart.header.period == ""
    assert not chart.plots[0].cursor.isVisible()


def test_pointing_beside_the_plots_reads_out_nothing(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    point(chart, place_of(chart, 1.0))
    point(chart, QPoint(20, 300))
    assert chart.header.period == ""


def test_a_click_names_its_period(chart: CoverChart, qtbot: QtBot) -> None:
    chart.show_table(cover_table())
    with qtbot.waitSignal(chart.period_clicked) as heard:
        click(chart, place_of(chart, 2.2))
    assert heard.args == ["2025-03"]


def test_a_click_on_an_empty_chart_names_none(chart: CoverChart, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(chart.period_clicked), qtbot.waitSignal(chart.plots[0].box.clicked):
        click(chart, place_of(chart, 0.0))


def test_the_wheel_zooms_time_alone(chart: CoverChart) -> None:
    chart.show_table(long_table())
    heights = chart.plots[0].box.viewRange()[1]
    wheel(chart, place_of(chart, 12.0), 5)
    low, high = chart.plots[0].box.viewRange()[0]
    assert -0.5 < low < 12 < high < 23.5
    assert chart.plots[0].box.viewRange()[1] == pytest.approx(heights)
    assert chart.plots[1].box.viewRange()[0] == pytest.approx([low, high])


def test_the_wheel_stops_at_three_periods_and_at_the_horizon(chart: CoverChart) -> None:
    chart.show_table(long_table())
    for _ in range(20):
        wheel(chart, place_of(chart, 12.0), 10)
    low, high = chart.plots[0].box.viewRange()[0]
    assert high - low == pytest.approx(3)
    for _ in range(20):
        wheel(chart, place_of(chart, 12.0), -10)
    assert chart.plots[0].box.viewRange()[0] == pytest.approx([-0.5, 23.5])


def test_dragging_pans(chart: CoverChart) -> None:
    chart.show_table(long_table())
    chart.plots[0].box.setXRange(9.5, 15.5, padding=0)
    drag(chart, place_of(chart, 12.0), place_of(chart, 14.0))
    low, high = chart.plots[0].box.viewRange()[0]
    assert high - low == pytest.approx(6)
    assert low == pytest.approx(7.5, abs=0.1)


def test_dragging_with_the_right_button_does_nothing(chart: CoverChart) -> None:
    chart.show_table(long_table())
    chart.plots[0].box.setXRange(9.5, 15.5, padding=0)
    drag(chart, place_of(chart, 12.0), place_of(chart, 14.0), Qt.MouseButton.RightButton)
    assert chart.plots[0].box.viewRange()[0] == pytest.approx([9.5, 15.5])


def test_a_double_click_shows_the_whole_horizon(chart: CoverChart) -> None:
    chart.show_table(long_table())
    chart.plots[0].box.setXRange(9.5, 15.5, padding=0)
    double_click(chart, place_of(chart, 12.0))
    assert chart.visible_periods() == (0, 23)


def test_the_right_button_opens_the_menu_where_it_is(chart: CoverChart, monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[QPoint] = []
    monkeypatch.setattr(QMenu, "popup", lambda _menu, place: places.append(place))
    chart.show_table(cover_table())
    click(chart, place_of(chart, 1.0), Qt.MouseButton.RightButton)
    assert places == [chart.view.viewport().mapToGlobal(place_of(chart, 1.0))]


def test_the_menu_saves_and_copies(chart: CoverChart, qtbot: QtBot) -> None:
    menu = chart.menu()
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert titles == [
        "Save as PNG…",
        "Save as SVG…",
        "Save as PDF…",
        "Save numbers as CSV…",
        "Copy picture",
        "Show whole horizon",
    ]
    for action, ending in zip(menu.actions(), (".png", ".svg", ".pdf", ".csv"), strict=False):
        with qtbot.waitSignal(chart.save_requested) as heard:
            action.trigger()
        assert heard.args == [ending]
    with qtbot.waitSignal(chart.copy_picture_requested):
        menu.actions()[4].trigger()
    chart.show_table(long_table())
    chart.plots[0].box.setXRange(9.5, 15.5, padding=0)
    menu.actions()[-1].trigger()
    assert chart.visible_periods() == (0, 23)


def test_a_click_on_its_name_hides_a_series_and_shows_it_again(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    for hidden in (frozenset({"option"}), frozenset[str]()):
        click(chart, spot(chart, "option"))
        assert chart.hidden == chart.header.hidden == hidden
        assert chart.item("option").isVisible() == ("option" not in hidden)


def test_a_number_without_a_series_is_read_out_beside_the_period(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    with pytest.raises(StopIteration):
        chart.item("cover_pct")
    with pytest.raises(ValueError, match="cover_pct"):
        chart.header.spot_of("cover_pct")
    chart.point_at(0)
    assert "Cover 160 %" in chart.header.readout_text


@pytest.mark.parametrize("width", [320, 500, 700, 900, 1_600])
def test_the_legend_wraps_in_columns_and_stays_inside(chart: CoverChart, width: int) -> None:
    chart.header.fit(width)
    spots = [chart.header.spot_of(entry.key) for entry in chart.header.entries if entry.item is not None]
    assert all(0 <= spot.x() <= width for spot in spots)
    assert chart.header.minimumHeight() > max(spot.y() for spot in spots)
    firsts = {spot.y() for spot in spots}
    assert (len(firsts) == 1) == (width == 1_600)


def test_the_hint_is_there_only_with_something_to_point_at(chart: CoverChart) -> None:
    def drawn_at_the_right() -> bool:
        image = chart.grab().toImage()
        return any(image.pixelColor(x, y).name() != LIGHT.base for x in range(700, 880) for y in range(8, 28))

    assert not drawn_at_the_right()
    chart.show_table(cover_table(), "Cobalt")
    assert drawn_at_the_right()


def test_a_theme_recolours_everything(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    chart.point_at(2)
    light = chart.grab().toImage()
    assert light.pixelColor(2, 2).name() == LIGHT.base
    chart.set_theme(DARK)
    dark = chart.grab().toImage()
    assert dark.pixelColor(2, 2).name() == DARK.base
    assert chart.header.theme is DARK
    for plot in chart.plots:
        assert plot.note.defaultTextColor().name() == DARK.muted
        assert plot.scale.textPen().color().name() == DARK.muted
    assert chart.bars["firm"].look.brush.color().name() == DARK.firm
    chart.set_theme(LIGHT)
    assert chart.grab().toImage() == light


def test_stages_differ_by_more_than_their_colour(chart: CoverChart) -> None:
    looks = chart.looks(LIGHT)
    assert looks["option"].brush.style() == Qt.BrushStyle.BDiagPattern
    assert looks["over_capacity"].brush.style() == Qt.BrushStyle.DiagCrossPattern
    assert looks["capacity"].pen.style() == Qt.PenStyle.DashLine
    assert looks["safety_stock"].pen.style() == Qt.PenStyle.DotLine
    assert looks["demand"].pen.style() == Qt.PenStyle.SolidLine


def test_the_colours_are_on_the_screen(chart: CoverChart) -> None:
    chart.show_table(cover_table(cover_table().rows[:3]))
    image = chart.grab().toImage()
    box = chart.plots[0].box
    for x, y in ((0.0, 40.0), (0.0, 110.0)):
        place = chart.view.mapFromScene(box.mapViewToScene(QPointF(x, y)))
        expected = LIGHT.firm if y < 80 else LIGHT.probable
        assert image.pixelColor(place).name() == expected


def test_years_are_ruled_off_unless_each_period_is_a_year(chart: CoverChart) -> None:
    plot = chart.plots[0]
    plot.set_periods(("2025-12", "2026-01", "2026-02"))
    plot.fit_heights(0, 2, ())
    assert plot.rules.boundingRect().left() == 0.5
    plot.set_periods(("2025", "2026", "2027"))
    plot.fit_heights(0, 2, ())
    assert plot.rules.boundingRect().isEmpty()


def test_a_low_chart_gives_the_second_lines_of_its_legend_to_the_plots(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    chart.resize(900, ROOMY_PX)
    high = chart.header.maximumHeight()
    point(chart, place_of(chart, 1.0))
    assert chart.view.viewport().toolTip() == ""

    chart.resize(900, ROOMY_PX - 1)
    assert chart.header.maximumHeight() < high
    point(chart, place_of(chart, 2.0))
    beside = chart.view.viewport().toolTip()
    assert beside.startswith("<b>March 2025</b>")
    for entry in chart.header.entries:
        assert entry.title in beside
        assert chart.header.values[entry.key] in beside
    chart.point_at(None)
    assert chart.view.viewport().toolTip() == ""


def test_periods_are_read_out_by_keys(chart: CoverChart) -> None:
    chart.show_table(cover_table())
    assert chart.view.accessibleName() == chart.header.title
    read = []
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home)
    for key in keys:
        QTest.keyClick(chart.view, key)
        read.append(chart.header.period)
        assert chart.view.accessibleDescription() == chart.header.readout_text
    assert read == ["January 2025", "February 2025", "April 2025", "April 2025", "March 2025", "January 2025"]
    QTest.keyClick(chart.view, Qt.Key.Key_Escape)
    assert chart.header.period == ""
    QTest.keyClick(chart.view, Qt.Key.Key_Left)
    assert chart.header.period == "April 2025"


def test_other_keys_are_not_for_the_chart(chart: CoverChart) -> None:
    QTest.keyClick(chart.view, Qt.Key.Key_Right)
    assert chart.header.period == ""
    chart.show_table(cover_table())
    QTest.keyClick(chart.view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(chart.view, Qt.Key.Key_A)
    assert chart.header.period == ""
