"""The grid of every page: edited like a spreadsheet, searched, filtered, put in order, its columns chosen."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QWidget

from ui.grids.arrangement import Arrangement
from ui.grids.arranging import WIDEST_PX, Columns
from ui.grids.cells_view import SLIM_PX
from ui.grids.editing_view import Confirm, EditingView, ask_take_along
from ui.grids.filter_row import FILTER_PX, FilterRow
from ui.grids.find_bar import FindBar
from ui.grids.grid_menus import cells_menu, heading_menu
from ui.grids.grid_model import GridModel, SortKey
from ui.grids.heading import ROW_PX, next_sorting
from ui.grids.jumps import first_column

__all__ = ["ROW_PX", "SLIM_PX", "WIDEST_PX", "Confirm", "GridView", "ask_take_along"]


class GridView(EditingView):
    """A table of a GridModel that a spreadsheet person can use at once.

    `arrangement_changed` tells that columns were chosen, moved or sized.
    """

    arrangement_changed = Signal()

    # Made when they are first asked for; Qt asks for geometries before this class is built.
    _find_bar: FindBar | None = None
    _filters: FilterRow | None = None

    def __init__(self, model: GridModel, *, confirm: Confirm = ask_take_along, parent: QWidget | None = None) -> None:
        super().__init__(model, confirm=confirm, parent=parent)
        self._columns = Columns(self, model, self.heading)
        self._columns.changed.connect(self.arrangement_changed)
        self.heading.setSectionsClickable(not model.sortable)
        for view in (self, self.frozen):
            view.heading.chosen.connect(self._sort_on)
            view.heading.menu_wanted.connect(self._show_heading_menu)
        model.modelReset.connect(self._show_sorting)
        self.fit_columns()

    def open_find(self, replace: bool = False) -> None:  # noqa: FBT001, FBT002 - the name that actions call
        """Open the bar that finds texts, or the one that replaces them."""
        if self._find_bar is None:
            self._find_bar = FindBar(self, self._grid, self.selected_spots)
            self._find_bar.found.connect(lambda row, column: self.go_to((row, column)))
            self._find_bar.resized.connect(self.updateGeometries)
            self._find_bar.closed.connect(self.close_find)
        self._find_bar.open(replace=replace)
        self.updateGeometries()

    def close_find(self) -> None:
        """Close that bar and go on in the grid."""
        if self._find_bar is not None:
            # A part that is hidden with the focus would look for the next one in itself.
            self.setFocus()
            self._find_bar.hide()
            self.updateGeometries()

    def open_replace(self) -> None:
        """Open the bar that replaces texts."""
        self.open_find(replace=True)

    def find_next(self) -> None:
        """Go to the next cell that was found."""
        self._find_step(1)

    def find_previous(self) -> None:
        """Go to the cell before that was found."""
        self._find_step(-1)

    def _find_step(self, step: int) -> None:
        if self._find_bar is None:
            self.open_find()
        else:
            self._find_bar.go(step)

    def toggle_filters(self) -> None:
        """Show a row of filters under the headings and go there, or show all rows again and put it away."""
        if not self._grid.filterable:
            self.refused.emit("The rows of this grid cannot be filtered.")
        elif self._filters is not None and self._filters.isVisible():
            self.setFocus()
            self.clear_filters()
            self._filters.hide()
            self._make_room()
        else:
            self._show_filters()

    def _show_filters(self) -> None:
        if self._filters is None:
            self._filters = FilterRow(self, self._grid, self.frozen)
            self._filters.refused.connect(self.refused)
            self._filters.left.connect(self._go_back_to_cells)
            self._filters.entered.connect(self._show_column)
        self._filters.show()
        self._make_room()
        self._filters.raise_()
        self._filters.take_focus(max(0, self.currentIndex().column()))

    def _go_back_to_cells(self) -> None:
        self.setFocus()
        if not self.currentIndex().isValid():
            self.go_to((0, first_column(self._grid)))

    def clear_filters(self) -> None:
        """Show all rows."""
        if self._filters is not None:
            self._filters.clear()

    def _make_room(self) -> None:
        room = FILTER_PX if self._filters is not None and not self._filters.isHidden() else 0
        for view in (self, self.frozen):
            view.heading.make_room(room)
        self.updateGeometries()

    def _show_column(self, column: int) -> None:
        row = max(0, self.rowAt(0))
        if self._grid.rowCount():
            self.scrollTo(self._grid.index(row, column))

    def _sort_on(self, column: int, add: bool) -> None:  # noqa: FBT001 - a slot
        if self._grid.orders(column):
            self.sort(next_sorting(self._grid.sorting, column, add=add))
        elif self._grid.sortable:
            self.selectColumn(column)

    def sort(self, keys: tuple[SortKey, ...]) -> None:
        """Order the rows, the first key counts most; the cursor stays at its place."""
        if not self._grid.sortable:
            return
        current = self.currentIndex()
        self._grid.sort_by(keys)
        self._show_sorting()
        if current.row() >= 0 and not self.currentIndex().isValid():
            self.go_to((min(current.row(), self._grid.rowCount() - 1), current.column()))

    def _show_sorting(self) -> None:
        for view in (self, self.frozen):
            view.heading.show_sorting(self._grid.sorting)

    def choose_columns(self) -> None:
        """Open the list in which columns are chosen and put in order."""
        self._columns.choose()

    def fit_columns(self) -> None:
        """Make each column as wide as its heading and first rows need, or as the person made it."""
        self._columns.fit()

    @property
    def arrangement(self) -> Arrangement:
        """Which columns are shown, in which order and how wide."""
        return self._columns.arrangement

    def arrange(self, wanted: Arrangement) -> None:
        """Show columns as they were left."""
        self._columns.arrange(wanted)

    @property
    def covered_below(self) -> int:
        """The height of the bar that finds texts."""
        return 0 if self._find_bar is None or self._find_bar.isHidden() else self._find_bar.height()

    def updateGeometries(self) -> None:
        """Keep the bar at the lower edge, and the filters under their headings."""
        super().updateGeometries()
        bar, viewport = self._find_bar, self.viewport().geometry()
        if bar is not None and not bar.isHidden():
            height = min(bar.sizeHint().height(), viewport.height())
            bar.setGeometry(0, viewport.bottom() + 1 - height, viewport.right() + 1, height)
            bar.raise_()
        if self._filters is not None:
            self._filters.place()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the selection."""
        _pop_up(self.context_menu(), event.globalPos())

    def context_menu(self) -> QMenu:
        """Return the menu of the selection."""
        return cells_menu(self)

    def _show_heading_menu(self, column: int, place: QPoint) -> None:
        _pop_up(heading_menu(self, column), place)


def _pop_up(menu: QMenu, place: QPoint) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(place)
