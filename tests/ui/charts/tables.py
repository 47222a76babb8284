"""Tables written out by hand, as the analysis gives them, and the gestures of a mouse."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from planner.analysis import CoverRow, CoverTable, Period, Stages, Subject, SupportedRow, SupportedTable
from planner.units import Basis
from ui.charts.period_chart import PeriodChart

NOTHING = CoverRow(
    period="2025-01",
    demand=0.0,
    firm=0.0,
    probable=0.0,
    option=0.0,
    supply=0.0,
    capacity=None,
    over_capacity=0.0,
    stock_end=0.0,
    safety_stock=0.0,
    net_requirement=0.0,
    cover_pct=None,
)
# January is covered, February by the stock, March is short by 60 t and 20 t below the safety stock.
ROWS = (
    CoverRow("2025-01", 100.0, 80.0, 40.0, 10.0, 120.0, 150.0, 0.0, 60.0, 20.0, 0.0, 160.0),
    CoverRow("2025-02", 140.0, 80.0, 30.0, 10.0, 110.0, 150.0, 5.0, 30.0, 20.0, 0.0, 121.4),
    CoverRow("2025-03", 150.0, 50.0, 10.0, 0.0, 60.0, None, 0.0, -60.0, 20.0, 80.0, 60.0),
    CoverRow("2025-04", 0.0, 1_250.5, 0.0, 0.0, 1_250.5, 150.0, 0.0, 1_190.5, 20.0, 0.0, None),
)


def months(count: int, start: int = 2025) -> tuple[str, ...]:
    return tuple(f"{start + number // 12}-{number % 12 + 1:02d}" for number in range(count))


def cover_table(rows: tuple[CoverRow, ...] = ROWS) -> CoverTable:
    return CoverTable(Subject("element", "Co"), Basis.METAL, Period.MONTH, Stages.PROBABLE, "t", None, rows)


def long_table(count: int = 24) -> CoverTable:
    return cover_table(tuple(replace(ROWS[0], period=period) for period in months(count)))


def supported_table() -> SupportedTable:
    rows = (
        SupportedRow("2025-01", 1.5, "Co", 1.0),
        SupportedRow("2025-02", 0.75, "Li", 1.25, 0.4, "Co", 12.3),
        SupportedRow("2025-03", None, None, 0.5),
    )
    return SupportedTable(Period.MONTH, Stages.ALL, rows, ("Ni", "Mn"))


def place_of(chart: PeriodChart, x: float, plot: int = 0) -> QPoint:
    """Return the pixel of the view at a period, in the middle of a plot."""
    box = chart.plots[plot].box
    middle = sum(box.viewRange()[1]) / 2
    return QPoint(chart.view.mapFromScene(box.mapViewToScene(QPointF(x, middle))))


def send_mouse(
    chart: PeriodChart, kind: QEvent.Type, place: QPoint, button: Qt.MouseButton, held: Qt.MouseButton
) -> None:
    viewport = chart.view.viewport()
    where = QPointF(viewport.mapToGlobal(place))
    event = QMouseEvent(kind, QPointF(place), where, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)


def point(chart: PeriodChart, place: QPoint) -> None:
    none = Qt.MouseButton.NoButton
    send_mouse(chart, QEvent.Type.MouseMove, place, none, none)


def click(chart: PeriodChart, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    send_mouse(chart, QEvent.Type.MouseButtonPress, place, button, button)
    send_mouse(chart, QEvent.Type.MouseButtonRelease, place, button, Qt.MouseButton.NoButton)


def double_click(chart: PeriodChart, place: QPoint) -> None:
    """Send what a widget gets: the second press is the double click."""
    left = Qt.MouseButton.LeftButton
    click(chart, place)
    send_mouse(chart, QEvent.Type.MouseButtonDblClick, place, left, left)
    send_mouse(chart, QEvent.Type.MouseButtonRelease, place, left, Qt.MouseButton.NoButton)


def drag(chart: PeriodChart, start: QPoint, end: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    none = Qt.MouseButton.NoButton
    send_mouse(chart, QEvent.Type.MouseButtonPress, start, button, button)
    for step in (1, 2, 3):
        send_mouse(chart, QEvent.Type.MouseMove, start + (end - start) * step / 3, none, button)
    send_mouse(chart, QEvent.Type.MouseButtonRelease, end, button, none)


def wheel(chart: PeriodChart, place: QPoint, notches: int) -> None:
    viewport = chart.view.viewport()
    event = QWheelEvent(
        QPointF(place),
        QPointF(viewport.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes no names here
    )
    QApplication.sendEvent(viewport, event)
