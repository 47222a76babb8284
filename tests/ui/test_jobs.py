"""Slow work runs beside the window and ends in exactly one way."""

import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QThread, QThreadPool
from pytestqt.qtbot import QtBot

from planner.errors import PlannerError
from ui.jobs import CancelledError, Job, JobControl


class Heard:
    """What a job told, in order, and the threads in which it told it."""

    def __init__(self, job: Job[int]) -> None:
        """Listen to every signal."""
        self.words: list[str] = []
        self.threads: set[QThread] = set()
        job.progress.connect(lambda fraction, text: self._hear(f"{fraction:.2f} {text}"))
        job.done.connect(lambda: self._hear("done"))
        job.failed.connect(lambda error: self._hear(f"failed {error}"))
        job.cancelled.connect(lambda: self._hear("cancelled"))

    def _hear(self, word: str) -> None:
        self.words.append(word)
        self.threads.add(QThread.currentThread())


def answer(control: JobControl) -> int:
    del control
    return 42


def test_work_runs_in_another_thread_and_its_result_is_kept(qtbot: QtBot) -> None:
    ran_in: list[int] = []

    def work(control: JobControl) -> int:
        del control
        ran_in.append(threading.get_ident())
        return 42

    job = Job(work)
    heard = Heard(job)
    running = [job.running]
    with qtbot.waitSignal(job.done):
        job.start()
        running.append(job.running)
    running.append(job.running)
    assert job.result == 42
    assert running == [False, True, False]
    assert heard.words == ["done"]
    assert ran_in != [threading.get_ident()]


def test_progress_arrives_in_the_thread_of_the_window(qtbot: QtBot) -> None:
    def work(control: JobControl) -> int:
        for fraction in (-1.0, 0.5, 2.0):
            control.report(fraction, "Reading")
        return 1

    job = Job(work)
    heard = Heard(job)
    with qtbot.waitSignal(job.done):
        job.start()
    assert heard.words == ["0.00 Reading", "0.50 Reading", "1.00 Reading", "done"]
    assert heard.threads == {job.thread()}


@pytest.mark.parametrize("error", [PlannerError("The file is gone."), ValueError("a bug")])
def test_a_failure_carries_its_error(qtbot: QtBot, error: Exception) -> None:
    def work(control: JobControl) -> int:
        control.report(0.0, "Reading")
        raise error

    job = Job(work)
    heard = Heard(job)
    with qtbot.waitSignal(job.failed) as failed:
        job.start()
    assert failed.args == [error]
    assert heard.words == ["0.00 Reading", f"failed {error}"]
    assert not job.running
    with pytest.raises(RuntimeError, match="no result"):
        _ = job.result


def test_a_cancelled_job_stops_at_its_next_report(qtbot: QtBot) -> None:
    started, told = threading.Event(), threading.Event()
    undone: list[str] = []

    def work(control: JobControl) -> int:
        started.set()
        told.wait()
        assert control.cancelled
        try:
            control.report(0.5, "Writing")
        except CancelledError:
            undone.append("undone")
            raise
        return 1

    job = Job(work)
    heard = Heard(job)
    with qtbot.waitSignal(job.cancelled):
        job.start()
        started.wait()
        job.cancel()
        told.set()
    assert heard.words == ["cancelled"]
    assert undone == ["undone"]
    assert not job.running


def test_work_that_was_over_before_it_was_cancelled_is_done(qtbot: QtBot) -> None:
    started, told = threading.Event(), threading.Event()

    def work(control: JobControl) -> int:
        del control
        started.set()
        told.wait()
        return 7

    job = Job(work)
    heard = Heard(job)
    with qtbot.waitSignal(job.done):
        job.start()
        started.wait()
        job.cancel()
        told.set()
    assert heard.words == ["done"]
    assert job.result == 7


def test_a_pool_of_its_own_can_be_used(qtbot: QtBot) -> None:
    pool = QThreadPool()
    job = Job(answer)
    with qtbot.waitSignal(job.done):
        job.start(pool)
    assert pool.waitForDone()
    assert job.result == 42


def test_nothing_runs_before_the_start(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    job = Job(answer)
    with pytest.raises(RuntimeError, match="no result"):
        _ = job.result


def test_many_jobs_each_end_once(qtbot: QtBot) -> None:
    def numbered(number: int) -> Callable[[JobControl], int]:
        return lambda _: number

    jobs = [Job(numbered(number)) for number in range(20)]
    all_heard = [Heard(job) for job in jobs]
    with qtbot.waitSignals([job.done for job in jobs]):
        for job in jobs:
            job.start()
    assert [job.result for job in jobs] == list(range(20))
    assert all(heard.words == ["done"] for heard in all_heard)
