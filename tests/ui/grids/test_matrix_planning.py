"""Planning in the grid of months: totals that are typed, limits that are marked, rows that are found and filtered."""

import pytest
from PySide6.QtCore import QModelRoleData, QModelRoleDataSpan, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from planner.commands import Cell, CreateRecords, SetCells
from planner.errors import InvalidValueError
from planner.model import Volume
from planner.plan import Plan
from planner.units import Month
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import EDIT, column, press, shown_view, text, typing
from ui.grids.grid_model import Mark, SortKey
from ui.grids.matrix_model import MatrixModel, delivery_model, demand_model
from ui.grids.months_view import MonthsView
from ui.plan_signals import PlanSignals

NARROW = "\N{NARROW NO-BREAK SPACE}"
AGREED, LEFT, JANUARY, MARCH, SUM_2025, APRIL_2026, SUM_2026 = 4, 5, 6, 8, 18, 22, 31
TIP = Qt.ItemDataRole.ToolTipRole


@pytest.fixture
def grid(plan: Plan, signals: PlanSignals) -> MatrixModel:
    model = delivery_model(plan, signals, start=JAN, end=DEC)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def agree(plan: Plan, year: int, tonnes: int) -> None:
    plan.run(CreateRecords((Volume(contract="MNG-CO-2025", line=1, year=year, agreed_kg=tonnes * 1_000),)))


def mark(model: MatrixModel, row: int, number: int) -> object:
    return dict(model.marks_in(range(row, row + 1), (number,))).get((row, number))


def test_a_typed_total_is_spread_over_the_open_months(plan: Plan, grid: MatrixModel) -> None:
    assert grid.setData(grid.index(0, SUM_2025), "=1 800+10")
    assert text(grid, (0, SUM_2025)) == f"1{NARROW}810"
    assert [text(grid, (0, number)) for number in range(JANUARY, SUM_2025)] == ["400", "410", *["100"] * 10]
    assert plan.undo_title == "Spread 2025 of MNG-CO-2025 1"
    assert grid.setData(grid.index(0, SUM_2025), "")
    assert text(grid, (0, SUM_2025)) == "810"
    plan.undo()
    plan.undo()
    assert text(grid, (0, SUM_2025)) == f"2{NARROW}060"


def test_a_block_of_totals_is_one_edit(plan: Plan, grid: MatrixModel) -> None:
    before = len(plan.history())
    assert grid.put({(row, number): "1,2k" for row in (0, 1) for number in (SUM_2025, SUM_2026)})
    assert [column(grid, number) for number in (SUM_2025, SUM_2026)] == [[f"1{NARROW}200"] * 2] * 2
    assert len(plan.history()) == before + 1
    assert plan.undo_title == "Spread 4 years of deliveries"


def test_months_of_one_year_and_the_total_of_another_are_one_edit(plan: Plan, grid: MatrixModel) -> None:
    before = len(plan.history())
    assert grid.put({(1, JANUARY): "5", (1, SUM_2025): "5", (1, SUM_2026): "12"})
    assert (text(grid, (1, SUM_2025)), text(grid, (1, APRIL_2026))) == ("5", "1")
    assert len(plan.history()) == before + 1


def test_a_total_beside_its_months_must_agree_with_them(grid: MatrixModel) -> None:
    heard: list[str] = []
    grid.refused.connect(heard.append)
    assert not grid.put({(1, JANUARY): "5", (1, SUM_2025): "6"})
    assert heard == [
        "Nothing was changed: it is the sum of 2025, and the months of 2025 beside it add up to something else."
    ]
    assert grid.reason((1, SUM_2025)) is not None
    assert text(grid, (1, JANUARY)) == ""


def test_a_total_that_cannot_be_reached_is_refused_at_its_cell(plan: Plan, grid: MatrixModel) -> None:
    before = len(plan.history())
    assert not grid.put({(0, SUM_2025): "700", (0, SUM_2026): "900"})
    assert (
        grid.reason((0, SUM_2025))
        == "2025 of MNG-CO-2025 1 cannot be 700 t, as 810 t are received or confirmed already"
    )
    assert grid.reason((0, SUM_2026)) is None
    assert len(plan.history()) == before


