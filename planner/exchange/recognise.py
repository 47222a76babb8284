"""Which table a file is for, told from its header and its name."""

from pathlib import Path

from planner.exchange.dialect import fields_named, top_of
from planner.fields import folded
from planner.model import TABLES, Table


def likely_table(path: Path) -> str | None:
    """Return the name of the table whose key the header names and most of whose fields; None when there is none.

    PlannerError when the file cannot be read as text.
    """
    top = top_of(path)
    scores = {name: _score(top, path.stem, table) for name, table in TABLES.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best][0] else None


def _score(top: str, stem: str, table: Table) -> tuple[bool, float, bool]:
    """Return whether the key is there, the share of the header and of the fields that match, whether the name fits."""
    named, width = fields_named(top, table)
    has_key = all(field.name in named for field in table.key)
    share = len(named) / max(1, width) + len(named) / len(table.fields)
    return has_key, share, folded(stem).startswith((folded(table.name), folded(table.title)))
