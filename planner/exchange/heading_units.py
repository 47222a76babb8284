"""Units in headings: `Quantity (kt)`, `Quantité [kg]`, `quantity_kg`, `MWh`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from planner.exchange.measures import Unit, is_price_unit, symbols_of, unit_of
from planner.fields import Field, Fixed
from planner.fields.quantities import Energy, Mass, Money, Percent, Price
from planner.model import Table

_LONGEST: Final = 120
_MOST_WORDS: Final = 3
_IN_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]+)[)\]]")
_BETWEEN: Final = re.compile(r"[\s_,;:()\[\]]+")
_OTHERS: Final = (Mass(), Energy(), Percent(), Money())


def unit_in_heading(heading: str, field: Field) -> Unit | None:
    """Return the unit that a heading gives the numbers of a field in; None where it gives none, or the field's own.

    ValueError with a sentence where it gives one that the field cannot be read in: `Quantity (GWh)` of tonnes.
    """
    if not isinstance(field.kind, Fixed) or len(heading) > _LONGEST:
        return None
    texts = list(_parts(heading))
    units = [unit for text in texts if (unit := unit_of(text, field.kind)) is not None]
    if units:
        return next((unit for unit in units if not unit.is_own), None)
    if field.unit:
        for text in _IN_BRACKETS.findall(heading):
            if any(unit_of(text, kind) for kind in _OTHERS):
                raise ValueError(
                    f"the heading {heading.strip()!r} gives it in {text.strip()}, which is no unit of {field.name};"
                    f" give it in {symbols_of(field.kind)}"
                )
    return None


def price_unit_in_heading(heading: str, field: Field) -> str:
    """Return the currency and unit that a heading gives a price in, `USD/lb`; empty where it gives none."""
    if not isinstance(field.kind, Price) or len(heading) > _LONGEST:
        return ""
    return next(filter(is_price_unit, _parts(heading)), "").strip()


@lru_cache(maxsize=16_384)
def field_of_unit(heading: str, table: Table) -> Field | None:
    """Return the only mass or energy of a table where a heading is nothing but a unit of it: `kt`, `MWh`; else None."""
    field = main_quantity(table)
    if field is None or not isinstance(field.kind, Mass | Energy):
        return None
    return field if unit_of(heading.strip(" ()[]"), field.kind) is not None else None


def main_quantity(table: Table) -> Field | None:
    """Return the one quantity that every record of a table has; None where there is none or are several."""
    found = [field for field in table.fields if isinstance(field.kind, Fixed) and field.required and not field.key]
    return found[0] if len(found) == 1 else None


def _parts(heading: str) -> Iterator[str]:
    """Return what may be a unit in a heading: what stands in brackets first, then its words, longer groups first."""
    yield from _IN_BRACKETS.findall(heading)
    words = [word for word in _BETWEEN.split(heading) if word]
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        for at in range(len(words) - length, -1, -1):
            yield " ".join(words[at : at + length])
