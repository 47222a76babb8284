"""The window over one plan: rail, bar, pages, menus from the table of actions, status bar."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow

from planner.plan import SUFFIX, Plan
from ui.actions import build_actions, refresh_icons
from ui.docks import Docks
from ui.entries import Entry, entries
from ui.flows import FileFlows, PlanFlows, guarded
from ui.grids.formats import locale_id
from ui.grids.selection import SelectionStatistics
from ui.inbox import InboxBar
from ui.menus import enable, fill_menus
from ui.navigation import Navigation
from ui.pages import PAGES, Context, Page
from ui.palette import toggle
from ui.plan_signals import PlanSignals
from ui.preferences import Preferences
from ui.rail import Rail, beside
from ui.shortcuts import ShortcutsDialog
from ui.theme import LiveTheme, Scheme
from ui.view import View
from ui.view_bar import ViewBar

SAID_FOR_MS = 12_000
SCHEMES: tuple[Scheme, ...] = ("system", "light", "dark")


class MainWindow(QMainWindow):
    """Shows a plan; `plan_wanted` carries the path of another one to open."""

    plan_wanted = Signal(str)

    def __init__(self, plan: Plan, preferences: Preferences, theme: LiveTheme) -> None:
        super().__init__()
        self.plan = plan
        self.preferences = preferences
        self.signals = PlanSignals(plan, self)
        self.view = View(plan, self)
        self._theme = theme
        self._files = FileFlows(self, plan, preferences, self.say, self._want_plan)
        self._commands = PlanFlows(self, plan, self.say)
        context = Context(plan, self.signals, self.view, theme, preferences)
        self.navigation = Navigation(context, self)
        self._titles: dict[str, str | None] = {}
        self.rail, self.bar, self.sums = Rail(), ViewBar(self.view), QLabel()
        self._docks = Docks(self, context, self.navigation)
        self.findings, self.why = self._docks.findings, self._docks.why
        self.actions_by_id = build_actions(self, {k: guarded(self, v) for k, v in self._callbacks().items()})
        self._lay_out()
        fill_menus(self.menuBar(), self.actions_by_id, self._recent(), self._want_plan)
        self.actions_by_id[f"scheme_{theme.scheme}"].setChecked(True)
        self._connect(theme)
        self._dress()
        self.go(PAGES[0].id)
        self._follow()

    def _connect(self, theme: LiveTheme) -> None:
        self.signals.changed.connect(self._follow)
        theme.changed.connect(self._dress)
        self.navigation.made.connect(self._take_in)
        self.navigation.shown.connect(self._note_page)
        self.findings.said.connect(self.say)
        self.rail.currentRowChanged.connect(lambda row: self.navigation.show_page(PAGES[row].id))

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.navigation.page

    def go(self, page_id: str) -> Page:
        """Show a page and give it the keyboard."""
        return self.navigation.go(page_id)

    def _note_page(self, page_id: str) -> None:
        with QSignalBlocker(self.rail):
            self.rail.setCurrentRow([spec.id for spec in PAGES].index(page_id))
        self.sums.clear()
        self._refresh_enabled()

    def _take_in(self, page: Page) -> None:
        """Hear what a new page says and wants."""
        page.said.connect(self.say)
        page.statistics_changed.connect(self._show_sums)
        page.current_changed.connect(self._refresh_enabled)
        page.action_wanted.connect(lambda action: self.actions_by_id[action].trigger())
        page.period_wanted.connect(self.navigation.go_to_period)
        page.rows_wanted.connect(self.navigation.go_to_lines)
        page.table_wanted.connect(self.navigation.go_to_table)
        page.place_wanted.connect(self.navigation.go_to_record)
        page.contract_wanted.connect(lambda reference: self.navigation.go_to_record("contracts", (reference,)))
        page.record_wanted.connect(self._commands.make_record)
        self._docks.take_in(page)

    def _want_plan(self, path: Path) -> None:
        self.plan_wanted.emit(str(path))

    def _recent(self) -> list[Path]:
        return [path for path in self.preferences.recent_plans if path != self.plan.path.resolve()]

    def say(self, sentence: str) -> None:
        """Show a sentence in the status bar for a while."""
        self.statusBar().showMessage(sentence, SAID_FOR_MS)

    def import_file(self, path: Path) -> None:
        """Show what a file would change in the plan."""
        guarded(self, lambda: self._files.import_file(path, self.page.table))()

    def _callbacks(self) -> dict[str, Callable[[], object]]:
        return {
            **self._files.callbacks(lambda: self.page),
            **self._commands.callbacks(lambda: self.page),
            "quit": self.close,
            **{name: partial(self._docks.toggle, name) for name in ("show_findings", "show_why")},
            "show_shortcuts": lambda: ShortcutsDialog(self).open(),
            "search_everything": lambda: toggle(self, self._found, self.preferences),
            "back": self.navigation.back,
            **{f"go_{spec.id}": partial(self.go, spec.id) for spec in PAGES},
            **{f"scheme_{scheme}": partial(self._choose_scheme, scheme) for scheme in SCHEMES},
        }

    def _found(self) -> list[Entry]:
        return entries(self.plan, self.actions_by_id, self.navigation, self._recent(), self._want_plan)

    def _lay_out(self) -> None:
        banner = QLabel(f"Open for reading only. {self.plan.read_only}")
        banner.setObjectName("banner")
        banner.setHidden(self.plan.read_only is None)
        inbox = InboxBar(self._files.inbox)
        inbox.wanted.connect(self.import_file)
        self.setCentralWidget(beside(self.rail, self.bar, banner, inbox, self.navigation.stack))
        self.statusBar().addPermanentWidget(self.sums)
        self._docks.lay_out(self.actions_by_id)
        self.setAcceptDrops(True)
        self.setWindowTitle(f"{self.plan.path.stem}{' (reading only)' if self.plan.read_only else ''} – Offtake")
        self.resize(1440, 900)
        self.restoreGeometry(self.preferences.geometry)
        self.restoreState(self.preferences.state)
        self._docks.note_shown(self.actions_by_id)

    def _follow(self) -> None:
        self._titles = {"undo": self.plan.undo_title, "redo": self.plan.redo_title}
        for name, title in self._titles.items():
            self.actions_by_id[name].setText(f"{name.capitalize()} {title}" if title else name.capitalize())
        self._refresh_enabled()
        self.bar.show_state()
        # A sentence about an edit that was refused is out of date once another was made.
        self.statusBar().clearMessage()

    def _refresh_enabled(self) -> None:
        """Let those actions be chosen that make sense with the plan and with what is chosen on the page."""
        offers = self.page.offers | {name for name, title in self._titles.items() if title is not None}
        offers |= {"back"} if self.navigation.can_go_back else set()
        enabled = enable(self.actions_by_id, writable=self.plan.read_only is None, offers=offers)
        self.page.show_enabled(enabled)

    def _show_sums(self, statistics: SelectionStatistics) -> None:
        self.sums.setText(statistics.sentence(locale_id()))

    def _choose_scheme(self, scheme: Scheme) -> None:
        self.preferences.scheme = scheme
        self._theme.set_scheme(scheme)

    def _dress(self) -> None:
        refresh_icons(self.actions_by_id, self)
        self.rail.dress(self.palette())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a plan that was dropped, or preview the import of another file."""
        for url in event.mimeData().urls()[:1]:
            path = Path(url.toLocalFile())
            event.acceptProposedAction()
            if path.suffix == SUFFIX:
                self.plan_wanted.emit(str(path))
            else:
                self.import_file(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End what is still being read from files, and remember where the window was; there is nothing to save."""
        for dialog in self.findChildren(QDialog):
            dialog.reject()
        self.preferences.geometry = self.saveGeometry()
        self.preferences.state = self.saveState()
        super().closeEvent(event)
