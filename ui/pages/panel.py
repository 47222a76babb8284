"""The parts of a page: a heading over a grid, rules between parts, and a sentence where nothing is yet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from ui.theme import GRID_PX, quiet


class Hint(QLabel):
    """Words in a quieter ink; a narrow window shortens them, and the pointer shows them whole."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        quiet(self)
        # It gives way in a narrow window rather than keep it wide.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    @property
    def shown(self) -> str:
        """As much of the words as there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words whole where they are pointed at, once they are not."""
        super().resizeEvent(event)
        self._offer_whole()

    def say(self, words: str) -> None:
        """Say something else."""
        self.setText(words)
        self._offer_whole()

    def _offer_whole(self) -> None:
        self.setToolTip("" if self.shown == self.text() else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is room for."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.shown)
        painter.end()


class Panel(QWidget):
    """A heading, with words beside it in a quieter ink, over a widget; a foot may stand below it."""

    def __init__(
        self,
        title: str,
        body: QWidget,
        *,
        hint: str = "",
        buttons: tuple[QPushButton, ...] = (),
        foot: QWidget | None = None,
    ) -> None:
        super().__init__()
        self._title = QLabel(title)
        font = self._title.font()
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        if not body.accessibleName():
            body.setAccessibleName(title)
        self._hint = Hint(hint)
        head = QHBoxLayout()
        head.setContentsMargins(2 * GRID_PX, GRID_PX, 2 * GRID_PX, GRID_PX)
        head.setSpacing(GRID_PX)
        head.addWidget(self._title)
        head.addWidget(self._hint, stretch=1)
        for button in buttons:
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(body, stretch=1)
        if foot is not None:
            layout.addWidget(foot)

    def set_title(self, title: str, hint: str | None = None) -> None:
        """Name the part."""
        self._title.setText(title)
        if hint is not None:
            self._hint.say(hint)

    @property
    def title(self) -> str:
        """The heading."""
        return self._title.text()

    @property
    def hint(self) -> str:
        """The words beside it."""
        return self._hint.text()


class EmptyState(QWidget):
    """Shows a widget, or in its place what belongs there and the first step."""

    def __init__(self, body: QWidget, sentence: str, *buttons: QPushButton) -> None:
        super().__init__()
        self._sentence = QLabel(sentence)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setWordWrap(True)
        quiet(self._sentence)
        self._steps = QWidget()
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(GRID_PX)
        steps.addStretch(1)
        for button in buttons:
            steps.addWidget(button)
        steps.addStretch(1)
        empty = QWidget()
        column = QVBoxLayout(empty)
        column.setSpacing(2 * GRID_PX)
        column.addStretch(1)
        column.addWidget(self._sentence)
        column.addWidget(self._steps)
        column.addStretch(2)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(body)
        self._stack.addWidget(empty)

    def show_body(self) -> None:
        """Show the widget."""
        self._stack.setCurrentIndex(0)

    def say(self, sentence: str | None = None, *, first_step: bool = True) -> None:
        """Show a sentence in place of the widget: this one, or the last; with the buttons or without."""
        if sentence is not None:
            self._sentence.setText(sentence)
        self._steps.setVisible(first_step)
        self._stack.setCurrentIndex(1)

    @property
    def is_empty(self) -> bool:
        """Whether the sentence is shown."""
        return self._stack.currentIndex() == 1

    @property
    def sentence(self) -> str:
        """What is said while it is empty."""
        return self._sentence.text()


class Split(QSplitter):
    """Parts with a rule between them that can be dragged; at first each takes its share of the room."""

    def __init__(self, orientation: Qt.Orientation, *parts: tuple[QWidget, int]) -> None:
        """Keep a part whose share is 0 at the least size that it needs."""
        super().__init__(orientation)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._shares = [share for _, share in parts]
        self._divided = False
        for place, (widget, share) in enumerate(parts):
            self.addWidget(widget)
            self.setStretchFactor(place, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Divide the room when it is first known."""
        super().resizeEvent(event)
        if not self._divided:
            self._divided = True
            room = self.width() if self.orientation() == Qt.Orientation.Horizontal else self.height()
            self.setSizes([room * share // max(1, sum(self._shares)) for share in self._shares])


def lead(view: QWidget, what: str, where: str) -> None:
    """Say in the status bar, and aloud, what a double-click or Enter on a row or a cell of a view leads to."""
    view.setStatusTip(f"Double-click {what}, or press Enter, to go to {where}")
    view.setAccessibleDescription(view.statusTip())


def fill(page: QWidget, body: QWidget) -> None:
    """Let a widget fill the page."""
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(body)
