"""The one bridge from a plan to the window: what changed, as a signal in the thread of the window."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from planner.changes import ChangeSet
from planner.plan import Plan


class PlanSignals(QObject):
    """Emits `changed` in the thread that made this object, queued when a worker changed the plan."""

    changed = Signal(ChangeSet)
    _arrived = Signal(ChangeSet)

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        """Listen until `close`, or until Qt deletes the object."""
        super().__init__(parent)
        # An automatic connection to a slot of this object: direct in its own thread, queued from any other.
        self._arrived.connect(self._deliver)
        self._end = _once(plan.subscribe(self._arrived.emit))
        self.destroyed.connect(self._end)

    def close(self) -> None:
        """Stop listening; what is still queued is delivered."""
        self._end()

    def _deliver(self, changes: ChangeSet) -> None:
        self.changed.emit(changes)


def _once(end: Callable[[], None]) -> Callable[[], None]:
    pending = [end]

    def call() -> None:
        while pending:
            pending.pop()()

    return call
