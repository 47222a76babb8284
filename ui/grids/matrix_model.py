"""A grid with months across and sums of calendar years, whose rows are read when they are first shown."""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from planner.changes import ChangeSet
from planner.errors import InvalidValueError, PlannerError
from planner.fields import Field
from planner.fields.kinds import Fixed
from planner.plan import Plan
from planner.units import Month
from ui.grids.formats import LEFT, RIGHT, month_heading, muted, shaded
from ui.grids.grid_model import ROOT, GridModel, Index, Number, RefusedError, Role, Spot
from ui.grids.matrix_source import DeliverySource, DemandSource, Key, MatrixCell, MatrixEdit, MatrixSource
from ui.plan_signals import PlanSignals

# Rows whose cells are kept: several screens, and little of a plan with a million deliveries.
ROWS_KEPT = 512
_NO_CELL = MatrixCell(0)


@dataclass(frozen=True, slots=True)
class YearSum:
    """The column with the sum of the months of a calendar year that are shown."""

    year: int


Column = Month | YearSum


class MatrixModel(GridModel):
    """Rows of a source down, the months from `start` to `end` across, each calendar year followed by its sum."""

    def __init__(
        self,
        source: MatrixSource,
        signals: PlanSignals,
        *,
        start: Month,
        end: Month,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source = source
        self._columns = _layout(start, end)
        self._rows = source.rows()
        self._places = {row.key: at for at, row in enumerate(self._rows)}
        self._cells: OrderedDict[Key, Mapping[Month, MatrixCell]] = OrderedDict()
        signals.changed.connect(self.follow)

    @property
    def frozen_columns(self) -> int:
        """The columns that say which row it is."""
        return len(self._source.headings)

    def set_horizon(self, start: Month, end: Month) -> None:
        """Show other months."""
        self.beginResetModel()
        self._columns = _layout(start, end)
        self._reasons = {}
        self.endResetModel()

    def reload(self) -> None:
        """Read everything anew."""
        self.beginResetModel()
        self._rows = self._source.rows()
        self._places = {row.key: at for at, row in enumerate(self._rows)}
        self._cells.clear()
        self._reasons = {}
        self.endResetModel()

    def key_at(self, row: int) -> Key | None:
        """Return what identifies a row."""
        return self._rows[row].key if 0 <= row < len(self._rows) else None

    def month_at(self, column: int) -> Month | None:
        """Return the month of a column; None for labels and sums."""
        head = self._head(column)
        return head if isinstance(head, Month) else None

    def column_of(self, month: Month) -> int | None:
        """Return the column of a month; None when it is not shown."""
        return self.frozen_columns + self._columns.index(month) if month in self._columns else None

    def _head(self, column: int) -> Column | None:
        return self._columns[column - self.frozen_columns] if column >= self.frozen_columns else None

    def field(self, column: int) -> Field | None:
        """Return the field of the values; None for labels and sums."""
        return self._source.field if self.month_at(column) is not None else None

    def spot_key(self, spot: Spot) -> Hashable:
        """Return the key of the row and the month."""
        return self.key_at(spot[0]), self._head(spot[1]) or spot[1]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows of the source."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count labels, months and sums."""
        return 0 if parent.isValid() else self.frozen_columns + len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Months can be edited unless they are locked or the plan is read-only."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        month = self.month_at(index.column())
        if month is None or self._source.read_only or self._cell(index.row(), month).locked:
            return flags
        return flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Head months with their name and sums with year and unit."""
        if orientation == Qt.Orientation.Vertical:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < self.columnCount():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._heading(section)
            case Qt.ItemDataRole.ToolTipRole:
                return self._explanation(section)
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT if section < self.frozen_columns else RIGHT
            case _:
                return None

    def _heading(self, column: int) -> str:
        head = self._head(column)
        if head is None:
            return self._source.headings[column]
        return month_heading(head) if isinstance(head, Month) else f"{head.year} ({self._source.field.unit})"

    def _explanation(self, column: int) -> str | None:
        head, unit = self._head(column), self._source.field.unit
        if isinstance(head, YearSum):
            return f"Sum of the months of {head.year} that are shown, {unit}"
        return None if head is None else f"{head}, {unit}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a label, a month's value or a year's sum, in the locale."""
        if not index.isValid():
            return None
        row, head = index.row(), self._head(index.column())
        if head is None:
            return self._label_data(row, index.column(), role)
        refusal = self.refusal_data((row, index.column()), role)
        if refusal is not None:
            return refusal
        value = self._value(row, head)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            grouping = role == Qt.ItemDataRole.DisplayRole
            return self._source.field.format(value, self.locale, grouping=grouping)
        if role == Role.NUMBER:
            kind = self._source.field.kind
            return Number(kind.seen(value), kind.unit) if value is not None and isinstance(kind, Fixed) else None
        return self._look(head, self._cell(row, head) if isinstance(head, Month) else _NO_CELL, role)

    def _label_data(self, row: int, column: int, role: int) -> object:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._rows[row].labels[column]
        return LEFT if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _look(self, head: Column, cell: MatrixCell, role: int) -> object:
        is_sum = isinstance(head, YearSum)
        match role:
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT
            case Qt.ItemDataRole.FontRole if cell.strong or is_sum:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case Qt.ItemDataRole.ForegroundRole if cell.locked:
                return muted()
            case Qt.ItemDataRole.BackgroundRole if is_sum:
                return shaded()
            case Qt.ItemDataRole.ToolTipRole:
                return cell.tip or None
            case _:
                return None

    def numbers(self, spots: list[Spot]) -> list[Number]:
        """Leave the sums of years out where months are selected too."""
        months = [spot for spot in spots if self.month_at(spot[1]) is not None]
        return super().numbers(months or spots)

    def _row_cells(self, row: int) -> Mapping[Month, MatrixCell]:
        key = self._rows[row].key
        found = self._cells.get(key)
        if found is None:
            found = self._cells[key] = self._source.cells(key)
            if len(self._cells) > ROWS_KEPT:
                self._cells.popitem(last=False)
        else:
            self._cells.move_to_end(key)
        return found

    def _cell(self, row: int, month: Month) -> MatrixCell:
        return self._row_cells(row).get(month, _NO_CELL)

    def _value(self, row: int, head: Column) -> int | None:
        """Return kg or kWh; None where there is nothing, which is not zero."""
        cells = self._row_cells(row)
        if isinstance(head, Month):
            return cells[head].value if head in cells else None
        months = (month for month in self._columns if isinstance(month, Month) and month.year == head.year)
        found = [cells[month].value for month in months if month in cells]
        return sum(found) if found else None

    def write(self, texts: Mapping[Spot, str]) -> None:
        """Set months as one edit; labels and sums may be in a block when they say what stands there."""
        if self._source.read_only:
            raise PlannerError(self._source.read_only)
        if any(row >= len(self._rows) for row, _ in texts):
            raise RefusedError("The block has more rows than there are here.", {})
        reasons: dict[Spot, str] = {}
        values: dict[Spot, int | None] = {}
        for spot, text in texts.items():
            try:
                values[spot] = self._parsed(spot, text)
            except InvalidValueError as error:
                reasons[spot] = error.reason
        for spot in texts:
            if spot not in reasons and (reason := self._objection(spot, texts[spot], values)) is not None:
                reasons[spot] = reason
        _refuse(reasons)
        edits = [
            MatrixEdit(self._rows[row].key, month, value)
            for (row, column), value in values.items()
            if (month := self.month_at(column)) is not None
        ]
        if edits:
            self._source.write(edits)

    def _parsed(self, spot: Spot, text: str) -> int | None:
        if self._head(spot[1]) is None or not text.strip():
            return None
        value = self._source.field.parse(text, self.locale)
        return value if isinstance(value, int) else None

    def _objection(self, spot: Spot, text: str, values: Mapping[Spot, int | None]) -> str | None:
        """Return why a text may not stand at a cell that is not free."""
        row, column = spot
        head = self._head(column)
        if head is None:
            return None if text == self._rows[row].labels[column] else "it says which row this is and stays as it is"
        if isinstance(head, Month):
            cell = self._cell(row, head)
            return cell.tip if cell.locked and values[spot] != cell.value else None
        if not text.strip():
            return None
        months = {m: c for c, m in enumerate(self._columns, self.frozen_columns) if isinstance(m, Month)}
        year = [
            values[row, at] if (row, at) in values else self._value(row, month)
            for month, at in months.items()
            if month.year == head.year
        ]
        if values[spot] == sum(value or 0 for value in year):
            return None
        return f"it is the sum of {head.year}; paste the months of one year at a time"

    def blamed(self, texts: Mapping[Spot, str], error: PlannerError) -> dict[Spot, str]:
        """Return the only cell of an edit; which of many an error is about, its sentence says."""
        return dict.fromkeys(texts, str(error)) if len(texts) == 1 else {}

    def follow(self, changes: ChangeSet) -> None:
        """Read anew the rows that an edit touched, when they are next shown."""
        if self._source.moves_rows(changes) and not self._follow_rows():
            self.reload()
            return
        keys = self._source.touched(changes)
        if keys is None:
            self._cells.clear()
            self._changed(0, len(self._rows) - 1)
            return
        for key in keys:
            self._cells.pop(key, None)
            if key in self._places:
                self._changed(self._places[key], self._places[key])

    def _follow_rows(self) -> bool:
        """Take over new labels; False when there are other rows than before."""
        rows = self._source.rows()
        if [row.key for row in rows] != [row.key for row in self._rows]:
            return False
        relabelled = [at for at, row in enumerate(rows) if row != self._rows[at]]
        self._rows = rows
        for at in relabelled:
            self._changed(at, at)
        return True

    def _changed(self, first: int, last: int) -> None:
        if last >= first and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))


