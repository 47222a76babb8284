"""Where the window is, and the ways from anywhere to a page, a table, a record, an element or a finding."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from planner.analysis import Subject
from planner.checks import Finding
from planner.fields import Value
from planner.model import table_named
from ui.pages import PAGES, Context, Page

_HOMES = {
    "deliveries": "deliveries",
    "plants": "capacity",
    "plant_capacity": "capacity",
    "programmes": "demand",
    "mix": "demand",
    "demand": "demand",
    "stock": "stock",
    "safety_stock": "stock",
    "indices": "prices",
    "index_prices": "prices",
    "exchange_rates": "prices",
    "lots": "lots",
    "intakes": "lots",
}
_OF_CONTRACTS = frozenset({"contracts", "lines"})
# Nobody goes farther back than this.
_MOST_BEFORE = 50


def page_of(table: str) -> str:
    """Return the id of the page where the records of a table are seen among what belongs to them."""
    if table in _HOMES:
        return _HOMES[table]
    belongs = table in _OF_CONTRACTS or table_named(table).refers_to & _OF_CONTRACTS
    return "contracts" if belongs else "tables"


class Navigation(QObject):
    """A stack of pages, each made when it is first shown; `made` tells of a new one, `shown` carries an id."""

    made = Signal(Page)
    shown = Signal(str)

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pages: dict[str, Page] = {}
        self._current = PAGES[0].id
        self._before: list[str] = []
        self.stack = QStackedWidget()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._current]

    @property
    def can_go_back(self) -> bool:
        """Whether another page was shown before."""
        return bool(self._before)

    def back(self) -> None:
        """Show the page that was shown before, as it was left, and give it the keyboard."""
        if self._before:
            self._show(self._before.pop()).take_keyboard()

    def show_page(self, page_id: str) -> Page:
        """Show a page and leave the keyboard where it is."""
        if page_id != self._current and self._current in self._pages:
            self._before = [*self._before, self._current][-_MOST_BEFORE:]
        return self._show(page_id)

    def _show(self, page_id: str) -> Page:
        if page_id not in self._pages:
            page = next(spec for spec in PAGES if spec.id == page_id).make(self._context)
            self._pages[page_id] = page
            self.stack.addWidget(page)
            self.made.emit(page)
        self._current = page_id
        self.stack.setCurrentWidget(self._pages[page_id])
        self.shown.emit(page_id)
        return self._pages[page_id]

    def go(self, page_id: str) -> Page:
        """Show a page and give it the keyboard."""
        page = self.show_page(page_id)
        page.take_keyboard()
        return page

    def go_to_period(self, period: str) -> None:
        """Show the deliveries of a period."""
        self.go("deliveries").show_period(period)

    def go_to_lines(self, lines: Sequence[tuple[str, int]], period: str) -> None:
        """Show the deliveries of some lines alone, from a period on unless it is empty."""
        self.go("deliveries").show_lines(lines, period)

    def go_to_table(self, table: str) -> None:
        """Show a whole table: that of deliveries has a page of its own."""
        if table == "deliveries":
            self.go("deliveries")
        else:
            self.go("tables").show_table(table)

    def go_to_record(self, table: str, key: tuple[Value, ...]) -> None:
        """Put the cursor on a record where it is seen among what belongs to it, or on what it belongs to."""
        self.go(page_of(table)).show_record(table, key)

    def go_to_subject(self, subject: Subject) -> None:
        """Show the chart of an element or a material."""
        self.go("overview").show_subject(subject)

    def lead_to(self, finding: Finding) -> None:
        """Go to the record that a finding is about, or to the element, which its place begins with."""
        if finding.table:
            self.go_to_record(finding.table, finding.key)
        else:
            self.go_to_subject(Subject("element", finding.place.partition(" ")[0]))
