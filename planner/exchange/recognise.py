"""Which table a file is for, told from its header and its name."""

from collections.abc import Callable
from pathlib import Path

from planner.exchange.dialect import fields_named, top_of
from planner.exchange.workbook import is_workbook, tops
from planner.exchange.workbook_dialect import fields_named as fields_of_sheets
from planner.fields import folded
from planner.model import TABLES, Table

# Tells of a table which of its fields a header names, and how many columns it has.
Named = Callable[[Table], tuple[frozenset[str], int]]


def likely_table(path: Path) -> str | None:
    """Return the name of the table whose key the header names and most of whose fields; None when there is none.

    PlannerError when the file can be read neither as text nor as a workbook.
    """
    if is_workbook(path):
        sheets = tops(path)
        return likeliest(lambda table: fields_of_sheets(sheets, table), path.stem)
    top = top_of(path)
    return likeliest(lambda table: fields_named(top, table), path.stem)


def likeliest(named: Named, stem: str) -> str | None:
    """Return the name of the table that a header, whatever it stands in, and the name of the file fit best."""
    scores = {name: _score(named(table), stem, table) for name, table in TABLES.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best][0] else None


def _score(found: tuple[frozenset[str], int], stem: str, table: Table) -> tuple[bool, float, bool]:
    """Return whether the key is there, the share of the header and of the fields that match, whether the name fits."""
    named, width = found
    has_key = all(field.name in named for field in table.key)
    share = len(named) / max(1, width) + len(named) / len(table.fields)
    return has_key, share, folded(stem).startswith((folded(table.name), folded(table.title)))
