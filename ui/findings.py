"""What somebody should look at, worked out beside the window, and the dock below the pages that lists it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import QDockWidget, QWidget

from planner.checks import Finding, Severity
from planner.commands import UnmuteFinding, fix_of
from planner.errors import PlannerError
from planner.plan import Plan
from ui.dialogs.message import tell
from ui.dock_title import DockTitle
from ui.grids.texts_model import ReadingView, TextsModel
from ui.icons import IconName, icon
from ui.jobs import Job
from ui.pages.panel import lead
from ui.plan_signals import PlanSignals
from ui.theme import GRID_PX

HEADINGS = ("", "Where", "What", "What to do")
WORDS: dict[Severity, str] = {"error": "Error", "warning": "Warning", "info": "Note"}
ICONS: dict[Severity, IconName] = {"error": "error", "warning": "warning", "info": "note"}
NOTHING = ("", "", "Nothing stands out in this plan.", "")
# A finding may wait until somebody stops typing; the figures and charts may not.
AFTER_MS = 500
LOWEST_PX = 9 * GRID_PX
WIDEST_PX = 96 * GRID_PX
MUTE, SHOW_MUTED = "Mute…", "Show muted"
NO_FIX = "Nothing obvious mends this finding"


class FindingsWatch(QObject):
    """Works the findings out some time after an edit, beside the window, and only for those who look.

    `found` carries a list of `Finding`, `told` those that are put aside as well. Who looks calls `need` when it comes
    into sight, and after each edit.
    """

    found = Signal(list)
    told = Signal(list)

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
        job = self._job = Job(lambda _: self._plan.findings(muted=True), self)
        job.done.connect(lambda: self._tell(job.result))
        job.failed.connect(self._fail)
        for ended in (job.done, job.failed):
            ended.connect(job.deleteLater)
        job.start()

    def _tell(self, found: list[Finding]) -> None:
        self._job = None
        self.latest = tuple(each for each in found if each.muted_until is None)
        self.found.emit(list(self.latest))
        self.told.emit(found)
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
        aside = frozenset(row for row, each in enumerate(found) if each.muted_until is not None)
        self.show_rows([_row(each) for each in found] or [NOTHING], aside)

    def finding_at(self, row: int) -> Finding | None:
        """Return the finding of a row; None for the row that says that there is none."""
        return self._found[row] if 0 <= row < len(self._found) else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a text, or the sign of the severity."""
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            finding = self.finding_at(index.row())
            return None if finding is None else icon(ICONS[finding.severity], _on_selection())
        return super().data(index, role)


def _on_selection() -> QPalette:
    """Return the palette with an accent that is seen on a selected row."""
    palette = QPalette(QGuiApplication.palette())
    palette.setColor(QPalette.ColorRole.Accent, palette.color(QPalette.ColorRole.HighlightedText))
    return palette


def _row(finding: Finding) -> tuple[str, ...]:
    """Return the texts of a finding; one that is put aside says until when, in the place of what to do."""
    what_to_do = finding.remedy if finding.muted_until is None else f"muted until {finding.muted_until}"
    return WORDS[finding.severity], finding.place, finding.text, what_to_do


