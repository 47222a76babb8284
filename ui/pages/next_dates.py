"""The list of what falls due next; each row leads to its record."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal

from planner.analysis.terms.dates import NextDate
from ui.grids.texts_model import ReadingView, TextsModel
from ui.pages.panel import lead
from ui.theme import GRID_PX

HEADINGS = ("Day", "What", "Of")
NOTHING = ("", "Nothing falls due in the next six months.", "")
WIDEST_PX = 18 * GRID_PX


class NextDates(ReadingView):
    """Lists days; `place_wanted` carries the table and the key of the record that a row is about."""

    place_wanted = Signal(str, tuple)

    def __init__(self) -> None:
        self.texts = TextsModel(HEADINGS)
        super().__init__(self.texts, 1, widest=WIDEST_PX)
        self.texts.setParent(self)
        self._dates: tuple[NextDate, ...] = ()
        self.setAccessibleName("Next dates")
        lead(self, "a date", "its record")
        self.activated.connect(self._lead)

    def show_dates(self, dates: Sequence[NextDate]) -> None:
        """List these; the same again leave the list as it is."""
        if tuple(dates) == self._dates and self.texts.rowCount():
            return
        self._dates = tuple(dates)
        rows = [(each.day.isoformat(), _words(each), each.owner) for each in dates]
        self.texts.show_rows(rows or [NOTHING], frozenset() if rows else frozenset({0}))

    def _lead(self, index: QModelIndex) -> None:
        if index.row() < len(self._dates):
            chosen = self._dates[index.row()]
            self.place_wanted.emit(chosen.table, chosen.key)


def _words(each: NextDate) -> str:
    return f"{each.text}, overdue" if each.overdue else each.text
