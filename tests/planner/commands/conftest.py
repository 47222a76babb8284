"""A plan that holds one record of every table."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.plan import Plan
from tests.strategies import example_plan


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Plan]:
    """Open a plan whose first edit added the examples."""
    with example_plan(tmp_path / "plan.offtake") as made:
        yield made
