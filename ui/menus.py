"""The menus of the window: filled from the table of actions, and which of them can be chosen now."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.actions import SEPARATOR_BEFORE, menus, of_menu

_CHANGE_RECORDS = frozenset(
    {
        "cut",
        "paste",
        "fill_down",
        "fill_right",
        "fill_series",
        "set_all",
        "replace",
        "add_row",
        "delete_rows",
        "duplicate_contract",
        "draft_contract",
        "agree_volumes",
        "phase_volumes",
        "call_option",
        "close_contract",
        "mark_planned",
        "mark_confirmed",
        "mark_received",
    }
)
NEED_WRITING = _CHANGE_RECORDS | {"import", "undo", "redo"}
OFFERED_BY_PAGES = _CHANGE_RECORDS | {"copy", "find", "filters", "columns", "save_chart", "copy_chart"}


def fill_menus(
    bar: QMenuBar, actions: Mapping[str, QAction], recent: Sequence[Path], open_plan: Callable[[Path], object]
) -> None:
    """Put the actions into their menus, and the recent plans below `open`."""
    for title in menus():
        menu = bar.addMenu(title)
        for spec in of_menu(title):
            if spec.id in SEPARATOR_BEFORE:
                menu.addSeparator()
            menu.addAction(actions[spec.id])
            if spec.id == "open":
                _fill_recent(menu.addMenu("Open recent"), recent, open_plan)


def _fill_recent(menu: QMenu, recent: Sequence[Path], open_plan: Callable[[Path], object]) -> None:
    for path in recent:
        # An ampersand in a path would mark a key.
        menu.addAction(str(path).replace("&", "&&"), partial(open_plan, path))
    menu.setEnabled(bool(recent))


def enable(actions: Mapping[str, QAction], *, writable: bool, offers: Collection[str]) -> frozenset[str]:
    """Let those actions be chosen that make sense, and return their ids.

    `offers` are those that the page offers, and `undo`, `redo` and `back` while there is something; others always make
    sense.
    """
    for name, action in actions.items():
        makes_sense = name in offers or name not in OFFERED_BY_PAGES | {"undo", "redo", "back"}
        action.setEnabled(makes_sense and (writable or name not in NEED_WRITING))
    return frozenset(name for name, action in actions.items() if action.isEnabled())
