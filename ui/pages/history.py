"""History: every edit, who made it and when, what it changed; any of them can be taken back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from planner.changes import Edit, EditState
from planner.errors import PlannerError
from ui.grids.change_rows import AFTER_COLUMN, CHANGE_HEADINGS, change_texts
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, Split, fill

NOTHING = (
    "Nothing was changed in this plan yet. Every edit and every import will be listed here, and can be taken back."
)
EDITS_LISTED = 1_000
TITLE_COLUMN = 3


class HistoryPage(Page):
    """List of edits above, the changes of the chosen one below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.edits = TextsModel(("Edit", "Time", "Person", "What", "Records", "State"), frozenset({0, 4}), self)
        self.changes = TextsModel(CHANGE_HEADINGS, parent=self)
        self.list = ReadingView(self.edits, TITLE_COLUMN)
        self.first = self.list
        self.detail = ReadingView(self.changes, AFTER_COLUMN)
        self.undo_button = QPushButton("Undo this edit")
        self.undo_button.setEnabled(False)
        self.undo_button.clicked.connect(self.undo_chosen)
        self._listed: list[Edit] = []
        self._detail_panel = Panel("What it changed", self.detail, buttons=(self.undo_button,))
        both = Split(Qt.Orientation.Vertical, (Panel("History", self.list), 3), (self._detail_panel, 2))
        self.empty = EmptyState(both, NOTHING)
        fill(self, self.empty)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_detail())

    @property
    def chosen(self) -> Edit | None:
        """The edit whose row the cursor is in."""
        row = self.list.currentIndex().row()
        return self._listed[row] if 0 <= row < len(self._listed) else None

    def refresh(self) -> None:
        """List the edits, the same one chosen as before."""
        before = self.chosen
        self._listed = self.plan.history(EDITS_LISTED)
        if not self._listed:
            self.empty.say()
            return
        self.empty.show_body()
        numbers = [(edit, edit.number) for edit in self._listed]
        rows = [_row(edit, self.plan.changes(number).count) for edit, number in numbers if number is not None]
        undone = frozenset(at for at, edit in enumerate(self._listed) if edit.state is not EditState.APPLIED)
        self.edits.show_rows(rows, undone)
        kept = next((at for at, edit in enumerate(self._listed) if before is not None and edit.id == before.id), 0)
        self.list.setCurrentIndex(self.edits.index(kept, 0))
        self._show_detail()

    def undo_chosen(self) -> None:
        """Take the chosen edit back, or say which later one stands in the way."""
        edit = self.chosen
        if edit is None or edit.number is None:
            return
        try:
            self.plan.undo_edit(edit.number)
        except PlannerError as error:
            self.said.emit(str(error))
        else:
            self.said.emit(f"Undone: {edit.title}")

    def _show_detail(self) -> None:
        edit = self.chosen
        can = edit is not None and edit.state is EditState.APPLIED and self.plan.read_only is None
        self.undo_button.setEnabled(can)
        if edit is None or edit.number is None:
            self.changes.show_rows([])
            return
        self._detail_panel.set_title(f"What edit {edit.number} changed", edit.title)
        self.changes.show_rows(change_texts(self.plan.changes(edit.number)))


def _row(edit: Edit, count: int) -> tuple[str, ...]:
    """Return number, local time, person, what was done, how many records, and whether it holds."""
    state = "" if edit.state is EditState.APPLIED else "undone"
    return (str(edit.number), f"{edit.time.astimezone():%Y-%m-%d %H:%M}", edit.person, edit.title, f"{count:,}", state)


PAGE = HistoryPage
