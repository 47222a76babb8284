"""A chart's menu at work: the file that was asked for is written, or it is said why not."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui.charts.tables import cover_table
from ui.charts.cover_chart import CoverChart
from ui.charts.period_chart import SAVES
from ui.pages.chart_files import WRITERS, ChartFiles
from ui.theme import LIGHT


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def chart(qtbot: QtBot, said: list[str]) -> CoverChart:
    made = CoverChart(LIGHT)
    qtbot.addWidget(made)
    made.show_table(cover_table(), "Cobalt")
    ChartFiles(made, said.append)
    return made


def test_there_is_a_writer_for_each_ending_of_the_menu() -> None:
    assert set(WRITERS) == set(SAVES)


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_a_name_without_an_ending_gets_that_of_the_menu(
    chart: CoverChart, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    asked: list[tuple[str, ...]] = []

    def choose(_parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        asked.append((title, name, kinds))
        return str(tmp_path / "cobalt"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    chart.save_requested.emit(ending)
    [(title, name, kinds)] = asked
    assert (title, name) == ("Save chart", f"chart{ending}")
    assert kinds.split(";;")[0] == f"{ending[1:].upper()} (*{ending})"
    assert len(kinds.split(";;")) == len(WRITERS)
    written = tmp_path / f"cobalt{ending}"
    assert written.stat().st_size > 0
    assert said == [f"Wrote {written}"]


def test_a_file_that_cannot_be_written_is_told(chart: CoverChart, said: list[str], tmp_path: Path) -> None:
    chart.findChildren(ChartFiles)[0].save(tmp_path / "gone" / "a.pdf")
    assert said[0].startswith("Cannot write a.pdf in ")


def test_nothing_is_written_without_a_name(chart: CoverChart, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    chart.save_requested.emit(".pdf")
    assert said == []


def test_the_picture_goes_to_the_clipboard(chart: CoverChart, said: list[str]) -> None:
    chart.copy_picture_requested.emit()
    assert not QGuiApplication.clipboard().image().isNull()
    assert said == ["The picture is on the clipboard"]
