"""The table of actions is sound, and QActions do what it says."""

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.actions import (
    ACTIONS,
    GRID_KEYS,
    SEPARATOR_BEFORE,
    build_actions,
    menus,
    of_menu,
    refresh_icons,
)
from ui.pages import PAGES


def test_ids_and_shortcuts_are_unique() -> None:
    ids = [spec.id for spec in ACTIONS]
    shortcuts = [spec.shortcut for spec in ACTIONS if spec.shortcut] + [key.keys for key in GRID_KEYS]
    assert len(ids) == len(set(ids))
    assert len(shortcuts) == len(set(shortcuts))
    assert set(ids) >= SEPARATOR_BEFORE


def test_every_action_has_a_title_and_another_sentence_that_explains_it() -> None:
    for spec in ACTIONS:
        assert spec.title.strip(), spec.id
        assert len(spec.tip) > 10, spec.id
        assert spec.tip.rstrip("…") != spec.title.rstrip("…"), spec.id
        assert not spec.tip.endswith("."), spec.id


def test_every_action_has_a_shortcut_or_a_reason_to_have_none() -> None:
    assert [spec.id for spec in ACTIONS if bool(spec.shortcut) == bool(spec.no_shortcut)] == []


def test_every_key_of_a_grid_is_one_that_qt_knows(qtbot: QtBot) -> None:  # noqa: ARG001 - Qt runs
    for key in GRID_KEYS:
        assert QKeySequence(key.keys).toString(QKeySequence.SequenceFormat.PortableText) == key.keys
        assert key.does


def test_the_menus_hold_every_action_once() -> None:
    assert menus() == ("File", "Edit", "Plan", "Go", "View", "Help")
    assert sorted(spec.id for menu in menus() for spec in of_menu(menu)) == sorted(spec.id for spec in ACTIONS)


def test_pages_have_the_numbers_in_order() -> None:
    pages = [spec for spec in of_menu("Go") if spec.id.startswith("go_")]
    assert [spec.id for spec in pages] == [f"go_{page.id}" for page in PAGES]
    # What is worked out from the plan stands between its records and the tables, and has the other key.
    records, worked_out, rest = range(1, 9), range(1, 7), (9, 0)
    keys = [*(f"Ctrl+{n}" for n in records), *(f"Alt+{n}" for n in worked_out), *(f"Ctrl+{n}" for n in rest)]
    assert [spec.shortcut for spec in pages] == keys


def test_actions_are_built_for_what_has_a_callback(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    done: list[str] = []
    actions = build_actions(owner, {"undo": lambda: done.append("undo"), "import": lambda: done.append("import")})
    assert list(actions) == ["import", "undo"]
    assert owner.actions() == list(actions.values())
    actions["undo"].trigger()
    assert done == ["undo"]
    assert actions["undo"].shortcut().toString() == "Ctrl+Z"
    assert actions["undo"].toolTip() == "Take back the last edit (Ctrl+Z)"
    assert not actions["undo"].icon().isNull()
    refresh_icons(actions, owner)


def test_every_shortcut_is_one_that_qt_knows(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    actions = build_actions(owner, {spec.id: lambda: None for spec in ACTIONS})
    for spec in ACTIONS:
        assert actions[spec.id].shortcut().toString() == spec.shortcut


def test_one_scheme_is_chosen_at_a_time(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    schemes = ("scheme_system", "scheme_light", "scheme_dark")
    actions = build_actions(owner, {scheme: lambda: None for scheme in schemes})
    actions["scheme_light"].trigger()
    actions["scheme_dark"].trigger()
    assert [actions[scheme].isChecked() for scheme in schemes] == [False, False, True]


def test_a_callback_without_a_row_is_a_mistake(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    with pytest.raises(KeyError, match="fly"):
        build_actions(owner, {"fly": lambda: None})
