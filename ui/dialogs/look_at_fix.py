"""The dialog that shows what would mend a finding, row by row, before it is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from planner.changes import ChangeSet
from planner.checks import Finding
from planner.commands import FIXES, fix_of
from planner.errors import PlannerError
from planner.plan import Plan
from ui.grids.change_rows import AFTER_COLUMN, CHANGE_HEADINGS, change_texts
from ui.grids.grid_view import ROW_PX
from ui.grids.texts_model import ReadingView, TextsModel
from ui.theme import GRID_PX, quiet

WIDTH = 96 * GRID_PX
FEWEST_ROWS, MOST_ROWS = 3, 12


class LookAtFixDialog(QDialog):
    """Shows the draft of a fix; `fixed` carries what was done, for the status bar. Without that the draft is forgotten.

    The draft is made when the dialog is, and is gone with it, whichever way it closes.
    """

    fixed = Signal(str)

    def __init__(self, plan: Plan, finding: Finding, parent: QWidget | None = None) -> None:
        """PlannerError where nothing obvious mends the finding, or that cannot be done now."""
        draft = _draft(plan, finding)
        super().__init__(parent)
        self.setWindowTitle(FIXES[finding.check].verb)
        self._plan = plan
        self._draft = draft
        self.rows = TextsModel(CHANGE_HEADINGS, parent=self)
        self.list = ReadingView(self.rows, AFTER_COLUMN)
        self.rows.show_rows(change_texts(draft))
        self.list.setMinimumHeight((min(MOST_ROWS, max(FEWEST_ROWS, self.rows.rowCount())) + 2) * ROW_PX)
        self.list.setAccessibleName("What it would change")
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        self._build(finding)
        self.rejected.connect(self._discard)
        self.resize(self.minimumSizeHint())
        self.fix_button.setFocus()

    def _build(self, finding: Finding) -> None:
        why = QLabel(f"{finding.place}: {finding.text}.")
        why.setWordWrap(True)
        records = f"{self._draft.count:,} {'record' if self._draft.count == 1 else 'records'}"
        what = QLabel(f"{records} would change. One Undo takes it back.")
        what.setWordWrap(True)
        quiet(what)
        buttons = QDialogButtonBox()
        self.fix_button = buttons.addButton(FIXES[finding.check].verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.fix_button.setDefault(True)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.fix)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addWidget(why)
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(what)
        layout.addWidget(self.trouble)
        layout.addWidget(buttons)
        self.setMinimumWidth(WIDTH)

    def fix(self) -> None:
        """Make the draft part of the plan and close, or say what has come in its way."""
        try:
            done = self._plan.apply_draft(self._draft.edit.id)
        except PlannerError as error:
            self.trouble.setText(str(error))
            self.trouble.show()
            self.fix_button.setEnabled(False)
        else:
            self.fixed.emit(done.edit.title)
            self.accept()

    def _discard(self) -> None:
        self._plan.discard_draft(self._draft.edit.id)


def _draft(plan: Plan, finding: Finding) -> ChangeSet:
    command = fix_of(finding)
    if command is None:
        raise PlannerError(f"Nothing obvious mends {finding.place}: {finding.remedy}.")
    draft = plan.draft(command)
    if draft is None:
        raise PlannerError(f"{command.title} would change nothing: {finding.remedy}.")
    return draft
