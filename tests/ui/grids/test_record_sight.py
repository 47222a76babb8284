"""Which rows and columns of a table are in sight: filters, orders, columns, what is found, and why rows are marked."""

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.errors import InvalidValueError
from planner.model import TABLES, Delivery, Organisation
from planner.plan import Mode, Plan
from planner.units import Month
from tests.strategies import row_id
from ui.grids.grid_model import SortKey
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

DISPLAY, TIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
DOWN = Qt.Orientation.Vertical
NARROW = "\N{NARROW NO-BREAK SPACE}"
MONTH, QUANTITY, STATUS = 2, 3, 4


def column(model: RecordModel, name: str) -> list[object]:
    """Return the texts of a column, without the blank row."""
    return [model.data(model.index(row, model.column_of(name))) for row in range(model.rowCount() - 1)]


def heads(model: RecordModel, role: int = DISPLAY) -> list[object]:
    return [model.headerData(row, DOWN, role) for row in range(model.rowCount())]


@pytest.fixture
def model(plan: Plan, signals: PlanSignals) -> RecordModel:
    made = RecordModel(plan, signals, "deliveries")
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


def deliver(plan: Plan, *months: int) -> None:
    """Add a delivery of 500 t to the first line in some months of 2026."""
    plan.run(
        CreateRecords(
            tuple(
                Delivery(contract="MNG-CO-2025", line=1, month=Month.of(2026, month), quantity_kg=500_000)
                for month in months
            )
        )
    )


def test_a_filter_leaves_what_passes_all_of_them(model: RecordModel) -> None:
    assert (model.filterable, model.is_filtered, model.filter_text(QUANTITY)) == (True, False, "")
    model.set_filter(QUANTITY, " >400 ")
    assert column(model, "quantity_t") == ["410", f"1{NARROW}250"]
    model.set_filter(STATUS, "planned")
    assert column(model, "quantity_t") == [f"1{NARROW}250"]
    assert (model.filter_text(QUANTITY), model.filter_text(STATUS), model.is_filtered) == (">400", "planned", True)
    model.set_filter(QUANTITY, "")
    model.set_filter(STATUS, " ")
    assert column(model, "quantity_t") == ["400", "410", f"1{NARROW}250"]
    assert not model.is_filtered


def test_a_text_that_is_no_filter_changes_nothing(qtbot: QtBot, model: RecordModel) -> None:
    model.set_filter(QUANTITY, ">400")
    with qtbot.assertNotEmitted(model.modelReset), pytest.raises(InvalidValueError, match="write a filter like"):
        model.set_filter(QUANTITY, ">lots")
    assert model.filter_text(QUANTITY) == ">400"
    assert model.rowCount() == 3
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_filter(STATUS, "")


def test_what_is_edited_stays_in_sight_until_the_filter_is_set_again(model: RecordModel) -> None:
    model.set_filter(QUANTITY, ">400")
    assert model.setData(model.index(0, QUANTITY), "3")
    assert column(model, "quantity_t") == ["3", f"1{NARROW}250"]
    model.sort_by((SortKey(QUANTITY, descending=True),))
    assert column(model, "quantity_t") == [f"1{NARROW}250", "3"]
    model.set_filter(QUANTITY, ">400")
    assert column(model, "quantity_t") == [f"1{NARROW}250"]


def test_what_is_typed_stays_in_sight_and_what_others_add_comes_where_it_passes(plan: Plan, model: RecordModel) -> None:
    model.set_filter(QUANTITY, ">1000")
    texts = ("MNG-CO-2025", "1", "2027-05", "2")
    assert model.put({(1, at): text for at, text in enumerate(texts)})
    assert column(model, "quantity_t") == [f"1{NARROW}250", "2"]
    deliver(plan, 1)
    assert column(model, "quantity_t") == [f"1{NARROW}250", "2"]
    model.set_filter(QUANTITY, "")
    assert column(model, "quantity_t") == ["400", "410", f"1{NARROW}250", "500", "2"]


def test_rows_are_ordered_by_several_columns(plan: Plan, model: RecordModel) -> None:
    deliver(plan, 3, 1)
    keys = (SortKey(STATUS), SortKey(MONTH, descending=True))
    cursor = QPersistentModelIndex(model.index(0, MONTH))
    model.sort_by(keys)
    assert list(model.sorting) == list(keys)
    assert column(model, "status") == ["Planned", "Planned", "Planned", "Confirmed", "Received"]
    assert column(model, "month") == ["2026-03", "2026-01", "2025-03", "2025-02", "2025-01"]
    assert cursor.row() == 4
    model.sort_by(())
    assert column(model, "month") == ["2025-01", "2025-02", "2025-03", "2026-01", "2026-03"]
    model.sort(QUANTITY, Qt.SortOrder.DescendingOrder)
    assert list(model.sorting) == [SortKey(QUANTITY, descending=True)]


