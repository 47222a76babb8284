"""Small charts side by side: one time axis, one legend, one scale where it is wanted."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from planner.analysis import Subject
from planner.analysis.gaps.stack import StackTable
from tests.ui.charts.stacks import by_supplier, of_element
from tests.ui.charts.tables import ROWS, click, cover_table, place_of
from ui.charts.export import save_csv, save_pdf, save_png, save_svg
from ui.charts.multiples import NO_ROWS, NOTHING, SmallMultiples
from ui.theme import DARK, LIGHT

CODES, NAMES = ("Co", "Ni", "Li"), ("Cobalt", "Nickel", "Lithium")


def tables() -> list[StackTable]:
    """Return three of the same periods; the second needs ten times as much, the third nothing."""
    much = tuple(replace(row, demand=row.demand * 10) for row in ROWS)
    nothing = tuple(
        replace(row, demand=0.0, supply=0.0, option=0.0, over_capacity=0.0, net_requirement=0.0) for row in ROWS
    )
    return [
        of_element("Co", by_supplier()),
        of_element("Ni", by_supplier(cover_table(much))),
        replace(of_element("Li", by_supplier(cover_table(nothing))), series=()),
    ]


@pytest.fixture
def many(qtbot: QtBot) -> SmallMultiples:
    made = SmallMultiples(LIGHT)
    qtbot.addWidget(made)
    made.resize(1_100, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


def areas(many: SmallMultiples) -> list[tuple[int, int]]:
    return [(round(plot.area().left()), round(plot.area().top())) for plot in many.plots]


def test_without_tables_it_asks_for_a_choice(many: SmallMultiples) -> None:
    assert many.plots[0].note.toPlainText() == NOTHING
    assert many.csv_rows() == [["subject", *many.csv_rows()[0][1:]]]


def test_there_is_a_chart_for_each_table_and_one_legend(many: SmallMultiples, qtbot: QtBot) -> None:
    many.show_tables(tables(), NAMES)
    assert [cell.heading.name for cell in many.cells] == list(NAMES)
    assert [cell.heading.note for cell in many.cells] == ["short from March 2025", "short from March 2025", "covered"]
    assert many.plots[2].note.toPlainText() == NO_ROWS
    titles = [entry.title for entry in many.header.entries]
    assert titles == [
        "Example Cobalt",
        "Managem",
        "Option Managem",
        "Over capacity",
        "Demand",
        "Open capacity",
        "Net requirement",
    ]
    qtbot.waitUntil(lambda: len(set(areas(many))) == 3)
    many.show_tables(tables()[:1], NAMES[:1])
    assert len(many.plots) == len(many.cells) == 1


def test_they_share_the_time_axis_and_what_is_pointed_at(many: SmallMultiples) -> None:
    many.show_tables(tables(), NAMES)
    many.plots[1].box.setXRange(-0.5, 2.5, padding=0)
    assert {tuple(plot.box.viewRange()[0]) for plot in many.plots} == {(-0.5, 2.5)}
    many.point_at(2)
    assert many.header.period == "March 2025"
    assert all(plot.cursor.isVisible() for plot in many.plots)
    assert [cell.heading.note for cell in many.cells] == [
        "60.0 of 150.0, 60 %",
        "60.0 of 1,500.0, 60 %",
        "0.0 of 0.0, 60 %",
    ]
    assert [cell.heading.alert for cell in many.cells] == [True, True, False]
    many.point_at(None)
    assert many.cells[0].heading.note == "short from March 2025"


def test_the_scale_is_the_same_only_where_it_is_wanted(many: SmallMultiples) -> None:
    many.show_tables(tables(), NAMES)
    own = [tuple(plot.box.viewRange()[1]) for plot in many.plots]
    assert len(set(own)) == 3
    many.set_same_scale(True)
    assert {tuple(plot.box.viewRange()[1]) for plot in many.plots} == {max(own)}
    same = next(action for action in many.menu().actions() if action.text() == "Same scale for all")
    assert same.isChecked()
    same.trigger()
    assert [tuple(plot.box.viewRange()[1]) for plot in many.plots] == own


def test_a_click_on_a_chart_or_its_name_chooses_its_subject(many: SmallMultiples, qtbot: QtBot) -> None:
    many.show_tables(tables(), NAMES)
    qtbot.waitUntil(lambda: len(set(areas(many))) == 3)
    with qtbot.waitSignal(many.chosen) as heard:
        click(many, place_in(many, 1))
    assert heard.args == [Subject("element", "Ni")]
    assert [cell.heading.chosen for cell in many.cells] == [False, True, False]
    heading = many.cells[0].heading
    with qtbot.waitSignal(many.chosen) as heard:
        click(many, QPoint(many.view.mapFromScene(heading.sceneBoundingRect().center())))
    assert many.subject == Subject("element", "Co")
    many.choose(Subject("element", "Li"))
    assert [cell.heading.chosen for cell in many.cells] == [False, False, True]


def place_in(many: SmallMultiples, cell: int) -> QPoint:
    return place_of(many, 1.0, plot=cell)


def test_a_name_in_the_legend_hides_its_series_everywhere(many: SmallMultiples) -> None:
    many.show_tables(tables(), NAMES)
    many.toggle("supplier:supply:EXC")
    for cell in many.cells[:2]:
        assert not cell.drawing.bars["supplier:supply:EXC"].isVisible()
        assert cell.drawing.bars["supplier:supply:MNG"].bottoms[0] == 0.0


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (700, 2), (1_600, 3)])
def test_as_many_stand_beside_each_other_as_there_is_room_for(
    many: SmallMultiples, qtbot: QtBot, width: int, columns: int
) -> None:
    many.show_tables(tables(), NAMES)
    many.resize(width, 500)
    qtbot.waitUntil(lambda: len({left for left, _ in areas(many)}) == columns)


def test_the_theme_colours_all(many: SmallMultiples) -> None:
    many.show_tables(tables(), NAMES)
    many.set_theme(DARK)
    assert {cell.heading.theme for cell in many.cells} == {DARK}
    assert many.grab().toImage().pixelColor(2, 2).name() == DARK.base


def test_they_are_exported_like_any_chart(many: SmallMultiples, tmp_path: Path, qtbot: QtBot) -> None:
    many.show_tables(tables(), NAMES)
    many.set_same_scale(True)
    copy = many.picture_copy()
    qtbot.addWidget(copy)
    assert (copy.tables, copy.names, copy.same_scale) == (many.tables, many.names, True)
    for save in (save_png, save_svg, save_pdf):
        save(many, tmp_path / save.__name__, QSize(800, 500))
    save_csv(many, tmp_path / "save_csv")
    assert all((tmp_path / name).stat().st_size > 500 for name in ("save_png", "save_svg", "save_pdf", "save_csv"))
    head, *rows = many.csv_rows()
    assert head[:3] == ["subject", "period", "demand (t)"]
    assert head[-3:] == ["Example Cobalt (t)", "Managem (t)", "Option Managem (t)"]
    assert [row[0] for row in rows] == [name for name in NAMES for _ in ROWS]
    assert rows[0][-3:] == ["80.0", "40.0", "10.0"]
    assert rows[-1][-3:] == ["", "", ""]


def test_the_menu_opens_where_a_chart_is_pressed(
    many: SmallMultiples, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _place: opened.append(menu))
    many.show_tables(tables(), NAMES)
    qtbot.waitUntil(lambda: len(set(areas(many))) == 3)
    click(many, place_in(many, 2), Qt.MouseButton.RightButton)
    assert len(opened) == 1
