"""The table of a grid as arrays, read beside the window before somebody asks for them, and kept true by rereading."""

import threading
from collections.abc import Collection, Mapping

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from planner.fields import Value
from planner.plan import Plan
from planner.sheet import Sheet
from ui.jobs import Job


class RecordSheet:
    """The sheet of a table, or of the records that have the values of `where` (by attribute)."""

    def __init__(self, plan: Plan, table: str, where: Mapping[str, Value]) -> None:
        """Nothing is read before `read_ahead` or `now`."""
        self._plan = plan
        self._table = table
        self._where = dict(where)
        self._sheet: Sheet | None = None
        self._stale: set[int] = set()
        # Who comes first reads, and the other waits: a worker may be late, and is not asked for twice.
        self._reading = threading.Lock()

    @property
    def is_read(self) -> bool:
        """Whether nobody has to wait for it."""
        return self._sheet is not None

    def read_ahead(self, owner: QObject) -> None:
        """Read it in a job, a child of `owner`, which the end of a window waits for."""
        job = Job(lambda _: self._read(), owner)
        # A failure is told when somebody asks for the sheet, who meets it again.
        for ended in (job.done, job.failed):
            ended.connect(job.deleteLater)
        job.start()

    def _read(self) -> Sheet:
        with self._reading:
            if self._sheet is None:
                self._sheet = self._plan.sheet(self._table, self._where)
            return self._sheet

    def touch(self, ids: Collection[int]) -> None:
        """Note that an edit touched these records: whatever of it was read already, they are read anew."""
        self._stale.update(ids)

    def now(self) -> Sheet:
        """Return the table as it is now; waits, and says so by the cursor, where it is not read yet."""
        sheet = self._awaited() if self._sheet is None else self._sheet
        if self._stale:
            ids = sorted(self._stale)
            fresh = self._plan.sheet(self._table, self._where, ids)
            sheet = self._sheet = sheet.updated(np.array(ids, dtype=np.int64), fresh)
            self._stale.clear()
        return sheet

    def _awaited(self) -> Sheet:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return self._read()
        finally:
            QGuiApplication.restoreOverrideCursor()
