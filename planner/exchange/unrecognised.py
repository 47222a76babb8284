"""How a file is read whose header nobody knows: as it stands, so that a person can say what its columns are."""

import csv
from pathlib import Path
from typing import Final

from planner.exchange.dialect import DELIMITERS, Dialect
from planner.exchange.encoding import detect_encoding, read_sample

_LINES: Final = 200


def plain_dialect(path: Path) -> Dialect:
    """Return the dialect of a text file under which most rows have many cells, its header the first of the widest.

    PlannerError when the file cannot be read as text.
    """
    sample, whole = read_sample(path)
    encoding = detect_encoding(path, sample, whole=whole).value
    lines = sample.decode(encoding, errors="replace").replace("\0", " ").splitlines()[:_LINES]
    delimiter = max(DELIMITERS, key=lambda mark: sum(map(len, _rows(lines, mark))))
    widths = [len(row) for row in _rows(lines, delimiter)]
    return Dialect(encoding, delimiter, "fr" if delimiter == ";" else None, widths.index(max(widths, default=0)) + 1)


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        return [[cell for cell in row if cell.strip()] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return [[]]
