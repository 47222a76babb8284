"""A finding is put aside until a day that is typed, with a note."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from planner.checks import Finding
from planner.model import Mute
from planner.plan import Plan
from ui.dialogs.mute_finding import MuteFindingDialog, later

TODAY = datetime.now(UTC).astimezone().date()


def shown(qtbot: QtBot, plan: Plan) -> tuple[MuteFindingDialog, Finding]:
    finding = plan.findings()[0]
    dialog = MuteFindingDialog(plan, finding)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog, finding


def test_it_is_put_aside_for_three_months_unless_another_day_is_typed(qtbot: QtBot, planned: Plan) -> None:
    dialog, finding = shown(qtbot, planned)
    said: list[str] = []
    dialog.muted.connect(said.append)
    until = date.fromisoformat(dialog.day.text())
    assert 89 <= (until - TODAY).days <= 92
    dialog.note.setText(" talks are under way ")
    dialog.mute_button.click()
    row = planned.find("mutes", (finding.check, finding.place))
    assert row is not None
    assert row.record == Mute(finding=finding.check, place=finding.place, until=until, note="talks are under way")
    assert said == [f"Mute {finding.check} of {finding.place} until {until}"]
    assert finding not in planned.findings()
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Write the last day on which it may wait, as 2027-03-15."),
        ("soon", "'soon' is not a date"),
        ((TODAY - timedelta(days=1)).isoformat(), "is past; write today or a later day."),
    ],
)
def test_a_day_that_is_none_or_past_is_said_and_the_dialog_stays(
    qtbot: QtBot, planned: Plan, day: str, sentence: str
) -> None:
    dialog, finding = shown(qtbot, planned)
    dialog.day.setText(day)
    dialog.mute_button.click()
    assert dialog.isVisible()
    assert sentence in dialog.trouble.text()
    assert planned.find("mutes", (finding.check, finding.place)) is None


def test_today_is_late_enough(qtbot: QtBot, planned: Plan) -> None:
    dialog, finding = shown(qtbot, planned)
    dialog.day.setText(TODAY.isoformat())
    dialog.mute_button.click()
    assert planned.find("mutes", (finding.check, finding.place)) is not None


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2027, 1, 31), date(2027, 5, 15), date(2027, 11, 30)])
def test_three_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date) -> None:
    found = later(day)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == 3
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])