def test_limits_are_marked_and_said(plan: Plan, grid: MatrixModel) -> None:
    assert (mark(grid, 0, SUM_2025), text(grid, (0, AGREED)), text(grid, (0, LEFT))) == (None, "", "")
    agree(plan, 2025, 2_000)
    agree(plan, 2026, 50)
    assert [mark(grid, 0, number) for number in (SUM_2025, SUM_2026, LEFT)] == [Mark.OVER, Mark.UNDER, Mark.OVER]
    assert [mark(grid, 0, number) for number in (AGREED, MARCH, 0)] == [None, None, None]
    assert (text(grid, (0, AGREED)), text(grid, (0, LEFT))) == (f"2{NARROW}050", "-10")
    sentence = str(grid.data(grid.index(0, SUM_2025), TIP))
    assert sentence.endswith(f"2{NARROW}060 t planned, at most 2{NARROW}000 t (agreed 2{NARROW}000 t)")
    assert grid.sentence((0, SUM_2025)) == sentence
    assert grid.sentence((0, LEFT)).startswith("All years: ")
    assert grid.sentence((0, MARCH)) == ""
    row = plan.find("lines", ("MNG-CO-2025", 1))
    assert row is not None
    plan.run(SetCells((Cell("lines", row.id, "flexibility_up_pct", 100_000),)))
    assert mark(grid, 0, SUM_2025) is None


def test_a_month_outside_the_term_is_shaded_and_said_and_kept(plan: Plan, grid: MatrixModel, qtbot: QtBot) -> None:
    contract = plan.find("contracts", ("MNG-CO-2025",))
    assert contract is not None
    plan.run(SetCells((Cell("contracts", contract.id, "end_month", Month.of(2026, 3)),)))
    index = grid.index(0, APRIL_2026)
    assert isinstance(grid.data(index, Qt.ItemDataRole.BackgroundRole), QBrush)
    assert grid.data(grid.index(0, APRIL_2026 - 1), Qt.ItemDataRole.BackgroundRole) is None
    with qtbot.waitSignal(grid.noted) as heard:
        assert grid.setData(index, "7")
    (sentence,) = heard.args
    assert sentence.startswith("2026-04 is outside the term of MNG-CO-2025, 2025-01 to 2026-03; it is kept.")
    assert text(grid, (0, APRIL_2026)) == "7"
    assert grid.data(index, TIP) == "Outside the term of MNG-CO-2025, 2025-01 to 2026-03"


def test_a_total_of_demand_scales_its_months(plan: Plan, signals: PlanSignals) -> None:
    model = demand_model(plan, signals, start=JAN, end=DEC)
    total = 14
    assert model.put({(0, total): "2", (1, total): "12"})
    assert (column(model, 2), column(model, 3)) == (["2", "1"], ["", "1"])
    assert plan.undo_title == "Scale 2 years of demand"
    plan.undo()
    assert column(model, total) == ["1", ""]


def test_rows_are_filtered_by_their_labels(plan: Plan, grid: MatrixModel) -> None:
    assert (grid.filterable, grid.sortable, grid.is_filtered) == (True, True, False)
    for answers in (grid.orders, grid.filters):
        assert [answers(column) for column in range(grid.columnCount())] == [True] * 4 + [False] * (
            grid.columnCount() - 4
        )
    grid.set_filter(1, '"2"')
    assert (column(grid, 1), grid.filter_text(1), grid.is_filtered) == (["2"], '"2"', True)
    assert (grid.row_of(("MNG-CO-2025", 2)), grid.row_of(("MNG-CO-2025", 1))) == (0, None)
    assert grid.setData(grid.index(0, MARCH), "3")
    found = plan.find("deliveries", ("MNG-CO-2025", 2, JAN.plus(2)))
    assert found is not None
    with pytest.raises(InvalidValueError, match="quotation mark"):
        grid.set_filter(1, '"')
    with pytest.raises(InvalidValueError, match="rows are filtered by Contract, Line, Material, Basis here"):
        grid.set_filter(MARCH, ">5")
    assert column(grid, 1) == ["2"]
    grid.set_filter(1, "")
    assert column(grid, MARCH) == [f"1{NARROW}250", "3"]


