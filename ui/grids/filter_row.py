"""A line under each heading that takes a filter: `>500`, `2025..2027`, a word; only the rows that fit stay in sight."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget

from planner.errors import InvalidValueError
from planner.fields import Field
from ui.grids.formats import alignment, theme_of
from ui.grids.frozen_columns import FrozenColumns
from ui.grids.grid_model import GridModel
from ui.grids.heading import HEADING_PX, ROW_PX
from ui.theme import GRID_PX

FILTER_PX = ROW_PX + GRID_PX // 2
PAUSE_MS = 300
_INSET_PX = 2


class FilterRow(QWidget):
    """The lines; `refused` carries a sentence about a text that is no filter, `left` that the person is done here."""

    refused = Signal(str)
    left = Signal()
    entered = Signal(int)

    def __init__(self, view: QTableView, model: GridModel, frozen: FrozenColumns) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._frozen = frozen
        self._reasons: dict[QLineEdit, str] = {}
        self._names: tuple[str, ...] = ()
        self.lines: dict[int, QLineEdit] = {}
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.apply)
        self.setAutoFillBackground(True)
        model.modelReset.connect(self.rebuild)
        view.horizontalScrollBar().valueChanged.connect(self.place)
        view.horizontalHeader().sectionResized.connect(self.place)
        view.horizontalHeader().geometriesChanged.connect(self.place)
        self.rebuild()

    def rebuild(self) -> None:
        """Have a line for each column that filters, with the filter that applies or what is typed there and waits."""
        before, names = dict(zip(self._names, self.lines.values(), strict=True)), self._model.column_names
        columns = [column for column in range(len(names)) if self._model.filters(column)]
        self._names = tuple(names[column] for column in columns)
        self.lines = {
            column: before.pop(name) if (name := names[column]) in before else self._line() for column in columns
        }
        for line in before.values():
            self._reasons.pop(line, None)
            line.deleteLater()
        for column, line in self.lines.items():
            line.setProperty("column", column)
            self._describe(column, line)
            if line not in self._reasons and not (line.hasFocus() and line.isModified()):
                line.setText(self._model.filter_text(column))
            self._mark(column)
        self.place()

    def _line(self) -> QLineEdit:
        line = QLineEdit(self)
        line.textEdited.connect(lambda _: self._pause.start())
        line.returnPressed.connect(self.apply)
        line.installEventFilter(self)
        line.setVisible(True)
        return line

    def _describe(self, column: int, line: QLineEdit) -> None:
        heading = str(self._model.headerData(column, Qt.Orientation.Horizontal) or "")
        field = self._model.field(column)
        line.setPlaceholderText("filter…" if column == 0 else "")
        line.setAccessibleName(f"Filter of {heading}")
        if field is not None:
            line.setAlignment(alignment(field))

    def apply(self) -> None:
        """Filter by what the lines hold now; a text that is no filter is marked and changes nothing."""
        self._pause.stop()
        # Taken before the first is applied, for that resets the model.
        wanted = {column: line.text() for column, line in self.lines.items()}
        for column, text in wanted.items():
            line = self.lines[column]
            if text.strip() == self._model.filter_text(column) and line not in self._reasons:
                continue
            self._reasons.pop(line, None)
            try:
                self._model.set_filter(column, text.strip())
            except InvalidValueError as error:
                self._reasons[line] = error.reason
                self.refused.emit(f"{line.accessibleName()}: {error.reason}.")
            self._mark(column)

    def clear(self) -> None:
        """Show all rows again."""
        for line in self.lines.values():
            line.clear()
        self.apply()

    def _mark(self, column: int) -> None:
        line = self.lines[column]
        reason = self._reasons.get(line)
        theme = theme_of(self.palette())
        filled = bool(self._model.filter_text(column))
        colour = theme.refused if reason else theme.accent if filled else theme.rule
        width = 2 if reason or filled else 1
        line.setStyleSheet(f"QLineEdit {{ border: {width}px solid {colour}; padding: 0 2px; }}")
        line.setToolTip(reason or examples(self._model.field(column)))

    def place(self) -> None:
        """Stand under the headings, also while they scroll; those of frozen columns in front."""
        header, viewport = self._view.horizontalHeader(), self._view.viewport()
        self.setGeometry(viewport.x(), header.y() + HEADING_PX, viewport.width(), FILTER_PX)
        frozen = self._frozen.count
        for column, line in self.lines.items():
            in_front = self._frozen if column < frozen else self._view
            left = in_front.columnViewportPosition(column)
            line.setGeometry(
                left + _INSET_PX // 2, _INSET_PX, self._view.columnWidth(column) - _INSET_PX, FILTER_PX - 2 * _INSET_PX
            )
            if column < frozen:
                line.raise_()

    def take_focus(self, column: int) -> None:
        """Go to the line of a column, the first one where that has none."""
        line = self.lines.get(column, next(iter(self.lines.values()), None))
        if line is not None:
            line.setFocus(Qt.FocusReason.ShortcutFocusReason)
            line.selectAll()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Let Tab go to the next line, for in the grid it goes to the next cell."""
        columns = list(self.lines)
        at = [place for place, line in enumerate(self.lines.values()) if line.hasFocus()]
        if columns and at:
            self.take_focus(columns[(at[0] + (1 if next else -1)) % len(columns)])
        return True

    def eventFilter(self, line: QObject, event: QEvent) -> bool:
        """Esc clears the line, and leaves when it is empty; Down goes to the grid."""
        if not isinstance(line, QLineEdit):
            return super().eventFilter(line, event)
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(int(line.property("column")))
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(line, event)
        if event.key() == Qt.Key.Key_Escape and line.text():
            line.clear()
            self.apply()
            return True
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Down}:
            self.left.emit()
            return True
        return super().eventFilter(line, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep what a line does not use from the grid: Enter would move its cursor."""
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for column in self.lines:
                self._mark(column)


def examples(field: Field | None) -> str:
    """Return how a column may be filtered, in a sentence."""
    if field is None:
        return 'part of a text, "exact"'
    if field.kind.numeric:
        return f"{field.heading}: 500, >500, <=1200, 500..1200, empty, not empty"
    if field.kind.name in {"month", "date"}:
        return f"{field.heading}: 2027, 2025..2027, >=2026-07, empty, not empty"
    return f'{field.heading}: part of a text, "exact", empty, not empty'
