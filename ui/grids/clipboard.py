"""Blocks of cells as a spreadsheet puts them on the clipboard."""

import csv
import io
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

Block = tuple[tuple[str, ...], ...]


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


def mime_of(block: Sequence[Sequence[str]]) -> QMimeData:
    """Return what goes on the clipboard: text and the same as a table."""
    data = QMimeData()
    data.setText(text_of(block))
    data.setHtml(html_of(block))
    return data
