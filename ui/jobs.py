"""Slow work off the GUI thread: progress, cancel and a typed result."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

T = TypeVar("T")


class CancelledError(Exception):
    """The person cancelled the job; the work leaves everything as it was."""


class JobControl:
    """The worker's end of a job: it reports how far it is and asks whether to go on."""

    def __init__(self, report: Callable[[float, str], None]) -> None:
        """`report` takes the fraction done (0 to 1) and a sentence."""
        self._report = report
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the person asked to stop."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._cancelled.set()

    def report(self, fraction: float, text: str) -> None:
        """Say how far the work is; raises CancelledError when it should stop."""
        if self.cancelled:
            raise CancelledError
        self._report(min(1.0, max(0.0, fraction)), text)


class Job(QObject, Generic[T]):
    """One piece of work in a pool; every signal arrives in the thread that made the job.

    Exactly one of `done`, `failed` and `cancelled` is emitted. `failed` carries the exception: a PlannerError is for
    the person, anything else is a bug. Keep the job, or give it a parent, until it ends: one that is gone is silent.
    """

    progress = Signal(float, str)
    done = Signal()
    failed = Signal(Exception)
    cancelled = Signal()
    _ended = Signal()

    def __init__(self, work: Callable[[JobControl], T], parent: QObject | None = None) -> None:
        """Nothing runs until `start`."""
        super().__init__(parent)
        self._work = work
        self._control = JobControl(self.progress.emit)
        self._result: list[T] = []
        self._error: Exception | None = None
        self._running = False
        # Queued, so that what people connect runs in this object's thread, plain functions too.
        self._ended.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether the work was started and has not ended."""
        return self._running

    @property
    def result(self) -> T:
        """What the work returned; RuntimeError unless it is done."""
        if not self._result:
            message = "the job has no result: it did not end, or not well"
            raise RuntimeError(message)
        return self._result[0]

    def start(self, pool: QThreadPool | None = None) -> None:
        """Run the work in the pool (the application's unless given)."""
        self._running = True
        (pool or QThreadPool.globalInstance()).start(QRunnable.create(self._run))

    def cancel(self) -> None:
        """Ask the work to stop; it does so at its next report."""
        self._control.cancel()

    def _run(self) -> None:
        try:
            self._result = [self._work(self._control)]
        except Exception as error:  # noqa: BLE001 - whatever the work raises is carried to the GUI thread
            self._error = error
        self._ended.emit()

    def _finish(self) -> None:
        self._running = False
        if self._error is None:
            self.done.emit()
        elif isinstance(self._error, CancelledError):
            self.cancelled.emit()
        else:
            self.failed.emit(self._error)
