"""What rows of months show, read in blocks of neighbours when one of them comes into sight, and kept for a while."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QSize

from planner.units import MONTHS_PER_YEAR
from ui.grids.matrix_looks import Look
from ui.grids.matrix_source import Key, MatrixLine, MatrixNote, MatrixRow, MatrixSource

# Rows that are kept: many screens, and little of a plan with a million deliveries.
LINES_KEPT = 512
# Few, so that no frame is held up by those that are not in sight yet: reading eight takes a millisecond.
LINES_READ = 8


class LineCache:
    """Lines of a source by the place of their row."""

    def __init__(self, source: MatrixSource) -> None:
        self._source = source
        self._lines: OrderedDict[Key, MatrixLine] = OrderedDict()

    def clear(self) -> None:
        """Read everything anew when it is next asked for."""
        self._lines.clear()

    def forget(self, key: Key) -> None:
        """Read one line anew when it is next asked for."""
        self._lines.pop(key, None)

    def line(self, rows: Sequence[MatrixRow], at: int) -> MatrixLine:
        """Return what a row shows; reads those of its block that are not there."""
        key = rows[at].key
        found = self._lines.get(key)
        if found is not None:
            self._lines.move_to_end(key)
            return found
        first = at - at % LINES_READ
        missing = [row for row in rows[first : first + LINES_READ] if row.key not in self._lines]
        self._lines.update(self._source.lines(missing))
        self._lines.move_to_end(key)
        while len(self._lines) > LINES_KEPT:
            self._lines.popitem(last=False)
        return self._lines[key]


class ShownRow:
    """A row as it is drawn: its line, and the texts and looks of its cells as far as they were asked for."""

    __slots__ = ("_notes", "line", "looks", "sizes", "sums", "texts")

    def __init__(self, line: MatrixLine, width: int) -> None:
        self.line = line
        self.texts: list[str | None] = [None] * width
        self.looks: list[Look | None] = [None] * width
        self.sizes: dict[bool, QSize] = {}
        self._notes: dict[int, MatrixNote | None] = {}
        self.sums: dict[int, int] = {}
        for month, value in line.values.items():
            year = month // MONTHS_PER_YEAR
            self.sums[year] = self.sums.get(year, 0) + value

    def dress(self, column: int, look: Look) -> Look:
        """Remember how a cell looks."""
        self.looks[column] = look
        return look

    def keep_size(self, size: QSize, *, strong: bool) -> QSize:
        """Remember the room of its months, or of its sums, which are bold."""
        self.sizes[strong] = size
        return size

    def note(self, year: int) -> MatrixNote | None:
        """Return what there is to say about the sum of a year."""
        if year not in self._notes:
            self._notes[year] = self.line.note(year)
        return self._notes[year]
