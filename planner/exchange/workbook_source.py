"""The rows of a sheet of a workbook in batches of text, each with its row number in the sheet."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from planner.errors import PlannerError
from planner.exchange.batch import Batch
from planner.exchange.calamine import Merged
from planner.exchange.cell_text import Cell, column_texts, header_texts, percent_text
from planner.exchange.csv_source import BATCH_ROWS
from planner.exchange.dialect import Dialect
from planner.exchange.headings import MOST_COLUMNS, plain_meaning
from planner.exchange.workbook import load, sheets_of
from planner.fields.quantities import Percent
from planner.model import Table

__all__ = ["WorkbookSource", "sheets_of"]

# Above so many, groups of cells are no layout that a person made.
_MOST_MERGED: Final = 100_000


class WorkbookSource:
    """A sheet of a workbook whose header row is known."""

    def __init__(self, path: Path, dialect: Dialect, table: Table) -> None:
        """Read the sheet; PlannerError when the workbook, the sheet or its header cannot be read."""
        self.path = path
        self.dialect = dialect
        loaded = load(path, dialect.sheet)
        self._cells, self._scan = loaded.cells, loaded.scan
        self.header = self._read_header()
        keys = [plain_meaning(heading, table) for heading in self.header]
        self._merged = _MergedKeys(
            self._cells.merged, self._cells.first_column, [bool(key and key.key) for key in keys]
        )
        self._beyond = 0
        in_percent = any(key and isinstance(key.kind, Percent) for key in keys)
        self._percents_unknown = in_percent and not loaded.tells_percents

    @property
    def locale(self) -> str | None:
        """How numbers are written in cells of text; numbers proper are written likewise."""
        return self.dialect.locale

    @property
    def notes(self) -> tuple[str, ...]:
        """What was filled in or left out, a sentence each; counts are whole once all batches are read."""
        found = []
        if self._merged.filled:
            found.append("Cells that are merged downwards stand for each of their rows.")
        if self._beyond:
            rows = f"{self._beyond:,} row{'s have' if self._beyond > 1 else ' has'}"
            found.append(f"{rows} cells right of the header; these were left out.")
        if self._percents_unknown:
            found.append("An .xls file does not tell which cells are in %: 5 is read as 5 %, and 0.05 as 0.05 %.")
        return tuple(found)

    def place(self, line: int) -> tuple[int, str]:
        """Return the row of the sheet; there is no column to name."""
        return line, ""

    def batches(self) -> Iterator[Batch]:
        """Read the rows below the header, empty ones left out."""
        self._beyond = 0
        row = self.dialect.header_line
        rows = islice(self._cells.rows(), row, None)
        while block := list(islice(rows, BATCH_ROWS)):
            first, row = row + 1, row + len(block)
            batch = self._batch(first, block)
            if batch.lines:
                yield batch

    def _read_header(self) -> tuple[str, ...]:
        line = self.dialect.header_line
        cells = next(islice(self._cells.rows(), line - 1, None), None)
        if cells is None:
            raise PlannerError(
                f"{self.path.name}: the sheet {self.dialect.sheet} has no row {line}; choose another header row."
            )
        texts = header_texts(cells)
        if len(texts) > MOST_COLUMNS:
            raise PlannerError(
                f"{self.path.name}, row {line}: the header has {len(texts)} columns, and at most {MOST_COLUMNS} are"
                " read; delete the columns that the plan does not need."
            )
        return texts

    def _batch(self, first: int, block: list[list[Cell]]) -> Batch:
        columns = list(zip(*block, strict=True))
        width = len(self.header)
        texts = [list(self._texts(at, first, column)) for at, column in enumerate(columns[:width])]
        self._beyond += sum(any(cell != "" for cell in row[width:]) for row in block) if len(columns) > width else 0
        lines: Sequence[int] = range(first, first + len(block))
        if not texts or not all(map(str.strip, texts[0])):
            kept = [at for at, row in enumerate(zip(*texts, strict=True)) if any(map(str.strip, row))]
            lines, texts = [first + at for at in kept], [[column[at] for at in kept] for column in texts]
        self._merged.fill(lines, texts)
        return Batch(lines, texts, min(1.0, (first + len(block)) / max(1, self._cells.height)))

    def _texts(self, at: int, first: int, column: Sequence[Cell]) -> Sequence[str]:
        place = at + self._cells.first_column
        texts = column_texts(column, self.locale)
        percents = self._scan.percents.get(place)
        if percents:
            texts = [
                percent_text(cell, self.locale) if row in percents and text else text
                for row, (cell, text) in enumerate(zip(column, texts, strict=True), first)
            ]
        errors = self._scan.errors.get(place)
        return [text or errors.get(row, "") for row, text in enumerate(texts, first)] if errors else texts


class _MergedKeys:
    """Cells of the key that are merged downwards: what stands in the first of them stands for all."""

    def __init__(self, groups: Sequence[Merged], offset: int, keys: list[bool]) -> None:
        self.filled = False
        self._groups: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, right) in groups[:_MOST_MERGED]:
            column = left - offset
            if left == right and bottom > top and 0 <= column < len(keys) and keys[column]:
                self._groups.setdefault(column, []).append((top + 1, bottom + 1))
        self._values: dict[tuple[int, int], str] = {}

    def fill(self, lines: Sequence[int], texts: list[list[str]]) -> None:
        """Fill in the cells of some rows; batches come in their order."""
        if not lines:
            return
        places: dict[int, int] = {line: at for at, line in enumerate(lines)} if self._groups else {}
        for column, groups in self._groups.items():
            for top, bottom in groups:
                if top <= lines[-1] and bottom >= lines[0]:
                    self._fill_group(column, top, bottom, places, texts[column])

    def _fill_group(self, column: int, top: int, bottom: int, places: dict[int, int], texts: list[str]) -> None:
        if top in places:
            self._values[column, top] = texts[places[top]]
        value = self._values.get((column, top), "")
        if not value:
            return
        first, last = next(iter(places)), next(reversed(places))
        for line in range(max(top, first), min(bottom, last) + 1):
            if line in places and not texts[places[line]]:
                texts[places[line]] = value
                self.filled = True
