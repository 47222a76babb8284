"""What the menus do with files and contracts: each asks what it has to know, then tells the plan."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLineEdit, QPlainTextEdit, QWidget

from planner.analysis import Scope
from planner.changes import login_name
from planner.commands import Command, DraftContract, DuplicateContract, PhaseLine, Together
from planner.errors import PlannerError
from planner.plan import SUFFIX, Plan
from ui.dialogs.message import tell
from ui.grids.grid_view import GridView
from ui.inbox import Inbox, ask_to_stop
from ui.jobs import Job
from ui.pages import Page
from ui.preferences import Preferences
from ui.view import View
from ui.view_bar import STAGES

if TYPE_CHECKING:
    from planner.exchange.reports.values import Report
    from ui.dialogs.import_preview import ImportDialog
    from ui.dialogs.report import ReportWish

PLANS = f"Offtake plans (*{SUFFIX})"
TYPING = "Finish what you are typing first."

Say = Callable[[str], object]
Callbacks = dict[str, Callable[[], object]]


def guarded(window: QWidget, callback: Callable[[], object]) -> Callable[[], None]:
    """Return a callback whose error, if a person can act on it, becomes a sentence in a box."""

    def call() -> None:
        try:
            callback()
        except PlannerError as error:
            tell(window, str(error))

    return call


class FileFlows(QObject):
    """Plans and tables as files; `say` gets a sentence for the status bar, `show_plan` opens a plan in a window."""

    def __init__(
        self, window: QWidget, plan: Plan, preferences: Preferences, say: Say, show_plan: Callable[[Path], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._plan = plan
        self._preferences = preferences
        self._say = say
        self._show_plan = show_plan
        self.inbox = Inbox(preferences, self)
        if plan.read_only is None:
            self.inbox.watch()

    def callbacks(self, page: Callable[[], Page]) -> Callbacks:
        """Return what the actions on files do, by id; `page` tells which page is shown then."""
        return {
            "new_plan": self.new_plan,
            "open": self.open_plan,
            "save_copy": self.save_copy,
            "import": lambda: self.import_table(page().table),
            "inbox": self.ask_inbox,
            "export": lambda: self.export(page()),
            "report": lambda: self.ask_report(page().context.view),
        }

    def new_plan(self) -> None:
        """Ask for a name and open an empty plan of that name."""
        from planner.exchange.samples import create  # noqa: PLC0415 - the window is on screen before it

        path = self._ask_to_save("New plan", f"plan{SUFFIX}", PLANS, SUFFIX)
        if path is not None:
            create(path, login_name(), sample=False).close()
            self._show_plan(path)

    def open_plan(self) -> None:
        """Ask for a plan and open it."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Open plan", str(self._preferences.last_folder), PLANS)
        if name:
            self._preferences.last_folder = Path(name).parent
            self._show_plan(Path(name))

    def save_copy(self) -> None:
        """Ask for a name and write a copy there."""
        path = self._ask_to_save("Save a copy", f"{self._plan.path.stem} copy{SUFFIX}", PLANS, SUFFIX)
        if path is not None:
            self._plan.save_copy(path)
            self._say(f"Wrote a copy to {path}")

    def import_table(self, table: str) -> None:
        """Ask for a file and show what it would change in a table, if its header says no other."""
        from planner.exchange.source import SUFFIXES  # noqa: PLC0415 - the window is on screen before it

        kinds = f"Tables ({' '.join(f'*{suffix}' for suffix in SUFFIXES)});;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self._window, "Import", str(self._preferences.last_folder), kinds)
        if name:
            self._preferences.last_folder = Path(name).parent
            self.import_file(Path(name), table)

    def import_file(self, path: Path, table: str) -> "ImportDialog":
        """Show what a file would change; PlannerError when it is no text or the plan may not be written."""
        if self._plan.read_only is not None:
            raise PlannerError(f"Nothing can be imported: the plan is open for reading only. {self._plan.read_only}")
        from planner.exchange.recognise import likely_table  # noqa: PLC0415 - the window is on screen before it
        from ui.dialogs.import_preview import ImportDialog  # noqa: PLC0415 - the window is on screen before it

        dialog = ImportDialog(self._plan, path, likely_table(path) or table, self._window)
        dialog.imported.connect(self._say)
        dialog.open()
        return dialog

    def ask_inbox(self) -> None:
        """Ask which folder to watch, or whether to watch none any more."""
        folder = self._preferences.inbox_folder
        stop = False if folder is None else ask_to_stop(folder, self._window)
        if stop is None:
            return
        if stop:
            self.inbox.choose(None)
            self._say("No folder is watched any more.")
            return
        start = str(folder or self._preferences.last_folder)
        chosen = QFileDialog.getExistingDirectory(self._window, "Inbox folder", start)
        if chosen:
            self.inbox.choose(Path(chosen))
            self._say(f"New files in {chosen} are offered for import.")

    def export(self, page: Page) -> None:
        """Ask what to write, as what kind of file and where; the grid of the page, as it is shown, comes first."""
        from ui.dialogs.export import ExportDialog  # noqa: PLC0415 - the window is on screen before it

        shown, view = None if page.grid is None else page.grid.grid.as_shown(), page.context.view
        folder = self._preferences.last_folder
        dialog = ExportDialog(self._plan, page.table, folder, self._window, shown=shown, horizon=view.horizon)
        dialog.finished.connect(lambda _: self._say(dialog.said))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_report(self, view: View) -> None:
        """Ask what the report of what the bar chooses is about, and where to write it."""
        from ui.dialogs.report import ReportDialog  # noqa: PLC0415 - the window is on screen before it

        first, last = view.horizon
        horizon = f"{first} to {last}, {STAGES[view.state.stages].lower()}"
        dialog = ReportDialog(self._plan, horizon, self._preferences.last_folder, self._window)
        dialog.wanted.connect(lambda wish: self.write_report(wish, view))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write_report(self, wish: "ReportWish", view: View) -> "Job[Report]":
        """Work the report out beside the window, then draw and write it."""
        from planner.exchange.reports.report import report_of  # noqa: PLC0415 - the window is on screen before it
        from ui.report import printable, write_report  # noqa: PLC0415 - the same

        (start, end), state = view.horizon, view.state
        self._preferences.last_folder = wish.target.parent
        asked = Scope(by=state.by, stages=state.stages, start=start, end=end, subject=wish.subject)
        scope = printable(asked, wish.target, self._plan)
        today = datetime.now(UTC).astimezone().date()
        self._say(f"Writing {wish.target.name}…")

        def write() -> None:
            write_report(self._plan, job.result, scope, wish.target)
            self._say(f"Wrote {wish.target}")

        job = Job(lambda _: report_of(self._plan, scope, today=today, currency=wish.currency), self)
        job.done.connect(guarded(self._window, write))
        job.failed.connect(self._not_made)
        job.start()
        return job

    def _not_made(self, error: Exception) -> None:
        if not isinstance(error, PlannerError):
            raise error
        tell(self._window, str(error))

    def _ask_to_save(self, title: str, name: str, kinds: str, suffix: str) -> Path | None:
        suggested = str(self._preferences.last_folder / name)
        chosen, _ = QFileDialog.getSaveFileName(self._window, title, suggested, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        self._preferences.last_folder = path.parent
        return path if path.suffix == suffix else path.with_name(path.name + suffix)


class PlanFlows(QObject):
    """Commands on what is chosen on a page."""

    def __init__(self, window: QWidget, plan: Plan, say: Say) -> None:
        super().__init__(window)
        self._window = window
        self._plan = plan
        self._say = say

    def callbacks(self, page: Callable[[], Page]) -> Callbacks:
        """Return what the actions on records and charts do, by id; `page` tells which page is shown then."""
        found: Callbacks = {
            "undo": lambda: self._unless_editing(page(), self.undo),
            "redo": lambda: self._unless_editing(page(), self.redo),
            "copy": lambda: page().copy(),
            "paste": lambda: self._at_rest(page(), GridView.paste),
            "cut": lambda: self._at_rest(page(), GridView.cut),
            "fill_down": lambda: self._at_rest(page(), GridView.fill_down),
            "fill_right": lambda: self._at_rest(page(), GridView.fill_right),
            "fill_series": lambda: self._at_rest(page(), GridView.fill_series),
            "set_all": lambda: _grid(page()).set_all(),
            "find": lambda: _grid(page()).open_find(),
            "replace": lambda: _grid(page()).open_replace(),
            "filters": lambda: _grid(page()).toggle_filters(),
            "columns": lambda: _grid(page()).choose_columns(),
            "add_row": lambda: _grid(page()).go_to_blank_row(),
            "delete_rows": lambda: self._at_rest(page(), GridView.delete_rows),
            "duplicate_contract": lambda: self.duplicate_contract(page()),
            "draft_contract": lambda: self.draft_contract(page()),
            "agree_volumes": lambda: self.agree_volumes(page()),
            "phase_volumes": lambda: self.phase_volumes(page()),
            "call_option": lambda: self.call_option(page()),
            "close_contract": lambda: self.close_contract(page()),
            "save_chart": lambda: page().save_chart(),
            "copy_chart": lambda: page().copy_chart(),
        }
        for status in ("planned", "confirmed", "received"):
            found[f"mark_{status}"] = partial(_mark, page, status)
        return found

    def _at_rest(self, page: Page, act: Callable[[GridView], object]) -> None:
        """Do something with a grid, unless somebody is typing: keys that are for cells would change others unseen."""
        if isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit):
            self._say(TYPING)
        else:
            self._unless_editing(page, lambda: act(_grid(page)))

    def _unless_editing(self, page: Page, act: Callable[[], object]) -> None:
        """Do something, unless an editor of a cell is open: one of choices does not take keys for itself."""
        if page.grid is not None and page.grid.is_editing:
            self._say(TYPING)
        else:
            act()

    def undo(self) -> None:
        """Take the last edit back."""
        changes = self._plan.undo()
        self._say("There is nothing to undo." if changes is None else f"Undone: {changes.edit.title}")

    def redo(self) -> None:
        """Bring back what was undone last."""
        changes = self._plan.redo()
        self._say("There is nothing to redo." if changes is None else f"Redone: {changes.edit.title}")

    def duplicate_contract(self, page: Page) -> None:
        """Ask for the reference of the copy."""
        reference = _chosen(page)
        dialog = self._ask_reference("Duplicate contract", "Duplicate", f"{reference}-2")
        dialog.setLabelText(f"{reference} and all that belongs to it, as a memorandum. Reference of the copy:")
        dialog.textValueSelected.connect(lambda name: self._try(DuplicateContract(reference, name.strip())))
        dialog.open()

    def draft_contract(self, page: Page) -> None:
        """Ask for the reference of what could follow a contract."""
        reference = _chosen(page)
        dialog = self._ask_reference("Draft as new", "Draft", f"{reference}-NEXT")
        dialog.setLabelText(
            f"A memorandum for the years after {reference}, with its lines, volumes and price terms. Its reference:"
        )
        dialog.textValueSelected.connect(lambda name: self._try(DraftContract(reference, name.strip())))
        dialog.open()

    def _ask_reference(self, title: str, verb: str, suggested: str) -> QInputDialog:
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setTextValue(suggested)
        dialog.setOkButtonText(verb)
        return dialog

    def _try(self, command: Command) -> None:
        try:
            self._run(command)
        except PlannerError as error:
            tell(self._window, str(error))

    def agree_volumes(self, page: Page) -> None:
        """Ask what is agreed for the contract years of a contract."""
        from ui.dialogs.agree_volumes import AgreeVolumesDialog  # noqa: PLC0415 - the window is on screen before it

        dialog = AgreeVolumesDialog(self._plan, _chosen(page), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.agreed.connect(self._say)
        dialog.open()

    def call_option(self, page: Page) -> None:
        """Ask how much of which option is called."""
        from ui.dialogs.call_option import CallOptionDialog  # noqa: PLC0415 - the window is on screen before it

        dialog = CallOptionDialog(self._plan, _chosen(page), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.called.connect(self._say)
        dialog.open()

    def close_contract(self, page: Page) -> None:
        """Ask with which month a contract ends."""
        from ui.dialogs.close_contract import CloseContractDialog  # noqa: PLC0415 - the window is on screen before it

        dialog = CloseContractDialog(self._plan, _chosen(page), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.closed.connect(self._say)
        dialog.open()

    def make_record(self, table: str, code: str, grid: GridView) -> None:
        """Ask for the record that a reference in a grid is to mean, and fill the reference in once it is made."""
        from ui.dialogs.new_record import NewRecordDialog  # noqa: PLC0415 - the window is on screen before it

        field = grid.grid.field(grid.currentIndex().column())
        name = "" if field is None else field.name
        dialog = NewRecordDialog(self._plan, table, code, self._window, for_field=name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.created.connect(grid.fill_reference)
        # The editor goes with that, and the keyboard would be anywhere.
        dialog.created.connect(lambda _: grid.setFocus())
        dialog.open()

    def phase_volumes(self, page: Page) -> None:
        """Spread the agreed volumes of the chosen lines over their months, as one edit."""
        lines = page.chosen_lines
        if not lines:
            raise PlannerError("Choose a line first.")
        commands = tuple(PhaseLine(*line) for line in lines)
        self._run(commands[0] if len(commands) == 1 else Together(f"Phase {len(commands)} lines", commands))

    def _run(self, command: Command) -> None:
        done = self._plan.run(command)
        self._say(f"{command.title}: nothing to change." if done is None else command.title)


def _chosen(page: Page) -> str:
    if page.chosen_contract is None:
        raise PlannerError("Choose a contract first.")
    return page.chosen_contract


def _mark(page: Callable[[], Page], status: str) -> None:
    page().mark(status)


def _grid(page: Page) -> GridView:
    if page.grid is None:
        raise PlannerError("There is no grid to edit on this page.")
    return page.grid
