"""Words beside a heading give way in a narrow window and can be read whole all the same."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.headless import application
from ui.pages.panel import Hint, Panel, lead
from ui.theme import apply

LONG = "from November 2026 on, in the first twelve months"


def shown(qtbot: QtBot, hint: Hint, width: int) -> Hint:
    qtbot.addWidget(hint)
    hint.resize(width, 20)
    hint.show()
    return hint


def test_a_hint_is_shortened_where_it_has_no_room(qtbot: QtBot) -> None:
    hint = shown(qtbot, Hint(LONG), 120)
    assert hint.shown.endswith("…")
    assert hint.toolTip() == LONG
    hint.resize(900, 20)
    assert hint.shown == LONG
    assert hint.toolTip() == ""


def test_a_hint_that_changes_is_shortened_anew(qtbot: QtBot) -> None:
    hint = shown(qtbot, Hint(), 120)
    assert (hint.shown, hint.toolTip()) == ("", "")
    hint.say(LONG)
    assert hint.toolTip() == LONG
    hint.say("t")
    assert (hint.shown, hint.toolTip()) == ("t", "")


def test_a_hint_is_drawn_in_an_ink_that_can_be_read(qtbot: QtBot) -> None:
    # The ink of the theme covers; that of a bare style may let the ground through.
    apply(application(), "light")
    hint = shown(qtbot, Hint("▉▉▉▉"), 120)
    ink = hint.palette().color(QPalette.ColorRole.PlaceholderText).rgb()
    picture = hint.grab().toImage()
    assert ink in {picture.pixel(x, 10) for x in range(picture.width())}
    assert hint.isEnabled()


def test_a_panel_keeps_its_hint_unless_another_is_given(qtbot: QtBot) -> None:
    body = QWidget()
    panel = Panel("Title", body, hint="a hint")
    qtbot.addWidget(panel)
    assert body.accessibleName() == "Title"
    panel.set_title("Other")
    assert (panel.title, panel.hint) == ("Other", "a hint")
    panel.set_title("Other", "another")
    assert panel.hint == "another"


def test_what_leads_somewhere_says_so_to_eye_and_ear(qtbot: QtBot) -> None:
    view = QWidget()
    qtbot.addWidget(view)
    lead(view, "a lot", "its row")
    assert view.statusTip() == "Double-click a lot, or press Enter, to go to its row"
    assert view.accessibleDescription() == view.statusTip()