def delivery_model(
    plan: Plan, signals: PlanSignals, *, start: Month, end: Month, parent: QObject | None = None
) -> MatrixModel:
    """Return the grid of deliveries: lines down, months across, t in each line's basis."""
    return MatrixModel(DeliverySource(plan), signals, start=start, end=end, parent=parent)


def demand_model(
    plan: Plan, signals: PlanSignals, *, start: Month, end: Month, parent: QObject | None = None
) -> MatrixModel:
    """Return the grid of demand: programmes down, months across, GWh."""
    return MatrixModel(DemandSource(plan), signals, start=start, end=end, parent=parent)


def _layout(start: Month, end: Month) -> tuple[Column, ...]:
    months = [start.plus(offset) for offset in range(end - start + 1)]
    columns: list[Column] = []
    for month in months:
        columns.append(month)
        if month == end or month.plus(1).year != month.year:
            columns.append(YearSum(month.year))
    return tuple(columns)


def _refuse(reasons: Mapping[Spot, str]) -> None:
    if not reasons:
        return
    reason = next(iter(reasons.values()))
    if len(reasons) == 1:
        raise RefusedError(f"Nothing was changed: {reason}.", reasons)
    raise RefusedError(f"Nothing was changed: {len(reasons)} cells are not right. The first: {reason}.", reasons)
