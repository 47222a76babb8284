"""Why rows of a table are marked: a finding is about them, or they changed since the last import."""

from collections.abc import Mapping

from planner.fields import Value
from planner.model import Record, Table
from planner.plan import Plan, RowState

FINDING, NEW, CHANGED = "!", "+", "\N{BULLET}"


class RecordMarks:
    """The marks of the records of one table; what changed is read when it is first asked for."""

    def __init__(self, plan: Plan, table: Table) -> None:
        self._plan = plan
        self._table = table
        self._states: dict[int, RowState] | None = None
        self._source = ""
        self._findings: dict[tuple[Value, ...], str] = {}

    @property
    def has_findings(self) -> bool:
        """Whether any record is marked for a finding; which ones are is known by their keys alone."""
        return bool(self._findings)

    def set_findings(self, sentences: Mapping[tuple[Value, ...], str]) -> bool:
        """Take what findings say about records, by their keys; False when it is what they said before."""
        before, self._findings = self._findings, dict(sentences)
        return before != self._findings

    def forget(self) -> None:
        """Read anew what changed when it is next asked for."""
        self._states = None

    def mark(self, row_id: int, record: Record | None) -> str:
        """Return the mark of a record; empty for most."""
        if self._finding(record):
            return FINDING
        match self._state(row_id):
            case "new":
                return NEW
            case "changed":
                return CHANGED
            case _:
                return ""

    def sentence(self, row_id: int, record: Record | None) -> str:
        """Return why a record is marked; empty where it is not."""
        state = self._state(row_id)
        changed = f"{'New' if state == 'new' else 'Changed'} since the import of {self._source}." if state else ""
        return "\n".join(filter(None, (self._finding(record), changed)))

    def _finding(self, record: Record | None) -> str:
        if record is None or not self._findings:
            return ""
        return self._findings.get(self._table.key_of(record), "")

    def _state(self, row_id: int) -> RowState | None:
        if self._states is None:
            last = self._plan.last_import(self._table.name)
            self._source = "" if last is None else last.source
            self._states = {} if last is None else self._plan.row_states(self._table.name)
        return self._states.get(row_id)
