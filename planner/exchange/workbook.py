"""Workbooks of any kind: which kind a file is by its first bytes, its sheets, their first rows, and all their cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange.archive import Archive, checked_archive, protected_workbook
from planner.exchange.calamine import Book, Cells
from planner.exchange.cell_text import Cell
from planner.exchange.encoding import opened
from planner.exchange.excel_parts import check_texts, is_excel, percent_styles, sheet_parts, shortened
from planner.exchange.ods_scan import CONTENT, scan_content
from planner.exchange.old_excel import OldSheet, read_old_excel
from planner.exchange.sheet_scan import Scan, scan_sheet

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0"
TOP_ROWS: Final = 200
_LARGEST: Final = 400_000_000
_MANIFEST: Final = "META-INF/manifest.xml"
_KIND: Final = "mimetype"
_BINARY: Final = "xl/workbook.bin"
# The stream in which Excel keeps a whole workbook that it has encrypted.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; `top` are its first rows that hold anything, with their numbers from 1."""

    name: str
    hidden: bool
    top: tuple[tuple[int, list[Cell]], ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """All cells of a sheet and what they are beyond their values."""

    cells: Cells
    scan: Scan
    # Whether the format tells which cells are in percent.
    tells_percents: bool = True


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook, whatever its suffix; PlannerError when it cannot be read."""
    with opened(path) as file:
        return file.read(len(ZIP)) in {ZIP, OLE}


def sheets_of(path: Path) -> tuple[str, ...]:
    """Return the names of the sheets in their order; PlannerError when the file is no workbook that can be read."""
    return tuple(sheet.name for sheet in tops(path))


def tops(path: Path) -> tuple[Sheet, ...]:
    """Return each sheet with its first 200 rows that hold anything, at the same cost however many there are.

    That holds for .xlsx; the older formats are read whole. PlannerError when the workbook cannot be read.
    """
    content = _content(path)
    if content.startswith(OLE):
        return tuple(Sheet(old.name, old.hidden, _top(_cells(old))) for old in _old(path, content))
    archive = checked_archive(path.name, content)
    if _is_ods(archive):
        scan_content(archive.blocks(CONTENT), path.name)
    else:
        content = shortened(archive, TOP_ROWS)
    book = Book(path.name, content)
    return tuple(Sheet(name, hidden, _top(book.cells(name))) for name, hidden in book.sheets)


def load(path: Path, sheet: str) -> Loaded:
    """Read all cells of a sheet; PlannerError when there is none of the name, or the workbook cannot be read."""
    content = _content(path)
    if content.startswith(OLE):
        sheets = {old.name: old for old in _old(path, content)}
        _check_name(path, sheet, tuple(sheets))
        return Loaded(_cells(sheets[sheet]), Scan(), tells_percents=False)
    archive = checked_archive(path.name, content)
    if _is_ods(archive):
        scans = scan_content(archive.blocks(CONTENT), path.name)
        scan = scans.get(sheet, Scan())
    else:
        parts = sheet_parts(archive)
        _check_name(path, sheet, tuple(parts))
        scan = scan_sheet(archive.blocks(parts[sheet]), path.name, percent_styles(archive))
    book = Book(path.name, content)
    _check_name(path, sheet, tuple(name for name, _ in book.sheets))
    return Loaded(book.cells(sheet), scan)


def _content(path: Path) -> bytes:
    with opened(path) as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST:
        raise PlannerError(
            f"{path.name} is a workbook of over {_LARGEST / 1e6:.0f} MB; save the sheet that you need as CSV UTF-8."
        )
    if not content.startswith((ZIP, OLE)):
        raise PlannerError(f"{path.name} is no workbook; choose a file of .xlsx, .xls or .ods.")
    return content


def _is_ods(archive: Archive) -> bool:
    """Tell whether an archive is an .ods, and not an .xlsx; PlannerError when it is neither."""
    if is_excel(archive):
        check_texts(archive)
        return False
    if _BINARY in archive.parts:
        raise PlannerError(f"{archive.name} is a binary workbook (.xlsb), which is not read; save it as .xlsx.")
    kind = archive.head(_KIND) if _KIND in archive.parts and CONTENT in archive.parts else b""
    if b"opendocument.spreadsheet" not in kind:
        raise PlannerError(f"{archive.name} is an archive and no workbook; choose a file of .xlsx, .xls or .ods.")
    if _MANIFEST in archive.parts and b"encryption-data" in archive.head(_MANIFEST):
        raise protected_workbook(archive.name)
    return True


def _old(path: Path, content: bytes) -> list[OldSheet]:
    if _ENCRYPTED in content:
        raise protected_workbook(path.name)
    return read_old_excel(path.name, content)


def _cells(old: OldSheet) -> Cells:
    return Cells(partial(iter, old.rows), len(old.rows), old.first_column, old.merged)


def _top(cells: Cells) -> tuple[tuple[int, list[Cell]], ...]:
    return tuple(islice(_filled(cells), TOP_ROWS))


def _filled(cells: Cells) -> Iterator[tuple[int, list[Cell]]]:
    for row, values in enumerate(cells.rows(), 1):
        if any(value != "" for value in values):
            yield row, values


def _check_name(path: Path, sheet: str, names: tuple[str, ...]) -> None:
    if sheet not in names:
        raise PlannerError(f"{path.name} has no sheet {sheet!r}; its sheets are {', '.join(names)}.")
