"""What a plan did arrives in the thread of the window, whoever did it."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from planner.commands import CreateRecords
from planner.model import Organisation
from planner.plan import Plan
from ui.plan_signals import PlanSignals


def test_a_change_arrives_at_once_in_its_own_thread(tmp_path: Path, qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    with Plan.create(tmp_path / "a.offtake", person="Tester") as plan:
        signals = PlanSignals(plan)
        seen: list[frozenset[str]] = []
        signals.changed.connect(lambda changes: seen.append(changes.tables))
        plan.run(CreateRecords((Organisation(code="MNG", name="Managem"),)))
        assert seen == [frozenset({"organisations"})]


def test_a_change_of_a_worker_arrives_in_the_thread_of_the_window(tmp_path: Path, qtbot: QtBot) -> None:
    with Plan.create(tmp_path / "a.offtake", person="Tester") as plan:
        signals = PlanSignals(plan)
        threads: list[QThread] = []
        signals.changed.connect(lambda _: threads.append(QThread.currentThread()))
        command = CreateRecords((Organisation(code="MNG", name="Managem"),))
        worker = threading.Thread(target=plan.run, args=(command,))
        worker.start()
        worker.join()
        assert threads == []
        qtbot.waitUntil(lambda: bool(threads))
        assert threads == [signals.thread()]


def test_nothing_arrives_after_closing_twice_or_deleting(tmp_path: Path, qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    with Plan.create(tmp_path / "a.offtake", person="Tester") as plan:
        parent = QObject()
        closed, deleted = PlanSignals(plan), PlanSignals(plan, parent)
        seen: list[frozenset[str]] = []
        closed.changed.connect(lambda changes: seen.append(changes.tables))
        deleted.changed.connect(lambda changes: seen.append(changes.tables))
        closed.close()
        closed.close()
        # Deletes its children at once.
        del deleted, parent
        plan.run(CreateRecords((Organisation(code="MNG", name="Managem"),)))
        assert seen == []
