"""Texts that were typed and refused: they are kept at their cells, so that nothing typed is lost."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import Qt

from ui.grids.grid_model import GridModel, Spot


@dataclass(frozen=True, slots=True)
class PendingText:
    """What was typed in a cell, why it was not taken, and what stood there then."""

    text: str
    reason: str
    before: str


_Kept = dict[Hashable, PendingText]


class PendingTexts:
    """The refused texts of a grid by cell; one is forgotten when its cell gets another value."""

    def __init__(self, model: GridModel) -> None:
        self._model = model
        self._kept: _Kept = {}

    def __bool__(self) -> bool:
        return bool(self._kept)

    def keep(self, spot: Spot, text: str, reason: str) -> None:
        """Keep a text at its cell."""
        self._kept[self._model.spot_key(spot)] = PendingText(text, reason, self._standing(spot))

    def at(self, spot: Spot) -> PendingText | None:
        """Return the refused text of a cell; None when there is none, or the cell has changed since."""
        if not self._kept:
            return None
        found = self._kept.get(self._model.spot_key(spot))
        if found is None or found.before == self._standing(spot):
            return found
        self.forget(spot)
        return None

    def forget(self, spot: Spot) -> None:
        """Let go of a text that was corrected or given up."""
        if self._kept:
            self._kept.pop(self._model.spot_key(spot), None)

    def _standing(self, spot: Spot) -> str:
        return str(self._model.data(self._model.index(*spot), Qt.ItemDataRole.EditRole) or "")
