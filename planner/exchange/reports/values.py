"""What a report is made of: sections, each a table of numbers that know their unit."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Cell: TypeAlias = str | float | date | None
Sort: TypeAlias = Literal["text", "number", "day"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading with the unit, and with how many decimals its numbers are written.

    `formula` says how a spreadsheet works the number out of others of its row, named in braces: `{firm}+{probable}`.
    `total` columns are added up below the table.
    """

    key: str
    heading: str
    sort: Sort = "number"
    decimals: int = 1
    formula: str = ""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One subject of the report: a sheet, a heading on the page. A cell of a row is None where nothing is known."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A plan as of a day: `about` are pairs of a word and what it says, such as the horizon and what is counted."""

    title: str
    day: date
    about: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
