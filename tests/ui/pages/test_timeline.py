"""The page of the timeline shows the plan's contracts, and each drag on it is one edit."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from planner.commands import DeleteRecords, SetTerm
from planner.model import Contract, Milestone
from planner.plan import Plan
from planner.units import Month
from tests.journeys.desk import Desk
from ui.charts.timeline_drag import Handle, MarkMove, TermMove
from ui.pages.timeline import NO_CONTRACT, TimelinePage

MNG = "MNG-CO-2025"


def timeline_page(desk: Desk, plan: Path) -> TimelinePage:
    desk.start(plan).actions_by_id["go_timeline"].trigger()
    page = desk.window.page
    assert isinstance(page, TimelinePage)
    return page


def term(page: TimelinePage, reference: str = MNG) -> tuple[str, str]:
    row = page.plan.find("contracts", (reference,))
    assert row is not None
    assert isinstance(row.record, Contract)
    return str(row.record.start_month), str(row.record.end_month)


def index_of(page: TimelinePage, reference: str = MNG) -> int:
    return [row.contract for row in page.chart.rows].index(reference)


def test_every_contract_is_a_row(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    assert {row.contract for row in page.chart.rows} == {
        "EXC-CO-2025",
        "EXL-LI-2025",
        "EXR-NI-2028",
        MNG,
        "TER-NI-2025",
        "VUL-LI-2026",
    }
    assert not page.empty.is_empty
    assert page.first is page.chart
    first, last = page.chart.scale.low, page.chart.scale.high
    assert first < date(2025, 1, 1).toordinal() < date(2032, 1, 1).toordinal() < last


def test_dragging_an_end_is_one_edit_and_one_undo(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    assert term(page) == ("2025-01", "2031-12")
    viewport, start = page.chart.viewport(), page.chart.place_of(index_of(page), Handle("end"))
    target = start - QPoint(round(page.chart.scale.px_per_day * 92), 0)
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(viewport, start - QPoint(20, 0))
    QTest.mouseMove(viewport, target)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, target)
    assert term(page) == ("2025-01", "2031-09")
    assert page.plan.undo_title == f"Move end of {MNG} to 2031-09"
    desk.wait(lambda: not page.stale)
    assert page.chart.rows[index_of(page)].end == Month.of(2031, 9)
    page.plan.undo()
    desk.wait(lambda: page.chart.rows[index_of(page)].end == Month.of(2031, 12))


def test_keys_move_an_end_as_one_edit_each(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    page.chart.set_current(index_of(page))
    for _ in range(2):
        desk.shortcut(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        desk.wait(lambda: not page.stale)
    assert term(page) == ("2025-01", "2031-10")
    assert page.chosen_contract == MNG


def test_a_milestone_moves_its_forecast(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    page.chart.mark_moved.emit(MarkMove(MNG, "Qualification", date(2027, 5, 4)))
    row = page.plan.find("milestones", (MNG, "Qualification"))
    assert row is not None
    assert isinstance(row.record, Milestone)
    assert row.record.forecast == date(2027, 5, 4)
    assert page.plan.undo_title == f"Move forecast of {MNG} Qualification to 2027-05-04"


def test_a_refusal_is_said_and_changes_nothing(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    page.chart.term_moved.emit(TermMove(MNG, end=Month.of(2020, 1)))
    assert "2020-01 lies before the start, 2025-01" in desk.window.statusBar().currentMessage()
    assert term(page) == ("2025-01", "2031-12")


def test_the_filter_keeps_what_contains_it(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    page.chart.set_current(index_of(page))
    for text, left in (
        ("managem", [MNG]),
        ("CO-2025", ["EXC-CO-2025", MNG]),
        ("lithium", ["EXL-LI-2025", "VUL-LI-2026"]),
    ):
        page.filter.setText(text)
        assert [row.contract for row in page.chart.rows] == left
    page.filter.setText("nothing like it")
    assert page.chart.rows == ()
    assert page.chosen_contract is None
    assert not page.empty.is_empty
    page.filter.clear()
    assert len(page.chart.rows) == 6


def test_the_buttons_zoom(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}
    span = page.chart.scale.high - page.chart.scale.low
    buttons["+"].click()
    assert page.chart.scale.high - page.chart.scale.low < span
    buttons["This year"].click()
    assert 365 <= page.chart.scale.high - page.chart.scale.low <= 366
    buttons["−"].click()
    assert page.chart.scale.high - page.chart.scale.low > 366
    buttons["Whole"].click()
    assert page.chart.scale.low < date(2023, 6, 15).toordinal()


def test_it_follows_the_horizon_of_the_bar_and_else_keeps_the_zoom(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    desk.window.view.choose(first_year=2026, last_year=2028)
    desk.wait(lambda: not page.stale)
    assert date(2025, 11, 1).toordinal() < page.chart.scale.low < date(2026, 1, 1).toordinal()
    page.chart.zoom(0.5)
    zoomed = page.chart.scale
    page.plan.run(SetTerm(MNG, end_month=Month.of(2030, 1)))
    desk.wait(lambda: not page.stale)
    assert (page.chart.scale.low, page.chart.scale.high) == pytest.approx((zoomed.low, zoomed.high))


def test_enter_asks_for_the_contract(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    page.chart.set_current(index_of(page))
    with desk.qtbot.waitSignal(page.contract_wanted) as heard:
        desk.shortcut(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert heard.args == [MNG]


def test_a_plan_without_contracts_says_what_belongs_there(desk: Desk, empty: Path, sample: Path) -> None:
    page = timeline_page(desk, empty)
    assert page.empty.is_empty
    assert page.empty.sentence == NO_CONTRACT
    page = timeline_page(desk, sample)
    contracts = tuple(row.id for row in page.plan.rows("contracts"))
    page.plan.run(DeleteRecords("contracts", contracts, cascade=True))
    desk.wait(lambda: page.empty.is_empty)


def test_a_plan_for_reading_alone_cannot_be_dragged(desk: Desk, sample: Path) -> None:
    with Plan.open(sample, person="Other"):
        page = timeline_page(desk, sample)
        assert page.plan.read_only is not None
        assert not page.chart.editable


def test_it_wears_the_theme(desk: Desk, sample: Path) -> None:
    page = timeline_page(desk, sample)
    before = page.chart.theme
    for scheme in ("scheme_dark", "scheme_light"):
        desk.window.actions_by_id[scheme].trigger()
        assert page.chart.theme.dark == (scheme == "scheme_dark")
    assert before.dark is False
