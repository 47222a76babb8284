"""How grids write and align the values of fields, in the person's locale and colours."""

from babel.core import Locale, UnknownLocaleError
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPalette

from planner.fields import Choice, Field, Value
from planner.units import Month
from ui.theme import DARK, LIGHT, Theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
UNGROUPED = frozenset({"integer", "year"})
PLACEHOLDERS = {
    "month": "2025-03",
    "date": "2025-03-15",
    "phasing": "even, or 1/1/1/2/2/2/1/1/1/0/0/0",
}
_DARK_BELOW = 128
_TINT = 56


def locale_id(locale: QLocale | None = None) -> str:
    """Return the name by which planner.fields knows Qt's locale; `en` for C and for what it does not know."""
    name = (locale or QLocale()).name()
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return "en"
    return name


def shown(field: Field, value: Value, locale: str) -> str:
    """Return what a cell shows: grouped numbers, the titles of choices."""
    if isinstance(field.kind, Choice):
        return field.kind.title(value) if isinstance(value, str) and value else ""
    return field.format(value, locale, grouping=field.kind.name not in UNGROUPED)


def typed(field: Field, value: Value, locale: str) -> str:
    """Return what an editor and the clipboard hold, which `Field.parse` reads back."""
    return shown(field, value, locale) if isinstance(field.kind, Choice) else field.format(value, locale)


def alignment(field: Field) -> Qt.AlignmentFlag:
    """Return how cells and heading of a field are aligned: numbers right, all else left."""
    return RIGHT if field.kind.numeric else LEFT


def month_heading(month: Month) -> str:
    """Return `Mar 25`, in the language of the locale."""
    name = QLocale().standaloneMonthName(month.month, QLocale.FormatType.ShortFormat).rstrip(".")
    return f"{name} {month.year % 100:02d}"


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that a palette belongs to."""
    return DARK if palette.color(QPalette.ColorRole.Base).lightness() < _DARK_BELOW else LIGHT


def bad() -> QBrush:
    """Return the ground of a refused cell, so thin that text stays readable on it."""
    colour = QColor(theme_of(QGuiApplication.palette()).refused)
    colour.setAlpha(_TINT)
    return QBrush(colour)


def muted() -> QBrush:
    """Return the ink of what cannot be edited."""
    return QBrush(QColor(theme_of(QGuiApplication.palette()).muted))


def shaded() -> QBrush:
    """Return the ground of sums."""
    return QBrush(QColor(theme_of(QGuiApplication.palette()).window))
