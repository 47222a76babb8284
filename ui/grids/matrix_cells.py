"""The cells of a grid with months across: what each shows, how it looks, how it is marked."""

from collections.abc import Collection, Hashable, Iterator

from PySide6.QtCore import QModelRoleData, QModelRoleDataSpan, QObject, QSize, Qt

from planner.exchange.extract import Extract
from planner.fields import Field
from planner.fields.quantities import Fixed
from planner.units import Month
from ui.grids.formats import LEFT, RIGHT
from ui.grids.grid_model import ROOT, GridModel, Index, Mark, Number, Role, Spot
from ui.grids.matrix_columns import Columns, Head, Label, Total, YearSum
from ui.grids.matrix_lines import LINES_KEPT, LineCache, ShownRow
from ui.grids.matrix_looks import GROUND, LOOK_ROLES, Look, Looks, Style
from ui.grids.matrix_rows import MatrixRows
from ui.grids.matrix_sizes import Sizes
from ui.grids.matrix_source import Key, MatrixLine, MatrixNote, MatrixSource
from ui.grids.months_shown import months_shown

# Looked up once: Qt asks a grid for its cells thousands of times for each frame.
_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_TIP, _NUMBER = int(Qt.ItemDataRole.ToolTipRole), int(Role.NUMBER)
_SIZE = int(Qt.ItemDataRole.SizeHintRole)
_ASKED_ALONE = frozenset({_EDIT, _TIP, _NUMBER, _SIZE})
_SELECTABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _SELECTABLE | Qt.ItemFlag.ItemIsEditable


