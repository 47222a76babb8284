"""What the menus do with files and contracts: each asks what it has to know, then tells the plan."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from planner.changes import login_name
from planner.commands import Command, DuplicateContract, PhaseLine
from planner.errors import PlannerError
from planner.plan import SUFFIX, Plan
from ui.dialogs.message import tell
from ui.grids.grid_view import GridView
from ui.pages import Page
from ui.preferences import Preferences

if TYPE_CHECKING:
    from ui.dialogs.import_preview import ImportDialog

PLANS = f"Offtake plans (*{SUFFIX})"
TEXTS = "Text tables (*.csv *.tsv *.txt);;All files (*)"

Say = Callable[[str], object]
Callbacks = dict[str, Callable[[], object]]


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

    def callbacks(self, page: Callable[[], Page]) -> Callbacks:
        """Return what the actions on files do, by id; `page` tells which page is shown then."""
        return {
            "new_plan": self.new_plan,
            "open": self.open_plan,
            "save_copy": self.save_copy,
            "import": lambda: self.import_table(page().table),
            "export": lambda: self.export_table(page().table),
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
        name, _ = QFileDialog.getOpenFileName(self._window, "Import", str(self._preferences.last_folder), TEXTS)
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

    def export_table(self, table: str) -> None:
        """Ask which table to write and where."""
        from ui.dialogs.export import ExportDialog  # noqa: PLC0415 - the window is on screen before it

        dialog = ExportDialog(self._plan, table, self._preferences.last_folder, self._window)
        dialog.finished.connect(lambda _: self._say(dialog.said))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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
            "undo": self.undo,
            "redo": self.redo,
            "copy": lambda: page().copy(),
            "paste": lambda: _grid(page()).paste(),
            "fill_down": lambda: _grid(page()).fill_down(),
            "add_row": lambda: _grid(page()).go_to_blank_row(),
            "delete_rows": lambda: _grid(page()).delete_rows(),
            "duplicate_contract": lambda: self.duplicate_contract(page()),
            "phase_volumes": lambda: self.phase_volumes(page()),
            "save_chart": lambda: page().save_chart(),
            "copy_chart": lambda: page().copy_chart(),
        }
        for status in ("planned", "confirmed", "received"):
            found[f"mark_{status}"] = partial(_mark, page, status)
        return found

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
        reference = page.chosen_contract
        if reference is None:
            raise PlannerError("Choose a contract first.")
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Duplicate contract")
        dialog.setLabelText(f"{reference} and all that belongs to it, as a memorandum. Reference of the copy:")
        dialog.setTextValue(f"{reference}-2")
        dialog.setOkButtonText("Duplicate")
        dialog.textValueSelected.connect(lambda name: self._duplicate(reference, name.strip()))
        dialog.open()

    def _duplicate(self, reference: str, name: str) -> None:
        try:
            self._run(DuplicateContract(reference, name))
        except PlannerError as error:
            tell(self._window, str(error))

    def phase_volumes(self, page: Page) -> None:
        """Spread the agreed volumes of the chosen line over their months."""
        line = page.chosen_line
        if line is None:
            raise PlannerError("Choose a line first.")
        self._run(PhaseLine(*line))

    def _run(self, command: Command) -> None:
        done = self._plan.run(command)
        self._say(f"{command.title}: nothing to change." if done is None else command.title)


def _mark(page: Callable[[], Page], status: str) -> None:
    page().mark(status)


def _grid(page: Page) -> GridView:
    if page.grid is None:
        raise PlannerError("There is no grid to edit on this page.")
    return page.grid
