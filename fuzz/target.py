"""One input for the readers: which table and kind of file it is, and what must hold whatever its bytes are."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

import xlsxwriter

from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.csv_export import export
from planner.exchange.inspection import inspect
from planner.exchange.recognise import likely_table
from planner.exchange.source import detect, opened_source
from planner.fields import Stored
from planner.model import TABLES
from planner.plan import Plan
from tests.planner.exchange.books import ods, ods_cell, ods_row
from tests.strategies import example_plan

FILES: Final = Path(__file__).parent.parent / "tests" / "planner" / "exchange" / "files"
# What an input is: a file as it stands, or one part of a workbook whose other parts are sound.
PARTS: Final = (
    "",
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "content.xml",
)
_HEADER: Final = ("contract", "line", "month", "quantity_t", "2025-01", "Feb 2025", "T1 2027")
_ROWS: Final[tuple[tuple[str | float, ...], ...]] = (
    _HEADER,
    ("C1", 1, "2025-03", 1.5, 2, 3, 4),
    ("C1", 1, "April 2025", "1 250,5 kg", 0.25, "", "Total"),
)
# Words of the formats, without which a change of bytes seldom makes another meaning.
WORDS: Final = (
    *(field.name for table in TABLES.values() for field in table.fields),
    *(field.heading for table in TABLES.values() for field in table.fields),
    *("2025-03", "03/04/2027", "T1 2027", "Q1-27", "mars 2027", "45678", "9999-12", "31.12.2026", "Total", "Summe"),
    *("1 250,5", "1.250,50", "1'250.5", "(12)", "12-", "-12", "1e400", "NaN", "Infinity", "12 %", "5 kt", "7 lb Co"),
    *("\ufeff", "\0", '"', '""', "\r\n", "\r", ";", "\t", "|", ",", "\u202f", "\u202e", "\u2028", "'=", "@", "§"),
    *("<row r='1048576'>", "<c r='XFD9' t='s'><v>1</v></c>", "<is><t>x</t></is>", "<v>1e308</v>", "<!DOCTYPE x>"),
    *('table:number-columns-repeated="9999999"', 'office:value-type="date"', "&#0;", "&x;", "<mergeCell ref='A1:A9'/>"),
)


class Target:
    """A plan of one record a table, and a folder for the file that is tried."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._plan = example_plan(folder / "plan.offtake")
        self._before = _contents(self._plan)
        self._books = {".xlsx": _xlsx(folder / "sound.xlsx"), ".ods": _ods(folder / "sound.ods")}
        self._tables = tuple(TABLES)

    def try_on(self, data: bytes) -> None:
        """Read an input; anything but a preview or a sentence is raised, and a plan that is another than before."""
        table, file = self._tables[data[0] % len(self._tables)] if data else "deliveries", self._file(data)
        for step in (_inspected, self._previewed):
            try:
                step(table, file)
            except PlannerError as error:
                sentence = str(error)
                if not sentence.endswith(".") or "\n" in sentence or len(sentence) > 1_000:  # noqa: PLR2004 - what a person reads
                    raise AssertionError(f"no sentence: {sentence!r}") from error
        if _contents(self._plan) != self._before:
            raise AssertionError("a preview changed the plan")

    def seeds(self) -> Iterator[bytes]:
        """Return an input of each file of the tests, of each part of a sound workbook and of each table's header."""
        for path in sorted(FILES.rglob("*")):
            if path.is_file() and path.suffix != ".md":
                yield bytes([self._number(path), 0]) + path.read_bytes()
        for suffix, parts in self._books.items():
            yield bytes([self._tables.index("deliveries"), 0]) + (self._folder / f"sound{suffix}").read_bytes()
            kinds = (each for each in PARTS if each in parts)
            yield from (bytes([self._tables.index("deliveries"), PARTS.index(kind)]) + parts[kind] for kind in kinds)
        for name in self._tables:
            for people in (False, True):
                out = BytesIO()
                export(self._plan, name, out, locale="fr" if people else None, people=people)
                yield bytes([self._tables.index(name), 0]) + out.getvalue()

    def _number(self, path: Path) -> int:
        try:
            return self._tables.index(likely_table(path) or "deliveries")
        except PlannerError:
            return self._tables.index("deliveries")

    def _file(self, data: bytes) -> Path:
        part, content = PARTS[data[1] % len(PARTS)] if len(data) > 1 else "", data[2:]
        suffix = ".ods" if part == "content.xml" else ".xlsx" if part else ".csv"
        path = self._folder / f"in{suffix}"
        if part:
            with zipfile.ZipFile(path, "w") as book:
                for name, sound in self._books[suffix].items():
                    book.writestr(name, content if name == part else sound)
        else:
            path.write_bytes(content)
        return path

    def _previewed(self, table: str, file: Path) -> None:
        found = imports.preview(self._plan, table, file)
        if found.preview.draft is not None:
            self._plan.discard_draft(found.preview.draft)


def _inspected(table: str, file: Path) -> None:
    target = TABLES[table]
    for batch in opened_source(file, detect(file, target), target).batches():
        if not len(batch.lines) == len(batch.rows) == len(set(batch.lines)):
            raise AssertionError("a batch has not one line for each row")
    inspect(file, table)


def _contents(plan: Plan) -> tuple[int, dict[str, list[tuple[Stored, ...]]]]:
    return len(plan.history()), {name: list(plan.values(name)) for name in TABLES}


def _xlsx(path: Path) -> dict[str, bytes]:
    with xlsxwriter.Workbook(path) as book:
        percent = book.add_format({"num_format": "0 %"})
        sheet = book.add_worksheet("Deliveries")
        for at, row in enumerate(_ROWS):
            sheet.write_row(at, 0, row)
        sheet.write_number(3, 3, 0.5, percent)
        sheet.write_formula(3, 0, "=NA()", value="#N/A")
        sheet.merge_range(4, 0, 6, 0, "C1")
    return _parts(path)


def _ods(path: Path) -> dict[str, bytes]:
    rows = (ods_row(*(_ods_cell(value) for value in row)) for row in _ROWS)
    return _parts(ods(path, f'<table:table table:name="S">{"".join(rows)}</table:table>'))


def _ods_cell(value: str | float) -> str:
    return ods_cell(value) if isinstance(value, str) else ods_cell(str(value), "float", str(value))


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}