class MatrixCells(GridModel):
    """Rows of a source down, the months from `start` to `end` across, each calendar year followed by its sum."""

    def __init__(self, source: MatrixSource, *, start: Month, end: Month, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._field = source.field
        self._columns = Columns(source, start, end)
        self._rows = MatrixRows(source.rows())
        self._lines = LineCache(source)
        self._shown: dict[int, ShownRow] = {}
        self._looks = Looks()
        self._sizes = Sizes(self._field, self.locale)

    @property
    def frozen_columns(self) -> int:
        """The columns that say which row it is, and what stands beside it in all."""
        return self._columns.frozen

    @property
    def read_only(self) -> str | None:
        """What the source says."""
        return self._source.read_only

    def restyle(self) -> None:
        """Take the colours of the palette anew."""
        self._looks.clear()
        self._sizes = Sizes(self._field, self.locale)
        self._shown.clear()

    def key_at(self, row: int) -> Key | None:
        """Return what identifies a row."""
        return self._rows.shown[row].key if 0 <= row < len(self._rows) else None

    def row_of(self, key: Key) -> int | None:
        """Return where a row stands; None when it is not shown."""
        return self._rows.places.get(key)

    def month_at(self, column: int) -> Month | None:
        """Return the month of a column; None for labels and sums."""
        head = self._columns.heads[column]
        return head if isinstance(head, Month) else None

    def column_of(self, month: Month) -> int | None:
        """Return the column of a month; None when it is not shown."""
        return self._columns.place(month)

    def field(self, column: int) -> Field | None:
        """Return the field of the values; None for what cannot be typed."""
        return None if column < self.frozen_columns else self._field

    def as_shown(self) -> Extract:
        """Return labels, totals, months and sums of the rows in sight."""
        return months_shown(self._source, self._columns, tuple(self._rows.shown), self._source.title)

    def fills(self, column: int) -> bool:
        """Months are filled; sums among them are left out."""
        return self.month_at(column) is not None

    def spot_key(self, spot: Spot) -> Hashable:
        """Return the key of the row, and what heads the column."""
        return self.key_at(spot[0]), self._columns.heads[spot[1]]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the rows that are shown."""
        return 0 if parent.isValid() else len(self._rows.shown)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count labels, totals, months and sums."""
        return 0 if parent.isValid() else len(self._columns.heads)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Months and sums can be edited unless they are locked or the plan is read-only."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        column = index.column()
        if column < self._columns.frozen or self.read_only is not None:
            return _SELECTABLE
        locked = self._at(index.row()).line.locked
        return _SELECTABLE if locked and self._columns.heads[column] in locked else _EDITABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Head months with their name and sums with year and unit."""
        if orientation == Qt.Orientation.Vertical:
            return "" if role == _DISPLAY else None
        if not 0 <= section < len(self._columns):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._columns.heading(section)
            case Qt.ItemDataRole.ToolTipRole:
                return self._columns.explanation(section)
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT if isinstance(self._columns.heads[section], Label) else RIGHT
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a label, a total, a month's value or a year's sum, in the locale; its look."""
        row, column = index.row(), index.column()
        if row < 0:
            return None
        shown = self._shown.get(row) or self._at(row)
        if role == _DISPLAY:
            return shown.texts[column] or self._write(shown, row, column)
        if role in LOOK_ROLES:
            if role == GROUND and self._reasons and (ground := self.refusal_data((row, column), role)) is not None:
                return ground
            return (shown.looks[column] or self._dress(shown, column)).get(role)
        return self._seldom((row, column), role)

    def multiData(self, index: Index, asked: QModelRoleDataSpan | QModelRoleData) -> None:
        """Answer at once all that a delegate asks before it paints a cell, which is quicker than role by role."""
        if not isinstance(asked, QModelRoleDataSpan):
            raise TypeError(asked)
        row, column = index.row(), index.column()
        shown = self._shown.get(row) or self._at(row)
        text = shown.texts[column] or self._write(shown, row, column)
        look = shown.looks[column] or self._dress(shown, column)
        refused = self.refusal_data((row, column), GROUND) if self._reasons else None
        for at in range(asked.size()):
            each = asked[at]  # type: ignore[index]  # a sequence, which the stubs do not know
            role = each.role()
            if role == _DISPLAY:
                each.setData(text)
            elif role == GROUND and refused is not None:
                each.setData(refused)
            elif role in look:
                each.setData(look[role])
            elif role in _ASKED_ALONE:
                each.setData(self.data(index, role))
            else:
                each.clearData()

    def _write(self, shown: ShownRow, row: int, column: int) -> str:
        text = shown.texts[column]
        if text is None:
            text = shown.texts[column] = self._text(row, column, grouping=True)
        return text

    def _dress(self, shown: ShownRow, column: int) -> Look:
        return shown.dress(column, self._looks.of(self._style(shown.line, self._columns.heads[column])))

    def _at(self, row: int) -> ShownRow:
        shown = self._shown.get(row)
        if shown is None:
            if len(self._shown) >= LINES_KEPT:
                self._shown.clear()
            shown = self._shown[row] = ShownRow(self._lines.line(self._rows.shown, row), len(self._columns))
        return shown

    def _size(self, shown: ShownRow, head: Head) -> QSize | None:
        """Return the room of a number; Qt measures the labels by itself."""
        if isinstance(head, Label):
            return None
        if isinstance(head, Total):
            return self._sizes.of_total(shown.line.totals[head.place])
        strong = isinstance(head, YearSum)
        if strong not in shown.sizes:
            numbers = shown.sums if strong else shown.line.values
            return shown.keep_size(self._sizes.of(numbers.values(), strong=strong), strong=strong)
        return shown.sizes[strong]

    def _seldom(self, spot: Spot, role: int) -> object:
        """Return what is asked for one cell at a time, or once for a column."""
        if role == _EDIT:
            return self._text(*spot, grouping=False)
        if role == _TIP:
            return self.refusal_data(spot, role) or self.sentence(spot) or None
        if role == _NUMBER:
            value, kind = self._value(*spot), self._field.kind
            unit = self._rows.shown[spot[0]].unit or kind.unit
            return Number(kind.seen(value), unit) if value is not None and isinstance(kind, Fixed) else None
        return self._size(self._at(spot[0]), self._columns.heads[spot[1]]) if role == _SIZE else None

    def _text(self, row: int, column: int, *, grouping: bool) -> str:
        head = self._columns.heads[column]
        if isinstance(head, Label):
            return self._rows.shown[row].labels[head.place]
        value = self._value(row, column)
        return "" if value is None else self._field.format(value, self.locale, grouping=grouping)

    def _value(self, row: int, column: int) -> int | None:
        """Return kg or kWh; None where there is nothing, which is not zero."""
        shown = self._at(row)
        match self._columns.heads[column]:
            case Label():
                return None
            case Total(place):
                return shown.line.totals[place]
            case YearSum(year):
                return shown.sums.get(year)
            case month:
                return shown.line.values.get(month)

    def _style(self, line: MatrixLine, head: Head) -> Style:
        match head:
            case Label():
                return Style(number=False)
            case Total():
                return Style()
            case YearSum():
                return Style(strong=True, shaded=True)
            case month:
                return Style(strong=month in line.strong, muted=month in line.locked, shaded=line.is_outside(month))

    def marks_in(self, rows: range, columns: Collection[int]) -> Iterator[tuple[Spot, Mark]]:
        """Return the sums and totals that are marked."""
        noted = [column for column in columns if column in self._columns.noted]
        for row in rows:
            for column in noted:
                note = self._note(row, column)
                if note is not None and note.mark is not None:
                    yield (row, column), note.mark

    def _note(self, row: int, column: int) -> MatrixNote | None:
        head = self._columns.heads[column]
        if isinstance(head, YearSum):
            return self._at(row).note(head.year)
        if isinstance(head, Total):
            line = self._at(row).line
            return line.total_note if head.place == len(line.totals) - 1 else None
        return None

    def sentence(self, spot: Spot) -> str:
        """Return what there is to say about a cell: limits of a year, why a month is locked or shaded; or nothing."""
        row, column = spot
        head = self._columns.heads[column]
        if not isinstance(head, Month):
            note = self._note(row, column)
            return "" if note is None else note.say()
        line = self._at(row).line
        tips = (line.locked.get(head), line.strong.get(head), line.term_tip if line.is_outside(head) else "")
        return ". ".join(tip for tip in tips if tip)

    def numbers(self, spots: list[Spot]) -> list[Number]:
        """Leave totals and the sums of years out where months are selected too."""
        months = [spot for spot in spots if isinstance(self._columns.heads[spot[1]], Month)]
        return super().numbers(months or spots)
