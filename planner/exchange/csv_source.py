"""The rows of a CSV file in batches, each with its exact line."""

import codecs
import csv
import io
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Final

from planner.errors import PlannerError
from planner.exchange.batch import Batch
from planner.exchange.dialect import Dialect
from planner.exchange.encoding import opened
from planner.exchange.plain_columns import plain_columns

# What a batch or a block becomes fits the cache of the processor: larger ones take half as long again.
BATCH_ROWS: Final = 1_000
_BATCH_CHARACTERS: Final = 16_000_000
_BATCH_CELLS: Final = 1_000_000
_BLOCK_BYTES: Final = 64 * 1024
_LONGEST_LINE: Final = 1_000_000
_MOST_COLUMNS: Final = 1_000


class CsvSource:
    """A CSV file of a known dialect."""

    def __init__(self, path: Path, dialect: Dialect) -> None:
        """Read the header; PlannerError when the file or its header cannot be read."""
        self.path = path
        self.dialect = dialect
        with opened(path) as file:
            _, header, _ = self._start(iter(_Blocks(file, path.name, dialect.encoding)))
        if len(header) > _MOST_COLUMNS:
            raise PlannerError(
                f"{path.name}, line {dialect.header_line}: the header has {len(header)} columns, and at most"
                f" {_MOST_COLUMNS} are read; delete the columns that the plan does not need."
            )
        self.header: tuple[str, ...] = tuple(header)

    @property
    def locale(self) -> str | None:
        """How its numbers are written."""
        return self.dialect.locale

    @property
    def notes(self) -> tuple[str, ...]:
        """Nothing is left out or turned here."""
        return ()

    def place(self, line: int) -> tuple[int, str]:
        """Return the line itself: it is the row of the file, and no column in particular."""
        return line, ""

    def batches(self) -> Iterator[Batch]:
        """Read the rows below the header, empty ones left out; PlannerError names the line that is broken."""
        with opened(self.path) as file:
            size = max(1, os.fstat(file.fileno()).st_size)
            blocks = _Blocks(file, self.path.name, self.dialect.encoding)
            texts = iter(blocks)
            line, _, text = self._start(texts)
            while columns := plain_columns(text, self.dialect.delimiter, len(self.header)):
                # A block in the middle of a long line has no whole line yet.
                if columns[0]:
                    yield Batch(range(line, line + len(columns[0])), columns, min(1.0, file.tell() / size))
                    line += len(columns[0])
                following = next(texts, None)
                if following is None:
                    return
                text = following
            # From the first block on that is not plain, all goes through the reader of the csv module.
            rows = _Rows(_lines(chain([text], texts)), self.path.name, self.dialect.delimiter, line - 1)
            while batch := rows.next_batch(blocks):
                lines, cells = _filled(*batch)
                yield Batch.of_rows(lines, cells, min(1.0, file.tell() / size))

    def _start(self, texts: Iterator[str]) -> tuple[int, list[str], str]:
        """Return the line below the header, the header, and what is left of the block in which it ends."""
        block = io.StringIO()

        def lines() -> Iterator[str]:
            nonlocal block
            for text in texts:
                block = io.StringIO(text, newline="")
                yield from block

        each = lines()
        skipped = sum(1 for _ in islice(each, self.dialect.header_line - 1))
        rows = _Rows(each, self.path.name, self.dialect.delimiter, skipped)
        header = next(iter(rows.take(1)), [])
        return rows.next_line, header, block.read()


