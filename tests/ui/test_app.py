"""The application shows one plan at a time and never leaves one half open."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from planner.plan import Plan
from tests.journeys.desk import Desk, sentence
from ui import app
from ui.main_window import MainWindow


def can_be_written(path: Path) -> bool:
    """Tell whether nobody holds the plan any more."""
    with Plan.open(path, person="Tester") as plan:
        return plan.read_only is None


def test_another_plan_takes_the_place_of_the_one_before(desk: Desk, sample: Path, empty: Path) -> None:
    first = desk.start(sample)
    desk.application.show_plan(empty)
    desk.wait(lambda: desk.window.plan.path == empty)
    assert not first.isVisible()
    assert can_be_written(sample)
    assert not can_be_written(empty)


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_the_plan_that_is_shown_is_not_opened_again(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    desk.application.show_plan(sample.parent / "." / sample.name)
    assert desk.window is window
    assert window.plan.read_only is None


def test_a_plan_that_is_gone_is_said_and_the_old_one_stays(desk: Desk, sample: Path, tmp_path: Path) -> None:
    window = desk.start(sample)
    desk.application.show_plan(tmp_path / "gone.offtake")
    assert "gone.offtake" in sentence(desk)
    assert desk.window is window


def test_a_bug_in_the_window_leaves_the_new_plan_closed_and_the_old_one_shown(
    desk: Desk, sample: Path, empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.start(sample)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("a bug for the test")

    monkeypatch.setattr("ui.app.MainWindow", broken)
    with pytest.raises(ZeroDivisionError):
        desk.application.show_plan(empty)
    assert desk.window is window
    assert can_be_written(empty)


def test_closing_twice_is_no_harm(desk: Desk, sample: Path) -> None:
    desk.start(sample)
    desk.application.close()
    desk.application.close()
    assert can_be_written(sample)


@pytest.fixture
def started(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], list[str]]:
    """Return what runs the program in the application of the tests, and tells the titles of the windows it showed."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(app, "QApplication", lambda _arguments: qapp)

    def run(plan: Path | None) -> list[str]:
        titles: list[str] = []
        before = qapp.topLevelWidgets()

        def look_and_leave() -> None:
            fresh = (each for each in qapp.topLevelWidgets() if each not in before)
            titles.extend(each.windowTitle() for each in fresh if isinstance(each, MainWindow))
            qapp.quit()

        QTimer.singleShot(0, look_and_leave)
        assert app.run(plan) == 0
        for each in qapp.findChildren(app.Application):
            each.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return titles

    return run


def test_the_program_shows_the_plan_that_it_is_given(started: Callable[[Path | None], list[str]], sample: Path) -> None:
    assert started(sample) == ["plan – Offtake"]
    assert can_be_written(sample)


def test_the_program_shows_another_plan_where_it_cannot_show_that_one(
    started: Callable[[Path | None], list[str]], tmp_path: Path
) -> None:
    assert started(tmp_path / "gone.offtake") == ["sample – Offtake"]


def test_the_program_shows_the_sample_plan_at_first(started: Callable[[Path | None], list[str]]) -> None:
    assert started(None) == ["sample – Offtake"]
