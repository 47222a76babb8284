"""A gap is explained beside the page, follows edits and the bar, and each cause leads to its record."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl

from planner.analysis import Stages, Subject
from planner.analysis.gaps.causes import CauseKind, Gap
from planner.commands import DeliveryCell, SetDeliveries
from planner.units import Month
from tests.journeys.desk import Desk
from tests.ui.grids.keys import press
from ui.pages.contracts import ContractsPage
from ui.pages.demand import DemandPage

COBALT = Subject("element", "Co")
NO_KEYS = Qt.KeyboardModifier.NoModifier


def test_it_stays_out_of_sight_until_it_is_asked_for(desk: Desk, empty: Path) -> None:
    window = desk.start(empty)
    assert not window.why.isVisible()
    desk.shortcut(Qt.Key.Key_F9, NO_KEYS)
    assert window.why.isVisible()
    assert window.actions_by_id["show_why"].isChecked()
    assert "Choose a period" in window.why.text.toPlainText()
    desk.shortcut(Qt.Key.Key_F9, NO_KEYS)
    assert not window.why.isVisible()


def test_a_page_asks_and_the_causes_are_told_with_their_tonnes(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.page.explain_wanted.emit(COBALT, "2029")
    assert window.why.isVisible()
    found = window.why.found
    assert found is not None
    assert found.gap is Gap.SHORTAGE
    text = window.why.text.toPlainText()
    assert text.startswith("Co, 2029")
    assert all(cause.text[1:] in text for cause in found.causes)
    assert "408.5" in text
    assert "Compared with 2027. Counted: memoranda and letters of intent in full." in text


def test_it_follows_the_bar_and_the_edits(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.why.explain(COBALT, "2029")
    window.view.choose(stages=Stages.PROBABLE)
    desk.wait(lambda: window.why.found is not None and window.why.found.stages is Stages.PROBABLE)
    assert "counts at 60 %" in window.why.text.toPlainText()
    window.view.choose(stages=Stages.ALL)
    month = Month.of(2029, 1)
    window.plan.run(SetDeliveries((DeliveryCell("EXC-CO-2025", 1, month, 500_000),)))
    desk.wait(lambda: window.why.found is not None and window.why.found.gap_kg < 408_472)


def test_another_gap_of_the_same_period_can_be_chosen(desk: Desk, sample: Path) -> None:
    why = desk.start(sample).why
    why.explain(COBALT, "2025")
    assert why.found is not None
    assert why.found.gap is Gap.OVER_CAPACITY
    why.gap.setCurrentIndex(why.gap.findData(Gap.OVER_STOCK.value))
    why.gap.activated.emit(why.gap.currentIndex())
    assert "in stock above the safety stock" in why.text.toPlainText()
    why.gap.setCurrentIndex(why.gap.findData(Gap.SHORTAGE.value))
    why.gap.activated.emit(why.gap.currentIndex())
    assert "Nothing of Co must still be bought in 2025." in why.text.toPlainText()


def test_it_explains_the_cell_that_the_cursor_is_in(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    page.heat_map.choose(COBALT, "2029-Q1")
    # Not before somebody can see it.
    assert window.why.found is None
    desk.shortcut(Qt.Key.Key_F9, NO_KEYS)
    desk.wait(lambda: window.why.found is not None)
    assert window.why.text.toPlainText().startswith("Co, Q1 2029")
    page.heat_map.setFocus()
    press(Qt.Key.Key_Right)
    desk.wait(lambda: window.why.text.toPlainText().startswith("Co, Q2 2029"))
    press(Qt.Key.Key_Down)
    desk.wait(lambda: window.why.text.toPlainText().startswith("Ni, Q2 2029"))


def test_a_cause_leads_to_its_record(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    window.why.explain(COBALT, "2029")
    found = window.why.found
    assert found is not None
    kinds = [cause.kind for cause in found.causes]
    window.why.text.anchorClicked.emit(QUrl(f"cause:{kinds.index(CauseKind.DEMAND)}"))
    assert isinstance(window.page, DemandPage)
    window.why.text.anchorClicked.emit(QUrl(f"cause:{kinds.index(CauseKind.CONTRACT_ENDS)}"))
    assert isinstance(window.page, ContractsPage)
    assert window.page.chosen_contract == "EXC-CO-2025"


def test_a_period_that_the_plan_does_not_have_is_told(desk: Desk, sample: Path) -> None:
    why = desk.start(sample).why
    why.explain(COBALT, "2050")
    assert why.found is None
    assert "The plan has nothing in 2050" in why.text.toPlainText()
