"""Named icons of one family (Material Design Icons, outlined, and ours in their manner), coloured from the palette."""

from functools import cache
from importlib import resources
from typing import Literal, get_args

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

IconName = Literal[
    "overview",
    "contracts",
    "deliveries",
    "demand",
    "capacity",
    "stock",
    "tables",
    "history",
    "import",
    "export",
    "undo",
    "redo",
    "add",
    "delete",
    "duplicate",
    "phase",
    "open",
    "new",
    "copy",
    "picture",
    "timeline",
    "prices",
    "spend",
    "concentration",
    "lots",
    "carbon",
    "recycled",
    "targets",
    "find",
    "filter",
    "columns",
    "cut",
    "error",
    "warning",
    "note",
]

NAMES: tuple[IconName, ...] = get_args(IconName)

# Menus show 16 pixels, the rail 20, each at the scale of the screen.
SIZES_PX = (16, 20, 32, 40)


def icon(name: IconName, palette: QPalette) -> QIcon:
    """Return an icon in the palette's text colour, faded when disabled, in the accent when checked or selected."""
    text, accent = QPalette.ColorRole.WindowText, QPalette.ColorRole.Accent
    normal, off = palette.color(QPalette.ColorGroup.Active, text), palette.color(QPalette.ColorGroup.Disabled, text)
    return _icon(name, normal.rgba(), off.rgba(), palette.color(accent).rgba())


@cache
def _icon(name: IconName, normal: int, off: int, accent: int) -> QIcon:
    drawing = _drawing(name)
    result = QIcon()
    for size in SIZES_PX:
        result.addPixmap(_pixmap(drawing, size, normal), QIcon.Mode.Normal, QIcon.State.Off)
        result.addPixmap(_pixmap(drawing, size, off), QIcon.Mode.Disabled, QIcon.State.Off)
        accented = _pixmap(drawing, size, accent)
        result.addPixmap(accented, QIcon.Mode.Normal, QIcon.State.On)
        result.addPixmap(accented, QIcon.Mode.Selected, QIcon.State.Off)
    return result


@cache
def _drawing(name: IconName) -> QSvgRenderer:
    return QSvgRenderer(QByteArray((resources.files("resources") / "icons" / f"{name}.svg").read_bytes()))


def _pixmap(drawing: QSvgRenderer, size: int, rgba: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size, size))
    # The shape is drawn in black: its own colour goes over what is covered.
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor.fromRgba(rgba))
    painter.end()
    return pixmap
