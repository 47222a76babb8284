"""A cover table as rows of figures, and where each of them comes from."""

from collections.abc import Callable, Mapping
from typing import Final

from planner.analysis import CoverTable, Subject
from planner.analysis.gaps.heat import DEFAULT
from planner.analysis.periods import span_of
from planner.fields import Value
from planner.model import TABLES, Demand, Material, Plant, PlantCapacity, SafetyStock, StockCount
from planner.plan import Plan
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
# The table that a figure is worked out from, where it is no sum of lines.
SOURCES: Final[Mapping[str, str]] = {
    "demand": "demand",
    "capacity": "plant_capacity",
    "stock_end": "stock",
    "safety_stock": "safety_stock",
}
Dated = Demand | PlantCapacity | StockCount | SafetyStock
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


def record_behind(plan: Plan, attr: str, subject: Subject, period: str) -> tuple[Value, ...] | None:
    """Return the key of the record of `SOURCES` that a figure of a period begins with; None where there is none.

    Of demand it is the first in the period, of what holds until it is changed the one that holds at the end.
    """
    table, span, is_about = SOURCES[attr], span_of(period), _test_of(plan, subject)
    dated = [record for row in plan.rows(table) if isinstance(record := row.record, Dated) and is_about(record)]
    if attr == "demand":
        there = [record for record in dated if span.first <= record.month <= span.last]
        found = min(there, key=lambda record: record.month, default=None)
    else:
        there = [record for record in dated if record.month <= span.last]
        found = max(there, key=lambda record: record.month, default=None)
    return None if found is None else TABLES[table].key_of(found)


def _test_of(plan: Plan, subject: Subject) -> Callable[[Dated], bool]:
    """Return what tells whether a record counts for an element or a material; demand, of cells, counts for all."""
    elements = {made.code: made.element for row in plan.rows("materials") if isinstance(made := row.record, Material)}
    is_material = subject.kind == "material"
    element = elements.get(subject.code, subject.code) if is_material else subject.code
    codes = {subject.code} if is_material else {code for code, own in elements.items() if own == element}
    plants = {
        site.code for row in plan.rows("plants") if isinstance(site := row.record, Plant) and site.material in codes
    }

    def is_about(record: Dated) -> bool:
        match record:
            case PlantCapacity():
                return record.plant in plants
            case StockCount():
                return record.material in codes
            case SafetyStock():
                return record.element == element
            case Demand():
                return True

    return is_about