def test_an_edit_of_a_row_out_of_sight_changes_nothing_here(plan: Plan, grid: MatrixModel, qtbot: QtBot) -> None:
    grid.set_filter(1, '"2"')
    with qtbot.assertNotEmitted(grid.dataChanged):
        plan.undo()
        plan.redo()
        agree(plan, 2025, 1)
    grid.set_filter(1, "")
    assert column(grid, AGREED) == ["1", ""]


def test_rows_are_ordered_by_their_labels_and_the_cursor_goes_along(grid: MatrixModel) -> None:
    cursor = QPersistentModelIndex(grid.index(1, MARCH))
    grid.sort_by((SortKey(1, descending=True), SortKey(MARCH)))
    assert column(grid, 1) == ["2", "1"]
    assert grid.sorting == (SortKey(1, descending=True),)
    assert (cursor.row(), cursor.column()) == (0, MARCH)
    assert column(grid, MARCH) == ["", f"1{NARROW}250"]
    grid.sort_by(())
    assert column(grid, 1) == ["1", "2"]


@pytest.mark.parametrize(
    ("wanted", "spots"),
    [
        ("250", [(0, MARCH)]),
        (f"1{NARROW}250", [(0, MARCH)]),
        ("1250", [(0, MARCH)]),
        ("0,5", [(1, JANUARY)]),
        ("4", [(0, 2), (0, JANUARY), (0, JANUARY + 1), (1, 2)]),
        ("metal", [(1, 3)]),
        ("nothing", []),
        (" ", []),
    ],
)
def test_labels_and_months_are_found(grid: MatrixModel, wanted: str, spots: list[tuple[int, int]]) -> None:
    grid.put({(1, JANUARY): "0,5"})
    assert grid.find(wanted) == spots


def test_finding_can_be_narrowed(grid: MatrixModel) -> None:
    assert grid.find("METAL", case=True) == []
    assert grid.find("Metal", whole=True) == [(1, 3)]
    assert grid.find("40", whole=True) == []
    assert grid.find("400", whole=True) == [(0, JANUARY)]
    assert grid.find("4", spots=[(0, JANUARY), (0, MARCH)]) == [(0, JANUARY)]
    grid.set_filter(1, '"2"')
    assert grid.find("4") == [(0, 2)]
    grid.set_horizon(JAN.plus(1), DEC)
    grid.set_filter(1, "")
    assert grid.find("400") == []


def test_a_year_is_typed_in_the_view_and_its_heading_says_so(plan: Plan, signals: PlanSignals, qtbot: QtBot) -> None:
    view = MonthsView(delivery_model(plan, signals, start=JAN, end=DEC))
    shown_view(qtbot, view)
    model = view.grid
    view.setCurrentIndex(model.index(1, SUM_2026))
    assert text(model, (1, SUM_2026), EDIT) == ""
    typing("24")
    press(Qt.Key.Key_Return)
    assert text(model, (1, SUM_2026)) == "24"
    assert text(model, (1, APRIL_2026)) == "2"


def test_a_delegate_is_told_at_once_what_it_would_be_told_role_by_role(plan: Plan, grid: MatrixModel) -> None:
    agree(plan, 2025, 2_000)
    grid.put({(0, MARCH): "lots"})
    roles = [role.value for role in Qt.ItemDataRole if role < Qt.ItemDataRole.UserRole]
    for number in (0, LEFT, JANUARY, JANUARY + 1, MARCH, SUM_2025, SUM_2026):
        for role in roles:
            asked = QModelRoleData(role)
            grid.multiData(grid.index(0, number), QModelRoleDataSpan(asked))
            assert asked.data() == grid.data(grid.index(0, number), role)
