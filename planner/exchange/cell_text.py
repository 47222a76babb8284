"""Typed cells of a workbook as exact text: whole numbers without a point, days and times in ISO form."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from planner.fields.numbers import decimal_mark

Cell = int | float | str | bool | date | datetime | time | timedelta

_MINUTE: Final = 60


def column_texts(cells: Sequence[Cell], locale: str | None) -> Sequence[str]:
    """Return the text of each cell of a column, numbers with the locale's decimal mark."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cells  # type: ignore[return-value] # all of them are text
    if kinds == {float} and decimal_mark(locale) == ".":
        # All at once, at a third of the time that they take one by one.
        return "\n".join((*map(repr, cells), "")).replace(".0\n", "\n").split("\n")[:-1]
    if kinds == {date}:
        texts = {day: cell_text(day) for day in set(cells)}
        return [texts[day] for day in cells]
    return [cell if type(cell) is str else cell_text(cell, locale) for cell in cells]


def cell_text(cell: Cell, locale: str | None = None) -> str:
    """Return the text of a cell: `1250.5`, `2027-01-31`, `true`."""
    return _WRITERS[type(cell)](cell, decimal_mark(locale))


def header_texts(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Return the headings in a row, up to the last that is not empty."""
    texts = [cell_text(cell) for cell in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


def percent_text(cell: Cell, locale: str | None) -> str:
    """Return the text of a cell that is shown in percent: 0.05 is `5%`."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell_text(cell, locale)
    # By decimals: a hundred times the binary fraction would show its error.
    shown = f"{(Decimal(repr(cell)) * 100).normalize():f}"
    return f"{shown.replace('.', decimal_mark(locale))}%"


def _number(value: float, mark: str) -> str:
    return _whole(repr(value)).replace(".", mark)


def _whole(text: str) -> str:
    return text.removesuffix(".0")


def _moment(value: datetime, _: str) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ")


def _duration(value: timedelta, _: str) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), _MINUTE)
    hours, minutes = divmod(minutes, _MINUTE)
    return f"{hours}:{minutes:02}:{seconds:02}"


_WRITERS: Final[dict[type, Callable[..., str]]] = {
    str: lambda value, _: str(value),
    bool: lambda value, _: "true" if value else "false",
    int: lambda value, _: str(value),
    float: _number,
    datetime: _moment,
    date: lambda value, _: value.isoformat(),
    time: lambda value, _: value.isoformat(),
    timedelta: _duration,
}
