"""The application: one plan in one window, the crash net, and what the first start shows."""

import gc
import sys
from pathlib import Path

import platformdirs
from PySide6.QtCore import QCoreApplication, QObject, QThreadPool
from PySide6.QtWidgets import QApplication

from planner.errors import PlannerError
from planner.plan import SUFFIX, Plan
from ui.dialogs import crash
from ui.dialogs.message import tell
from ui.jobs import Job
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.theme import LiveTheme


class Application(QObject):
    """Shows one plan at a time; opening another closes the one before."""

    def __init__(self, app: QApplication, preferences: Preferences) -> None:
        super().__init__(app)
        self._preferences = preferences
        self._theme = LiveTheme(app, preferences.scheme)
        self._theme.setParent(self)
        self.window: MainWindow | None = None

    def show_plan(self, path: Path) -> None:
        """Open a plan in place of the one that is shown; one that cannot be opened changes nothing."""
        before = self.window
        if before is not None and before.plan.path.resolve() == path.resolve():
            before.raise_()
            before.activateWindow()
            return
        try:
            plan = Plan.open(path, person=self._preferences.person)
        except PlannerError as error:
            tell(before, str(error))
            return
        try:
            window = MainWindow(plan, self._preferences, self._theme)
        except Exception:
            damaged = is_damaged(plan)
            plan.close()
            if not damaged:
                raise
            tell(before, f"{path} is damaged. Restore a copy of it, or open another plan.")
            return
        self._preferences.add_recent_plan(path)
        window.plan_wanted.connect(lambda wanted: self.show_plan(Path(wanted)))
        window.show()
        self.window = window
        if before is not None:
            _end(before)

    def show_first(self) -> None:
        """Open the last plan, or the sample plan, made at the first start."""
        last = next(iter(self._preferences.recent_plans), None)
        self.show_plan(sample_plan(self._preferences.person) if last is None else last)
        if self.window is None:
            self.show_plan(sample_plan(self._preferences.person))

    def close(self) -> None:
        """Close the plan, so that others may write to it."""
        if self.window is not None:
            _end(self.window)
            self.window = None


def _end(window: MainWindow) -> None:
    """Close a window and then its plan, once no work off the thread of the window reads or writes it any more."""
    window.close()
    while any(job.running for job in window.findChildren(Job)):
        QThreadPool.globalInstance().waitForDone()
        # What ended says so in a posted event, and may start more: a cancelled preview forgets its draft.
        QCoreApplication.sendPostedEvents()
    window.signals.close()
    window.plan.close()
    window.deleteLater()


def is_damaged(plan: Plan) -> bool:
    """Tell whether a plan that cannot be shown is to blame itself, rather than the program."""
    try:
        return bool(plan.integrity())
    except Exception:  # noqa: BLE001 - SQLite may fail in any way on what is no longer a database
        return True


def sample_plan(person: str) -> Path:
    """Return the sample plan in the person's data folder, made when it is not there."""
    folder = Path(platformdirs.user_data_dir("offtake", appauthor=False))
    path = folder / f"sample{SUFFIX}"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        from planner.exchange.samples import create_sample  # noqa: PLC0415 - for the first start alone

        create_sample(path, person).close()
    return path


def run(plan: Path | None) -> int:
    """Show a plan, or the last one, until the window is closed; return the exit status."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Offtake")
    app.setDesktopFileName("offtake")
    crash.install(app)
    application = Application(app, Preferences())
    if plan is None:
        application.show_first()
    else:
        application.show_plan(plan)
        if application.window is None:
            application.show_first()
    gc.freeze()
    gc.enable()
    status = app.exec()
    application.close()
    return status
