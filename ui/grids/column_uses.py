"""What a column of a grid is good for: in a grid of months its labels order and filter, and its months are filled."""

from ui.grids.grid_model import GridModel
from ui.grids.matrix_model import MatrixModel


def orders(model: GridModel, column: int) -> bool:
    """Tell whether a click on the heading orders the rows."""
    return model.sortable and (not isinstance(model, MatrixModel) or column < model.label_columns)


def filters(model: GridModel, column: int) -> bool:
    """Tell whether a text over the column can keep rows out of sight."""
    return model.filterable and (not isinstance(model, MatrixModel) or column < model.label_columns)


def is_filled(model: GridModel, column: int) -> bool:
    """Tell whether a fill writes into the column; sums among months are left out."""
    return model.month_at(column) is not None if isinstance(model, MatrixModel) else model.field(column) is not None