class _Blocks:
    """The text of a file in pieces that end where a line ends."""

    def __init__(self, file: BinaryIO, name: str, encoding: str) -> None:
        self.characters = 0
        self._file = file
        self._name = name
        self._encoding = encoding
        self._line = 1

    def __iter__(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self._encoding)("strict")
        rest = ""
        while data := self._file.read(_BLOCK_BYTES):
            text = rest + self._decoded(rest, lambda data=data: decoder.decode(data))  # type: ignore[misc]
            self._check(text)
            cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
            rest = text[cut:]
            yield self._counted(text[:cut])
        rest += self._decoded(rest, lambda: decoder.decode(b"", final=True))
        self._check(rest)
        yield self._counted(rest)

    def _counted(self, text: str) -> str:
        self._line += _breaks(text)
        self.characters += len(text)
        return text

    def _decoded(self, rest: str, decode: Callable[[], str]) -> str:
        try:
            return decode()
        except UnicodeDecodeError as error:
            before = error.object[: error.start].replace(b"\0", b"").decode("latin-1")
            raise self._broken(
                rest + before, f"the text is not {self._encoding}; save the file as UTF-8, or choose its encoding"
            ) from error

    def _check(self, text: str) -> None:
        if (at := text.find("\0")) >= 0:
            raise self._broken(
                text[:at], "it holds a NUL character, which no text has; export the file again, as CSV UTF-8"
            )
        if len(text) > _LONGEST_LINE:
            first = max(text.find("\n"), text.find("\r"))
            if first < 0 or first > _LONGEST_LINE:
                raise self._broken("", f"the line is longer than {_LONGEST_LINE} characters; choose a file of rows")

    def _broken(self, before: str, reason: str) -> PlannerError:
        return PlannerError(f"{self._name}, line {self._line + _breaks(before)}: {reason}.")


class _Rows:
    """Rows out of lines, counting the lines."""

    def __init__(self, lines: Iterator[str], name: str, delimiter: str, skipped: int) -> None:
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
        self._name = name
        self._skipped = skipped

    @property
    def next_line(self) -> int:
        """The line on which the next row begins."""
        return self._skipped + self._reader.line_num + 1

    def next_batch(self, blocks: _Blocks) -> tuple[Sequence[int], list[list[str]]] | None:
        """Return the lines and cells of the next rows, fewer where they are long or wide; None at the end."""
        first, most = self.next_line, blocks.characters + _BATCH_CHARACTERS
        rows = self.take(BATCH_ROWS, lambda: blocks.characters > most)
        return (_line_numbers(rows, first, self.next_line), rows) if rows else None

    def take(self, count: int, is_full: Callable[[], bool] = lambda: False) -> list[list[str]]:
        """Return up to that many rows, and no more cells than a batch may hold with the row that goes beyond."""
        first, left = self.next_line, _BATCH_CELLS
        rows: list[list[str]] = []
        try:
            for row in islice(self._reader, count):
                # What it gave before it fails is in the list: the broken row comes after these.
                rows.append(row)
                left -= len(row)
                if left < 0 or is_full():
                    break
        except csv.Error as error:
            line = first + sum(map(_height, rows))
            raise PlannerError(f"{self._name}, line {line}: {_sentence(str(error))}.") from error
        return rows


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Return the lines of blocks: whatever ends them is handed on as it stands."""
    return chain.from_iterable(io.StringIO(text, newline="") for text in texts)


def _filled(lines: Sequence[int], rows: list[list[str]]) -> tuple[Sequence[int], list[list[str]]]:
    """Leave out the rows without any text; one that begins with text, as nearly all do, is not looked at further."""
    if all(row and row[0].strip() for row in rows):
        return lines, rows
    kept = [(line, row) for line, row in zip(lines, rows, strict=True) if any(map(str.strip, row))]
    return [line for line, _ in kept], [row for _, row in kept]


def _line_numbers(rows: list[list[str]], first: int, after: int) -> Sequence[int]:
    """Return the line on which each row begins; a text in quotation marks may go on over several."""
    if after - first == len(rows):
        return range(first, after)
    lines: list[int] = []
    for row in rows:
        lines.append(first)
        first += _height(row)
    return lines


def _height(row: list[str]) -> int:
    return 1 + sum(map(_breaks, row))


def _breaks(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _sentence(reason: str) -> str:
    if "end of data" in reason:
        return "a quotation mark is opened and never closed; close it, or write it twice where it belongs to the text"
    if "field limit" in reason:
        return (
            f"a text is longer than {csv.field_size_limit()} characters; shorten it, or close the quotation mark that"
            " opens it"
        )
    return "text goes on after a closing quotation mark; write a mark that belongs to the text twice"
