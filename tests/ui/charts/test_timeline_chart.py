"""The timeline under the mouse and the keys."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from planner.analysis.terms.timeline import Segment, TimelineMark, TimelineRow, day_after, first_day
from planner.units import Month
from ui.charts.timeline_chart import HELP, TimelineChart
from ui.charts.timeline_drag import Drag, Handle, MarkMove, TermMove
from ui.charts.timeline_legend import SIGNS, TimelineLegend
from ui.charts.timeline_paint import BAR_TOP_PX, HEAD_PX, ROW_PX
from ui.theme import DARK, LIGHT, Theme

START, END = Month.of(2025, 1), Month.of(2031, 12)
TODAY = date(2026, 11, 25)
NONE, LEFT = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ENDS, STARTS, QUALIFICATION = Handle("end"), Handle("start"), Handle("mark", "Qualification")

MARKS = (
    TimelineMark(date(2024, 2, 5), "Construction", "done", date(2024, 1, 15)),
    TimelineMark(date(2027, 6, 30), "Qualification", "late", date(2027, 3, 31)),
    TimelineMark(date(2029, 1, 31), "Review", "due", date(2029, 1, 31)),
)


def row(contract: str, stages: tuple[str, ...] = ("memorandum", "delivering"), **fields: object) -> TimelineRow:
    edges = [first_day(START), *(date(2027, 1, 1) for _ in stages[1:]), day_after(END)]
    segments = tuple(Segment(edges[at], edges[at + 1], stage) for at, stage in enumerate(stages))
    made = TimelineRow(contract, "Cobalt sulphate", "Managem", START, END, segments, MARKS, Month.of(2025, 3))
    return replace(made, **fields)  # type: ignore[arg-type] # the fields of a row


ROWS = (row("A"), row("B", ("cancelled",), marks=(), first_delivery=None), row("C", option_days=(date(2028, 5, 1),)))


@pytest.fixture
def timeline(qtbot: QtBot) -> TimelineChart:
    made = TimelineChart(LIGHT)
    qtbot.addWidget(made)
    made.editable = True
    made.resize(1_200, 400)
    made.show_rows(ROWS, TODAY)
    made.show_range(date(2025, 1, 1), date(2032, 1, 1))
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def mouse(timeline: TimelineChart, kind: QEvent.Type, place: QPoint, button: Qt.MouseButton = LEFT) -> None:
    down = NONE if kind == QEvent.Type.MouseButtonRelease else button
    own = NONE if kind == QEvent.Type.MouseMove else button
    viewport = timeline.viewport()
    where = QPointF(viewport.mapToGlobal(place))
    event = QMouseEvent(kind, QPointF(place), where, own, down, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)


def hold(timeline: TimelineChart, start: QPoint, end: QPoint) -> None:
    """Press at one point and move to another."""
    mouse(timeline, QEvent.Type.MouseButtonPress, start)
    for step in (1, 2, 3):
        mouse(timeline, QEvent.Type.MouseMove, start + (end - start) * step / 3)


def held(timeline: TimelineChart) -> Drag:
    """Return the drag that goes on."""
    assert timeline.drag is not None
    return timeline.drag


def drop(timeline: TimelineChart, place: QPoint) -> None:
    mouse(timeline, QEvent.Type.MouseButtonRelease, place)


def by_days(timeline: TimelineChart, days: float) -> QPoint:
    return QPoint(round(days * timeline.scale.px_per_day), 0)


def wheel(timeline: TimelineChart, place: QPoint, turn: QPoint) -> None:
    viewport = timeline.viewport()
    event = QWheelEvent(
        QPointF(place),
        QPointF(viewport.mapToGlobal(place)),
        QPoint(),
        turn,
        NONE,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes no names here
    )
    QApplication.sendEvent(viewport, event)


def middle(timeline: TimelineChart, at: int = 0) -> QPoint:
    """Return a point on the bar of a row, far from its ends and marks."""
    x = timeline.label_px + round(timeline.scale.x_of(date(2028, 7, 1)))
    return QPoint(x, timeline.top_of(at) + BAR_TOP_PX + 4)


def test_the_horizon_is_in_view_with_a_little_room(timeline: TimelineChart) -> None:
    assert timeline.scale.at(0) < date(2025, 1, 1).toordinal() < timeline.scale.at(60)
    assert timeline.scale.x_of(date(2032, 1, 1)) < timeline.scale.width
    assert timeline.scale.low > date(2024, 6, 1).toordinal()
    timeline.show_all()
    assert timeline.scale.low < date(2024, 2, 5).toordinal()


@pytest.mark.parametrize(("months", "end"), [(3, "2032-03"), (-10, "2031-02")])
def test_dragging_an_end_says_the_month_and_becomes_one_move(
    timeline: TimelineChart, qtbot: QtBot, months: int, end: str
) -> None:
    start = timeline.place_of(0, ENDS)
    target = start + by_days(timeline, months * 30.4)
    hold(timeline, start, target)
    expected = {3: "end Mar 2032, +3 months", -10: "end Feb 2031, −10 months"}
    drag = held(timeline)
    assert (str(drag.after.end), drag.words) == (end, expected[months])
    with qtbot.waitSignal(timeline.term_moved) as heard:
        drop(timeline, target)
    assert heard.args == [TermMove("A", end=Month.parse(end))]
    assert timeline.drag is None
    assert timeline.rows == ROWS


def test_dragging_a_start_stops_at_the_end_of_the_term(timeline: TimelineChart, qtbot: QtBot) -> None:
    start = timeline.place_of(1, STARTS)
    hold(timeline, start, start + by_days(timeline, 31 + 20))
    with qtbot.waitSignal(timeline.term_moved) as heard:
        drop(timeline, start + by_days(timeline, 31 + 20))
    assert heard.args == [TermMove("B", start=Month.of(2025, 3))]
    hold(timeline, start, start + by_days(timeline, 4_000))
    drag = held(timeline)
    assert (drag.after.start, drag.words) == (END, "start Dec 2031, +83 months")


def test_dragging_a_milestone_moves_its_forecast(timeline: TimelineChart, qtbot: QtBot) -> None:
    start = timeline.place_of(0, QUALIFICATION)
    target = start + by_days(timeline, -120)
    hold(timeline, start, target)
    drag = held(timeline)
    day = drag.day
    assert abs((day - date(2027, 3, 2)).days) <= 3
    assert drag.mark.state == "forecast"
    assert "before it is due" in drag.words
    with qtbot.waitSignal(timeline.mark_moved) as heard:
        drop(timeline, target)
    assert heard.args == [MarkMove("A", "Qualification", day)]


def test_escape_lets_go_of_a_drag(timeline: TimelineChart, qtbot: QtBot) -> None:
    start = timeline.place_of(0, ENDS)
    hold(timeline, start, start + QPoint(60, 0))
    with qtbot.assertNotEmitted(timeline.term_moved):
        QTest.keyClick(timeline, Qt.Key.Key_Escape)
        assert timeline.drag is None
        drop(timeline, start + QPoint(60, 0))


def test_a_click_that_trembles_moves_nothing(timeline: TimelineChart, qtbot: QtBot) -> None:
    start = timeline.place_of(0, QUALIFICATION)
    with qtbot.assertNotEmitted(timeline.mark_moved):
        hold(timeline, start, start + QPoint(2, 1))
        drop(timeline, start + QPoint(2, 1))
    assert timeline.chosen_mark == "Qualification"


def test_a_milestone_that_is_done_stays(timeline: TimelineChart, qtbot: QtBot) -> None:
    timeline.show_all()
    start = timeline.place_of(0, Handle("mark", "Construction"))
    assert timeline.handle_at(start) == Handle("mark", "Construction")
    with qtbot.assertNotEmitted(timeline.mark_moved):
        hold(timeline, start, start + QPoint(60, 0))
        assert timeline.drag is None
        drop(timeline, start + QPoint(60, 0))


def test_a_plan_for_reading_alone_cannot_be_dragged(timeline: TimelineChart, qtbot: QtBot) -> None:
    timeline.editable = False
    start = timeline.place_of(0, ENDS)
    with qtbot.assertNotEmitted(timeline.term_moved):
        hold(timeline, start, start + QPoint(60, 0))
        drop(timeline, start + QPoint(60, 0))
        QTest.keyClick(timeline, Qt.Key.Key_Right, ALT)


def test_the_cursor_tells_what_can_be_dragged(timeline: TimelineChart) -> None:
    for place, shape in (
        (timeline.place_of(0, ENDS), Qt.CursorShape.SizeHorCursor),
        (middle(timeline), Qt.CursorShape.ArrowCursor),
        (timeline.place_of(0, QUALIFICATION), Qt.CursorShape.SizeHorCursor),
        (QPoint(20, HEAD_PX + 10), Qt.CursorShape.ArrowCursor),
    ):
        mouse(timeline, QEvent.Type.MouseMove, place, NONE)
        assert timeline.viewport().cursor().shape() == shape


def test_new_rows_end_a_drag_and_keep_the_current_contract(timeline: TimelineChart) -> None:
    hold(timeline, timeline.place_of(2, ENDS), timeline.place_of(2, ENDS) + QPoint(40, 0))
    assert timeline.current == 2
    timeline.show_rows((ROWS[2], ROWS[1]), TODAY)
    assert timeline.drag is None
    assert (timeline.current, timeline.current_row) == (0, ROWS[2])
    timeline.show_rows((), TODAY)
    assert (timeline.current, timeline.current_row) == (-1, None)


def test_the_wheel_zooms_time_at_the_pointer(timeline: TimelineChart) -> None:
    place = middle(timeline)
    x = place.x() - timeline.label_px
    before, day = timeline.scale, timeline.scale.at(x)
    wheel(timeline, place, QPoint(0, 240))
    assert timeline.scale.high - timeline.scale.low < (before.high - before.low) * 0.7
    assert timeline.scale.at(x) == pytest.approx(day)
    wheel(timeline, place, QPoint(120, 0))
    assert timeline.scale.at(x) < day


def test_dragging_pans_and_a_double_click_resets(timeline: TimelineChart) -> None:
    home = timeline.scale
    timeline.zoom(0.5)
    place = middle(timeline, 1)
    low = timeline.scale.low
    hold(timeline, place, place + QPoint(90, 0))
    drop(timeline, place + QPoint(90, 0))
    assert timeline.scale.low == pytest.approx(low - 90 / timeline.scale.px_per_day)
    mouse(timeline, QEvent.Type.MouseButtonDblClick, place)
    assert timeline.scale == home


def test_the_labels_scroll_under_the_wheel_and_open_at_a_double_click(timeline: TimelineChart, qtbot: QtBot) -> None:
    timeline.show_rows(tuple(row(f"C{at:03d}") for at in range(300)), TODAY)
    place = QPoint(40, HEAD_PX + ROW_PX // 2)
    wheel(timeline, place, QPoint(0, -240))
    assert timeline.verticalScrollBar().value() == 2 * ROW_PX
    mouse(timeline, QEvent.Type.MouseButtonPress, place)
    drop(timeline, place)
    with qtbot.waitSignal(timeline.contract_wanted) as heard:
        mouse(timeline, QEvent.Type.MouseButtonDblClick, place)
    assert heard.args == ["C002"]


def test_keys_choose_rows_and_open_them(timeline: TimelineChart, qtbot: QtBot) -> None:
    timeline.show_rows(tuple(row(f"C{at:03d}") for at in range(300)), TODAY)
    steps = [
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 1),
        (Qt.Key.Key_End, CONTROL, 299),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 299),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 298),
        (Qt.Key.Key_Home, CONTROL, 0),
    ]
    for key, modifiers, at in steps:
        QTest.keyClick(timeline, key, modifiers)
        assert timeline.current == at
        assert HEAD_PX <= timeline.top_of(at) <= timeline.viewport().height() - ROW_PX
    QTest.keyClick(timeline, Qt.Key.Key_PageDown)
    assert timeline.current > 3
    assert timeline.accessibleDescription().startswith(f"C{timeline.current:03d}, Cobalt sulphate. Managem.")
    with qtbot.waitSignal(timeline.contract_wanted):
        QTest.keyClick(timeline, Qt.Key.Key_Return)


def test_keys_zoom_and_pan(timeline: TimelineChart) -> None:
    home = timeline.scale
    QTest.keyClick(timeline, Qt.Key.Key_Plus)
    near = timeline.scale
    assert near.high - near.low == pytest.approx((home.high - home.low) * 0.8)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.scale.low > near.low
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert timeline.scale.low == timeline.scale.first
    QTest.keyClick(timeline, Qt.Key.Key_End)
    assert timeline.scale.high == pytest.approx(timeline.scale.last)
    QTest.keyClick(timeline, Qt.Key.Key_Minus)
    QTest.keyClick(timeline, Qt.Key.Key_0)
    assert timeline.scale == home


@pytest.mark.parametrize(
    ("key", "modifiers", "move"),
    [
        (Qt.Key.Key_Right, ALT, TermMove("A", end=END.plus(1))),
        (Qt.Key.Key_Left, ALT, TermMove("A", end=END.plus(-1))),
        (Qt.Key.Key_Left, ALT | SHIFT, TermMove("A", start=START.plus(-1))),
        (Qt.Key.Key_Right, ALT | SHIFT, TermMove("A", start=START.plus(1))),
    ],
)
def test_keys_move_the_ends_of_a_term(
    timeline: TimelineChart, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, move: TermMove
) -> None:
    with qtbot.waitSignal(timeline.term_moved) as heard:
        QTest.keyClick(timeline, key, modifiers)
    assert heard.args == [move]


def test_keys_choose_a_milestone_and_move_it(timeline: TimelineChart, qtbot: QtBot) -> None:
    QTest.keyClick(timeline, Qt.Key.Key_Right, CONTROL)
    assert timeline.chosen_mark == "Construction"
    with qtbot.assertNotEmitted(timeline.mark_moved):
        QTest.keyClick(timeline, Qt.Key.Key_Right, ALT)
    QTest.keyClick(timeline, Qt.Key.Key_Left, CONTROL)
    assert timeline.chosen_mark == "Review"
    assert timeline.accessibleDescription() == "Review: due 31 Jan 2029"
    with qtbot.waitSignal(timeline.mark_moved) as heard:
        QTest.keyClick(timeline, Qt.Key.Key_Right, ALT)
    assert heard.args == [MarkMove("A", "Review", date(2029, 2, 28))]
    with qtbot.waitSignal(timeline.mark_moved) as heard:
        QTest.keyClick(timeline, Qt.Key.Key_Left, ALT | SHIFT)
    assert heard.args == [MarkMove("A", "Review", date(2029, 1, 30))]
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    assert timeline.chosen_mark == ""


def test_a_chosen_milestone_that_is_deleted_is_chosen_no_more(timeline: TimelineChart, qtbot: QtBot) -> None:
    QTest.keyClick(timeline, Qt.Key.Key_Right, CONTROL)
    timeline.show_rows((replace(timeline.rows[0], marks=()), *timeline.rows[1:]), timeline.today)
    assert timeline.chosen_mark == ""
    with qtbot.assertNotEmitted(timeline.mark_moved):
        QTest.keyClick(timeline, Qt.Key.Key_Right, ALT)


def test_its_keys_are_no_shortcuts_of_the_window(timeline: TimelineChart) -> None:
    for key, modifiers, known in ((Qt.Key.Key_Left, ALT, True), (Qt.Key.Key_K, CONTROL, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(timeline, event)
        assert event.isAccepted() is known


def test_a_term_cannot_leave_what_a_plan_holds(timeline: TimelineChart, qtbot: QtBot) -> None:
    last = replace(ROWS[1], end=Month.of(2199, 12), start=Month.of(2190, 1))
    timeline.show_rows((last,), TODAY)
    with qtbot.assertNotEmitted(timeline.term_moved):
        QTest.keyClick(timeline, Qt.Key.Key_Right, ALT)


def test_everything_is_told_in_words(timeline: TimelineChart, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: told.append(text))
    assert timeline.words_at(middle(timeline)) == (
        "A, Cobalt sulphate\nManagem\nJan 2025 to Dec 2031, 7 years\nMemorandum; Delivering from 1 Jan 2027\n"
        "Deliveries begin in Mar 2025\nConstruction: done 5 Feb 2024, 21 days after it was due\n"
        "Qualification: expected 30 Jun 2027, 91 days after it is due, late\nReview: due 31 Jan 2029"
    )
    qualification = timeline.words_at(timeline.place_of(0, QUALIFICATION))
    assert qualification == "Qualification: expected 30 Jun 2027, 91 days after it is due, late"
    assert "Option to be called by 1 May 2028" in timeline.words_at(middle(timeline, 2))
    assert timeline.words_at(QPoint(500, 10)) == HELP
    place = timeline.place_of(0, QUALIFICATION)
    event = QHelpEvent(QEvent.Type.ToolTip, place, timeline.viewport().mapToGlobal(place))
    QApplication.sendEvent(timeline.viewport(), event)
    assert told == [qualification]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_stages_have_the_colours_of_supply(timeline: TimelineChart, theme: Theme) -> None:
    timeline.set_theme(theme)
    image = timeline.viewport().grab().toImage()

    def colour(day: date, at: int) -> QColor:
        return image.pixelColor(timeline.label_px + round(timeline.scale.x_of(day)), timeline.top_of(at) + 14)

    assert colour(date(2026, 8, 1), 0).name() == theme.probable
    assert colour(date(2028, 1, 1), 0).name() == theme.firm
    assert colour(date(2028, 1, 1), 1).name() == theme.base
    assert colour(TODAY, 0).name() == theme.accent


def test_a_sentence_stands_where_there_are_no_rows(timeline: TimelineChart) -> None:
    timeline.show_rows((), TODAY)
    before = timeline.viewport().grab().toImage()
    timeline.say("Nothing here")
    assert timeline.viewport().grab().toImage() != before
    assert timeline.words_at(QPoint(500, 200)) == ""


def test_the_legend_wraps(qtbot: QtBot) -> None:
    legend = TimelineLegend(LIGHT)
    qtbot.addWidget(legend)
    wide = legend.sizeHint().width()
    assert legend.heightForWidth(wide) == legend.sizeHint().height()
    assert legend.heightForWidth(wide // 2) > legend.sizeHint().height()
    assert legend.accessibleDescription().split(", ") == [name for _, name in SIGNS]
    legend.resize(wide, legend.heightForWidth(wide))
    light = legend.grab().toImage()
    legend.set_theme(DARK)
    assert legend.grab().toImage() != light
