"""A cover table as rows of figures, and where each of them comes from."""

from collections.abc import Mapping
from typing import Final

from planner.analysis import CoverTable
from planner.analysis.gaps.heat import DEFAULT
from ui.charts.words import decimals_of
from ui.pages.figures_model import Figures

# The rows: heading, attribute of CoverRow; cover, which has a unit of its own, comes after them.
ROWS: Final = (
    ("Demand", "demand"),
    ("Firm", "firm"),
    ("Probable", "probable"),
    ("Supply", "supply"),
    ("Option", "option"),
    ("Open capacity", "capacity"),
    ("Over capacity", "over_capacity"),
    ("Stock at the end", "stock_end"),
    ("Safety stock", "safety_stock"),
    ("Net requirement", "net_requirement"),
)
COVER: Final = ("Cover (%)", "cover_pct")
# The page that a figure comes from, by the action that goes there, where it is no sum of lines.
SOURCES: Final[Mapping[str, str]] = {
    "demand": "go_demand",
    "capacity": "go_capacity",
    "stock_end": "go_stock",
    "safety_stock": "go_stock",
}
# Those that come from all the others, and have an explanation.
EXPLAINED: Final = frozenset({"net_requirement", "cover_pct"})
_STRONG: Final = frozenset({"demand", "supply", "net_requirement"})


def figures_of(table: CoverTable) -> list[Figures]:
    """Return the rows of figures of a table; net requirements, and cover where there is one, tell a shortage."""
    decimals = decimals_of(table.unit)
    short = frozenset(at for at, row in enumerate(table.rows) if row.net_requirement)
    low = frozenset(at for at in short if (table.rows[at].cover_pct or 0) < DEFAULT.short_below_pct)
    marked = {"net_requirement": short}
    rows = [
        Figures(
            heading,
            tuple(getattr(row, attr) for row in table.rows),
            decimals,
            strong=attr in _STRONG,
            short=marked.get(attr, frozenset()),
        )
        for heading, attr in ROWS
    ]
    cover = tuple(row.cover_pct for row in table.rows)
    return [*rows, Figures(COVER[0], cover, 0, strong=True, short=low)]


def attribute_at(row: int) -> str:
    """Return the attribute of CoverRow that a row of figures shows."""
    return (*ROWS, COVER)[row][1]
