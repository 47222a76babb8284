"""Which key does what in a grid, as in a spreadsheet."""

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_Key, _Mod = Qt.Key, Qt.KeyboardModifier
_CTRL, _SHIFT = _Mod.ControlModifier, _Mod.ShiftModifier

# The method of the view that a key calls.
_CALLS: Mapping[QKeyCombination, str] = {
    QKeyCombination(_CTRL, _Key.Key_D): "fill_down",
    QKeyCombination(_CTRL, _Key.Key_R): "fill_right",
    QKeyCombination(_CTRL | _SHIFT, _Key.Key_F): "fill_series",
    QKeyCombination(_CTRL, _Key.Key_F): "open_find",
    QKeyCombination(_CTRL, _Key.Key_H): "open_replace",
    QKeyCombination(_CTRL | _SHIFT, _Key.Key_L): "toggle_filters",
    QKeyCombination(_Mod.NoModifier, _Key.Key_F3): "find_next",
    QKeyCombination(_SHIFT, _Key.Key_F3): "find_previous",
    QKeyCombination(_SHIFT, _Key.Key_Space): "select_rows",
    QKeyCombination(_CTRL, _Key.Key_Space): "select_columns",
    QKeyCombination(_Mod.NoModifier, _Key.Key_Delete): "clear_cells",
    QKeyCombination(_Mod.NoModifier, _Key.Key_Backspace): "clear_cells",
}
_STANDARD = {
    QKeySequence.StandardKey.Copy: "copy",
    QKeySequence.StandardKey.Cut: "cut",
    QKeySequence.StandardKey.Paste: "paste",
}
_STEPS = {
    _Key.Key_Return: QPoint(0, 1),
    _Key.Key_Enter: QPoint(0, 1),
    _Key.Key_Tab: QPoint(1, 0),
    _Key.Key_Backtab: QPoint(-1, 0),
}


def call_of(event: QKeyEvent) -> str | None:
    """Return the name of the method that a key calls; None for other keys."""
    for standard, name in _STANDARD.items():
        if event.matches(standard):
            return name
    # The keypad's own modifier means nothing here.
    modifiers = event.modifiers() & ~_Mod.KeypadModifier
    return _CALLS.get(QKeyCombination(modifiers, Qt.Key(event.key())))


def step_of(event: QKeyEvent) -> QPoint | None:
    """Return how far a key moves the cursor on (columns, rows); None for keys that do not."""
    step = _STEPS.get(Qt.Key(event.key()))
    if step is not None and step.y() and event.modifiers() & _SHIFT:
        return QPoint(0, -1)
    return step
