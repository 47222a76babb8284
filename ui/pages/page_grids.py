"""The grids of a page: which has the keyboard, how each is arranged, which rows are marked, where a record stands."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from planner.checks import Finding
from planner.fields import Value
from planner.plan import Plan
from planner.units import Month
from ui.grids.arrangement import Arrangement
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import MatrixModel
from ui.grids.record_model import RecordModel
from ui.preferences import Preferences

# In a grid Tab goes from cell to cell.
_LEAVE = {"Ctrl+Tab": True, "Ctrl+Shift+Tab": False}
FILTERED = "The row is kept out of sight by the filter of its table."


class PageGrids(QObject):
    """Some grids, in the order in which they were added.

    `said` carries a sentence for the status bar, `current_changed` that another grid has the keyboard now.
    """

    said = Signal(str)
    current_changed = Signal()

    def __init__(self, plan: Plan, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._plan = plan
        self._preferences = preferences
        self._grids: list[GridView] = []
        self._names: dict[GridView, str] = {}
        self._last: GridView | None = None
        self._found: tuple[Finding, ...] = ()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._note_focus)

    @property
    def current(self) -> GridView | None:
        """The grid that has the keyboard or had it last, else the first."""
        return self._last or next(iter(self._grids), None)

    @property
    def hold_records(self) -> bool:
        """Whether one of them shows the records of a table."""
        return any(isinstance(grid.grid, RecordModel) for grid in self._grids)

    def add(self, grid: GridView, name: str = "") -> None:
        """Take a grid in; under a name the order and the widths of its columns are remembered on this machine."""
        self._grids.append(grid)
        self._mark(grid)
        for keys, forward in _LEAVE.items():
            shortcut = QShortcut(QKeySequence(keys), grid)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(_leave, grid, forward))
        if name:
            self._names[grid] = name
            grid.arrange(Arrangement.of_text(self._preferences.grid_arrangement(name)))
            grid.arrangement_changed.connect(partial(self._remember, grid))

    def remove(self, grid: GridView) -> None:
        """Let go of a grid that will be deleted."""
        self._grids.remove(grid)
        self._names.pop(grid, None)
        self._last = None

    def step(self, by: int) -> None:
        """Give the keyboard to the next grid that is shown, or the one before."""
        shown = [grid for grid in self._grids if grid.isVisible()]
        if shown:
            at = shown.index(self.current) + by if self.current in shown else 0
            shown[at % len(shown)].enter()

    def go_to(self, table: str, key: tuple[Value, ...]) -> bool:
        """Put the cursor on a record; False where it is not shown."""
        row = self._plan.find(table, key)
        grid, model = next(self._of_table(table), (None, None))
        if row is None or grid is None or model is None:
            return False
        place = model.row_of(row.id)
        if place is None:
            self.said.emit(FILTERED)
            return False
        _put_cursor(grid, place, 0)
        return True

    def go_to_month(self, key: tuple[Value, ...], month: Value) -> bool:
        """Put the cursor of the grid of months on a row, in its month if that is shown; False without such a row."""
        for grid in self._grids:
            model = grid.grid
            if isinstance(model, MatrixModel):
                row = next((row for row in range(model.rowCount()) if model.key_at(row) == key), None)
                if row is not None:
                    column = model.column_of(month) if isinstance(month, Month) else None
                    _put_cursor(grid, row, model.frozen_columns if column is None else column)
                    return True
                if model.is_filtered:
                    self.said.emit(FILTERED)
        return False

    def mark(self, found: Sequence[Finding]) -> None:
        """Mark the rows that findings are about, now and in grids that are added later."""
        self._found = tuple(found)
        for grid in self._grids:
            self._mark(grid)

    def _mark(self, grid: GridView) -> None:
        model = grid.grid
        if isinstance(model, RecordModel):
            model.set_findings(sentences(each for each in self._found if each.table == model.table))

    def _of_table(self, table: str) -> Iterator[tuple[GridView, RecordModel]]:
        for grid in self._grids:
            model = grid.grid
            if isinstance(model, RecordModel) and model.table == table:
                yield grid, model

    def _remember(self, grid: GridView) -> None:
        if grid in self._names:
            self._preferences.set_grid_arrangement(self._names[grid], grid.arrangement.to_text())

    def _note_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None:
            return
        found = next((grid for grid in self._grids if grid is now or grid.isAncestorOf(now)), None)
        if found is not None and found is not self._last:
            self._last = found
            self.current_changed.emit()


def sentences(found: Iterable[Finding]) -> dict[tuple[Value, ...], str]:
    """Return what is found about each record, by key: `It has no capacity rows: add its capacity by month.`."""
    told: dict[tuple[Value, ...], str] = {}
    for each in found:
        sentence = f"{each.text[:1].upper()}{each.text[1:]}: {each.remedy}."
        told[each.key] = f"{told[each.key]}\n{sentence}" if each.key in told else sentence
    return told


def _put_cursor(grid: GridView, row: int, column: int) -> None:
    grid.setCurrentIndex(grid.grid.index(row, column))
    grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _leave(grid: GridView, forward: bool) -> None:  # noqa: FBT001 - what a key is bound to
    """Give the keyboard to what comes after a grid, or before it; asked itself, the grid would go to its next cell."""
    grid.window().focusNextPrevChild(forward)
