"""The dock below the pages: what somebody should look at, and what to do about it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from planner.checks import Finding
from planner.plan import Plan
from ui.grids.texts_model import ReadingView, TextsModel
from ui.jobs import Job
from ui.plan_signals import PlanSignals
from ui.theme import GRID_PX

HEADINGS = ("", "Where", "What", "What to do")
WORDS = {"error": "Error", "warning": "Warning", "info": "Note"}
NOTHING = ("", "", "Nothing stands out in this plan.", "")
# A finding may wait until somebody stops typing; the figures and charts may not.
AFTER_MS = 500
LOWEST_PX = 9 * GRID_PX
WIDEST_PX = 80 * GRID_PX


class FindingsDock(QDockWidget):
    """Lists the findings, worked out anew some time after an edit, and only while somebody can see them."""

    def __init__(self, plan: Plan, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__("Findings", parent)
        self.setObjectName("findings")
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._plan = plan
        self.model = TextsModel(HEADINGS, parent=self)
        self.view = ReadingView(self.model, 3, widest=WIDEST_PX)
        self.view.setMinimumHeight(LOWEST_PX)
        self.setWidget(self.view)
        self._stale = True
        self._job: Job[list[Finding]] | None = None
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self.refresh)
        signals.changed.connect(self._go_stale)

    def refresh(self) -> None:
        """Work the findings out beside the window, unless nobody looks."""
        if not self.isVisible() or self._job is not None:
            return
        self._stale = False
        job = self._job = Job(lambda _: self._plan.findings(), self)
        job.done.connect(lambda: self._show(job.result))
        job.failed.connect(self._fail)
        job.start()

    def _show(self, found: list[Finding]) -> None:
        self._job = None
        rows = [(WORDS[each.severity], each.place, each.text, each.remedy) for each in found]
        self.model.show_rows(rows or [NOTHING])
        self.setWindowTitle(f"Findings ({len(found):,})" if found else "Findings")
        if self._stale:
            self._go_stale()

    def _fail(self, error: Exception) -> None:
        self._job = None
        raise error

    def _go_stale(self) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date soon after it is first seen: the page comes first."""
        super().showEvent(event)
        if self._stale:
            self._soon.start()
