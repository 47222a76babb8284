"""A fix is looked at before it is done; what is not wanted leaves nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.checks import Finding
from planner.commands import Cell, SetCells, SetTerm
from planner.errors import PlannerError
from planner.model import Contract
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import drafts_of
from ui.dialogs.look_at_fix import LookAtFixDialog

EARLY, END = Month.of(2027, 6), Month.of(2027, 12)


@pytest.fixture
def cut(sample: Path) -> Iterator[Plan]:
    """Open the sample plan with a contract that ends half a year before its deliveries."""
    with Plan.open(sample, person="Tester") as plan:
        plan.run(SetTerm("EXC-CO-2025", end_month=EARLY))
        yield plan


def outside(plan: Plan) -> list[Finding]:
    return [each for each in plan.findings() if each.check == "outside-term"]


def shown(qtbot: QtBot, plan: Plan) -> LookAtFixDialog:
    dialog = LookAtFixDialog(plan, outside(plan)[0])
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def end_of(plan: Plan) -> Month:
    row = plan.find("contracts", ("EXC-CO-2025",))
    assert row is not None
    assert isinstance(row.record, Contract)
    return row.record.end_month


def test_what_would_change_is_shown_and_done_with_the_button(qtbot: QtBot, cut: Plan) -> None:
    dialog = shown(qtbot, cut)
    said: list[str] = []
    dialog.fixed.connect(said.append)
    assert dialog.windowTitle() == dialog.fix_button.text() == "Extend the term"
    texts = [dialog.rows.index(0, column).data() for column in range(5)]
    assert texts == ["contract", "EXC-CO-2025", "End", "2027-06", "2027-12"]
    assert end_of(cut) == EARLY
    dialog.fix_button.click()
    assert said == ["Move end of EXC-CO-2025 to 2027-12"]
    assert not dialog.isVisible()
    assert (end_of(cut), outside(cut), drafts_of(cut)) == (END, [], [])
    assert cut.undo_title == said[0]


def test_what_is_cancelled_leaves_nothing(qtbot: QtBot, cut: Plan) -> None:
    before = cut.history()
    dialog = shown(qtbot, cut)
    assert len(drafts_of(cut)) == 1
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert (end_of(cut), cut.history(), drafts_of(cut)) == (EARLY, before, [])


def test_a_window_that_is_closed_cancels(qtbot: QtBot, cut: Plan) -> None:
    shown(qtbot, cut).close()
    assert (end_of(cut), drafts_of(cut)) == (EARLY, [])


def test_an_edit_in_the_same_cell_meanwhile_is_said(qtbot: QtBot, cut: Plan) -> None:
    dialog = shown(qtbot, cut)
    row = cut.find("contracts", ("EXC-CO-2025",))
    assert row is not None
    cut.run(SetCells((Cell("contracts", row.id, "end_month", Month.of(2027, 8)),)))
    dialog.fix_button.click()
    assert dialog.isVisible()
    assert not dialog.fix_button.isEnabled()
    assert "EXC-CO-2025" in dialog.trouble.text()
    dialog.reject()
    assert (end_of(cut), drafts_of(cut)) == (Month.of(2027, 8), [])


def test_where_nothing_is_obvious_or_left_to_do_that_is_said(cut: Plan) -> None:
    (finding,) = outside(cut)
    other = Finding("error", "programme R5", "it is off", "correct the mix", check="mix")
    with pytest.raises(PlannerError, match="Nothing obvious mends programme R5: correct the mix"):
        LookAtFixDialog(cut, other)
    cut.run(SetTerm("EXC-CO-2025", end_month=END))
    with pytest.raises(PlannerError, match="Move end of EXC-CO-2025 to 2027-12 would change nothing"):
        LookAtFixDialog(cut, finding)
    assert drafts_of(cut) == []
