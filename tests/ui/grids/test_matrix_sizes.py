"""Columns of months are wide enough for every number in them, and equally wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QStyle
from pytestqt.qtbot import QtBot

from planner.commands import CreateRecords
from planner.model import Volume
from planner.plan import Plan
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import shown_view, text
from ui.grids.matrix_model import delivery_model
from ui.grids.matrix_sizes import Sizes
from ui.grids.matrix_source import field_of
from ui.grids.months_view import MonthsView
from ui.plan_signals import PlanSignals
from ui.theme import tabular

KG = field_of("deliveries", "quantity_kg")


@pytest.mark.usefixtures("qapp")
@given(st.lists(st.integers(0, 10**12), max_size=12))
def test_the_room_holds_every_number(values: list[int]) -> None:
    metrics = QFontMetrics(tabular(QGuiApplication.font()))
    widths = [metrics.horizontalAdvance(KG.format(value, "fr", grouping=True)) for value in values]
    assert Sizes(KG, "fr").of(values, strong=False).width() >= max(widths, default=0)


def test_months_are_equally_wide_and_nothing_is_cut_off(plan: Plan, signals: PlanSignals, qtbot: QtBot) -> None:
    model = delivery_model(plan, signals, start=JAN, end=DEC)
    model.put({(1, 9): "12345,678"})
    view = MonthsView(model)
    shown_view(qtbot, view)
    months = [number for number in range(model.columnCount()) if model.month_at(number) is not None]
    assert len({view.columnWidth(number) for number in months}) == 1
    assert view.columnWidth(9) > QFontMetrics(view.font()).horizontalAdvance(text(model, (1, 9)))


def test_totals_have_room_for_what_they_become_while_one_types(plan: Plan, signals: PlanSignals, qtbot: QtBot) -> None:
    plan.run(CreateRecords((Volume(contract="MNG-CO-2025", line=1, year=2025, agreed_kg=5_000_000),)))
    model = delivery_model(plan, signals, start=JAN, end=DEC)
    view = MonthsView(model)
    shown_view(qtbot, view)
    left = model.frozen_columns - 1
    assert model.put({(0, left + 4): "12345,678"})
    shown = text(model, (0, left))
    assert len(shown) > len(str(model.headerData(left, Qt.Orientation.Horizontal)))
    padding = 2 * (view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1)
    assert view.columnWidth(left) >= QFontMetrics(view.font()).horizontalAdvance(shown) + padding
