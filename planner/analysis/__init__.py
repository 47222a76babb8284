"""Are we covered? Arrays of a plan in, frozen tables out; no files, no window."""

from planner.analysis.book import Book
from planner.analysis.cube import Cube
from planner.analysis.inputs import CLOSED_CLASS, FIRM_CLASS, PROBABLE_CLASS, Inputs
from planner.analysis.money.market import Market
from planner.analysis.money.pricing import PricedLine, Step, UnitPrice, english, priced, priced_lines, unit_price
from planner.analysis.periods import first_month
from planner.analysis.supply import Supply
from planner.analysis.values import (
    CoverRow,
    CoverTable,
    Period,
    Scope,
    Stages,
    Subject,
    SupportedRow,
    SupportedTable,
    Write,
)
from planner.units import Basis

__all__ = [
    "CLOSED_CLASS",
    "FIRM_CLASS",
    "PROBABLE_CLASS",
    "Basis",
    "Book",
    "CoverRow",
    "CoverTable",
    "Cube",
    "Inputs",
    "Market",
    "Period",
    "PricedLine",
    "Scope",
    "Stages",
    "Step",
    "Subject",
    "Supply",
    "SupportedRow",
    "SupportedTable",
    "UnitPrice",
    "Write",
    "english",
    "first_month",
    "priced",
    "priced_lines",
    "unit_price",
]
