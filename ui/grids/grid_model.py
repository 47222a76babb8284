"""What every editable grid has in common: blocks of texts written as one edit, or refused whole with the reasons."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from planner.errors import DependentsError, InvalidValueError, PlannerError
from planner.exchange.extract import Extract
from planner.fields import Field
from planner.plan import Plan
from ui.grids.formats import bad, locale_id

Index = QModelIndex | QPersistentModelIndex
Spot = tuple[int, int]
ROOT = QModelIndex()


class Role(IntEnum):
    """What a cell tells beyond Qt's own roles; ask the model in Python, for values keep their type there."""

    NUMBER = Qt.ItemDataRole.UserRole + 1


class Mark(Enum):
    """What a cell is marked with at its edge: beyond a limit, below one, or that there is something to read."""

    OVER = "over"
    UNDER = "under"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column that orders the rows."""

    column: int
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a cell as people see it, and its unit."""

    value: Decimal
    unit: str


class RefusedError(Exception):
    """A block that was not written: a sentence, and the reason at each bad cell."""

    def __init__(self, sentence: str, reasons: Mapping[Spot, str]) -> None:
        super().__init__(sentence)
        self.reasons = dict(reasons)


def reading_only(plan: Plan) -> str | None:
    """Return the sentence that says why nothing may be written to a plan; None where it may."""
    return None if plan.read_only is None else f"{plan.path.name} is open for reading only. {plan.read_only}"


