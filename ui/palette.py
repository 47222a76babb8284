"""The search over everything: a line to type into, and below it what answers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QIcon, QKeyEvent, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.entries import Entry, Found, ranked
from ui.icons import icon
from ui.preferences import Preferences
from ui.theme import GRID_PX, quiet

WIDTH_PX = 84 * GRID_PX
TOP_PX = 8 * GRID_PX
LINE_PX = 5 * GRID_PX
RULE_PX = 1
SHADOW_PX = 3 * GRID_PX
ROW_PX = 4 * GRID_PX
ICON_PX = 2 * GRID_PX
BAR_PX = 3
MOST_ROWS_SEEN = 12
NOT_NOW = "not now"
NOTHING = "Nothing here is called that."
ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class FoundModel(QAbstractListModel):
    """What was found, a row each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: list[Found] = []

    def show_found(self, found: Sequence[Found]) -> None:
        """List this."""
        self.beginResetModel()
        self._found = list(found)
        self.endResetModel()

    def found_at(self, row: int) -> Found:
        """Return what stands in a row."""
        return self._found[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._found)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let only that be walked to which can be chosen now."""
        usable = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        flags = Qt.ItemFlag.ItemNeverHasChildren
        return flags | usable if index.isValid() and self._found[index.row()].entry.enabled else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text; for those who listen, also what stands at the right."""
        if not index.isValid():
            return None
        entry = self._found[index.row()].entry
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (entry.text, entry.kind, entry.keys if entry.enabled else NOT_NOW)))
            case _:
                return None


