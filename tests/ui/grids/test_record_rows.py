"""A table that is too large to keep shows what the plan holds, whatever is done to it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject
from PySide6.QtCore import QThreadPool
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.model import TABLES, Record
from planner.plan import Plan, Row
from tests.strategies import commands, consistent
from ui.grids import record_rows
from ui.grids.record_model import RecordModel
from ui.grids.record_rows import RecordRows
from ui.plan_signals import PlanSignals


def shown(model: RecordModel) -> list[Row | None]:
    """Return the records of the rows, read in blocks."""
    return [model.row_at(row) for row in range(model.rowCount() - 1)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(consistent(), st.data())
def test_any_edit_is_followed(qtbot: QtBot, records: tuple[Record, ...], data: DataObject) -> None:
    assert qtbot is not None
    with (
        patch.multiple(record_rows, LARGE=0, BLOCK=2, KEPT=3),
        TemporaryDirectory() as folder,
        Plan.create(Path(folder) / "plan.offtake", person="Tester") as plan,
    ):
        plan.run(CreateRecords(records))
        signals = PlanSignals(plan)
        models = [RecordModel(plan, signals, name) for name in TABLES]
        for model in models:
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
        for model in data.draw(st.lists(st.sampled_from(models), max_size=4)):
            model.sort(data.draw(st.integers(-1, model.columnCount() - 1)))
        for _ in range(3):
            command = data.draw(commands(plan))
            try:
                if command is None:
                    plan.undo()
                else:
                    plan.run(command)
            except PlannerError:
                continue
        # Workers may be late: an edit that came while they read is not lost.
        QThreadPool.globalInstance().waitForDone()
        for model in models:
            rows = plan.rows(model.table)
            assert sorted(shown(model), key=lambda row: 0 if row is None else row.id) == sorted(
                rows, key=lambda r: r.id
            )
            model.sort(-1)
            assert shown(model) == rows
        signals.close()


def test_few_records_are_kept(plan: Plan, qtbot: QtBot) -> None:
    assert qtbot is not None
    with patch.multiple(record_rows, BLOCK=2, KEPT=2):
        rows = RecordRows(plan, TABLES["deliveries"], {})
        ids = rows.ids.tolist()
        assert [rows.row(at) for at in range(3)] == plan.rows("deliveries")
        assert [rows.kept(row_id) is None for row_id in ids] == [True, False, False]
        assert rows.row(0) == plan.get("deliveries", ids[0])
