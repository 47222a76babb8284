"""Which column of a file holds which field of a table, told by the header."""

from collections.abc import Mapping as Names
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from planner.errors import PlannerError
from planner.fields import Field, folded
from planner.model import Table


@dataclass(frozen=True, slots=True)
class Mapping:
    """The fields that a file has and the column (from 0) of each; `ignored` are headers that mean no field."""

    fields: tuple[Field, ...]
    columns: tuple[int, ...]
    ignored: tuple[str, ...]


@cache
def names_of(table: Table) -> Names[str, Field]:
    """Return what each header that means a field means, by the header as `folded` leaves it."""
    names = frozenset[str]().union(*(field.names() for field in table.fields))
    return {name: field for name in names if (field := table.field(name)) is not None}


def match(header: Sequence[str], table: Table, file_name: str) -> Mapping:
    """Give each field its column: by name, else by title, else by synonym.

    PlannerError when two columns mean the same field equally well, or a field of the key has none.
    """
    found: dict[Field, list[int]] = {}
    for column, text in enumerate(header):
        field = names_of(table).get(folded(text))
        if field is not None:
            found.setdefault(field, []).append(column)
    chosen = {field: _best(field, columns, header, file_name) for field, columns in found.items()}
    missing = [field for field in table.key if field not in chosen]
    if missing:
        names = ", ".join(field.name for field in missing)
        raise PlannerError(f"{file_name} has no column {names}, by which a {table.singular} is known; add it.")
    fields = tuple(field for field in table.fields if field in chosen)
    taken = set(chosen.values())
    ignored = tuple(text for column, text in enumerate(header) if column not in taken and text.strip())
    return Mapping(fields, tuple(chosen[field] for field in fields), ignored)


def _best(field: Field, columns: list[int], header: Sequence[str], file_name: str) -> int:
    ranks = [_rank(field, header[column]) for column in columns]
    if ranks.count(min(ranks)) > 1:
        names = " and ".join(repr(header[c]) for c, rank in zip(columns, ranks, strict=True) if rank == min(ranks))
        raise PlannerError(f"{file_name} has several columns for {field.name}: {names}. Rename or delete all but one.")
    return columns[ranks.index(min(ranks))]


def _rank(field: Field, text: str) -> int:
    """Return 0 for the name of a field, 1 for its title, 2 for a synonym."""
    wanted = folded(text)
    if wanted == folded(field.name):
        return 0
    return 1 if wanted in {folded(field.title), folded(field.heading)} else 2
