"""A planner types a new contract from nothing, duplicates it and deletes it, with the keyboard alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QMessageBox

from planner.analysis import Stages, Subject
from planner.model import Contract
from planner.units import Month
from tests.journeys.desk import CONTROL, SHIFT, Desk, button, click, computed, cover, drawn, sentence, visible_dialogs
from tests.ui.grids.keys import press, typing
from ui.pages.contracts import ContractsPage

NONE = Qt.KeyboardModifier.NoModifier
LITHIUM = Subject("element", "Li")


def type_row(*texts: str) -> None:
    """Type the cells of a row, each followed by Tab, the last by Enter; an empty text leaves a cell as it is."""
    for text in texts[:-1]:
        typing(text)
        press(Qt.Key.Key_Tab)
    typing(texts[-1])
    press(Qt.Key.Key_Return)


def type_organisations(desk: Desk) -> None:
    """Add two organisations on the page of tables."""
    desk.go(Qt.Key.Key_9)
    typing("organ")
    desk.shortcut(Qt.Key.Key_F6, NONE)
    desk.shortcut(Qt.Key.Key_Plus)
    type_row("SALT", "Salt lake lithium", "Supplier")
    desk.shortcut(Qt.Key.Key_Plus)
    type_row("MAKER", "Car maker", "Buyer")


def type_contract(desk: Desk) -> ContractsPage:
    """Add a contract with a line and its volumes, and phase them."""
    desk.go(Qt.Key.Key_2)
    page = desk.window.page
    assert isinstance(page, ContractsPage)
    desk.shortcut(Qt.Key.Key_Plus)
    type_row("SALT-LI", "Lithium from brine", "SALT", "MAKER", "Signed", "", "2026-01", "2027-12")
    desk.wait(lambda: page.editor.is_empty)
    press(Qt.Key.Key_Up)
    assert page.chosen_contract == "SALT-LI"
    desk.shortcut(Qt.Key.Key_F6, NONE)
    press(Qt.Key.Key_Home)
    type_row("1", "LiOH.H2O")
    desk.shortcut(Qt.Key.Key_F6, NONE)
    type_row("1", "2026", "1200")
    press(Qt.Key.Key_Home)
    type_row("1", "2027", "2400")
    desk.shortcut(Qt.Key.Key_P, CONTROL | SHIFT)
    return page


def test_a_contract_typed_from_nothing_is_supply_in_the_chart(desk: Desk, empty: Path) -> None:
    plan = desk.start(empty).plan
    type_organisations(desk)
    assert [row.record.values()["code"] for row in plan.rows("organisations")] == ["MAKER", "SALT"]
    type_contract(desk)
    found = plan.find("contracts", ("SALT-LI",))
    assert found is not None
    assert isinstance(found.record, Contract)
    assert (found.record.stage, found.record.end_month) == ("signed", Month.of(2027, 12))
    assert [row.record.values()["quantity_kg"] for row in plan.rows("deliveries")] == [100_000] * 12 + [200_000] * 12

    overview = desk.overview()
    overview.choose(LITHIUM)
    # 1,200 t of the monohydrate in 2026 and 2,400 t in 2027, of which 0.16539 is lithium.
    assert overview.cover_chart.bars["firm"].heights == pytest.approx([300 * 0.16539] * 4 + [600 * 0.16539] * 4)
    table = plan.cover(LITHIUM, by=desk.window.view.state.by, start=Month.of(2026, 1), end=Month.of(2027, 12))
    assert drawn(overview) == computed(table)


def test_a_duplicate_is_a_memorandum_that_counts_as_probable(desk: Desk, empty: Path) -> None:
    plan = desk.start(empty).plan
    type_organisations(desk)
    page = type_contract(desk)
    desk.shortcut(Qt.Key.Key_D, CONTROL | SHIFT)
    dialog = desk.dialog(QInputDialog)
    assert dialog.textValue() == "SALT-LI-2"
    assert button(dialog, "Duplicate").isEnabled()
    press(Qt.Key.Key_Return)
    desk.wait(lambda: not visible_dialogs(desk.window))
    assert [row.record.values()["reference"] for row in plan.rows("contracts")] == ["SALT-LI", "SALT-LI-2"]
    assert plan.count("deliveries") == 48
    firm = plan.cover(LITHIUM, stages=Stages.FIRM).rows[0]
    both = plan.cover(LITHIUM, stages=Stages.ALL).rows[0]
    assert (both.firm, both.probable) == (firm.firm, firm.firm)
    page.choose("SALT-LI-2")
    assert page.chosen_contract == "SALT-LI-2"
    assert page.parts["volumes"].rowCount() == 3


def test_a_name_that_is_taken_is_refused_with_a_sentence(desk: Desk, sample: Path) -> None:
    plan = desk.start(sample).plan
    desk.go(Qt.Key.Key_2)
    desk.shortcut(Qt.Key.Key_D, CONTROL | SHIFT)
    dialog = desk.dialog(QInputDialog)
    dialog.setTextValue("MNG-CO-2025")
    press(Qt.Key.Key_Return)
    assert "MNG-CO-2025" in sentence(desk)
    assert plan.count("contracts") == 6


class Answer(QTimer):
    """Presses a button of the question that holds up the program, and keeps what it said."""

    def __init__(self, text: str) -> None:
        super().__init__(interval=10)
        self.said = ""
        self._text = text
        self.timeout.connect(self._act)
        self.start()

    def _act(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self.stop()
            self.said = box.text()
            click(button(box, self._text))


@pytest.mark.parametrize(("choice", "left"), [("Cancel", 6), ("Take them along", 5)])
def test_a_contract_goes_with_what_depends_on_it_once_that_is_confirmed(
    desk: Desk, sample: Path, choice: str, left: int
) -> None:
    plan = desk.start(sample).plan
    before = cover(plan)
    desk.go(Qt.Key.Key_2)
    page = desk.window.page
    assert isinstance(page, ContractsPage)
    assert page.chosen_contract == "EXC-CO-2025"
    question = Answer(choice)
    desk.shortcut(Qt.Key.Key_Minus)
    assert "36 deliveries" in question.said
    assert plan.count("contracts") == left
    assert (cover(plan) == before) == (left == 6)
    desk.wait(lambda: page.chosen_contract == ("EXC-CO-2025" if left == 6 else "EXL-LI-2025"))
    if left == 5:
        assert not plan.rows("deliveries", {"contract": "EXC-CO-2025"})
        desk.shortcut(Qt.Key.Key_Z)
        assert cover(plan) == before
