"""How cells of a grid with months look: fonts and brushes that are made once and shared by all cells."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont

from ui.grids.formats import LEFT, RIGHT, muted, shaded

ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
FONT = int(Qt.ItemDataRole.FontRole)
INK = int(Qt.ItemDataRole.ForegroundRole)
GROUND = int(Qt.ItemDataRole.BackgroundRole)
LOOK_ROLES = frozenset({ALIGNMENT, FONT, INK, GROUND})

Look = Mapping[int, object]


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell looks like."""

    number: bool = True
    strong: bool = False
    muted: bool = False
    shaded: bool = False


class Looks:
    """What Qt asks of a cell's look, by role; the colours are those of the palette until `clear`."""

    def __init__(self) -> None:
        self._looks: dict[Style, Look] = {}

    def clear(self) -> None:
        """Ask the palette anew."""
        self._looks.clear()

    def of(self, style: Style) -> Look:
        """Return the values of the roles in LOOK_ROLES that a style has."""
        found = self._looks.get(style)
        if found is None:
            found = self._looks[style] = _made(style)
        return found


def _made(style: Style) -> Look:
    look: dict[int, object] = {ALIGNMENT: RIGHT if style.number else LEFT}
    if style.strong:
        font = QFont()
        font.setWeight(QFont.Weight.DemiBold)
        look[FONT] = font
    if style.muted:
        look[INK] = muted()
    if style.shaded:
        look[GROUND] = shaded()
    return look
