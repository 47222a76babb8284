"""A machine that does whatever a person may do to a plan, in any order, and knows what the plan held at each step."""

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from planner.changes import ChangeSet
from planner.commands import CreateRecords
from planner.errors import PlannerError
from planner.fields import Value
from planner.model import TABLES, Record, Table
from planner.plan import Mode, Plan, Preview
from tests.strategies import EXAMPLES, cell_blocks, commands, consistent, creations, imported

Rows = list[tuple[Value, ...]]
Contents = dict[str, list[tuple[object, ...]]]


class Reading:
    """A second connection to a plan file, which sees only what is on the disk."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)

    def contents(self) -> Contents:
        """Read every row of every table."""
        return {name: self.connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall() for name in TABLES}  # noqa: S608 - the declared tables


def stage(plan: Plan, table: str, rows: Sequence[Sequence[Value]], mode: Mode, *names: str) -> Preview:
    """Import rows whose values stand in the order of the named fields, all fields by default; lines begin at 2."""
    fields = tuple(f for f in TABLES[table].fields if not names or f.name in names)
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else []
    with plan.stage(table, fields, mode) as staging:
        staging.add(range(2, len(rows) + 2), columns)
        return staging.finish(lambda new, changed, _: f"Import {new} + {changed} {table}")


class PlanMachine(RuleBasedStateMachine):
    """Edits, imports, takes back and brings back; `expected` is the plan before each edit that holds, and now."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="offtake-"))
        self.path = self.folder / "plan.offtake"
        self.plan = Plan.create(self.path, person="Tester")
        self.disk = Reading(self.path)
        self.expected: list[Contents] = [self.disk.contents()]
        self.undone: list[Contents] = []
        self.drafts: list[int] = []

    def teardown(self) -> None:
        """Take everything back, bring everything back, and forget the plan."""
        self.plan.close()
        self.disk.connection.close()
        shutil.rmtree(self.folder)

    def edit(self, act: Callable[[], ChangeSet | None]) -> None:
        """Do what may be refused; what was refused has changed nothing."""
        before = self.disk.contents()
        try:
            changes = act()
        except PlannerError as error:
            self.look_at_refusal(str(error))
            assert self.disk.contents() == before
            return
        after = self.disk.contents()
        assert (changes is None) == (before == after)
        if changes is not None:
            assert changes.count == len(list(changes)) == differences(before, after)
            self.expected.append(after)
            self.undone.clear()

    def look_at_refusal(self, sentence: str) -> None:
        """Look whether an edit that stands in the way is one that holds."""
        applied = {edit.number for edit in self.plan.history() if edit.state == "applied"}
        named = re.search(r"Undo edit (\d+) first", sentence)
        assert sentence
        assert named is None or int(named[1]) in applied

    @initialize(given=consistent(2), example=st.booleans())
    def begin(self, given: tuple[Record, ...], *, example: bool) -> None:
        """Fill the plan with records that fit together."""
        records = EXAMPLES if example else given
        self.edit(lambda: self.plan.run(CreateRecords(records)))

    @rule(data=st.data())
    def run_any(self, data: st.DataObject) -> None:
        """Run a command."""
        command = data.draw(commands(self.plan))
        if command is not None:
            self.edit(lambda: self.plan.run(command))

    @rule(data=st.data())
    def add_records(self, data: st.DataObject) -> None:
        """Add records."""
        command = data.draw(creations(self.plan))
        self.edit(lambda: self.plan.run(command))

    @rule(data=st.data())
    def set_cells(self, data: st.DataObject) -> None:
        """Set cells."""
        command = data.draw(cell_blocks(self.plan))
        if command is not None:
            self.edit(lambda: self.plan.run(command))

    @rule(data=st.data(), table=st.sampled_from(tuple(TABLES.values())), mode=st.sampled_from(Mode))
    def import_rows(self, data: st.DataObject, table: Table, mode: Mode) -> None:
        """Preview an import, which changes nothing, and keep the draft."""
        before = self.disk.contents()
        rows = [tuple(r.values().values()) for r in data.draw(imported(self.plan, table))]
        preview = stage(self.plan, table.name, rows, mode)
        assert preview.new + preview.changed + preview.same + preview.refused == len(rows)
        assert self.disk.contents() == before
        if preview.draft is not None:
            self.drafts.append(preview.draft)

    @precondition(lambda self: self.drafts)
    @rule(data=st.data(), discard=st.booleans())
    def end_draft(self, data: st.DataObject, *, discard: bool) -> None:
        """Apply a draft, at once or after other edits, or discard it."""
        draft = self.drafts.pop(data.draw(st.integers(0, len(self.drafts) - 1)))
        if discard:
            self.plan.discard_draft(draft)
        else:
            self.edit(lambda: self.plan.apply_draft(draft))

    @precondition(lambda self: len(self.expected) > 1)
    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        """Take back the last edits."""
        for _ in range(min(times, len(self.expected) - 1)):
            changes = self.plan.undo()
            assert changes is not None
            assert changes.count == len(list(changes))
            self.undone.append(self.expected.pop())
            assert self.disk.contents() == self.expected[-1]

    @rule()
    def redo(self) -> None:
        """Bring back the edit that was taken back last."""
        changes = self.plan.redo()
        assert (changes is None) == (not self.undone)
        if self.undone:
            self.expected.append(self.undone.pop())
        assert self.disk.contents() == self.expected[-1]

    @precondition(lambda self: len(self.expected) > 2)
    @rule(data=st.data())
    def undo_older(self, data: st.DataObject) -> None:
        """Take back one edit that is not the last."""
        applied = [edit.number for edit in self.plan.history() if edit.state == "applied"][1:]
        number = data.draw(st.sampled_from(applied))
        assert number is not None
        self.edit(lambda: self.plan.undo_edit(number))

    @rule()
    def reopen(self) -> None:
        """Close and open the plan; drafts are forgotten then."""
        self.plan.close()
        self.plan = Plan.open(self.path, person="Tester")
        self.drafts.clear()

    @invariant()
    def holds_what_is_expected(self) -> None:
        """Compare the tables with what the last edit left, and look whether the file is sound."""
        assert self.disk.contents() == self.expected[-1]
        assert self.plan.integrity() == []


def differences(before: Contents, after: Contents) -> int:
    """Count the rows that are new, gone or different."""
    old, new = ({(name, row[0]): row for name in TABLES for row in side[name]} for side in (before, after))
    return sum(old.get(key) != new.get(key) for key in old.keys() | new.keys())
