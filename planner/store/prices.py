"""What prices are computed from: lines with their terms, and the market, each table read once."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from planner.analysis import Market, PricedLine, priced_lines
from planner.errors import PlannerError
from planner.fields import Value
from planner.model import Contract, ExchangeRate, IndexPrice, Line, Material, PriceIndex, PriceTerm, Record
from planner.store.reader import Reader

R = TypeVar("R", bound=Record)


def read_market(reader: Reader, line: PricedLine | None = None) -> Market:
    """Read indices, their prices and the exchange rates; with a line, the prices of its indices alone."""
    codes: tuple[str | None, ...] = (None,)
    if line is not None:
        codes = tuple(dict.fromkeys(term.index for term in line.terms if term.index is not None))
    prices = [
        price for code in codes for price in _records(reader, IndexPrice, None if code is None else {"index": code})
    ]
    return Market.of(_records(reader, PriceIndex), prices, _records(reader, ExchangeRate))


def read_line(reader: Reader, contract: str, line: int) -> PricedLine:
    """Read one line with its terms; PlannerError when there is none."""
    found = _read_lines(reader, {"contract": contract, "line": line})
    if not found:
        raise PlannerError(f"There is no line {line} of a contract {contract!r}; see the tables contracts and lines.")
    return found[0]


def read_lines(reader: Reader) -> list[PricedLine]:
    """Read all lines with their terms, by key."""
    return _read_lines(reader, None)


def _read_lines(reader: Reader, where: Mapping[str, Value] | None) -> list[PricedLine]:
    return priced_lines(
        _records(reader, Line, where),
        _records(reader, Contract),
        _records(reader, Material),
        _records(reader, PriceTerm, where),
    )


def _records(reader: Reader, kind: type[R], where: Mapping[str, Value] | None = None) -> Iterator[R]:
    for row in reader.rows(kind.table, where):
        if isinstance(row.record, kind):
            yield row.record
