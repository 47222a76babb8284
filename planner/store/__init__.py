"""The plan file and everything that reads or writes it; the only SQL in the program."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from planner.changes import ChangeSet, Edit, EditState
from planner.errors import PlannerError
from planner.store import drafts, log
from planner.store.drafts import Title
from planner.store.figures import Figures
from planner.store.file import SUFFIX, PlanFile, save_copy
from planner.store.preview import Mode, Preview, Problem, Staying
from planner.store.reader import Reader, Row
from planner.store.rebase import rebase
from planner.store.sheets import RowState, Sheets
from planner.store.stages import note_stages
from planner.store.staging import Staging
from planner.store.writer import Writer

__all__ = [
    "SUFFIX",
    "Figures",
    "Mode",
    "Preview",
    "Problem",
    "Reader",
    "Row",
    "RowState",
    "Staging",
    "Staying",
    "Store",
    "Title",
    "Writer",
]


class Store:
    """An open plan: reads, and one road for every write."""

    def __init__(self, file: PlanFile, person: str) -> None:
        """`person` is who the history names from now on."""
        self.file = file
        self.person = person
        self.reader = Reader(file)
        self.history = log.History(file)
        self.sheets = Sheets(file, self.history)

    @classmethod
    def create(cls, path: Path, person: str) -> Self:
        """Make a new plan file."""
        return cls(PlanFile.create(path, person), person)

    @classmethod
    def open(cls, path: Path, person: str) -> Self:
        """Open a plan file."""
        store = cls(PlanFile.open(path, person), person)
        try:
            store._forget_drafts()
        except sqlite3.Error as error:
            store.close()
            raise PlannerError(f"{path} is damaged ({error}). Restore a copy of it.") from error
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def save_copy(self, target: Path) -> None:
        """Write a copy of the plan."""
        save_copy(self.file, target)

    def write(self, title: str, command: Callable[[Writer], None]) -> ChangeSet | None:
        """Run a command and keep what it changed as one edit; None when it changed nothing."""
        with self.file.transaction() as connection:
            edit = self._logged(connection, title, command)
            if edit is None:
                return None
            note_stages(connection, edit)
            log.apply(connection, edit)
            moved = log.moves(connection)
        return self.history.change_set(edit, moved=moved)

    def draft(self, title: str, command: Callable[[Writer], None]) -> ChangeSet | None:
        """Run a command and keep what it would change as a draft; None when it would change nothing."""
        with self.file.transaction() as connection:
            edit = self._logged(connection, title, command)
        return None if edit is None else self.history.change_set(edit)

    def _logged(self, connection: sqlite3.Connection, title: str, command: Callable[[Writer], None]) -> int | None:
        """Log what a command does as a draft and return its id; None when it does nothing."""
        writer = Writer(self.file)
        command(writer)
        entries = list(writer.entries())
        if not entries:
            return None
        edit = log.draft(connection, title, self.person)
        log.log(connection, edit, entries)
        log.summarise(connection, edit)
        return edit

    def undo(self) -> ChangeSet | None:
        """Take back the last edit that holds; None at the beginning of the plan."""
        with self.file.transaction() as connection:
            edit = self.history.next_undo()
            if edit is None:
                return None
            log.write_side(connection, edit.id, "before")
            log.mark(connection, edit.id, EditState.UNDONE)
            moved = log.moves(connection)
        return self.history.change_set(edit.id, reverse=True, moved=moved)

    def redo(self) -> ChangeSet | None:
        """Bring back the edit undone last; None when there is none."""
        with self.file.transaction() as connection:
            edit = self.history.next_redo()
            if edit is None:
                return None
            log.write_side(connection, edit.id, "after")
            log.mark(connection, edit.id, EditState.APPLIED)
            moved = log.moves(connection)
        return self.history.change_set(edit.id, moved=moved)

    def undo_edit(self, number: int) -> ChangeSet:
        """Take back one edit: the last as `undo` does, an older one by a new edit that reverses it.

        Raises ConflictError, naming the later edit, when something later touched the same cells.
        """
        edit = self.history.numbered(number)
        if edit.state is not EditState.APPLIED:
            raise PlannerError(f"Edit {number} ({edit.title}) is undone already.")
        if edit == self.history.next_undo():
            undone = self.undo()
            if undone is not None:
                return undone
        with self.file.transaction() as connection:
            reversal = log.draft(connection, f"Undo edit {number}: {edit.title}", self.person)
            rebase(connection, edit, reversal, new="before")
            log.apply(connection, reversal)
            moved = log.moves(connection)
        return self.history.change_set(reversal, moved=moved)

    def apply_draft(self, edit_id: int, without: Collection[int] = (), title: Title | None = None) -> ChangeSet:
        """Make a draft part of the plan, without some of its rows; ConflictError when the plan has moved on in it."""
        self._draft(edit_id)
        with self.file.transaction() as connection:
            if without:
                drafts.narrow(connection, edit_id, without, title)
            edit_id = drafts.take(connection, self.history.edit(edit_id), self.person)
            moved = log.moves(connection)
        return self.history.change_set(edit_id, moved=moved)

    def narrow_draft(self, edit_id: int, rows: Collection[int], title: Title | None = None) -> ChangeSet:
        """Leave rows out of a draft; PlannerError when nothing would be left of it, and it is as it was then."""
        self._draft(edit_id)
        with self.file.transaction() as connection:
            drafts.narrow(connection, edit_id, rows, title)
        return self.history.change_set(edit_id)

    @contextmanager
    def under(self, edit_id: int, without: Collection[int] = ()) -> Iterator[None]:
        """Read, in this thread, the plan as a draft would make it; others wait with their writes meanwhile."""
        with self.file.transaction() as connection, drafts.taken_back(connection):
            self._draft(edit_id)
            if without:
                drafts.narrow(connection, edit_id, without)
            drafts.take(connection, self.history.edit(edit_id), self.person)
            yield

    def discard_draft(self, edit_id: int) -> None:
        """Forget a draft."""
        self._draft(edit_id)
        with self.file.transaction() as connection:
            connection.execute("DELETE FROM edit WHERE id = ?", (edit_id,))

    @contextmanager
    def stage(self, staging: Staging) -> Iterator[Staging]:
        """Take in the rows of a file; what is staged is forgotten at the end, the draft made of it is kept."""
        with staging.over(self.file, self.person):
            yield staging

    def integrity(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty when it is sound."""
        connection = self.file.connection
        try:
            broken = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            # So badly damaged that it cannot even be looked through.
            return [str(error)]
        return broken + [
            f"a row of {table} refers to a row of {parent} that is gone" for table, _, parent, _ in orphans
        ]

    def _forget_drafts(self) -> None:
        """Drop the previews that a program which died left behind; nobody can look at them any more."""
        if self.file.read_only is None:
            with self.file.transaction() as connection:
                connection.execute("DELETE FROM edit WHERE state = 'draft'")

    def _draft(self, edit_id: int) -> Edit:
        try:
            edit = self.history.edit(edit_id)
        except KeyError:
            raise PlannerError("That draft is gone: it was applied or discarded.") from None
        if edit.state is not EditState.DRAFT:
            raise PlannerError(f"{edit.title} is no draft: it was applied already.")
        return edit
