"""A planner types a quantity, sees the chart follow, and takes it back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from planner.units import Month
from tests.journeys.desk import (
    COBALT,
    Desk,
    click_cell,
    column_of,
    computed,
    contents,
    cover,
    drawn,
    row_of,
    supply_of,
)
from tests.ui.grids.keys import press, text, typing
from ui.pages.capacity import CapacityPage


def test_a_quantity_typed_into_deliveries_changes_the_chart_and_can_be_taken_back(desk: Desk, sample: Path) -> None:
    plan = desk.start(sample).plan
    before = cover(plan)
    assert drawn(desk.overview()) == computed(before)

    page = desk.deliveries()
    row, column = row_of(page, "EXC-CO-2025", 1), column_of(page, Month.of(2026, 2))
    click_cell(page.view, row, column)
    typing("200.5")
    press(Qt.Key.Key_Return)
    assert text(page.deliveries, (row, column)) == "200.5"

    after = cover(plan)
    assert supply_of(after, "2026-Q1") - supply_of(before, "2026-Q1") == pytest.approx(200.5 - 8.334)
    assert drawn(desk.overview()) == computed(after)

    desk.shortcut(Qt.Key.Key_Z)
    overview = desk.overview()
    desk.wait(lambda: drawn(overview) == computed(before))
    assert cover(plan) == before
    assert desk.window.statusBar().currentMessage() == "Undone: Set delivery EXC-CO-2025 1 2026-02"

    desk.shortcut(Qt.Key.Key_Y)
    desk.wait(lambda: drawn(overview) == computed(after))
    assert text(desk.deliveries().deliveries, (row, column)) == "200.5"


def test_undo_names_what_it_will_take_back(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.deliveries()
    click_cell(page.view, row_of(page, "EXC-CO-2025", 1), column_of(page, Month.of(2026, 2)))
    typing("9")
    press(Qt.Key.Key_Return)
    undo, redo = window.actions_by_id["undo"], window.actions_by_id["redo"]
    assert undo.text() == "Undo Set delivery EXC-CO-2025 1 2026-02"
    assert not redo.isEnabled()
    desk.shortcut(Qt.Key.Key_Z)
    assert redo.text() == "Redo Set delivery EXC-CO-2025 1 2026-02"
    assert undo.text() == "Undo Import muted findings from mutes.csv: 1 new"


def test_a_capacity_edited_beside_its_chart_redraws_it_at_once(desk: Desk, sample: Path) -> None:
    plan = desk.start(sample).plan
    desk.go(Qt.Key.Key_6)
    page = desk.window.page
    assert isinstance(page, CapacityPage)
    before = page.cover_chart.steps["capacity"].values
    click_cell(page.curve, 0, page.capacities.column_of("available_t"))
    typing("90")
    press(Qt.Key.Key_Return)
    desk.wait(lambda: page.cover_chart.steps["capacity"].values != before)
    table = page.cover_chart.table
    assert table is not None
    assert page.cover_chart.steps["capacity"].values == tuple(row.capacity for row in table.rows)
    assert table.rows[0].capacity != before[0]
    assert cover(plan).rows[0].capacity == table.rows[0].capacity


def test_what_was_typed_is_there_after_a_restart_with_its_history_and_its_undo(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.deliveries()
    row, column = row_of(page, "EXC-CO-2025", 1), column_of(page, Month.of(2026, 2))
    before = contents(desk.window.plan, "deliveries")
    click_cell(page.view, row, column)
    typing("77")
    press(Qt.Key.Key_Return)
    typing("78")
    press(Qt.Key.Key_Return)
    desk.shortcut(Qt.Key.Key_Z)
    edited = contents(desk.window.plan, "deliveries")
    history = desk.window.plan.history()
    desk.quit()

    window = desk.start(sample)
    assert contents(window.plan, "deliveries") == edited != before
    assert window.plan.history() == history
    assert text(desk.deliveries().deliveries, (row, column)) == "77"
    assert window.actions_by_id["redo"].isEnabled()
    desk.shortcut(Qt.Key.Key_Z)
    assert contents(window.plan, "deliveries") == before
    desk.shortcut(Qt.Key.Key_Y)
    desk.shortcut(Qt.Key.Key_Y)
    assert text(desk.deliveries().deliveries, (row + 1, column)) == "78"
    assert window.plan.cover(COBALT).rows


def test_keys_for_cells_do_nothing_while_somebody_types_elsewhere(desk: Desk, sample: Path) -> None:
    plan = desk.start(sample).plan
    desk.go(Qt.Key.Key_2)
    before = plan.count("contracts"), plan.count("lines")
    desk.shortcut(Qt.Key.Key_F)
    typing("Co")
    for key in (Qt.Key.Key_D, Qt.Key.Key_Minus):
        desk.shortcut(key)
    assert desk.window.statusBar().currentMessage() == "Finish what you are typing first."
    assert (plan.count("contracts"), plan.count("lines")) == before
    assert plan.undo_title is not None
    assert plan.undo_title.startswith("Import")
