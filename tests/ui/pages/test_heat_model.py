"""The model of the heat map: rows that fold, cells told apart, and no more repainted than has changed."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from planner.analysis import Subject
from planner.analysis.gaps.heat import CoverState, Thresholds
from tests.ui.pages.heat import COBALT, METAL, NICKEL, PERIODS, SULPHATE, groups
from ui.pages.heat_model import HeatModel

STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
S = CoverState


@pytest.fixture
def model(qapp: QApplication) -> HeatModel:  # noqa: ARG001 - an application must be there
    made = HeatModel()
    QAbstractItemModelTester(made, STRICT, made)
    made.show_groups(groups())
    return made


def names(model: HeatModel) -> list[Subject]:
    return [row.subject for at in range(model.rowCount()) if (row := model.row_at(at)) is not None]


def states(model: HeatModel, row: int) -> list[CoverState]:
    return [model.cell(row, column).state for column in range(model.columnCount())]


def texts(model: HeatModel, row: int) -> list[str]:
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_elements_stand_alone_until_they_are_opened(model: HeatModel) -> None:
    assert names(model) == [COBALT, NICKEL]
    model.fold(0, away=False)
    assert names(model) == [COBALT, SULPHATE, METAL, NICKEL]
    assert [model.is_open(row) for row in range(4)] == [True, False, False, False]
    assert [model.element_row(row) for row in range(4)] == [0, 0, 0, 3]
    model.fold(0, away=False)
    model.fold(3, away=False)
    model.fold(1, away=True)
    assert model.rowCount() == 4
    model.fold(0, away=True)
    assert names(model) == [COBALT, NICKEL]


def test_a_material_is_found_by_opening_its_element(model: HeatModel) -> None:
    assert model.row_of(NICKEL) == 1
    assert model.row_of(METAL) == 2
    assert model.row_of(COBALT) == 0
    assert model.row_of(Subject("element", "Xx")) is None
    assert (model.row_at(-1), model.row_at(9)) == (None, None)


def test_cells_are_told_apart_by_their_cover(model: HeatModel) -> None:
    assert texts(model, 0) == ["90", "105", "150", "250"]
    assert states(model, 0) == [S.SHORT, S.TIGHT, S.COVERED, S.EXCESS]
    assert texts(model, 1) == [">999", "120", "–", "100"]
    assert states(model, 1) == [S.EXCESS, S.COVERED, S.NONE, S.SHORT]


def test_a_requirement_is_marked_where_no_shortage_says_it(model: HeatModel) -> None:
    assert [model.cell(0, column).must_buy for column in range(4)] == [False] * 4
    assert [model.cell(1, column).must_buy for column in range(4)] == [True, True, True, False]


def test_a_material_that_is_one_of_several_is_not_short_by_itself(model: HeatModel) -> None:
    model.fold(0, away=False)
    assert states(model, 1) == [S.NONE, S.TIGHT, S.COVERED, S.EXCESS]
    assert texts(model, 2) == ["0", "0", "–", "0"]
    assert states(model, 2) == [S.NONE] * 4


def test_headings_name_periods_and_codes(model: HeatModel) -> None:
    model.fold(0, away=False)
    assert [model.headerData(at, ACROSS) for at in range(4)] == list(PERIODS)
    assert [model.headerData(at, DOWN) for at in range(4)] == ["Co", "CoSO4", "Co", "Ni"]
    assert model.headerData(0, ACROSS, Qt.ItemDataRole.ToolTipRole) == "Q3 2025"
    tips = [model.headerData(at, DOWN, Qt.ItemDataRole.ToolTipRole) for at in (0, 1)]
    assert tips == ["Co: all its materials together", "Cobalt sulphate, set against all the demand for Co"]
    assert model.headerData(9, ACROSS) is None
    assert model.headerData(0, ACROSS, Qt.ItemDataRole.DecorationRole) is None


def test_a_cell_explains_itself(model: HeatModel) -> None:
    tip = str(model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole))
    for part in ("<b>Ni, Q4 2025</b>: cover 120.0 %", "Demand", "100.0", "<b>3.3</b>", "Safety stock", "t metal"):
        assert part in tip
    assert "no demand" in str(model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole))
    spoken = [
        model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) for row, column in ((0, 0), (1, 1), (1, 2))
    ]
    assert spoken == [
        "Co, Q3 2025: 90 per cent, short",
        "Ni, Q4 2025: 120 per cent, covered, net requirement 3.3 t metal",
        "Ni, Q1 2026: no demand, net requirement 3.3 t metal",
    ]
    assert model.index(0, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def heard(model: HeatModel) -> tuple[list[tuple[int, int, int]], list[None]]:
    """Return what will be told of changed cells (row, first, last) and of resets."""
    changed: list[tuple[int, int, int]] = []
    resets: list[None] = []
    model.dataChanged.connect(lambda top, end: changed.append((top.row(), top.column(), end.column())))
    model.modelReset.connect(lambda: resets.append(None))
    return changed, resets


def test_only_changed_cells_are_told_of(model: HeatModel) -> None:
    changed, resets = heard(model)
    model.show_groups(groups())
    assert (changed, resets) == ([], [])
    model.show_groups(groups((91.0, 106.0, 150.0, 251.0)))
    assert (changed, resets) == ([(0, 0, 1), (0, 3, 3)], [])
    assert texts(model, 0) == ["91", "106", "150", "251"]


def test_other_rows_are_another_table_and_stay_open(model: HeatModel) -> None:
    model.fold(0, away=False)
    _, resets = heard(model)
    model.show_groups(groups()[::-1])
    assert len(resets) == 1
    assert names(model) == [NICKEL, COBALT, SULPHATE, METAL]
    model.show_groups(())
    assert (model.rowCount(), model.columnCount()) == (0, 0)


def test_thresholds_repaint_what_they_change(model: HeatModel) -> None:
    changed, _ = heard(model)
    model.set_thresholds(Thresholds())
    assert changed == []
    model.set_thresholds(Thresholds(80, 120, 200))
    assert states(model, 0) == [S.TIGHT, S.TIGHT, S.COVERED, S.EXCESS]
    assert changed == [(0, 0, 0), (1, 3, 3)]
