"""The Overview's chart, table and list say what the plan says."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester

from planner.analysis import CoverTable, Period, Scope, Subject
from planner.analysis.gaps.behind import lines_behind
from planner.analysis.gaps.heat import Thresholds
from planner.analysis.gaps.stack import StackBy
from planner.commands import CreateRecords, DeleteRecords, DeliveryCell, SetDeliveries
from planner.model import ElementIntensity, Programme
from planner.units import Basis, Month
from tests.journeys.desk import COBALT, Desk, computed, cover, drawn
from tests.ui.grids.keys import press
from ui.charts.words import number
from ui.dialogs.thresholds import ThresholdsDialog
from ui.findings import FindingsDock
from ui.pages.cover_figures import ROWS
from ui.pages.figures_model import Figures, FiguresModel
from ui.pages.figures_table import FiguresTable
from ui.pages.overview import NOTHING, OverviewPage

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


def test_the_heat_map_tells_the_cover_of_each_period(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    heat = page.heat_map.heat
    table = cover(window.plan)
    assert heat.periods == tuple(row.period for row in table.rows)
    assert [heat.headerData(row, DOWN) for row in range(heat.rowCount())] == ["Co", "Ni", "Li", "Mn", "Cu"]
    assert [heat.cover(0, at) for at in range(heat.columnCount())] == list(table.rows)
    window.view.choose(by=Period.YEAR)
    desk.wait(lambda: heat.periods == tuple(str(year) for year in range(2025, 2032)))


def test_a_delivery_changes_the_cells_of_its_element_alone(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    heat = page.heat_map.heat
    changed: set[int] = set()
    heat.dataChanged.connect(lambda top, _end: changed.add(top.row()))
    window.plan.run(SetDeliveries((DeliveryCell("VUL-LI-2026", 1, Month.of(2026, 5), 9_000),)))
    desk.wait(lambda: bool(changed))
    assert changed == {2}


def test_an_edit_leaves_what_is_chosen_and_unfolded(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    subject = Subject("material", "NiSO4.6H2O")
    page.choose(subject)
    window.plan.run(CreateRecords((Programme(code="NEW", name="New one"),)))
    desk.wait(lambda: not page.stale)
    assert page.subject == subject


def test_a_plan_without_demand_and_supply_says_what_belongs_there(desk: Desk, empty: Path) -> None:
    desk.start(empty)
    page = desk.overview()
    assert page.empty.is_empty
    assert page.empty.sentence == NOTHING


def test_what_the_basis_has_no_meaning_for_is_said_under_the_heat_map(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    for row in window.plan.rows("intensities"):
        if isinstance(row.record, ElementIntensity) and row.record.element == "Cu":
            window.plan.run(DeleteRecords("intensities", (row.id,)))
    window.view.choose(basis=Basis.GWH)
    page.choose(Subject("element", "Cu"))
    desk.wait(lambda: not page.stale)
    assert "cannot be shown in GWh" in page.chart_empty.sentence
    assert (page.chart_empty.is_empty, page.empty.is_empty) == (True, False)
    page.choose(COBALT)
    assert not page.chart_empty.is_empty


def index_of(page: OverviewPage, figure: str, period: str) -> QModelIndex:
    model = page.figures_table.figures
    row = [model.headerData(at, DOWN) for at in range(model.rowCount())].index(figure)
    return model.index(row, page.cover_chart.periods.index(period))


def test_a_cell_leads_to_the_chart_and_on_to_the_figures(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    page.choose(Subject("element", "Ni"))
    at = page.heat_map.heat.periods.index("2029-Q2")
    page.cover_chart.plots[0].box.setXRange(0, 4, padding=0)
    page.heat_map.setCurrentIndex(page.heat_map.heat.index(1, at))
    press(Qt.Key.Key_Return)
    assert page.cover_chart.header.period == "Q2 2029"
    first, last = page.cover_chart.visible_periods()
    assert first <= at <= last
    assert page.figures_table.hasFocus()
    assert page.figures_table.currentIndex().column() == at


@pytest.mark.parametrize("figure", ["Firm", "Probable", "Supply", "Over capacity"])
def test_a_figure_leads_to_the_rows_that_it_is_made_of(desk: Desk, sample: Path, figure: str) -> None:
    window = desk.start(sample)
    page = desk.overview()
    wanted: list[tuple[object, str]] = []
    page.rows_wanted.connect(lambda lines, period: wanted.append((lines, period)))
    page.figures_table.activated.emit(index_of(page, figure, "2025-Q2"))
    attr = dict(ROWS)[figure]
    scope = Scope(by=Period.QUARTER)
    lines = window.plan.ask(lines_behind, scope, COBALT, attr, "2025-Q2")
    assert lines
    assert wanted == [(lines, "2025-Q2")]


def test_a_figure_of_nothing_says_so(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    said: list[str] = []
    page.said.connect(said.append)
    page.figures_table.activated.emit(index_of(page, "Option", "2025-Q2"))
    assert said == ["Nothing stands behind this figure: no line of Co in 2025-Q2."]


@pytest.mark.parametrize(
    ("figure", "page_id"),
    [("Demand", "demand"), ("Open capacity", "capacity"), ("Stock at the end", "stock"), ("Safety stock", "stock")],
)
def test_other_figures_lead_to_their_pages(desk: Desk, sample: Path, figure: str, page_id: str) -> None:
    window = desk.start(sample)
    page = desk.overview()
    page.figures_table.activated.emit(index_of(page, figure, "2025-Q2"))
    assert window.page is window.navigation.show_page(page_id)


@pytest.mark.parametrize("figure", ["Net requirement", "Cover (%)"])
def test_a_shortage_asks_for_its_explanation(desk: Desk, sample: Path, figure: str) -> None:
    desk.start(sample)
    page = desk.overview()
    wanted: list[tuple[object, str]] = []
    page.explain_wanted.connect(lambda subject, period: wanted.append((subject, period)))
    page.figures_table.activated.emit(index_of(page, figure, "2030-Q2"))
    assert wanted == [(COBALT, "2030-Q2")]


def test_a_supported_period_leads_to_the_element_that_limits_it(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    table = page.supported_chart.table
    assert table is not None
    row = next(each for each in table.rows if each.bottleneck != "Co")
    page.supported_chart.period_clicked.emit(row.period)
    assert page.subject == Subject("element", str(row.bottleneck))
    assert page.heat_map.period == row.period
    at = page.cover_chart.periods.index(row.period)
    assert page.figures_table.currentIndex().column() == at
    assert window.page is page


def test_several_rows_stand_side_by_side(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    heat_map = page.heat_map
    assert not page.multiples.isVisible()
    heat_map.selectionModel().select(heat_map.heat.index(1, 3), QItemSelectionModel.SelectionFlag.Select)
    assert page.multiples.isVisible()
    assert [table.cover.subject.code for table in page.multiples.tables] == ["Co", "Ni"]
    assert page.multiples.subject == COBALT
    # What is saved and copied is what is seen.
    with desk.qtbot.waitSignal(page.multiples.copy_picture_requested):
        desk.window.actions_by_id["copy_chart"].trigger()
    page.multiples.chosen.emit(Subject("element", "Ni"))
    assert page.subject == Subject("element", "Ni")
    assert page.cover_chart.isVisible()


def test_supply_is_stacked_by_what_is_chosen(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    page.stack_choice.choose(StackBy.CONTRACT)
    stack = page.cover_chart.stack
    assert stack is not None
    assert stack.by is StackBy.CONTRACT
    with_lines = [each for each in stack.series if each.lines]
    assert with_lines


def test_thresholds_are_kept_and_applied_at_once(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    page.foot.thresholds_button.click()
    dialog = desk.dialog(ThresholdsDialog)
    dialog.short.setValue(60)
    wanted = Thresholds(60, 110, 200)
    assert (window.preferences.thresholds, page.heat_map.heat.thresholds) == (wanted, wanted)
    assert "short, below 60 %" in page.foot.key.accessibleName()
    desk.quit()
    desk.start(sample)
    assert desk.overview().heat_map.heat.thresholds == wanted


def test_findings_are_counted_and_lead_to_their_list(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    desk.wait(lambda: not page.foot.findings_button.isHidden())
    found = window.plan.findings()
    errors = sum(each.severity == "error" for each in found)
    assert page.foot.findings_button.text().startswith(f"{errors} error")
    page.foot.findings_button.click()
    dock = window.findChild(FindingsDock)
    assert isinstance(dock, FindingsDock)
    assert dock.isVisible()


def test_a_date_leads_to_its_record(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    dates = page.dates.texts
    whats = [str(dates.index(row, 1).data()) for row in range(dates.rowCount())]
    page.dates.activated.emit(dates.index(whats.index("Qualification, overdue"), 0))
    assert window.page is window.navigation.show_page("contracts")
    assert window.page.chosen_contract == "MNG-CO-2025"


def test_dates_follow_an_edit_of_what_has_any(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    page = desk.overview()
    before = page.dates.texts.rowCount()
    row = window.plan.find("milestones", ("MNG-CO-2025", "Qualification"))
    assert row is not None
    window.plan.run(DeleteRecords("milestones", (row.id,)))
    desk.wait(lambda: not page.stale)
    assert page.dates.texts.rowCount() == before - 1


def test_the_heat_map_is_copied_where_it_has_the_keyboard(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    page.heat_map.setFocus()
    desk.shortcut(Qt.Key.Key_C)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Cover (%)", "2025-Q1"]
    assert [line.split("\t")[0] for line in lines[1:]] == ["Co", "Ni", "Li", "Mn", "Cu"]


def test_figures_are_copied_with_their_headings(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    page = desk.overview()
    page.figures_table.setFocus()
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
