"""One sentence that the person must see, in a box of its own."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def tell(parent: QWidget | None, sentence: str) -> QMessageBox:
    """Show a sentence until it is closed, without holding up the program; returns the box."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Offtake")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.addButton("Close", QMessageBox.ButtonRole.AcceptRole)
    # open() and not exec(): a nested event loop inside an exception hook could raise into itself.
    box.open()
    return box
