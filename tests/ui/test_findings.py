"""The findings are those of the plan, worked out when somebody looks."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from planner.checks import Finding
from planner.commands import DeleteRecords
from planner.plan import Plan
from tests.journeys.desk import Desk
from ui.findings import NOTHING, WORDS, FindingsDock

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
    window.findings.refresh()
    assert asked == []
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: bool(asked))
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    assert not window.actions_by_id["show_findings"].isChecked()
    window.plan.redo()
    window.findings.refresh()
    assert len(asked) == 1


def test_a_plan_in_order_says_so(desk: Desk, empty: Path) -> None:
    window = desk.start(empty)
    assert window.plan.findings() == []
    desk.shortcut(Qt.Key.Key_F8, NO_KEYS)
    desk.wait(lambda: shown(window.findings) == [NOTHING])
    assert window.findings.windowTitle() == "Findings"
    window.findings.close()
    assert not window.actions_by_id["show_findings"].isChecked()
