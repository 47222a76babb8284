"""The texts that fill a part of a grid from its first cells: copied, or continued as a series."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import Qt

from ui.grids.grid_model import GridModel, Spot
from ui.grids.rectangle import Rectangle
from ui.grids.series import continued, counts_by_itself, repeated

Texts = Mapping[Spot, str]


def text_at(model: GridModel, spot: Spot) -> str:
    """Return what an editor of a cell would hold."""
    return str(model.data(model.index(*spot), Qt.ItemDataRole.EditRole) or "")


def copied(model: GridModel, area: Rectangle, *, down: bool) -> Texts:
    """Return the first row copied to the others, or the first column; of one alone, what stands before it."""
    one = area.height == 1 if down else area.width == 1
    if one and down:
        area = Rectangle(area.top - 1, area.left, area.bottom, area.right)
    elif one:
        area = Rectangle(area.top, _before(model, area.left), area.bottom, area.right)
    if area.top < 0 or area.left < 0:
        return {}
    lines = _lines(model, area, down=down)
    return {spot: text_at(model, line[0]) for line in lines for spot in line[1:]}


def series(model: GridModel, area: Rectangle) -> Texts:
    """Return each column continued downwards from its first one or two cells; of a single row, to the right."""
    found: dict[Spot, str] = {}
    for line in _lines(model, area, down=area.height > 1):
        texts = [text_at(model, spot) for spot in line]
        given = 2 if all(texts[:2]) else 1
        if texts[0]:
            rest = line[given:]
            field = model.field(line[0][1])
            found.update(zip(rest, continued(texts[:given], len(rest), field, model.locale), strict=True))
    return found


def dragged(model: GridModel, start: Rectangle, end: Rectangle, *, other: bool) -> Texts:
    """Return what fills the cells beyond the start: series go on, a single number is copied; `other` swaps the two."""
    down = end.height > start.height
    found: dict[Spot, str] = {}
    for line in _lines(model, end, down=down):
        seeds = [text_at(model, spot) for spot in line if (spot[0] <= start.bottom and spot[1] <= start.right)]
        rest = line[len(seeds) :]
        field = model.field(line[0][1])
        if not seeds or not rest:
            continue
        goes_on = len(seeds) > 1 or counts_by_itself(field, seeds[0])
        texts = repeated(seeds, len(rest)) if goes_on == other else continued(seeds, len(rest), field, model.locale)
        found.update(zip(rest, texts, strict=True))
    return found


def _lines(model: GridModel, area: Rectangle, *, down: bool) -> Iterator[list[Spot]]:
    """Return the cells of each column from the top, or of each row from the left."""
    typed = [column for column in area.columns if model.field(column) is not None]
    # Sums among months are left out; alone they are filled like any other column.
    columns = [column for column in typed if model.fills(column)] or typed
    if down:
        yield from ([(row, column) for row in area.rows] for column in columns)
    elif columns:
        yield from ([(row, column) for column in columns] for row in area.rows)


def _before(model: GridModel, column: int) -> int:
    """Return the next column to the left that is filled; -1 where there is none."""
    return next((each for each in range(column - 1, -1, -1) if model.fills(each)), -1)
