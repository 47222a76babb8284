"""A report comes out whole as a workbook with live numbers and as a page that stands alone, whatever texts it holds."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from planner.errors import PlannerError
from planner.exchange.reports.values import Cell, Column, Report, Section
from planner.exchange.reports.web import page_of, told, write_page
from planner.exchange.reports.workbook import write_workbook
from tests.strategies import texts

DAY = date(2026, 11, 25)
COLUMNS = (
    Column("place", "Place", "text"),
    Column("firm", "Firm (t)", total=True),
    Column("probable", "Probable (t)", total=True),
    Column("supply", "Supply (t)", formula="{firm}+{probable}", total=True),
    Column("day", "Day", "day"),
)


def report(*rows: tuple[Cell, ...], note: str = "What it says.") -> Report:
    section = Section("Cover", "Cover by year", note, COLUMNS, rows)
    return Report("Plan of cobalt", DAY, (("Horizon", "2025 to 2026"),), (section,))


def test_the_workbook_has_a_sheet_a_section_with_numbers_that_are_numbers(tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    write_workbook(report(("Co 2025", 10.0, 2.5, 12.5, DAY), ("Co 2026", 1.0, None, None, None)), target)
    book = CalamineWorkbook.from_path(target)
    assert book.sheet_names == ["About", "Cover"]
    rows = book.get_sheet_by_name("Cover").to_python()
    assert rows[0][0] == "Cover by year"
    assert rows[3:] == [
        ["Place", "Firm (t)", "Probable (t)", "Supply (t)", "Day"],
        ["Co 2025", 10.0, 2.5, 12.5, DAY],
        ["Co 2026", 1.0, "", "", ""],
        ["", 11.0, 2.5, 12.5, ""],
    ]
    about = book.get_sheet_by_name("About").to_python()
    assert ["As of", "2026-11-25"] in about
    assert ["Horizon", "2025 to 2026"] in about


def test_sums_are_formulas(tmp_path: Path) -> None:
    target = tmp_path / "report.xlsx"
    write_workbook(report(("Co 2025", 10.0, 2.5, 12.5, DAY)), target)
    sheet = ZipFile(target).read("xl/worksheets/sheet2.xml").decode()
    assert re.findall(r"<f>(.*?)</f>", sheet) == [
        "B5+C5",
        "SUBTOTAL(9,B5:B5)",
        "SUBTOTAL(9,C5:C5)",
        "SUBTOTAL(9,D5:D5)",
    ]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x","y")', "@SUM(A1)", "+1", "http://example.com", "12", "<b>x</b>"]
)
def test_texts_stay_texts(tmp_path: Path, text: str) -> None:
    target = tmp_path / "report.xlsx"
    held = report((text, 1.0, None, None, None), note=text)
    write_workbook(held, target)
    rows = CalamineWorkbook.from_path(target).get_sheet_by_name("Cover").to_python()
    assert (rows[1][0], rows[4][0]) == (text, text)
    sheets = [ZipFile(target).read(f"xl/worksheets/sheet{at}.xml").decode() for at in (1, 2)]
    assert not any(text in formula for sheet in sheets for formula in re.findall(r"<f>(.*?)</f>", sheet))
    assert "<b>" not in page_of(held)


class Texts(HTMLParser):
    """Collects what a reader sees in the cells of a page, and which tags there are."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; a cell begins empty."""
        del attrs
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        """Note the end: what follows a cell is none of it."""
        self.tags.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Add what a cell says."""
        if self.tags and self.tags[-1] == "td":
            self.cells[-1] += data


@given(texts(40), texts(40))
def test_any_text_comes_out_of_the_page_as_it_went_in(place: str, note: str) -> None:
    reader = Texts()
    reader.feed(page_of(report((place, None, None, None, None), note=note)))
    assert reader.cells[0] == place
    assert "script" not in reader.tags


def test_the_page_stands_alone_with_its_pictures(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    picture = '<?xml version="1.0"?>\n<svg width="10"><title>a &lt; b</title></svg>'
    write_page(report(("Co 2025", 1_234.5, None, None, DAY)), target, [picture])
    page = target.read_text(encoding="utf-8")
    assert '<figure><svg width="10"><title>a &lt; b</title></svg></figure>' in page
    assert "<?xml" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert all(f">{cell}<" in page for cell in ("Co 2025", "1,234.5", "–", "2026-11-25", "Plan of cobalt"))


@given(st.floats(-1e12, 1e12), st.integers(0, 4))
def test_a_number_is_written_with_its_decimals(value: float, decimals: int) -> None:
    text = told(value, Column("x", "X", decimals=decimals))
    assert float(text.replace(",", "")) == pytest.approx(value, abs=0.51 * 10**-decimals, rel=1e-9)


@pytest.mark.parametrize("write", [write_workbook, write_page])
def test_what_was_there_stays_when_nothing_can_be_written(tmp_path: Path, write: object) -> None:
    assert callable(write)
    target = tmp_path / "folder"
    target.mkdir()
    with pytest.raises(PlannerError, match="cannot be written"):
        write(report(), target)
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "home"}
