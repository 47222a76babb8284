"""A grid with months across, of which one can be brought into sight."""

from planner.units import Month
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import MatrixModel


class MonthsView(GridView):
    """A GridView of a MatrixModel."""

    def show_month(self, month: Month) -> None:
        """Scroll so that a month stands first beside the frozen columns."""
        model = self.grid
        column = model.column_of(month) if isinstance(model, MatrixModel) else None
        if column is not None:
            at = self.columnViewportPosition(column) + self.horizontalScrollBar().value()
            self.horizontalScrollBar().setValue(at - self.frozen.covered)
