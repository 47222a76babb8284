"""The program where there is no display: pictures of charts and pages, and the main job on the sample plan."""

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QSettings,
    QSize,
    QThreadPool,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from planner.analysis import Basis, Period, Scope, Subject
from planner.analysis.gaps.stack import StackTable, by_firmness
from planner.changes import login_name
from planner.cli.figures import cover_text
from planner.errors import PlannerError
from planner.exchange.reports.report import report_of
from planner.exchange.samples import create_sample
from planner.plan import SUFFIX, Plan
from ui.charts.cover_chart import CoverChart
from ui.charts.export import save_pdf, save_png, save_svg
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.report import printable, write_report
from ui.theme import LiveTheme, apply

SIZE = (1600, 900)
SAMPLE_SUBJECT = Subject("element", "Co")
NO_SCREEN = "This plugin does not support propagateSizeHints()"
HELP = "The commands work without a display too: offtake --help"


def run(folder: Path | None = None) -> int:
    """Make the sample plan and its pictures in a folder (`offtake-sample` here), print its cover; return 0."""
    # Qt looks for a display otherwise, and dies without one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    target = folder or Path("offtake-sample")
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"sample{SUFFIX}"
    print(f"There is no display for a window, so here is the main job without one.\n\nThe sample plan, {path}:\n")  # noqa: T201 - said to the person
    with Plan.open(path, person=login_name()) if path.exists() else create_sample(path, login_name()) as plan:
        table = plan.cover(SAMPLE_SUBJECT, by=Period.YEAR, basis=Basis.METAL)
        print(cover_text(table))  # noqa: T201 - said to the person
        chart, overview = target / "cobalt.svg", target / "overview.png"
        draw_chart(by_firmness(plan.cover(SAMPLE_SUBJECT, by=Period.QUARTER)), chart, SIZE, dark=False)
        draw_page(plan, "overview", overview, SIZE, dark=False)
    print(f"\nThe chart of cobalt is {chart}, a picture of the Overview {overview}.\n{HELP}")  # noqa: T201 - said to the person
    return 0


def draw_chart(table: StackTable, file: Path, size: tuple[int, int], *, dark: bool) -> None:
    """Write the chart of a table as PNG, SVG or PDF, by the file's ending; PlannerError when that cannot be."""
    chart = CoverChart(apply(application(), "dark" if dark else "light"), readout=False)
    chart.show_stack(table)
    save = {".svg": save_svg, ".pdf": save_pdf}.get(file.suffix.lower(), save_png)
    save(chart, file, QSize(*size))


def draw_report(plan: Plan, file: Path, scope: Scope, currency: str) -> None:
    """Write the report of a plan as of today; PlannerError when there is none such or it cannot be written."""
    application()
    fitting = printable(scope, file, plan)
    report = report_of(plan, fitting, today=datetime.now(UTC).astimezone().date(), currency=currency)
    write_report(plan, report, fitting, file)


def draw_page(plan: Plan, page: str, file: Path, size: tuple[int, int], *, dark: bool) -> None:
    """Write a picture of the window with a page of a plan; PlannerError when the file cannot be written."""
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "none.ini"), QSettings.Format.IniFormat)
        theme = LiveTheme(application(), "dark" if dark else "light")
        window = MainWindow(plan, Preferences(settings), theme)
        theme.setParent(window)
        window.resize(*size)
        window.go(page)
        window.show()
        application().processEvents()
        if not window.grab().save(str(file)):
            raise PlannerError(f"{file} cannot be written; choose another folder.")
        window.close()
        QThreadPool.globalInstance().waitForDone()
        window.signals.close()
        window.deleteLater()
        # Outside an event loop nothing is deleted before it is asked for.
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def application() -> QApplication:
    """Return the application, made when there is none."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    qInstallMessageHandler(pass_on)
    return QApplication(sys.argv[:1])


def pass_on(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Write what Qt says to standard error, but for what it says of every window where there is no screen."""
    if message != NO_SCREEN:
        sys.stderr.write(f"{message}\n")
