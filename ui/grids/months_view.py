"""A grid with months across, of which one can be brought into sight."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel

from planner.units import Month
from ui.grids.grid_view import GridView
from ui.grids.matrix_model import MatrixModel


class MonthsView(GridView):
    """A GridView of a MatrixModel."""

    def select_months(self, first: Month, last: Month) -> None:
        """Select the cells of all rows between two months (inclusive), the cursor on the first, so that they add up."""
        model = self.grid
        if not isinstance(model, MatrixModel) or not model.rowCount():
            return
        left, right = model.column_of(first), model.column_of(last)
        if left is not None and right is not None:
            start, end = model.index(0, left), model.index(model.rowCount() - 1, right)
            self.setCurrentIndex(start)
            self.selectionModel().select(QItemSelection(start, end), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def show_month(self, month: Month) -> None:
        """Scroll so that a month stands first beside the frozen columns."""
        model = self.grid
        column = model.column_of(month) if isinstance(model, MatrixModel) else None
        if column is not None:
            at = self.columnViewportPosition(column) + self.horizontalScrollBar().value()
            self.horizontalScrollBar().setValue(at - self.frozen.covered)
