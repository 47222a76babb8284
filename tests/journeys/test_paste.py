"""A planner pastes a block from a French spreadsheet into the deliveries."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from planner.units import Month
from tests.journeys.desk import Desk, click_cell, column_of, contents, cover, row_of, supply_of
from tests.ui.grids.keys import text

FIRST = Month.of(2026, 1)
# What LibreOffice and Excel put on the clipboard beside many other formats.
HTML = "<table><tr><td>1250,5</td><td>300</td></tr></table>"


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Decimal commas."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    yield
    QLocale.setDefault(before)


def on_the_clipboard(block: str) -> None:
    data = QMimeData()
    data.setText(block)
    data.setHtml(HTML)
    QGuiApplication.clipboard().setMimeData(data)


def test_a_block_is_pasted_as_one_edit_and_taken_back_as_one(desk: Desk, sample: Path) -> None:
    plan = desk.start(sample).plan
    page = desk.deliveries()
    before, edits = cover(plan), len(plan.history())
    row, column = row_of(page, "MNG-CO-2025", 2), column_of(page, FIRST)
    click_cell(page.view, row, column)
    on_the_clipboard("1 250,5\t300\t0,125\r\n7\t\t8\r\n")
    desk.shortcut(Qt.Key.Key_V)
    cells = [[text(page.deliveries, (row + down, column + right)) for right in range(3)] for down in range(2)]
    assert cells == [["1\u202f250,5", "300", "0,125"], ["7", "", "8"]]
    assert len(plan.history()) == edits + 1
    desk.shortcut(Qt.Key.Key_Z)
    assert cover(plan) == before
    assert text(page.deliveries, (row, column)) == ""


def test_a_block_with_one_bad_cell_is_refused_whole_and_the_cell_is_marked(desk: Desk, sample: Path) -> None:
    plan = desk.start(sample).plan
    page = desk.deliveries()
    before = contents(plan, "deliveries")
    row, column = row_of(page, "MNG-CO-2025", 1), column_of(page, FIRST)
    click_cell(page.view, row, column)
    on_the_clipboard("500\t501,5\n502\tbeaucoup\n")
    desk.shortcut(Qt.Key.Key_V)
    assert contents(plan, "deliveries") == before
    marked = [
        (down, right)
        for down in range(2)
        for right in range(2)
        if page.deliveries.reason((row + down, column + right)) is not None
    ]
    assert marked == [(1, 1)]
    index = page.deliveries.index(row + 1, column + 1)
    assert index.data(Qt.ItemDataRole.BackgroundRole) is not None
    assert "beaucoup" in str(index.data(Qt.ItemDataRole.ToolTipRole))
    assert "beaucoup" in desk.window.statusBar().currentMessage()

    on_the_clipboard("500\t501,5\n502\t503\n")
    desk.shortcut(Qt.Key.Key_V)
    assert page.deliveries.reason((row + 1, column + 1)) is None
    assert supply_of(cover(plan), "2026-Q1") > 0


def test_the_block_that_was_copied_is_what_a_spreadsheet_reads(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.deliveries()
    row, column = row_of(page, "EXC-CO-2025", 1), column_of(page, FIRST)
    click_cell(page.view, row, column)
    desk.shortcut(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    desk.shortcut(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    desk.shortcut(Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "8,334\t8,334\n383,334\t383,334\n"