class FindingsDock(QDockWidget):
    """Lists the findings while somebody can see them, mends them and puts them aside.

    `chosen` carries the one whose place is wanted, `said` a sentence for the status bar.
    """

    chosen = Signal(Finding)
    said = Signal(str)

    def __init__(self, plan: Plan, watch: FindingsWatch, signals: PlanSignals, parent: QWidget | None = None) -> None:
        super().__init__("Findings", parent)
        self.setObjectName("findings")
        self.setAllowedAreas(Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._plan = plan
        self._watch = watch
        self._found: list[Finding] = []
        self.model = FindingsModel(self)
        self.view = ReadingView(self.model, 3, widest=WIDEST_PX)
        self.view.setMinimumHeight(LOWEST_PX)
        self.view.setAccessibleName("Findings")
        lead(self.view, "a finding", "its place")
        self.fix_action = QAction("Fix…", self)
        self.mute_action = QAction(MUTE, self)
        self.unmute_action = QAction("Unmute", self)
        self.muted_action = QAction(SHOW_MUTED, self, checkable=True)
        self._build()
        self._connect(signals)
        self._offer()

    def _build(self) -> None:
        actions = (self.fix_action, self.mute_action, self.unmute_action, self.muted_action)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.view.addActions(actions)
        self.setTitleBarWidget(DockTitle(self, "Close the findings (F8)", actions))
        self.setWidget(self.view)

    def _connect(self, signals: PlanSignals) -> None:
        self.view.activated.connect(self._choose)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self.fix_action.triggered.connect(self.look_at_fix)
        self.mute_action.triggered.connect(self.mute)
        self.unmute_action.triggered.connect(self.unmute)
        self.muted_action.toggled.connect(lambda _: self._show(self._found))
        self._watch.told.connect(self._show)
        signals.changed.connect(self._follow)

    @property
    def current(self) -> Finding | None:
        """The finding whose row the cursor is in."""
        return self.model.finding_at(self.view.currentIndex().row())

    def _show(self, found: list[Finding]) -> None:
        row, before = self.view.currentIndex().row(), self.current
        self._found = found
        open_ = [each for each in found if each.muted_until is None]
        shown = found if self.muted_action.isChecked() else open_
        self.model.show_findings(shown)
        self.setWindowTitle(f"Findings ({len(open_):,})" if open_ else "Findings")
        aside = len(found) - len(open_)
        self.muted_action.setText(f"{SHOW_MUTED} ({aside:,})" if aside else SHOW_MUTED)
        self._keep_current(row, before, shown)
        self._offer()

    def _keep_current(self, row: int, before: Finding | None, shown: Sequence[Finding]) -> None:
        """Keep the cursor on the same finding, or where it was once that is gone."""
        if before is None or not shown:
            return
        same = (at for at, each in enumerate(shown) if (each.check, each.place) == (before.check, before.place))
        self.view.setCurrentIndex(self.model.index(next(same, min(row, len(shown) - 1)), 0))

    def _offer(self) -> None:
        """Let those actions be chosen that make sense for the finding that is chosen."""
        finding, writable = self.current, self._plan.read_only is None
        command = None if finding is None else fix_of(finding)
        aside = finding is not None and finding.muted_until is not None
        self.fix_action.setEnabled(writable and command is not None)
        self.fix_action.setToolTip(NO_FIX if command is None else f"Look at what it would change: {command.title}")
        self.mute_action.setEnabled(writable and finding is not None and not aside)
        self.unmute_action.setEnabled(writable and aside)
        self.muted_action.setEnabled(self.muted_action.isChecked() or any(each.muted_until for each in self._found))

    def look_at_fix(self) -> None:
        """Show what would mend the chosen finding, or say why nothing does."""
        from ui.dialogs.look_at_fix import LookAtFixDialog  # noqa: PLC0415 - the window is on screen before it

        finding = self.current
        if finding is None:
            return
        try:
            dialog = LookAtFixDialog(self._plan, finding, self.window())
        except PlannerError as error:
            tell(self.window(), str(error))
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fixed.connect(self.said)
        dialog.open()

    def mute(self) -> None:
        """Ask until when the chosen finding is put aside, and why."""
        from ui.dialogs.mute_finding import MuteFindingDialog  # noqa: PLC0415 - the window is on screen before it

        finding = self.current
        if finding is None:
            return
        dialog = MuteFindingDialog(self._plan, finding, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.muted.connect(self.said)
        dialog.open()

    def unmute(self) -> None:
        """Take the chosen finding up again."""
        finding = self.current
        if finding is None:
            return
        command = UnmuteFinding(finding.check, finding.place)
        try:
            self._plan.run(command)
        except PlannerError as error:
            tell(self.window(), str(error))
        else:
            self.said.emit(command.title)

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
