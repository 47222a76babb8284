"""The program on a planner's desk: started, used with keys, mouse, clipboard and drops, and closed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from planner.analysis import CoverTable, Period, Subject
from planner.plan import Plan
from planner.units import Basis, Month
from tests.ui.grids.keys import press
from ui.app import Application
from ui.dialogs.import_preview import ImportDialog
from ui.grids.grid_view import GridView
from ui.main_window import MainWindow
from ui.pages.deliveries import DeliveriesPage
from ui.pages.overview import OverviewPage
from ui.preferences import Preferences

COBALT = Subject("element", "Co")
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
DRAWN = ("firm", "probable", "option", "over_capacity")

W = TypeVar("W", bound=QWidget)


class Desk:
    """Starts the program on one machine, any number of times."""

    def __init__(self, qtbot: QtBot, app: QApplication, settings: Path) -> None:
        self.qtbot = qtbot
        self._app = app
        self._settings = settings
        self._running: list[Application] = []

    def start(self, plan: Path | None = None) -> MainWindow:
        """Start the program as `ui.app.run` does, and wait until its window has the keyboard."""
        preferences = Preferences(QSettings(str(self._settings), QSettings.Format.IniFormat))
        application = Application(self._app, preferences)
        self._running.append(application)
        if plan is None:
            application.show_first()
        else:
            application.show_plan(plan)
        self.activate()
        return self.window

    @property
    def application(self) -> Application:
        """The program that was started last."""
        return self._running[-1]

    @property
    def window(self) -> MainWindow:
        """Its window."""
        window = self.application.window
        assert window is not None
        return window

    def quit(self) -> None:
        """Close what was started last."""
        application = self._running.pop()
        application.close()
        application.deleteLater()
        self._app.processEvents()
        # Outside a loop nothing is deleted later, and windows of other tests would be dressed and asked for ever.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def quit_all(self) -> None:
        """Close everything."""
        while self._running:
            self.quit()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the program work until something holds."""
        self.qtbot.waitUntil(condition, timeout=20_000)

    def activate(self) -> None:
        """Wait until the window has the keyboard again."""
        self.window.activateWindow()
        self.wait(lambda: self.window.isActiveWindow() and self.window.focusWidget() is not None)

    def shortcut(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
        """Press a shortcut of the window, once it has done what it was told before."""
        self._app.processEvents()
        self.activate()
        QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def go(self, page: Qt.Key) -> None:
        """Go to a page by its number."""
        self.shortcut(page)

    def overview(self) -> OverviewPage:
        """Go to the Overview."""
        self.go(Qt.Key.Key_1)
        page = self.window.page
        assert isinstance(page, OverviewPage)
        return page

    def deliveries(self) -> DeliveriesPage:
        """Go to the deliveries."""
        self.go(Qt.Key.Key_3)
        page = self.window.page
        assert isinstance(page, DeliveriesPage)
        return page

    def dialog(self, kind: type[W]) -> W:
        """Wait for a dialog of a kind and return it."""
        self.wait(lambda: any(each.isVisible() for each in self.window.findChildren(kind)))
        found = next(each for each in self.window.findChildren(kind) if each.isVisible())
        found.activateWindow()
        self.wait(found.isActiveWindow)
        return found

    def drafts(self) -> list[int]:
        """Return the drafts that are in the plan's file."""
        return drafts_of(self.window.plan)

    def drop(self, file: Path, target: QWidget | None = None) -> None:
        """Drag a file from the file manager over a widget of the window and let go."""
        onto = target or self.window
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        place = onto.rect().center()
        none, copy, left = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        QApplication.sendEvent(onto, QDragEnterEvent(place, copy, data, left, none))
        QApplication.sendEvent(onto, QDragMoveEvent(place, copy, data, left, none))
        QApplication.sendEvent(onto, QDropEvent(QPointF(place), copy, data, left, none))

    def preview(self, file: Path, target: QWidget | None = None) -> ImportDialog:
        """Drop a file and wait for its preview."""
        self.drop(file, target)
        dialog = self.dialog(ImportDialog)
        self.wait(lambda: dialog.found is not None)
        return dialog


def click(widget: QWidget, place: QPoint | None = None) -> None:
    """Press and release the left button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place or QPoint())


def click_cell(view: GridView, row: int, column: int) -> None:
    """Click into a cell, scrolled into sight once the view knows how many rows there are."""
    QApplication.processEvents()
    index = view.grid.index(row, column)
    view.scrollTo(index)
    click(view.viewport(), view.visualRect(index).center())


def button(dialog: QWidget, text: str) -> QAbstractButton:
    """Return the button with a text."""
    return next(each for each in dialog.findChildren(QAbstractButton) if each.text() == text)


def sentence(desk: Desk) -> str:
    """Return what the message box says, and close it."""
    box = desk.dialog(QMessageBox)
    text = box.text()
    press(Qt.Key.Key_Escape) if QApplication.focusWidget() else box.reject()
    desk.wait(lambda: not any(isinstance(each, QDialog) for each in visible_dialogs(desk.window)))
    return text


def visible_dialogs(window: QWidget) -> list[QDialog]:
    """Return the dialogs that lie over a window."""
    return [each for each in window.findChildren(QDialog) if each.isVisible()]


def row_of(page: DeliveriesPage, contract: str, line: int) -> int:
    """Return the row of a line."""
    model = page.deliveries
    return next(row for row in range(model.rowCount()) if model.key_at(row) == (contract, line))


def column_of(page: DeliveriesPage, month: Month) -> int:
    """Return the column of a month."""
    column = page.deliveries.column_of(month)
    assert column is not None
    return column


def cover(plan: Plan, subject: Subject = COBALT) -> CoverTable:
    """Return the figures that a fresh window shows."""
    return plan.cover(subject, by=Period.QUARTER, basis=Basis.METAL, start=Month.of(2025, 1), end=Month.of(2031, 12))


def drawn(page: OverviewPage) -> dict[str, tuple[float, ...]]:
    """Return the heights of the bars and steps of the chart, by series."""
    bars = {key: page.cover_chart.bars[key].heights for key in DRAWN}
    return bars | {"demand": tuple(value or 0.0 for value in page.cover_chart.steps["demand"].values)}


def computed(table: CoverTable) -> dict[str, tuple[float, ...]]:
    """Return the same numbers as the plan tells them."""
    return {key: tuple(getattr(row, key) for row in table.rows) for key in (*DRAWN, "demand")}


def supply_of(table: CoverTable, period: str) -> float:
    """Return what is supplied in a period."""
    return next(row.supply for row in table.rows if row.period == period)


def contents(plan: Plan, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    """Return the values of tables."""
    return {table: list(plan.values(table)) for table in tables}


def drafts_of(plan: Plan) -> list[int]:
    """Return the drafts that are in the plan's file."""
    with closing(sqlite3.connect(f"{plan.path.as_uri()}?mode=ro", uri=True)) as connection:
        return [found for (found,) in connection.execute("SELECT id FROM edit WHERE state = 'draft'")]
