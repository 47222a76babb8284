"""Marks and refusals are painted over the cells, in colours that say what they mean."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPalette
from pytestqt.qtbot import QtBot

from planner.fields import declare
from planner.fields.quantities import Mass
from planner.plan import Plan
from tests.ui.grids.keys import shown_view
from tests.ui.grids.small_model import SmallModel
from ui.grids.grid_model import Mark
from ui.grids.grid_view import GridView
from ui.grids.marks import MARK_PX
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals
from ui.theme import DARK, LIGHT, Theme, palette_of

FIELD = declare("quantity_t", "Quantity", Mass(), "Help.")


@pytest.fixture(params=[LIGHT, DARK], ids=["light", "dark"])
def theme(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Theme]:  # noqa: ARG001 - Qt runs
    before = QGuiApplication.palette()
    QGuiApplication.setPalette(palette_of(request.param))
    yield request.param
    QGuiApplication.setPalette(before)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> GridView:  # noqa: ARG001 - it wears the theme
    model = SmallModel([FIELD, FIELD], [["1", "2"], ["3", "4"], ["5", "6"]])
    return shown_view(qtbot, GridView(model))


def colours(view: GridView, rect: QRect) -> set[str]:
    image: QImage = view.viewport().grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    }


def corner(view: GridView, row: int) -> QRect:
    cell = view.visualRect(view.grid.index(row, 1))
    return QRect(cell.right() - MARK_PX - 1, cell.top() + 2, MARK_PX, MARK_PX)


def test_each_mark_has_its_colour(view: GridView, theme: Theme) -> None:
    model = view.grid
    assert isinstance(model, SmallModel)
    model.marks = {(0, 1): Mark.OVER, (1, 1): Mark.UNDER, (2, 1): Mark.NOTE}
    for row, colour in enumerate((theme.over_capacity, theme.capacity, theme.accent)):
        assert colour in colours(view, corner(view, row))
    model.marks = {}
    view.clearSelection()
    assert theme.capacity not in colours(view, corner(view, 1))


def test_a_refused_text_is_painted_with_an_outline_and_no_red(view: GridView, theme: Theme) -> None:
    view._pending.keep((1, 0), "lots", "it is not a number")  # noqa: SLF001 - what an editor leaves behind
    cell = view.visualRect(view.grid.index(1, 0))
    seen = colours(view, cell)
    assert theme.text in seen
    assert theme.shortage not in seen
    ground = QColor(view.viewport().grab().toImage().pixelColor(cell.center()))
    assert ground.name() not in {theme.base, theme.text}
    view._pending.forget((1, 0))  # noqa: SLF001 - the same
    assert QColor(view.viewport().grab().toImage().pixelColor(cell.left() + 2, cell.top() + 2)).name() == theme.base


def test_a_refusal_has_an_outline_where_no_cell_is_marked(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "organisations")
    view = shown_view(qtbot, GridView(model))
    cell = view.visualRect(model.index(1, 0))
    upper_edge, ink = QRect(cell.topLeft(), cell.topRight()), view.palette().color(QPalette.ColorRole.Text).name()
    assert list(model.marks_in(range(2), (0, 1))) == []
    assert ink not in colours(view, upper_edge)
    assert not model.put({(1, 0): ""})
    assert ink in colours(view, upper_edge)
