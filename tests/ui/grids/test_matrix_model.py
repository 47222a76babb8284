"""Months across and sums of years: shown, edited, followed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QFont
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.commands import Cell, CreateRecords, DeleteRecords, SetCells
from planner.model import Demand, Line, Programme
from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import EDIT, column, text
from ui.grids.grid_model import Spot
from ui.grids.matrix_model import MatrixModel, delivery_model, demand_model
from ui.plan_signals import PlanSignals

NARROW = "\N{NARROW NO-BREAK SPACE}"
HORIZONTAL = Qt.Orientation.Horizontal
# Four labels, agreed and left, twelve months of 2025, the sum of 2025, twelve months of 2026, the sum of 2026.
AGREED, LEFT = 4, 5
JANUARY, FEBRUARY, MARCH, SUM_2025, SUM_2026 = 6, 7, 8, 18, 31


def watched(model: MatrixModel) -> MatrixModel:
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


@pytest.fixture
def deliveries(plan: Plan, signals: PlanSignals) -> MatrixModel:
    return watched(delivery_model(plan, signals, start=JAN, end=DEC))


@pytest.fixture
def demand(plan: Plan, signals: PlanSignals) -> MatrixModel:
    return watched(demand_model(plan, signals, start=JAN, end=DEC))


def marked(model: MatrixModel) -> set[Spot]:
    spots = [(row, number) for row in range(model.rowCount()) for number in range(model.columnCount())]
    return {spot for spot in spots if model.reason(spot)}


def test_labels_months_and_sums_stand_across(deliveries: MatrixModel) -> None:
    assert (deliveries.rowCount(), deliveries.columnCount(), deliveries.frozen_columns) == (2, 32, 6)
    headings = [deliveries.headerData(number, HORIZONTAL) for number in (0, 3, AGREED, LEFT, JANUARY, SUM_2025, 19)]
    assert headings == ["Contract", "Basis", "Agreed (t)", "Left (t)", "janv 25", "2025 (t)", "janv 26"]
    tips = [
        deliveries.headerData(number, HORIZONTAL, Qt.ItemDataRole.ToolTipRole)
        for number in (0, AGREED, JANUARY, SUM_2025)
    ]
    assert tips == [
        None,
        "The agreed volumes of all contract years",
        "2025-01, t",
        "All months of 2025, t. Type one to spread it over the open months by the line's phasing.",
    ]
    assert deliveries.headerData(0, Qt.Orientation.Vertical) == ""
    assert deliveries.headerData(99, HORIZONTAL) is None


def test_values_are_shown_in_the_locale_and_nothing_is_not_zero(deliveries: MatrixModel) -> None:
    assert [text(deliveries, (0, number)) for number in (0, 1, 2, 3)] == ["MNG-CO-2025", "1", "CoSO4.7H2O", "Product"]
    assert [text(deliveries, (0, number)) for number in (JANUARY, MARCH, MARCH + 1)] == ["400", f"1{NARROW}250", ""]
    assert text(deliveries, (0, SUM_2025)) == f"2{NARROW}060"
    assert text(deliveries, (0, SUM_2026)) == ""
    assert text(deliveries, (0, MARCH), EDIT) == "1250"


def test_a_sum_counts_the_months_of_its_year_that_are_not_shown(deliveries: MatrixModel) -> None:
    deliveries.set_horizon(JAN.plus(1), JAN.plus(2))
    assert deliveries.columnCount() == 9
    assert text(deliveries, (0, 8)) == f"2{NARROW}060"


def test_months_are_found_by_column_and_columns_by_month(deliveries: MatrixModel) -> None:
    assert deliveries.month_at(MARCH) == JAN.plus(2)
    assert deliveries.month_at(0) is None
    assert deliveries.month_at(SUM_2025) is None
    assert deliveries.column_of(Month.of(2026, 1)) == SUM_2025 + 1
    assert deliveries.column_of(Month.of(2030, 1)) is None
    assert deliveries.key_at(1) == ("MNG-CO-2025", 2)
    assert deliveries.key_at(2) is None


def test_states_differ_in_look_and_say_why(deliveries: MatrixModel) -> None:
    def of(number: int, role: Qt.ItemDataRole) -> object:
        return deliveries.data(deliveries.index(0, number), role)

    bold = of(FEBRUARY, Qt.ItemDataRole.FontRole)
    assert isinstance(bold, QFont)
    assert bold.weight() == QFont.Weight.DemiBold
    assert of(MARCH, Qt.ItemDataRole.FontRole) is None
    assert isinstance(of(JANUARY, Qt.ItemDataRole.ForegroundRole), QBrush)
    assert isinstance(of(SUM_2025, Qt.ItemDataRole.BackgroundRole), QBrush)
    assert str(of(JANUARY, Qt.ItemDataRole.ToolTipRole)).startswith("Received")
    assert of(MARCH, Qt.ItemDataRole.ToolTipRole) is None
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert of(MARCH, Qt.ItemDataRole.TextAlignmentRole) == right
    assert deliveries.headerData(MARCH, HORIZONTAL, Qt.ItemDataRole.TextAlignmentRole) == right


@pytest.mark.parametrize(
    ("number", "editable"),
    [(0, False), (LEFT, False), (JANUARY, False), (FEBRUARY, True), (22, True), (SUM_2025, True)],
)
def test_only_free_months_can_be_edited(deliveries: MatrixModel, number: int, *, editable: bool) -> None:
    flags = deliveries.flags(deliveries.index(0, number))
    assert bool(flags & Qt.ItemFlag.ItemIsEditable) == editable
    assert (deliveries.field(number) is not None) == (number not in {0, LEFT})


def test_a_typed_month_is_one_edit_and_moves_its_sum(plan: Plan, deliveries: MatrixModel) -> None:
    assert deliveries.setData(deliveries.index(0, MARCH), "1 300,5")
    assert text(deliveries, (0, MARCH)) == f"1{NARROW}300,5"
    assert text(deliveries, (0, SUM_2025)) == f"2{NARROW}110,5"
    assert plan.undo_title == "Set delivery MNG-CO-2025 1 2025-03"
    plan.undo()
    assert text(deliveries, (0, SUM_2025)) == f"2{NARROW}060"


def test_an_emptied_month_holds_nothing(deliveries: MatrixModel, plan: Plan) -> None:
    assert deliveries.setData(deliveries.index(0, MARCH), "")
    assert text(deliveries, (0, MARCH)) == ""
    assert plan.count("deliveries") == 2
    assert deliveries.setData(deliveries.index(0, MARCH), "0")
    assert text(deliveries, (0, MARCH)) == "0"


def test_a_block_of_months_is_one_edit(plan: Plan, deliveries: MatrixModel) -> None:
    before = len(plan.history())
    assert deliveries.paste(0, FEBRUARY, (("1", "2"), ("3", "")))
    assert [text(deliveries, (0, number)) for number in (FEBRUARY, MARCH)] == ["1", "2"]
    assert [text(deliveries, (1, number)) for number in (FEBRUARY, MARCH)] == ["3", ""]
    assert len(plan.history()) == before + 1
    plan.undo()
    assert text(deliveries, (0, SUM_2025)) == f"2{NARROW}060"


def test_a_year_copied_with_its_labels_and_sum_is_pasted_back(plan: Plan, deliveries: MatrixModel) -> None:
    before = len(plan.history())
    row = tuple(text(deliveries, (0, number), EDIT) for number in range(deliveries.columnCount()))
    assert deliveries.paste(0, 0, (row,))
    assert len(plan.history()) == before


@pytest.mark.parametrize(
    ("texts", "bad", "reason"),
    [
        ({(0, MARCH): "lots", (0, 9): "1"}, {(0, MARCH)}, "not a number"),
        ({(0, 0): "OTHER"}, {(0, 0)}, "says which row"),
        ({(0, JANUARY): "1", (0, FEBRUARY): "1"}, {(0, JANUARY)}, "Received"),
        ({(0, AGREED): "1"}, {(0, AGREED)}, "cannot be typed"),
        ({(0, SUM_2025): "1", (0, MARCH): "2"}, {(0, SUM_2025)}, "sum of 2025"),
        ({(0, SUM_2025): "809"}, {(0, SUM_2025)}, "as 810 t are received or confirmed already"),
        ({(0, SUM_2025): "809", (1, SUM_2025): "1"}, {(0, SUM_2025)}, "as 810 t are received or confirmed already"),
        ({(0, MARCH): "lots", (1, MARCH): "more"}, {(0, MARCH), (1, MARCH)}, "2 cells"),
        ({(2, MARCH): "1"}, set(), "more rows"),
    ],
)
def test_what_may_not_stand_there_is_refused_whole(
    plan: Plan, deliveries: MatrixModel, texts: dict[Spot, str], bad: set[Spot], reason: str
) -> None:
    before = len(plan.history())
    heard: list[str] = []
    deliveries.refused.connect(heard.append)
    assert not deliveries.put(texts)
    assert reason in heard[0]
    assert marked(deliveries) == bad
    assert len(plan.history()) == before


def test_a_refused_month_shows_why(deliveries: MatrixModel) -> None:
    deliveries.put({(0, MARCH): "lots"})
    index = deliveries.index(0, MARCH)
    assert "not a number" in str(deliveries.data(index, Qt.ItemDataRole.ToolTipRole))
    assert isinstance(deliveries.data(index, Qt.ItemDataRole.BackgroundRole), QBrush)
    deliveries.forget_refusals()
    assert deliveries.data(index, Qt.ItemDataRole.ToolTipRole) is None


def test_a_sum_over_months_and_years_counts_nothing_twice(deliveries: MatrixModel) -> None:
    months = [(0, number) for number in (JANUARY, FEBRUARY, MARCH)]
    assert sum(number.value for number in deliveries.numbers([*months, (0, SUM_2025)])) == 2_060
    assert [number.unit for number in deliveries.numbers([(0, SUM_2025), (0, SUM_2026), (0, 0)])] == ["t product"]


def test_other_edits_repaint_their_row_alone(plan: Plan, deliveries: MatrixModel, qtbot: QtBot) -> None:
    rows: list[tuple[int, int]] = []
    deliveries.dataChanged.connect(lambda top, bottom: rows.append((top.row(), bottom.row())))
    row = plan.find("deliveries", ("MNG-CO-2025", 1, JAN.plus(2)))
    assert row is not None
    with qtbot.assertNotEmitted(deliveries.modelReset):
        plan.run(SetCells((Cell("deliveries", row.id, "quantity_t", 9_000),)))
    assert rows == [(0, 0)]
    assert text(deliveries, (0, MARCH)) == "9"
    plan.run(CreateRecords((Demand(programme="TWI", month=JAN, energy_kwh=1),)))
    assert rows == [(0, 0)]


def test_an_edit_too_large_to_tell_repaints_everything(
    plan: Plan, deliveries: MatrixModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert text(deliveries, (0, MARCH)) == f"1{NARROW}250"
    monkeypatch.setattr("ui.grids.matrix_deliveries.touched_keys", lambda *_: None)
    rows: list[tuple[int, int]] = []
    deliveries.dataChanged.connect(lambda top, bottom: rows.append((top.row(), bottom.row())))
    row = plan.find("deliveries", ("MNG-CO-2025", 1, JAN.plus(2)))
    assert row is not None
    plan.run(DeleteRecords("deliveries", (row.id,)))
    assert rows == [(0, 1)]
    assert text(deliveries, (0, MARCH)) == ""


def test_a_new_line_is_a_new_row(plan: Plan, deliveries: MatrixModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(deliveries.modelReset):
        plan.run(CreateRecords((Line(contract="MNG-CO-2025", line=3, material="CoSO4.7H2O"),)))
    assert column(deliveries, 1) == ["1", "2", "3"]
    plan.undo()
    assert column(deliveries, 1) == ["1", "2"]


def test_a_new_label_keeps_the_rows(plan: Plan, demand: MatrixModel, qtbot: QtBot) -> None:
    row = plan.find("programmes", ("R5",))
    assert row is not None
    with qtbot.assertNotEmitted(demand.modelReset):
        plan.run(SetCells((Cell("programmes", row.id, "name", "Renault 5"),)))
    assert column(demand, 1) == ["Renault 5", "Smaller car"]


def test_demand_is_edited_in_gwh(plan: Plan, demand: MatrixModel) -> None:
    january = demand.column_of(JAN)
    assert january == 2
    assert column(demand, january) == ["1", ""]
    assert demand.paste(0, january, (("1,5", "2"), ("0,25", "")))
    assert column(demand, january) == ["1,5", "0,25"]
    assert plan.count("demand") == 3
    assert demand.headerData(14, HORIZONTAL) == "2025 (GWh)"
    plan.run(CreateRecords((Programme(code="A", name="First"),)))
    assert column(demand, 0) == ["A", "R5", "TWI"]
    assert column(demand, january) == ["", "1,5", "0,25"]


def test_cells_are_kept_for_some_rows_only(plan: Plan, signals: PlanSignals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.grids.matrix_lines.LINES_KEPT", 1)
    monkeypatch.setattr("ui.grids.matrix_cells.LINES_KEPT", 1)
    model = delivery_model(plan, signals, start=JAN, end=DEC)
    for _ in range(2):
        assert column(model, MARCH) == [f"1{NARROW}250", ""]


def test_reloading_reads_everything_anew(plan: Plan, deliveries: MatrixModel, qtbot: QtBot) -> None:
    deliveries.put({(0, MARCH): "lots"})
    with qtbot.waitSignal(deliveries.modelReset):
        deliveries.reload()
    assert marked(deliveries) == set()
    assert plan.count("lines") == deliveries.rowCount()


def test_a_plan_open_elsewhere_cannot_be_edited(plan: Plan, qtbot: QtBot) -> None:
    with Plan.open(plan.path, person="Second") as second:
        signals = PlanSignals(second)
        model = watched(delivery_model(second, signals, start=JAN, end=DEC))
        assert not model.flags(model.index(0, MARCH)) & Qt.ItemFlag.ItemIsEditable
        with qtbot.waitSignal(model.refused) as heard:
            assert not model.setData(model.index(0, MARCH), "1")
        assert heard.args == [f"{second.path.name} is open for reading only. {second.read_only}"]
        signals.close()


def test_a_plan_without_programmes_has_an_empty_grid(plan: Plan, demand: MatrixModel) -> None:
    rows = tuple(row.id for row in plan.rows("programmes"))
    plan.run(DeleteRecords("programmes", rows, cascade=True))
    assert (demand.rowCount(), demand.columnCount()) == (0, 28)
    assert demand.put({})


def test_only_some_rows_are_shown_until_all_are(deliveries: MatrixModel) -> None:
    [first, second] = [deliveries.key_at(row) for row in range(2)]
    assert first is not None
    deliveries.show_only([first])
    assert (deliveries.rowCount(), deliveries.total_rows) == (1, 2)
    assert deliveries.only == frozenset({first})
    assert text(deliveries, (0, JANUARY)) == "400"
    deliveries.show_only(None)
    assert [deliveries.key_at(row) for row in range(2)] == [first, second]
