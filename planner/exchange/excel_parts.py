"""Which parts of an .xlsx hold what: the sheets by name, the styles in percent, and a copy with short sheets."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from planner.errors import PlannerError
from planner.exchange.archive import Archive, broken_workbook
from planner.exchange.sheet_scan import scan_sheet

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ALWAYS: Final = ("[Content_Types].xml", "_rels/.rels", _WORKBOOK, _RELATIONS)
_READ_WITH: Final = ("styles", "sharedStrings")
_SHEET_OPENS: Final = re.compile(rb"<(?:\w+:)?sheetData\b")
_ROW_ENDS: Final = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
_TEXTS_OPEN: Final = re.compile(rb"""<(?:\w+:)?sst\b(?:[^"'>]|"[^"]*"|'[^']*')*""")
_COUNT: Final = re.compile(rb"""uniqueCount\s*=\s*["']\s*\+?([0-9]+)""")
_FIGURES: Final = 20
_MOST_TOPS: Final = 200_000_000
_TOP_BYTES: Final = 4_000_000
# Excel's own numbers of formats in percent; any other format is in percent where it holds the sign outside of quotes.
_PERCENT_FORMATS: Final = frozenset({9, 10})
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def is_excel(archive: Archive) -> bool:
    """Tell whether an archive is a workbook of Excel."""
    return _WORKBOOK in archive.parts and _RELATIONS in archive.parts


def sheet_parts(archive: Archive) -> Mapping[str, str]:
    """Return the part of each sheet by the sheet's name."""
    parts = {number: part for number, (kind, part) in _relations(archive).items() if kind == "worksheet"}
    sheets = [each for each in _parsed(archive, _WORKBOOK).iter() if _local(each.tag) == "sheet"]
    found = {each.get("name", ""): _attribute(each, "id") for each in sheets}
    return {name: parts[number] for name, number in found.items() if number in parts}


def percent_styles(archive: Archive) -> tuple[int, ...]:
    """Return the numbers of the cell styles that show a number in percent."""
    part = next((part for kind, part in _relations(archive).values() if kind == "styles"), None)
    if part is None:
        return ()
    root = _parsed(archive, part)
    formats = {
        _number(each.get("numFmtId", ""))
        for each in root.iter()
        if _local(each.tag) == "numFmt" and "%" in _QUOTED.sub("", each.get("formatCode", ""))
    } | _PERCENT_FORMATS
    styles = next((each for each in root if _local(each.tag) == "cellXfs"), ())
    return tuple(at for at, each in enumerate(styles) if _number(each.get("numFmtId", "")) in formats)


def check_texts(archive: Archive) -> None:
    """Raise PlannerError where the shared texts say that they are more than there is room for.

    The room is set aside before the first of them is read.
    """
    for kind, part in _relations(archive).values():
        if kind == "sharedStrings":
            opening = b"".join(_TEXTS_OPEN.findall(archive.whole(part)))
            if any(int(count[:_FIGURES]) > archive.parts[part].file_size for count in _COUNT.findall(opening)):
                raise broken_workbook(archive.name)


def shortened(archive: Archive, rows: int) -> bytes:
    """Return a workbook of the same sheets, each of as many rows: what a header is found in, whatever their size."""
    sheets = set(sheet_parts(archive).values())
    kept = {part for kind, part in _relations(archive).values() if kind in _READ_WITH}
    copy = io.BytesIO()
    size = 0
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for part in (*_ALWAYS, *sorted(kept)):
            if part in archive.parts:
                target.writestr(part, archive.whole(part))
        for part in sorted(sheets):
            top = _top(archive.blocks(part), rows)
            size += len(top)
            if size > _MOST_TOPS:
                raise PlannerError(
                    f"{archive.name} has {len(sheets)} sheets with too much in their first rows; divide it."
                )
            scan_sheet([top], archive.name)
            target.writestr(part, top)
    return copy.getvalue()


def _top(blocks: Iterator[bytes], rows: int) -> bytes:
    text = b""
    for block in blocks:
        text += block
        ends = [match.end() for match in _ROW_ENDS.finditer(text)]
        if len(ends) > rows or len(text) > _TOP_BYTES:
            return text[: ends[min(rows, len(ends)) - 1] if ends else len(text)] + _closing(text)
    return text


def _closing(text: bytes) -> bytes:
    """Return what ends a sheet in the same way in which it began, with a prefix or without."""
    opening = _SHEET_OPENS.search(text)
    prefix = opening[0][1 : -len(b"sheetData")] if opening else b""
    return b"</%bsheetData></%bworksheet>" % (prefix, prefix)


def _relations(archive: Archive) -> dict[str, tuple[str, str]]:
    """Return kind and part by the number that the workbook calls it by."""
    found = {}
    for each in _parsed(archive, _RELATIONS):
        target = each.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
        if part in archive.parts:
            found[each.get("Id", "")] = (each.get("Type", "").rpartition("/")[2], part)
    return found


def _parsed(archive: Archive, part: str) -> ET.Element:
    try:
        return ET.fromstring(archive.whole(part))  # noqa: S314 - a part that declares entities is refused before
    except (ET.ParseError, LookupError, ValueError) as error:
        # The latter two: it says that it is in an encoding that there is not, or that the parser cannot read.
        raise broken_workbook(archive.name) from error


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < _FIGURES else -1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _attribute(element: ET.Element, name: str) -> str:
    """Return an attribute, whatever its namespace."""
    return next((value for key, value in element.items() if _local(key) == name and key != name), "")
