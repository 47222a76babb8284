"""What the row of headings of a file says: the fields that it names, and months that stand across."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from planner.exchange.heading_units import field_of_unit, main_quantity
from planner.exchange.mapping import field_meant, names_of
from planner.exchange.periods import heading_period
from planner.fields import Field, folded
from planner.fields.kinds import MonthKind
from planner.model import Table

# A header of more columns is refused anyway.
MOST_COLUMNS: Final = 1_000
_LONGEST: Final = 200
_LEAST_ACROSS: Final = 2


@lru_cache(maxsize=16_384)
def plain_meaning(heading: str, table: Table) -> Field | None:
    """Return the field that a heading means by its name, title or synonym, or by nothing but its unit; else None."""
    if len(heading) > _LONGEST:
        return None
    return names_of(table).get(folded(heading)) or field_of_unit(heading, table)


def meanings(header: Sequence[str], table: Table) -> list[Field | None]:
    """Return the field that each heading means, by whatever an import goes by."""
    return [_meaning(heading, table) for heading in header[:MOST_COLUMNS]]


def fields_of_header(header: Sequence[str], table: Table) -> frozenset[str]:
    """Return the fields that a header names plainly; months across name the month and the quantity."""
    plain = (plain_meaning(heading, table) for heading in header[:MOST_COLUMNS])
    named = frozenset(field.name for field in plain if field)
    if not named or not months_across(header, table):
        return named
    quantity = main_quantity(table)
    months = {field.name for field in table.key if isinstance(field.kind, MonthKind)}
    return named | months | ({quantity.name} if quantity else frozenset())


def months_across(header: Sequence[str], table: Table) -> tuple[int, ...]:
    """Return the columns of a header that are months or quarters of a table which is known by month; () where not.

    A header that names a column for the month has no months across.
    """
    month = next((field for field in table.key if isinstance(field.kind, MonthKind)), None)
    if month is None:
        return ()
    fields = [plain_meaning(text, table) for text in header[:MOST_COLUMNS]]
    if any(field is not None and field.name == month.name for field in fields):
        return ()
    free = (column for column, field in enumerate(fields) if field is None)
    periods = {column: period for column in free if (period := heading_period(header[column])) is not None}
    return tuple(periods) if len(set(periods.values())) >= _LEAST_ACROSS else ()


@lru_cache(maxsize=16_384)
def _meaning(heading: str, table: Table) -> Field | None:
    found = plain_meaning(heading, table)
    if found is None and len(heading) <= _LONGEST and (near := field_meant(heading, table)) is not None:
        return near[0]
    return found