def test_columns_are_chosen_and_the_key_stays_in_front(model: RecordModel) -> None:
    assert list(model.columns) == list(model.all_columns) == ["contract", "line", "month", "quantity_t", "status"]
    assert (model.frozen_columns, model.column_title("quantity_t")) == (3, "Quantity (t)")
    model.set_filter(STATUS, "planned")
    model.sort_by((SortKey(STATUS), SortKey(QUANTITY)))
    model.show_columns(("quantity_t", "month", "nothing"))
    assert list(model.columns) == ["contract", "line", "month", "quantity_t"]
    assert model.columnCount() == 4
    assert column(model, "quantity_t") == ["400", "410", f"1{NARROW}250"]
    assert list(model.sorting) == [SortKey(3)]
    model.show_columns(("status", "quantity_t"))
    assert list(model.columns) == ["contract", "line", "month", "status", "quantity_t"]
    assert column(model, "status") == ["Received", "Confirmed", "Planned"]
    assert model.filter_text(3) == ""


def test_a_grid_of_one_contract_has_its_own_key_alone_in_front(plan: Plan, signals: PlanSignals) -> None:
    assert RecordModel(plan, signals, "lines", where={"contract": "MNG-CO-2025"}).frozen_columns == 1
    made = RecordModel(
        plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 1, "month": Month.of(2025, 1)}
    )
    assert made.frozen_columns == 0


def test_texts_are_found_as_they_are_shown(plan: Plan, model: RecordModel) -> None:
    assert model.find("planned") == [(2, STATUS)]
    assert model.find("PLANNED", case=True) == []
    assert model.find("Plan", whole=True) == []
    assert model.find("1 250") == model.find("1250") == [(2, QUANTITY)]
    assert model.find("4") == [(0, QUANTITY), (1, QUANTITY)]
    assert model.find("2025-0", spots=[(0, MONTH), (1, QUANTITY), (2, MONTH)]) == [(0, MONTH), (2, MONTH)]
    assert model.find("  ") == []
    deliver(plan, 4)
    model.sort_by((SortKey(MONTH, descending=True),))
    assert model.find("2026") == [(0, MONTH)]
    model.set_filter(QUANTITY, "<500")
    assert model.find("mng-co") == [(0, 0), (1, 0)]
    assert model.find("400", whole=True) == [(1, QUANTITY)]


def test_many_changes_at_once_are_read_anew(qtbot: QtBot, plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "organisations")
    names = [f"ORG{number:03d}" for number in range(300)]
    with qtbot.waitSignal(model.modelReset):
        plan.run(CreateRecords(tuple(Organisation(code=name, name=name) for name in names)))
    assert column(model, "code") == ["MNG", *names, "RNO"]
    with qtbot.waitSignal(model.modelReset):
        plan.run(DeleteRecords("organisations", tuple(row_id(plan, "organisations", name) for name in names)))
    assert column(model, "code") == ["MNG", "RNO"]


def test_rows_say_that_they_changed_since_the_import(plan: Plan, model: RecordModel) -> None:
    assert heads(model) == ["", "", "", "*"]
    fields = TABLES["deliveries"].fields
    with plan.stage("deliveries", fields, Mode.UPSERT) as staging:
        staging.add([2], [["MNG-CO-2025"], [1], [Month.of(2025, 3)], [7_000], ["planned"]])
        draft = staging.finish(lambda new, changed, _: f"Import {new} + {changed}", "june.csv").draft
    assert draft is not None
    plan.apply_draft(draft)
    assert heads(model) == ["", "", "", "*"]
    deliver(plan, 1)
    plan.run(
        SetCells(
            (Cell("deliveries", row_id(plan, "deliveries", "MNG-CO-2025", 1, Month.of(2025, 2)), "quantity_t", 1),)
        )
    )
    assert heads(model) == ["", "\N{BULLET}", "", "+", "*"]
    assert model.row_sentence(1) == heads(model, TIP)[1] == "Changed since the import of june.csv."
    assert model.row_sentence(3) == "New since the import of june.csv."
    assert (model.row_sentence(0), model.row_sentence(4)) == ("", "Type here to add a record.")
    plan.undo()
    assert heads(model) == ["", "", "", "+", "*"]


def test_rows_say_what_a_finding_says_about_them(qtbot: QtBot, model: RecordModel) -> None:
    key = ("MNG-CO-2025", 1, Month.of(2025, 2))
    with qtbot.waitSignal(model.headerDataChanged):
        model.set_findings({key: "It is late: call."})
    assert heads(model) == ["", "!", "", "*"]
    assert model.row_sentence(1) == "It is late: call."
    with qtbot.assertNotEmitted(model.headerDataChanged):
        model.set_findings({key: "It is late: call."})
    model.set_findings({})
    assert heads(model) == ["", "", "", "*"]
