"""What the tests of the importer do again and again: write a file, preview it, look at the plan."""

from pathlib import Path

import pytest

from planner.errors import PlannerError
from planner.exchange import imports
from planner.exchange.imports import Found
from planner.fields import Stored
from planner.model import TABLES, Delivery
from planner.plan import Mode, Plan, Problem

Contents = dict[str, list[tuple[Stored, ...]]]
HEADER = "contract,line,month,quantity_t\n"


def contents(plan: Plan) -> tuple[int, Contents]:
    """Return how many edits there are and every record of every table."""
    return len(plan.history()), {name: list(plan.values(name)) for name in TABLES}


def saved(tmp_path: Path, data: str | bytes, name: str = "in.csv") -> Path:
    """Write a file as it is given; text as UTF-8."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def previewed(plan: Plan, file: Path, table: str = "deliveries", mode: Mode = Mode.UPSERT) -> Found:
    """Preview a file; the plan is as it was."""
    before = contents(plan)
    found = imports.preview(plan, table, file, mode=mode)
    assert contents(plan) == before
    return found


def counts(found: Found) -> tuple[int, int, int, int]:
    """Return how many rows are new, changed, same and refused."""
    preview = found.preview
    return preview.new, preview.changed, preview.same, preview.refused


def applied(plan: Plan, found: Found) -> None:
    """Apply the draft of a preview."""
    assert found.preview.draft is not None
    plan.apply_draft(found.preview.draft)


def taken(plan: Plan, file: Path) -> list[tuple[str, int]]:
    """Import a file of deliveries without any problem and return month and kg of what it brought."""
    found = previewed(plan, file)
    assert found.preview.problems == ()
    applied(plan, found)
    assert found.preview.changes is not None
    records = [change.after for change in found.preview.changes]
    return [(str(r.month), r.quantity_kg) for r in records if isinstance(r, Delivery)]


def refused(plan: Plan, file: Path, table: str = "deliveries") -> str:
    """Try to preview a file that cannot be read; return the one sentence or two, and see that nothing was kept."""
    before = contents(plan)
    with pytest.raises(PlannerError) as caught:
        imports.preview(plan, table, file)
    assert contents(plan) == before
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 700
    return sentence


def problems(plan: Plan, file: Path, table: str = "deliveries", mode: Mode = Mode.UPSERT) -> tuple[Problem, ...]:
    """Return why rows of a file are refused."""
    return previewed(plan, file, table, mode).preview.problems
