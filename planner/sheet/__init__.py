"""The rows of a table as arrays: ordered, filtered and searched without building records, however many there are."""

from planner.sheet.column import EMPTY, Bools, Column, Ints
from planner.sheet.filters import Filter, parse_filter
from planner.sheet.sheet import Sheet, SortBy

__all__ = ["EMPTY", "Bools", "Column", "Filter", "Ints", "Sheet", "SortBy", "parse_filter"]
