"""Where there is no display the main job is done with files, and pictures are drawn without one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from planner.analysis import Period
from planner.analysis.gaps.stack import by_firmness
from planner.errors import PlannerError
from planner.plan import Plan
from tests.journeys.desk import COBALT
from ui import headless
from ui.commands import PAGES as NAMES
from ui.pages import PAGES
from ui.theme import DARK, LIGHT

NAMES_OF_DISPLAYS = frozenset({"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})


@pytest.fixture
def plan(sample: Path, qtbot: QtBot) -> Iterator[Plan]:  # noqa: ARG001 - an application must be there
    with Plan.open(sample, person="Tester") as opened:
        yield opened


def colours(file: Path) -> set[str]:
    """Return the colours of the menu bar and the status bar at the left."""
    image = QImage(str(file))
    return {image.pixelColor(2, y).name() for y in (2, image.height() - 3)}


def test_the_main_job_is_done_with_files_and_words(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    qtbot: QtBot,  # noqa: ARG001 - an application must be there
) -> None:
    folder = tmp_path / "out"
    assert headless.run(folder) == 0
    assert headless.run(folder) == 0
    said = capsys.readouterr().out
    assert "2025" in said
    assert str(folder / "overview.png") in said
    assert QImage(str(folder / "overview.png")).width() == 1600
    assert (folder / "cobalt.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")
    with Plan.open(folder / "sample.offtake", person="Tester") as plan:
        assert plan.read_only is None


@pytest.mark.parametrize("page", NAMES)
def test_each_page_is_drawn(plan: Plan, tmp_path: Path, page: str) -> None:
    file = tmp_path / "page.png"
    headless.draw_page(plan, page, file, (1200, 800), dark=False)
    image = QImage(str(file))
    assert (image.width(), image.height()) == (1200, 800)
    assert colours(file) == {LIGHT.window}


def test_the_pages_of_the_command_line_are_those_of_the_window() -> None:
    assert tuple(spec.id for spec in PAGES) == NAMES


def test_a_page_is_drawn_dark(plan: Plan, tmp_path: Path) -> None:
    headless.draw_page(plan, "contracts", tmp_path / "page.png", (1200, 800), dark=True)
    assert colours(tmp_path / "page.png") == {DARK.window}


@pytest.mark.parametrize("name", ["chart.png", "chart.svg", "chart.pdf"])
def test_a_chart_is_drawn_by_the_ending_of_the_file(plan: Plan, tmp_path: Path, name: str) -> None:
    table = by_firmness(plan.cover(COBALT, by=Period.YEAR))
    headless.draw_chart(table, tmp_path / name, (800, 500), dark=False)
    assert (tmp_path / name).stat().st_size > 1_000


def test_a_picture_that_cannot_be_written_is_said(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="no folder"):
        headless.draw_page(plan, "overview", tmp_path / "no folder" / "page.png", (1200, 800), dark=False)


def test_what_qt_says_is_passed_on_but_for_the_missing_screen(capsys: pytest.CaptureFixture[str]) -> None:
    for text in (headless.NO_SCREEN, "something is wrong"):
        headless.pass_on(QtMsgType.QtWarningMsg, QMessageLogContext(), text)
    assert capsys.readouterr().err == "something is wrong\n"


def test_the_program_itself_needs_no_display(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in NAMES_OF_DISPLAYS}
    main = Path(__file__).parents[2] / "main.py"
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, str(main)], check=False, capture_output=True, encoding="utf-8", env=environment, cwd=tmp_path
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "There is no display" in done.stdout
    assert "1,048.3" in done.stdout
    assert {path.name for path in (tmp_path / "offtake-sample").iterdir()} >= {"cobalt.svg", "overview.png"}
