"""The rows of a grid with months: all of them, those that a filter on their labels lets through, and their order."""

from collections.abc import Callable, Sequence

from planner.errors import InvalidValueError
from ui.grids.grid_model import SortKey
from ui.grids.matrix_source import Key, MatrixRow

_QUOTE = '"'


class MatrixRows:
    """Rows of a source by their place in the grid.

    A filter is a text that the label must contain; in quotation marks, one that it must be. Case does not matter.
    Beside the filters only some rows may be let through, by their keys.
    """

    def __init__(self, rows: Sequence[MatrixRow]) -> None:
        self._all = list(rows)
        self._filters: dict[int, str] = {}
        self._only: frozenset[Key] | None = None
        self._sorting: tuple[SortKey, ...] = ()
        self.shown: list[MatrixRow] = []
        self.places: dict[Key, int] = {}
        self._arrange()

    def __len__(self) -> int:
        return len(self.shown)

    @property
    def sorting(self) -> tuple[SortKey, ...]:
        """The labels that order the rows; () for the order of the source."""
        return self._sorting

    def stay_with(self, rows: Sequence[MatrixRow]) -> bool:
        """Tell whether these rows would be shown at the same places as those that are there."""
        return [row.key for row in self._arranged(rows)] == [row.key for row in self.shown]

    def replace(self, rows: Sequence[MatrixRow]) -> None:
        """Take other rows."""
        self._all = list(rows)
        self._arrange()

    def filter_text(self, label: int) -> str:
        """Return the filter on a label; empty for none."""
        return self._filters.get(label, "")

    def set_filter(self, label: int, text: str) -> None:
        """Let only those rows through whose label fits; `text` is what `filter_of` returned."""
        self._filters.pop(label, None)
        if text:
            self._filters[label] = text
        self._arrange()

    @property
    def only(self) -> frozenset[Key] | None:
        """The keys of the rows that are let through; None for all."""
        return self._only

    def let_through(self, only: frozenset[Key] | None) -> None:
        """Let only the rows of these keys through; None for all."""
        self._only = only
        self._arrange()

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    def sort_by(self, keys: tuple[SortKey, ...]) -> None:
        """Order the rows by labels."""
        self._sorting = keys
        self._arrange()

    def _arrange(self) -> None:
        self.shown = self._arranged(self._all)
        self.places = {row.key: at for at, row in enumerate(self.shown)}

    def _arranged(self, rows: Sequence[MatrixRow]) -> list[MatrixRow]:
        tests = [(label, _test(text)) for label, text in self._filters.items()]
        only = self._only
        shown = [
            row
            for row in rows
            if (only is None or row.key in only) and all(fits(row.labels[label]) for label, fits in tests)
        ]
        # The first key counts most, and sorting is stable: it comes last.
        for key in reversed(self._sorting):
            shown.sort(key=_order(key.column), reverse=key.descending)
        return shown


def filter_of(text: str) -> str:
    """Return a filter without the spaces around it; InvalidValueError when it has a quotation mark too many."""
    bare = text.strip()
    if _QUOTE in bare and not (_is_quoted(bare) and bare.count(_QUOTE) == len(_QUOTE * 2)):
        raise InvalidValueError(
            "filter", f'{bare} has a quotation mark too many or too few; write "{bare.strip(_QUOTE)}"'
        )
    return bare


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text[0] == text[-1] == _QUOTE


def _test(text: str) -> Callable[[str], bool]:
    wanted = text.strip(_QUOTE).casefold()
    if _is_quoted(text):
        return lambda label: label.casefold() == wanted
    return lambda label: wanted in label.casefold()


def _order(column: int) -> Callable[[MatrixRow], tuple[int, int, str]]:
    """Numbers by their size, before texts by the alphabet."""

    def key(row: MatrixRow) -> tuple[int, int, str]:
        label = row.labels[column]
        return (0, int(label), "") if label.isdecimal() else (1, 0, label.casefold())

    return key
