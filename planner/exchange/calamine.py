"""The library that reads workbooks, its errors turned into sentences."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from planner.exchange.archive import broken_workbook, protected_workbook
from planner.exchange.cell_text import Cell

Merged = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a sheet: its rows from the first row of the sheet on, all as wide, from `first_column` (from 0) on.

    `merged` are first and last cell of each group, as row and column from 0.
    """

    rows: Callable[[], Iterator[list[Cell]]]
    height: int
    first_column: int
    merged: tuple[Merged, ...]


class Book:
    """An open workbook."""

    def __init__(self, name: str, content: bytes) -> None:
        """Read what there is beside the sheets; PlannerError when the workbook is protected or broken."""
        self._name = name
        with _told(name):
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            sheets = [each for each in self._book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        self.sheets = tuple((each.name, each.visible != SheetVisibleEnum.Visible) for each in sheets)

    def cells(self, sheet: str) -> Cells:
        """Read a sheet; PlannerError when it is broken."""
        with _told(self._name):
            found = self._book.get_sheet_by_name(sheet)
            start, end = found.start, found.end
            if start is None or end is None:
                return Cells(lambda: iter(()), 0, 0, ())
            return Cells(found.iter_rows, end[0] + 1, start[1], tuple(found.merged_cell_ranges or ()))


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except PasswordError as error:
        raise protected_workbook(name) from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise broken_workbook(name) from error
    except BaseException as error:
        # A panic of the library is no Exception, so that nothing catches it by chance.
        if type(error).__name__ != "PanicException":
            raise
        raise broken_workbook(name) from error
