"""Which sheets of a workbook hold which tables, told by their names."""

from pathlib import Path

from planner.errors import PlannerError
from planner.exchange import workbook_dialect
from planner.exchange.cell_text import header_texts
from planner.exchange.dialect import Dialect
from planner.exchange.package_source import TableFile, table_meant
from planner.exchange.workbook import Sheet, tops
from planner.exchange.workbook_export import ABOUT
from planner.model import TABLES, Table


def table_sheets(path: Path) -> tuple[tuple[TableFile, ...], tuple[str, ...]]:
    """Return the sheets for tables, each table after those that it refers to, and the names of the other sheets.

    PlannerError when it is no workbook, two sheets are for one table, or none is for any.
    """
    found: dict[str, Sheet] = {}
    others: list[str] = []
    for sheet in tops(path):
        table = table_meant(sheet.name)
        if table is None:
            others += [sheet.name] if sheet.name != ABOUT else []
        elif table in found:
            both = f"{found[table].name} and {sheet.name}"
            raise PlannerError(f"{path.name} has two sheets for {table}: {both}. Delete one.")
        else:
            found[table] = sheet
    if not found:
        raise PlannerError(f"{path.name} has no sheet for any table; name each for its table, such as Contracts.")
    parts = (
        TableFile(name, path, _own(found[name], table), found[name].name)
        for name, table in TABLES.items()
        if name in found
    )
    return tuple(parts), tuple(others)


def dialect_of(file: TableFile) -> Dialect:
    """Tell how the sheet of somebody else is laid out; PlannerError when it has no header for its table."""
    return workbook_dialect.detect(file.path, TABLES[file.table], file.sheet)


def _own(sheet: Sheet, table: Table) -> Dialect | None:
    """Return the dialect of a sheet as we write it, where nothing has to be told and no row is a total."""
    line, cells = sheet.top[0] if sheet.top else (0, [])
    if line != 1 or header_texts(cells) != tuple(field.heading for field in table.fields):
        return None
    return Dialect("", "", None, 1, sheet=sheet.name, totals=False)
