"""Where the keys Home, End and Ctrl with an arrow lead, as in a spreadsheet: to the edge of what is filled."""

from PySide6.QtCore import Qt

from ui.grids.grid_model import GridModel, Spot
from ui.grids.rectangle import Rectangle

_Key = Qt.Key
# Rows down, columns right.
ARROWS = {_Key.Key_Up: (-1, 0), _Key.Key_Down: (1, 0), _Key.Key_Left: (0, -1), _Key.Key_Right: (0, 1)}
# Looking further would hold up the cursor: a column that is filled so far ends at the edge of the grid.
_FARTHEST = 20_000


def first_column(model: GridModel) -> int:
    """Return the first column that is typed into; labels before it only say which row it is."""
    return next((column for column in range(model.columnCount()) if model.field(column) is not None), 0)


def entry_column(model: GridModel, row: int) -> int:
    """Return the first column of a row that waits to be typed into: not one where something is proposed already."""
    typed = (column for column in range(model.columnCount()) if model.field(column) is not None)
    return next((column for column in typed if not _is_proposed(model, (row, column))), first_column(model))


def _is_proposed(model: GridModel, spot: Spot) -> bool:
    return bool(model.data(model.index(*spot))) and not _filled(model, spot)


def target(model: GridModel, spot: Spot, key: Qt.Key, *, control: bool) -> Spot | None:
    """Return the cell to which a key leads from a cell; None for other keys and outside the grid."""
    rows, columns = model.rowCount(), model.columnCount()
    if not rows or not columns:
        return None
    match key:
        case _Key.Key_Home:
            return (0 if control else spot[0]), first_column(model)
        case _Key.Key_End:
            return (last_filled_row(model) if control else spot[0]), columns - 1
    step = ARROWS.get(key)
    if step is None:
        return None
    if control:
        return edge(model, spot, step)
    row, column = spot[0] + step[0], spot[1] + step[1]
    return (row, column) if 0 <= row < rows and 0 <= column < columns else spot


def last_filled_row(model: GridModel) -> int:
    """Return the last row, or the one before where the last is still empty."""
    last = model.rowCount() - 1
    return last - (last > 0 and is_empty(model, last))


def is_empty(model: GridModel, row: int) -> bool:
    """Tell whether nothing was typed into a row yet."""
    return not any(_filled(model, (row, column)) for column in range(model.columnCount()))


def edge(model: GridModel, spot: Spot, step: tuple[int, int]) -> Spot:
    """Return the last filled cell before a gap, or the next filled one where the cell or its neighbour is empty."""
    whole = Rectangle(0, 0, model.rowCount() - 1, model.columnCount() - 1)
    path = _path(whole, spot, step)
    if not path:
        return spot
    if _filled(model, spot) and _filled(model, path[0]):
        gap = next((at for at, each in enumerate(path[:_FARTHEST]) if not _filled(model, each)), None)
        return path[-1] if gap is None else path[gap - 1]
    return next((each for each in path[:_FARTHEST] if _filled(model, each)), path[-1])


def _path(whole: Rectangle, spot: Spot, step: tuple[int, int]) -> list[Spot]:
    row, column = spot
    down, right = step
    if down:
        return [(each, column) for each in range(row + down, whole.bottom + 1 if down > 0 else -1, down)]
    return [(row, each) for each in range(column + right, whole.right + 1 if right > 0 else -1, right)]


def _filled(model: GridModel, spot: Spot) -> bool:
    # What a cell would hold when edited: a blank row may show what it will be filled with.
    return bool(model.data(model.index(*spot), Qt.ItemDataRole.EditRole))
