"""What a person can ask to be written, and how: which forms each thing has, and the writing itself."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale

from planner.exchange.calloff import call_offs
from planner.exchange.calloff_files import file_name, write_schedules
from planner.exchange.csv_export import CsvStyle, write_csv
from planner.exchange.datapackage import export_package
from planner.exchange.extract import Extract, Report
from planner.exchange.sheet_extract import whole_table
from planner.exchange.workbook_export import export_plan, export_workbook, write_workbook
from planner.fields.numbers import decimal_mark, format_number
from planner.plan import Plan
from planner.units import Month
from ui.grids.formats import locale_id

LOCALES: Final = ("en", "fr", "de", "de_CH", "it", "es", "pt", "nl", "pl", "sv")
_EXAMPLE: Final = Decimal("1250.5")


class What(Enum):
    """What is written."""

    SHOWN = "This grid as shown"
    TABLE = "A whole table"
    PLAN = "The whole plan"
    CALL_OFFS = "Call-off schedule of a supplier"


class Form(Enum):
    """What kind of file it becomes."""

    WORKBOOK = "Workbook (Excel)"
    PEOPLE = "CSV for a spreadsheet: titles with units"
    MACHINES = "CSV for programs: names, commas, decimal points"
    PACKAGE = "Data package: a folder of CSV files and their description"

    @property
    def suffix(self) -> str:
        """The end of the file's name; empty for a folder."""
        return {Form.WORKBOOK: ".xlsx", Form.PACKAGE: ""}.get(self, ".csv")


FORMS: Final = {
    What.SHOWN: (Form.WORKBOOK, Form.PEOPLE, Form.MACHINES),
    What.TABLE: (Form.WORKBOOK, Form.PEOPLE, Form.MACHINES),
    What.PLAN: (Form.WORKBOOK, Form.PACKAGE),
    What.CALL_OFFS: (Form.WORKBOOK, Form.PEOPLE),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen: `shown` are the rows of the grid, `table` and `supplier` count where they are asked for.

    `stages`: memoranda and letters of intent are called off too. `horizon` None: that of the deliveries.
    """

    what: What
    form: Form
    locale: str
    table: str
    shown: Extract | None = None
    supplier: str = ""
    stages: bool = False
    horizon: tuple[Month, Month] | None = None

    @property
    def style(self) -> CsvStyle:
        """How CSV is written."""
        return CsvStyle(self.locale, people=True) if self.form is Form.PEOPLE else CsvStyle()

    def rows(self, plan: Plan) -> Extract:
        """Return what goes into one table of rows."""
        if self.what is What.SHOWN and self.shown is not None:
            return self.shown
        return whole_table(plan, self.table)

    def suggested(self, plan: Plan) -> str:
        """Return a name for the file or folder."""
        match self.what:
            case What.PLAN if self.form is Form.PACKAGE:
                return f"{plan.path.stem} package"
            case What.PLAN:
                return f"{plan.path.stem}{self.form.suffix}"
            case What.CALL_OFFS:
                return file_name(self.supplier, self.form.suffix)
            case _:
                return f"{self.rows(plan).name}{self.form.suffix}"


def write(plan: Plan, wish: Wish, target: Path, report: Report) -> str:
    """Write what was wished and return a sentence that says so; PlannerError when that cannot be."""
    match wish.what:
        case What.PLAN:
            done = (export_plan if wish.form is Form.WORKBOOK else export_package)(plan, target, report)
        case What.CALL_OFFS:
            first, last = wish.horizon or (None, None)
            schedule = call_offs(plan, wish.supplier, first, last, agreed_only=not wish.stages)
            write_schedules((schedule,), target, style=wish.style)
            left_out = ", ".join(f"{reference} ({stage.lower()})" for reference, stage in schedule.left_out)
            return f"Wrote {target}" + (f"; left out {left_out}" if left_out else "")
        case What.TABLE if wish.form is Form.WORKBOOK:
            done = export_workbook(plan, wish.table, target, report)
        case _ if wish.form is Form.WORKBOOK:
            rows = wish.rows(plan)
            about = (("Plan", plan.path.name), ("Shown", "as the grid showed it: its columns, filter and order"))
            with plan.reading():
                done = write_workbook((rows,), target, f"{rows.title} of {plan.path.stem}", about, report=report)
        case _:
            done = write_csv(wish.rows(plan), target, wish.style, plan.path.name, report)
    return f"Wrote {done:,} {'row' if done == 1 else 'rows'} to {target}"


def locales() -> dict[str, str]:
    """Return the locales that are offered, this computer's first, each with how it writes numbers."""
    own = locale_id()
    names = {code: _named(code) for code in LOCALES}
    if decimal_mark(own) not in ".,":
        return names
    return {own: f"This computer: {_named(own)}"} | {code: name for code, name in names.items() if code != own}


def _named(code: str) -> str:
    locale = QLocale(code)
    language = QLocale.languageToString(locale.language())
    where = f" ({QLocale.territoryToString(locale.territory())})" if "_" in code else ""
    return f"{language}{where}, {format_number(_EXAMPLE, code)}"
