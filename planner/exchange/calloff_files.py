"""Call-off schedules as files: CSV or a workbook for one supplier, a folder of them, or one workbook for all."""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.errors import PlannerError
from planner.exchange.calloff import ALL_LINES, TOTAL, CallOffs, schedule_rows
from planner.exchange.csv_export import CsvStyle, write_csv
from planner.exchange.extract import Extract
from planner.exchange.workbook_parts import Looks, book_at, number_format, sheet_name
from planner.fields.quantities import Mass
from planner.units import KG_PER_T

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

PEOPLE: Final = CsvStyle("en", people=True)
SUFFIXES: Final = (".xlsx", ".csv")
_NOT_IN_FILES: Final = re.compile(r'[^\w.+()&, -]|[<>:"/\\|?*]')
_LONGEST_NAME: Final = 80
# The rows above the headings: the title, what it says, an empty one.
_ABOVE: Final = 6
_WIDTHS: Final = {"Contract": 16, "Line": 6, "Material": 14, "Name": 26, "Plant": 24, "Unit": 12, "Status": 11}
_MONTH_WIDTH: Final = 10
_MOST_DECIMALS: Final = 3
_LABELS: Final = 7
_LOOKS: Final[dict[str, dict[str, Any]]] = {
    "Confirmed": {"bold": True},
    "Received": {"font_color": "#5A646E"},
    TOTAL: {"bold": True, "top": 1},
}


def write_schedules(
    schedules: Sequence[CallOffs], target: Path, suffix: str = ".xlsx", style: CsvStyle = PEOPLE
) -> tuple[Path, ...]:
    """Write schedules into a workbook, a sheet each, a CSV file for one, or a folder, a file each; return the files.

    In a folder they are of the kind that `suffix` says. PlannerError when a file cannot be written.
    """
    match target.suffix.lower():
        case ".xlsx":
            write_workbook(schedules, target)
            return (target,)
        case ".csv" if len(schedules) == 1:
            write_csv(schedule_rows(schedules[0]), target, style)
            return (target,)
        case ".csv":
            raise PlannerError(f"{target.name} holds one supplier; choose one, or name a folder or a workbook (.xlsx).")
    if not target.is_dir():
        raise PlannerError(f"There is no folder {target}; make it first, or name a file that ends in .xlsx or .csv.")
    files: list[Path] = []
    for schedule in schedules:
        path = target / file_name(schedule.supplier.code, suffix, {file.name for file in files})
        write_schedules((schedule,), path, suffix, style)
        files.append(path)
    return tuple(files)


def file_name(supplier: str, suffix: str, taken: Collection[str] = ()) -> str:
    """Return a name that every system takes, none of those taken, and no way out of the folder."""
    bare = _NOT_IN_FILES.sub("-", f"Call-offs {supplier}")[:_LONGEST_NAME].strip(" .")
    used = {name.casefold() for name in taken}
    name, number = f"{bare}{suffix}", 2
    while name.casefold() in used:
        name, number = f"{bare} ({number}){suffix}", number + 1
    return name


def write_workbook(schedules: Sequence[CallOffs], target: Path) -> None:
    """Write schedules as .xlsx, a sheet for each supplier; PlannerError when that cannot be."""
    title = "Call-off schedule" if len(schedules) == 1 else "Call-off schedules"
    with book_at(target, title) as book:
        looks, names = Looks(book), list[str]()
        for schedule in schedules:
            names.append(sheet_name(schedule.supplier.code, names))
            _Sheet(book.add_worksheet(names[-1]), schedule, looks).write()


class _Sheet:
    """Writes the schedule of one supplier; what is received is quiet, what is confirmed bold, totals are sums."""

    def __init__(self, sheet: "Worksheet", schedule: CallOffs, looks: Looks) -> None:
        self._sheet = sheet
        self._schedule = schedule
        self._looks = looks
        kgs = [kg for line in schedule.lines for months in line.kg.values() for kg in months.values()]
        self._decimals = next(d for d in range(_MOST_DECIMALS + 1) if all(kg * 10**d % KG_PER_T == 0 for kg in kgs))

    def write(self) -> None:
        """Write what it is, headings, rows and totals; headings and lines stay in sight."""
        rows = schedule_rows(self._schedule)
        self._write_head(rows)
        first = _ABOVE
        for row, values in enumerate(rows.rows(), start=_ABOVE + 1):
            status = str(values[_LABELS - 1])
            if status == TOTAL:
                self._write_row(row, rows, values, first=first if values[0] != ALL_LINES else None)
                first = row
            else:
                self._write_row(row, rows, values)
        self._sheet.freeze_panes(_ABOVE + 1, _LABELS)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.repeat_rows(_ABOVE)

    def _write_head(self, rows: Extract) -> None:
        sheet, schedule, looks = self._sheet, self._schedule, self._looks
        sheet.write_string(0, 0, rows.title, looks.title)
        said = (
            ("Buyer", ", ".join(schedule.buyers)),
            ("Months", f"{schedule.start} to {schedule.end}"),
            ("As of", f"{datetime.now(UTC).astimezone():%Y-%m-%d}"),
            ("Quantities", "Tonnes; planned, confirmed by you, and received by us."),
        )
        for row, (word, text) in enumerate(said, start=1):
            sheet.write_string(row, 0, word, looks.quiet)
            sheet.write_string(row, 1, text)
        for at, column in enumerate(rows.columns):
            number = isinstance(column.kind, Mass)
            sheet.write_string(_ABOVE, at, column.heading, looks.number_heading if number else looks.heading)
            sheet.set_column(at, at, _MONTH_WIDTH if number else _WIDTHS[column.heading])

    def _write_row(self, row: int, rows: Extract, values: tuple[Any, ...], first: int | None = None) -> None:
        """Write a row; a total adds up the rows below `first`."""
        status = str(values[_LABELS - 1])
        look = _LOOKS.get(status, {})
        text, number = self._looks.of(**look), self._looks.of(num_format=number_format(self._decimals), **look)
        last = len(values) - 1
        for at, (column, value) in enumerate(zip(rows.columns, values, strict=True)):
            if value is None or value == "":
                self._sheet.write_blank(row, at, None, text)
            elif not isinstance(column.kind, Mass):
                put = self._sheet.write_number if isinstance(value, int) else self._sheet.write_string
                put(row, at, value, text)
            elif at == last:
                span = f"{_cell(row, _LABELS)}:{_cell(row, at - 1)}"
                self._sheet.write_formula(row, at, f"=SUM({span})", number, value / KG_PER_T)
            elif first is not None:
                span = f"{_cell(first + 1, at)}:{_cell(row - 1, at)}"
                self._sheet.write_formula(row, at, f"=SUM({span})", number, value / KG_PER_T)
            else:
                self._sheet.write_number(row, at, value / KG_PER_T, number)


def _cell(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415 - loaded only when a workbook is written

    return str(xl_rowcol_to_cell(row, column))
