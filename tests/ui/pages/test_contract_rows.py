"""A new row that was begun says what it lacks, and stays a sound model."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.grids.keys import text
from ui.dialogs.agree_grid import FIRST_YEAR, AgreedModel
from ui.dialogs.agree_volumes import AgreeVolumesDialog
from ui.grids.grid_model import Role
from ui.pages.contract_rows import REQUIRED, LinkRows, StartedRows
from ui.plan_signals import PlanSignals

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


def needed(rows: StartedRows) -> list[str]:
    return list(rows.still_needed)


@pytest.fixture
def plan(sample: Path) -> Plan:
    return Plan.open(sample, person="Tester")


def test_nothing_is_needed_before_something_is_typed(qtbot: QtBot, plan: Plan) -> None:  # noqa: ARG001 - an application must be there
    with plan:
        signals = PlanSignals(plan)
        rows = StartedRows(plan, signals, "milestones", where={"contract": "MNG-CO-2025"})
        QAbstractItemModelTester(rows, STRICT, rows)
        blank = rows.blank_row
        assert blank is not None
        assert needed(rows) == []
        assert text(rows, (blank, rows.column_of("name"))) == ""
        assert rows.put({(blank, rows.column_of("due")): "2027-03-01"})
        assert needed(rows) == ["Milestone"]
        assert text(rows, (blank, rows.column_of("name"))) == REQUIRED
        assert text(rows, (blank, rows.column_of("name")), Qt.ItemDataRole.EditRole) == ""
        assert rows.put({(blank, rows.column_of("name")): "Second lot"})
        assert needed(rows) == []
        assert plan.find("milestones", ("MNG-CO-2025", "Second lot")) is not None
        signals.close()


def test_a_plan_for_reading_has_no_new_row(qtbot: QtBot, plan: Plan, sample: Path) -> None:  # noqa: ARG001 - an application must be there
    with plan, Plan.open(sample, person="Another") as second:
        signals = PlanSignals(second)
        rows = StartedRows(second, signals, "attachments", where={"contract": "MNG-CO-2025"})
        links = LinkRows(second, signals, "attachments", where={"contract": "MNG-CO-2025"})
        QAbstractItemModelTester(links, STRICT, links)
        assert (rows.blank_row, needed(rows)) == (None, [])
        assert links.link_at(0).startswith("https://")
        assert links.link_at(9) == ""
        signals.close()


def test_the_grid_of_agreed_volumes_is_a_sound_model(qtbot: QtBot, plan: Plan) -> None:
    with plan:
        dialog = AgreeVolumesDialog(plan, "MNG-CO-2025")
        qtbot.addWidget(dialog)
        model: AgreedModel = dialog.model
        QAbstractItemModelTester(model, STRICT, model)
        model.put({(1, FIRST_YEAR): "7", (2, 1): "100"})
        total = model.columnCount() - 1
        numbers = [str(number.value) for number in model.numbers([(1, FIRST_YEAR), (2, total), (0, 0), (0, 2)])]
        assert numbers == ["7.000", "700.000"]
        assert model.index(2, total).data(Role.NUMBER) is not None
        assert not model.flags(model.index(2, total)) & Qt.ItemFlag.ItemIsEditable
        assert model.headerData(0, Qt.Orientation.Horizontal) == "Line"
        assert model.headerData(99, Qt.Orientation.Horizontal) is None
        assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) is not None
