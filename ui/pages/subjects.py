"""The list of elements and their materials, each element with the year in which it is covered least."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from planner.analysis import Subject
from ui.charts.words import number
from ui.grids.formats import LEFT, RIGHT, theme_of
from ui.theme import GRID_PX

CODE_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Worst:
    """The lowest cover of a year, in %, None without demand; and whether something must still be bought."""

    period: str
    cover_pct: float | None
    short: bool


class SubjectList(QTreeWidget):
    """Chooses what a chart is about; `chosen` carries nothing, ask `subject`."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderLabels(["Material", "Lowest cover"])
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        header.setFixedHeight(4 * GRID_PX)
        self.headerItem().setTextAlignment(0, LEFT)
        self.headerItem().setTextAlignment(1, RIGHT)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setIndentation(2 * GRID_PX)
        self.setMinimumWidth(28 * GRID_PX)
        self.setAccessibleName("Elements and materials")
        self._shown: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())

    @property
    def subject(self) -> Subject | None:
        """The element or material that is chosen."""
        item = self.currentItem()
        if item is None:
            return None
        code = str(item.data(0, CODE_ROLE))
        return Subject("element" if item.parent() is None else "material", code)

    def choose(self, subject: Subject) -> None:
        """Choose an element or a material, if it is listed."""
        for item in self._items():
            is_element = item.parent() is None
            if item.data(0, CODE_ROLE) == subject.code and is_element == (subject.kind == "element"):
                self.setCurrentItem(item)

    def show_subjects(self, subjects: Sequence[tuple[str, tuple[tuple[str, str], ...]]]) -> None:
        """List elements, each with its materials as (code, name); what was chosen stays chosen."""
        if tuple(subjects) == self._shown:
            return
        self._shown = tuple(subjects)
        before = self.subject
        with QSignalBlocker(self):
            self.clear()
            for element, materials in subjects:
                top = _item(element, element)
                for code, name in materials:
                    child = _item(code, code)
                    child.setToolTip(0, name)
                    top.addChild(child)
                self.addTopLevelItem(top)
        if before is not None:
            self.choose(before)
        first = self.topLevelItem(0)
        if self.subject is None and first is not None:
            self.setCurrentItem(first)

    def show_worst(self, worst: Mapping[str, Worst]) -> None:
        """Write the lowest cover of each element beside it."""
        colour = QColor(theme_of(self.palette()).shortage)
        for place in range(self.topLevelItemCount()):
            item = self.topLevelItem(place)
            found = None if item is None else worst.get(str(item.data(0, CODE_ROLE)))
            if item is None or found is None:
                continue
            known = found.cover_pct is not None
            item.setText(1, f"{number(found.cover_pct, 0)} %" if known else "–")
            item.setToolTip(1, _explained(found))
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            item.setFont(0, font)
            item.setForeground(1, QBrush(colour) if found.short else QBrush())
            item.setFont(1, font if found.short else self.font())

    def _items(self) -> list[QTreeWidgetItem]:
        tops = [item for at in range(self.topLevelItemCount()) if (item := self.topLevelItem(at)) is not None]
        return [*tops, *(child for top in tops for at in range(top.childCount()) if (child := top.child(at)))]


def _item(code: str, text: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([text, ""])
    item.setData(0, CODE_ROLE, code)
    item.setTextAlignment(1, RIGHT)
    return item


def _explained(worst: Worst) -> str:
    if worst.cover_pct is None:
        return "Nothing is needed in the years shown"
    tail = "; more must be bought in some year" if worst.short else "; nothing more must be bought"
    return f"Covered least in {worst.period}{tail}"
