"""A big file is read beside the window, which goes on, and a cancel leaves everything as it was."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from planner.exchange import csv_source, imports
from tests.journeys.desk import Desk, click, contents, visible_dialogs
from ui.dialogs.import_preview import ImportDialog
from ui.pages.deliveries import DeliveriesPage

ROWS = 30_000


@pytest.fixture
def big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a file that is read in thirty batches."""
    monkeypatch.setattr(csv_source, "BATCH_ROWS", ROWS // 30)
    path = tmp_path / "organisations.csv"
    rows = "".join(f"ORG-{number:05d},Organisation {number},supplier\n" for number in range(ROWS))
    path.write_text("code,name,role\n" + rows, encoding="utf-8")
    return path


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Hold each reading of a file at its first batch until the event is set: no race with a quick machine."""
    go_on = threading.Event()
    real = imports.preview

    def held(*what: object, report: Callable[[float], None], **how: object) -> imports.Found:
        def slowly(done: float) -> None:
            report(done)
            go_on.wait()

        return real(*what, report=slowly, **how)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(imports, "preview", held)
    yield go_on
    go_on.set()


def test_progress_moves_and_the_rows_go_in(desk: Desk, sample: Path, big: Path, reading: threading.Event) -> None:
    plan = desk.start(sample).plan
    desk.drop(big)
    dialog = desk.dialog(ImportDialog)
    seen: list[int] = []
    dialog.progress.valueChanged.connect(seen.append)
    reading.set()
    desk.wait(lambda: dialog.found is not None)
    assert len(set(seen)) > 2
    assert seen == sorted(seen)
    assert dialog.summary.text() == "30,000 new,  0 changed,  0 the same,  0 refused"
    assert dialog.model.rowCount() <= 501
    click(dialog.apply_button)
    desk.wait(lambda: not visible_dialogs(desk.window))
    assert plan.count("organisations") == ROWS + 8
    desk.shortcut(Qt.Key.Key_Z)
    assert plan.count("organisations") == 8


def test_a_cancel_while_it_is_read_leaves_everything_as_it_was(
    desk: Desk, sample: Path, big: Path, reading: threading.Event
) -> None:
    plan = desk.start(sample).plan
    before, edits = contents(plan, "organisations"), plan.history()
    desk.drop(big)
    dialog = desk.dialog(ImportDialog)
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    desk.wait(lambda: dialog.progress.value() > 0)
    dialog.reject()
    reading.set()
    desk.wait(lambda: bool(ended))
    assert not visible_dialogs(desk.window)
    assert desk.drafts() == []
    assert (contents(plan, "organisations"), plan.history()) == (before, edits)
    assert isinstance(desk.deliveries(), DeliveriesPage)


def test_the_program_can_be_closed_while_a_file_is_read(desk: Desk, sample: Path, big: Path) -> None:
    desk.start(sample)
    desk.drop(big)
    desk.dialog(ImportDialog)
    desk.quit()
    window = desk.start(sample)
    assert desk.drafts() == []
    assert window.plan.read_only is None
    assert window.plan.count("organisations") == 8
