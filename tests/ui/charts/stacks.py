"""Stacks written out by hand over the rows of `tables`, as the analysis gives them."""

from planner.analysis import CoverTable, Subject
from planner.analysis.gaps.stack import StackBy, StackSeries, StackTable
from tests.ui.charts.tables import cover_table

FIRST, SECOND = (("EXC-CO-2025", 1),), (("MNG-CO-2025", 1), ("MNG-CO-2025", 2))
SUPPLY = ((80.0, 80.0, 50.0, 1_250.5), (40.0, 30.0, 10.0, 0.0))
OPTION = (10.0, 10.0, 0.0, 0.0)


def by_supplier(cover: CoverTable | None = None) -> StackTable:
    """Return the rows of `tables` by supplier: two deliver, and the second has an option."""
    series = (
        StackSeries("EXC", "Example Cobalt", "supply", SUPPLY[0], FIRST, 3),
        StackSeries("MNG", "Managem", "supply", SUPPLY[1], SECOND, 0),
        StackSeries("MNG", "Managem", "option", OPTION, SECOND[1:], 0),
    )
    return StackTable(cover or cover_table(), StackBy.SUPPLIER, series, FIRST)


def by_country(keys: tuple[str, ...] = ("MA", "Belgium")) -> StackTable:
    """Return the same supply by countries that are named by a code or in full."""
    series = tuple(
        StackSeries(key, key, "supply", values, FIRST, place)
        for place, (key, values) in enumerate(zip(keys, SUPPLY, strict=True))
    )
    return StackTable(cover_table(), StackBy.COUNTRY, series)


def of_element(code: str, table: StackTable) -> StackTable:
    """Return a stack as one of another element."""
    cover = table.cover
    other = CoverTable(
        Subject("element", code), cover.basis, cover.by, cover.stages, cover.unit, cover.product, cover.rows
    )
    return StackTable(other, table.by, table.series, table.over_lines)
