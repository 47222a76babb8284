"""The page of keys holds every action and every key of grids, and finds them."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.journeys.desk import Desk
from tests.ui.grids.keys import press, typing
from ui.actions import ACTIONS, GRID_KEYS, menus
from ui.shortcuts import IN_GRIDS, ShortcutsDialog, native, shortcuts


def in_sight(dialog: ShortcutsDialog) -> dict[str, list[tuple[str, str]]]:
    """Return the rows that can be seen, by group."""
    found = {}
    for at in range(dialog.list.topLevelItemCount()):
        group = dialog.list.topLevelItem(at)
        assert group is not None
        rows = [row for number in range(group.childCount()) if (row := group.child(number)) is not None]
        if not group.isHidden():
            found[group.text(0)] = [(row.text(0), row.text(1)) for row in rows if not row.isHidden()]
    return found


def test_every_action_and_every_key_has_a_row(qtbot: QtBot) -> None:
    dialog = ShortcutsDialog()
    qtbot.addWidget(dialog)
    shown = in_sight(dialog)
    assert list(shown) == [*menus(), IN_GRIDS]
    assert sum(map(len, shown.values())) == len(ACTIONS) + len(GRID_KEYS)
    assert ("Undo", native("Ctrl+Z")) in shown["Edit"]
    assert all(keys for rows in shown.values() for _, keys in rows)


def test_an_action_without_a_shortcut_says_why(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    rows = {each.does: each for each in shortcuts()}
    assert rows["Dark colours"].keys == ""
    assert rows["Dark colours"].reason == "chosen once, and remembered"


def test_f1_shows_them_and_the_line_looks_for_words_and_keys(desk: Desk, sample: Path) -> None:
    window = desk.start(sample)
    desk.shortcut(Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    dialog = desk.dialog(ShortcutsDialog)
    typing("phase")
    assert in_sight(dialog) == {"Plan": [("Phase volumes", native("Ctrl+Shift+P"))]}
    dialog.line.setText("f6")
    assert list(in_sight(dialog)) == [IN_GRIDS]
    dialog.line.setText("nothing of the kind")
    assert in_sight(dialog) == {}
    press(Qt.Key.Key_Escape)
    desk.wait(lambda: not window.findChildren(ShortcutsDialog))
