"""The declared fields of all tables, by name, for the tests of how they are read and written."""

from planner.fields import Field
from planner.model import TABLES

FIELDS = [(name, field.name) for name, table in TABLES.items() for field in table.fields]


def field_of(table: str, name: str) -> Field:
    """Return a field by the name that people see."""
    field = TABLES[table].field(name)
    assert field is not None
    return field


def mass() -> Field:
    """Return the quantity of a delivery, in tonnes."""
    return field_of("deliveries", "quantity_t")
