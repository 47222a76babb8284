"""Blocks of cells as a spreadsheet puts them on the clipboard."""

import csv
import io
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocument, QTextFrame, QTextTable, QTextTableCell

Block = tuple[tuple[str, ...], ...]
# How a document keeps paragraphs, line breaks, the ends of tables in tables, and pictures.
_DOCUMENT_SIGNS = str.maketrans({0x2029: "\n", 0x2028: "\n", 0xFDD0: "", 0xFDD1: "", 0xFFFC: ""})


def block_of(text: str) -> Block:
    """Read tab-separated text, quoted where cells hold tabs, quotes or line breaks; rows keep their own length.

    One line break at the end is the end of the last row, as spreadsheets write it. Text that is quoted wrongly is taken
    as it stands.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not plain:
        return (("",),) if text else ()
    try:
        rows = [row or [""] for row in csv.reader(io.StringIO(plain, newline=""), dialect="excel-tab", strict=True)]
    except csv.Error:
        rows = [line.split("\t") for line in plain.split("\n")]
    return tuple(tuple(row) for row in rows)


def text_of(block: Sequence[Sequence[str]]) -> str:
    """Write tab-separated text that a spreadsheet and `block_of` read back."""
    out = io.StringIO(newline="")
    csv.writer(out, dialect="excel-tab", lineterminator="\n").writerows(block)
    return out.getvalue()


def html_of(block: Sequence[Sequence[str]]) -> str:
    """Write a table for programs that take formatted text."""
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def block_in(data: QMimeData | None) -> Block:
    """Read what is on the clipboard: its text, or the first table where there is formatted text alone."""
    if data is None:
        return ()
    if data.text():
        return block_of(data.text())
    return block_of_html(data.html()) if data.hasHtml() else ()


def block_of_html(html: str) -> Block:
    """Read the first table of a page, or its words where there is none; what a merged cell covers is empty."""
    document = QTextDocument()
    document.setHtml(html)
    table = _table_in(document.rootFrame())
    if table is None:
        return block_of(document.toPlainText().strip())
    return tuple(
        tuple(_words(table.cellAt(row, column), row, column) for column in range(table.columns()))
        for row in range(table.rows())
    )


def _table_in(frame: QTextFrame) -> QTextTable | None:
    for child in frame.childFrames():
        found = child if isinstance(child, QTextTable) else _table_in(child)
        if found is not None:
            return found
    return None


def _words(cell: QTextTableCell, row: int, column: int) -> str:
    if (cell.row(), cell.column()) != (row, column):
        return ""
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastCursorPosition().position(), cursor.MoveMode.KeepAnchor)
    return cursor.selectedText().translate(_DOCUMENT_SIGNS).strip()


def mime_of(block: Sequence[Sequence[str]]) -> QMimeData:
    """Return what goes on the clipboard: text and the same as a table."""
    data = QMimeData()
    data.setText(text_of(block))
    data.setHtml(html_of(block))
    return data
