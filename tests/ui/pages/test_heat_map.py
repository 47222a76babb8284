"""The heat map is walked, folded, chosen from, copied and painted."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.analysis import Subject
from planner.analysis.gaps.heat import CoverState, Thresholds
from tests.ui.pages.heat import COBALT, METAL, NICKEL, SULPHATE, groups
from ui.pages.heat_legend import HeatFoot
from ui.pages.heat_map import HeatMap
from ui.pages.heat_paint import ground_of
from ui.theme import DARK, LIGHT, Theme

Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def heat_map(qtbot: QtBot) -> HeatMap:
    made = HeatMap(LIGHT)
    qtbot.addWidget(made)
    made.resize(600, 240)
    made.show_groups(groups())
    made.show()
    return made


def press(heat_map: HeatMap, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> tuple[Subject | None, str]:
    """Press keys and return where the cursor is then."""
    for key in keys:
        QTest.keyClick(heat_map, key, modifiers)
    return heat_map.subject, heat_map.period


def middle(heat_map: HeatMap, row: int, column: int) -> QPoint:
    return heat_map.visualRect(heat_map.heat.index(row, column)).center()


def click(heat_map: HeatMap, row: int, column: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(heat_map.viewport(), Qt.MouseButton.LeftButton, modifiers, middle(heat_map, row, column))


def test_the_cursor_begins_on_the_first_cell_and_is_walked_with_keys(heat_map: HeatMap) -> None:
    assert (heat_map.subject, heat_map.period) == (COBALT, "2025-Q3")
    assert press(heat_map, Key.Key_Right, Key.Key_Right) == (COBALT, "2026-Q1")
    assert press(heat_map, Key.Key_Left) == (COBALT, "2025-Q4")
    assert press(heat_map, Key.Key_Down) == (NICKEL, "2025-Q4")
    assert press(heat_map, Key.Key_End) == (NICKEL, "2026-Q2")
    assert press(heat_map, Key.Key_Home) == (NICKEL, "2025-Q3")
    assert press(heat_map, Key.Key_Home, modifiers=CONTROL) == (COBALT, "2025-Q3")
    assert press(heat_map, Key.Key_End, modifiers=CONTROL) == (NICKEL, "2026-Q2")


def test_space_plus_and_minus_fold(heat_map: HeatMap) -> None:
    press(heat_map, Key.Key_Space)
    assert heat_map.heat.rowCount() == 4
    assert press(heat_map, Key.Key_Down, Key.Key_Down) == (METAL, "2025-Q3")
    assert press(heat_map, Key.Key_Minus) == (COBALT, "2025-Q3")
    assert heat_map.heat.rowCount() == 2
    press(heat_map, Key.Key_Minus)
    press(heat_map, Key.Key_Plus)
    assert heat_map.heat.rowCount() == 4


def test_a_click_on_the_arrow_folds_and_one_on_the_name_chooses_the_row(heat_map: HeatMap) -> None:
    names = heat_map.verticalHeader()
    for _ in range(2):
        QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(6, 10))
    assert heat_map.heat.rowCount() == 2
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(60, 30))
    assert heat_map.subjects == (NICKEL,)
    assert heat_map.subject == NICKEL
    assert len(heat_map.selectedIndexes()) == 4


def test_enter_and_a_click_lead_to_the_chart(heat_map: HeatMap, qtbot: QtBot) -> None:
    chosen: list[tuple[Subject, str]] = []
    heat_map.chosen.connect(lambda subject, period: chosen.append((subject, period)))
    press(heat_map, Key.Key_Right)
    with qtbot.waitSignal(heat_map.entered):
        press(heat_map, Key.Key_Return)
    click(heat_map, 1, 3)
    click(heat_map, 0, 0, CONTROL)
    assert chosen == [(COBALT, "2025-Q4"), (NICKEL, "2026-Q2")]


def test_the_subject_is_told_when_it_changes(heat_map: HeatMap) -> None:
    told: list[Subject] = []
    heat_map.subject_changed.connect(told.append)
    press(heat_map, Key.Key_Right, Key.Key_Down, Key.Key_Left, Key.Key_Up)
    assert told == [NICKEL, COBALT]
    heat_map.choose(SULPHATE)
    heat_map.choose(Subject("element", "Xx"))
    assert told == [NICKEL, COBALT, SULPHATE]


def test_several_rows_are_told_together(heat_map: HeatMap) -> None:
    told: list[tuple[Subject, ...]] = []
    heat_map.subjects_changed.connect(told.append)
    click(heat_map, 1, 1, CONTROL)
    click(heat_map, 1, 1)
    assert told == [(COBALT, NICKEL), (NICKEL,)]


def test_an_edit_keeps_the_cursor_and_other_periods_keep_the_subject(heat_map: HeatMap) -> None:
    heat_map.choose(METAL)
    press(heat_map, Key.Key_Right)
    heat_map.show_groups(groups((1.0, 2.0, 3.0, 4.0)))
    assert (heat_map.subject, heat_map.period) == (METAL, "2025-Q4")
    shorter = [
        replace(
            group,
            element=replace(group.element, rows=group.element.rows[1:]),
            materials=tuple(replace(each, rows=each.rows[1:]) for each in group.materials),
        )
        for group in groups()
    ]
    heat_map.show_groups(shorter)
    assert (heat_map.subject, heat_map.period) == (METAL, "2025-Q4")
    heat_map.show_groups(())
    assert (heat_map.subject, heat_map.period, heat_map.subjects) == (None, "", ())


def test_a_block_is_copied_with_its_headings(heat_map: HeatMap) -> None:
    heat_map.copy()
    everything = QGuiApplication.clipboard().text()
    assert everything.splitlines() == [
        "Cover (%)\t2025-Q3\t2025-Q4\t2026-Q1\t2026-Q2",
        "Co\t90.0\t105.0\t150.0\t250.0",
        "Ni\t1,234.6\t120.0\t\t100.0",
    ]
    flag = QItemSelectionModel.SelectionFlag.Select
    for column in (1, 2):
        heat_map.selectionModel().select(heat_map.heat.index(1, column), flag)
    heat_map.selectionModel().select(heat_map.heat.index(0, 0), QItemSelectionModel.SelectionFlag.Deselect)
    heat_map.copy()
    assert QGuiApplication.clipboard().text() == "Cover (%)\t2025-Q4\t2026-Q1\nNi\t120.0\t\n"


def grounds(heat_map: HeatMap, row: int) -> list[str]:
    """Return the colour near the lower left corner of each cell of a row, where no mark is."""
    image: QImage = heat_map.viewport().grab().toImage()
    scale = image.devicePixelRatio()
    spots = [heat_map.visualRect(heat_map.heat.index(row, at)).bottomLeft() + QPoint(14, -3) for at in range(4)]
    return [image.pixelColor(round(spot.x() * scale), round(spot.y() * scale)).name() for spot in spots]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_each_state_has_its_ground(heat_map: HeatMap, theme: Theme) -> None:
    heat_map.set_theme(theme)
    press(heat_map, Key.Key_Down)
    wanted = (CoverState.SHORT, CoverState.TIGHT, CoverState.COVERED, CoverState.EXCESS)
    assert grounds(heat_map, 0) == [ground_of(state, theme).name() for state in wanted]
    heat_map.set_thresholds(Thresholds(0, 0, 1_000))
    assert grounds(heat_map, 0) == [theme.covered] * 4
    assert QColor(ground_of(CoverState.NONE, theme)).name() == theme.base


def test_states_differ_without_their_colour(heat_map: HeatMap) -> None:
    """A picture in grey of the mark's place differs from state to state."""
    press(heat_map, Key.Key_Down)
    image = heat_map.viewport().grab().toImage().convertToFormat(QImage.Format.Format_Mono)
    scale = image.devicePixelRatio()

    def mark(column: int) -> bytes:
        rect = heat_map.visualRect(heat_map.heat.index(0, column))
        part = image.copy(round(rect.left() * scale), round(rect.top() * scale), 14, round(rect.height() * scale))
        return bytes(part.convertToFormat(QImage.Format.Format_Grayscale8).constBits())

    assert len({mark(column) for column in (0, 1, 3)}) == 3


