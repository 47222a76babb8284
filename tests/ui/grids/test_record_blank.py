"""The blank row offers defaults and the next number, and takes them where nothing is typed."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from planner.commands import CreateRecords
from planner.model import Contract, Line
from planner.plan import Plan
from planner.units import Month
from ui.grids.record_model import RecordModel
from ui.plan_signals import PlanSignals

DISPLAY, EDIT, INK = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ForegroundRole
MATERIAL = "CoSO4.7H2O"


def lines_of(plan: Plan, signals: PlanSignals, contract: str = "MNG-CO-2025") -> RecordModel:
    model = RecordModel(plan, signals, "lines", where={"contract": contract})
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def text(model: RecordModel, row: int, name: str, role: int = DISPLAY) -> object:
    return model.data(model.index(row, model.column_of(name)), role)


def write(model: RecordModel, row: int, name: str, value: str) -> bool:
    return model.setData(model.index(row, model.column_of(name)), value)


def numbers(plan: Plan, contract: str = "MNG-CO-2025") -> list[int]:
    records = [row.record for row in plan.rows("lines", {"contract": contract})]
    return [record.line for record in records if isinstance(record, Line)]


def test_a_line_needs_a_material_and_nothing_else(plan: Plan, signals: PlanSignals) -> None:
    model = lines_of(plan, signals)
    assert text(model, 2, "line") == "3"
    assert write(model, 2, "material", MATERIAL)
    assert numbers(plan) == [1, 2, 3]
    assert text(model, 3, "line") == "4"
    plan.undo()
    assert text(model, 2, "line") == "3"


def test_what_is_offered_is_muted_and_is_not_there_to_edit(plan: Plan, signals: PlanSignals) -> None:
    model = lines_of(plan, signals)
    assert text(model, 2, "phasing") == "even"
    assert text(model, 2, "volume_basis") == "Product"
    assert text(model, 2, "material") == ""
    for name in ("line", "phasing", "volume_basis"):
        assert text(model, 2, name, EDIT) == ""
        assert text(model, 2, name, INK) is not None
    assert text(model, 1, "line", INK) is None


def test_a_typed_number_is_taken(plan: Plan, signals: PlanSignals) -> None:
    model = lines_of(plan, signals)
    assert write(model, 2, "line", "7")
    assert (text(model, 2, "line"), text(model, 2, "line", EDIT), text(model, 2, "line", INK)) == ("7", "7", None)
    assert numbers(plan) == [1, 2]
    assert write(model, 2, "material", MATERIAL)
    assert numbers(plan) == [1, 2, 7]


def test_pasted_lines_are_numbered_on(plan: Plan, signals: PlanSignals) -> None:
    model = lines_of(plan, signals)
    assert model.put({(2, 1): MATERIAL, (3, 1): MATERIAL, (4, 0): "9", (4, 1): MATERIAL, (5, 1): MATERIAL})
    assert numbers(plan) == [1, 2, 9, 10, 11, 12]


def test_the_number_follows_the_contract_that_is_typed(plan: Plan, signals: PlanSignals) -> None:
    start, end = Month.of(2025, 1), Month.of(2026, 1)
    other = Contract(reference="OTHER", supplier="MNG", buyer="RNO", stage="signed", start_month=start, end_month=end)
    plan.run(CreateRecords((other,)))
    model = RecordModel(plan, signals, "lines")
    assert text(model, 2, "line") == ""
    assert write(model, 2, "contract", "OTHER")
    assert text(model, 2, "line") == "1"
    assert write(model, 2, "contract", "MNG-CO-2025")
    assert text(model, 2, "line") == "3"
    assert write(model, 2, "material", MATERIAL)
    assert numbers(plan) == [1, 2, 3]


def test_no_number_lies_beyond_the_last(plan: Plan, signals: PlanSignals) -> None:
    plan.run(CreateRecords((Line(contract="MNG-CO-2025", line=9_999, material=MATERIAL),)))
    model = lines_of(plan, signals)
    assert text(model, 3, "line") == ""
    assert write(model, 3, "material", MATERIAL)
    assert numbers(plan) == [1, 2, 9_999]
    assert text(model, 3, "material") == MATERIAL


def test_formulas_and_short_numbers_are_understood(plan: Plan, signals: PlanSignals) -> None:
    model = RecordModel(plan, signals, "deliveries", where={"contract": "MNG-CO-2025", "line": 1})
    assert write(model, 0, "quantity_t", "=2*150,5")
    assert text(model, 0, "quantity_t") == "301"
    assert write(model, 0, "quantity_t", "5k")
    assert write(model, 0, "month", "avril 2025")
    assert text(model, 0, "month") == "2025-04"
