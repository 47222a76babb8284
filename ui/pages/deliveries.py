"""Deliveries: lines down, months across, in tonnes of each line's basis."""

from datetime import UTC, datetime

from planner.analysis import first_month
from planner.commands import SetDeliveryStatus
from planner.errors import PlannerError
from planner.units import Month
from ui.grids.frozen_view import FrozenTableView
from ui.grids.matrix_model import delivery_model
from ui.pages.page import Context, Page
from ui.pages.panel import EmptyState, Panel, fill

NO_LINES = "There is no line to deliver on yet.\nAdd a contract and its lines first, or import them."
HINT = "t in each line's basis; confirmed deliveries are bold, received ones stay as they are"


class DeliveriesPage(Page):
    """The grid of deliveries over the horizon of the bar."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        start, end = context.view.horizon
        self._horizon = start, end
        self.deliveries = delivery_model(context.plan, context.signals, start=start, end=end, parent=self)
        self.view = FrozenTableView(self.deliveries)
        self.adopt(self.view)
        buttons = (
            self.button("Import…", "import"),
            self.button("Mark confirmed", "mark_confirmed"),
            self.button("Mark received", "mark_received"),
        )
        panel = Panel("Deliveries by line and month", self.view, hint=HINT, buttons=buttons)
        self.empty = EmptyState(panel, NO_LINES, self.button("New contract", "go_contracts"))
        fill(self, self.empty)
        now = datetime.now(UTC)
        self.view.show_month(Month.of(now.year, 1))

    @property
    def chosen_line(self) -> tuple[str, int] | None:
        """The line whose row the cursor is in."""
        key = self.deliveries.key_at(self.view.currentIndex().row())
        return None if key is None else (str(key[0]), int(str(key[1])))

    @property
    def chosen_contract(self) -> str | None:
        """The contract of that line."""
        line = self.chosen_line
        return None if line is None else line[0]

    @property
    def offers(self) -> frozenset[str]:
        """Deliveries can be marked, once there is a line."""
        marks = {"mark_planned", "mark_confirmed", "mark_received"} if self.deliveries.rowCount() else set()
        return super().offers | marks

    def show_period(self, period: str) -> None:
        """Scroll to the months of a period."""
        self.view.show_month(first_month(period))

    def mark(self, status: str) -> None:
        """Give the selected deliveries a status, as one edit; PlannerError when there are none."""
        keys = [
            (str(key[0]), int(str(key[1])), month)
            for index in self.view.selectionModel().selectedIndexes()
            if (key := self.deliveries.key_at(index.row())) and (month := self.deliveries.month_at(index.column()))
        ]
        if not keys:
            raise PlannerError("Select the months of the deliveries first.")
        self.plan.run(SetDeliveryStatus(tuple(keys), status))

    def refresh(self) -> None:
        """Show the months of the bar's horizon."""
        horizon = self.context.view.horizon
        if horizon != self._horizon:
            self._horizon = horizon
            self.deliveries.set_horizon(*horizon)
            self.view.fit_columns()
        self._show_or_say()
        self.current_changed.emit()

    def _show_or_say(self) -> None:
        if self.deliveries.rowCount():
            self.empty.show_body()
        else:
            self.empty.say()


PAGE = DeliveriesPage
