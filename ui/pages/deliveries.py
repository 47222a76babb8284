"""Deliveries: lines down, months across, in tonnes of each line's basis, with what is agreed and its limits."""

from collections.abc import Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton

from planner.analysis.periods import span_of
from planner.commands import SetDeliveryStatus
from planner.errors import PlannerError
from planner.fields import Value
from planner.units import Month
from ui.grids.matrix_model import delivery_model
from ui.grids.months_view import MonthsView
from ui.pages.legend import Legend
from ui.pages.page import Context, Page
from ui.pages.page_grids import FILTERED
from ui.pages.panel import EmptyState, Panel, fill
from ui.theme import Theme

NO_LINES = "There is no line to deliver on yet.\nAdd a contract and its lines first, or import them."
TITLE = "Deliveries by line and month"
HINT = "t in each line's basis; type a year's total to spread it"


class DeliveriesPage(Page):
    """The grid of deliveries over the horizon of the bar."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        start, end = context.view.horizon
        self._horizon = start, end
        self.deliveries = delivery_model(context.plan, context.signals, start=start, end=end, parent=self)
        self.deliveries.noted.connect(self.said)
        self.view = MonthsView(self.deliveries)
        self.adopt(self.view, "deliveries")
        self.view.selectionModel().currentChanged.connect(self._explain)
        self.all_lines = QPushButton("Show all lines")
        self.all_lines.setToolTip("Show the deliveries of every line again")
        self.all_lines.clicked.connect(lambda: self.show_lines(()))
        self.back = self.button("Back", "back")
        self.back.setToolTip("Return to where these lines were asked for")
        buttons = (
            self.back,
            self.all_lines,
            self.button("Import…", "import"),
            self.button("Phase volumes", "phase_volumes"),
            self.button("Mark confirmed", "mark_confirmed"),
            self.button("Mark received", "mark_received"),
        )
        self.legend = Legend(context.theme.theme)
        self.panel = Panel(TITLE, self.view, hint=HINT, buttons=buttons, foot=self.legend)
        self.empty = EmptyState(self.panel, NO_LINES, self.button("New contract", "go_contracts"))
        fill(self, self.empty)
        self._say_which()
        self._placed = False

    @property
    def chosen_line(self) -> tuple[str, int] | None:
        """The line whose row the cursor is in."""
        return self._line_at(self.view.currentIndex().row())

    @property
    def chosen_lines(self) -> tuple[tuple[str, int], ...]:
        """The lines of the rows that are selected."""
        lines = (self._line_at(row) for row in self.view.selected_rows())
        return tuple(line for line in lines if line is not None)

    def _line_at(self, row: int) -> tuple[str, int] | None:
        key = self.deliveries.key_at(row)
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

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with this year, as soon as it is known how wide the grid is."""
        super().showEvent(event)
        if not self._placed:
            self._placed = True
            self.view.show_month(Month.of(datetime.now(UTC).year, 1))

    def show_period(self, period: str) -> None:
        """Show all lines, scrolled to the months of a period."""
        self.show_lines((), period)

    def show_lines(self, lines: Sequence[tuple[str, int]], period: str = "") -> None:
        """Show the deliveries of these lines alone, those of a period selected unless it is empty; all when none."""
        self.deliveries.show_only(lines or None)
        if period:
            self._placed = True
            months = span_of(period)
            if lines:
                self.view.select_months(months.first, months.last)
            self.view.show_month(months.first)
        if self.deliveries.rowCount() < len(lines) and self.deliveries.is_filtered:
            self.said.emit(FILTERED)
        self._say_which()
        self.current_changed.emit()

    def _say_which(self) -> None:
        """Say how many of the lines are shown, and offer the others."""
        only = self.deliveries.only
        for button in (self.back, self.all_lines):
            button.setVisible(only is not None)
        shown = f"Showing {self.deliveries.rowCount():,} of {self.deliveries.total_rows:,} lines"
        self.panel.set_title(TITLE, HINT if only is None else shown)

    def show_record(self, table: str, key: tuple[Value, ...]) -> bool:
        """Put the cursor on the month of a delivery, or on the row of a line, which is shown if it was not."""
        if self.deliveries.only is not None and key[:2] not in self.deliveries.only:
            self.show_lines(())
        if table == "deliveries":
            return self.grids.go_to_month(key[:2], key[2])
        return self.grids.go_to_month(key, None) if table == "lines" else super().show_record(table, key)

    def mark(self, status: str) -> None:
        """Give the selected deliveries a status, as one edit; PlannerError when there are none."""
        keys = [
            (*line, month)
            for index in self.view.selectionModel().selectedIndexes()
            if (line := self._line_at(index.row())) and (month := self.deliveries.month_at(index.column()))
        ]
        if not keys:
            raise PlannerError("Select the months of the deliveries first.")
        self.plan.run(SetDeliveryStatus(tuple(keys), status))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours for the cells and for what explains them."""
        super().set_theme(theme)
        self.deliveries.restyle()
        self.legend.set_theme(theme)

    def refresh(self) -> None:
        """Show the months of the bar's horizon."""
        horizon = self.context.view.horizon
        if horizon != self._horizon:
            self._horizon = horizon
            self.deliveries.set_horizon(*horizon)
            self.view.fit_columns()
        self._say_which()
        self._show_or_say()
        self._explain(self.view.currentIndex())
        self.current_changed.emit()

    def _explain(self, index: QModelIndex) -> None:
        spot = index.row(), index.column()
        self.legend.say(self.deliveries.sentence(spot) if index.isValid() else "")

    def _show_or_say(self) -> None:
        # Under a filter the grid stays, or nobody could take the filter away.
        if self.deliveries.rowCount() or self.deliveries.is_filtered or self.deliveries.only is not None:
            self.empty.show_body()
        else:
            self.empty.say()


PAGE = DeliveriesPage
