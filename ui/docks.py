"""The docks around the pages: the findings below, and why a period is short or in excess beside."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow

from ui.findings import FindingsDock, FindingsWatch
from ui.navigation import Navigation
from ui.pages import Context, Page
from ui.why import WhyDock


class Docks:
    """Makes the docks of a window, shows and hides them by its actions, and lets pages ask of them."""

    def __init__(self, window: QMainWindow, context: Context, navigation: Navigation) -> None:
        plan, signals = context.plan, context.signals
        self._window = window
        self.watch = FindingsWatch(plan, signals, window)
        self.findings = FindingsDock(plan, self.watch, signals, window)
        self.why = WhyDock(plan, signals, context.view, context.theme, window)
        self._by_action: dict[str, QDockWidget] = {"show_findings": self.findings, "show_why": self.why}
        self.findings.chosen.connect(navigation.lead_to)
        self.why.chosen.connect(navigation.go_to_record)

    def lay_out(self, actions: Mapping[str, QAction]) -> None:
        """Put the docks in their places, out of sight: the pages have all the room until somebody asks for one."""
        places = Qt.DockWidgetArea.BottomDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
        for place, (action, dock) in zip(places, self._by_action.items(), strict=True):
            self._window.addDockWidget(place, dock)
            dock.toggleViewAction().toggled.connect(actions[action].setChecked)
            dock.hide()

    def toggle(self, action: str) -> None:
        """Show the dock of an action, or hide it."""
        dock = self._by_action[action]
        dock.setVisible(dock.isHidden())

    def note_shown(self, actions: Mapping[str, QAction]) -> None:
        """Let the actions tell which docks are shown, once the layout of the last time is restored."""
        for action, dock in self._by_action.items():
            actions[action].setChecked(not dock.isHidden())

    def take_in(self, page: Page) -> None:
        """Answer what a new page asks of the docks."""
        page.findings_wanted.connect(self.watch.need)
        page.explain_wanted.connect(self.why.explain)
        page.looked_at.connect(self.why.look_at)
        page.show_findings(self.watch.latest)
        self.watch.found.connect(page.show_findings)
