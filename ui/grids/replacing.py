"""What replacing a text in cells would make of each: the new text, or why it cannot stand there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from planner.errors import InvalidValueError
from planner.fields import Reference
from planner.fields.typed import parse_typed
from ui.grids.grid_model import GridModel, Spot
from ui.grids.search import Search


@dataclass(frozen=True, slots=True)
class Replacement:
    """A cell, its text before and after, and the reason why it cannot be; empty when it can."""

    spot: Spot
    where: str
    old: str
    new: str
    reason: str


def replacements(model: GridModel, spots: Sequence[Spot], search: Search, new: str) -> list[Replacement]:
    """Return what becomes of the found cells, without those that stay as they are."""
    return list(_replacements(model, spots, search, new))


def _replacements(model: GridModel, spots: Sequence[Spot], search: Search, new: str) -> Iterator[Replacement]:
    codes: dict[int, frozenset[str]] = {}
    in_numbers = search.in_numbers(model.locale)
    for spot in spots:
        index = model.index(*spot)
        shown, edited = (
            str(index.data(role) or "") for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
        )
        field = model.field(spot[1])
        made = (in_numbers if field is not None and field.kind.numeric else search).replaced(edited, new)
        if made is None or made == edited:
            continue
        if spot[1] not in codes:
            codes[spot[1]] = frozenset(model.codes(spot[1]))
        reason = _objection(model, spot, made, codes[spot[1]])
        yield Replacement(spot, where(model, spot), shown, made, reason)


def _objection(model: GridModel, spot: Spot, text: str, codes: frozenset[str]) -> str:
    field = model.field(spot[1])
    if field is None or not model.flags(model.index(*spot)) & Qt.ItemFlag.ItemIsEditable:
        return "it cannot be edited"
    try:
        value = parse_typed(field, text, model.locale)
    except InvalidValueError as error:
        return error.reason
    if isinstance(field.kind, Reference) and value and codes and value not in codes:
        return f"there is no {value!r} to refer to"
    return ""


def where(model: GridModel, spot: Spot) -> str:
    """Return what people call a cell: what says which row it is, and the heading of its column."""
    row, column = spot
    labels = range(max(1, model.frozen_columns))
    name = " ".join(str(model.index(row, each).data() or "") for each in labels).strip()
    return f"{name or f'row {row + 1}'}, {model.headerData(column, Qt.Orientation.Horizontal)}"
