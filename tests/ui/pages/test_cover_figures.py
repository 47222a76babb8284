"""A figure that is no sum of lines begins with a record, and a long name leaves room for the figures."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from planner.analysis import Subject
from planner.fields import Value
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import Desk
from ui.pages.cover_figures import record_behind
from ui.pages.figures_model import Figures, FiguresModel
from ui.pages.figures_table import MOST_NAME_PX, FiguresTable
from ui.pages.overview import OverviewPage

LITHIUM, HYDROXIDE = Subject("element", "Li"), Subject("material", "LiOH.H2O")


@pytest.mark.parametrize(
    ("attr", "subject", "period", "key"),
    [
        ("demand", LITHIUM, "2026-Q2", ("PROG-A", Month.of(2026, 4))),
        ("demand", LITHIUM, "2050", None),
        ("capacity", Subject("element", "Co"), "2025-Q3", ("GUEMASSA", Month.of(2025, 7))),
        ("capacity", Subject("material", "CoSO4.7H2O"), "2031-12", ("GUEMASSA", Month.of(2027, 1))),
        ("capacity", Subject("element", "Mn"), "2031", None),
        ("safety_stock", Subject("material", "NiSO4.6H2O"), "2025-03", ("Ni", Month.of(2025, 1))),
        ("safety_stock", Subject("element", "Ni"), "2029", ("Ni", Month.of(2029, 1))),
        ("safety_stock", Subject("element", "Ni"), "2024", None),
        ("stock_end", LITHIUM, "2026", ("LiOH.H2O", Month.of(2025, 1))),
        ("stock_end", HYDROXIDE, "2026", ("LiOH.H2O", Month.of(2025, 1))),
        ("stock_end", Subject("material", "Li2CO3"), "2026", None),
    ],
)
def test_a_figure_begins_with_the_record_that_holds_then(
    sample: Path, attr: str, subject: Subject, period: str, key: tuple[Value, ...] | None
) -> None:
    with Plan.open(sample, person="Tester") as plan:
        assert record_behind(plan, attr, subject, period) == key


def test_a_figure_without_a_record_leads_to_the_table_where_it_would_be(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    assert isinstance(page, OverviewPage)
    page.choose(Subject("element", "Mn"))
    model = page.figures_table.figures
    row = [model.headerData(at, Qt.Orientation.Vertical) for at in range(model.rowCount())].index("Open capacity")
    with desk.qtbot.waitSignal(page.table_wanted) as wanted:
        page.figures_table.activated.emit(model.index(row, 0))
    assert wanted.args == ["plant_capacity"]


def test_a_long_name_is_shortened_and_can_be_read_whole(qtbot: QtBot) -> None:
    model = FiguresModel()
    table = FiguresTable(model)
    qtbot.addWidget(table)
    name = "Compagnie internationale des minerais et sels de batteries, " * 3
    model.show_figures(["2025"], [Figures(name, (1.0,)), Figures("Budget", (2.0,))])
    table.resize(600, 200)
    table.show()
    assert table.verticalHeader().width() == MOST_NAME_PX
    assert model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole) == name
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) is None