def test_the_height_is_that_of_the_rows_up_to_a_bound(heat_map: HeatMap) -> None:
    two = heat_map.height_of(9)
    heat_map.toggle(0)
    assert heat_map.height_of(9) - two == 2 * heat_map.rowHeight(0)
    assert heat_map.height_of(3) - two == heat_map.rowHeight(0)


def test_the_foot_names_the_thresholds_and_counts_findings(qtbot: QtBot) -> None:
    foot = HeatFoot(Thresholds(), LIGHT)
    qtbot.addWidget(foot)
    foot.resize(900, 40)
    foot.show()
    assert foot.key.accessibleName() == "short, below 100 %; tight, below 110 %; covered; above 200 %"
    foot.key.set_thresholds(Thresholds(80, 90, 150))
    foot.key.set_theme(DARK)
    assert foot.key.accessibleName() == "short, below 80 %; tight, below 90 %; covered; above 150 %"
    assert not foot.grab().isNull()
    assert foot.findings_button.isHidden()
    foot.show_findings(1, 1_200)
    assert foot.findings_button.text() == "1 error, 1,200 warnings"
    foot.show_findings(0, 0)
    assert foot.findings_button.isHidden()
    with qtbot.waitSignal(foot.thresholds_wanted):
        foot.thresholds_button.click()
