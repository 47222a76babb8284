"""The menus of a grid; their shortcuts are written and not bound, for the window binds them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from ui.grids.grid_model import SortKey

if TYPE_CHECKING:
    from ui.grids.grid_view import GridView


def cells_menu(view: "GridView") -> QMenu:
    """Return the menu of the selected cells."""
    menu, grid, can_edit = QMenu(view), view.grid, view.can_edit
    for text, callback, possible in (
        ("Cut\tCtrl+X", view.cut, can_edit),
        ("Copy\tCtrl+C", view.copy, True),
        ("Paste\tCtrl+V", view.paste, can_edit),
        ("", None, True),
        ("Fill down\tCtrl+D", view.fill_down, can_edit),
        ("Fill right\tCtrl+R", view.fill_right, can_edit),
        ("Fill series\tCtrl+Shift+F", view.fill_series, can_edit),
        ("Clear\tDel", view.clear_cells, can_edit),
        ("", None, True),
        ("Find…\tCtrl+F", view.open_find, True),
        ("Replace…\tCtrl+H", view.open_replace, can_edit),
    ):
        if callback is None:
            menu.addSeparator()
        else:
            menu.addAction(text, callback).setEnabled(possible)
    if grid.filterable:
        menu.addAction("Filters\tCtrl+Shift+L", view.toggle_filters)
    if grid.is_filtered:
        menu.addAction("Clear filters", view.clear_filters)
    if grid.all_columns:
        menu.addAction("Columns…", view.choose_columns)
    if grid.deletes_rows:
        menu.addSeparator()
        menu.addAction("Delete rows\tCtrl+-", view.delete_rows)
    return menu


def heading_menu(view: "GridView", column: int) -> QMenu:
    """Return the menu of a heading."""
    menu, grid = QMenu(view), view.grid
    if column >= 0 and grid.orders(column):
        menu.addAction("Sort ascending", partial(view.sort, (SortKey(column),)))
        menu.addAction("Sort descending", partial(view.sort, (SortKey(column, descending=True),)))
        menu.addAction("Do not sort", partial(view.sort, ())).setEnabled(bool(grid.sorting))
        menu.addSeparator()
    if column >= 0:
        menu.addAction("Fit width", partial(view.resizeColumnToContents, column))
    if grid.filterable:
        menu.addAction("Filters\tCtrl+Shift+L", view.toggle_filters)
    if grid.all_columns:
        menu.addAction("Columns…", view.choose_columns)
    return menu
