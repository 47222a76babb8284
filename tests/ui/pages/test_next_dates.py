"""What falls due is listed by day, and each row leads to its record."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.analysis.terms.dates import NextDate, Occasion
from ui.pages.next_dates import NOTHING, NextDates

LATE = NextDate(date(2026, 1, 1), Occasion.MILESTONE, "C1", "Audit", "milestones", ("C1", "Audit"), overdue=True)
TERM = NextDate(date(2027, 2, 28), Occasion.TERM, "C2", "Term ends: Short", "contracts", ("C2",))


@pytest.fixture
def dates(qtbot: QtBot) -> NextDates:
    made = NextDates()
    qtbot.addWidget(made)
    made.resize(400, 200)
    made.show()
    return made


def rows(dates: NextDates) -> list[tuple[str, ...]]:
    model = dates.texts
    return [tuple(str(model.index(row, at).data()) for at in range(3)) for row in range(model.rowCount())]


def test_dates_are_listed_and_overdue_ones_say_so(dates: NextDates) -> None:
    dates.show_dates([LATE, TERM])
    assert rows(dates) == [("2026-01-01", "Audit, overdue", "C1"), ("2027-02-28", "Term ends: Short", "C2")]


def test_an_empty_list_says_so_and_leads_nowhere(dates: NextDates) -> None:
    wanted: list[str] = []
    dates.place_wanted.connect(lambda table, _key: wanted.append(table))
    dates.show_dates([])
    assert rows(dates) == [NOTHING]
    QTest.mouseClick(
        dates.viewport(), Qt.MouseButton.LeftButton, pos=dates.visualRect(dates.texts.index(0, 1)).center()
    )
    assert wanted == []


def test_a_double_click_and_enter_lead_to_the_record(dates: NextDates, qtbot: QtBot) -> None:
    dates.show_dates([LATE, TERM])
    place = dates.visualRect(dates.texts.index(1, 1)).center()
    with qtbot.waitSignal(dates.place_wanted) as clicked:
        QTest.mouseClick(dates.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(dates.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == ["contracts", ("C2",)]
    dates.setCurrentIndex(dates.texts.index(0, 0))
    with qtbot.waitSignal(dates.place_wanted) as entered:
        QTest.keyClick(dates, Qt.Key.Key_Return)
    assert entered.args == ["milestones", ("C1", "Audit")]


def test_the_same_dates_again_leave_the_cursor(dates: NextDates) -> None:
    dates.show_dates([LATE, TERM])
    dates.setCurrentIndex(dates.texts.index(1, 0))
    dates.show_dates([LATE, TERM])
    assert dates.currentIndex().row() == 1
    dates.show_dates([TERM])
    assert rows(dates) == [("2027-02-28", "Term ends: Short", "C2")]
