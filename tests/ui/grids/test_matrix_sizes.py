"""Columns of months are wide enough for every number in them, and equally wide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics, QGuiApplication
from pytestqt.qtbot import QtBot

from planner.plan import Plan
from tests.ui.grids.conftest import DEC, JAN
from tests.ui.grids.keys import shown_view, text
from ui.grids.frozen_view import FrozenTableView
from ui.grids.matrix_model import delivery_model
from ui.grids.matrix_sizes import Sizes
from ui.grids.matrix_source import field_of
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
    view = FrozenTableView(model)
    shown_view(qtbot, view)
    months = [number for number in range(model.columnCount()) if model.month_at(number) is not None]
    assert len({view.columnWidth(number) for number in months}) == 1
    assert view.columnWidth(9) > QFontMetrics(view.font()).horizontalAdvance(text(model, (1, 9)))
