"""The reading rules of one column of a file: from its dialect, and from the unit in its heading."""

from planner.exchange.batch import Source
from planner.exchange.heading_units import unit_in_heading
from planner.exchange.rules import ReadingRules
from planner.fields import Field


def rules_of(field: Field, column: int, source: Source) -> ReadingRules:
    """Return how the cells of a column (from 0; below 0 for none) are read as a field.

    Cells of a workbook hold numbers as they are, and days as numbers where nobody gave them the look of a date.
    """
    dialect = source.dialect
    heading = source.header[column] if 0 <= column < len(source.header) else ""
    serials = bool(dialect.sheet)
    try:
        unit = unit_in_heading(heading, field)
    except ValueError as reason:
        return ReadingRules(source.locale, dialect.date_order, None, serials, str(reason))
    return ReadingRules(source.locale, dialect.date_order, unit, serials)
