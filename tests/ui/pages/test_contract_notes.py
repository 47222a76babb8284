"""Title and note are kept as one edit when they are left, and what cannot be kept is never lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from planner.commands import Cell, SetCells
from planner.errors import PlannerError
from planner.model import Contract
from planner.plan import Plan
from tests.journeys.desk import CONTROL, Desk
from tests.ui.grids.keys import press, typing
from ui.pages.contracts import ContractsPage


@pytest.fixture
def page(desk: Desk, sample: Path) -> ContractsPage:
    found = desk.start(sample).go("contracts")
    assert isinstance(found, ContractsPage)
    found.choose("MNG-CO-2025")
    found.dossier.show_part("notes")
    desk.activate()
    found.dossier.notes.note.setFocus()
    found.dossier.notes.note.selectAll()
    return found


def kept(plan: Plan, reference: str = "MNG-CO-2025") -> tuple[str, str]:
    row = plan.find("contracts", (reference,))
    assert row is not None
    assert isinstance(row.record, Contract)
    return row.record.title, row.record.note


def test_both_are_kept_with_one_edit(page: ContractsPage) -> None:
    notes = page.dossier.notes
    edits = len(page.plan.history())
    notes.title.setText("Cobalt from Guemassa")
    typing("First line")
    press(Qt.Key.Key_Return)
    typing("second line")
    press(Qt.Key.Key_Return, CONTROL)
    assert kept(page.plan) == ("Cobalt from Guemassa", "First line\nsecond line")
    assert len(page.plan.history()) == edits + 1
    assert notes.keep()
    assert len(page.plan.history()) == edits + 1


def test_what_is_written_is_kept_when_it_is_left(page: ContractsPage, desk: Desk) -> None:
    typing("Left for the list")
    page.list.setFocus()
    assert kept(page.plan)[1] == "Left for the list"
    page.plan.undo()
    desk.wait(lambda: page.dossier.notes.note.toPlainText() == kept(page.plan)[1])
    assert kept(page.plan)[1].startswith("public: memorandum")


def test_another_contract_does_not_get_what_was_written_about_the_first(page: ContractsPage) -> None:
    typing("About Managem")
    page.choose("TER-NI-2025")
    assert kept(page.plan)[1] == "About Managem"
    assert page.dossier.notes.note.toPlainText() == kept(page.plan, "TER-NI-2025")[1]


def test_what_is_written_is_kept_when_another_tab_or_page_is_shown(page: ContractsPage, desk: Desk) -> None:
    typing("Left for a tab")
    page.dossier.show_part("volumes")
    assert kept(page.plan)[1] == "Left for a tab"
    page.dossier.show_part("notes")
    page.dossier.notes.note.setPlainText("Left for a page")
    desk.window.go("demand")
    assert kept(page.plan)[1] == "Left for a page"


def test_a_text_that_cannot_be_kept_waits_for_its_contract(page: ContractsPage) -> None:
    notes = page.dossier.notes
    said: list[str] = []
    page.said.connect(said.append)
    long = "x" * 2_001
    notes.note.setPlainText(long)
    page.list.setFocus()
    assert "Not kept yet. Note: it has 2001 characters; at most 2000 are kept." in said
    page.choose("TER-NI-2025")
    assert notes.note.toPlainText() != long
    page.choose("MNG-CO-2025")
    assert notes.note.toPlainText() == long
    notes.note.setPlainText("Short")
    assert notes.keep()
    assert kept(page.plan)[1] == "Short"


def test_an_edit_from_elsewhere_does_not_overwrite_what_is_being_written(page: ContractsPage, desk: Desk) -> None:
    notes = page.dossier.notes
    typing("Mine")
    row = page.plan.find("contracts", ("MNG-CO-2025",))
    assert row is not None
    page.plan.run(SetCells((Cell("contracts", row.id, "currency", "EUR"),)))
    desk.wait(lambda: not page.stale)
    assert notes.note.toPlainText() == "Mine"


def test_what_is_written_is_kept_when_the_window_is_closed(page: ContractsPage, desk: Desk, sample: Path) -> None:
    typing("Last words")
    desk.quit()
    with Plan.open(sample, person="Tester") as plan:
        assert kept(plan)[1] == "Last words"
    assert page.plan.path == sample


def test_what_is_written_is_kept_when_another_plan_is_opened(page: ContractsPage, desk: Desk, empty: Path) -> None:
    typing("Before the other plan")
    path = page.plan.path
    desk.application.show_plan(empty)
    desk.wait(lambda: desk.window.plan.path == empty)
    with Plan.open(path, person="Tester") as plan:
        assert kept(plan)[1] == "Before the other plan"


def test_esc_gives_up_what_was_typed_as_a_title(page: ContractsPage) -> None:
    notes, before = page.dossier.notes, kept(page.plan)
    edits = len(page.plan.history())
    notes.title.setFocus()
    typing("A title that was not meant")
    press(Qt.Key.Key_Escape)
    assert notes.title.text() == before[0]
    page.list.setFocus()
    assert kept(page.plan) == before
    assert len(page.plan.history()) == edits


def test_a_refused_text_that_is_taken_back_waits_no_longer(page: ContractsPage) -> None:
    notes, before = page.dossier.notes, kept(page.plan)
    notes.note.setPlainText("x" * 2_001)
    assert not notes.keep()
    notes.note.setPlainText(before[1])
    assert notes.keep()
    page.choose("TER-NI-2025")
    page.choose("MNG-CO-2025")
    assert notes.texts == before


def test_a_refusal_that_is_a_sentence_ends_once(page: ContractsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_command: object) -> None:
        raise PlannerError("plan.offtake is open for reading only. Close it there first.")

    said: list[str] = []
    page.said.connect(said.append)
    monkeypatch.setattr(page.plan, "run", refuse)
    typing("Not to be kept")
    page.list.setFocus()
    assert said == ["Not kept yet. Plan.offtake is open for reading only. Close it there first."]
    page.dossier.notes.note.setPlainText(kept(page.plan)[1])
