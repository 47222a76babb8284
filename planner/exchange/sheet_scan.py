"""What the XML of a sheet tells beyond its values: how far it reaches, which cells are in percent, which are errors."""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from planner.errors import PlannerError

# A sheet is held as a rectangle while it is read: 32 bytes for each cell from its first to its last, full or empty.
MOST_CELLS: Final = 12_000_000
_MOST_MARKED: Final = 3_000_000
_LONGEST_TAG: Final = 16_000_000
_LETTERS: Final = bytes(range(ord("A"), ord("Z") + 1)) + bytes(range(ord("a"), ord("z") + 1))
_DIGITS: Final = b"0123456789"

# As nearly all programs write a cell; a pattern for any way of writing it takes three times as long.
_USUAL_REFERENCE: Final = re.compile(rb' r="([A-Z]+[0-9]+)"')
_REFERENCE: Final = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]+[0-9]+)""")
_BLANK: Final = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+[0-9]+)["'](?:\s+[\w:]+\s*=\s*"[^"<>/]*")*\s*/>""")
_CELL_OR_ROW: Final = re.compile(rb"<(?:\w+:)?(row|c)[\s/>]")
_ERROR: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']e["'])[^>]*?\br=["']([A-Za-z]+)([0-9]+)["'][^>]*>"""
    rb"""(?:\s*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"""
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What the cells of a sheet are, rows counted from 1 and columns from 0."""

    percents: Mapping[int, AbstractSet[int]] = field(default_factory=dict)
    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)


def scan_sheet(blocks: Iterable[bytes], name: str, percent_styles: Iterable[int] = ()) -> Scan:
    """Read through the XML of a sheet of .xlsx; PlannerError where it reaches further than can be held."""
    styled = _Styled(percent_styles)
    extent = _Extent()
    count = 0
    percents: dict[int, set[int]] = {}
    errors: dict[int, dict[int, str]] = {}
    for text in _whole_cells(blocks, name):
        extent.take(text)
        marked = styled.cells(text)
        count += len(marked)
        for letters, row in marked:
            percents.setdefault(column_number(letters), set()).add(int(row))
        if b'"e"' in text or b"'e'" in text:
            wrong = _ERROR.findall(text)
            count += len(wrong)
            for letters, row, shown in wrong:
                errors.setdefault(column_number(letters), {})[int(row)] = shown.decode("utf-8", "replace")
        check_marked(name, count)
    check_cells(name, extent.rows, extent.columns)
    return Scan(percents, errors)


def check_cells(name: str, rows: int, columns: int) -> None:
    """Raise PlannerError where a sheet reaches further than can be held."""
    if rows * columns > MOST_CELLS:
        raise PlannerError(
            f"{name}: the sheet reaches to row {rows:,} and column {columns:,}, and at most {MOST_CELLS:,} cells are"
            " read; delete what stands far from the table, or save the sheet as CSV UTF-8."
        )


def check_marked(name: str, count: int) -> None:
    """Raise PlannerError where more cells are in percent or errors than can be remembered one by one."""
    if count > _MOST_MARKED:
        raise PlannerError(
            f"{name}: the sheet has {count:,} cells in percent or with errors, and at most {_MOST_MARKED:,} are read;"
            " give them a plain number format, or save the sheet as CSV UTF-8."
        )


def column_number(letters: bytes) -> int:
    """Return the number of a column from 0: `A` is 0, `AA` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number - 1


class _Styled:
    """Finds the cells of some styles."""

    def __init__(self, styles: Iterable[int]) -> None:
        self._marks = [b's="%d"' % style for style in styles]
        any_of = b"|".join(self._marks).replace(b'"', b"""["']""")
        self._usual = re.compile(rb' r="([A-Z]+)([0-9]+)" (?:%b)' % b"|".join(self._marks))
        self._any = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\b(?:%b))[^>]*?\br=["']([A-Za-z]+)([0-9]+)["']""" % any_of)

    def cells(self, text: bytes) -> list[tuple[bytes, bytes]]:
        """Return the letters and the row of each."""
        if not self._marks:
            return []
        found = self._usual.findall(text)
        usual = len(found) == sum(map(text.count, self._marks)) and b"s='" not in text
        return found if usual else self._any.findall(text)


class _Extent:
    """How many rows and columns there are up to the last cell; cells that hold nothing count where that is cheaper."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._listed = 0
        self._width = 0

    def take(self, text: bytes) -> None:
        """Count the cells of some XML."""
        references, cells = _USUAL_REFERENCE.findall(text), text.count(b"<c ")
        if len(references) != cells or b":c" in text or b"<c>" in text:
            references = _REFERENCE.findall(text)
            cells += text.count(b"<c>") + text.count(b":c>") + text.count(b":c ")
        rows, columns = _reach(references)
        if max(self.rows, rows) * max(self.columns, columns) > MOST_CELLS:
            # A row that is coloured to its end has 16,384 cells that hold nothing, and nothing is kept of them.
            blank = set(_BLANK.findall(text))
            rows, columns = _reach([each for each in references if each not in blank])
        if cells > len(references):
            self._count_unnamed(text)
            rows, columns = max(rows, self._listed), max(columns, self._width)
        self.rows, self.columns = max(self.rows, rows), max(self.columns, columns)

    def _count_unnamed(self, text: bytes) -> None:
        """Count cells that do not say where they are: they follow one another."""
        width = 0
        for kind in _CELL_OR_ROW.findall(text):
            if kind == b"row":
                self._listed += 1
                width = 0
            else:
                width += 1
                self._width = max(self._width, width)


def _reach(references: list[bytes]) -> tuple[int, int]:
    if not references:
        return 0, 0
    # All at once: one by one they take longer than to read the cells.
    joined = b" ".join(references)
    columns = max(map(column_number, set(joined.translate(None, _DIGITS).split())))
    return max(map(int, set(joined.translate(None, _LETTERS).split()))), columns + 1


def _whole_cells(blocks: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Return XML in pieces that end where a cell ends, or a tag where no cell does."""
    rest = b""
    for block in blocks:
        rest += block
        cut = rest.rfind(b"c>") + 2 if b"c>" in rest else rest.rfind(b">") + 1
        if not cut and len(rest) > _LONGEST_TAG:
            raise PlannerError(f"{name} is not a sound workbook: a cell is longer than {_LONGEST_TAG:,} bytes.")
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest
