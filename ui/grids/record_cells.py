"""The records of any table as a grid to look at: which columns and rows are in sight, in which order, how marked."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt

from planner.changes import ChangeSet
from planner.exchange.extract import Extract
from planner.exchange.sheet_extract import some_records
from planner.fields import Field, Reference, Value
from planner.fields.quantities import Fixed
from planner.model import Record, table_named
from planner.plan import Plan, Row
from planner.sheet import SortBy, parse_filter
from ui.grids.formats import alignment, muted, shown, typed
from ui.grids.grid_model import ROOT, GridModel, Index, Number, Role, SortKey, Spot, reading_only
from ui.grids.record_blank import BlankRow
from ui.grids.record_find import Wanted
from ui.grids.record_marks import RecordMarks
from ui.grids.record_rows import RecordRows
from ui.grids.references import described, referenced
from ui.plan_signals import PlanSignals

BLANK_ID = 0
_UNSORTED = -1
_TEXTS_KEPT = 4_096
# Looked up once: Qt asks a grid for its cells thousands of times for each frame.
_DISPLAY, _EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
_ALIGNMENT, _INK = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.ForegroundRole)
_GROUND, _TIP, _NUMBER = int(Qt.ItemDataRole.BackgroundRole), int(Qt.ItemDataRole.ToolTipRole), int(Role.NUMBER)
_DOWN = Qt.Orientation.Vertical
_READ = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_WRITTEN = _READ | Qt.ItemFlag.ItemIsEditable


class RecordCells(GridModel):
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
        out = frozenset(hidden)
        self._all = tuple(f for f in self._table.fields if f.name not in out and f.attr not in (where or {}))
        self._choose(self._all)
        self._growable = growable and self.read_only is None
        self._texts: dict[int, tuple[str, ...]] = {}
        self._marks = RecordMarks(plan, self._table)
        self._blank = BlankRow(plan, self._table)
        self._rows = RecordRows(plan, self._table, where or {})
        signals.changed.connect(self.follow)
        # The signals live as long as the window, which waits for its jobs before it closes the plan.
        self._rows.read_ahead(signals)

    def follow(self, changes: ChangeSet) -> None:
        """Take over what an edit did to these rows."""
        raise NotImplementedError

    def _choose(self, fields: tuple[Field, ...]) -> None:
        self._fields = fields
        self._columns = {field.attr: column for column, field in enumerate(fields)}
        self._alignments = tuple(map(alignment, fields))

    @property
    def table(self) -> str:
        """The name of the table."""
        return self._table.name

    @property
    def where(self) -> dict[str, Value]:
        """The values, by attribute, that all its records have."""
        return self._rows.where

    @property
    def read_only(self) -> str | None:
        """The sentence of the plan."""
        return reading_only(self._plan)

    def orders(self, column: int) -> bool:
        """Each column orders the rows."""
        return 0 <= column < len(self._fields)

    def filters(self, column: int) -> bool:
        """Each column can be filtered."""
        return 0 <= column < len(self._fields)

    @property
    def deletes_rows(self) -> bool:
        """Records can be deleted unless the plan is read-only."""
        return self.read_only is None

    @property
    def frozen_columns(self) -> int:
        """The columns of the key, which stand in front."""
        return sum(field.key for field in self._fields)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the fields shown, in order."""
        return tuple(field.name for field in self._fields)

    @property
    def all_columns(self) -> tuple[str, ...]:
        """The names of all fields that may be shown."""
        return tuple(field.name for field in self._all)

    def column_title(self, name: str) -> str:
        """Return the heading of a field; KeyError when it is none of `all_columns`."""
        return {field.name: field.heading for field in self._all}[name]

    def show_columns(self, names: tuple[str, ...]) -> None:
        """Show these fields in this order, those of the key in front; what is not shown neither filters nor sorts."""
        by_name = {field.name: field for field in self._all}
        chosen = tuple(by_name[name] for name in dict.fromkeys(names) if name in by_name and not by_name[name].key)
        with self._anew():
            self._choose((*(field for field in self._all if field.key), *chosen))
            sorting = tuple(key for key in self._rows.sorting if key.attr in self._columns)
            filters = tuple(each for each in self._rows.filters if each.field.attr in self._columns)
            if (sorting, filters) != (self._rows.sorting, self._rows.filters):
                self._rows.sorting, self._rows.filters = sorting, filters
                self._rows.arrange()

    def set_where(self, where: Mapping[str, Value]) -> None:
        """Show the records with other values of the same attributes."""
        if where.keys() != self._rows.where.keys():
            raise ValueError(f"{sorted(where)} are not the columns {sorted(self._rows.where)}")
        with self._anew():
            self._blank.type({})
            self._rows.set_where(where)

    def reload(self) -> None:
        """Read everything anew."""
        with self._anew():
            self._rows.reload()

    @contextmanager
    def _anew(self) -> Iterator[None]:
        """Tell the views that nothing is as it was."""
        self.beginResetModel()
        self._reasons = {}
        self._forget()
        try:
            yield
        finally:
            self.endResetModel()

    def _forget(self) -> None:
        self._texts.clear()
        self._blank.forget_offer()
        self._marks.forget()

    def row_at(self, row: int) -> Row | None:
        """Return the record of a row; None for the blank one."""
        return self._rows.row(row) if 0 <= row < len(self._rows) else None

    def row_of(self, row_id: int) -> int | None:
        """Return where a record stands; None when it is not in sight."""
        return self._rows.places((row_id,)).get(row_id)

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

    def as_shown(self) -> Extract:
        """Return the records in sight with the fields that are shown."""
        return some_records(self._plan, self._table, self._fields, self._rows.ids.copy())

    def codes(self, column: int) -> tuple[str, ...]:
        """Return the codes of the table that the column refers to."""
        kind = self._fields[column].kind
        return referenced(self._plan, kind) if isinstance(kind, Reference) else ()

    def choices(self, column: int) -> tuple[tuple[str, str], ...]:
        """Return those codes, each with the name of its record."""
        kind = self._fields[column].kind
        return described(self._plan, kind) if isinstance(kind, Reference) else ()

    def spot_key(self, spot: Spot) -> Hashable:
        """Return the id of the record and the attribute."""
        return self._id(spot[0]), self._fields[spot[1]].attr

    def _id(self, row: int) -> int:
        return self._rows.id_at(row) if row < len(self._rows) else BLANK_ID

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
        return _WRITTEN if self.read_only is None else _READ

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Head columns with title and unit; mark the blank row, and those that somebody should look at."""
        if orientation == _DOWN:
            return self._row_head(section, role)
        if not 0 <= section < len(self._fields):
            return None
        if role == _DISPLAY:
            return self._fields[section].heading
        if role == _TIP:
            return self._fields[section].help
        return self._alignments[section] if role == _ALIGNMENT else None

    def _row_head(self, row: int, role: int) -> object:
        if role == _TIP:
            return self.row_sentence(row) or None
        if role != _DISPLAY:
            return None
        if not 0 <= row < len(self._rows):
            return "*" if row == self.blank_row else ""
        return self._marks.mark(self._rows.id_at(row), self._marked(row))

    def _marked(self, row: int) -> Record | None:
        """Return the record of a row where there are findings, which know it by its key."""
        found = self._rows.row(row) if self._marks.has_findings else None
        return None if found is None else found.record

    def row_sentence(self, row: int) -> str:
        """Return why a row is marked; empty where it is not."""
        if not 0 <= row < len(self._rows):
            return "Type here to add a record." if row == self.blank_row else ""
        return self._marks.sentence(self._rows.id_at(row), self._marked(row))

    def set_findings(self, sentences: Mapping[tuple[Value, ...], str]) -> None:
        """Mark the records, by their keys, that findings are about."""
        if self._marks.set_findings(sentences):
            self.headerDataChanged.emit(_DOWN, 0, max(0, self.rowCount() - 1))

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return a cell in the locale; `Role.NUMBER` gives the number itself."""
        if role == _DISPLAY:
            texts = self._texts.get(index.row()) or self._written(index.row())
            return texts[index.column()] if texts else None
        if role == _ALIGNMENT:
            return self._alignments[index.column()]
        if role == _INK:
            return self._ink(index.row(), index.column())
        if role in {_EDIT, _NUMBER, _GROUND, _TIP} and index.isValid():
            return self._rare(index, role)
        return None

    def _rare(self, index: Index, role: int) -> object:
        spot = index.row(), index.column()
        if role in {_GROUND, _TIP}:
            return self.refusal_data(spot, role) if self._reasons else None
        field, value = self._fields[spot[1]], self.value(spot)
        if role == _EDIT:
            return typed(field, value, self.locale)
        kind = field.kind
        return Number(kind.seen(value), kind.unit) if isinstance(kind, Fixed) and value is not None else None

    def _ink(self, row: int, column: int) -> object:
        if row < len(self._rows) or row < 0 or self._fields[column].attr in self._blank.typed:
            return None
        return muted()

    def _written(self, row: int) -> tuple[str, ...]:
        """Return the texts of a row, which are kept: it is painted far more often than it changes."""
        if not 0 <= row < self.rowCount():
            return ()
        if len(self._texts) >= _TEXTS_KEPT:
            self._texts.clear()
        found = self.row_at(row)
        if found is not None:
            values = found.record.values()
        else:
            values = {} if row < len(self._rows) else self._blank.values(self._rows.where)
        self._texts[row] = tuple(shown(field, values.get(field.attr), self.locale) for field in self._fields)
        return self._texts[row]

    def value(self, spot: Spot) -> Value:
        """Return the value of a cell; of the blank row, what was typed there so far."""
        row = self.row_at(spot[0])
        attr = self._fields[spot[1]].attr
        if row is None:
            return self._blank.typed.get(attr) if spot[0] >= len(self._rows) else None
        value: Value = getattr(row.record, attr)
        return value

    def filter_text(self, column: int) -> str:
        """Return the filter of a column; empty where there is none."""
        return next((each.text for each in self._rows.filters if each.field == self._fields[column]), "")

    def set_filter(self, column: int, text: str) -> None:
        """Show the records that pass, what was typed since the last time too only if it does; the empty text shows all.

        InvalidValueError when the text is no filter: nothing changes then.
        """
        field = self._fields[column]
        others = tuple(each for each in self._rows.filters if each.field != field)
        new = (parse_filter(text, field, self.locale),) if text.strip() else ()
        if not new and others == self._rows.filters:
            return
        with self._anew():
            self._rows.filters = (*others, *new)
            self._rows.arrange()

    @property
    def sorting(self) -> tuple[SortKey, ...]:
        """What orders the rows, the first counts most."""
        return tuple(SortKey(self._columns[key.attr], key.descending) for key in self._rows.sorting)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; by their key for column -1."""
        down = order == Qt.SortOrder.DescendingOrder
        self.sort_by(() if column == _UNSORTED else (SortKey(column, down),))

    def sort_by(self, keys: tuple[SortKey, ...]) -> None:
        """Order the rows by the values of columns, empty ones last; by their key where nothing is given.

        Later edits move no row: what was typed stays under the eye until the next sort.
        """
        wanted = tuple(SortBy(self._fields[key.column].attr, key.descending) for key in keys)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self._id(index.row()) for index in before]
        self._rows.sort(wanted)
        self._texts.clear()
        places = {**self._rows.places(set(ids)), BLANK_ID: len(self._rows)}
        after = [
            self.index(places[row_id], index.column()) if row_id in places else self.index(-1, -1)
            for index, row_id in zip(before, ids, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def find(
        self, text: str, *, case: bool = False, whole: bool = False, spots: Collection[Spot] | None = None
    ) -> list[Spot]:
        """Return the cells, all or of some, whose shown text contains a text, or is it; from the top, left to right."""
        if not text.strip():
            return []
        wanted = Wanted(text, self.locale, case=case, whole=whole)
        found = wanted.cells(self._rows.sheet, self._rows.ids, self._fields)
        if spots is None:
            return found
        within = frozenset(spots)
        return [spot for spot in found if spot in within]
