"""The rail shows every page, whatever room there is."""

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from ui.pages import PAGES
from ui.rail import AROUND_PX, BEGIN_A_PART, LEAST_ROW_PX, ROW_PX, Rail


def rows(rail: Rail) -> list[QRect]:
    return [rail.visualItemRect(rail.item(at)) for at in range(rail.count())]


@pytest.mark.parametrize("height", [900, 640, 560])
def test_every_page_is_in_sight(qtbot: QtBot, height: int) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.resize(rail.width(), height)
    rail.show()
    assert len(rows(rail)) == len(PAGES)
    assert {row.height() for row in rows(rail)} == {min(ROW_PX, (height - AROUND_PX) // len(PAGES))}
    assert rows(rail)[-1].bottom() <= rail.viewport().height()
    assert rail.verticalScrollBar().maximum() == 0


def test_the_rows_of_a_tiny_window_can_still_be_read(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 200)
    rail.show()
    assert {row.height() for row in rows(rail)} == {LEAST_ROW_PX}


def test_a_rule_stands_above_each_part(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    rail.resize(rail.width(), 900)
    rail.show()
    picture, rule = rail.viewport().grab().toImage(), rail.palette().mid().color().rgb()
    middle = rail.viewport().width() // 2
    ruled = {spec.id for spec, row in zip(PAGES, rows(rail), strict=True) if picture.pixel(middle, row.top()) == rule}
    assert ruled == BEGIN_A_PART
