"""The pages Carbon, Recycled and Targets show what the plan says, and lead to the rows behind it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QTableView

from planner.analysis import Period, Scope
from planner.analysis.aims.targets import TargetYear, targets
from planner.analysis.footprint.carbon import CarbonBy, carbon
from planner.commands import Cell, Command, CreateRecords, DeleteRecords, SetCells
from planner.model import Line, Target
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import Desk
from tests.strategies import row_id
from ui.pages import recycled as recycled_page
from ui.pages import targets as targets_page
from ui.pages.carbon import NO_FACTOR, NO_LINE, NO_PATH, CarbonPage
from ui.pages.figures_table import FiguresTable
from ui.pages.page import Page
from ui.pages.recycled import RecycledPage
from ui.pages.targets import TargetsPage
from ui.pages.targets_model import TargetsModel, asks_for, decimals_of, in_words, standing_of
from ui.pages.targets_table import mark_of

DOWN = Qt.Orientation.Vertical
STRICT = QAbstractItemModelTester.FailureReportingMode.Warning
EMPTY_YEAR = TargetYear("2025", None, 3.0, None, None, "", ())


def carbon_page(desk: Desk, plan: Path) -> CarbonPage:
    page = desk.start(plan).go("carbon")
    assert isinstance(page, CarbonPage)
    return page


def recycled(desk: Desk, plan: Path) -> RecycledPage:
    page = desk.start(plan).go("recycled")
    assert isinstance(page, RecycledPage)
    return page


def targets_of(desk: Desk, plan: Path) -> TargetsPage:
    page = desk.start(plan).go("targets")
    assert isinstance(page, TargetsPage)
    return page


def edit(desk: Desk, page: Page, command: Command) -> None:
    """Run a command and wait until the page shows it."""
    page.plan.run(command)
    desk.wait(lambda: not page.stale)


def names(table: FiguresTable) -> list[str]:
    return [str(table.figures.headerData(row, DOWN)) for row in range(table.figures.rowCount())]


def led_to(page: Page) -> list[tuple[object, str]]:
    """Return the list that the rows which are wanted from now on go to; the window does not follow."""
    found: list[tuple[object, str]] = []
    page.rows_wanted.disconnect()
    page.rows_wanted.connect(lambda lines, period: found.append((lines, period)))
    return found


def texts(view: QTableView, row: int) -> list[str]:
    model = view.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def test_carbon_is_of_one_source_in_chart_and_table(desk: Desk, sample: Path) -> None:
    page = carbon_page(desk, sample)
    start, end = page.context.view.horizon
    table = page.plan.ask(carbon, Scope(by=Period.QUARTER, start=start, end=end), CarbonBy.ELEMENT)
    assert page.carbon_chart.table == table
    assert names(page.figures_table)[:4] == [
        "kg CO2e per kWh",
        "Target path, kg per kWh",
        "Known, % of the metal in a kWh",
        "Co, kg CO2e per t of metal",
    ]
    assert page.figures_table.figures.index(0, 0).data() == f"{table.rows[0].kg_per_kwh:.2f}"
    assert page.told.text() == (
        "EXL-LI-2025 (Market lithium hydroxide) moves it most: without it a kWh would carry 2.33 kg less."
    )


@pytest.mark.parametrize("split", list(CarbonBy))
def test_the_bars_are_stacked_by_what_is_chosen(desk: Desk, sample: Path, split: CarbonBy) -> None:
    page = carbon_page(desk, sample)
    page.choose_split(split)
    assert page.split is split
    assert page.carbon_chart.table is not None
    assert page.carbon_chart.table.split is split
    assert all(key.startswith(f"{split}:") for key in page.carbon_chart.series)


def test_the_factors_show_which_of_them_counts(desk: Desk, sample: Path) -> None:
    page = carbon_page(desk, sample)
    rows = {row[0]: row for row in (texts(page.factors_list, at) for at in range(page.factors_model.rowCount()))}
    assert rows["VUL-LI-2026 1"][2:7] == [
        "3.000",
        "18,139",
        "Plant",
        "plant 3.000, then material 10.500",
        "Illustrative",
    ]
    page.place_wanted.disconnect()
    places: list[tuple[str, object]] = []
    page.place_wanted.connect(lambda table, key: places.append((table, key)))
    page.factors_list.activated.emit(page.factors_model.index(list(rows).index("VUL-LI-2026 1"), 0))
    assert places == [("plants", ("VULCAN-LI",))]


def test_carbon_leads_to_the_rows_behind_it(desk: Desk, sample: Path) -> None:
    page = carbon_page(desk, sample)
    found = led_to(page)
    page.figures_table.activated.emit(page.figures_table.figures.index(3, 0))
    page.figures_table.activated.emit(page.figures_table.figures.index(0, 27))
    page.effects_list.activated.emit(page.effects_model.index(1, 0))
    page.carbon_chart.rows_clicked.emit((("A", 1),), "2025")
    cobalt = (("MNG-CO-2025", 1), ("EXC-CO-2025", 1))
    assert [found[0], found[2], found[3]] == [
        (cobalt, "2025-Q1"),
        ((("VUL-LI-2026", 1),), ""),
        ((("A", 1),), "2025"),
    ]
    assert found[1][1] == "2031-Q4"


def test_a_kwh_above_its_path_is_marked(desk: Desk, sample: Path) -> None:
    page = carbon_page(desk, sample)
    base = row_id(page.plan, "targets", "carbon_base", "all", Month.of(2020, 1))
    edit(desk, page, SetCells((Cell("targets", base, "value", 10_000),)))
    first = page.figures_table.figures.index(0, 0)
    assert first.data(Qt.ItemDataRole.ForegroundRole) is not None
    edit(desk, page, DeleteRecords("targets", (base,)))
    assert first.data(Qt.ItemDataRole.ForegroundRole) is None
    assert page.told.text().endswith(NO_PATH)


def test_carbon_without_lines_or_factors_says_what_comes_first(desk: Desk, sample: Path, empty: Path) -> None:
    page = carbon_page(desk, empty)
    assert (page.empty.is_empty, page.empty.sentence) == (True, NO_LINE)
    page = carbon_page(desk, sample)
    cells = [
        Cell(table, row.id, "carbon_kg_per_kg", None)
        for table in ("lines", "plants", "materials")
        for row in page.plan.rows(table)
    ]
    page.plan.run(SetCells(tuple(cells)))
    edit(
        desk,
        page,
        DeleteRecords("supplier_carbon", tuple(row.id for row in page.plan.rows("supplier_carbon"))),
    )
    assert (page.empty.is_empty, page.empty.sentence) == (True, NO_FACTOR)


def test_the_table_of_the_tab_that_is_shown_is_copied(desk: Desk, sample: Path) -> None:
    page = carbon_page(desk, sample)
    heads = []
    for tab in range(3):
        page.tabs.setCurrentIndex(tab)
        page.copy()
        heads.append(QGuiApplication.clipboard().text().splitlines()[0].split("\t")[:2])
    assert heads == [["", "2025-Q1"], ["Contract", "Title"], ["Line", "Material"]]


def test_recycled_shares_are_by_year_whatever_the_period(desk: Desk, sample: Path) -> None:
    page = recycled(desk, sample)
    assert page.share_chart.table is not None
    assert page.share_chart.table.periods == tuple(str(year) for year in range(2025, 2032))
    assert [each.name for each in page.share_chart.table.series] == ["Co", "Ni", "Li"]
    assert page.told.text().startswith("Co fails first in 2031: 0.0 % of its supply is recycled, 16.0 % must be.")
    assert names(page.shares_table)[:2] == ["Co, recycled (%)", "Co, legal minimum (%)"]
    assert page.loop_chart.loop is not None
    assert len(page.loop_chart.loop.rows) == 28


def test_recycled_leads_to_the_rows_behind_it(desk: Desk, sample: Path) -> None:
    page = recycled(desk, sample)
    found = led_to(page)
    page.shares_table.activated.emit(page.shares_table.figures.index(3, 3))
    page.loop_table.activated.emit(page.loop_table.figures.index(0, 12))
    page.share_chart.rows_clicked.emit((("A", 1),), "2025")
    loop = (("EXR-NI-2028", 1),)
    assert found == [(loop, "2028"), (loop, "2028-Q1"), ((("A", 1),), "2025")]


def test_a_minimum_that_is_kept_and_a_loop_that_is_short_are_told(desk: Desk, sample: Path) -> None:
    page = recycled(desk, sample)
    line = row_id(page.plan, "lines", "TER-NI-2025", 1)
    edit(desk, page, SetCells((Cell("lines", line, "recycled_pct", 100_000),)))
    assert "Ni keeps its minimum in all years shown." in page.told.text()
    returns = tuple(row.id for row in page.plan.rows("returns"))
    edit(desk, page, DeleteRecords("returns", returns))
    assert page.loop is not None
    assert recycled_page.loop_sentence(page.loop) == "more comes back than can be recovered, first in Q1 2028"
    edit(desk, page, DeleteRecords("targets", tuple(row.id for row in page.plan.rows("targets"))))
    assert page.told.text() == recycled_page.NO_MINIMUM


def test_each_closed_loop_can_be_chosen(desk: Desk, sample: Path) -> None:
    page = recycled(desk, sample)
    more = Line(contract="EXR-NI-2028", line=2, material="CoSO4.7H2O", origin="closed_loop", recovery_ppm=500_000)
    edit(desk, page, CreateRecords((more,)))
    assert page.loop_choice.count() == 2
    page.loop_choice.setCurrentIndex(1)
    page.loop_choice.activated.emit(1)
    assert page.loop_chart.loop is not None
    assert (page.loop_chart.loop.element, page.loop_chart.loop.line) == ("Co", 2)
    page.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1].startswith("Co, recycled (%)\t")


def test_recycled_without_lines_or_loops_says_what_comes_first(desk: Desk, sample: Path, empty: Path) -> None:
    page = recycled(desk, empty)
    assert (page.empty.is_empty, page.empty.sentence) == (True, recycled_page.NO_LINE)
    page = recycled(desk, sample)
    page.plan.run(DeleteRecords("returns", tuple(row.id for row in page.plan.rows("returns"))))
    line = row_id(page.plan, "lines", "EXR-NI-2028", 1)
    edit(desk, page, SetCells((Cell("lines", line, "origin", "bought"),)))
    assert (page.loop_empty.is_empty, page.loop_empty.sentence) == (True, recycled_page.NO_LOOP)
    assert page.loop is None


def test_targets_have_a_row_each_and_a_mark_in_each_year(desk: Desk, sample: Path) -> None:
    page = targets_of(desk, sample)
    assert texts(page.view, 0)[:3] == ["Carbon path", "at most, kg CO2e per kWh", "8.49 of 12.00, open"]
    assert texts(page.view, 8)[:3] == ["Local sourcing in Morocco", "at least, millions of EUR", "7 of 2,500, missed"]
    assert texts(page.view, 5)[2] == "117 of 100, met"
    assert texts(page.view, 2)[2] == "3.5"
    note = page.model.index(7, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert note == "Morocco"
    assert "illustrative" in page.model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) or page.model.targets[0].notes


def test_the_chosen_target_is_drawn_and_told(desk: Desk, sample: Path) -> None:
    page = targets_of(desk, sample)
    assert page.told.text() == "Carbon path is missed in no year shown; in 7 of 7 it is open."
    page.view.setCurrentIndex(page.model.index(5, 6))
    stands = "Cover, 2029: the plan stands at 76 % (least: Ni; nothing contracted of Mn, Cu)"
    assert page.told.text() == f"{stands}; at least 100 is asked for: missed."
    assert page.path_chart.table is not None
    assert page.path_chart.table.title == "Cover"
    page.view.setCurrentIndex(page.model.index(2, 2))
    assert page.told.text().endswith("nothing is asked for yet.")
    page.view.setCurrentIndex(page.model.index(2, 0))
    assert page.told.text() == "Recycled content of Co is missed first in 2031: 0.0 of 16.0, missed."


def test_an_edit_leaves_the_cursor_where_it_is(desk: Desk, sample: Path) -> None:
    page = targets_of(desk, sample)
    page.view.setCurrentIndex(page.model.index(5, 6))
    path = row_id(page.plan, "targets", "cover", "all", Month.of(2025, 1))
    edit(desk, page, SetCells((Cell("targets", path, "value", 500_000),)))
    assert (page.view.currentIndex().row(), page.view.currentIndex().column()) == (5, 6)
    assert page.told.text().endswith("at least 50 is asked for: met.")


def test_targets_lead_to_rows_and_to_their_points(desk: Desk, sample: Path) -> None:
    page = targets_of(desk, sample)
    found = led_to(page)
    page.place_wanted.disconnect()
    places: list[tuple[str, object]] = []
    page.place_wanted.connect(lambda table, key: places.append((table, key)))
    page.view.activated.emit(page.model.index(6, 3))
    page.view.activated.emit(page.model.index(6, 0))
    assert found == [((("MNG-CO-2025", 1),), "2026")]
    assert places == [("targets", ("supplier_share", "Co", Month.of(2025, 1)))]


def test_without_targets_the_page_says_what_comes_first(desk: Desk, empty: Path) -> None:
    page = targets_of(desk, empty)
    assert (page.empty.is_empty, page.empty.sentence) == (True, targets_page.NO_TARGET)
    assert page.target is None
    edit(desk, page, CreateRecords((Target(measure="cover", scope="Xx", month=Month.of(2025, 1), value_e4=0),)))
    assert (page.empty.is_empty, page.empty.sentence) == (True, targets_page.NO_YEAR)


def test_the_table_of_targets_is_copied_in_words(desk: Desk, sample: Path) -> None:
    page = targets_of(desk, sample)
    page.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Target", "Asks for", "2025"]
    assert lines[6].split("\t")[2] == "117 of 100, met"


def test_every_cell_of_a_year_is_painted(desk: Desk, sample: Path) -> None:
    page = targets_of(desk, sample)
    marks = {mark_of(year) for row in page.model.targets for year in row.years}
    assert marks == {"met", "missed", "open", "none"}
    drawn: list[QImage] = []
    for row, column in ((5, 2), (5, 6), (0, 2), (2, 2)):
        drawn.append(page.view.grab(page.view.visualRect(page.model.index(row, column))).toImage())
    assert all(one != other for at, one in enumerate(drawn) for other in drawn[:at])


def test_the_model_of_targets_is_a_sound_model(qapp: QGuiApplication, sample: Path) -> None:  # noqa: ARG001 - Qt runs
    model = TargetsModel()
    QAbstractItemModelTester(model, STRICT)
    with Plan.open(sample, person="Tester") as plan:
        rows = plan.ask(targets, Scope())
    model.show_targets(rows)
    model.show_targets(rows)
    assert (model.rowCount(), model.columnCount()) == (9, 9)
    assert model.data(QModelIndex()) is None
    assert model.year_at(model.index(0, 1)) is None
    assert (asks_for(rows[0]), decimals_of(rows[0])) == ("at most, kg CO2e per kWh", 2)
    model.show_targets(())
    assert (model.rowCount(), model.columnCount()) == (0, 2)


def test_a_year_in_words() -> None:
    assert (in_words(EMPTY_YEAR, 1), standing_of(EMPTY_YEAR)) == ("3.0", "")
    unknown = TargetYear("2025", 5.0, None, None, None, "", ())
    assert (in_words(unknown, 0), mark_of(unknown)) == ("– of 5, not known", "open")
