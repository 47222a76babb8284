"""Saves a plan of the present format, which later versions must open: `python -m tests.plans.make`."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from planner.commands import Cell, CreateRecords, DeleteRecords, DuplicateContract, PhaseLine, SetCells
from planner.model import Organisation
from planner.plan import SUFFIX, Plan
from planner.store import schema
from tests.strategies import EXAMPLES, row_id

FOLDER = Path(__file__).parent


def make(folder: Path) -> Path:
    """Write a plan with a row of every table and edits of every sort, the last of them undone."""
    path = folder / f"format-{schema.VERSION}{SUFFIX}"
    with Plan.create(path, person="Offtake") as plan:
        plan.run(CreateRecords(EXAMPLES))
        plan.run(PhaseLine("C1", 1))
        plan.run(SetCells((Cell("organisations", row_id(plan, "organisations", "MNG"), "country", "Maroc"),)))
        plan.run(DuplicateContract("C1", "C2"))
        plan.run(DeleteRecords("contracts", (row_id(plan, "contracts", "C2"),), cascade=True))
        plan.undo_edit(3)
        plan.run(CreateRecords((Organisation(code="VUL", name="Vulcan"),)))
        plan.undo()
    return path


def shrink(path: Path) -> None:
    """Give a file small pages: those of a plan are meant for a million rows, and a saved one is mostly air."""
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for statement in (
            "PRAGMA journal_mode = DELETE",
            "PRAGMA page_size = 512",
            "VACUUM",
            "PRAGMA journal_mode = WAL",
        ):
            file.execute(statement)


if __name__ == "__main__":
    with TemporaryDirectory() as name:
        made = make(Path(name))
        shrink(made)
        shutil.copy(made, FOLDER)
