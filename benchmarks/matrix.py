"""Frames while the grid of deliveries scrolls, against a bare table view over an array of the same size."""

import sys
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollBar, QTableView

from benchmarks.measure import median_of, timed_pairs, told
from benchmarks.million import FIRST, LINES, MATERIALS, MONTHS, line_keys
from benchmarks.shared import forget
from planner.commands import CreateRecords
from planner.exchange.samples import create
from planner.model import Contract, Delivery, Line, Organisation, Record, Volume
from planner.plan import Plan
from ui.grids.matrix_model import MatrixModel, delivery_model
from ui.grids.months_view import MonthsView
from ui.headless import application
from ui.plan_signals import PlanSignals
from ui.theme import apply

SHOWN_LINES = 500
SIZE = (1_300, 760)
ROW_PX = 24
# What a notch of a wheel scrolls.
STEP_PX = 3 * ROW_PX
FRAMES = 150
SCROLLS = 5
AGREED_KG = 1_000_000


class BareModel(QAbstractTableModel):
    """An array of numbers as texts, and nothing else."""

    def __init__(self, values: NDArray[np.int64]) -> None:
        super().__init__()
        self._values = values

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name; an index of nothing never changes
        """Count the rows of the array."""
        return 0 if parent.isValid() else self._values.shape[0]

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name; an index of nothing never changes
        """Count the columns of the array."""
        return 0 if parent.isValid() else self._values.shape[1]

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the number as text."""
        return str(self._values[index.row(), index.column()]) if role == Qt.ItemDataRole.DisplayRole else None


def make_plan(path: Path, lines: int) -> None:
    """Make a plan with some lines that deliver in every month of ten years, with limits."""
    keys = line_keys()[:lines]
    end = FIRST.plus(MONTHS - 1)
    draw = np.random.default_rng(1)
    records: list[Record] = [Organisation(code="SUPPLIER", name="Supplier"), Organisation(code="BUYER", name="Buyer")]
    records += [
        Contract(reference=code, supplier="SUPPLIER", buyer="BUYER", stage="signed", start_month=FIRST, end_month=end)
        for code in dict.fromkeys(code for code, _ in keys)
    ]
    for at, (code, line) in enumerate(keys):
        records.append(
            Line(contract=code, line=line, material=MATERIALS[at % len(MATERIALS)], flexibility_up_ppm=100_000)
        )
        records += [
            Volume(contract=code, line=line, year=FIRST.year + year, agreed_kg=AGREED_KG * (year + 1))
            for year in range(MONTHS // 12)
        ]
        records += [
            Delivery(contract=code, line=line, month=FIRST.plus(month), quantity_kg=int(draw.integers(1, 900_000)))
            for month in range(MONTHS)
        ]
    with create(path, "benchmark", sample=False) as plan:
        plan.run(CreateRecords(tuple(records)))


def scroll(bar: QScrollBar, step: int) -> list[float]:
    """Scroll from the start; returns the seconds of each frame until it is painted."""
    app = application()
    bar.setValue(0)
    app.processEvents()
    frames: list[float] = []
    for _ in range(min(FRAMES, bar.maximum() // step)):
        start = time.perf_counter()
        bar.setValue(bar.value() + step)
        app.processEvents()
        frames.append(time.perf_counter() - start)
    return frames


def bare_view(rows: int, columns: int) -> QTableView:
    """Return a plain view over an array, of the size of ours."""
    values = np.random.default_rng(1).integers(1, 900_000, (rows, columns))
    view = QTableView()
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().setDefaultSectionSize(ROW_PX)
    view.setModel(BareModel(values))
    return view


def measure(plan: Path, lines: int) -> None:
    """Time scrolls in turn: each of ours reads its rows from the plan, none is there from the one before."""
    app = application()
    apply(app, "light")
    with Plan.open(plan, person="benchmark") as opened:
        signals = PlanSignals(opened)
        seconds = []
        for _ in range(SCROLLS - 1):
            model, ours, last = _open(app, opened, signals)
            seconds.append(last)
            forget(ours, model)
        model, ours, last = _open(app, opened, signals)
        told(f"{lines:,} lines: opened and painted", median_of([*seconds, last]))
        bare = bare_view(model.rowCount(), model.columnCount())
        bare.resize(*SIZE)
        bare.show()
        for column in range(model.columnCount()):
            bare.setColumnWidth(column, ours.columnWidth(column))
        app.processEvents()
        _compare(f"{lines:,} lines down", model, bare.verticalScrollBar(), ours.verticalScrollBar())
        _compare(f"{lines:,} lines, months across", model, bare.horizontalScrollBar(), ours.horizontalScrollBar())
        seconds = []
        for _ in range(SCROLLS):
            start = time.perf_counter()
            model.find("899")
            seconds.append(time.perf_counter() - start)
        told(f"{lines:,} lines: a number found everywhere", median_of(seconds))
        signals.close()
        forget(bare, ours, model)


def _open(app: QApplication, plan: Plan, signals: PlanSignals) -> tuple[MatrixModel, MonthsView, float]:
    """Open the grid and tell in how many seconds it was painted."""
    start = time.perf_counter()
    model = delivery_model(plan, signals, start=FIRST, end=FIRST.plus(MONTHS - 1))
    view = MonthsView(model)
    view.resize(*SIZE)
    view.show()
    app.processEvents()
    return model, view, time.perf_counter() - start


def _compare(name: str, model: MatrixModel, bare: QScrollBar, ours: QScrollBar) -> None:
    worst: list[float] = []

    def floor() -> tuple[float, float]:
        frames = scroll(bare, STEP_PX)
        return sum(frames) / len(frames), 0.0

    def own() -> tuple[float, float]:
        model.reload()
        frames = scroll(ours, STEP_PX)
        worst.append(max(frames))
        return sum(frames) / len(frames), 0.0

    least, mine, ratio = timed_pairs(floor, own, SCROLLS)
    told(f"floor: frame of a bare view, {name}", median_of([least.median, least.least, least.most]))
    told(f"frame of the deliveries, {name}", median_of([mine.median, mine.least, mine.most]), ratio, "(at most 2)")
    told(f"longest frame of a scroll, {name}", median_of(worst))


def main(full: Path) -> None:
    """Measure a plan of 500 lines, made beside the full one, and the full one."""
    small = full.with_name("matrix.offtake")
    if not small.exists():
        make_plan(small, SHOWN_LINES)
    measure(small, SHOWN_LINES)
    measure(full, LINES)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
