"""The records of any table as a grid: one model over the fields that the records declare."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Mapping

from PySide6.QtCore import QObject, Qt

from planner.changes import ChangeSet, Touch
from planner.commands import Cell, CreateRecords, DeleteRecords, PutRecords, SetCells
from planner.errors import InvalidValueError
from planner.fields import Field, Reference, Value
from planner.fields.kinds import Fixed
from planner.model import Record, table_named
from planner.plan import Plan, Row
from ui.grids.formats import alignment, shown, sort_key, typed
from ui.grids.grid_model import ROOT, GridModel, Index, Number, RefusedError, Role, Spot
from ui.grids.references import referenced, renamed
from ui.plan_signals import PlanSignals

_BLANK_ID = 0
_UNSORTED = -1


class RecordModel(GridModel):
    """The records of a table that have the values of `where` (by attribute), then a blank row for a new one.

    Columns of `where` are hidden and filled in for new records; `hidden` names more fields to leave out.
    """

    def __init__(  # noqa: PLR0913 - what makes one grid different from another
        self,
        plan: Plan,
        signals: PlanSignals,
        table: str,
        *,
        where: Mapping[str, Value] | None = None,
        hidden: Iterable[str] = (),
        growable: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._table = table_named(table)
        self._where = dict(where or {})
        out = frozenset(hidden)
        self._fields = tuple(f for f in self._table.fields if f.name not in out and f.attr not in self._where)
        self._columns = {field.attr: column for column, field in enumerate(self._fields)}
        self._growable = growable and plan.read_only is None
        self._adding = False
        self._pending: dict[str, Value] = {}
        self._sorted = (_UNSORTED, Qt.SortOrder.AscendingOrder)
        self._rows = plan.rows(table, self._where)
        signals.changed.connect(self.follow)

    @property
    def table(self) -> str:
        """The name of the table."""
        return self._table.name

    @property
    def where(self) -> dict[str, Value]:
        """The values, by attribute, that all its records have."""
        return dict(self._where)

    @property
    def sortable(self) -> bool:
        """A click on a heading orders the rows."""
        return True

    @property
    def deletes_rows(self) -> bool:
        """Records can be deleted unless the plan is read-only."""
        return self._plan.read_only is None

    def set_where(self, where: Mapping[str, Value]) -> None:
        """Show the records with other values of the same attributes."""
        if where.keys() != self._where.keys():
            raise ValueError(f"{sorted(where)} are not the columns {sorted(self._where)}")
        self._where = dict(where)
        self._pending = {}
        self.reload()

    def reload(self) -> None:
        """Read everything anew."""
        self.beginResetModel()
        self._reasons = {}
        self._rows = self._plan.rows(self._table.name, self._where)
        self._order()
        self.endResetModel()

    def row_at(self, row: int) -> Row | None:
        """Return the record of a row; None for the blank one."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, row_id: int) -> int | None:
        """Return where a record stands; None when it is not here."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), None)

    @property
    def blank_row(self) -> int | None:
        """Where the row for a new record stands; None when there is none."""
        return len(self._rows) if self._growable else None

    def column_of(self, name: str) -> int:
        """Return the column of a field by its outside name; KeyError when it is not shown."""
        return {field.name: column for column, field in enumerate(self._fields)}[name]

    def field(self, column: int) -> Field:
        """Return the field of a column."""
        return self._fields[column]

    def codes(self, column: int) -> tuple[str, ...]:
        """Return the codes of the table that the column refers to."""
        kind = self._fields[column].kind
        return referenced(self._plan, kind) if isinstance(kind, Reference) else ()

    def spot_key(self, spot: Spot) -> Hashable:
        """Return the id of the record and the attribute."""
        row = self.row_at(spot[0])
        return (_BLANK_ID if row is None else row.id), self._fields[spot[1]].attr

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the records and the blank row."""
        return 0 if parent.isValid() else len(self._rows) + self._growable

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count the fields that are shown."""
        return 0 if parent.isValid() else len(self._fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Everything can be edited unless the plan is read-only."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags if self._plan.read_only else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Head columns with title and unit, and the blank row with an asterisk."""
        if orientation == Qt.Orientation.Vertical:
            return ("*" if section == self.blank_row else "") if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self._fields):
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._fields[section].heading
            case Qt.ItemDataRole.ToolTipRole:
                return self._fields[section].help
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(self._fields[section])
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell in the locale; `Role.NUMBER` gives the number itself."""
        if not index.isValid():
            return None
        spot = index.row(), index.column()
        field, value = self._fields[spot[1]], self.value(spot)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(field, value, self.locale)
        if role == Qt.ItemDataRole.EditRole:
            return typed(field, value, self.locale)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(field)
        if role == Role.NUMBER:
            kind = field.kind
            return Number(kind.seen(value), kind.unit) if isinstance(kind, Fixed) and value is not None else None
        return self.refusal_data(spot, role)

    def value(self, spot: Spot) -> Value:
        """Return the value of a cell; of the blank row, what was typed there so far."""
        row = self.row_at(spot[0])
        attr = self._fields[spot[1]].attr
        if row is None:
            return self._pending.get(attr)
        value: Value = getattr(row.record, attr)
        return value

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column's values, empty ones last; by their key for column -1.

        Later edits move no row: what was typed stays under the eye until the next sort.
        """
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.spot_key((index.row(), index.column())) for index in before]
        self._sorted = column, order
        if column == _UNSORTED:
            self._rows = self._plan.rows(self._table.name, self._where)
        self._order()
        places = {row.id: at for at, row in enumerate(self._rows)} | {_BLANK_ID: len(self._rows)}
        after = [
            self.index(places[key[0]], index.column()) if isinstance(key, tuple) else index
            for index, key in zip(before, ids, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _order(self) -> None:
        column, order = self._sorted
        if column == _UNSORTED:
            return
        attr = self._fields[column].attr
        filled = [row for row in self._rows if getattr(row.record, attr) not in {None, ""}]
        empty = [row for row in self._rows if getattr(row.record, attr) in {None, ""}]
        down = order == Qt.SortOrder.DescendingOrder
        self._rows = sorted(filled, key=lambda row: sort_key(getattr(row.record, attr)), reverse=down) + empty

    def write(self, texts: Mapping[Spot, str]) -> None:
        """Make one edit: cells of records that are there, and new records from the blank row on."""
        values = self._parsed(texts)
        changed = {row: given for row, given in values.items() if row < len(self._rows)}
        fresh = {row: given for row, given in values.items() if row >= len(self._rows)}
        if fresh and not self._growable:
            raise RefusedError("The block has more rows than the table, and no rows can be added here.", {})
        self._check(changed)
        created = self._built(fresh, alone=not changed)
        if created:
            self._create(changed, created)
        elif changed:
            cells = (
                Cell(self.table, self._rows[row].id, self._named(attr), value)
                for row, given in changed.items()
                for attr, value in given.items()
            )
            self._plan.run(SetCells(tuple(cells)))

    def _named(self, attr: str) -> str:
        return self._fields[self._columns[attr]].name

    def _parsed(self, texts: Mapping[Spot, str]) -> dict[int, dict[str, Value]]:
        values: dict[int, dict[str, Value]] = {}
        reasons: dict[Spot, str] = {}
        for (row, column), text in sorted(texts.items()):
            field = self._fields[column]
            try:
                # An empty cell of the blank row is one that was not typed yet.
                blank = row >= len(self._rows) and not text.strip()
                values.setdefault(row, {})[field.attr] = None if blank else field.parse(text, self.locale)
            except InvalidValueError as error:
                reasons[row, column] = error.reason
        _refuse(reasons, self._fields)
        return values

    def _check(self, changed: Mapping[int, dict[str, Value]]) -> None:
        """Refuse values that do not fit the rest of their records."""
        reasons: dict[Spot, str] = {}
        for row, given in changed.items():
            record = self._rows[row].record
            try:
                record.of({**record.values(), **given})
            except InvalidValueError as error:
                reasons[row, self._blamed_column(error, given)] = error.reason
        _refuse(reasons, self._fields)

    def _blamed_column(self, error: InvalidValueError, given: Mapping[str, Value]) -> int:
        columns = {field.name: column for column, field in enumerate(self._fields)}
        return columns.get(error.field, self._columns[next(iter(given))])

    def _built(self, fresh: Mapping[int, dict[str, Value]], *, alone: bool) -> tuple[Record, ...]:
        """Return the records that new rows make; a single row that is not complete yet is kept and makes none."""
        records: list[Record] = []
        reasons: dict[Spot, str] = {}
        collecting = alone and fresh.keys() == {len(self._rows)}
        for row, given in fresh.items():
            values = {**self._pending, **given} if row == len(self._rows) else given
            filled = {attr: value for attr, value in values.items() if value is not None and value != ""}
            missing = [f for f in self._table.fields if f.required and f.attr not in filled | self._where]
            if collecting:
                self._collect(filled)
                if missing or not filled:
                    return ()
            elif not filled:
                continue
            try:
                for field in missing:
                    field.emptied()
                records.append(self._table.record.of({**self._where, **filled}))
            except InvalidValueError as error:
                reasons[row, self._blamed_column(error, given)] = error.reason
        _refuse(reasons, self._fields)
        return tuple(records)

    def _collect(self, filled: Mapping[str, Value]) -> None:
        self._pending = dict(filled)
        self._changed(len(self._rows), len(self._rows))

    def _create(self, changed: Mapping[int, dict[str, Value]], created: tuple[Record, ...]) -> None:
        replaced = tuple(
            (self._rows[row].id, self._rows[row].record.of({**self._rows[row].record.values(), **given}))
            for row, given in changed.items()
        )
        self._adding = True
        try:
            self._plan.run(PutRecords(self.table, replaced, created) if replaced else CreateRecords(created))
        finally:
            self._adding = False

    def delete(self, rows: tuple[int, ...], *, cascade: bool) -> None:
        """Delete the records of rows as one edit; what was typed into the blank row is forgotten."""
        if self.blank_row in rows and self._pending:
            self._collect({})
        doomed = tuple(self._rows[row].id for row in rows if row < len(self._rows))
        if doomed:
            self._plan.run(DeleteRecords(self.table, doomed, cascade))

    def follow(self, changes: ChangeSet) -> None:
        """Take over what an edit did to these rows, and nothing more."""
        if renamed(changes, self._table):
            self.reload()
            return
        for touch in changes.touches:
            if touch.table == self.table:
                self._follow(touch)

    def _follow(self, touch: Touch) -> None:
        if touch.rows is None:
            self.reload()
            return
        places = {row.id: at for at, row in enumerate(self._rows)}
        fresh: list[Row] = []
        gone: list[int] = []
        for row_id in sorted(touch.rows):
            row = self._plan.get(self.table, row_id)
            here = row is not None and all(getattr(row.record, a) == v for a, v in self._where.items())
            at = places.get(row_id)
            if row is not None and here and at is None:
                fresh.append(row)
            elif row is not None and here and at is not None and row != self._rows[at]:
                self._rows[at] = row
                self._changed(at, at)
            elif not here and at is not None:
                gone.append(at)
        for at in sorted(gone, reverse=True):
            self.beginRemoveRows(ROOT, at, at)
            del self._rows[at]
            self.endRemoveRows()
        self._take_in(fresh)

    def _take_in(self, fresh: list[Row]) -> None:
        if fresh and self._adding:
            # The first takes the place of the blank row, so that the cursor stays in what was typed: it says so before
            # the others come in, for an insertion changes no row that was there.
            end = len(self._rows)
            self._collect({attr: getattr(fresh[0].record, attr) for attr in self._columns})
            self.beginInsertRows(ROOT, end + 1, end + len(fresh))
            self._rows.extend(fresh)
            self._pending = {}
            self.endInsertRows()
            self._changed(end, end + len(fresh) - 1)
            return
        for row in fresh:
            at = self._place(row)
            self.beginInsertRows(ROOT, at, at)
            self._rows.insert(at, row)
            self.endInsertRows()

    def _place(self, row: Row) -> int:
        if self._sorted[0] != _UNSORTED:
            return len(self._rows)
        keys = [tuple(map(sort_key, self._table.key_of(each.record))) for each in self._rows]
        return bisect_left(keys, tuple(map(sort_key, self._table.key_of(row.record))))

    def _changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._fields) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)


def _refuse(reasons: Mapping[Spot, str], fields: tuple[Field, ...]) -> None:
    if not reasons:
        return
    spot, reason = next(iter(reasons.items()))
    title = fields[spot[1]].title
    if len(reasons) == 1:
        raise RefusedError(f"{title}: {reason}.", reasons)
    raise RefusedError(
        f"Nothing was changed: {len(reasons)} cells are not right. The first, {title}: {reason}.", reasons
    )
