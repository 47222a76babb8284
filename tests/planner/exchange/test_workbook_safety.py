"""Workbooks that nobody should send: each is refused with a sentence, in little memory, and the plan is as it was."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.exchange import archive as archives
from planner.exchange import sheet_scan
from planner.exchange.sheet_scan import MOST_CELLS
from planner.plan import Plan
from tests.planner.exchange.books import FILES, HEADER, archive, changed, ods, ods_cell, ods_row, xlsx
from tests.planner.exchange.imported import counts, previewed, refused, saved

SHEET = "xl/worksheets/sheet1.xml"
BROKEN = "is a workbook that is broken or cut short; open it in a spreadsheet program, save it and try again."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Write a workbook that is sound."""
    return xlsx(tmp_path / "in.xlsx", ("S", [HEADER, ("C1", 1, "2025-01", 2)]))


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return what replaces some bytes that are there."""

    def change(part: bytes) -> bytes:
        assert old in part
        return part.replace(old, new)

    return change


def added(book: Path, name: str, content: bytes) -> Path:
    """Add a part to an archive."""
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, content)
    return book


@pytest.mark.parametrize("place", ["XFD1048576", "A17000000", "ZZZ1000"])
def test_a_cell_at_the_end_of_the_sheet_takes_no_memory(plan: Plan, book: Path, place: str) -> None:
    changed(book, {SHEET: replaced(b'r="D2"', f'r="{place}"'.encode())})
    assert re.fullmatch(
        r"in.xlsx: the sheet reaches to row [0-9,]+ and column [0-9,]+, and at most 12,000,000 cells are read; delete"
        r" what stands far from the table, or save the sheet as CSV UTF-8\.",
        refused(plan, book),
    )


@pytest.mark.parametrize(
    "written", [b"<x:c r = 'XFD1048576'><x:v>1</x:v></x:c>", b'<c t="n"\n r="xfd1048576"><v>1</v></c>']
)
def test_however_a_far_cell_is_written_it_is_seen(plan: Plan, book: Path, written: bytes) -> None:
    changed(book, {SHEET: replaced(b"</row></sheetData>", written + b"</row></sheetData>")})
    assert "the sheet reaches to row 1,048,576" in refused(plan, book)


def test_a_row_that_is_coloured_to_its_end_is_no_far_cell(plan: Plan, book: Path) -> None:
    blank = b'<row r="2000"><c r="XFD2000" s="1"/></row></sheetData>'
    changed(book, {SHEET: replaced(b"</sheetData>", blank)})
    assert counts(previewed(plan, book)) == (0, 1, 0, 0)


@pytest.mark.parametrize("repeats", ["16384", "99999999999999999999", "9" * 10_000])
def test_an_ods_that_repeats_itself_takes_no_memory(plan: Plan, tmp_path: Path, repeats: str) -> None:
    header = ods_row(*map(ods_cell, HEADER))
    cell = ods_cell("1", "float", "1", f'table:number-columns-repeated="{repeats}"')
    row = f'<table:table-row table:number-rows-repeated="{repeats}">{cell}</table:table-row>'
    book = ods(tmp_path / "in.ods", f'<table:table table:name="S">{header}{row}</table:table>')
    assert "the sheet reaches to row" in refused(plan, book)


@pytest.mark.parametrize("end", ["", "<table:table>", "</table:table"])
def test_an_ods_whose_sheet_has_no_end_is_told(plan: Plan, tmp_path: Path, end: str) -> None:
    sheet = f'<table:table table:name="S">{ods_row(*map(ods_cell, HEADER))}'
    assert refused(plan, ods(tmp_path / "in.ods", sheet + end)) == f"in.ods {BROKEN}"


def test_a_bomb_is_refused_by_what_it_says(plan: Plan, book: Path) -> None:
    added(book, "xl/media/image1.png", bytes(30_000_000))
    assert refused(plan, book) == (
        "in.xlsx is not a sound workbook: 'xl/media/image1.png' unpacks to 30 MB, over 200 times its size. Save it"
        " again, or save the sheet as CSV UTF-8."
    )


def test_a_bomb_that_says_it_is_small_is_refused_while_it_is_read(plan: Plan, book: Path) -> None:
    changed(book, {SHEET: replaced(b"<sheetData>", b"<sheetData>" + b" " * 3_000_000)})
    with zipfile.ZipFile(book) as source:
        size = source.getinfo(SHEET).file_size
    book.write_bytes(book.read_bytes().replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little")))
    assert refused(plan, book) == (
        "in.xlsx is not a sound workbook: 'xl/worksheets/sheet1.xml' is larger than it says."
    )


def test_more_than_two_gigabytes_are_refused(plan: Plan, book: Path) -> None:
    whole = book.read_bytes()
    directory = whole.rindex(b"PK\x01\x02")
    large = (2_500_000_000).to_bytes(4, "little")
    book.write_bytes(whole[: directory + 24] + large + whole[directory + 28 :])
    assert refused(plan, book) == (
        "in.xlsx unpacks to 2.5 GB, and at most 2 GB are read; divide it, or save the sheet as CSV UTF-8."
    )


def test_thousands_of_parts_are_refused(plan: Plan, tmp_path: Path) -> None:
    book = archive(tmp_path / "in.xlsx", {f"xl/{number}.xml": b"" for number in range(5_001)})
    assert refused(plan, book) == "in.xlsx has 5,001 parts, and a workbook has far fewer; save it again."


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!-- a --><!doctype x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused(plan: Plan, book: Path, part: str, declared: bytes) -> None:
    changed(book, {part: replaced(b"?>", b"?>" + declared)})
    assert refused(plan, book) == (
        f"in.xlsx is not a sound workbook: {part!r} declares entities of its own, as no spreadsheet program does."
        " Save it again."
    )


def test_entities_in_utf_16_are_refused(plan: Plan, book: Path) -> None:
    changed(book, {SHEET: lambda _: '<?xml version="1.0"?><!DOCTYPE x []><x/>'.encode("utf-16")})
    assert "declares entities of its own" in refused(plan, book)


@pytest.mark.parametrize("name", ["../../.bashrc", "/etc/passwd", "xl\\..\\..\\x.xml"])
def test_names_that_lead_out_are_refused(plan: Plan, book: Path, name: str) -> None:
    assert "leads out of it" in refused(plan, added(book, name, b"x"))


def test_two_parts_of_one_name_are_refused(plan: Plan, book: Path) -> None:
    whole = added(book, "xl/worksheets/sheet2.xml", b"x").read_bytes()
    book.write_bytes(whole.replace(b"sheet2.xml", b"sheet1.xml"))
    assert "two of its parts have one name" in refused(plan, book)


def test_what_follows_the_end_is_refused(plan: Plan, book: Path) -> None:
    book.write_bytes(book.read_bytes() + b"PK\x05\x06" + bytes(10))
    assert "not a sound workbook" in refused(plan, book) or BROKEN in refused(plan, book)


@pytest.mark.parametrize("count", [b"4294967295", b"9" * 5_000])
def test_shared_texts_that_say_they_are_many_take_no_memory(plan: Plan, book: Path, count: bytes) -> None:
    changed(book, {"xl/sharedStrings.xml": lambda part: re.sub(rb'(?<=uniqueCount=")[0-9]+', count, part)})
    assert refused(plan, book) == f"in.xlsx {BROKEN}"


def test_more_marked_cells_than_can_be_remembered_are_refused(
    plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_scan, "_MOST_MARKED", 5)
    cell = ods_cell("5 %", "percentage", "0.05", 'table:number-columns-repeated="3"')
    sheet = f'<table:table table:name="S">{ods_row(*map(ods_cell, HEADER))}{ods_row(cell)}{ods_row(cell)}</table:table>'
    assert refused(plan, ods(tmp_path / "in.ods", sheet)) == (
        "in.ods: the sheet has 6 cells in percent or with errors, and at most 5 are read; give them a plain number"
        " format, or save the sheet as CSV UTF-8."
    )


def test_more_texts_than_can_be_held_are_refused(plan: Plan, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_HELD", 100)
    assert refused(plan, book) == "in.xlsx holds 0 MB of texts; divide it, or save the sheet as CSV UTF-8."


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_workbook_that_is_cut_short_is_told(plan: Plan, book: Path, share: float) -> None:
    whole = book.read_bytes()
    book.write_bytes(whole[: int(len(whole) * share)])
    assert refused(plan, book) == f"in.xlsx {BROKEN}"


@pytest.mark.parametrize("part", ["xl/workbook.xml", SHEET, "xl/styles.xml", "xl/sharedStrings.xml"])
def test_a_part_that_is_no_xml_is_told(plan: Plan, book: Path, part: str) -> None:
    changed(book, {part: lambda content: content[: len(content) // 2] + b"<<<"})
    assert refused(plan, book).startswith("in.xlsx ")


@pytest.mark.parametrize("at", [1_100, 1_600, 2_100])
def test_an_old_workbook_with_broken_bytes_is_told(plan: Plan, tmp_path: Path, at: int) -> None:
    whole = (FILES / "ledger.xls").read_bytes()
    book = saved(tmp_path, whole[:at] + b"\xff" * 40 + whole[at + 40 :], "in.xls")
    assert refused(plan, book).startswith("in.xls ")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("in.xls", OLE + b"x" * 5_000, f"in.xls {BROKEN}"),
        (
            "in.xlsx",
            OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "in.xlsx is protected by a password; save it without one and try again.",
        ),
        (
            "in.xls",
            b"\xef\xbb\xbf<HTML><body><table><tr><td>contract</td></tr></table>",
            "in.xls is a web page; open it in a spreadsheet program and save it as .xlsx.",
        ),
        (
            "in.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "in.xls is an XML workbook of 2003; open it in a spreadsheet program and save it as .xlsx.",
        ),
        (
            "in.xls",
            b"\x09\x04\x06\x00\x00\x00\x10\x00",
            "in.xls is a workbook of Excel 4 or older; open it in a spreadsheet program and save it as .xlsx.",
        ),
        ("in.xlsx", b"PK\x03\x04" + b"x" * 100, f"in.xlsx {BROKEN}"),
    ],
)
def test_what_is_no_workbook_of_today_is_told(
    plan: Plan, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    assert refused(plan, saved(tmp_path, content, name)) == sentence


def test_archives_of_other_programs_are_told(plan: Plan, tmp_path: Path) -> None:
    letter = archive(tmp_path / "in.xlsx", {"word/document.xml": "<x/>"})
    assert refused(plan, letter) == "in.xlsx is an archive and no workbook; choose a file of .xlsx, .xls or .ods."
    binary = archive(tmp_path / "in.xlsb", {"xl/workbook.bin": b"x"})
    assert refused(plan, binary) == "in.xlsb is a binary workbook (.xlsb), which is not read; save it as .xlsx."


def test_an_ods_with_a_password_is_told(plan: Plan, tmp_path: Path) -> None:
    book = ods(tmp_path / "in.ods", "", "<manifest:encryption-data/>")
    assert refused(plan, book) == "in.ods is protected by a password; save it without one and try again."


def test_the_most_cells_take_less_than_half_a_gigabyte() -> None:
    assert MOST_CELLS * 32 < 400_000_000
