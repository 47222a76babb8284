"""The Overview's chart, table and list say what the plan says."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from planner.analysis import CoverTable, Period, Subject
from planner.commands import CreateRecords
from planner.model import Programme
from tests.journeys.desk import COBALT, Desk, computed, cover, drawn
from ui.charts.words import number
from ui.pages.figures_model import Figures, FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.overview import NOTHING, ROWS, OverviewPage

ACROSS, DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


def shown(page: OverviewPage) -> dict[str, list[str]]:
    """Return the rows of the table of figures as they are read."""
    model = page.figures_table.figures
    return {
        str(model.headerData(row, DOWN)): [
            str(model.index(row, column).data()) for column in range(model.columnCount())
        ]
        for row in range(model.rowCount())
    }


def told(table: CoverTable) -> dict[str, list[str]]:
    """Return the same from the plan."""
    rows = {heading: [number(getattr(row, attr), 1) for row in table.rows] for heading, attr in ROWS}
    return rows | {"Cover (%)": [number(row.cover_pct, 0) for row in table.rows]}


@pytest.mark.parametrize(
    "subject", [COBALT, Subject("element", "Ni"), Subject("material", "LiOH.H2O"), Subject("material", "Co")]
)
def test_the_table_and_the_chart_are_of_one_source(desk: Desk, sample: Path, subject: Subject) -> None:
    window = desk.start(sample)
    page = desk.overview()
    page.choose(subject)
    table = cover(window.plan, subject)
    assert page.cover_chart.table == table
    assert shown(page) == told(table)
    assert drawn(page) == computed(table)
    model = page.figures_table.figures
    assert [model.headerData(at, ACROSS) for at in range(model.columnCount())] == [row.period for row in table.rows]


def test_a_shortage_is_marked_in_the_table(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    model = page.figures_table.figures
    row = [model.headerData(at, DOWN) for at in range(model.rowCount())].index("Net requirement")
    marked = [
        at for at in range(model.columnCount()) if model.index(row, at).data(Qt.ItemDataRole.ForegroundRole) is not None
    ]
    assert marked == [at for at, each in enumerate(cover(window.plan).rows) if each.net_requirement]
    assert marked


def test_the_list_tells_the_lowest_cover_of_a_year(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    years = window.plan.cover(COBALT, by=Period.YEAR).rows
    lowest = min(row.cover_pct for row in years if row.cover_pct is not None)
    first = page.subjects.topLevelItem(0)
    assert first is not None
    assert (first.text(0), first.text(1)) == ("Co", f"{lowest:.0f} %")
    materials = [child.text(0) for at in range(first.childCount()) if (child := first.child(at)) is not None]
    assert materials == ["Co", "Co(OH)2", "CoSO4.6H2O", "CoSO4.7H2O", "CoSO4.H2O"]


def test_an_edit_leaves_what_is_chosen_and_unfolded(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    subject = Subject("material", "NiSO4.6H2O")
    page.choose(subject)
    window.plan.run(CreateRecords((Programme(code="NEW", name="New one"),)))
    desk.wait(lambda: not page.stale)
    assert page.subjects.subject == subject


def test_a_plan_without_demand_and_supply_says_what_belongs_there(desk: Desk, empty: Path) -> None:
    desk.start(empty)
    page = desk.overview()
    assert page.empty.is_empty
    assert page.empty.sentence == NOTHING
    assert [page.subjects.topLevelItem(at) is not None for at in range(page.subjects.topLevelItemCount())]


def test_figures_are_copied_with_their_headings(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    page.figures_table.selectAll()
    page.figures_table.clearSelection()
    desk.shortcut(Qt.Key.Key_C)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["", "2025-Q1", "2025-Q2"]
    assert lines[1].split("\t")[:2] == ["Demand", shown(page)["Demand"][0]]
    assert len(lines) == page.figures_table.figures.rowCount() + 1


def test_selected_figures_alone_are_copied(qapp: QGuiApplication) -> None:  # noqa: ARG001 - Qt runs
    model = FiguresModel()
    QAbstractItemModelTester(model, STRICT)
    model.show_figures(("2025", "2026"), (Figures("A", (1.0, None)), Figures("B", (2.5, 3.0), 2)))
    table = FiguresTable(model)
    table.setCurrentIndex(model.index(1, 1))
    table.copy()
    assert QGuiApplication.clipboard().text() == "\t2026\nB\t3.00\n"
    assert model.index(0, 1).data() == "–"


def test_figures_of_the_same_rows_and_periods_change_in_place(qapp: QGuiApplication) -> None:  # noqa: ARG001 - Qt runs
    model = FiguresModel()
    QAbstractItemModelTester(model, STRICT)
    resets: list[None] = []
    changed: list[int] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    model.show_figures(("2025", "2026"), (Figures("A", (1.0, 2.0)), Figures("B", (1.0, 2.0))))
    model.show_figures(("2025", "2026"), (Figures("A", (1.0, 2.0)), Figures("B", (1.0, 3.0))))
    assert (len(resets), changed) == (1, [1])
    model.show_figures(("2025",), (Figures("A", (1.0,)),))
    assert len(resets) == 2
    model.show_figures((), ())
    assert (model.rowCount(), model.columnCount()) == (0, 0)
