"""What somebody should look at, worked out beside the window, and the dock below the pages that lists it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from planner.checks import Finding, Severity
from planner.plan import Plan
from ui.grids.texts_model import ReadingView, TextsModel
from ui.icons import IconName, icon
from ui.jobs import Job
from ui.plan_signals import PlanSignals
from ui.theme import GRID_PX

HEADINGS = ("", "Where", "What", "What to do")
WORDS: dict[Severity, str] = {"error": "Error", "warning": "Warning", "info": "Note"}
ICONS: dict[Severity, IconName] = {"error": "error", "warning": "warning", "info": "note"}
NOTHING = ("", "", "Nothing stands out in this plan.", "")
# A finding may wait until somebody stops typing; the figures and charts may not.
AFTER_MS = 500
LOWEST_PX = 9 * GRID_PX
WIDEST_PX = 80 * GRID_PX


class FindingsWatch(QObject):
    """Works the findings out some time after an edit, beside the window, and only for those who look.

    `found` carries a list of `Finding`. Who looks calls `need` when it comes into sight, and after each edit.
    """

    found = Signal(list)

    def __init__(self, plan: Plan, signals: PlanSignals, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._stale = True
        self._needed = False
        self._job: Job[list[Finding]] | None = None
        self.latest: tuple[Finding, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self._start)
        signals.changed.connect(self._go_stale)

    def need(self) -> None:
        """Work the findings out soon, unless nothing has changed since they were."""
        self._needed = True
        if self._stale and self._job is None:
            self._soon.start()

    def _go_stale(self) -> None:
        self._stale = True
        self._needed = False
        # Who still looks asks again; an edit every moment puts the work off.
        self._soon.stop()

    def _start(self) -> None:
        self._stale = False
        job = self._job = Job(lambda _: self._plan.findings(), self)
        job.done.connect(lambda: self._tell(job.result))
        job.failed.connect(self._fail)
        for ended in (job.done, job.failed):
            ended.connect(job.deleteLater)
        job.start()

    def _tell(self, found: list[Finding]) -> None:
        self._job = None
        self.latest = tuple(found)
        self.found.emit(found)
        if self._stale and self._needed:
            self._soon.start()

    def _fail(self, error: Exception) -> None:
        self._job = None
        raise error


class FindingsModel(TextsModel):
    """A row for each finding, with the sign of its severity before the word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(HEADINGS, parent=parent)
        self._found: tuple[Finding, ...] = ()

    def show_findings(self, found: Sequence[Finding]) -> None:
        """List these."""
        self._found = tuple(found)
        rows = [(WORDS[each.severity], each.place, each.text, each.remedy) for each in found]
        self.show_rows(rows or [NOTHING])

    def finding_at(self, row: int) -> Finding | None:
        """Return the finding of a row; None for the row that says that there is none."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a text, or the sign of the severity."""
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            finding = self.finding_at(index.row())
            return None if finding is None else icon(ICONS[finding.severity], QGuiApplication.palette())
        return super().data(index, role)


class FindingsDock(QDockWidget):
    """Lists the findings while somebody can see them; `chosen` carries the one whose place is wanted."""

    chosen = Signal(Finding)

    def __init__(self, watch: FindingsWatch, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__("Findings", parent)
        self.setObjectName("findings")
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._watch = watch
        self.model = FindingsModel(self)
        self.view = ReadingView(self.model, 3, widest=WIDEST_PX)
        self.view.setMinimumHeight(LOWEST_PX)
        self.view.setAccessibleName("Findings")
        self.view.setStatusTip("Double-click a finding, or press Enter, to go to its place")
        self.view.activated.connect(self._choose)
        self.setWidget(self.view)
        watch.found.connect(self._show)
        signals.changed.connect(self._follow)

    def _show(self, found: list[Finding]) -> None:
        self.model.show_findings(found)
        self.setWindowTitle(f"Findings ({len(found):,})" if found else "Findings")

    def _choose(self, index: QModelIndex) -> None:
        finding = self.model.finding_at(index.row())
        if finding is not None:
            self.chosen.emit(finding)

    def _follow(self) -> None:
        if self.isVisible():
            self._watch.need()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date soon after it is first seen: the page comes first."""
        super().showEvent(event)
        self._watch.need()
