"""Thresholds are set in a dialog in which none passes its neighbour, and applied at once."""

import pytest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from planner.analysis.gaps.heat import DEFAULT, Thresholds
from ui.dialogs.thresholds import ThresholdsDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> ThresholdsDialog:
    made = ThresholdsDialog(Thresholds(80, 120, 300))
    qtbot.addWidget(made)
    made.show()
    return made


def shown(dialog: ThresholdsDialog) -> tuple[int, int, int]:
    return dialog.short.value(), dialog.tight.value(), dialog.excess.value()


def test_what_is_set_is_shown_and_a_change_is_told_at_once(dialog: ThresholdsDialog) -> None:
    told: list[Thresholds] = []
    dialog.changed.connect(told.append)
    assert shown(dialog) == (80, 120, 300)
    dialog.short.setValue(90)
    dialog.excess.setValue(250)
    assert told == [Thresholds(90, 120, 300), Thresholds(90, 120, 250)]


def test_none_passes_its_neighbour(dialog: ThresholdsDialog) -> None:
    dialog.short.setValue(500)
    dialog.excess.setValue(0)
    assert shown(dialog) == (120, 120, 120)
    dialog.tight.setValue(0)
    assert dialog.thresholds == Thresholds(120, 120, 120)


@pytest.mark.parametrize("start", [Thresholds(0, 0, 0), Thresholds(1_000, 1_000, 1_000), DEFAULT])
def test_the_defaults_come_back_from_anywhere(qtbot: QtBot, start: Thresholds) -> None:
    dialog = ThresholdsDialog(start)
    qtbot.addWidget(dialog)
    assert shown(dialog) == (start.short_below_pct, start.tight_below_pct, start.excess_above_pct)
    dialog.defaults_button.click()
    assert shown(dialog) == (100, 110, 200)
    assert dialog.thresholds == DEFAULT


def test_close_closes(dialog: ThresholdsDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    box.button(QDialogButtonBox.StandardButton.Close).click()
    assert dialog.isHidden()
