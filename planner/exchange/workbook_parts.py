"""What every workbook that is written has in common: a file whole or not at all, formats, names of sheets."""

import re
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from planner.exchange.atomic import written

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# What a sheet of Excel holds, its heading among the rows.
MOST_ROWS: Final = 1_048_576
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


@contextmanager
def book_at(target: Path, title: str, *, large: bool = False) -> Iterator["Workbook"]:
    """Make a workbook, written when the block ends well; PlannerError when it cannot be, and what was there stays.

    `large`: rows go to the disk one by one, each in its place from the top, however many there are.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - loaded only when a workbook is written

    # Texts stay texts: none is taken for a formula, a number or a link.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # What is left lying after a failure lies in the folder, which goes.
    with written(target, encoding="utf-8") as file, tempfile.TemporaryDirectory() as folder:
        how = {"constant_memory": True, "tmpdir": folder} if large else {"in_memory": True}
        book = Workbook(file.buffer, {**options, **how})
        book.set_properties({"title": title, "comments": "Made by Offtake"})
        try:
            yield book
            book.close()
        except BaseException:
            _let_go(book)
            raise


def _let_go(book: "Workbook") -> None:
    """Close what the sheets of a workbook that is not finished hold open."""
    for sheet in book.worksheets():
        if getattr(sheet, "row_data_fh", None) is not None:
            sheet.row_data_fh.close()


def sheet_name(wanted: str, taken: Collection[str] = ()) -> str:
    """Return a name that Excel takes for a sheet, as near as can be to what is wanted and none of those taken."""
    bare = _NOT_IN_NAMES.sub("-", wanted).strip("' ")[:_LONGEST_NAME].strip("' ") or "Sheet"
    # Excel's own, for the changes of a shared workbook.
    bare = "History-" if bare.casefold() == "history" else bare
    used = {name.casefold() for name in taken}
    name, number = bare, 2
    while name.casefold() in used:
        end = f" ({number})"
        name, number = bare[: _LONGEST_NAME - len(end)] + end, number + 1
    return name


class Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.title = self.of(bold=True, font_size=14)
        self.quiet = self.of(font_color="#5A646E")
        self.heading = self.of(bold=True, bottom=1, text_wrap=True, valign="top")
        self.number_heading = self.of(bold=True, bottom=1, text_wrap=True, valign="top", align="right")

    def of(self, **how: Any) -> Any:  # noqa: ANN401 - the properties of a format, and a class without types
        """Return the format with these properties."""
        key = tuple(sorted(how.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(how)
        return self._made[key]


def number_format(decimals: int) -> str:
    """Return how a number is shown: in groups of three, with so many decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")
