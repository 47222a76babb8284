"""The page of keys: every action with its shortcut, menu by menu, and the keys of grids."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QBrush, QFont, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.actions import GRID_KEYS, menus, of_menu
from ui.theme import GRID_PX

SIZE_PX = 72 * GRID_PX, 80 * GRID_PX
KEYS_PX = 28 * GRID_PX
ROW_PX, GROUP_PX = 3 * GRID_PX, 5 * GRID_PX
IN_GRIDS = "In a grid"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One row: in which group, what it does, and its keys or why there are none."""

    group: str
    does: str
    keys: str
    reason: str = ""


def shortcuts() -> Iterator[Shortcut]:
    """Yield the actions, menu by menu, and the keys of grids, as this computer writes keys."""
    for menu in menus():
        for spec in of_menu(menu):
            yield Shortcut(menu, spec.title.rstrip("…"), native(spec.shortcut), spec.no_shortcut)
    for key in GRID_KEYS:
        yield Shortcut(IN_GRIDS, key.does, native(key.keys))


def native(keys: str) -> str:
    """Return keys in Qt's portable text as this computer writes them."""
    sequence = QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText)


class ShortcutsDialog(QDialog):
    """Two columns, what and keys, under the titles of the menus; a line above looks for either."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard shortcuts")
        self.resize(*SIZE_PX)
        self.line = QLineEdit()
        self.line.setPlaceholderText("Search for an action or a key")
        self.line.setAccessibleName("Search")
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._show_matching)
        self.list = self._made_list()
        buttons = QDialogButtonBox()
        close = buttons.addButton("Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX, 2 * GRID_PX)
        layout.setSpacing(2 * GRID_PX)
        layout.addWidget(self.line)
        layout.addWidget(self.list, stretch=1)
        layout.addWidget(buttons)
        self.line.setFocus()

    def _made_list(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setColumnCount(2)
        made.setHeaderLabels(["What", "Keys"])
        made.setRootIsDecorated(False)
        made.setItemsExpandable(False)
        made.setIndentation(2 * GRID_PX)
        made.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAccessibleName("Keyboard shortcuts")
        header = made.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, KEYS_PX)
        header.setFixedHeight(4 * GRID_PX)
        groups: dict[str, QTreeWidgetItem] = {}
        for each in shortcuts():
            if each.group not in groups:
                groups[each.group] = self._group(made, each.group)
            groups[each.group].addChild(self._row(each))
        made.expandAll()
        return made

    def _group(self, made: QTreeWidget, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title, ""])
        font = made.font()
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(0, font)
        item.setSizeHint(0, QSize(0, GROUP_PX))
        item.setTextAlignment(0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        made.addTopLevelItem(item)
        return item

    def _row(self, shortcut: Shortcut) -> QTreeWidgetItem:
        item = QTreeWidgetItem([shortcut.does, shortcut.keys or shortcut.reason])
        item.setSizeHint(0, QSize(0, ROW_PX))
        if not shortcut.keys:
            item.setForeground(1, QBrush(self.palette().color(QPalette.ColorRole.PlaceholderText)))
            item.setToolTip(1, f"It has no key: {shortcut.reason}.")
        return item

    def _show_matching(self, wanted: str) -> None:
        """Keep the rows in sight that hold the text, and the groups that have one."""
        sought = wanted.strip().casefold()
        for at in range(self.list.topLevelItemCount()):
            group = self.list.topLevelItem(at)
            if group is not None:
                rows = [row for number in range(group.childCount()) if (row := group.child(number)) is not None]
                for row in rows:
                    row.setHidden(not any(sought in row.text(column).casefold() for column in (0, 1)))
                group.setHidden(all(row.isHidden() for row in rows))
