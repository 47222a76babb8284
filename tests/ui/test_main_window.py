"""The window offers what can be done with the plan and with what is chosen, in its menus, bar and status bar."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton

from planner.model import TABLES
from planner.units import Month
from tests.journeys.desk import CONTROL, SHIFT, Desk, click, click_cell, column_of, row_of, sentence, visible_dialogs
from tests.ui.grids.keys import clip, place, press, text, typing
from ui.actions import ACTIONS, menus, of_menu
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.pages.contracts import ContractsPage
from ui.pages.deliveries import DeliveriesPage
from ui.theme import DARK, LIGHT


def enabled(window: MainWindow) -> set[str]:
    return {name for name, action in window.actions_by_id.items() if action.isEnabled()}


def menu(window: MainWindow, title: str) -> QMenu:
    return next(each for each in window.menuBar().findChildren(QMenu) if each.title() == title)


def test_every_action_of_the_table_has_a_place_in_the_menus(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    assert set(window.actions_by_id) == {spec.id for spec in ACTIONS}
    assert [action.text() for action in window.menuBar().actions()] == list(menus())
    for title in menus():
        shown = [each.objectName() for each in menu(window, title).actions() if each.objectName()]
        assert shown == [spec.id for spec in of_menu(title)]


def test_every_page_has_a_row_in_the_rail_and_an_action(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    assert [window.rail.item(at).text() for at in range(window.rail.count())] == [spec.title for spec in PAGES]
    for at, spec in enumerate(PAGES):
        desk.activate()
        QTest.keySequence(window.focusWidget(), window.actions_by_id[f"go_{spec.id}"].shortcut())
        assert type(window.page).__module__ == f"ui.pages.{spec.id}"
        assert window.rail.currentRow() == at


def test_the_rail_keeps_the_keyboard_while_it_is_walked(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.rail.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert isinstance(window.page, DeliveriesPage)
    assert window.rail.hasFocus()


@pytest.mark.parametrize(
    ("page", "offered", "not_offered"),
    [
        ("overview", {"save_chart", "copy_chart"}, {"paste", "delete_rows", "phase_volumes", "mark_received"}),
        (
            "contracts",
            {"add_row", "delete_rows", "duplicate_contract", "phase_volumes"},
            {"save_chart", "mark_planned"},
        ),
        ("deliveries", {"paste", "fill_down", "mark_received", "phase_volumes"}, {"add_row", "delete_rows"}),
        ("demand", {"paste"}, {"add_row", "duplicate_contract"}),
        ("capacity", {"add_row", "save_chart"}, {"duplicate_contract", "mark_planned"}),
        ("stock", {"add_row", "save_chart"}, {"duplicate_contract", "mark_planned"}),
        ("tables", {"add_row", "delete_rows"}, {"save_chart", "mark_planned"}),
        ("history", {"undo", "export", "import"}, {"paste", "redo", "save_chart"}),
    ],
)
def test_each_page_offers_what_makes_sense_there(
    desk: Desk, sample: Path, page: str, offered: set[str], not_offered: set[str]
) -> None:
    window = desk.start(sample)
    window.go(page)
    assert enabled(window) >= offered
    assert not enabled(window) & not_offered


def test_buttons_can_be_pressed_when_their_actions_can(desk: Desk, empty: Path) -> None:
    window = desk.start(empty)
    window.go("contracts")
    buttons = {each.text(): each.isEnabled() for each in window.page.findChildren(QPushButton) if each.isVisible()}
    assert buttons == {
        "New contract": True,
        "Agree volumes…": False,
        "Phase volumes": False,
        "Filter": True,
        "More": True,
        "Organisations": True,
        "Import…": True,
    }


def test_a_button_of_an_empty_page_leads_to_the_first_step(desk: Desk, empty: Path) -> None:
    window = desk.start(empty)
    window.go("contracts")
    click(next(each for each in window.page.findChildren(QPushButton) if each.text() == "Organisations"))
    assert window.page.table == "organisations"


def test_an_action_is_for_the_grid_that_had_the_keyboard_last(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("contracts")
    assert isinstance(page, ContractsPage)
    assert page.table == "contracts"
    click_cell(page.views["volumes"], 1, 1)
    assert page.table == "volumes"
    window.menuBar().setFocus()
    window.actions_by_id["delete_rows"].trigger()
    assert window.plan.undo_title == "Delete 1 agreed volume"


def test_f6_goes_round_the_grids_of_a_page(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("contracts")
    assert isinstance(page, ContractsPage)
    none = Qt.KeyboardModifier.NoModifier
    round_trip = []
    for _ in range(3):
        desk.shortcut(Qt.Key.Key_F6, none)
        round_trip.append(page.table)
    assert round_trip == ["lines", "volumes", "contracts"]
    desk.shortcut(Qt.Key.Key_F6, SHIFT)
    assert page.table == "volumes"


def test_the_status_bar_sums_the_selection_until_another_page_is_shown(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.deliveries()
    row, column = row_of(page, "EXC-CO-2025", 1), column_of(page, Month.of(2027, 1))
    click_cell(page.view, row, column)
    for _ in range(2):
        desk.shortcut(Qt.Key.Key_Right, SHIFT)
    assert window.sums.text() == "Sum 15 t metal · Mean 5 t metal · 3 numbers"
    # Tonnes of product are never added to tonnes of metal.
    for _ in range(row_of(page, "MNG-CO-2025", 1) - row):
        desk.shortcut(Qt.Key.Key_Down, SHIFT)
    assert window.sums.text().endswith(" cells")
    desk.overview()
    assert window.sums.text() == ""


def test_a_click_on_a_bar_leads_to_its_months(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    desk.overview().cover_chart.period_clicked.emit("2030-Q2")
    page = desk.deliveries()
    first = page.view.columnAt(page.view.columnViewportPosition(page.deliveries.frozen_columns) + 1)
    assert first >= 0
    shown = page.view.horizontalScrollBar().value()
    page.show_period("2030-Q2")
    assert page.view.horizontalScrollBar().value() == shown


def test_recent_plans_are_offered_without_the_one_that_is_open(desk: Desk, sample: Path, empty: Path) -> None:
    desk.start(sample)
    assert not menu(desk.window, "Open recent").isEnabled()
    desk.application.show_plan(empty)
    recent = menu(desk.window, "Open recent")
    assert [action.text() for action in recent.actions()] == [str(sample)]
    recent.actions()[0].trigger()
    desk.wait(lambda: desk.window.plan.path == sample)


def test_the_colours_change_at_once_and_are_remembered(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    overview = desk.overview()
    before = window.rail.item(0).icon().cacheKey()
    window.actions_by_id["scheme_dark"].trigger()
    assert window.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert overview.cover_chart.theme == DARK
    assert window.rail.item(0).icon().cacheKey() != before
    desk.quit()
    again = desk.start(sample)
    assert again.actions_by_id["scheme_dark"].isChecked()
    again.actions_by_id["scheme_light"].trigger()
    assert desk.overview().cover_chart.theme == LIGHT


def test_the_findings_stay_open_at_the_next_start(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    desk.shortcut(Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)
    assert window.findings.isVisible()
    desk.quit()
    again = desk.start(sample)
    assert not again.preferences.geometry.isEmpty()
    assert again.findings.isVisible()
    assert again.actions_by_id["show_findings"].isChecked()


def test_what_cannot_be_done_is_said_in_a_sentence(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.deliveries()
    page.view.clearSelection()
    window.actions_by_id["mark_received"].trigger()
    assert sentence(desk) == "Select the months of the deliveries first."
    assert not visible_dialogs(window)


def test_deliveries_are_marked_received_and_stay_as_they_are(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.deliveries()
    row, column = row_of(page, "EXC-CO-2025", 1), column_of(page, Month.of(2027, 1))
    click_cell(page.view, row, column)
    desk.shortcut(Qt.Key.Key_3, CONTROL | Qt.KeyboardModifier.AltModifier)
    found = window.plan.find("deliveries", ("EXC-CO-2025", 1, Month.of(2027, 1)))
    assert found is not None
    assert found.record.values()["status"] == "received"
    assert not page.deliveries.flags(page.deliveries.index(row, column)) & Qt.ItemFlag.ItemIsEditable
    assert not window.findChildren(QMessageBox)


def test_an_import_and_an_export_start_from_the_table_that_is_shown(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    tables = {}
    for spec in PAGES:
        tables[spec.id] = window.go(spec.id).table
    assert set(tables.values()) <= set(TABLES)
    assert tables | {"overview": "", "history": ""} == {
        "overview": "",
        "contracts": "contracts",
        "deliveries": "deliveries",
        "timeline": "contracts",
        "demand": "demand",
        "capacity": "plants",
        "stock": "stock",
        "prices": "price_terms",
        "spend": "price_terms",
        "carbon": "supplier_carbon",
        "recycled": "returns",
        "concentration": "lines",
        "lots": "lots",
        "targets": "targets",
        "tables": "materials",
        "history": "",
    }


def test_a_refusal_is_no_longer_said_after_the_next_edit(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.say("Nothing was changed: that is not a number.")
    window.plan.undo()
    assert window.statusBar().currentMessage() == ""
    window.actions_by_id["redo"].trigger()
    assert window.statusBar().currentMessage().startswith("Redone: ")


@pytest.mark.parametrize("keys", [(Qt.Key.Key_Z, CONTROL), (Qt.Key.Key_Y, CONTROL)])
def test_nothing_is_undone_while_a_choice_is_being_made(
    desk: Desk, sample: Path, keys: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    window = desk.start(sample)
    window.plan.undo()
    edits = window.plan.undo_title, window.plan.redo_title
    page = window.go("contracts")
    assert isinstance(page, ContractsPage)
    click_cell(page.list, 0, page.contracts.column_of("stage"))
    press(Qt.Key.Key_F2)
    assert page.list.is_editing
    desk.shortcut(*keys)
    assert window.statusBar().currentMessage() == "Finish what you are typing first."
    assert (window.plan.undo_title, window.plan.redo_title) == edits
    press(Qt.Key.Key_Escape)
    desk.shortcut(*keys)
    assert (window.plan.undo_title, window.plan.redo_title) != edits


def test_f6_leads_to_where_a_new_line_is_typed_and_pasted(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = window.go("contracts")
    assert isinstance(page, ContractsPage)
    lines, view = page.parts["lines"], page.views["lines"]
    desk.shortcut(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert place(view) == (0, lines.column_of("line"))
    blank = lines.blank_row
    assert blank is not None
    view.go_to((blank, lines.column_of("line")))
    page.list.setFocus()
    desk.shortcut(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert place(view) == (blank, lines.column_of("material"))
    clip("LiOH.H2O\nCoSO4.7H2O\n")
    desk.shortcut(Qt.Key.Key_V)
    assert [text(lines, (blank + more, 0)) for more in range(2)] == [str(blank + 1), str(blank + 2)]
    view.go_to((blank + 2, lines.column_of("plant")))
    typing("GUE")
    press(Qt.Key.Key_Return)
    there = place(view)
    page.list.setFocus()
    desk.shortcut(Qt.Key.Key_F6, Qt.KeyboardModifier.NoModifier)
    assert place(view) == there


def test_the_explanation_finds_room_in_a_small_window(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    desk.overview()
    window.resize(1152, 720)
    desk.wait(lambda: window.width() == 1152)
    desk.shortcut(Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier)
    desk.wait(window.why.isVisible)
    # It takes its room from the page; a window that grew would leave the screen.
    assert window.width() == 1152
    assert window.minimumSizeHint().height() <= 640
