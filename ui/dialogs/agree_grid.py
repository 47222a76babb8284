"""The grid in which volumes are agreed: a line of the contract down, its ramp-up and its contract years across."""

from collections.abc import Hashable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont

from planner.analysis.terms.agreed import PERCENTS, RAMP_YEARS, AgreedLine
from planner.analysis.terms.ramp import Shape, format_percents, parse_percents
from planner.errors import InvalidValueError
from planner.fields import Choice, Field, Value, declare
from planner.fields.kinds import LineNumber, Text
from planner.fields.quantities import Mass
from planner.fields.typed import parse_typed
from planner.model import Line
from ui.grids.formats import LEFT, RIGHT, alignment, muted, shown, typed
from ui.grids.grid_model import ROOT, GridModel, Index, Number, RefusedError, Role, Spot

SHAPES = Choice(words=(("flat", "Flat"), ("linear", "Linear"), ("s-curve", "S-curve"), ("percent", "By %")))
_SHAPES: dict[str, Shape] = {"linear": "linear", "s-curve": "s-curve", "percent": "percent"}
_MASS = Mass()


def _optional(name: str, title: str, kind: Mass | LineNumber | Text | Choice, tip: str) -> Field:
    return declare(name, title, kind, tip).bound(name, required=False, default=None)


FULL = _optional("full_t", "Full volume a year", _MASS, "What is delivered in a year once the ramp-up is over.")
RAMP = _optional("ramp", "Ramp-up", SHAPES, "How the first contract years rise to the full volume.")
STEPS = _optional(
    "ramp_years", "Years to full", LineNumber(highest=50), "The contract year that is the first full one."
)
SHARES = _optional("percents", "Shares", Text(200), "The share of each year in %, as 20/50/80/100; the last one holds.")
PARAMETERS = (FULL, RAMP, STEPS, SHARES)
FIRST_YEAR = 1 + len(PARAMETERS)


