"""A large table is read beside the window before it is ordered or searched, and no edit meanwhile is lost."""

import threading
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from planner.commands import Cell, SetCells
from planner.plan import Plan
from planner.sheet import Sheet
from planner.units import Month
from tests.strategies import row_id
from ui.grids import record_rows
from ui.grids.grid_model import SortKey
from ui.grids.record_model import RecordModel
from ui.grids.record_sheet import RecordSheet
from ui.jobs import Job
from ui.plan_signals import PlanSignals

QUANTITY = 3


class SlowPlan:
    """Reads whole tables of a plan, but not before it is let."""

    def __init__(self, plan: Plan) -> None:
        self._read = plan.sheet
        self.let, self.begun = threading.Event(), threading.Event()
        self.readers: list[int] = []

    def sheet(self, table: str, where: dict[str, object] | None = None, ids: list[int] | None = None) -> Sheet:
        """Read at once what an edit touched, and a whole table late."""
        if ids is not None:
            return self._read(table, where, ids)  # type: ignore[arg-type]  # a test has no values
        self.readers.append(threading.get_ident())
        found = self._read(table, where)  # type: ignore[arg-type]  # the same
        self.begun.set()
        assert self.let.wait(10)
        return found


@pytest.fixture
def slow(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowPlan]:
    made = SlowPlan(plan)
    monkeypatch.setattr(plan, "sheet", made.sheet)
    with patch.object(record_rows, "LARGE", 2):
        yield made
    made.let.set()
    QThreadPool.globalInstance().waitForDone()


def quantities(model: RecordModel) -> list[object]:
    return [model.data(model.index(row, QUANTITY)) for row in range(model.rowCount() - 1)]


def set_february(plan: Plan, kg: int) -> None:
    second = row_id(plan, "deliveries", "MNG-CO-2025", 1, Month.of(2025, 2))
    plan.run(SetCells((Cell("deliveries", second, "quantity_t", kg),)))


def test_an_edit_while_the_table_is_read_is_not_lost(plan: Plan, signals: PlanSignals, slow: SlowPlan) -> None:
    model = RecordModel(plan, signals, "deliveries")
    assert slow.begun.wait(10)
    assert quantities(model)[0] == "400"
    set_february(plan, 5_000)
    slow.let.set()
    model.sort_by((SortKey(QUANTITY),))
    assert quantities(model)[:2] == ["5", "400"]
    assert len(slow.readers) == 1
    assert slow.readers[0] != threading.get_ident()


def test_who_asks_too_early_waits_and_the_cursor_says_so(
    plan: Plan, signals: PlanSignals, slow: SlowPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = RecordModel(plan, signals, "deliveries")
    assert slow.begun.wait(10)
    shapes: list[Qt.CursorShape] = []

    def show(shape: Qt.CursorShape) -> None:
        shapes.append(shape)
        assert not slow.let.is_set()
        slow.let.set()

    monkeypatch.setattr("ui.grids.record_sheet.QGuiApplication.setOverrideCursor", show)
    model.set_filter(QUANTITY, ">405")
    assert shapes == [Qt.CursorShape.WaitCursor]
    assert quantities(model)[0] == "410"
    assert len(slow.readers) == 1


def test_the_end_of_a_window_finds_the_job_until_it_has_ended(
    qtbot: QtBot, plan: Plan, signals: PlanSignals, slow: SlowPlan
) -> None:
    model = RecordModel(plan, signals, "deliveries")
    (job,) = signals.findChildren(Job)
    assert job.running
    with qtbot.waitSignal(job.done):
        slow.let.set()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert signals.findChildren(Job) == []
    model.sort_by((SortKey(QUANTITY, descending=True),))
    model.sort_by(())
    assert quantities(model)[:2] == ["400", "410"]
    assert len(slow.readers) == 1


def test_a_small_table_is_read_when_it_is_asked_for(plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "deliveries")
    assert signals.findChildren(Job) == []
    model.sort_by((SortKey(QUANTITY, descending=True),))
    assert quantities(model)[-1] == "400"


def test_what_cannot_be_read_ahead_is_said_to_who_asks(
    qtbot: QtBot, plan: Plan, signals: PlanSignals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "sheet", lambda *_: 1 / 0)
    sheet = RecordSheet(plan, "deliveries", {})
    sheet.read_ahead(signals)
    (job,) = signals.findChildren(Job)
    with qtbot.waitSignal(job.failed):
        QThreadPool.globalInstance().waitForDone()
    assert not sheet.is_read
    with pytest.raises(ZeroDivisionError):
        sheet.now()
    assert QGuiApplication.overrideCursor() is None
