"""The curve of an index or of a unit price."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPainterPath
from pytestqt.qtbot import QtBot

from tests.ui.charts.tables import months
from ui.charts.curve_chart import NOTHING, Curve, CurveChart, CurveItem
from ui.charts.export import picture, save_csv, save_svg
from ui.theme import DARK, LIGHT

CURVE = Curve(
    "LME cobalt",
    "USD per t of metal",
    months(5),
    (31_000.0, 32_000.5, None, 33_000.0, 34_000.0),
    (True, True, True, True, False),
    "averages of months",
)


@pytest.fixture
def curve(qtbot: QtBot) -> CurveChart:
    made = CurveChart(LIGHT, ("Published", "Forecast"))
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


def strokes(path: QPainterPath) -> list[tuple[float, float]]:
    """Return the points of a path; a new stroke begins where one of them is no line."""
    found = [path.elementAt(at) for at in range(path.elementCount())]
    return [(element.x, element.y) for element in found]


def test_what_is_known_is_solid_and_what_follows_is_dashed(curve: CurveChart) -> None:
    curve.show_curve(CURVE)
    assert strokes(curve.known.path) == [(0, 31_000), (1, 32_000.5)]
    assert strokes(curve.assumed.path) == [(3, 33_000), (4, 34_000)]
    assert curve.known.values == (31_000.0, 32_000.5, None, 33_000.0, None)
    assert curve.assumed.values == (None, None, None, None, 34_000.0)
    assert curve.known.look.pen.style() != curve.assumed.look.pen.style()


def test_steps_hold_a_month_and_meet_where_one_part_follows_the_other(qtbot: QtBot) -> None:
    chart = CurveChart(LIGHT, ("Unit price", "Assumed"), stepped=True)
    qtbot.addWidget(chart)
    chart.show_curve(Curve("", "", months(4), (1.0, 2.0, 2.0, 3.0), (True, True, False, False)))
    assert strokes(chart.known.path) == [(-0.5, 1), (0.5, 1), (0.5, 2), (1.5, 2)]
    assert strokes(chart.assumed.path) == [(1.5, 2), (2.5, 2), (2.5, 3), (3.5, 3)]


def test_heights_fit_the_curve_and_not_zero(curve: CurveChart) -> None:
    curve.show_curve(CURVE)
    low, high = curve.plots[0].box.viewRange()[1]
    assert 30_000 < low < 31_000
    assert 34_000 < high < 35_000


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((None, None), (0.0, 0.0)),
        ((5.0, 5.0), (4.75, 5.25)),
        ((1.0, 101.0), (0.0, 101.0)),
        ((-10.0, 90.0), (-18.0, 90.0)),
    ],
)
def test_a_curve_has_room_below_and_stays_above_zero(
    values: tuple[float | None, ...], expected: tuple[float, float]
) -> None:
    item = CurveItem(dots=True)
    item.set_part(values, QPainterPath(), values)
    assert item.extremes(0, 1) == expected


def test_the_read_out_tells_what_a_value_is(curve: CurveChart) -> None:
    assert curve.readings(0) == {}
    curve.show_curve(CURVE)
    curve.point_at(1)
    assert curve.header.readout_text == "February 2025; Published 32,000.50; Forecast –"
    assert curve.header.subtitle == "USD per t of metal; averages of months"
    assert curve.readings(4) == {"known": "–", "assumed": "34,000.00"}


def test_a_month_is_marked_while_it_is_shown(curve: CurveChart) -> None:
    curve.show_curve(CURVE)
    line = curve.marker
    curve.mark("2025-03")
    assert (line.isVisible(), line.value()) == (True, 2)
    curve.show_curve(replace(CURVE, periods=months(5, 2026)))
    assert not line.isVisible()
    curve.mark(None)
    assert not line.isVisible()
    curve.set_theme(DARK)
    assert line.pen.color() == QColor(DARK.accent)


def test_a_curve_without_values_says_so(curve: CurveChart) -> None:
    assert curve.plots[0].note.toPlainText() == NOTHING
    curve.show_curve(CURVE)
    assert not curve.plots[0].note.isVisible()
    curve.show_curve(replace(CURVE, values=(None,) * 5))
    assert curve.plots[0].note.isVisible()


def test_one_name_alone_has_one_entry(qtbot: QtBot) -> None:
    chart = CurveChart(LIGHT, ("Monthly average",))
    qtbot.addWidget(chart)
    assert [entry.title for entry in chart.header.entries] == ["Monthly average"]


def test_numbers_and_picture_are_those_of_the_curve(curve: CurveChart, tmp_path: Path) -> None:
    assert curve.csv_rows() == [["month"]]
    curve.show_curve(CURVE)
    save_csv(curve, tmp_path / "curve.csv")
    lines = (tmp_path / "curve.csv").read_text(encoding="utf-8-sig").split()
    assert [lines[-1], lines[-2]] == ["2025-05,34000.0,forecast", "2025-04,33000.0,published"]
    copy = curve.picture_copy()
    assert copy.curve == CURVE
    assert not copy.header.readout_text
    save_svg(curve, tmp_path / "curve.svg")
    assert "<svg" in (tmp_path / "curve.svg").read_text(encoding="utf-8")
    assert not picture(curve).isNull()


def test_the_same_curve_again_sets_nothing(curve: CurveChart, monkeypatch: pytest.MonkeyPatch) -> None:
    curve.show_curve(CURVE)
    monkeypatch.setattr(curve, "set_periods", lambda _: pytest.fail("set again"))
    curve.show_curve(CURVE)
    assert curve.curve == CURVE
