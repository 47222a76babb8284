"""The page of contracts: lines always in sight, everything else on tabs that say how much they hold."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QInputDialog, QPushButton

from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.model import BuyerShare, Contract, Milestone, Organisation
from tests.journeys.desk import CONTROL, SHIFT, Desk, button, click, sentence, visible_dialogs
from tests.ui.grids.keys import focused, press, text, typing
from ui.dialogs.agree_volumes import AgreeVolumesDialog
from ui.dialogs.call_option import CallOptionDialog
from ui.dialogs.close_contract import CloseContractDialog
from ui.pages import contract_parts
from ui.pages.contract_parts import PARTS
from ui.pages.contract_rows import REQUIRED
from ui.pages.contracts import ContractsPage

NONE = Qt.KeyboardModifier.NoModifier


def contracts_page(desk: Desk, plan: Path, contract: str = "MNG-CO-2025") -> ContractsPage:
    page = desk.start(plan).go("contracts")
    assert isinstance(page, ContractsPage)
    page.choose(contract)
    return page


def tab_titles(page: ContractsPage) -> list[str]:
    return [page.dossier.tabs.tabText(at) for at in range(page.dossier.tabs.count())]


def test_the_tabs_say_how_much_they_hold(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    assert tab_titles(page) == [
        "Agreed volumes  17",
        "Price terms  3",
        "Milestones  5",
        "Buyers' shares  100 %",
        "Stages  1",
        "Evidence  4",
        "Attachments  1",
        "Notes",
    ]
    page.plan.run(CreateRecords((Milestone(contract="MNG-CO-2025", name="Second lot"),)))
    assert "Milestones  6" in tab_titles(page)
    page.plan.undo()
    assert "Milestones  5" in tab_titles(page)
    page.choose("EXC-CO-2025")
    assert "Milestones" in tab_titles(page)
    assert page.parts["evidence"].where == {"organisation": "EXAMPLE-CO"}


def test_what_the_shares_of_the_buyers_make_is_said(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    page.dossier.show_part("buyer_shares")
    assert page.dossier.hint.text() == contract_parts.ALL_SHARED
    row = page.plan.find("buyer_shares", ("MNG-CO-2025", "ALLIANCE"))
    assert row is not None
    for share, expected in (
        (150_000, "The shares make 95 %; 5 % are nobody's yet."),
        (250_000, "The shares make 105 %, 5 % too much."),
    ):
        page.plan.run(SetCells((Cell("buyer_shares", row.id, "share_pct", share),)))
        assert page.dossier.hint.text() == expected
    page.plan.run(DeleteRecords("buyer_shares", tuple(each.id for each in page.plan.rows("buyer_shares"))))
    assert page.dossier.hint.text() == contract_parts.NOT_SHARED
    assert "Buyers' shares" in tab_titles(page)
    page.plan.run(CreateRecords((BuyerShare(contract="MNG-CO-2025", buyer="RENAULT", share_ppm=1_000_000),)))
    assert "Buyers' shares  100 %" in tab_titles(page)


def test_a_change_of_stage_appears_with_its_day(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    row = page.plan.find("contracts", ("MNG-CO-2025",))
    assert row is not None
    page.plan.run(SetCells((Cell("contracts", row.id, "stage", "signed"),)))
    assert "Stages  2" in tab_titles(page)
    model = page.parts["stage_changes"]
    assert text(model, (1, model.column_of("stage"))) == "Signed"


def test_f6_goes_from_the_list_over_the_lines_to_the_shown_tab(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    desk.activate()
    page.list.setFocus()
    page.dossier.show_part("milestones")
    for view in (page.views["lines"], page.views["milestones"], page.list):
        desk.shortcut(Qt.Key.Key_F6, NONE)
        assert focused() is view


def test_tabs_are_turned_from_within_them(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    desk.activate()
    page.views["volumes"].setFocus()
    desk.shortcut(Qt.Key.Key_PageDown)
    assert page.dossier.shown == "price_terms"
    assert focused() is page.views["price_terms"]
    desk.shortcut(Qt.Key.Key_PageUp)
    desk.shortcut(Qt.Key.Key_PageUp)
    assert page.dossier.shown == PARTS[-1].id
    assert focused() is page.dossier.notes.note


def test_a_record_is_shown_on_its_tab(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample, "EXC-CO-2025")
    assert page.show_record("milestones", ("MNG-CO-2025", "Qualification"))
    assert page.chosen_contract == "MNG-CO-2025"
    assert page.dossier.shown == "milestones"
    assert page.grid is page.views["milestones"]


def test_a_new_contract_says_what_it_still_needs(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    said: list[str] = []
    page.said.connect(said.append)
    new = next(each for each in page.findChildren(QPushButton) if each.text() == "New contract")
    desk.activate()
    click(new)
    typing("NEW-1")
    press(Qt.Key.Key_Tab)
    assert said[-1] == "Still needed: Supplier, Buyer, Stage, Start, End"
    blank = page.contracts.blank_row
    assert blank is not None
    for name, shown in (("supplier", REQUIRED), ("reference", "NEW-1"), ("currency", "")):
        assert text(page.contracts, (blank, page.contracts.column_of(name))) == shown
    for value in ("Low-carbon cobalt", "MANAGEM", "RENAULT"):
        typing(value)
        press(Qt.Key.Key_Tab)
    assert said[-1] == "Still needed: Stage, Start, End"
    for value in ("Signed", "", "2027-01"):
        typing(value)
        press(Qt.Key.Key_Tab)
    typing("2033-12")
    press(Qt.Key.Key_Tab)
    assert page.contracts.still_needed == ()
    desk.wait(lambda: page.chosen_contract == "NEW-1")
    assert not page.editor.is_empty


def test_lines_say_whose_they_are_and_what_a_new_one_needs(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    lines = page.parts["lines"]
    assert lines.columns[:6] == (
        "line",
        "material",
        "plant",
        "flexibility_down_pct",
        "flexibility_up_pct",
        "take_or_pay_pct",
    )
    blank = lines.blank_row
    assert blank is not None
    assert lines.put({(blank, lines.column_of("take_or_pay_pct")): "80"})
    assert text(lines, (blank, lines.column_of("material"))) == REQUIRED


def test_a_whole_contract_is_worked_on_from_the_buttons(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    wanted: list[str] = []
    page.action_wanted.connect(wanted.append)
    offered = {"agree_volumes", "draft_contract", "call_option", "close_contract"}
    assert offered <= page.offers
    more = next(each for each in page.findChildren(QPushButton) if each.text() == "More")
    menu = more.menu()
    assert menu is not None
    assert [entry.text() for entry in menu.actions()] == [
        "Duplicate…",
        "Draft as new…",
        "Call option…",
        "Close contract…",
    ]
    assert all(entry.isEnabled() for entry in menu.actions())
    menu.actions()[1].trigger()
    assert wanted == ["draft_contract"]
    desk.dialog(QInputDialog).reject()
    page.list.go_to_blank_row()
    assert not offered & page.offers
    desk.wait(lambda: not any(entry.isEnabled() for entry in menu.actions()))


def test_volumes_are_agreed_from_the_keyboard(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample, "TER-NI-2025")
    desk.shortcut(Qt.Key.Key_A, CONTROL | SHIFT)
    dialog = desk.dialog(AgreeVolumesDialog)
    typing("7000")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_A, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    desk.wait(lambda: not visible_dialogs(desk.window))
    model = page.parts["volumes"]
    assert text(model, (0, model.column_of("agreed_t"))) == "7,000"
    assert page.plan.undo_title == "Agree volumes of TER-NI-2025 and phase them"
    assert dialog.result() == AgreeVolumesDialog.DialogCode.Accepted


def test_a_follow_on_is_drafted_closed_and_its_option_called(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    plan = page.plan
    desk.shortcut(Qt.Key.Key_N, CONTROL | SHIFT)
    assert desk.dialog(QInputDialog).textValue() == "MNG-CO-2025-NEXT"
    press(Qt.Key.Key_Return)
    desk.wait(lambda: not visible_dialogs(desk.window))
    row = plan.find("contracts", ("MNG-CO-2025-NEXT",))
    assert row is not None
    assert isinstance(row.record, Contract)
    assert str(row.record.start_month) == "2032-01"
    desk.shortcut(Qt.Key.Key_O, CONTROL | SHIFT)
    desk.dialog(CallOptionDialog).call_button.click()
    desk.shortcut(Qt.Key.Key_X, CONTROL | SHIFT)
    closing = desk.dialog(CloseContractDialog)
    closing.month.setText("2030-12")
    closing.close_button.click()
    titles = [edit.title for edit in plan.history()[:3]]
    assert titles == [
        "Close MNG-CO-2025 with 2030-12",
        "Call option MNG-CO-2025 2 2027",
        "Draft MNG-CO-2025-NEXT to follow MNG-CO-2025",
    ]


def test_a_draft_over_another_contract_is_refused_with_a_sentence(desk: Desk, sample: Path) -> None:
    page = contracts_page(desk, sample)
    desk.shortcut(Qt.Key.Key_N, CONTROL | SHIFT)
    dialog = desk.dialog(QInputDialog)
    dialog.setTextValue("EXC-CO-2025")
    click(button(dialog, "Draft"))
    assert "There is already a contract 'EXC-CO-2025'" in sentence(desk)
    assert page.plan.count("contracts") == 6


def test_a_plan_for_reading_offers_nothing_that_writes(desk: Desk, sample: Path) -> None:
    first = contracts_page(desk, sample)
    first.plan.run(CreateRecords((Organisation(code="X", name="X"),)))
    page = contracts_page(desk, sample)
    assert page.plan.read_only is not None
    assert page.dossier.notes.note.isReadOnly()
    QApplication.processEvents()
    assert not next(each for each in page.findChildren(QPushButton) if each.text() == "New contract").isEnabled()


@pytest.mark.parametrize("part", [part.id for part in PARTS if part.id != contract_parts.NOTES])
def test_every_part_takes_a_new_row_of_the_chosen_contract(desk: Desk, sample: Path, part: str) -> None:
    page = contracts_page(desk, sample)
    model = page.parts[part]
    assert model.blank_row == model.rowCount() - 1
    assert set(model.where) == ({"organisation"} if part == "evidence" else {"contract"})