class GridModel(QAbstractTableModel):
    """The base of grid models; a subclass gives the cells and `write`.

    `refused` carries a sentence for the status bar whenever an edit was not made.
    """

    refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.locale = locale_id()
        self._reasons: dict[Hashable, str] = {}

    @property
    def frozen_columns(self) -> int:
        """How many columns on the left stay in sight."""
        return 0

    @property
    def read_only(self) -> str | None:
        """The sentence that says why nothing may be written; None where it may."""
        return None

    def orders(self, column: int) -> bool:  # noqa: ARG002 - for those that sort
        """Tell whether a click on the heading of a column orders the rows."""
        return False

    @property
    def sortable(self) -> bool:
        """Whether any column orders the rows."""
        return any(map(self.orders, range(self.columnCount())))

    def filters(self, column: int) -> bool:  # noqa: ARG002 - for those that filter
        """Tell whether a text over a column leaves only some rows in sight."""
        return False

    @property
    def filterable(self) -> bool:
        """Whether any column can be filtered."""
        return any(map(self.filters, range(self.columnCount())))

    @property
    def is_filtered(self) -> bool:
        """Whether a filter keeps rows out of sight."""
        return any(map(self.filter_text, range(self.columnCount())))

    def filter_text(self, column: int) -> str:  # noqa: ARG002 - for those that filter
        """Return the filter of a column; empty where there is none."""
        return ""

    def set_filter(self, column: int, text: str) -> None:
        """Show the rows that fit; the empty text shows all. InvalidValueError says why a text is no filter."""

    @property
    def sorting(self) -> tuple[SortKey, ...]:
        """What orders the rows, the first counts most; empty for the order of their key."""
        return ()

    def sort_by(self, keys: tuple[SortKey, ...]) -> None:
        """Order the rows; by their key where nothing is given."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields shown, in order."""
        return ()

    @property
    def column_names(self) -> tuple[str, ...]:
        """A name for each column: that of its field, or its heading."""
        headings = (self.headerData(column, Qt.Orientation.Horizontal) for column in range(self.columnCount()))
        return self.columns or tuple(str(heading or "") for heading in headings)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The names of all fields that may be shown."""
        return ()

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show these fields in this order; those of the key stay in front."""

    def column_title(self, name: str) -> str:
        """Return what people call a field."""
        return name

    def find(
        self,
        text: str,  # noqa: ARG002 - for those that can be searched
        *,
        case: bool = False,  # noqa: ARG002 - the same
        whole: bool = False,  # noqa: ARG002 - the same
        spots: Collection[Spot] | None = None,  # noqa: ARG002 - the same
    ) -> list[Spot]:
        """Return the cells, all or of some, whose shown text contains a text, or is it; from the top, left to right."""
        return []

    def marks_in(self, rows: range, columns: Collection[int]) -> Iterable[tuple[Spot, Mark]]:  # noqa: ARG002 - for those that mark cells
        """Return the marked ones among the cells of rows and columns: asked once a frame, not cell by cell."""
        return ()

    def row_sentence(self, row: int) -> str:  # noqa: ARG002 - for those that mark rows
        """Return why a row is marked; empty where it is not."""
        return ""

    def as_shown(self) -> Extract | None:
        """Return the rows in sight, as they are now, to be written; None where nothing can be."""
        return None

    def field(self, column: int) -> Field | None:
        """Return the field that a column edits; None where it edits none."""
        raise NotImplementedError

    def fills(self, column: int) -> bool:
        """Tell whether a fill writes into a column among others."""
        return self.field(column) is not None

    def codes(self, column: int) -> tuple[str, ...]:  # noqa: ARG002 - for those that have references
        """Return the codes that a reference in the column may take, in order."""
        return ()

    def choices(self, column: int) -> tuple[tuple[str, str], ...]:
        """Return those codes, each with the words that explain it."""
        return tuple((code, "") for code in self.codes(column))

    def spot_key(self, spot: Spot) -> Hashable:
        """Return what identifies a cell when rows move."""
        raise NotImplementedError

    def write(self, texts: Mapping[Spot, str]) -> None:
        """Make one edit of a block; RefusedError or PlannerError when nothing was written."""
        raise NotImplementedError

    def delete(self, rows: tuple[int, ...], *, cascade: bool) -> None:  # noqa: ARG002 - for those that delete
        """Delete rows as one edit; DependentsError when others depend on them."""
        raise PlannerError("No rows can be deleted here.")

    def numbers(self, spots: list[Spot]) -> list[Number]:
        """Return the numbers of cells, for their sum."""
        found = (self.data(self.index(*spot), Role.NUMBER) for spot in spots)
        return [number for number in found if isinstance(number, Number)]

    @property
    def deletes_rows(self) -> bool:
        """Whether whole rows can be deleted here."""
        return False

    def put(self, texts: Mapping[Spot, str]) -> bool:
        """Write texts at cells as one edit; when any is bad nothing is written, the bad cells are marked, and False.

        Rows beyond the last are new ones, where the model grows.
        """
        self.forget_refusals()
        if not texts:
            return True
        if self._refuses_all():
            return False
        try:
            self.write(texts)
        except RefusedError as refusal:
            self._mark(refusal.reasons)
            self.refused.emit(str(refusal))
        except PlannerError as error:
            self._mark(self.blamed(texts, error))
            self.refused.emit(self._told(error))
        else:
            return True
        return False

    def _refuses_all(self) -> bool:
        """Say why nothing may be written, before anything else that may be wrong; False where it may."""
        if self.read_only is None:
            return False
        self.refused.emit(self.read_only)
        return True

    def _told(self, error: PlannerError) -> str:
        """Return the sentence of an error, a field by the title that heads its column."""
        if not isinstance(error, InvalidValueError):
            return str(error)
        fields = (self.field(column) for column in range(self.columnCount()))
        title = next((field.title for field in fields if field is not None and field.name == error.field), error.field)
        return f"{title}: {error.reason}."

    def paste(self, top: int, left: int, block: tuple[tuple[str, ...], ...]) -> bool:
        """Write a block with its corner at a cell as one edit; refused whole when it is wider than the grid."""
        if self._refuses_all():
            return False
        width = max(map(len, block), default=0)
        if left + width > self.columnCount():
            self.refused.emit(f"The block is {width} columns wide, and only {self.columnCount() - left} are left here.")
            return False
        return self.put(
            {(top + down, left + right): text for down, row in enumerate(block) for right, text in enumerate(row)}
        )

    def delete_rows(self, rows: tuple[int, ...], *, cascade: bool = False) -> bool:
        """Delete rows as one edit; DependentsError is for the caller, who may ask whether to take them along."""
        self.forget_refusals()
        try:
            self.delete(rows, cascade=cascade)
        except DependentsError:
            raise
        except PlannerError as error:
            self.refused.emit(str(error))
            return False
        return True

    def blamed(self, texts: Mapping[Spot, str], error: PlannerError) -> dict[Spot, str]:
        """Return which of the cells an error of the plan is about: those of its field, or the only one."""
        spots = list(texts)
        if isinstance(error, InvalidValueError):
            ours = [spot for spot in spots if (field := self.field(spot[1])) and field.name == error.field]
            named = [spot for spot in ours if texts[spot].strip() and repr(texts[spot].strip()) in error.reason]
            return dict.fromkeys(named or ours, error.reason)
        return {spots[0]: str(error)} if len(spots) == 1 else {}

    def reason(self, spot: Spot) -> str | None:
        """Return why the last edit of a cell was refused; None when it was not."""
        return self._reasons.get(self.spot_key(spot)) if self._reasons else None

    @property
    def has_refusals(self) -> bool:
        """Whether the last edit of any cell was refused."""
        return bool(self._reasons)

    def forget_refusals(self) -> None:
        """Unmark all cells."""
        if self._reasons:
            self._reasons = {}
            self._repaint()

    def forget_refusal(self, spot: Spot) -> None:
        """Unmark a cell."""
        if self.reason(spot) is not None:
            del self._reasons[self.spot_key(spot)]
            self._repaint()

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write the text of an editor; False when it was refused, and the old value stays."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text = "" if value is None else str(value)
        if text == self.data(index, Qt.ItemDataRole.EditRole) and self.reason((index.row(), index.column())) is None:
            return True
        return self.put({(index.row(), index.column()): text})

    def refusal_data(self, spot: Spot, role: int) -> object:
        """Return how a refused cell is marked; None for other cells and roles."""
        if role not in {Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        reason = self.reason(spot)
        if reason is None or role == Qt.ItemDataRole.ToolTipRole:
            return reason
        return bad()

    def _mark(self, reasons: Mapping[Spot, str]) -> None:
        inside = {spot: reason for spot, reason in reasons.items() if spot[0] < self.rowCount()}
        self._reasons = {self.spot_key(spot): reason for spot, reason in inside.items()}
        self._repaint()

    def _repaint(self) -> None:
        if self.rowCount() and self.columnCount():
            corners = self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(*corners, [Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ToolTipRole])