class AgreedModel(GridModel):
    """Lines with what is agreed for them; nothing is in the plan yet.

    `months` says how many months each contract year has, `titles` what people call it.
    """

    def __init__(
        self,
        lines: Mapping[Line, AgreedLine],
        months: Mapping[int, int],
        titles: Mapping[int, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lines = tuple(lines)
        self._agreed = list(lines.values())
        self._months = dict(months)
        self._years = {
            year: _optional(f"agreed_{year}", titles[year], _MASS, f"The contract year that starts in {year}.")
            for year in months
        }
        self._tried: tuple[int, AgreedLine] | None = None

    @property
    def agreed(self) -> dict[int, dict[int, int]]:
        """What is agreed as it is shown, in kg by line number and contract year."""
        found: dict[int, dict[int, int]] = {}
        for at, line in enumerate(self._lines):
            years = self._row(at).years(self._months)
            found[line.line] = {year: kg for year, kg in years.items() if kg is not None}
        return found

    @property
    def frozen_columns(self) -> int:
        """The material stays in sight."""
        return 1

    def column_of(self, year: int) -> int:
        """Return the column of a contract year."""
        return FIRST_YEAR + list(self._years).index(year)

    def field(self, column: int) -> Field | None:
        """Return the field of a column; None for the material and the total."""
        fields = (*PARAMETERS, *self._years.values())
        return fields[column - 1] if 1 <= column <= len(fields) else None

    def spot_key(self, spot: Spot) -> Hashable:
        """Rows and columns never move."""
        return spot

    def rowCount(self, parent: Index = ROOT) -> int:
        """Count the lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Count material, parameters, contract years and total."""
        return 0 if parent.isValid() else FIRST_YEAR + len(self._years) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All but material and total can be edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return flags if self.field(index.column()) is None else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Head columns with title and unit."""
        if orientation == Qt.Orientation.Vertical or not 0 <= section < self.columnCount():
            return None
        field = self.field(section)
        ends = ("Line", LEFT) if section == 0 else ("Total (t)", RIGHT)
        if role == Qt.ItemDataRole.DisplayRole:
            return ends[0] if field is None else field.heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ends[1] if field is None else alignment(field)
        return field.help if role == Qt.ItemDataRole.ToolTipRole and field is not None else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell in the locale; a year that was given by hand is bold, what cannot be typed is muted."""
        field = self.field(index.column())
        spot = index.row(), index.column()
        if not index.isValid() or field is None:
            return self._end_data(spot, role) if index.isValid() else None
        value = self.value(spot)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return (shown if role == Qt.ItemDataRole.DisplayRole else typed)(field, value, self.locale)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(field)
        if role == Qt.ItemDataRole.FontRole:
            return bold() if self._year(spot[1]) in self._row(spot[0]).typed else None
        if role == Role.NUMBER:
            return Number(_MASS.seen(value), _MASS.unit) if field.kind == _MASS and value is not None else None
        return self.refusal_data(spot, role)

    def _end_data(self, spot: Spot, role: int) -> object:
        line = self._lines[spot[0]]
        total = sum(kg or 0 for kg in self._row(spot[0]).years(self._months).values())
        first = spot[1] == 0
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                name = f"{line.line}  {line.material}, {line.volume_basis}"
                return name if first else _MASS.format(total, self.locale, grouping=True)
            case Qt.ItemDataRole.TextAlignmentRole:
                return LEFT if first else RIGHT
            case Qt.ItemDataRole.ForegroundRole:
                return muted()
            case Role.NUMBER if not first:
                return Number(_MASS.seen(total), _MASS.unit)
            case _:
                return self.refusal_data(spot, role)

    def value(self, spot: Spot) -> Value:
        """Return the value of a cell; of the ramp-up, only what its shape asks for."""
        row = self._row(spot[0])
        year = self._year(spot[1])
        if year is not None:
            return row.years(self._months)[year]
        if row.full_kg is None and row.shape == "flat":
            return None
        values: dict[str, Value] = {
            FULL.name: row.full_kg,
            RAMP.name: row.shape,
            STEPS.name: row.ramp_years if row.shape in {"linear", "s-curve"} else None,
            SHARES.name: format_percents(row.percents, self.locale) if row.shape == "percent" else None,
        }
        return values[PARAMETERS[spot[1] - 1].name]

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write the text of an editor in the place of what was tried."""
        self.stop_trying()
        return super().setData(index, value, role)

    def write(self, texts: Mapping[Spot, str]) -> None:
        """Take a block of cells in; RefusedError when one of them is not right."""
        self.stop_trying()
        rows = dict(enumerate(self._agreed))
        reasons: dict[Spot, str] = {}
        for spot, text in sorted(texts.items()):
            try:
                rows[spot[0]] = self._with(rows.get(spot[0]), spot[1], text)
            except InvalidValueError as error:
                reasons[spot] = error.reason
        if reasons:
            first = next(iter(reasons.values()))
            raise RefusedError(first[:1].upper() + first[1:] + ".", reasons)
        self._agreed = list(rows.values())
        self._tell()

    def try_text(self, spot: Spot, text: str) -> None:
        """Show what a text would come to while it is being typed; nothing of it stays."""
        try:
            self._tried = spot[0], self._with(self._agreed[spot[0]], spot[1], text)
        except InvalidValueError:
            self._tried = None
        self._tell()

    def stop_trying(self) -> None:
        """Show what holds."""
        if self._tried is not None:
            self._tried = None
            self._tell()

    def _row(self, row: int) -> AgreedLine:
        return self._tried[1] if self._tried is not None and self._tried[0] == row else self._agreed[row]

    def _year(self, column: int) -> int | None:
        at = column - FIRST_YEAR
        return list(self._years)[at] if 0 <= at < len(self._years) else None

    def _with(self, row: AgreedLine | None, column: int, text: str) -> AgreedLine:
        """Return a line with one cell as typed; InvalidValueError says why that cannot be."""
        field = self.field(column)
        if row is None:
            raise InvalidValueError("line", "the block has more rows than the contract has lines")
        if field is None:
            raise InvalidValueError(
                "line", "the material and the total are not typed here; leave them out of the block"
            )
        if field is SHARES:
            return _with_shares(row, text, self.locale)
        value = parse_typed(field, text, self.locale)
        year = self._year(column)
        return _with_parameter(row, field, value) if year is None else _with_year(row, year, value)

    def _tell(self) -> None:
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)


def bold() -> QFont:
    """Return the hand of what a person gave."""
    font = QFont()
    font.setBold(True)
    return font


def _with_year(row: AgreedLine, year: int, value: Value) -> AgreedLine:
    typed_years = {each: kg for each, kg in row.typed.items() if each != year}
    if isinstance(value, int):
        typed_years[year] = value
    return replace(row, typed=typed_years)


def _with_shares(row: AgreedLine, text: str, locale: str) -> AgreedLine:
    if text.strip():
        return replace(row, percents=parse_percents(text, locale), shape="percent")
    return replace(row, percents=PERCENTS, shape="flat" if row.shape == "percent" else row.shape)


def _with_parameter(row: AgreedLine, field: Field, value: Value) -> AgreedLine:
    if field is FULL:
        return replace(row, full_kg=value if isinstance(value, int) else None)
    if field is STEPS:
        # Who says in how many years wants a ramp-up: a straight one, unless it is an S already.
        years = value if isinstance(value, int) else RAMP_YEARS
        return replace(row, ramp_years=years, shape="s-curve" if row.shape == "s-curve" else "linear")
    return replace(row, shape=_SHAPES.get(str(value), "flat"))
