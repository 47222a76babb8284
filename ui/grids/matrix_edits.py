"""What a block of texts means in a grid of months: values of months, sums of years to spread, or why it is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.errors import InvalidValueError
from planner.fields import Field
from planner.fields.typed import parse_typed
from planner.units import Month
from ui.grids.grid_model import RefusedError, Spot
from ui.grids.matrix_columns import Columns, Label, Total, YearSum
from ui.grids.matrix_source import MatrixEdit, MatrixLine, MatrixRow, YearEdit


@dataclass(frozen=True, slots=True)
class Block:
    """The edits that a block of texts stands for."""

    months: list[MatrixEdit]
    years: list[YearEdit]


@dataclass(frozen=True)
class Ground:
    """What a block is written over: columns, rows, and what each row shows."""

    columns: Columns
    rows: Sequence[MatrixRow]
    line: Callable[[int], MatrixLine]
    field: Field
    locale: str

    def total(self, row: int, year: int) -> int | None:
        """Return the sum of a calendar year; None where there is nothing, which is not zero."""
        found = [value for month, value in self.line(row).values.items() if month.year == year]
        return sum(found) if found else None


def edits_of(texts: Mapping[Spot, str], ground: Ground) -> Block:
    """Return the edits of a block; RefusedError names every cell that is not right.

    Labels and totals may be in it when they say what stands there. So may the sum of a year beside months of that
    year; alone, it is what these months shall add up to.
    """
    if any(row >= len(ground.rows) for row, _ in texts):
        raise RefusedError("The block has more rows than there are here.", {})
    reasons: dict[Spot, str] = {}
    values: dict[Spot, int | None] = {}
    for spot, text in texts.items():
        try:
            values[spot] = _parsed(spot, text, ground)
        except InvalidValueError as error:
            reasons[spot] = error.reason
    for spot, text in texts.items():
        if spot not in reasons and (reason := _objection(spot, text, values, ground)) is not None:
            reasons[spot] = reason
    refuse(reasons)
    return Block(_months(values, ground), _years(values, ground))


def refuse(reasons: Mapping[Spot, str]) -> None:
    """Raise RefusedError when there are any reasons."""
    if not reasons:
        return
    reason = next(iter(reasons.values()))
    if len(reasons) == 1:
        raise RefusedError(f"Nothing was changed: {reason}.", reasons)
    raise RefusedError(f"Nothing was changed: {len(reasons)} cells are not right. The first: {reason}.", reasons)


def _parsed(spot: Spot, text: str, ground: Ground) -> int | None:
    if spot[1] < ground.columns.frozen or not text.strip():
        return None
    value = parse_typed(ground.field, text, ground.locale)
    return value if isinstance(value, int) else None


def _objection(spot: Spot, text: str, values: Mapping[Spot, int | None], ground: Ground) -> str | None:
    """Return why a text may not stand at a cell that is not free."""
    row, column = spot
    match ground.columns.heads[column]:
        case Label(place):
            same = text == ground.rows[row].labels[place]
            return None if same else "it says which row this is and stays as it is"
        case Total(place):
            shown = ground.field.format(ground.line(row).totals[place], ground.locale)
            return None if text == shown else "it follows from the volumes and the deliveries and cannot be typed"
        case YearSum(year):
            return _disagreement(row, year, values[spot], values, ground) if text.strip() else None
        case month:
            line = ground.line(row)
            return line.locked.get(month) if values[spot] != line.values.get(month) else None


def _disagreement(
    row: int, year: int, given: int | None, values: Mapping[Spot, int | None], ground: Ground
) -> str | None:
    """Return why a year's sum does not fit the months of the block; None where the block has no month of it."""
    months = {m: at for at, m in enumerate(ground.columns.heads) if isinstance(m, Month) and m.year == year}
    beside = {month: values[row, at] for month, at in months.items() if (row, at) in values}
    if not beside:
        return None
    kept = (kg for month, kg in ground.line(row).values.items() if month.year == year and month not in beside)
    if given == sum(kept) + sum(value or 0 for value in beside.values()):
        return None
    return f"it is the sum of {year}, and the months of {year} beside it add up to something else"


def _months(values: Mapping[Spot, int | None], ground: Ground) -> list[MatrixEdit]:
    heads = ground.columns.heads
    return [
        MatrixEdit(ground.rows[row].key, head, value)
        for (row, column), value in values.items()
        if isinstance(head := heads[column], Month)
    ]


def _years(values: Mapping[Spot, int | None], ground: Ground) -> list[YearEdit]:
    """Return the sums that stand without any month of theirs, and say something new."""
    heads = ground.columns.heads
    beside = {(row, head.year) for row, column in values if isinstance(head := heads[column], Month)}
    return [
        YearEdit(ground.rows[row].key, head.year, value)
        for (row, column), value in values.items()
        if isinstance(head := heads[column], YearSum)
        and (row, head.year) not in beside
        and value != ground.total(row, head.year)
    ]
