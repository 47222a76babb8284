"""The findings are those of the plan, worked out when somebody looks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer

from planner.analysis import Subject
from planner.checks import Finding, Severity
from planner.commands import DeleteRecords
from planner.plan import Plan
from tests.journeys.desk import Desk
from tests.ui.grids.keys import press
from ui.findings import NOTHING, WORDS, FindingsDock, FindingsWatch
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
    asked: list[None] = []

    def count() -> list[Finding]:
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
    assert str(window.page.subjects.subject) == str(Subject("element", places[0].split()[0]))


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

    def found() -> list[Finding]:
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
