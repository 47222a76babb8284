"""One line under the grid of deliveries: what its marks mean, or what there is to say about the cell of the cursor."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import GRID_PX, Theme

_MARKS = (
    '<span style="color: {over}">▲</span> above what the contract allows &nbsp;&nbsp; '
    '<span style="color: {under}">▼</span> below it, or below take-or-pay &nbsp;&nbsp; '
    "<b>bold</b> confirmed &nbsp;&nbsp; grey received, it stays &nbsp;&nbsp; shaded months lie outside the term"
)


class Legend(QLabel):
    """Explains the marks as long as nothing is said about a cell."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sentence = ""
        self.setContentsMargins(2 * GRID_PX, GRID_PX // 2, 2 * GRID_PX, GRID_PX // 2)
        # It gives way in a narrow window rather than keep it wide.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._show()

    @property
    def sentence(self) -> str:
        """What is said about a cell; empty while the marks are explained."""
        return self._sentence

    def say(self, sentence: str) -> None:
        """Say something about a cell, or explain the marks again when it is empty."""
        if sentence != self._sentence:
            self._sentence = sentence
            self._show()

    def set_theme(self, theme: Theme) -> None:
        """Show the marks in other colours."""
        self._theme = theme
        self._show()

    def _show(self) -> None:
        if self._sentence:
            self.setTextFormat(Qt.TextFormat.PlainText)
            self.setText(self._sentence)
        else:
            colours = {"over": self._theme.over_capacity, "under": self._theme.capacity}
            self.setTextFormat(Qt.TextFormat.RichText)
            self.setText(f'<span style="color: {self._theme.muted}">{_MARKS.format(**colours)}</span>')
        self.setToolTip(self._sentence)
