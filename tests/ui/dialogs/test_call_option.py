"""An option is chosen by its contract year and called in tonnes, in time."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from planner.commands import Cell, SetCells
from planner.errors import PlannerError
from planner.model import Volume
from planner.plan import Plan
from ui.dialogs.call_option import CallOptionDialog

KEY = ("MNG-CO-2025", 2, 2027)


def shown(qtbot: QtBot, plan: Plan) -> CallOptionDialog:
    dialog = CallOptionDialog(plan, "MNG-CO-2025")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def limit(plan: Plan) -> None:
    """Let the option of 2027 end with June 2026."""
    row = plan.find("volumes", KEY)
    assert row is not None
    plan.run(SetCells((Cell("volumes", row.id, "option_until", date(2026, 6, 30)),)))


def test_part_of_an_option_is_called(qtbot: QtBot, planned: Plan) -> None:
    limit(planned)
    dialog = shown(qtbot, planned)
    said: list[str] = []
    dialog.called.connect(said.append)
    texts = [dialog.rows.index(0, column).data() for column in range(5)]
    assert texts == ["2", "MnSO4.H2O", "2027", "4,000", "2026-06-30"]
    assert dialog.rows.index(1, 4).data() == "none"
    assert dialog.quantity.text() == "4000"
    dialog.quantity.setText("1.5k")
    dialog.day.setText("30/06/2026")
    dialog.call_button.click()
    assert said == ["Call option MNG-CO-2025 2 2027"]
    row = planned.find("volumes", KEY)
    assert row is not None
    assert isinstance(row.record, Volume)
    assert (row.record.agreed_kg, row.record.option_kg) == (1_500_000, 2_500_000)
    assert row.record.option_called == date(2026, 6, 30)


def test_the_quantity_follows_the_chosen_year(qtbot: QtBot, planned: Plan) -> None:
    dialog = shown(qtbot, planned)
    dialog.list.setCurrentIndex(dialog.rows.index(5, 0))
    assert (dialog.chosen.line, dialog.quantity.text()) == (3, "5000")


@pytest.mark.parametrize(
    ("quantity", "day", "sentence"),
    [
        ("4001", "2026-06-30", "4001 t is more than the option of MNG-CO-2025 2 2027, 4000 t."),
        ("0", "2026-06-30", "Nothing of MNG-CO-2025 2 2027 would be called; write how many tonnes."),
        ("", "2026-06-30", "Nothing of MNG-CO-2025 2 2027 would be called; write how many tonnes."),
        ("1", "2026-07-01", "The option of MNG-CO-2025 2 2027 could be called until 2026-06-30, not on 2026-07-01."),
        ("1", "", "Write the day on which it was called, as 2027-03-15."),
        ("1", "soon", "'soon' is not a date"),
    ],
)
def test_what_cannot_be_called_is_said_and_the_dialog_stays(
    qtbot: QtBot, planned: Plan, quantity: str, day: str, sentence: str
) -> None:
    limit(planned)
    dialog = shown(qtbot, planned)
    dialog.quantity.setText(quantity)
    dialog.day.setText(day)
    dialog.call_button.click()
    assert dialog.isVisible()
    assert sentence in dialog.trouble.text()


def test_without_an_option_there_is_nothing_to_call(planned: Plan) -> None:
    with pytest.raises(PlannerError, match="NEW-1 has no option left to call"):
        CallOptionDialog(planned, "NEW-1")
