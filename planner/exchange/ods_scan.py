"""What the XML of an .ods tells beyond its values: how far each sheet reaches, which cells are in percent or errors."""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Final
from xml.parsers import expat

from planner.exchange.archive import broken_workbook
from planner.exchange.sheet_scan import MOST_CELLS, Scan, check_cells, check_marked

CONTENT: Final = "content.xml"
_TAG: Final = re.compile(
    rb"<(?:/table:table>|table:(?P<kind>table|table-row|table-cell|covered-table-cell)(?P<rest>(?=[\s/>])[^>]*)>)"
)
_REPEATED: Final = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']\s*([0-9]+)""")
_NAME: Final = re.compile(rb"""table:name\s*=\s*["']([^"']*)["']""")
_SHOWN: Final = re.compile(rb"\s*<text:p>([^<]*)<")
_VALUE: Final = b"value-type"
_LONGEST: Final = 16_000_000
_FIGURES: Final = 12


def scan_content(blocks: Iterable[bytes], name: str) -> Mapping[str, Scan]:
    """Read through all sheets of an .ods; PlannerError where one reaches further than can be held, or is no XML."""
    walk = _Walk(name)
    rest = b""
    for block in _sound(blocks, name):
        text = rest + block
        cut = text.rfind(b"<table:table-row")
        if cut <= 0:
            cut = len(text) if len(text) > _LONGEST else 0
        rest = text[cut:]
        walk.take(text[:cut])
    walk.take(rest)
    return walk.sheets


def _sound(blocks: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Hand the blocks on while they are well-formed: in a sheet without its end the library looks for it for ever."""
    parser = expat.ParserCreate()
    for block in blocks:
        _parse(parser, block, name)
        yield block
    _parse(parser, b"", name, is_final=True)


def _parse(parser: expat.XMLParserType, block: bytes, name: str, *, is_final: bool = False) -> None:
    try:
        parser.Parse(block, is_final)
    except (expat.ExpatError, LookupError, ValueError) as error:
        # The latter two: it says that it is in an encoding that there is not, or that the parser cannot read.
        raise broken_workbook(name) from error


class _Walk:
    """Where one stands in the content: the sheet, the row, the column."""

    def __init__(self, name: str) -> None:
        self.sheets: dict[str, Scan] = {}
        self._name = name
        self._row = self._rows = self._column = self._width = self._repeat = 0
        self._marked = 0
        self._filled = False
        self._percents: dict[int, set[int]] = {}
        self._errors: dict[int, dict[int, str]] = {}

    def take(self, text: bytes) -> None:
        """Go through some XML that ends where a row begins."""
        for match in _TAG.finditer(text):
            kind = match["kind"]
            if kind == b"table":
                self._begin(match["rest"])
            elif kind == b"table-row":
                self._end_row()
                self._repeat, self._column, self._filled = _repeats(match["rest"]), 0, False
            elif kind:
                self._cell(match["rest"], text, match.end())
            else:
                self._end_row()
                self._repeat = 0

    def _begin(self, rest: bytes) -> None:
        name = _NAME.search(rest)
        self._end_row()
        self._row = self._rows = self._width = self._repeat = 0
        self._percents, self._errors = {}, {}
        self.sheets[unescape(name[1].decode("utf-8", "replace")) if name else ""] = Scan(self._percents, self._errors)

    def _end_row(self) -> None:
        self._row += self._repeat
        if self._filled:
            self._rows = self._row
            check_cells(self._name, self._rows, self._width)
        self._filled = False

    def _cell(self, rest: bytes, text: bytes, end: int) -> None:
        repeats = _repeats(rest)
        if _VALUE in rest or b"formula" in rest:
            self._filled = True
            self._width = max(self._width, self._column + repeats)
            check_cells(self._name, self._row + self._repeat, self._width)
            if b'"percentage"' in rest or b'"error"' in rest:
                self._mark(rest, text, end, range(self._column, self._column + repeats))
        self._column += repeats

    def _mark(self, rest: bytes, text: bytes, end: int, columns: range) -> None:
        self._marked += len(columns) * self._repeat
        check_marked(self._name, self._marked)
        rows = range(self._row + 1, self._row + 1 + self._repeat)
        shown = _SHOWN.match(text, end) if b'"error"' in rest else None
        for column in columns:
            if b'"percentage"' in rest:
                self._percents.setdefault(column, set()).update(rows)
            elif shown:
                error = unescape(shown[1].decode("utf-8", "replace"))
                self._errors.setdefault(column, {}).update(dict.fromkeys(rows, error))


def _repeats(rest: bytes) -> int:
    found = _REPEATED.search(rest)
    # No more figures than tell that it is too many: a number of a million of them takes long to read.
    return min(int(found[1][:_FIGURES]), MOST_CELLS + 1) if found else 1
