"""The codes that the records of a plan have, by which a column without a telling header is known."""

from collections.abc import Collection
from functools import cache
from itertools import islice
from typing import Final

from planner.exchange.content import Known
from planner.fields import Field, Stored, target_of
from planner.model import TABLES
from planner.plan import Plan

# Enough to know a column by.
_MOST: Final = 100_000


def codes_of(plan: Plan) -> Known:
    """Return what tells the codes that a field may hold; each table is read once, and only when it is asked about."""

    @cache
    def read(table: str, part: str) -> frozenset[Stored]:
        fields = TABLES[table].fields
        at = next(i for i, field in enumerate(fields) if field.key and part in {"", field.name})
        return frozenset(values[at] for values in islice(plan.values(table), _MOST))

    def known(field: Field) -> Collection[str]:
        target = target_of(field.kind)
        return frozenset() if target is None else frozenset(map(str, read(*target)))

    return known
