"""The findings are those of the plan, worked out when somebody looks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QToolButton

from planner.analysis import Subject
from planner.checks import Finding, Severity
from planner.commands import DeleteRecords, SetTerm, UnmuteFinding
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import Desk, button, click, drafts_of, sentence, visible_dialogs
from tests.ui.grids.keys import press
from ui.dialogs.look_at_fix import LookAtFixDialog
from ui.dialogs.mute_finding import MuteFindingDialog
from ui.findings import NO_FIX, NOTHING, WORDS, FindingsDock, FindingsModel, FindingsWatch
from ui.jobs import Job
from ui.pages.capacity import CapacityPage
from ui.pages.history import HistoryPage
from ui.pages.overview import OverviewPage

NO_KEYS = Qt.KeyboardModifier.NoModifier


def shown(dock: FindingsDock) -> list[tuple[str, ...]]:
    return [
        tuple(str(dock.model.index(row, column).data()) for column in range(4)) for row in range(dock.model.rowCount())
    ]


def told(plan: Plan) -> list[tuple[str, ...]]:
    return [(WORDS[each.severity], each.place, each.text, each.remedy) for each in plan.findings()]


def test_they_are_listed_when_they_are_asked_for_and_follow_edits(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    dock = window.findings
    assert not dock.isVisible()
    assert shown(dock) == []
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: bool(shown(dock)))
    assert shown(dock) == told(window.plan)
    assert dock.windowTitle() == f"Findings ({len(shown(dock))})"

    before = shown(dock)
    capacities = window.plan.rows("plant_capacity", {"plant": "GUEMASSA"})
    window.plan.run(DeleteRecords("plant_capacity", tuple(row.id for row in capacities)))
    desk.wait(lambda: shown(dock) != before)
    assert shown(dock) == told(window.plan)
    assert any(row[1] == "plant GUEMASSA" for row in shown(dock))


def test_nothing_is_worked_out_while_nobody_looks(desk: Desk, sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    window = desk.start(sample)
    # The Overview counts them, and looks as long as it is in sight.
    window.go("history")
    asked: list[None] = []

    def count(**_: bool) -> list[Finding]:
        asked.append(None)
        return []

    monkeypatch.setattr(window.plan, "findings", count)
    window.plan.undo()
    assert asked == []
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: bool(asked))
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    assert not window.actions_by_id["show_findings"].isChecked()
    window.plan.redo()
    watch = window.findChild(FindingsWatch)
    assert isinstance(watch, FindingsWatch)
    assert not any(timer.isActive() for timer in watch.findChildren(QTimer))
    assert len(asked) == 1
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: len(asked) > 1)
    assert len(asked) == 2


def test_a_plan_in_order_says_so(desk: Desk, empty: Path) -> None:
    window = desk.start(empty)
    assert window.plan.findings() == []
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: shown(window.findings) == [NOTHING])
    assert window.findings.windowTitle() == "Findings"
    window.findings.close()
    assert not window.actions_by_id["show_findings"].isChecked()


def test_enter_or_a_double_click_leads_to_the_place(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    capacities = window.plan.rows("plant_capacity", {"plant": "GUEMASSA"})
    window.plan.run(DeleteRecords("plant_capacity", tuple(row.id for row in capacities)))
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: bool(shown(window.findings)))
    places = [row[1] for row in shown(window.findings)]
    view = window.findings.view
    view.setFocus()
    view.setCurrentIndex(window.findings.model.index(places.index("plant GUEMASSA"), 1))
    press(Qt.Key.Key_Return)
    assert isinstance(window.page, CapacityPage)
    assert window.page.plant is not None
    assert window.page.plant.code == "GUEMASSA"
    view.activated.emit(window.findings.model.index(0, 0))
    assert isinstance(window.page, OverviewPage)
    assert str(window.page.subject) == str(Subject("element", places[0].split()[0]))


def test_a_row_that_says_that_there_is_none_leads_nowhere(desk: Desk, empty: Path) -> None:
    window = desk.start(empty)
    window.go("history")
    window.findings.model.show_findings([])
    assert window.findings.model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    window.findings.view.activated.emit(window.findings.model.index(0, 2))
    assert isinstance(window.page, HistoryPage)


def test_each_severity_has_a_sign_and_a_word(desk: Desk, sample: Path) -> None:
    model = desk.start(sample).findings.model
    severities: tuple[Severity, ...] = ("error", "warning", "info")
    model.show_findings([Finding(severity, "somewhere", "text", "remedy") for severity in severities])
    assert [model.index(row, 0).data() for row in range(3)] == ["Error", "Warning", "Note"]
    signs = {model.index(row, 0).data(Qt.ItemDataRole.DecorationRole).cacheKey() for row in range(3)}
    assert len(signs) == 3


def test_a_page_with_records_asks_for_the_findings_while_it_is_in_sight(
    desk: Desk, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start(sample)
    asked: list[None] = []

    def found(**_: bool) -> list[Finding]:
        asked.append(None)
        return []

    monkeypatch.setattr(window.plan, "findings", found)
    window.go("deliveries")
    window.plan.undo()
    window.go("capacity")
    desk.wait(lambda: len(asked) == 1)
    window.go("overview")
    window.plan.redo()
    window.go("capacity")
    desk.wait(lambda: len(asked) == 2)


def test_no_piece_of_work_is_kept_once_it_has_told(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    watch = window.findChild(FindingsWatch)
    assert isinstance(watch, FindingsWatch)
    told: list[list[Finding]] = []
    watch.found.connect(told.append)
    watch.need()
    desk.wait(lambda: len(told) == 1)
    window.plan.undo()
    watch.need()
    desk.wait(lambda: len(told) == 2)
    desk.wait(lambda: watch.findChildren(Job) == [])


def look(desk: Desk, sample: Path, *, edit: bool = True) -> FindingsDock:
    """Show the findings of the sample plan, one of them a contract that ends before its deliveries."""
    window = desk.start(sample)
    if edit:
        window.plan.run(SetTerm("EXC-CO-2025", end_month=Month.of(2027, 6)))
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: window.findings.model.finding_at(0) is not None)
    return window.findings


def choose(dock: FindingsDock, check: str) -> Finding:
    """Put the cursor on the first finding of a check."""
    found = [dock.model.finding_at(row) for row in range(dock.model.rowCount())]
    row, finding = next((row, each) for row, each in enumerate(found) if each is not None and each.check == check)
    dock.view.setCurrentIndex(dock.model.index(row, 0))
    return finding


def offered(dock: FindingsDock) -> list[str]:
    """Return the actions that can be chosen."""
    return [action.text() for action in dock.view.actions() if action.isEnabled()]


def test_a_fix_is_looked_at_from_the_list_and_done(desk: Desk, sample: Path) -> None:
    dock, window = look(desk, sample), desk.window
    choose(dock, "outside-term")
    assert offered(dock)[:2] == ["Fix…", "Mute…"]
    button(dock, "Fix…").click()
    dialog = desk.dialog(LookAtFixDialog)
    dialog.fix_button.click()
    assert window.statusBar().currentMessage() == "Move end of EXC-CO-2025 to 2027-12"
    desk.wait(lambda: all(row[1] != "EXC-CO-2025 1" or "leave the term" not in row[2] for row in shown(dock)))
    assert desk.drafts() == []
    assert shown(dock) == told(window.plan)


def test_a_window_that_closes_over_a_fix_leaves_no_draft(desk: Desk, sample: Path) -> None:
    dock = look(desk, sample)
    choose(dock, "outside-term")
    dock.fix_action.trigger()
    desk.dialog(LookAtFixDialog)
    assert len(desk.drafts()) == 1
    desk.quit()
    with Plan.open(sample, person="Tester") as plan:
        assert drafts_of(plan) == []


def test_what_cannot_be_mended_any_more_is_said(desk: Desk, sample: Path) -> None:
    dock = look(desk, sample)
    choose(dock, "outside-term")
    desk.window.plan.undo()
    dock.fix_action.trigger()
    assert "would change nothing" in sentence(desk)


def test_a_finding_without_an_obvious_fix_offers_none(desk: Desk, sample: Path) -> None:
    dock = look(desk, sample)
    assert offered(dock) == ["Show muted (1)"]
    choose(dock, "over-capacity")
    assert offered(dock) == ["Mute…", "Show muted (1)"]
    assert dock.fix_action.toolTip() == NO_FIX
    choose(dock, "outside-term")
    assert dock.fix_action.toolTip() == "Look at what it would change: Move end of EXC-CO-2025 to 2027-12"


def test_a_finding_is_put_aside_shown_and_taken_up_again(desk: Desk, sample: Path) -> None:
    dock, window = look(desk, sample, edit=False), desk.window
    finding, count = choose(dock, "over-capacity"), len(shown(dock))
    row = dock.view.currentIndex().row()
    dock.mute_action.trigger()
    desk.dialog(MuteFindingDialog).mute_button.click()
    desk.wait(lambda: len(shown(dock)) == count - 1)
    assert dock.windowTitle() == f"Findings ({count - 1})"
    # The cursor is where it was, on the one that came after.
    assert dock.view.currentIndex().row() == row
    assert dock.current not in {None, finding}
    watch = window.findChild(FindingsWatch)
    assert isinstance(watch, FindingsWatch)
    assert watch.latest == tuple(window.plan.findings())
    button(dock, "Show muted (2)").click()
    assert len(shown(dock)) == count + 1
    choose(dock, "over-capacity")
    until = next(each for each in window.plan.findings(muted=True) if each.place == finding.place).muted_until
    assert shown(dock)[dock.view.currentIndex().row()][3] == f"muted until {until}"
    faded = dock.view.currentIndex().data(Qt.ItemDataRole.ForegroundRole)
    assert faded is not None
    assert offered(dock) == ["Unmute", "Show muted (2)"]
    dock.unmute_action.trigger()
    assert window.statusBar().currentMessage() == f"Unmute over-capacity of {finding.place}"
    desk.wait(lambda: dock.windowTitle() == f"Findings ({count})")
    assert dock.current == finding


def test_a_finding_that_was_taken_up_meanwhile_is_said(desk: Desk, sample: Path) -> None:
    dock = look(desk, sample, edit=False)
    dock.muted_action.trigger()
    finding = choose(dock, "no-capacity")
    desk.window.plan.run(UnmuteFinding(finding.check, finding.place))
    dock.unmute_action.trigger()
    assert sentence(desk).startswith("no-capacity of plant EXR-LOOP is not muted")


def test_a_plan_for_reading_only_is_neither_mended_nor_muted(desk: Desk, sample: Path) -> None:
    with Plan.open(sample, person="Tester") as plan:
        plan.run(SetTerm("EXC-CO-2025", end_month=Month.of(2027, 6)))
        dock = look(desk, sample, edit=False)
        choose(dock, "outside-term")
        assert offered(dock) == ["Show muted (1)"]


def test_nothing_happens_where_no_finding_is_chosen(desk: Desk, empty: Path) -> None:
    dock, window = desk.start(empty).findings, desk.window
    before = window.plan.history()
    for act in (dock.look_at_fix, dock.mute, dock.unmute):
        act()
    assert (window.plan.history(), visible_dialogs(window)) == (before, [])


def test_the_dock_is_closed_with_its_button(desk: Desk, sample: Path) -> None:
    dock = look(desk, sample, edit=False)
    close = next(each for each in dock.findChildren(QToolButton) if each.accessibleName() == "Close the findings")
    click(close)
    assert not dock.isVisible()
    assert not desk.window.actions_by_id["show_findings"].isChecked()


@pytest.mark.usefixtures("qapp")
def test_the_list_is_a_sound_model(sample: Path) -> None:
    with Plan.open(sample, person="Tester") as plan:
        model = FindingsModel()
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for found in (plan.findings(muted=True), [], plan.findings()):
            model.show_findings(found)
            assert model.rowCount() == max(1, len(found))
