"""A planner's plans as files: the first start, the next one, a plan open twice, and files that are no plans."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.journeys.desk import (
    CONTROL,
    SHIFT,
    Desk,
    click_cell,
    computed,
    contents,
    cover,
    drawn,
    row_of,
    sentence,
    visible_dialogs,
)
from tests.ui.grids.keys import press, text, typing
from ui.grids.record_model import RecordModel
from ui.pages import PAGES
from ui.pages.overview import OverviewPage
from ui.pages.page import Page


def test_the_first_start_makes_and_shows_the_sample_plan(desk: Desk, own_folders: Path) -> None:
    window = desk.start()
    assert window.plan.path == own_folders / "data" / "offtake" / "sample.offtake"
    assert window.windowTitle() == "sample – Offtake"
    assert isinstance(window.page, OverviewPage)
    assert drawn(window.page) == computed(cover(window.plan))
    assert window.page.subject is not None


def test_the_next_start_opens_the_last_plan(desk: Desk, sample: Path) -> None:
    desk.start()
    desk.application.show_plan(sample)
    desk.wait(lambda: desk.window.plan.path == sample)
    desk.quit()
    window = desk.start()
    assert window.plan.path == sample.resolve()
    assert [path.name for path in window.preferences.recent_plans] == ["plan.offtake", "sample.offtake"]


def test_a_last_plan_that_is_gone_is_passed_over(desk: Desk, sample: Path, own_folders: Path) -> None:
    desk.start(sample)
    desk.quit()
    sample.unlink()
    assert desk.start().plan.path == own_folders / "data" / "offtake" / "sample.offtake"


def test_a_plan_that_is_open_already_is_read_only_and_says_by_whom(desk: Desk, sample: Path) -> None:
    first = desk.start(sample)
    first.preferences.person = "Amina"
    desk.quit()
    first = desk.start(sample)
    second = desk.start(sample)
    assert first.plan.read_only is None
    assert second.windowTitle() == "plan (reading only) – Offtake"
    banner = second.findChild(QLabel, "banner")
    assert isinstance(banner, QLabel)
    assert banner.isVisible()
    assert "Amina" in banner.text()
    assert drawn(desk.overview()) == computed(cover(second.plan))


def test_a_read_only_plan_offers_no_editing(desk: Desk, sample: Path, empty: Path) -> None:
    desk.start(sample)
    window = desk.start(sample)
    before = contents(window.plan, "deliveries", "contracts")
    for spec in PAGES:
        window.go(spec.id)
        enabled = {name for name, action in window.actions_by_id.items() if action.isEnabled()}
        assert not enabled & {"undo", "redo", "paste", "fill_down", "add_row", "delete_rows", "import"}
        assert not enabled & {"duplicate_contract", "phase_volumes", "mark_received"}
        assert {"export", "save_copy", "open"} <= enabled
        assert no_cell_is_editable(window.page)
    page = desk.deliveries()
    click_cell(page.view, row_of(page, "EXC-CO-2025", 1), 8)
    typing("9")
    press(Qt.Key.Key_Return)
    desk.shortcut(Qt.Key.Key_D, CONTROL | SHIFT)
    assert not visible_dialogs(window)
    assert contents(window.plan, "deliveries", "contracts") == before
    desk.drop(empty.with_name("deliveries.csv"))
    assert "reading only" in sentence(desk)


def no_cell_is_editable(page: Page) -> bool:
    model = None if page.grid is None else page.grid.grid
    if model is None:
        return True
    last = model.index(model.rowCount() - 1, model.columnCount() - 1)
    blank = model.blank_row if isinstance(model, RecordModel) else None
    return blank is None and not model.flags(last) & Qt.ItemFlag.ItemIsEditable


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 4 : -len(data) // 4] = b"\xa5" * (len(data) - 2 * (len(data) // 4))
    path.write_bytes(data)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 999")


def something_else(path: Path) -> None:
    path.write_text("contract;line\n", encoding="utf-8")


@pytest.mark.parametrize("spoil", [truncated, scrambled, newer, something_else])
def test_a_file_that_cannot_be_opened_says_so_and_the_old_plan_stays(
    desk: Desk, sample: Path, empty: Path, spoil: Callable[[Path], None]
) -> None:
    before = desk.start(sample)
    spoil(empty)
    spoilt = empty.read_bytes()
    desk.drop(empty)
    said = sentence(desk)
    assert "empty.offtake" in said
    assert said.endswith(".")
    assert desk.window is before
    assert before.preferences.recent_plans == (sample.resolve(),)
    if spoil is newer:
        assert "newer" in said
        assert empty.read_bytes() == spoilt
    page = desk.deliveries()
    click_cell(page.view, 0, 8)
    typing("9")
    press(Qt.Key.Key_Return)
    assert text(page.deliveries, (0, 8)) == "9"


def test_a_copy_is_saved_with_the_history(
    desk: Desk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start(sample)
    target = tmp_path / "copy.offtake"
    monkeypatch.setattr(
        "ui.flows.QFileDialog.getSaveFileName", lambda *_: (str(target.with_suffix("")), "Offtake plans")
    )
    desk.shortcut(Qt.Key.Key_S, CONTROL | SHIFT)
    assert window.statusBar().currentMessage() == f"Wrote a copy to {target}"
    history, figures = window.plan.history(), cover(window.plan)
    desk.application.show_plan(target)
    assert (desk.window.plan.history(), cover(desk.window.plan)) == (history, figures)


def test_a_new_plan_is_empty_and_says_on_each_page_what_belongs_there(
    desk: Desk, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.start(sample)
    target = tmp_path / "fresh.offtake"
    monkeypatch.setattr("ui.flows.QFileDialog.getSaveFileName", lambda *_: (str(target), "Offtake plans"))
    desk.shortcut(Qt.Key.Key_N)
    desk.wait(lambda: desk.window.plan.path == target)
    assert isinstance(desk.window.page, OverviewPage)
    assert desk.window.page.empty.is_empty
    assert desk.deliveries().empty.is_empty
