"""How a workbook is understood: the sheet whose header names the most fields of a table, and the row of that header."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange.cell_text import cell_text, header_texts
from planner.exchange.decimals import detect_locale
from planner.exchange.dialect import Dialect, Layout
from planner.exchange.guess import Guess
from planner.exchange.headings import fields_of_header
from planner.exchange.wide_source import Across, detect_wide
from planner.exchange.workbook import Sheet, tops
from planner.model import Table

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class _Reading:
    """A sheet and how its first rows are laid out."""

    sheet: Sheet
    layout: Layout
    wide: bool

    @property
    def score(self) -> tuple[int, bool, float]:
        """How many fields the header names, then whether people see the sheet, then how even its rows are."""
        named, even = self.layout.score
        return named, not self.sheet.hidden, even

    def typed_numbers(self, table: Table) -> Iterable[str]:
        """Return the cells of text where numbers should be."""
        across = Across.of(self.layout.header, table) if self.wide else None
        places = [at for at, field in enumerate(self.layout.fields) if field and field.kind.numeric]
        places += across.periods if across else ()
        rows = (row for line, row in self.sheet.top if line > self.layout.header_line)
        return (cell for row in rows for at in places if at < len(row) and isinstance(cell := row[at], str))


def detect(path: Path, table: Table, sheet: str = "") -> Dialect:
    """Tell which sheet of a workbook is for a table and where its header stands; `sheet`: only look at that one.

    PlannerError when none has a header, or the workbook cannot be read.
    """
    return _examined(path, table, sheet)[0]


def guesses(path: Path, table: Table, sheet: str = "") -> tuple[Guess, ...]:
    """Return what `detect` guesses, each with how sure it is and why; PlannerError when there is no header."""
    return _examined(path, table, sheet)[1]


def header_of(path: Path, dialect: Dialect) -> tuple[str, ...]:
    """Return the header of the sheet of a dialect where it stands among the first rows; else nothing."""
    tops_by_name = {sheet.name: dict(sheet.top) for sheet in tops(path)}
    return header_texts(tops_by_name.get(dialect.sheet, {}).get(dialect.header_line, []))


def fields_named(sheets: Iterable[Sheet], table: Table) -> tuple[frozenset[str], int]:
    """Return the fields that the best header of some sheets names, and how many columns it has."""
    readings = [_reading(sheet, table) for sheet in sheets]
    if not readings:
        return frozenset(), 0
    best = max(readings, key=lambda each: each.score)
    return fields_of_header(best.layout.header, table), sum(map(bool, best.layout.header))


def _examined(path: Path, table: Table, sheet: str) -> tuple[Dialect, tuple[Guess, ...]]:
    sheets = [each for each in tops(path) if not sheet or each.name == sheet]
    readings = [_reading(each, table) for each in sheets]
    best = max(readings, key=lambda each: each.score, default=None)
    if best is None or not best.layout.named:
        raise PlannerError(_no_header(path, table, sheets, sheet))
    locale, doubt = detect_locale(best.typed_numbers(table), "")
    order, other_doubt = best.layout.dates()
    doubts = " ".join(filter(None, (doubt, other_doubt)))
    found = Dialect(
        "",
        "",
        locale.value or None,
        best.layout.header_line,
        doubts,
        sheet=best.sheet.name,
        date_order=order.value,
        wide=best.wide,
    )
    return found, (_sheet(best, readings), _header(best, table), locale, order, _width(best, table))


def _reading(sheet: Sheet, table: Table) -> _Reading:
    layout = Layout.of([(line, [cell_text(cell) for cell in row]) for line, row in sheet.top], table)
    return _Reading(sheet, layout, detect_wide(layout.header, table))


def _sheet(best: _Reading, readings: list[_Reading]) -> Guess:
    rivals = [each.sheet.name for each in readings if each is not best and each.score[0] == best.score[0]]
    others = [_called(each.sheet) for each in readings if each is not best]
    if not others:
        return Guess("sheet", best.sheet.name, 1.0, "it is the only sheet")
    if rivals:
        return Guess("sheet", best.sheet.name, 0.5, f"its header fits as well as that of {', '.join(rivals[:_SHOWN])}")
    why = f"its header names more fields than those of {', '.join(others[:_SHOWN])}"
    return Guess("sheet", best.sheet.name, 0.95, why)


def _header(best: _Reading, table: Table) -> Guess:
    layout = best.layout
    why = f"row {layout.header_line} names {', '.join(sorted(layout.named))} of {table.name}"
    cells = sum(bool(cell.strip()) for cell in layout.header) - max(0, len(layout.across) - 1)
    return Guess(
        "header_line", str(layout.header_line), round(0.5 + min(0.5, layout.score[0] / max(1, cells) / 2), 2), why
    )


def _width(best: _Reading, table: Table) -> Guess:
    across = Across.of(best.layout.header, table) if best.wide else None
    if across is None:
        return Guess("wide", "no", 0.9, "no three of its columns are headed by months")
    first, last = (best.layout.header[across.periods[at]].strip() for at in (0, -1))
    return Guess("wide", "yes", 0.95, f"{len(across.periods)} of its columns are periods, {first} to {last}")


def _called(sheet: Sheet) -> str:
    return f"{sheet.name} (hidden)" if sheet.hidden else sheet.name


def _no_header(path: Path, table: Table, sheets: list[Sheet], sheet: str) -> str:
    names = ", ".join(field.name for field in table.fields)
    if not sheets:
        return f"{path.name} has no sheet {sheet!r}; choose one that it has."
    others = ", ".join(_called(each) for each in sheets[:_SHOWN])
    return (
        f"{path.name} has no sheet with a header row for {table.name}: write {names} above the data. Its sheets are"
        f" {others}."
    )
