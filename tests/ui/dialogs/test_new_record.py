"""A record is made on the spot: what is needed first, complaints at their fields, the code filled in."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from planner.model import TABLES
from planner.plan import Plan
from tests.ui.grids.keys import press, typing
from ui.dialogs.new_record import LESS, MORE, NewRecordDialog, text_of


def shown(qtbot: QtBot, plan: Plan, table: str, code: str) -> NewRecordDialog:
    dialog = NewRecordDialog(plan, table, code)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
    return dialog


def line(dialog: NewRecordDialog, attr: str) -> QLineEdit:
    editor = dialog.editors[attr]
    assert isinstance(editor, QLineEdit)
    return editor


def combo(dialog: NewRecordDialog, attr: str) -> QComboBox:
    editor = dialog.editors[attr]
    assert isinstance(editor, QComboBox)
    return editor


def test_an_organisation_is_made_with_its_name_and_enter(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned, "organisations", "SALT")
    made: list[str] = []
    dialog.created.connect(made.append)
    assert dialog.windowTitle() == "New organisation"
    typing("Salt lake lithium")
    press(Qt.Key.Key_Return)
    assert made == ["SALT"]
    assert not dialog.isVisible()
    row = planned.find("organisations", ("SALT",))
    assert row is not None
    assert row.record.values() == {
        "code": "SALT",
        "name": "Salt lake lithium",
        "role": "supplier",
        "country": "",
        "note": "",
    }
    assert planned.undo_title == "Add organisation SALT"


def test_what_need_not_be_filled_in_waits_under_more(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned, "organisations", "MAKER")
    assert not combo(dialog, "role").isVisible()
    assert dialog.more.text() == MORE
    dialog.more.click()
    assert combo(dialog, "role").isVisible()
    assert dialog.more.text() == LESS
    combo(dialog, "role").setCurrentText("Buyer")
    line(dialog, "name").setText("Car maker")
    dialog.create_button.click()
    row = planned.find("organisations", ("MAKER",))
    assert row is not None
    assert row.record.values()["role"] == "buyer"


def test_each_field_says_what_is_wrong_with_it(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned, "materials", "Graphite")
    line(dialog, "contained_fraction_ppm").setText("2")
    dialog.create_button.click()
    said = {attr: label.text() for attr, label in dialog.complaints.items() if label.isVisible()}
    assert said["name"] == "It is empty, and it must be filled in."
    assert "2 lies outside" in said["contained_fraction_ppm"]
    assert dialog.isVisible()
    assert planned.find("materials", ("Graphite",)) is None
    line(dialog, "contained_fraction_ppm").setText("1")
    dialog.create_button.click()
    assert not dialog.complaints["contained_fraction_ppm"].isVisible()


def test_a_complaint_about_a_hidden_field_brings_it_into_sight(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned, "organisations", "SALT")
    line(dialog, "name").setText("Salt")
    line(dialog, "country").setText("x" * 61)
    dialog.create_button.click()
    assert line(dialog, "country").isVisible()
    assert "at most 60 are kept" in dialog.complaints["country"].text()


def test_a_code_that_is_taken_is_said(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned, "organisations", "MANAGEM")
    line(dialog, "name").setText("Another")
    dialog.create_button.click()
    assert dialog.trouble.isVisible()
    assert "There is already an organisation 'MANAGEM'" in dialog.trouble.text()


def test_references_are_found_by_name_and_judged_by_the_plan(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned, "plants", "P9")
    line(dialog, "name").setText("Plant 9")
    owner = combo(dialog, "organisation")
    completer = owner.completer()
    assert completer is not None
    completer.setCompletionPrefix("energy")
    assert completer.completionCount() == 1
    owner.setEditText("NOBODY")
    dialog.create_button.click()
    assert "there is no organisation 'NOBODY'" in dialog.complaints["organisation"].text().replace("There", "there")
    owner.setCurrentIndex(owner.findData("VULCAN"))
    assert text_of(owner) == "VULCAN"
    dialog.create_button.click()
    row = planned.find("plants", ("P9",))
    assert row is not None
    assert row.record.values()["organisation"] == "VULCAN"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_its_form(qtbot: QtBot, planned: Plan, table: str) -> None:
    dialog = shown(qtbot, planned, table, "X")
    assert list(dialog.editors) == [field.attr for field in TABLES[table].fields]
    dialog.reject()
    assert not dialog.isVisible()
