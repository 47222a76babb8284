"""Rows of a plan as an Excel workbook: a table, what a grid shows, or the whole plan with a sheet for each table."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.errors import PlannerError
from planner.exchange.extract import Extract, OutColumn, Report, share_of, silent
from planner.exchange.guard import GUARD, guarded
from planner.exchange.sheet_extract import whole_table
from planner.exchange.workbook_parts import MOST_ROWS, Looks, book_at, number_format, sheet_name
from planner.fields import Choice, Fixed, Kind, LineNumber, Stored
from planner.fields.kinds import DateKind, MonthKind
from planner.model import TABLES
from planner.plan import Plan

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ABOUT: Final = "About"
# From this day Excel counts the days of today's calendar.
_DAY_ZERO: Final = date(1899, 12, 30).toordinal()
_LEAST_WIDTH, _MOST_WIDTH = 9, 60
_DAY_WIDTH: Final = 11
# Beyond that many a column repeats little.
_REMEMBERED: Final = 100_000

# Outside of what XML may hold.
_NO_WORKBOOK: Final = re.compile("[\ufffe\uffff]")
_SHOWN: Final = 60

Cell = str | float | None


def export_workbook(plan: Plan, table: str, target: Path, report: Report = silent) -> int:
    """Write a table as .xlsx and return its number of rows; importing the file again changes nothing.

    PlannerError when the file cannot be written or the table has more rows than a sheet.
    """
    with plan.reading():
        extract = whole_table(plan, table)
        title = f"{extract.title} of {plan.path.stem}"
        back = f"To bring it back: choose Import, this file and the table {extract.title}."
        return write_workbook((extract,), target, title, (("Plan", plan.path.name),), back=back, report=report)


def export_plan(plan: Plan, target: Path, report: Report = silent) -> int:
    """Write every table as a sheet of one .xlsx and return how many rows there are; PlannerError as for a table."""
    with plan.reading():
        extracts = tuple(whole_table(plan, table) for table in TABLES)
        about = (("Plan", plan.path.name), ("Edits", str(len(plan.history()))))
        back = (
            "To bring it back: choose Import and this file, one table at a time.\n"
            "All at once by the command: offtake import PLAN --all FILE\n"
            "Rows are added or changed by their key; what the plan alone has stays. The history is not in here."
        )
        return write_workbook(extracts, target, plan.path.stem, about, back=back, report=report)


def write_workbook(  # noqa: PLR0913 - what a workbook says of itself, beside its rows
    extracts: Sequence[Extract],
    target: Path,
    title: str,
    about: Sequence[tuple[str, str]],
    *,
    back: str = "",
    report: Report = silent,
) -> int:
    """Write rows as .xlsx, a sheet for each extract and one about them all; return how many rows there are.

    `about` are pairs of a word and what it says, `back` the lines that tell how the file is read again. PlannerError
    when the file cannot be written or an extract has more rows than a sheet; what was there stays then.
    """
    for extract in extracts:
        if extract.count >= MOST_ROWS:
            raise PlannerError(
                f"{extract.title} has {extract.count:,} rows, and a sheet of Excel holds {MOST_ROWS - 1:,}; write it"
                " as CSV, or show fewer rows by a filter and write those."
            )
    whole, before = max(1, sum(extract.count for extract in extracts)), 0
    with book_at(target, title, large=True) as book:
        looks = Looks(book)
        names: list[str] = [ABOUT]
        sheets = [book.add_worksheet(ABOUT)]
        for extract in extracts:
            names.append(sheet_name(extract.title, names))
            sheets.append(book.add_worksheet(names[-1]))
        _About(title, tuple(about), back, tuple(zip(names[1:], extracts, strict=True))).write(sheets[0], looks)
        sheets[min(1, len(extracts))].activate()
        for sheet, extract in zip(sheets[1:], extracts, strict=True):
            _Sheet(sheet, extract, looks).write(share_of(report, before / whole, extract.count / whole))
            before += extract.count
    report(1.0)
    return sum(extract.count for extract in extracts)


@dataclass(frozen=True, slots=True)
class _About:
    """The first sheet: what the workbook is, of what and of when, what is in it, how it is read again."""

    title: str
    about: tuple[tuple[str, str], ...]
    back: str
    parts: tuple[tuple[str, Extract], ...]

    def write(self, sheet: "Worksheet", looks: Looks) -> None:
        """Write from the top down."""
        now = datetime.now(UTC).astimezone()
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 12)
        sheet.write_string(0, 0, self.title, looks.title)
        said = (*self.about, ("Written", f"{now:%Y-%m-%d %H:%M}"), ("By", "Offtake"))
        for row, (word, text) in enumerate(said, start=2):
            sheet.write_string(row, 0, word, looks.quiet)
            sheet.write_string(row, 1, text)
        back = self.back.splitlines()
        for row, line in enumerate(back, start=len(said) + 3):
            sheet.write_string(row, 0, line)
        self._write_parts(sheet, looks, len(said) + 3 + (len(back) + 1 if back else 0))

    def _write_parts(self, sheet: "Worksheet", looks: Looks, top: int) -> None:
        sheet.write_string(top, 0, "Sheet", looks.heading)
        sheet.write_string(top, 1, "Rows", looks.number_heading)
        for row, (name, extract) in enumerate(self.parts, start=top + 1):
            quoted = name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{quoted}'!A1", string=name)
            sheet.write_number(row, 1, extract.count, looks.of(num_format="#,##0"))


@dataclass(slots=True)
class _Measure:
    """What a column needs: the most decimals of its numbers, the longest of its texts in characters."""

    kind: Kind
    decimals: int = 0
    longest: int = 0
    _seen: set[Stored] = field(default_factory=set)

    def look_at(self, values: Sequence[Stored]) -> None:
        """Take some values in."""
        fresh = set(values) - self._seen - {None}
        if isinstance(self.kind, Fixed):
            numbers = [value for value in fresh if isinstance(value, int)]
            most = self.kind.decimals
            while self.decimals < most and any(number % 10 ** (most - self.decimals) for number in numbers):
                self.decimals += 1
            self.longest = max(self.longest, *(len(str(number)) for number in numbers), 0, 0)
        elif not isinstance(self.kind, DateKind | MonthKind):
            written = map(_cell_of(self.kind), fresh)
            self.longest = max(self.longest, *(_widest(str(text)) for text in written), 0, 0)
        if len(self._seen) < _REMEMBERED:
            self._seen |= fresh


class _Sheet:
    """Writes an extract from the top left: headings that stay in sight, then its rows."""

    def __init__(self, sheet: "Worksheet", extract: Extract, looks: Looks) -> None:
        self._sheet = sheet
        self._extract = extract
        self._looks = looks

    def write(self, report: Report) -> None:
        """Read the rows twice: what each column needs stands above them. A tenth of the time goes into the first."""
        extract, sheet = self._extract, self._sheet
        measures = [_Measure(column.kind) for column in extract.columns]
        for rows in extract.chunks(share_of(report, 0.0, 0.1)):
            for measure, values in zip(measures, zip(*rows, strict=True), strict=True):
                measure.look_at(values)
        looks = [self._look(measure) for measure in measures]
        for at, (column, measure, look) in enumerate(zip(extract.columns, measures, looks, strict=True)):
            sheet.set_column(at, at, _width(column, measure), look)
            heading = self._looks.number_heading if column.kind.numeric else self._looks.heading
            sheet.write_string(0, at, column.heading, heading)
        sheet.freeze_panes(1, min(1, len(extract.columns)))
        if extract.count:
            sheet.autofilter(0, 0, extract.count, len(extract.columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        self._write_rows(looks, share_of(report, 0.1, 0.9))

    def _look(self, measure: _Measure) -> Any:  # noqa: ANN401 - a class without types
        match measure.kind:
            case Fixed():
                return self._looks.of(num_format=number_format(measure.decimals))
            case LineNumber():
                return self._looks.of(num_format="0")
            case MonthKind():
                return self._looks.of(num_format="yyyy-mm", align="left")
            case DateKind():
                return self._looks.of(num_format="yyyy-mm-dd", align="left")
            case _:
                # Texts, also what is typed below them later.
                return self._looks.of(num_format="@")

    def _write_rows(self, looks: Sequence[Any], report: Report) -> None:
        number, text = self._sheet.write_number, self._sheet.write_string
        columns = [
            (at, _Cells(column.kind), looks[at], number if _is_number(column.kind) else text)
            for at, column in enumerate(self._extract.columns)
        ]
        row = 0
        for rows in self._extract.chunks(report):
            for values in rows:
                row += 1
                for at, cells, look, put in columns:
                    cell = cells[values[at]]
                    if cell is not None:
                        put(row, at, cell, look)


class _Cells(dict[Stored, Cell]):
    """The cell of each stored value of one column; None for an empty one."""

    def __init__(self, kind: Kind) -> None:
        self._of = _cell_of(kind)

    def __missing__(self, stored: Stored) -> Cell:
        cell = None if stored is None or stored == "" else self._of(stored)
        if len(self) >= _REMEMBERED:
            self.clear()
        self[stored] = cell
        return cell


def _is_number(kind: Kind) -> bool:
    return isinstance(kind, Fixed | LineNumber | MonthKind | DateKind)


def _cell_of(kind: Kind) -> Callable[[Stored], Cell]:
    """Return what makes a cell of a stored value: numbers as people see them, months and days as Excel counts days."""
    match kind:
        case Fixed(decimals=decimals):
            # The quotient of two whole numbers is the nearest there is: read again, it is the number that was meant.
            return lambda stored: int(stored or 0) / 10**decimals
        case LineNumber():
            return lambda stored: int(stored or 0)
        case MonthKind():
            return lambda stored: date(*_year_and_month(int(stored or 0)), 1).toordinal() - _DAY_ZERO
        case DateKind():
            return lambda stored: date.fromisoformat(str(stored)).toordinal() - _DAY_ZERO
        case Choice():
            return lambda stored: kind.title(str(stored)) if stored else None
        case _:
            return lambda stored: _unmistakable(str(stored))


def _year_and_month(number: int) -> tuple[int, int]:
    year, rest = divmod(number, 12)
    return year, rest + 1


def _unmistakable(text: str) -> str:
    """Return a text that reads as itself again: a cell of text is no formula, but a guard at its front would go.

    PlannerError when it holds one of the two characters that no workbook can.
    """
    bad = _NO_WORKBOOK.search(text)
    if bad is not None:
        raise PlannerError(
            f"{text[:_SHOWN]!r} holds the character U+{ord(bad[0]):04X}, which no workbook can; delete that character,"
            " or write CSV."
        )
    return guarded(text) if text.startswith(GUARD) else text


def _widest(text: str) -> int:
    return max(map(len, text.split("\n")), default=0)


def _width(column: OutColumn, measure: _Measure) -> float:
    """Return the width of a column in characters: that of its longest cell or word of its heading, within bounds."""
    words = max(map(len, column.heading.split()), default=0)
    if isinstance(column.kind, DateKind | MonthKind):
        return max(_DAY_WIDTH, words + 2)
    # Marks of thousands and the decimal point, and the arrow of the filter.
    longest = measure.longest * 4 // 3 + 1 if isinstance(column.kind, Fixed) else measure.longest + 1
    return min(_MOST_WIDTH, max(_LEAST_WIDTH, longest, words + 3))