class FoundDelegate(QStyledItemDelegate):
    """Draws an entry: its icon, its text with the typed letters in demi-bold, and at the right what it is."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Give every row the same height."""
        return QSize(0, ROW_PX)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        model = index.model()
        if not isinstance(model, FoundModel):
            return
        found = model.found_at(index.row())
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Midlight))
            bar = QRect(option.rect.topLeft(), QSize(BAR_PX, option.rect.height()))
            painter.fillRect(bar, option.palette.color(QPalette.ColorRole.Accent))
        room = option.rect.adjusted(2 * GRID_PX, 0, -2 * GRID_PX, 0)
        painter.setFont(option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        said = _said_at_the_right(found.entry)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said)
        taken = option.fontMetrics.horizontalAdvance(said) + 2 * GRID_PX
        self._draw_found(painter, room.adjusted(0, 0, -taken, 0), found, option.palette)
        painter.restore()

    def _draw_found(self, painter: QPainter, room: QRect, found: Found, palette: QPalette) -> None:
        entry = found.entry
        if entry.icon is not None:
            mode = QIcon.Mode.Normal if entry.enabled else QIcon.Mode.Disabled
            place = QRect(room.left(), room.center().y() - ICON_PX // 2 + 1, ICON_PX, ICON_PX)
            icon(entry.icon, palette).paint(painter, place, mode=mode)
        room = room.adjusted(ICON_PX + GRID_PX, 0, 0, 0)
        group = QPalette.ColorGroup.Active if entry.enabled else QPalette.ColorGroup.Disabled
        painter.setPen(palette.color(group, QPalette.ColorRole.Text))
        bold = QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        _draw_letters(painter, room, entry.text, found.places, bold)


def _said_at_the_right(entry: Entry) -> str:
    return "   ".join(filter(None, (entry.kind, entry.keys if entry.enabled else NOT_NOW)))


def _draw_letters(painter: QPainter, room: QRect, text: str, places: Sequence[int], bold: QFont) -> None:
    """Draw a text on one line, some of its letters in another font, cut short where there is no more room."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    layout = QTextLayout(shown, painter.font())
    strong = QTextCharFormat()
    strong.setFont(bold)
    formats = []
    for place in places:
        if place < len(shown):
            each = QTextLayout.FormatRange()
            each.start, each.length, each.format = place, 1, strong
            formats.append(each)
    layout.setFormats(formats)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(2 * room.width())
    layout.endLayout()
    layout.draw(painter, QPointF(room.left(), room.center().y() - line.height() / 2 + 1))


def toggle(window: QWidget, found: Callable[[], Sequence[Entry]], preferences: Preferences) -> None:
    """Open the search in a window over what is found then, or put away the one that is open."""
    shown = next((each for each in window.findChildren(CommandPalette) if each.isVisible()), None)
    if shown is not None:
        shown.give_up()
        return
    palette = CommandPalette(found(), preferences.recent_choices, window)
    palette.chosen.connect(preferences.add_recent_choice)
    palette.open()


class CommandPalette(QFrame):
    """Lies over a window near its top until something is chosen or given up; `chosen` carries the id of an entry."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry], recent: Sequence[str], window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setStyleSheet("QFrame#palette { background: palette(base); border: 1px solid palette(mid); }")
        self._entries = list(entries)
        self._recent = list(recent)
        self._window = window
        self._before = _with_parents(window.focusWidget())
        self.model = FoundModel(self)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Search actions, pages, contracts, materials and tables")
        self.line.setAccessibleName("Search everything")
        self.line.setFrame(False)
        self.line.setFixedHeight(LINE_PX)
        self.line.setTextMargins(GRID_PX, 0, GRID_PX, 0)
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list = self._made_list()
        self.nothing = QLabel(NOTHING)
        quiet(self.nothing)
        self.nothing.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(RULE_PX, RULE_PX, RULE_PX, RULE_PX)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        rule = QFrame()
        rule.setFixedHeight(RULE_PX)
        rule.setStyleSheet("background: palette(mid);")
        layout.addWidget(rule)
        layout.addWidget(self.list)
        layout.addWidget(self.nothing)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(SHADOW_PX)
        shadow.setOffset(0, GRID_PX / 2)
        self.setGraphicsEffect(shadow)
        self._search("")

    def _made_list(self) -> QListView:
        found = QListView()
        found.setModel(self.model)
        found.setItemDelegate(FoundDelegate(found))
        found.setFrameShape(QFrame.Shape.NoFrame)
        found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setUniformItemSizes(True)
        found.setAccessibleName("What was found")
        found.clicked.connect(self._choose)
        return found

    def open(self) -> None:
        """Show it, with the keyboard in its line."""
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def give_up(self) -> None:
        """Go away, and give the keyboard back to where it was; to its grid, if that was the editor of a cell."""
        self.hide()
        back = next((each for each in self._before if isValid(each) and each.isVisible()), None)
        if back is not None:
            back.setFocus(Qt.FocusReason.PopupFocusReason)
        self.deleteLater()

    def _search(self, wanted: str) -> None:
        found = ranked(self._entries, wanted, self._recent)
        self.model.show_found(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.list.setFixedHeight(min(len(found), MOST_ROWS_SEEN) * ROW_PX)
        if found and found[0].entry.enabled:
            self.list.setCurrentIndex(self.model.index(0))
        self._place()

    def _place(self) -> None:
        room = self._window.width()
        width = min(WIDTH_PX, room - 4 * GRID_PX)
        rows = min(self.model.rowCount(), MOST_ROWS_SEEN) * ROW_PX
        below = rows or self.nothing.sizeHint().height()
        self.setGeometry((room - width) // 2, TOP_PX, width, LINE_PX + 3 * RULE_PX + below)

    def _choose(self, index: QModelIndex) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        entry = self.model.found_at(index.row()).entry
        self.give_up()
        self.chosen.emit(entry.id)
        entry.run()

    def _walk(self, by: int) -> None:
        """Go up or down among what can be chosen, round the ends."""
        usable = [row for row in range(self.model.rowCount()) if self.model.found_at(row).entry.enabled]
        if usable:
            at = usable.index(self.list.currentIndex().row()) if self.list.currentIndex().isValid() else -1
            self.list.setCurrentIndex(self.model.index(usable[(at + by) % len(usable)]))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the line that mean the list, and go away when the keyboard goes elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(Qt.Key(event.key()))
        if isinstance(event, QFocusEvent) and event.lostFocus() and self.isVisible() and _left(event.reason()):
            self._before = ()
            self.give_up()
        return super().eventFilter(watched, event)

    def _take_key(self, key: Qt.Key) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: MOST_ROWS_SEEN,
            Qt.Key.Key_PageUp: -MOST_ROWS_SEEN,
        }
        if key in steps:
            self._walk(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.give_up()
        else:
            return False
        return True


def _with_parents(widget: QWidget | None) -> tuple[QWidget, ...]:
    return () if widget is None else (widget, *_with_parents(widget.parentWidget()))


def _left(reason: Qt.FocusReason) -> bool:
    """Tell whether the keyboard went to another part of the window, rather than to a menu or another program."""
    return reason not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}
