"""Scrolling, ordering, filtering and searching the grid of a million deliveries."""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QTableView

from benchmarks.measure import RUNS, Timing, median_of, timed_pairs, told
from benchmarks.shared import Paintings, forget
from planner.plan import Plan
from planner.sheet import Ints
from ui.grids.grid_model import SortKey
from ui.grids.grid_view import GridView
from ui.grids.record_model import RecordModel
from ui.headless import application
from ui.plan_signals import PlanSignals

FRAMES = 100
WIDTH_PX, HEIGHT_PX = 900, 800
LIMIT = "(at most 0.5 s)"
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class Numbers(QAbstractTableModel):
    """The least that a table of that size can be: an array of numbers, written as they are."""

    def __init__(self, numbers: Ints) -> None:
        super().__init__()
        self._numbers = numbers

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Count the rows."""
        return 0 if parent.isValid() else self._numbers.shape[0]

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: N802 - Qt's name
        """Count the columns."""
        return 0 if parent.isValid() else self._numbers.shape[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a number."""
        return str(self._numbers[index.row(), index.column()]) if role == Qt.ItemDataRole.DisplayRole else None


class Scrolled:
    """A view that is scrolled on by a screen at a time: every row of a frame is a new one."""

    def __init__(self, app: QApplication, view: QTableView) -> None:
        self._app = app
        self._view = view
        self._paintings = Paintings()
        view.resize(WIDTH_PX, HEIGHT_PX)
        view.viewport().installEventFilter(self._paintings)
        view.show()
        app.processEvents()

    def run(self) -> tuple[float, float]:
        """Return the seconds of one frame, the mean of many; its memory is not measured."""
        bar = self._view.verticalScrollBar()
        start = time.perf_counter()
        for _ in range(FRAMES):
            before = self._paintings.count
            bar.setValue(bar.value() + bar.pageStep())
            while self._paintings.count == before:
                self._app.processEvents()
        return (time.perf_counter() - start) / FRAMES, 0.0


def measure(plan: Path) -> None:
    """Print what each costs; the floor of scrolling is a bare table over an array of the same shape."""
    app = application()
    with Plan.open(plan, person="benchmark") as opened:
        signals = PlanSignals(opened)
        seconds = []
        for _ in range(RUNS - 1):
            model, view, last = _open(opened, signals)
            seconds.append(last)
            # The memory of one grid is told at the end, and not that of all that were opened.
            forget(view, model)
        model, view, last = _open(opened, signals)
        told("the grid of a million deliveries, opened", median_of([*seconds, last]), limit="(at most 0.35 s)")
        _measure_scrolling(app, view)
        _measure_arranging(model)
        view.close()
        signals.close()
        view.deleteLater()
        app.processEvents()


def _open(plan: Plan, signals: PlanSignals) -> tuple[RecordModel, GridView, float]:
    """Open the grid, tell in how many seconds, and wait until what it reads beside the window is there."""
    start = time.perf_counter()
    model = RecordModel(plan, signals, "deliveries")
    view = GridView(model)
    seconds = time.perf_counter() - start
    QThreadPool.globalInstance().waitForDone()
    return model, view, seconds


def _measure_scrolling(app: QApplication, view: GridView) -> None:
    shape = view.grid.rowCount(), view.grid.columnCount()
    bare = QTableView()
    numbers = Numbers(np.arange(shape[0] * shape[1], dtype=np.int64).reshape(shape))
    bare.setModel(numbers)
    bare.setVerticalScrollMode(view.verticalScrollMode())
    bare.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
    floor, own, ratio = timed_pairs(Scrolled(app, bare).run, Scrolled(app, view).run)
    told("floor: a frame of a bare table over an array, scrolled", replace(floor, memory_mb=None))
    told("a frame of the grid of a million deliveries, scrolled", replace(own, memory_mb=None), ratio, "(at most 2)")
    bare.close()


def _measure_arranging(model: RecordModel) -> None:
    quantity, status, month = (model.column_of(name) for name in ("quantity_t", "status", "month"))
    by_both = (SortKey(status), SortKey(month, descending=True))
    told("order by quantity", _timed(model, lambda: model.sort_by((SortKey(quantity),))), limit=LIMIT)
    told("order by status, then month downwards", _timed(model, lambda: model.sort_by(by_both)), limit=LIMIT)
    told("filter the quantities above 500", _timed(model, lambda: model.set_filter(quantity, ">500")), limit=LIMIT)
    model.set_filter(quantity, "")
    told("find 777 in all cells", _timed(model, lambda: model.find("777")), limit=LIMIT)


def _timed(model: RecordModel, act: Callable[[], object]) -> Timing:
    seconds = []
    for _ in range(RUNS):
        model.sort_by(())
        start = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - start)
    return median_of(seconds)


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
    print(f"peak memory of that grid: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MB")
