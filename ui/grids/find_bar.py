"""The bar below a grid that finds texts and replaces them, with a list of what each cell would become."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.grids.formats import theme_of
from ui.grids.grid_model import GridModel, Spot
from ui.grids.heading import ROW_PX
from ui.grids.replacing import Replacement, replacements
from ui.grids.search import Search
from ui.theme import GRID_PX

PAUSE_MS = 150
MOST_PREVIEWED = 200
# Every cell is tried before it is replaced: more of them would hold up the typing.
MOST_REPLACED = 10_000
_PREVIEW_ROWS = 6
_LINE_PX = 28 * GRID_PX

Selected = Callable[[], list[Spot]]


class FindBar(QFrame):
    """The bar.

    `found` carries the cell to go to, `resized` tells that it is higher or lower now, `closed` that it is done.
    """

    found = Signal(int, int)
    resized = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget, model: GridModel, selected: Selected) -> None:
        """Take the grid's model, and what returns the cells that are selected in it."""
        super().__init__(parent)
        self._model = model
        self._selected = selected
        self._spots: list[Spot] = []
        self._within: list[Spot] | None = None
        self._at = -1
        self._planned: list[Replacement] = []
        self._replacing = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self._build()
        for changed in (model.modelReset, model.dataChanged, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._go_stale)
        # Cells are known by their places: once rows moved, what was selected and what is planned lie elsewhere.
        for moved in (model.layoutChanged, model.modelReset, model.rowsInserted, model.rowsRemoved):
            moved.connect(self._forget_places)
        self.hide()

    def _build(self) -> None:
        self.setAutoFillBackground(True)
        self.setObjectName("findbar")
        self.text, self.new = self._line("Find"), self._line("Replace with")
        self.case, self.whole = QCheckBox("Match case"), QCheckBox("Whole cell")
        self.in_selection = QCheckBox("In selection")
        self.count = QLabel()
        self.count.setMinimumWidth(10 * GRID_PX)
        self.previous = self._button("↑", "Previous (Shift+F3)", lambda: self.go(-1))
        self.next = self._button("↓", "Next (F3)", lambda: self.go(1))
        self.close_button = self._button("×", "Close (Esc)", self.closed.emit)
        self.replace = QPushButton("Replace")
        self.replace.setAutoDefault(False)
        self.replace.clicked.connect(self.replace_all)
        self.preview = self._preview()
        find = QHBoxLayout()
        find.setSpacing(GRID_PX)
        for part in (self.text, self.previous, self.next, self.count, self.case, self.whole, self.in_selection):
            find.addWidget(part)
        find.addStretch(1)
        find.addWidget(self.close_button)
        replace = QHBoxLayout()
        replace.setSpacing(GRID_PX)
        replace.addWidget(self.new)
        replace.addWidget(self.replace)
        replace.addStretch(1)
        layout = QGridLayout(self)
        layout.setContentsMargins(2 * GRID_PX, GRID_PX // 2, GRID_PX, GRID_PX // 2)
        layout.setVerticalSpacing(GRID_PX // 2)
        layout.addLayout(find, 0, 0)
        layout.addLayout(replace, 1, 0)
        layout.addWidget(self.preview, 2, 0)
        for box in (self.case, self.whole, self.in_selection):
            box.toggled.connect(self._rules_changed)

    def _forget_places(self) -> None:
        if not self.isHidden():
            self.in_selection.setChecked(False)
            self.refresh()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(name)
        line.setAccessibleName(name)
        line.setClearButtonEnabled(True)
        line.setFixedWidth(_LINE_PX)
        line.textEdited.connect(lambda _: self._pause.start())
        line.installEventFilter(self)
        return line

    def _button(self, text: str, tip: str, callback: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setAutoRaise(True)
        button.clicked.connect(callback)
        return button

    def _preview(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderLabels(["Where", "Now", "Then", ""])
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tree.setFrameShape(QFrame.Shape.NoFrame)
        tree.setFixedHeight(tree.header().sizeHint().height() + _PREVIEW_ROWS * ROW_PX)
        tree.setAccessibleName("What would be replaced")
        return tree

    def open(self, *, replace: bool) -> None:
        """Show the bar with the cursor in its first line, the text that was looked for last selected."""
        self._replacing = replace
        for part in (self.new, self.replace):
            part.setVisible(replace)
        self._within = None
        if self.in_selection.isChecked():
            self._within = self._selected()
        self.show()
        self.refresh()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    @property
    def search(self) -> Search:
        """What is looked for now."""
        return Search(self.text.text(), case=self.case.isChecked(), whole=self.whole.isChecked())

    def _rules_changed(self) -> None:
        self._within = self._selected() if self.in_selection.isChecked() else None
        self.refresh()

    def _go_stale(self) -> None:
        if self.isVisible():
            self._pause.start()

    def refresh(self) -> None:
        """Look anew, and show what replacing would do."""
        self._pause.stop()
        search = self.search
        here = self._spots[self._at] if 0 <= self._at < len(self._spots) else None
        self._spots = (
            self._model.find(search.text, case=search.case, whole=search.whole, spots=self._within)
            if search.text
            else []
        )
        self._at = self._spots.index(here) if here in self._spots else -1
        self._count()
        self._plan()

    def _count(self) -> None:
        if not self.text.text():
            words = ""
        elif not self._spots:
            words = "Nothing found"
        else:
            words = f"{self._at + 1} of {len(self._spots):,}" if self._at >= 0 else f"{len(self._spots):,} found"
        self.count.setText(words)
        for button in (self.previous, self.next):
            button.setEnabled(bool(self._spots))

    def go(self, step: int) -> None:
        """Go to the next cell that was found, or the one before; around the end."""
        if self._pause.isActive():
            self.refresh()
        if not self._spots:
            self._count()
            return
        if self._at < 0:
            self._at = 0 if step > 0 else len(self._spots) - 1
        else:
            self._at = (self._at + step) % len(self._spots)
        self._count()
        self.found.emit(*self._spots[self._at])

    def _plan(self) -> None:
        spots = self._spots[:MOST_REPLACED] if self._replacing else []
        self._planned = replacements(self._model, spots, self.search, self.new.text())
        good = sum(not each.reason for each in self._planned)
        words = f"{good:,} {'cell' if good == 1 else 'cells'}" if good else ""
        first = "the first " if len(spots) < len(self._spots) and good else ""
        self.replace.setText(f"Replace {first}{words}".rstrip())
        self.replace.setEnabled(good > 0)
        self._show_plan()

    def _show_plan(self) -> None:
        self.preview.clear()
        muted = theme_of(self.palette()).muted
        for each in self._planned[:MOST_PREVIEWED]:
            words = f"⚠ {each.reason}" if each.reason else ""
            item = QTreeWidgetItem([each.where, each.old or "(empty)", each.new or "(empty)", words])
            item.setToolTip(3, each.reason)
            item.setSizeHint(0, QSize(0, ROW_PX))
            if each.reason:
                for column in range(self.preview.columnCount()):
                    item.setForeground(column, QBrush(QColor(muted)))
            self.preview.addTopLevelItem(item)
        if len(self._planned) > MOST_PREVIEWED:
            more = f"and {len(self._planned) - MOST_PREVIEWED:,} more"
            self.preview.addTopLevelItem(QTreeWidgetItem([more]))
        self.preview.setVisible(bool(self._planned))
        for column in range(3):
            self.preview.resizeColumnToContents(column)
            self.preview.setColumnWidth(column, min(self.preview.columnWidth(column) + GRID_PX, 40 * GRID_PX))
        self.resized.emit()

    def replace_all(self) -> None:
        """Write the replacements that can be, as one edit."""
        if self._pause.isActive():
            self.refresh()
        self._model.put({each.spot: each.new for each in self._planned if not each.reason})
        self.refresh()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's signature
        """Let Tab go around in the bar, for in the grid it goes to the next cell."""
        parts = [self.text, self.new, self.replace, self.previous, self.next, self.case, self.whole]
        parts += [self.in_selection, self.close_button]
        usable = [part for part in parts if part.isVisible() and part.isEnabled()]
        if not usable:
            return False
        at = [place for place, part in enumerate(usable) if part.hasFocus()] or [-1]
        usable[(at[0] + (1 if next else -1)) % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, line: QObject, event: QEvent) -> bool:
        """Enter goes on, with Shift back."""
        pressed = event.type() == QEvent.Type.KeyPress
        if isinstance(event, QKeyEvent) and pressed and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        return super().eventFilter(line, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc; other keys are not for the grid either."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        event.accept()
