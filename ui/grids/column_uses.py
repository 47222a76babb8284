"""What a column of a grid is good for: in a grid of months its labels order and filter, and its months are filled."""

from ui.grids.grid_model import GridModel
from ui.grids.matrix_columns import Label, Total, YearSum
from ui.grids.matrix_model import MatrixModel
from ui.grids.record_model import RecordModel


def orders(model: GridModel, column: int) -> bool:
    """Tell whether a click on the heading orders the rows."""
    return model.sortable and (not isinstance(model, MatrixModel) or column < model.label_columns)


def filters(model: GridModel, column: int) -> bool:
    """Tell whether a text over the column can keep rows out of sight."""
    return model.filterable and (not isinstance(model, MatrixModel) or column < model.label_columns)


def is_filled(model: GridModel, column: int) -> bool:
    """Tell whether a fill writes into the column; sums among months are left out."""
    return model.month_at(column) is not None if isinstance(model, MatrixModel) else model.field(column) is not None


def marked(model: GridModel) -> frozenset[int]:
    """Return the columns whose cells may have a mark: asking every cell in sight would cost a third of each frame."""
    if isinstance(model, RecordModel):
        return frozenset()
    columns = range(model.columnCount())
    if not isinstance(model, MatrixModel):
        return frozenset(columns)
    return frozenset(column for column in columns if isinstance(_head(model, column), Total | YearSum))


def _is_label(model: MatrixModel, column: int) -> bool:
    return isinstance(_head(model, column), Label)


def _head(model: MatrixModel, column: int) -> object:
    key = model.spot_key((0, column))
    return key[1] if isinstance(key, tuple) else None
