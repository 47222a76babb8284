"""Charts as files and as pictures."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from planner.errors import PlannerError
from tests.ui.charts.stacks import by_supplier
from tests.ui.charts.tables import cover_table, supported_table
from ui.charts.cover_chart import CoverChart
from ui.charts.export import picture, save_csv, save_pdf, save_png, save_svg
from ui.charts.period_chart import PeriodChart
from ui.charts.small import SupportedChart
from ui.theme import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("size", [QSize(1_600, 900), QSize(640, 360)])
def test_a_png_has_the_size_asked_for(chart: CoverChart, tmp_path: Path, size: QSize) -> None:
    chart.show_table(cover_table(), "Cobalt")
    path = tmp_path / "cover.png"
    save_png(chart, path, size)
    image = QImage(str(path))
    assert image.size() == size
    assert image.pixelColor(1, 1).name() == LIGHT.base


def test_a_picture_is_drawn_and_leaves_the_chart_as_it_was(chart: CoverChart) -> None:
    chart.show_table(cover_table(), "Cobalt")
    chart.set_theme(DARK)
    before = chart.grab().toImage()
    image = picture(chart, QSize(800, 450))
    colours = {image.pixelColor(x, y).name() for x in range(0, 800, 2) for y in range(0, 450, 2)}
    assert {DARK.base, DARK.firm, DARK.probable, DARK.demand} <= colours
    assert chart.grab().toImage() == before


def test_an_svg_is_xml_with_title_and_texts(chart: CoverChart, tmp_path: Path) -> None:
    chart.show_table(cover_table(), "Cobalt")
    path = tmp_path / "cover.svg"
    save_svg(chart, path)
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - written a line above
    assert root.get("viewBox") == "0 0 1600 900"
    assert root.findtext(f"{SVG}title") == "Cobalt: supply against demand"
    texts = {(text.text or "").strip() for text in root.iter(f"{SVG}text")}
    assert {"Cobalt: supply against demand", "Firm", "Demand", "Safety stock", "t per month", "Jan 25", "0"} <= texts
    assert not {"Cover", "Supply"} & texts


def test_hatching_is_not_stretched_in_an_svg(chart: CoverChart, tmp_path: Path) -> None:
    chart.show_table(cover_table())
    path = tmp_path / "cover.svg"
    save_svg(chart, path)
    root = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 - written a line above
    hatched = [group for group in root.iter(f"{SVG}g") if (group.get("fill") or "").startswith("url(#fillpattern")]
    assert hatched
    assert {group.get("transform") for group in hatched} <= {"matrix(1,0,0,1,0,0)", "matrix(1,0,0,1,16,8)"}


def test_the_csv_is_the_table(chart: CoverChart, tmp_path: Path) -> None:
    chart.show_table(cover_table())
    path = tmp_path / "cover.csv"
    save_csv(chart, path)
    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == chart.csv_rows()
    assert path.read_text(encoding="utf-8").splitlines()[4].startswith("2025-04,0.0,1250.5,")


def test_the_strip_is_exported_too(small: SupportedChart, tmp_path: Path) -> None:
    small.show_table(supported_table())
    save_png(small, tmp_path / "small.png", QSize(600, 200))
    save_svg(small, tmp_path / "small.svg", QSize(600, 200))
    save_csv(small, tmp_path / "small.csv")
    assert sorted(path.name for path in tmp_path.glob("small.*")) == ["small.csv", "small.png", "small.svg"]


@pytest.mark.parametrize("size", [QSize(1_600, 900), QSize(640, 360)])
def test_a_pdf_is_one_page_of_lines_and_words(chart: CoverChart, tmp_path: Path, size: QSize) -> None:
    chart.show_stack(by_supplier(), "Cobalt")
    path = tmp_path / "cover.pdf"
    save_pdf(chart, path, size)
    data = path.read_bytes()
    assert data.startswith(b"%PDF-")
    points = [pixels * 72 / chart.logicalDpiX() for pixels in (size.width(), size.height())]
    [box] = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert [float(edge) for edge in box] == pytest.approx(points, abs=1)
    assert b"/Subtype /Image" not in data
    assert b"/Type /Font" in data
    assert "Cobalt: supply against demand".encode("utf-16-be") in data


@pytest.mark.parametrize("save", [save_png, save_svg, save_pdf, save_csv])
def test_a_folder_that_is_not_there_is_named(
    small: SupportedChart, tmp_path: Path, save: Callable[[PeriodChart, Path], None]
) -> None:
    with pytest.raises(PlannerError, match=r"Cannot write a\.png in .*gone: .*Choose another folder"):
        save(small, tmp_path / "gone" / "a.png")


def test_a_failure_leaves_the_old_file(small: SupportedChart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr("ui.charts.export.QSaveFile.commit", lambda _: False)
    with pytest.raises(PlannerError, match="Cannot write"):
        save_csv(small, path)
    assert path.read_text(encoding="utf-8") == "old"
