"""The history lists every edit and takes any of them back, or says what stands in the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from planner.commands import DeliveryCell, SetDeliveries
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import Desk, click
from ui.grids.texts_model import TextsModel
from ui.pages.history import HistoryPage


def set_month(plan: Plan, month: int, kg: int) -> None:
    plan.run(SetDeliveries((DeliveryCell("EXC-CO-2025", 1, Month.of(2026, month), kg),)))


def shown(model: TextsModel) -> list[list[str]]:
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.fixture
def page(desk: Desk, sample: Path) -> HistoryPage:
    window = desk.start(sample)
    set_month(window.plan, 1, 1_000)
    set_month(window.plan, 2, 2_500)
    found = window.go("history")
    assert isinstance(found, HistoryPage)
    return found


def test_edits_are_listed_newest_first_with_what_each_changed(page: HistoryPage) -> None:
    rows = shown(page.edits)
    assert [row[0] for row in rows] == [str(number) for number in range(33, 0, -1)]
    assert rows[0][3:] == ["Set delivery EXC-CO-2025 1 2026-02", "1", ""]
    assert shown(page.changes) == [["delivery", "EXC-CO-2025 1 2026-02", "Quantity (t)", "8.334", "2.5"]]
    page.list.selectRow(32)
    assert {(row[0], row[2], row[3]) for row in shown(page.changes)} == {("material", "new", "")}
    assert len(shown(page.changes)) == 13
    assert page.undo_button.isEnabled()


def test_an_older_edit_is_taken_back_alone(desk: Desk, page: HistoryPage) -> None:
    page.list.selectRow(1)
    click(page.undo_button)
    found = page.plan.find("deliveries", ("EXC-CO-2025", 1, Month.of(2026, 1)))
    assert found is not None
    assert found.record.values()["quantity_kg"] == 8_334
    desk.wait(lambda: page.edits.rowCount() == 34)
    assert shown(page.edits)[0][3] == "Undo edit 32: Set delivery EXC-CO-2025 1 2026-01"
    assert page.chosen is not None
    assert page.chosen.number == 32


def test_the_edit_that_stands_in_the_way_is_named(desk: Desk, page: HistoryPage) -> None:
    set_month(page.plan, 1, 3_000)
    desk.wait(lambda: page.edits.rowCount() == 34)
    page.list.selectRow(2)
    click(page.undo_button)
    said = desk.window.statusBar().currentMessage()
    assert "edit 34" in said
    assert "Set delivery EXC-CO-2025 1 2026-01" in said
    assert page.edits.rowCount() == 34


def test_what_is_undone_is_faded_and_cannot_be_undone_again(desk: Desk, page: HistoryPage) -> None:
    desk.shortcut(Qt.Key.Key_Z)
    desk.wait(lambda: shown(page.edits)[0][-1] == "undone")
    assert page.edits.index(0, 3).data(Qt.ItemDataRole.ForegroundRole) is not None
    page.list.selectRow(0)
    assert not page.undo_button.isEnabled()
    page.list.selectRow(1)
    assert page.undo_button.isEnabled()


def test_nothing_can_be_undone_in_a_plan_open_for_reading(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    found = desk.start(sample).go("history")
    assert isinstance(found, HistoryPage)
    assert not found.undo_button.isEnabled()
    assert found.edits.rowCount() == 31


def test_the_model_keeps_the_promises_of_qt(qapp: QGuiApplication) -> None:  # noqa: ARG001 - Qt runs
    model = TextsModel(("A", "B"), frozenset({1}))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_rows([("1", "2"), ("3", "4")], frozenset({1}))
    model.show_rows([("5", "6")])
    model.show_rows([])
    assert model.rowCount() == 0
    assert model.headerData(1, Qt.Orientation.Horizontal) == "B"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
