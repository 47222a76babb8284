"""The report as an Excel workbook: a sheet a section, numbers that are numbers, sums and shares that are formulas."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.exchange.reports.values import Cell, Column, Report, Section
from planner.exchange.workbook_parts import Looks, book_at, number_format

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

# The rows above the headings of a table: its title, what it says, an empty one.
ABOVE: Final = 3
LEAST_WIDTH, MOST_WIDTH = 10, 60


def write_workbook(report: Report, target: Path) -> None:
    """Write the report as .xlsx; PlannerError when the file cannot be written, and what was there stays."""
    with book_at(target, report.title) as book:
        looks = ReportLooks(book)
        _about(book.add_worksheet("About"), report, looks)
        for section in report.sections:
            Sheet(book.add_worksheet(section.name), section, looks).write()


class ReportLooks(Looks):
    """The formats of a report."""

    def cell(self, column: Column, *, total: bool = False) -> Any:  # noqa: ANN401 - a class without types
        """Return the format of a column's cells, or of its total."""
        how: dict[str, Any] = {"bold": True, "top": 1} if total else {}
        if column.sort == "number":
            how["num_format"] = number_format(column.decimals)
        elif column.sort == "day":
            how["num_format"] = "yyyy-mm-dd"
        return self.of(**how)


class Sheet:
    """Writes one section into a worksheet."""

    def __init__(self, sheet: "Worksheet", section: Section, looks: ReportLooks) -> None:
        self._sheet = sheet
        self._section = section
        self._looks = looks
        self._letters = {column.key: _letter(at) for at, column in enumerate(section.columns)}

    def write(self) -> None:
        """Write title, note, headings, rows and totals; the headings stay in sight, and can be filtered by."""
        sheet, section = self._sheet, self._section
        sheet.write_string(0, 0, section.title, self._looks.title)
        sheet.write_string(1, 0, section.note, self._looks.quiet)
        for at, column in enumerate(section.columns):
            look = self._looks.number_heading if column.sort == "number" else self._looks.heading
            sheet.write_string(ABOVE, at, column.heading, look)
            sheet.set_column(at, at, _width(section, at))
        for row, cells in enumerate(section.rows, start=ABOVE + 1):
            for at, (column, value) in enumerate(zip(section.columns, cells, strict=True)):
                self._write_cell(row, at, column, value)
        if section.rows:
            sheet.autofilter(ABOVE, 0, ABOVE + len(section.rows), len(section.columns) - 1)
            self._write_totals()
        sheet.freeze_panes(ABOVE + 1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(ABOVE)

    def _write_cell(self, row: int, at: int, column: Column, value: Cell) -> None:
        look = self._looks.cell(column)
        if value is None:
            self._sheet.write_blank(row, at, None, look)
        elif column.formula and isinstance(value, float):
            cells = {key: f"{letter}{row + 1}" for key, letter in self._letters.items()}
            self._sheet.write_formula(row, at, f"={column.formula.format(**cells)}", look, value)
        elif isinstance(value, float):
            self._sheet.write_number(row, at, value, look)
        elif isinstance(value, date):
            self._sheet.write_datetime(row, at, value, look)
        else:
            self._sheet.write_string(row, at, value, look)

    def _write_totals(self) -> None:
        first, last = ABOVE + 2, ABOVE + 1 + len(self._section.rows)
        for at, column in enumerate(self._section.columns):
            if column.total:
                letter = _letter(at)
                total = sum(value for row in self._section.rows if isinstance(value := row[at], float))
                look = self._looks.cell(column, total=True)
                # Of what the filter leaves in sight.
                self._sheet.write_formula(last, at, f"=SUBTOTAL(9,{letter}{first}:{letter}{last})", look, total)


def _about(sheet: "Worksheet", report: Report, looks: Looks) -> None:
    sheet.write_string(0, 0, report.title, looks.title)
    for row, (word, said) in enumerate((("As of", report.day.isoformat()), *report.about), start=2):
        sheet.write_string(row, 0, word, looks.quiet)
        sheet.write_string(row, 1, said)
    first = 4 + len(report.about)
    for row, section in enumerate(report.sections, start=first):
        sheet.write_url(row, 0, f"internal:'{section.name}'!A1", string=section.title)
        sheet.write_string(row, 1, section.note, looks.quiet)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 100)


def _width(section: Section, at: int) -> int:
    """Return the width of a column in characters: that of its longest text, within bounds."""
    column = section.columns[at]
    if column.sort != "text":
        return max(LEAST_WIDTH, max(map(len, column.heading.split()), default=0) + 2)
    longest = max((len(str(row[at] or "")) for row in section.rows), default=0)
    return min(MOST_WIDTH, max(LEAST_WIDTH, longest + 1, len(column.heading) + 1))


def _letter(at: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - loaded only when a workbook is written

    return str(xl_col_to_name(at))
