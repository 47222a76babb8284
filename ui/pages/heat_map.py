"""The heat map: how well each element and material is covered, period by period; it leads to the chart."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTableView, QWidget

from planner.analysis import Subject
from planner.analysis.gaps.heat import CoverGroup, Thresholds
from ui.grids.clipboard import mime_of
from ui.grids.grid_view import ROW_PX
from ui.pages.heat_model import HeatModel
from ui.pages.heat_paint import HeatDelegate, NameHeading, PeriodHeading
from ui.pages.heat_words import copied
from ui.theme import GRID_PX, Theme, tabular

TITLE = "Cover (%)"
HELP = (
    "Enter or a click shows the period in the chart; Space folds and unfolds the materials of an element; "
    "Ctrl and a click choose several rows to set side by side"
)


class HeatMap(QTableView):
    """A cell for each element or material and period.

    `chosen` carries the subject and the period that somebody clicked or pressed Enter on, `subject_changed` the subject
    that the cursor came to, `subjects_changed` all of which cells are selected, `rows_changed` that rows were
    folded, `entered` that Enter was pressed on a cell, after `chosen`.
    """

    chosen = Signal(Subject, str)
    entered = Signal()
    subject_changed = Signal(Subject)
    subjects_changed = Signal(tuple)
    rows_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat = HeatModel(self)
        self.setModel(self.heat)
        self.setFont(tabular(self.font()))
        self._delegate = HeatDelegate(self.heat, theme, self.font(), self)
        self.setItemDelegate(self._delegate)
        self._periods, self._names = PeriodHeading(self.heat, theme, self), NameHeading(self.heat, theme, self)
        self.setHorizontalHeader(self._periods)
        self.setVerticalHeader(self._names)
        self._title = QLabel(TITLE, self)
        self._subject: Subject | None = None
        self._subjects: tuple[Subject, ...] = ()
        self._dress()
        self._names.fold_wanted.connect(self.toggle)
        self.selectionModel().currentChanged.connect(self._follow)
        self.selectionModel().selectionChanged.connect(lambda *_: self._tell_subjects())
        self.clicked.connect(self._click)
        for rows in (self.heat.rowsInserted, self.heat.rowsRemoved, self.heat.modelReset):
            rows.connect(lambda *_: self.rows_changed.emit())

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName("Cover of each element and material by period")
        self.setStatusTip(HELP)
        font = self._title.font()
        font.setWeight(font.Weight.DemiBold)
        self._title.setFont(font)
        self._title.setContentsMargins(3 * GRID_PX, 0, GRID_PX, 0)
        self._title.setGeometry(0, 0, self._names.width(), self._periods.height())

    # What it is told.

    def show_groups(self, groups: Sequence[CoverGroup]) -> None:
        """Show these tables; the cursor stays on its subject and period."""
        period = self.period
        with QSignalBlocker(self.selectionModel()):
            self.heat.show_groups(groups)
        if not self.currentIndex().isValid() and self.heat.rowCount() and self.heat.columnCount():
            row = None if self._subject is None else self.heat.row_of(self._subject)
            column = self.heat.periods.index(period) if period in self.heat.periods else 0
            self._go_to(row or 0, column)

    def set_thresholds(self, thresholds: Thresholds) -> None:
        """Tell states by other thresholds."""
        self.heat.set_thresholds(thresholds)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._delegate.set_theme(theme)
        self._periods.theme = self._names.theme = theme
        self.viewport().update()

    def choose(self, subject: Subject, period: str = "") -> None:
        """Put the cursor on an element or a material, if it is known, in a period or in the one where it is."""
        row, periods = self.heat.row_of(subject), self.heat.periods
        if row is not None:
            column = periods.index(period) if period in periods else max(0, self.currentIndex().column())
            self._go_to(row, column)

    def toggle(self, row: int) -> None:
        """Fold the materials of an element away, or open them; of a material's row, those that it stands among."""
        element = self.heat.element_row(row)
        away = self.heat.is_open(element)
        if away and self.currentIndex().row() > element and self.heat.element_row(self.currentIndex().row()) == element:
            self._go_to(element, self.currentIndex().column())
        self.heat.fold(element, away=away)

    # What it is asked.

    @property
    def subject(self) -> Subject | None:
        """The element or material that the cursor is on."""
        row = self.heat.row_at(self.currentIndex().row())
        return None if row is None else row.subject

    @property
    def period(self) -> str:
        """The period that the cursor is in; empty without one."""
        column = self.currentIndex().column()
        return self.heat.periods[column] if 0 <= column < len(self.heat.periods) else ""

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What cells are selected of, from the top."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return tuple(row.subject for at in rows if (row := self.heat.row_at(at)) is not None)

    def height_of(self, most_rows: int) -> int:
        """Return the height in pixels that shows all rows, or the most that are asked for."""
        bar = self.horizontalScrollBar()
        scroll = bar.sizeHint().height() if bar.maximum() else 0
        return self._periods.height() + min(self.heat.rowCount(), most_rows) * ROW_PX + scroll

    def copy(self) -> None:
        """Put the selected block on the clipboard, with its headings; all rows that are shown where one cell is."""
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        whole = len(chosen) <= 1
        rows = range(self.heat.rowCount()) if whole else sorted({row for row, _ in chosen})
        columns = range(self.heat.columnCount()) if whole else sorted({column for _, column in chosen})
        head = [TITLE, *(self.heat.periods[column] for column in columns)]
        body = [
            [
                str(self.heat.headerData(row, Qt.Orientation.Vertical)),
                *(copied(self.heat.cover(row, c)) for c in columns),
            ]
            for row in rows
        ]
        QGuiApplication.clipboard().setMimeData(mime_of([head, *body]))

    # What happens.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter, fold with Space, plus and minus; the other keys move as in every table."""
        row = self.currentIndex().row()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self.currentIndex())
                self.entered.emit()
            case Qt.Key.Key_Space if row >= 0:
                self.toggle(row)
            case Qt.Key.Key_Plus if row >= 0:
                self.heat.fold(self.heat.element_row(row), away=False)
            case Qt.Key.Key_Minus if row >= 0 and self.heat.is_open(self.heat.element_row(row)):
                self.toggle(row)
            case _:
                super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        """Choose a cell, unless keys say that it only comes in addition."""
        extending = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if not QGuiApplication.keyboardModifiers() & extending:
            self._choose(index)

    def _choose(self, index: QModelIndex) -> None:
        row = self.heat.row_at(index.row())
        if row is not None:
            self.chosen.emit(row.subject, self.heat.periods[index.column()])

    def _go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell and select it alone, whatever keys are held down."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.heat.index(row, column), flag)

    def _follow(self, _current: QModelIndex, before: QModelIndex) -> None:
        self._names.viewport().update()
        subject = self.subject
        if subject is not None and subject != self._subject:
            self._subject = subject
            self.subject_changed.emit(subject)
        del before

    def _tell_subjects(self) -> None:
        subjects = self.subjects
        if subjects != self._subjects:
            self._subjects = subjects
            self.subjects_changed.emit(subjects)
