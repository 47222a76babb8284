"""One edited delivery until the chart is painted, in the real window, on a plan of a million deliveries."""

import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from benchmarks.measure import RUNS, median_of, told
from benchmarks.million import FIRST, line_keys
from benchmarks.shared import Paintings
from planner.analysis import Subject
from planner.commands import DeliveryCell, SetDeliveries
from planner.plan import Plan
from ui.headless import application
from ui.main_window import MainWindow
from ui.pages.overview import OverviewPage
from ui.preferences import Preferences
from ui.theme import LiveTheme

EDITS = 40 * RUNS
# Every fifth line delivers cobalt.
COBALT_EVERY = 5


def measure(plan: Path) -> None:
    """Time edits of single deliveries; the floor is painting the same chart alone."""
    app = application()
    with Plan.open(plan, person="benchmark") as opened:
        settings = QSettings(str(plan.with_suffix(".ini")), QSettings.Format.IniFormat)
        window = MainWindow(opened, Preferences(settings), LiveTheme(app, "light"))
        window.show()
        page = window.go("overview")
        if not isinstance(page, OverviewPage):
            raise TypeError(page)
        page.choose(Subject("element", "Co"))
        app.processEvents()
        paintings = Paintings()
        page.cover_chart.view.viewport().installEventFilter(paintings)
        floor = median_of([_painted(app, page, paintings) for _ in range(EDITS)])
        keys = line_keys()[::COBALT_EVERY]
        edits = median_of([_edited(app, opened, (keys[at], at), page, paintings) for at in range(EDITS)])
        told("floor: painting the chart that stands", floor)
        told("one edited delivery until the chart is painted", edits, edits.median / floor.median, "(at most 16 ms)")
        window.close()
        window.signals.close()
        window.deleteLater()
        app.processEvents()


def _painted(app: QApplication, page: OverviewPage, paintings: Paintings) -> float:
    start, before = time.perf_counter(), paintings.count
    page.cover_chart.view.viewport().update()
    _until_painted(app, paintings, before)
    return time.perf_counter() - start


def _edited(
    app: QApplication, plan: Plan, place: tuple[tuple[str, int], int], page: OverviewPage, paintings: Paintings
) -> float:
    (contract, line), number = place
    table = page.cover_chart.table
    start, before = time.perf_counter(), paintings.count
    # A quantity that no run before has set: an edit that changes nothing paints nothing.
    cell = DeliveryCell(contract, line, FIRST.plus(number % 100), time.time_ns() // 1_000 % 1_000_000)
    plan.run(SetDeliveries((cell,)))
    _until_painted(app, paintings, before)
    seconds = time.perf_counter() - start
    if page.cover_chart.table == table:
        message = "the chart was painted without the edit"
        raise AssertionError(message)
    return seconds


def _until_painted(app: QApplication, paintings: Paintings, before: int) -> None:
    while paintings.count == before:
        app.processEvents()


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
    print(f"peak memory of that window: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10:.0f} MB")
